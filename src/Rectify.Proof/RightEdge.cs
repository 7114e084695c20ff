using System.Numerics;
using System.Security.Cryptography;

namespace Rectify.Proof;

/// <summary>All that has to be kept of a tree to add entries and to know its root: the roots of its whole subtrees, at most 63.</summary>
/// <remarks>Not safe for use by several threads at once. Source: RFC 9162 §2.1.2 (the same stack of subtrees).</remarks>
public sealed class RightEdge
{
    private readonly List<byte[]> subtrees;

    /// <summary>An empty tree.</summary>
    public RightEdge() => subtrees = [];

    private RightEdge(long size, List<byte[]> subtrees) => (Size, this.subtrees) = (size, subtrees);

    /// <summary>How many entries the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>Adds one leaf hash of 32 bytes at the end.</summary>
    /// <exception cref="ArgumentException"><paramref name="leaf"/> is no hash.</exception>
    public void Append(ReadOnlySpan<byte> leaf)
    {
        if (leaf.Length != Merkle.HashSize)
        {
            throw new ArgumentException($"A leaf hash has {Merkle.HashSize} bytes.", nameof(leaf));
        }

        var hash = leaf.ToArray();
        for (var full = BitOperations.TrailingZeroCount(~Size); full > 0; full--)
        {
            Merkle.Node(subtrees[^1], hash, hash);
            subtrees.RemoveAt(subtrees.Count - 1);
        }

        subtrees.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree as it is now; for an empty one, the hash of the empty string.</summary>
    public byte[] Root() => subtrees.Count == 0 ? SHA256.HashData([]) : Fold(subtrees);

    /// <summary>A copy that goes on by itself.</summary>
    public RightEdge Copy() => new(Size, [.. subtrees]);

    /// <summary>The subtrees' roots, the largest first; 32 bytes for each bit that is set in <see cref="Size"/>.</summary>
    public byte[] ToBytes() => [.. subtrees.SelectMany(hash => hash)];

    /// <summary>Reads what <see cref="ToBytes"/> wrote of a tree of <paramref name="size"/> entries.</summary>
    /// <returns><see langword="null"/> if the length does not fit the size. Whether the hashes are right, only <see cref="Root"/> can show.</returns>
    public static RightEdge? FromBytes(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * Merkle.HashSize)
        {
            return null;
        }

        var subtrees = new List<byte[]>();
        for (; bytes.Length > 0; bytes = bytes[Merkle.HashSize..])
        {
            subtrees.Add(bytes[..Merkle.HashSize].ToArray());
        }

        return new(size, subtrees);
    }

    /// <summary>One root over the roots of whole subtrees, which get smaller from left to right.</summary>
    internal static byte[] Fold(IReadOnlyList<byte[]> subtrees)
    {
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
        {
            root = Merkle.Node(subtrees[i], root);
        }

        return root;
    }
}
