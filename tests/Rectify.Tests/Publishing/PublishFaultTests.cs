using System.Diagnostics;
using Rectify.Platform.Files;
using Rectify.Publishing;

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
        catch (IOException fault) when (fault.Message == FaultyDisk.Message)
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
