using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>The published journal in a real store of objects: OpenStack Swift with its S3 interface.</summary>
public sealed class S3StoreTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-s3-");
    private readonly int port = FreePorts.Next(5);

    private string Address => $"http://127.0.0.1:{port}";

    public async ValueTask InitializeAsync()
    {
        await RunAsync("start", folder.FullName, $"{port}");
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("test:tester", "testing"), new AmazonS3Config { ServiceURL = Address, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        await client.PutBucketAsync("journal", Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", folder.FullName);
        for (var tries = 0; ; tries++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (tries < 20)
            {
                await Task.Delay(200); // its servers are still closing their files
            }
        }
    }

    [Fact]
    public async Task A_journal_in_a_bucket_is_the_same_as_one_in_a_folder()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        using var store = new S3Store(new() { Url = Address, Bucket = "journal", Prefix = "here/", AccessKey = "test:tester", SecretKey = "testing" });
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
            var state = new PublisherState();
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
        await published.PublishAsync(new(), here);
        var files = Directory.GetFiles(Path.Combine(published.Folder.FullName, "tile"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(published.Folder.FullName, path)).ToList();
        Assert.Equal(6 + 6 + 1, files.Count);
        foreach (var file in files.Append("checkpoint"))
        {
            Assert.Equal(await here.ReadAsync(file, Ct), await store.ReadAsync(file, Ct));
        }

        // A store that is not there is said so, and not taken for an empty one.
        using var other = new S3Store(new() { Url = Address, Bucket = "another", AccessKey = "test:tester", SecretKey = "testing" });
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => other.ReadAsync("checkpoint", Ct));
        using var stranger = new S3Store(new() { Url = Address, Bucket = "journal", Prefix = "here/", AccessKey = "test:tester", SecretKey = "wrong" });
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => stranger.ReadAsync("checkpoint", Ct));
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(Tree.Root, "tests/s3-server"), arguments))!;
        await server.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, server.ExitCode);
    }
}
