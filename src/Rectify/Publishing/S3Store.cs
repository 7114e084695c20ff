using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>The published journal in a bucket. An object is there whole or not at all, and the answer says that it is kept.</summary>
/// <remarks>
/// Nothing is asked of the store that only some have: no conditional writes, no chunked signatures, no checksums behind the body. It cannot be held
/// against others, so of two publishers that run into each other one may put a slightly older checkpoint over a newer one; the next round mends it.
/// </remarks>
internal sealed class S3Store : IPublishedStore, IDisposable
{
    private readonly S3Options options;
    private readonly AmazonS3Client client;

    /// <param name="http">Makes the client over which it speaks, if not the vendor's own.</param>
    public S3Store(S3Options options, Amazon.Runtime.HttpClientFactory? http = null)
    {
        this.options = options;
        client = new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
        {
            ServiceURL = options.Url,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            HttpClientFactory = http,
            MaxErrorRetry = 3,
            Timeout = TimeSpan.FromSeconds(30),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public string Name => $"{options.Url}/{options.Bucket}/{options.Prefix}";

    public async Task<byte[]?> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetObjectAsync(options.Bucket, options.Prefix + path, ct);
            if (answer.ContentLength > EntryBundle.LongestBundle)
            {
                return null;
            }

            using var bytes = new MemoryStream((int)Math.Max(0, answer.ContentLength));
            await answer.ResponseStream.CopyToAsync(bytes, ct);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception no) when (no.StatusCode == HttpStatusCode.NotFound && no.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    public Task WriteAsync(IReadOnlyCollection<(string Path, byte[] Bytes)> files, CancellationToken ct) =>
        Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = ct }, async (file, stop) =>
        {
            using var content = new MemoryStream(file.Bytes, writable: false);
            await client.PutObjectAsync(
                new()
                {
                    BucketName = options.Bucket,
                    Key = options.Prefix + file.Path,
                    InputStream = content,
                    UseChunkEncoding = false,
                    ContentType = PublishedFiles.TypeOf(file.Path),
                    Headers = { CacheControl = PublishedFiles.CacheOf(file.Path) },
                },
                stop);
        });

    public Task<IAsyncDisposable?> TryHoldAsync(CancellationToken ct) => Task.FromResult<IAsyncDisposable?>(new Unheld());

    public void Dispose() => client.Dispose();

    private sealed class Unheld : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
