using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>A world whose journal is published into a folder of its own.</summary>
internal sealed class PublishedWorld : IAsyncDisposable
{
    public const string Origin = "journal.example.org/rectify";

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private PublishedWorld(World world, DirectoryInfo folder, NoteSigner log)
    {
        (World, Folder, Log) = (world, folder, log);
        State = new(world.Halt);
        World.Guard = services => Check(services.GetRequiredService<Db>());
        Keys = JournalKeys.Of([log], null);
        Store = new FolderStore(folder.FullName, new Disk());
        Client = new(Options.Create(Settings));
    }

    public World World { get; }

    public DirectoryInfo Folder { get; }

    public NoteSigner Log { get; }

    public JournalKeys Keys { get; set; }

    public IPublishedStore Store { get; set; }

    public PublishingOptions Settings { get; } = new() { AnswerSeconds = 60 }; // a busy machine is no deaf witness

    /// <summary>What the publisher's process knows; a new one stands for a restart.</summary>
    public PublisherState State { get; private set; }

    /// <summary>Moves in any direction.</summary>
    public HandClock Clock { get; } = new();

    public WitnessClient Client { get; }

    /// <summary>Rooms that say what happened.</summary>
    public List<IStandForEntries> Rooms { get; } = [];

    public static async Task<PublishedWorld> CreateAsync(string database, bool logged = false) =>
        new(await World.CreateAsync(database, logged: logged), Directory.CreateTempSubdirectory("rectify-journal-"), NoteSigner.Generate(Origin, NoteAlgorithms.Ed25519));

    /// <summary>The same published folder and key with another database.</summary>
    public PublishedWorld On(World world) => new(world, Folder, Log);

    /// <summary>The same process, under which another server of the database has taken over.</summary>
    public PublishedWorld FailOver(World world)
    {
        world.Halt = World.Halt;
        return new(world, Folder, Log) { State = State };
    }

    /// <summary>One act that writes so many entries, each about something of its own.</summary>
    public async Task<Guid> ActAsync(int entries)
    {
        var facts = Enumerable.Range(0, entries).Select(i => new Noted { Subject = Guid.CreateVersion7(), By = Setup, At = World.Clock.NowMs, Number = i }).ToList();
        await World.InAsync((JournalWriter journal) => journal.CommitAsync(facts[0], facts[1..], Ct));
        return facts[0].Subject;
    }

    public Task NumberAsync() => World.InAsync((NumberEntries number) => number.RunAsync(Ct));

    public void Restart() => State = new(World.Halt = new());

