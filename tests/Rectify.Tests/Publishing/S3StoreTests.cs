using Amazon.Runtime;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>The published journal in a real store of objects.</summary>
public sealed class S3StoreTests(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task A_journal_in_a_bucket_is_the_same_as_one_in_a_folder()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        using var store = new S3Store(server.At("here/"));
        Assert.Null(await store.ReadAsync("checkpoint", Ct));
        published.Store = store;
        foreach (var entries in new[] { 1, 299, 1_000 })
        {
            await published.ActAsync(entries);
            await published.NumberAsync();
            await published.PublishAsync();
            await published.LookAsync();
            published.Restart();
        }

        await published.StartAsync();
        Assert.Equal(1_300, (await published.VerifyAsync()).Size);

        // Two publishers that nothing holds apart but the database: whoever comes late mends what it did.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
        {
            var state = new PublisherState(new());
            for (var round = 0; round < 4; round++)
            {
                await published.ActAsync(9);
                await published.NumberAsync();
                await published.PublishAsync(state);
            }
        }));
        await published.PublishAsync();
        Assert.Equal(1_372, (await published.VerifyAsync()).Size);

        // The same bytes as in a folder.
        var here = new FolderStore(published.Folder.FullName, new());
        await published.PublishAsync(new(new()), here);
        var files = Directory.GetFiles(Path.Combine(published.Folder.FullName, "tile"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(published.Folder.FullName, path)).ToList();
        Assert.Equal(6 + 6 + 1, files.Count);
        foreach (var file in files.Append("checkpoint"))
        {
            Assert.Equal(await here.ReadAsync(file, Ct), await store.ReadAsync(file, Ct));
        }

        // A store that is not there is said so, and not taken for an empty one.
        using var other = new S3Store(server.At("", bucket: "another"));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => other.ReadAsync("checkpoint", Ct));
        using var stranger = new S3Store(server.At("here/", secret: "wrong"));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => stranger.ReadAsync("checkpoint", Ct));
    }

    // Fails at the n-th thing that a round asks of the store or of the database, and from then on the store is away. Each time what can be read is whole,
    // and a restart goes on.
    [Theory, EveryDatabase]
    public async Task After_a_fault_at_any_request_what_is_shown_is_whole_and_the_next_start_goes_on(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var faults = new FaultyLine();
        var place = server.At($"faults-{database}/");
        using var store = new S3Store(place, faults);
        using var reader = new S3Store(place);
        published.Store = reader;
        faults.BeforeCheckpoint = () => WholeAsync(published);
        await published.ActAsync(1);
        await published.NumberAsync();
        await published.PublishAsync(store: store);
        var cuts = 0;
        foreach (var kept in new[] { false, true })
        {
            for (var (at, failed) = (0, true); failed; at++)
            {
                // Now and then a tile gets full, and the level above its first hash.
                await published.ActAsync(at % 5 == 0 ? 257 : 3);
                await published.NumberAsync();
                faults.Arm(at, kept, forGood: true);
                failed = await FailsAsync(faults, () => published.PublishAsync(store: store, prepare: db =>
                {
                    db.SavingChanges += (_, _) => faults.Step();
                    db.SavedChanges += (_, _) => faults.Step();
                }));
                faults.Disarm();
                cuts += failed ? 1 : 0;
                await published.VerifyAsync(); // as it was left, before anybody mends it

                published.Restart();
                await published.StartAsync();
                await published.PublishAsync(store: store);
                Assert.Null(published.State.Refused);
                Assert.Equal(await published.NumberedAsync(), (await published.VerifyAsync()).Size);
            }
        }

        Assert.InRange(cuts, 20, 100);
        Assert.Equal("", faults.Early);
        Assert.InRange(faults.Checkpoints, 20, 1_000);
        await DownloadAsync(place.Prefix, published);
    }

    // A connection that breaks once: the client asks again, also for what was kept already, and the round goes on.
    [Fact]
    public async Task A_request_that_is_lost_once_is_asked_again_and_nothing_is_there_twice()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        var faults = new FaultyLine();
        var place = server.At("flickers/");
        using var store = new S3Store(place, faults);
        published.Store = store;
        foreach (var kept in new[] { false, true })
        {
            for (var (at, met) = (0, true); met; at++)
            {
                await published.ActAsync(at % 5 == 0 ? 257 : 3);
                await published.NumberAsync();
                published.Restart();
                faults.Arm(at, kept, forGood: false);
                await published.PublishAsync();
                met = faults.HasFailed;
                faults.Disarm();
                Assert.Null(published.State.Refused);
                Assert.Equal(await published.NumberedAsync(), (await published.ShownCheckpointAsync()).Size);
                await published.LookAsync();
            }
        }

        await published.VerifyAsync();
        await DownloadAsync(place.Prefix, published);
    }

    // Nothing holds a bucket: a publisher that stood still wakes up behind another one of the same database. That is no older database, and it writes nothing.
    [Fact]
    public async Task A_publisher_that_wakes_up_behind_another_one_goes_on_and_does_not_stop_the_product()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        var faults = new FaultyLine();
        var place = server.At("asleep/");
        using var store = new S3Store(place, faults);
        using var other = new S3Store(place);
        published.Store = other;
        await published.ActAsync(5);
        await published.NumberAsync();
        var file = await published.World.InAsync((Db db) => Task.FromResult(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource));
        var woken = false;
        faults.BeforeLook = async () =>
        {
            // The first look is before anything is written, the second before its checkpoint.
            if (published.State.IsChecked && !woken)
            {
                woken = true;
                File.Delete($"{file}.publish"); // its lock is gone, as PostgreSQL's with its connection
                await published.ActAsync(300);
                await published.NumberAsync();
                Assert.Equal(300, await published.PublishAsync(new(new()), other));
            }
        };

        await published.PublishAsync(store: store);

        Assert.True(woken);
        Assert.Null(published.State.Refused);
        Assert.Equal(305, (await published.VerifyAsync()).Size);
        await published.ActAsync(1);
        await published.NumberAsync();
        await published.PublishAsync(store: store);
        Assert.Equal(306, (await published.VerifyAsync()).Size);
    }

    // All that the checkpoint which is about to be shown covers is there, and its root is in the database.
    private static async Task WholeAsync(PublishedWorld published)
    {
        var last = await published.World.InAsync((Db db) => db.LastCheckpointAsync(Ct));
        var tree = await PublishedTree.OpenAsync(new StoreTiles(published.Store), new(PublishedWorld.Origin, last!.Size, last.Root), Ct);
        await foreach (var _ in tree.ReadAsync(0, Ct))
        {
            // Each is compared with its hash as it is read.
        }
    }

    // The whole bucket, as somebody who copies it, for the program that checks it.
    private async Task DownloadAsync(string prefix, PublishedWorld published)
    {
        using var client = server.Client();
        string? next = null;
        do
        {
            var page = await client.ListObjectsV2Async(new() { BucketName = "journal", Prefix = prefix, ContinuationToken = next }, Ct);
            foreach (var one in page.S3Objects)
            {
                var path = Path.Combine(published.Folder.FullName, one.Key[prefix.Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, (await published.Store.ReadAsync(one.Key[prefix.Length..], Ct))!, Ct);
            }

            next = page.NextContinuationToken;
        }
        while (next is not null);
        using var said = new StringWriter();
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["journal", published.Folder.FullName, "--policy", await published.PolicyFileAsync()], said));
    }

    private static async Task<bool> FailsAsync(FaultyLine faults, Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (Exception fault) when (faults.HasFailed && fault is not Refusal)
        {
            return true;
        }
    }

    /// <summary>The line to the store. The n-th request does not arrive, or its answer does not come back; after it all goes well again, or nothing arrives any more.</summary>
    private sealed class FaultyLine : HttpClientFactory
    {
        private int left = int.MaxValue;
        private bool kept;
        private bool forGood;

        public bool HasFailed { get; private set; }

        /// <summary>Before a checkpoint is sent.</summary>
        public Func<Task>? BeforeCheckpoint { get; set; }

        /// <summary>Before a checkpoint is asked for.</summary>
        public Func<Task>? BeforeLook { get; set; }

        /// <summary>What was missing as a checkpoint was sent.</summary>
        public string Early { get; private set; } = "";

        /// <summary>Checkpoints that were sent.</summary>
        public int Checkpoints { get; private set; }

        public void Arm(int requests, bool answerOnly, bool forGood) => (kept, this.forGood, HasFailed, left) = (answerOnly, forGood, false, requests);

        public void Disarm() => left = int.MaxValue;

        /// <summary>Something beside the store that counts as well.</summary>
        public void Step()
        {
            if (Interlocked.Decrement(ref left) == -1)
            {
                throw Fault();
            }
        }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Line(this) { InnerHandler = new SocketsHttpHandler { UseProxy = false } });

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => true;

        // What the client takes for a broken connection it asks again, for seconds; the other kind it passes on at once.
        private Exception Fault()
        {
            HasFailed = true;
            return forGood ? new InvalidOperationException("The line is cut.") : new HttpRequestException("The line is cut.", new IOException("Connection reset."));
        }

        private sealed class Line(FaultyLine faults) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (request.RequestUri!.AbsolutePath.EndsWith("/checkpoint", StringComparison.Ordinal))
                {
                    await MeetCheckpointAsync(request.Method == HttpMethod.Put);
                }

                var at = Interlocked.Decrement(ref faults.left);
                if (at == -1 ? !faults.kept : at < -1 && faults.forGood)
                {
                    throw faults.Fault();
                }

                var answer = await base.SendAsync(request, cancellationToken);
                if (at == -1)
                {
                    await answer.Content.LoadIntoBufferAsync(cancellationToken);
                    answer.Dispose();
                    throw faults.Fault();
                }

                return answer;
            }

            private async Task MeetCheckpointAsync(bool isSent)
            {
                if (!isSent)
                {
                    await (faults.BeforeLook?.Invoke() ?? Task.CompletedTask);
                    return;
                }

                faults.Checkpoints++;
                try
                {
                    await (faults.BeforeCheckpoint?.Invoke() ?? Task.CompletedTask);
                }
                catch (PublishedJournalException missing)
                {
                    faults.Early += missing.Message + "\n";
                }
            }
        }
    }
}
