using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Publishing;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>A fault at every write of a round, before it is kept and after: the next start goes on, and no reader ever sees two histories.</summary>
public sealed class PublishFaultTests
{
    [Theory, EveryDatabase]
    public async Task After_a_fault_at_any_write_the_next_start_goes_on(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var disk = new FaultyDisk();
        published.Store = new FolderStore(published.Folder.FullName, disk);
        var cuts = 0;
        foreach (var kept in new[] { false, true })
        {
            for (var (at, failed) = (0, true); failed; at++)
            {
                // Now and then a tile gets full, and the level above its first hash.
                await published.ActAsync(at % 5 == 0 ? 257 : 3);
                await published.NumberAsync();
                disk.Arm(at, kept);
                failed = await FailsAsync(() => published.PublishAsync(prepare: db =>
                {
                    db.SavingChanges += (_, _) => disk.Step(() => { });
                    db.SavedChanges += (_, _) => disk.After();
                }));
                disk.Disarm();
                cuts += failed ? 1 : 0;
                await published.LookAsync();
                if (failed && kept == (at % 2 == 0))
                {
                    disk.CutPower();
                    await published.LookAsync();
                }

                published.Restart();
                await published.StartAsync();
                await published.PublishAsync();
                Assert.Null(published.State.Refused);
                Assert.Equal(await published.NumberedAsync(), (await published.ShownCheckpointAsync()).Size);
            }
        }

        Assert.InRange(cuts, 30, 100);
        await published.VerifyAsync();
    }

    // What runs beside the rounds: each write of the database, and each of the store, before it is kept and after.
    [Theory, EveryDatabase]
    public async Task After_a_fault_at_any_write_beside_a_round_the_next_run_makes_up_for_it(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var world = published.World;
        var disk = new FaultyDisk();
        published.Store = new FolderStore(published.Folder.FullName, disk);
        await using var witness = new RunningWitness(0, $"log {published.Log.Key}\nquorum none\n");
        await witness.StartAsync();
        published.Keys = PublishedWorld.With(published.Log, $"witness w0 {witness.Key} {witness.Url}\nquorum none\n");
        await published.ActAsync(300);
        await EachAsync(published.NumberAsync, () => published.ActAsync(3), 4); // the update and its commit, before and after
        await published.PublishAsync();

        // The witness remembers what it signed; its line is not lost with the save that failed.
        await EachAsync(
            async () => await published.AskWitnessesAsync(),
            async () =>
            {
                await published.ActAsync(2);
                await published.NumberAsync();
                await published.PublishAsync();
            }, 2);
        await published.AskWitnessesAsync();
        Assert.Single(await world.InAsync(async (Db db) => published.Keys.Policy.Check((await db.LastCheckpointAsync(Ct))!.Note).Witnesses));

        // The daily reading mends what was damaged outside, and says so in an entry.
        await EachAsync(
            async () => await published.MonitorAsync(),
            () =>
            {
                File.WriteAllBytes(Path.Combine(published.Folder.FullName, "tile/entries/000"), [1, 2, 3]);
                return Task.CompletedTask;
            }, 10, withDisk: true);
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);

        // Openings are encrypted anew under another key, and the old one is destroyed: none is lost on the way.
        var unit = await world.HaveUnitAsync("A1");
        var opened = await OpeningsAsync();
        Assert.NotEmpty(opened);
        await EachAsync(
            () => world.InAsync((IServiceProvider services) => new DestroyOpeningKeys(
                services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<OpeningKeys>(), world.Clock).RunAsync(Ct)),
            async () =>
            {
                await world.InAsync((OpeningKeys keys) =>
                {
                    keys.Replace(unit.Id, world.Clock.GetUtcNow());
                    return Task.CompletedTask;
                });
                world.Clock.Advance(DestroyOpeningKeys.Grace);
            }, 2);
        Assert.Equal(opened, await OpeningsAsync());
        Assert.Empty(await world.InAsync((OpeningKeys keys) => Task.FromResult(keys.Replaced(DateTimeOffset.MaxValue).ToList())));