    /// <summary>One round of the publisher.</summary>
    /// <param name="prepare">Done to the database's context before.</param>
    public Task<int> PublishAsync(PublisherState? state = null, IPublishedStore? store = null, Action<Db>? prepare = null) => World.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        prepare?.Invoke(db);
        return await Publisher(db, services.GetRequiredService<JournalWriter>(), state ?? State, store ?? Store).RunAsync(Ct);
    });

    public PublishJournal Publisher(Db db, JournalWriter journal, PublisherState state, IPublishedStore store) => new(
        db, journal, store, Keys, state, Check(db, store), Options.Create(Settings), Clock, NullLogger<PublishJournal>.Instance);

    public CheckPublished Check(Db db, IPublishedStore? store = null) => new(db, store ?? Store, Keys, Client, NullLogger<CheckPublished>.Instance);

    public Task<int> AskWitnessesAsync() => World.InAsync((IServiceProvider services) => new AskWitnesses(
        services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), Store, Keys, Client, State, Options.Create(Settings), NullLogger<AskWitnesses>.Instance).RunAsync(Ct));

    public Task<JournalCheck?> MonitorAsync() => World.InAsync((IServiceProvider services) => Monitor(services).CheckAsync(Ct));

    /// <summary>A turn of the daily reading's job, due or not.</summary>
    public Task<int> MonitorIfDueAsync() => World.InAsync((IServiceProvider services) => Monitor(services).RunAsync(Ct));

    private MonitorJournal Monitor(IServiceProvider services)
    {
        var (db, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>());
        return new(db, journal, Store, Publisher(db, journal, State, Store), Check(db), Keys, State, Rooms, Options.Create(Settings), Clock, NullLogger<MonitorJournal>.Instance);
    }

    /// <summary>What a start of the product does first.</summary>
    public Task StartAsync() => World.InAsync((Db db) => Check(db).RunAsync(Ct));

    public Task<List<ReplayEntries.Replayed>> RecoverAsync() => World.InAsync((IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        return new RecoverJournal(db, services.GetRequiredService<JournalWriter>(), new ReplayEntries(db), Store, Check(db), Keys, Clock).RunAsync(Ct);
    });

    public Task<EntryProof?> ProveAsync(Guid entry) => World.InAsync((Db db) => new ProveEntry(db, Keys, Store).RunAsync(entry, Ct));

    public async Task<byte[]?> ShownAsync() => await Store.ReadAsync("checkpoint", Ct);

    public async Task<Checkpoint> ShownCheckpointAsync() => Checkpoint.Read(SignedNote.Read((await ShownAsync())!)!.Text)!;

    /// <summary>Remembers the checkpoint that is shown now, as a reader would who looks in at this moment.</summary>
    public async Task LookAsync()
    {
        if (await ShownAsync() is { } note)
        {
            Assert.Equal(PolicyOutcome.Met, Keys.Policy.Check(note).Outcome);
            seen.Add(SignedNote.Read(note)!.Text);
        }
    }

    /// <summary>Reads all that is published as an outsider would: it is the database's journal, and contains every checkpoint that was ever seen.</summary>
    public async Task<Checkpoint> VerifyAsync()
    {
        await LookAsync();
        var shown = await ShownCheckpointAsync();
        var tree = await PublishedTree.OpenAsync(new StoreTiles(Store), shown, Ct);
        var entries = new List<byte[]>();
        await foreach (var (_, entry) in tree.ReadAsync(0, Ct))
        {
            entries.Add(entry.ToArray());
        }

        var rows = await World.InAsync((Db db) => db.Journal.AsNoTracking().Where(row => row.Index < shown.Size).OrderBy(row => row.Index).Select(row => row.Body).ToListAsync(Ct));
        Assert.Equal(rows.Select(Convert.ToHexString), entries.Select(Convert.ToHexString));
        foreach (var one in seen.Select(text => Checkpoint.Read(text)!))
        {
            Assert.InRange(one.Size, 1, shown.Size);
            Assert.Equal(one.Root, await tree.RootAtAsync(one.Size, Ct));
        }

        Assert.Equal(seen.Count, seen.Select(text => Checkpoint.Read(text)!.Size).Distinct().Count()); // never two roots for one size
        return shown;
    }

    public Task<long> NumberedAsync() => World.InAsync((Db db) => db.NumberedAsync(Ct));

    /// <summary>The policy file that a reader gets from elsewhere.</summary>
    public async Task<string> PolicyFileAsync()
    {
        var path = Path.Combine(Folder.FullName, "..", $"{Folder.Name}.policy");
        await File.WriteAllBytesAsync(path, Keys.PolicyFile, Ct);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await World.DisposeAsync();
        File.Delete(Path.Combine(Folder.FullName, "..", $"{Folder.Name}.policy"));
        if (Directory.Exists(Folder.FullName))
        {
            Folder.Delete(recursive: true);
        }
    }

    public static JournalKeys With(NoteSigner log, string witnesses) =>
        JournalKeys.Of([log], Encoding.UTF8.GetBytes($"log {log.Key}\n{witnesses}"));
}

/// <summary>Something that happened, for tests of the journal.</summary>
internal sealed record Noted : Fact
{
    public override string Kind => "test.noted";

    public required int Number { get; init; }
}

/// <summary>A clock that the test sets forward and back.</summary>
internal sealed class HandClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
