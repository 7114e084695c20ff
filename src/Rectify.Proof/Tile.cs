using System.Numerics;

namespace Rectify.Proof;

/// <summary>Hashes that stand side by side in a tile, 32 bytes each.</summary>
internal static class Tile
{
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> tile, int place) => tile.Slice(place * Merkle.HashSize, Merkle.HashSize);

    /// <summary>The root over <paramref name="count"/> hashes, a power of two, from place <paramref name="first"/> on.</summary>
    public static byte[] Root(ReadOnlySpan<byte> tile, int first, int count)
    {
        var hashes = tile.Slice(first * Merkle.HashSize, count * Merkle.HashSize).ToArray().AsSpan();
        for (; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                Merkle.Node(At(hashes, 2 * i), At(hashes, (2 * i) + 1), hashes.Slice(i * Merkle.HashSize, Merkle.HashSize));
            }
        }

        return hashes[..Merkle.HashSize].ToArray();
    }

    /// <summary>The roots of the whole subtrees that a partial tile holds, the largest first.</summary>
    public static IEnumerable<byte[]> Subtrees(byte[] tile)
    {
        for (var (place, rest) = (0, tile.Length / Merkle.HashSize); rest > 0;)
        {
            var count = 1 << BitOperations.Log2((uint)rest);
            yield return Root(tile, place, count);
            (place, rest) = (place + count, rest - count);
        }
    }
}
