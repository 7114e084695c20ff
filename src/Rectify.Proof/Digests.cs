using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Rectify.Proof;

/// <summary>A hash function, by the name that stands beside everything it made. All of them stand in <see cref="Digests"/>.</summary>
public interface IDigest
{
    /// <summary>Such as <c>sha256</c>.</summary>
    string Id { get; }

    /// <summary>Length of a hash, in bytes.</summary>
    int Size { get; }

    byte[] Hash(ReadOnlySpan<byte> bytes);

    /// <summary>Hashes a stream to its end.</summary>
    byte[] Hash(Stream content);
}

/// <summary>The hash functions that are known. What is not here is refused, never guessed.</summary>
public static class Digests
{
    /// <summary>Source: FIPS 180-4.</summary>
    public static IDigest Sha256 { get; } = new Sha256Digest();

    /// <summary>Source: GB/T 32905—2016.</summary>
    public static IDigest Sm3 { get; } = new Sm3Digest();

    /// <summary>All digests that are known; an id that none of them has is refused.</summary>
    public static IReadOnlyList<IDigest> All { get; } = [Sha256, Sm3];

    /// <summary>The function of that name, or <see langword="null"/>.</summary>
    public static IDigest? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    private sealed class Sha256Digest : IDigest
    {
        /// <inheritdoc />
        public string Id => "sha256";

        /// <inheritdoc />
        public int Size => SHA256.HashSizeInBytes;

        /// <inheritdoc />
        public byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);

        /// <inheritdoc />
        public byte[] Hash(Stream content) => SHA256.HashData(content);
    }

    private sealed class Sm3Digest : IDigest
    {
        private const int ReadAtOnce = 64 * 1024;

        /// <inheritdoc />
        public string Id => "sm3";

        /// <inheritdoc />
        public int Size => 32;

        /// <inheritdoc />
        public byte[] Hash(ReadOnlySpan<byte> bytes)
        {
            var digest = new SM3Digest();
            digest.BlockUpdate(bytes);
            return Finish(digest);
        }

        /// <inheritdoc />
        public byte[] Hash(Stream content)
        {
            var digest = new SM3Digest();
            var buffer = new byte[ReadAtOnce];
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                digest.BlockUpdate(buffer.AsSpan(0, read));
            }

            return Finish(digest);
        }

        private static byte[] Finish(SM3Digest digest)
        {
            var hash = new byte[32];
            digest.DoFinal(hash);
            return hash;
        }
    }
}