        // Recovery: the entries come back together with the one that says so, or none of them does.
        await published.NumberAsync();
        await published.PublishAsync();
        await published.VerifyAsync();
        var size = await published.NumberedAsync();
        foreach (var kept in new[] { false, true })
        {
            for (var (at, failed) = (0, true); failed; at++)
            {
                await using var fresh = await World.CreateAsync(database);
                var other = published.On(fresh); // shares the published folder, which goes with the first
                other.Keys = published.Keys;
                other.World.Faults.Arm(at, kept);
                failed = await FailsAsync(async () => await other.RecoverAsync());
                other.World.Faults.Disarm();
                var said = await other.World.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "journal.recovered", Ct));
                Assert.Equal(await other.NumberedAsync() == size, said == 1);
                other.Restart();
                if (said == 0)
                {
                    Assert.Equal(size, (await other.RecoverAsync()).Count);
                }

                await other.StartAsync();
                Assert.Equal(1, await other.World.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "journal.recovered", Ct)));
            }
        }

        Task<List<string>> OpeningsAsync() => world.InAsync(async (Db db) =>
            (await db.OpeningsOfAsync(unit.Id, null, Ct)).ConvertAll(one => $"{one.EntryId} {one.Field} {one.Before} {one.After} {Convert.ToHexStringLower(one.Salt)}"));

        async Task EachAsync(Func<Task> run, Func<Task> prepare, int fewest, bool withDisk = false)
        {
            var cuts = 0;
            foreach (var (kept, onDisk) in withDisk ? new[] { (false, false), (true, false), (false, true), (true, true) } : [(false, false), (true, false)])
            {
                for (var (at, failed) = (0, true); failed; at++)
                {
                    await prepare();
                    (onDisk ? disk.Arm : (Action<int, bool>)world.Faults.Arm)(at, kept);
                    failed = await FailsAsync(run);
                    world.Faults.Disarm();
                    disk.Disarm();
                    cuts += failed ? 1 : 0;
                    published.Restart();
                    await published.StartAsync();
                    await published.PublishAsync();
                    await run();
                    Assert.Null(published.State.Refused);
                }
            }

            Assert.InRange(cuts, fewest, 200);
            await published.NumberAsync();
            await published.PublishAsync();
            await published.VerifyAsync();
            Assert.Equal(await published.NumberedAsync(), (await published.ShownCheckpointAsync()).Size);
        }
    }

    [Theory, EveryDatabase]
    public async Task Killed_as_it_publishes_the_program_goes_on_where_it_was(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var key = Path.Combine(published.World.Folder, "journal.key");
        Directory.CreateDirectory(published.World.Folder);
        await File.WriteAllTextAsync(key, published.Log.ToSecret() + "\n", TestContext.Current.CancellationToken);
        string[] settings = [$"Publishing__Folder={published.Folder.FullName}", "Publishing__EverySeconds=1"];
        await published.ActAsync(9_000);

        // Killed as soon as the first tile shows: among its many writes.
        await KilledProgram.RunUntilAsync(
            published.World, () => Task.FromResult(Directory.Exists(Path.Combine(published.Folder.FullName, "tile"))), null, settings);
        await published.LookAsync();

        published.Restart();
        await published.StartAsync();
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(await published.NumberedAsync(), (await published.VerifyAsync()).Size);
    }

    // Two programs on one database and one published folder, as behind a load balancer; one of them is killed on the way.
    [Fact]
    public async Task Two_servers_on_one_PostgreSQL_number_and_publish_one_journal()
    {
        await using var published = await PublishedWorld.CreateAsync("postgres");
        Directory.CreateDirectory(published.World.Folder);
        await File.WriteAllTextAsync(Path.Combine(published.World.Folder, "journal.key"), published.Log.ToSecret() + "\n", Ct);
        string[] settings = [$"Publishing__Folder={published.Folder.FullName}", "Publishing__EverySeconds=1"];
        var first = KilledProgram.RunUntilAsync(published.World, () => ShowsAsync(400), null, settings);
        var second = KilledProgram.RunUntilAsync(published.World, () => ShowsAsync(1_200), null, settings);
        for (var acts = 0; acts < 12; acts++)
        {
            await published.ActAsync(100);
            if (acts == 5)
            {
                await first; // killed; the other one goes on with all of it
            }

            await Task.Delay(100, Ct);
            await published.LookAsync();
        }

        await second;
        published.Restart();
        await published.StartAsync();
        await published.NumberAsync();
        await published.PublishAsync();
        var entries = await published.World.InAsync((Db db) => db.Journal.CountAsync(Ct));
        Assert.InRange(entries, 1_200, 1_210); // a server may have an entry of its own
        Assert.Equal(entries, (await published.VerifyAsync()).Size);

        async Task<bool> ShowsAsync(long size) => await published.ShownAsync() is not null && (await published.ShownCheckpointAsync()).Size >= size;
    }

    // Minutes: bench/soak runs it.
    [Theory(Explicit = true), EveryDatabase]
    public async Task Killed_again_and_again_the_program_publishes_one_history(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var key = Path.Combine(published.World.Folder, "journal.key");
        Directory.CreateDirectory(published.World.Folder);
        await File.WriteAllTextAsync(key, published.Log.ToSecret() + "\n", TestContext.Current.CancellationToken);
        string[] settings = [$"Publishing__Folder={published.Folder.FullName}", "Publishing__EverySeconds=1"];
        int Files() => published.Folder.Exists ? Directory.GetFiles(published.Folder.FullName, "*", SearchOption.AllDirectories).Length : 0;
        for (var kill = 0; kill < 12; kill++)
        {
            await published.ActAsync(700);

            // Each time further into its writes, and at last after them.
            var (wanted, began) = (Files() + 1 + (kill % 7), Stopwatch.GetTimestamp());
            await KilledProgram.RunUntilAsync(
                published.World, () => Task.FromResult(Files() >= wanted || Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(20)), null, settings);
            await published.LookAsync();
        }

        published.Restart();
        await published.StartAsync();
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(await published.NumberedAsync(), (await published.VerifyAsync()).Size);
    }

    private static async Task<bool> FailsAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (Exception fault) when (fault.Message is FaultyDisk.Message or DbFaults.Message || fault.InnerException?.Message is DbFaults.Message)
        {
            return true;
        }
    }

    /// <summary>Fails at the n-th thing that is asked of it, before it is done or after. When its power is cut it has lost whatever was not flushed.</summary>
    private sealed class FaultyDisk : Disk
    {
        public const string Message = "The disk failed.";

        private int left = int.MaxValue;
        private bool kept;
        private readonly HashSet<string> unflushed = new(StringComparer.Ordinal);
        private readonly Stack<(string Path, byte[]? Before)> renamed = new();

        public void Arm(int steps, bool afterwards) => (left, kept) = (steps, afterwards);

        public void Disarm() => left = int.MaxValue;

        public override Stream OpenForWriting(string path)
        {
            unflushed.Add(path);
            Step(() => File.WriteAllBytes(path, [1, 2, 3])); // a file that was begun and not ended
            return base.OpenForWriting(path);
        }

        public override void Sync(Stream file) => Step(() =>
        {
            base.Sync(file);
            unflushed.Remove(((FileStream)file).Name);
        });

        public override void Replace(string path, string by) => Step(() =>
        {
            renamed.Push((path, File.Exists(path) ? File.ReadAllBytes(path) : null));
            base.Replace(path, by);
            if (unflushed.Remove(by))
            {
                unflushed.Add(path);
            }
        });

        public override void SyncFolder(string path) => Step(() =>
        {
            base.SyncFolder(path);
            var others = renamed.Where(one => Path.GetDirectoryName(one.Path) != path).Reverse().ToList();
            renamed.Clear();
            others.ForEach(renamed.Push);
        });

        /// <summary>Files are empty that were not flushed, and names are what they were before their folder was.</summary>
        public void CutPower()
        {
            foreach (var file in unflushed.Where(File.Exists))
            {
                File.WriteAllBytes(file, []);
            }

            while (renamed.TryPop(out var one))
            {
                if (one.Before is null)
                {
                    File.Delete(one.Path);
                }
                else
                {
                    File.WriteAllBytes(one.Path, one.Before);
                }
            }

            unflushed.Clear();
        }

        public void Step(Action act)
        {
            if (left != 0 || kept)
            {
                act();
            }

            After();
        }

        /// <summary>Something was done that counts.</summary>
        public void After()
        {
            if (left-- == 0)
            {
                throw new IOException(Message);
            }
        }
    }
}
