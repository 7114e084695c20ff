using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

public sealed class PublishJournalTests
{
    [Theory, EveryDatabase]
    public async Task What_is_published_is_the_journal_and_a_citizen_can_check_it(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        Assert.Equal(0, await published.PublishAsync());
        Assert.Null(await published.ShownAsync());

        // Every act a little longer than the last, across full tiles and restarts; the clock is set back an hour on the way.
        foreach (var entries in new[] { 1, 2, 253, 1, 300, 5_000 })
        {
            await published.ActAsync(entries);
            await published.NumberAsync();
            Assert.Equal(entries, await published.PublishAsync());
            await published.LookAsync();
            published.Clock.Now = published.Clock.Now.AddMinutes(entries == 253 ? -60 : 1);
            if (entries == 300)
            {
                published.Restart();
            }
        }

        var before = Directory.GetFiles(published.Folder.FullName, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.Equal(0, await published.PublishAsync());
        published.Restart();
        Assert.Equal(0, await published.PublishAsync());
        Assert.Equal(before, Directory.GetFiles(published.Folder.FullName, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc).Where(file => before.ContainsKey(file.Key)).ToDictionary());

        Assert.Equal(5_557, (await published.VerifyAsync()).Size);
        using var said = new StringWriter();
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["journal", published.Folder.FullName, "--policy", await published.PolicyFileAsync()], said));
        Assert.Contains(PublishedWorld.Origin, said.ToString(), StringComparison.Ordinal);
    }

    // Whatever comes between: acts, numbering, rounds, restarts, in any order.
    [Fact]
    public async Task In_any_order_every_checkpoint_is_a_beginning_of_the_last()
    {
        await Gen.Int[0, 9].Array[12, 30].SampleAsync(
            async steps =>
            {
                await using var published = await PublishedWorld.CreateAsync("sqlite");
                foreach (var step in steps)
                {
                    await (step switch
                    {
                        < 4 => published.ActAsync(1 + (step * 97)),
                        < 6 => published.NumberAsync(),
                        < 9 => published.PublishAsync(),
                        _ => Task.Run(published.Restart, Ct),
                    });
                    await published.LookAsync();
                }

                await published.ActAsync(1);
                await published.NumberAsync();
                await published.PublishAsync();
                Assert.Equal(await published.NumberedAsync(), (await published.VerifyAsync()).Size);
            },
            iter: 8, threads: 1);
    }

    [Fact]
    public async Task What_is_damaged_outside_is_written_again()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        await published.ActAsync(700);
        await published.NumberAsync();
        await published.PublishAsync();
        await published.LookAsync();

        // The edge is looked at when a publisher starts, all of it by the daily reading.
        foreach (var (path, damage) in new (string, Action<string>)[]
        {
            ("tile/0/002.p/188", File.Delete),
            ("tile/1/000.p/2", path => File.WriteAllBytes(path, new byte[64])),
            ("tile/entries/002.p/188", path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path)[..^1], 0x20])),
            ("checkpoint", File.Delete),
        })
        {
            damage(Path.Combine(published.Folder.FullName, path));
            published.Restart();
            await published.PublishAsync();
            await published.VerifyAsync();
        }

        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        await File.WriteAllBytesAsync(Path.Combine(published.Folder.FullName, "tile/entries/001"), new byte[9], Ct);
        Assert.Equal((JournalFinding.Mended, "tile/entries/001"), ((await published.MonitorAsync())! is var found ? (found.Finding, found.Place) : default));
        await published.VerifyAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);

        Directory.Delete(published.Folder.FullName, recursive: true); // and all of it
        published.Restart();
        await published.PublishAsync();
        await published.VerifyAsync();
        Assert.Equal(["Mended", "Whole"], await published.World.InAsync((Db db) => db.Journal.Where(row => row.Kind == "journal.checked").OrderBy(row => row.Id).Select(row => row.Body).ToListAsync(Ct))
            is var bodies ? bodies.Select(body => JournalLeaf.Read(body)!.Data.Contains("mended", StringComparison.Ordinal) ? "Mended" : "Whole") : []);
    }

    [Theory, EveryDatabase]
    public async Task Two_publishers_at_once_make_one_journal(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        using var enough = new CancellationTokenSource();
        var publishers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var state = new PublisherState(new());
            while (!enough.IsCancellationRequested)
            {
                await published.PublishAsync(state, new FolderStore(published.Folder.FullName, new Disk()));
                await published.NumberAsync();
            }

            Assert.Null(state.Refused);
        })).ToList();
        for (var i = 0; i < 12; i++)
        {
            await published.ActAsync(1 + (i * 40));
            await published.LookAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(publishers);
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(12 + (40 * 66), (await published.VerifyAsync()).Size);
    }

    // A publisher that stands still before its last write, whose lock in the database is gone meanwhile: it cannot put the older checkpoint over a newer one.
    [Theory, EveryDatabase]
    public async Task A_publisher_that_stood_still_rolls_nothing_back(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.ActAsync(5);
        await published.NumberAsync();
        var slow = new SlowStore(published.Store);
        var first = published.PublishAsync(new(new()), slow);
        await slow.AtCheckpoint.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        await published.ActAsync(300);
        await published.NumberAsync();
        if (database is "postgres")
        {
            await published.World.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", Ct));
        }

        Assert.Equal(0, await published.PublishAsync(new(new()))); // the folder is still held
        slow.GoOn.SetResult();
        await first;
        await published.LookAsync();

        Assert.Equal(300, await published.PublishAsync(new(new())));
        Assert.Equal(305, (await published.VerifyAsync()).Size);
    }

    [Theory, EveryDatabase]
    public async Task Numbers_have_no_gap_whoever_gives_them(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await Parallel.ForEachAsync(Enumerable.Range(1, 24), new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Ct }, async (i, _) =>
        {
            await published.ActAsync(i * 15);
            await published.NumberAsync();
        });
        await published.NumberAsync();
        await published.World.InAsync(async (Db db) =>
        {
            var places = await db.Journal.OrderBy(row => row.Id).Select(row => row.Index).ToListAsync(Ct);
            Assert.Equal(Enumerable.Range(0, 15 * 300).Select(i => (long?)i), places.Order());
        });
    }

    private sealed class SlowStore(IPublishedStore inner) : IPublishedStore
    {
        public TaskCompletionSource AtCheckpoint { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => inner.Name;

        public Task<byte[]?> ReadAsync(string path, CancellationToken ct) => inner.ReadAsync(path, ct);

        public async Task WriteAsync(IReadOnlyCollection<(string Path, byte[] Bytes)> files, CancellationToken ct)
        {
            if (files.Any(file => file.Path == "checkpoint"))
            {
                AtCheckpoint.SetResult();
                await GoOn.Task;
            }

            await inner.WriteAsync(files, ct);
        }

        public Task<IAsyncDisposable?> TryHoldAsync(CancellationToken ct) => inner.TryHoldAsync(ct);
    }
}
