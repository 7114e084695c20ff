using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>The last entry and the one after it, the last hour of a day, and a store or a database that lost something.</summary>
public sealed class PublishedEdgeTests
{
    [Theory, EveryDatabase]
    public async Task The_first_entry_that_no_checkpoint_covers_has_no_proof_and_a_chain_stands_in_its_order(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var subject = await published.ActAsync(1);
        for (var number = 1; number < 5; number++)
        {
            await published.World.InAsync((JournalWriter journal) => journal.CommitAsync(new Noted { Subject = subject, By = Setup, At = published.Clock.Now, Number = number }, Ct));
        }

        await published.NumberAsync();
        await published.PublishAsync();
        await published.ActAsync(1);
        await published.NumberAsync();
        var rows = await published.World.InAsync((Db db) => db.Journal.AsNoTracking().OrderBy(row => row.Index).Select(row => new { row.EntryId, row.Index, row.Body }).ToListAsync(Ct));
        Assert.Equal((6, 5L), (rows.Count, rows[^1].Index));
        Assert.Null(await published.ProveAsync(rows[^1].EntryId));
        foreach (var (i, row) in rows.SkipLast(1).Index())
        {
            var proof = (await published.ProveAsync(row.EntryId))!;
            Assert.Equal(rows.Take(i).Select(one => Convert.ToHexString(one.Body)), proof.Chain.Select(Convert.ToHexString));
        }
    }

    [Theory, EveryDatabase]
    public async Task All_is_read_once_a_day_and_again_at_every_turn_while_something_is_wrong(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        Assert.Equal(0, await published.MonitorIfDueAsync()); // nothing is there to be read
        var (one, two) = (await published.ActAsync(1), await published.ActAsync(1));
        await published.NumberAsync();
        await published.PublishAsync();
        var room = new Happened { Subjects = { one, two } };
        published.Rooms.Add(room);
        Assert.Equal(2, await published.MonitorIfDueAsync());
        published.Clock.Now += TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1);
        Assert.Equal(0, await published.MonitorIfDueAsync());
        published.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(2, await published.MonitorIfDueAsync());

        // The next entry has its number, and stands in no checkpoint yet: that is in order.
        room.Subjects.Add(await published.ActAsync(1));
        await published.NumberAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        await ExpectAsync(HealthStatus.Healthy, 0);

        room.Subjects.Remove(two);
        Assert.Equal(JournalFinding.WithoutEntry, (await published.MonitorAsync())!.Finding);
        await ExpectAsync(HealthStatus.Degraded, 1);
        Assert.Equal(2, await published.MonitorIfDueAsync()); // at the next turn, and no day later
        await ExpectAsync(HealthStatus.Degraded, 1); // the same finding is no news
        room.Subjects.Add(two);
        Assert.Equal(2, await published.MonitorIfDueAsync());
        await ExpectAsync(HealthStatus.Healthy, 2);

        // What was written again is whole: the office is told, and nobody has to come.
        File.Delete(Directory.GetFiles(Path.Combine(published.Folder.FullName, "tile/entries"), "*", SearchOption.AllDirectories).Single());
        Assert.Equal(JournalFinding.Mended, (await published.MonitorAsync())!.Finding);
        await ExpectAsync(HealthStatus.Healthy, 3);

        Task ExpectAsync(HealthStatus status, int told) => published.World.InAsync(async (Db db) =>
        {
            Assert.Equal(status, (await new JournalHealth(db, published.State).CheckHealthAsync(new(), Ct)).Status);
            Assert.Equal(told, await db.Journal.CountAsync(row => row.Kind == "journal.checked", Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task What_the_store_did_not_keep_is_not_signed(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.ActAsync(300);
        await published.NumberAsync();
        var honest = published.Store;
        await Assert.ThrowsAnyAsync<PublishedJournalException>(() => published.PublishAsync(store: new ForgetfulStore(honest)));
        Assert.Equal((0, null), (await published.World.InAsync((Db db) => db.SignedCheckpoints().CountAsync(Ct)), await published.ShownAsync()));

        await published.PublishAsync();
        Assert.Equal(300, (await published.VerifyAsync()).Size);
    }

    [Theory, EveryDatabase]
    public async Task Where_entries_are_missing_or_are_others_than_were_signed_nothing_is_published(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.ActAsync(3);
        await published.NumberAsync();
        await published.PublishAsync();
        var shown = await published.ShownAsync();

        // A published file is gone, and would be written again from entries that somebody changed past the program.
        await published.World.InAsync((Db db) => db.Database.ExecuteSqlAsync($"""UPDATE "Journal" SET "Body" = {"{}"u8.ToArray()} WHERE "Index" = 1""", Ct));
        Directory.Delete(Path.Combine(published.Folder.FullName, "tile"), recursive: true);
        published.Restart();
        await published.PublishAsync();
        Assert.Equal("publishing.changed", published.State.Refused?.Code);
        Assert.Equal(shown, await published.ShownAsync());

        await using var other = await PublishedWorld.CreateAsync(database);
        await other.ActAsync(3);
        await other.NumberAsync();
        await other.World.InAsync((Db db) => db.Database.ExecuteSqlRawAsync("""DELETE FROM "Journal" WHERE "Index" = 1""", Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => other.PublishAsync());
        Assert.Null(await other.ShownAsync());
    }

    [Fact]
    public async Task A_key_is_its_owners_alone_and_never_overwritten()
    {
        var folder = Directory.CreateTempSubdirectory("rectify-key-");
        try
        {
            var path = Path.Combine(folder.FullName, "journal.key");
            await JournalKeys.MakeAsync(path, PublishedWorld.Origin, sm2: false, Ct);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            var before = await File.ReadAllTextAsync(path, Ct);
            Assert.Equal("publishing.key-exists", (await Assert.ThrowsAsync<Refusal>(() => JournalKeys.MakeAsync(path, PublishedWorld.Origin, sm2: false, Ct))).Code);
            Assert.Equal(before, await File.ReadAllTextAsync(path, Ct));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Happened : IStandForEntries
    {
        public HashSet<Guid> Subjects { get; } = [];

        public string Kind => "test.noted";

        public IEnumerable<string> Told(Guid subject, JsonElement data) => [subject.ToString()];

        public Task<IReadOnlyCollection<string>> RecordsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyCollection<string>>([.. Subjects.Select(one => one.ToString())]);
    }

    /// <summary>Says that it keeps everything, and loses the last tile of hashes.</summary>
    private sealed class ForgetfulStore(IPublishedStore inner) : IPublishedStore
    {
        public string Name => inner.Name;

        public Task<byte[]?> ReadAsync(string path, CancellationToken ct) => inner.ReadAsync(path, ct);

        public Task WriteAsync(IReadOnlyCollection<(string Path, byte[] Bytes)> files, CancellationToken ct) =>
            inner.WriteAsync([.. files.Where(file => !file.Path.StartsWith("tile/0/", StringComparison.Ordinal) || !file.Path.Contains(".p/", StringComparison.Ordinal))], ct);

        public Task<IAsyncDisposable?> TryHoldAsync(CancellationToken ct) => inner.TryHoldAsync(ct);
    }
}
