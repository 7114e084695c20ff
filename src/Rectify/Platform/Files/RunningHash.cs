using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Rectify.Platform.Files;

/// <summary>A kept file by its content.</summary>
/// <param name="Sha256">64 small hexadecimal digits; the file's name in the store.</param>
/// <param name="Sm3">64 small hexadecimal digits. Source: GB/T 32905—2016.</param>
/// <param name="Size">In bytes.</param>
public sealed record KeptFile(string Sha256, string Sm3, long Size);

/// <summary>Both hashes of a file, computed in one pass while it arrives.</summary>
internal sealed class RunningHash : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SM3Digest sm3 = new();

    /// <summary>Bytes seen so far.</summary>
    public long Size { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        sm3.BlockUpdate(bytes);
        Size += bytes.Length;
    }

    /// <summary>The result. Nothing can be appended afterwards.</summary>
    public KeptFile Finish()
    {
        Span<byte> digest = stackalloc byte[32];
        sm3.DoFinal(digest);
        return new(Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(digest), Size);
    }

    /// <summary>Hashes <paramref name="content"/> to its end, or to <paramref name="most"/> bytes.</summary>
    public async Task AppendAsync(Stream content, long most, CancellationToken ct)
    {
        var buffer = new byte[FileStore.Chunk];
        for (int read; most > 0 && (read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), ct)) > 0; most -= read)
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    public void Dispose() => sha256.Dispose();
}
