using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>A real store of objects on this machine: OpenStack Swift with its S3 interface, and one bucket in it.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-s3-");
    private readonly int port = FreePorts.Next(5);

    private string Address => $"http://127.0.0.1:{port}";

    /// <summary>Where a journal may lie in it.</summary>
    public S3Options At(string prefix, string bucket = "journal", string secret = "testing") =>
        new() { Url = Address, Bucket = bucket, Prefix = prefix, AccessKey = "test:tester", SecretKey = secret };

    public AmazonS3Client Client() =>
        new(new BasicAWSCredentials("test:tester", "testing"), new AmazonS3Config { ServiceURL = Address, AuthenticationRegion = "us-east-1", ForcePathStyle = true });

    public async ValueTask InitializeAsync()
    {
        await RunAsync("start", folder.FullName, $"{port}");
        using var client = Client();
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

    private static async Task RunAsync(params string[] arguments)
    {
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(Tree.Root, "tests/s3-server"), arguments))!;
        await server.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, server.ExitCode);
    }
}
