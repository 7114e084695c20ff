using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rectify.Proof;

/// <summary>
/// A journal as it was published at one checkpoint: makes proofs and gives entries from tiles and bundles alone. Each byte that it
/// gives out was checked against the checkpoint's root.
/// </summary>
/// <remarks>
/// Keeps the right edge and up to <see cref="MostKept"/> more tiles (8 KiB each) in memory. Not safe for use by several threads at once.
/// A partial tile that was deleted since is read from the full one. Source: C2SP tlog-tiles, "Partial Tiles".
/// </remarks>
public sealed class PublishedTree
{
    private const int MostKept = 512;

    private readonly ITileReader tiles;
    private readonly Dictionary<(int Level, long Index), byte[]> edge = [];
    private readonly Dictionary<(int Level, long Index), byte[]> kept = [];

    private PublishedTree(ITileReader tiles, long size, byte[] root) => (this.tiles, Size, Root) = (tiles, size, root);

    /// <summary>How many entries the checkpoint covers.</summary>
    public long Size { get; }

    /// <summary>The root that the checkpoint signs.</summary>
    public IReadOnlyList<byte> Root { get; }

    /// <summary>Reads the right edge, at most eight tiles, and compares it with the root.</summary>
    /// <exception cref="PublishedJournalException">A tile is missing or malformed, or the root is another.</exception>
    public static async Task<PublishedTree> OpenAsync(ITileReader tiles, Checkpoint checkpoint, CancellationToken ct)
    {
        var tree = new PublishedTree(tiles, checkpoint.Size, checkpoint.Root);
        var subtrees = new List<byte[]>();
        foreach (var path in TilePath.Partial(tree.Size))
        {
            var tile = await tree.ReadShapedAsync(path, ct).ConfigureAwait(false);
            tree.edge[(path.Level, path.Index)] = tile;
            subtrees.InsertRange(0, Tile.Subtrees(tile));
        }

        var root = subtrees.Count == 0 ? new RightEdge().Root() : RightEdge.Fold(subtrees);
        return root.AsSpan().SequenceEqual(checkpoint.Root)
            ? tree
            : throw new PublishedJournalException(TilePath.Partial(tree.Size).FirstOrDefault(), JournalFault.OtherRoot);
    }

    /// <summary>Makes the path that proves entry <paramref name="index"/> under this checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    /// <exception cref="PublishedJournalException">A tile that is needed is missing or was changed.</exception>
    public async Task<List<byte[]>> InclusionPathAsync(long index, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        var path = new List<byte[]>();
        for (var (from, to) = (0L, Size); to - from > 1;)
        {
            var split = from + Split(to - from);
            path.Add(index < split ? await RangeAsync(split, to, ct).ConfigureAwait(false) : await RangeAsync(from, split, ct).ConfigureAwait(false));
            (from, to) = index < split ? (from, split) : (split, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Makes the path that proves that the first <paramref name="first"/> entries were only added to.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is below 1 or above the checkpoint's size.</exception>
    /// <exception cref="PublishedJournalException">A tile that is needed is missing or was changed.</exception>
    public async Task<List<byte[]>> ConsistencyPathAsync(long first, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Size);
        var path = new List<byte[]>();
        var (from, to, whole) = (0L, Size, true);
        while (first < to)
        {
            var split = from + Split(to - from);
            path.Add(first <= split ? await RangeAsync(split, to, ct).ConfigureAwait(false) : await RangeAsync(from, split, ct).ConfigureAwait(false));
            (from, to, whole) = first <= split ? (from, split, whole) : (split, to, false);
        }

        if (!whole)
        {
            path.Add(await RangeAsync(from, to, ct).ConfigureAwait(false));
        }

        path.Reverse();
        return path;
    }

    /// <summary>The root that the journal had when it had <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1 or above the checkpoint's size.</exception>
    /// <exception cref="PublishedJournalException">A tile that is needed is missing or was changed.</exception>
    public Task<byte[]> RootAtAsync(long size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return RangeAsync(0, size, ct);
    }

    /// <summary>The leaf hash of entry <paramref name="index"/>, 32 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    /// <exception cref="PublishedJournalException">A tile that is needed is missing or was changed.</exception>
    public Task<byte[]> LeafAsync(long index, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return RangeAsync(index, index + 1, ct);
    }

    /// <summary>The entries of one bundle, each checked against its leaf; the first is entry <paramref name="bundle"/> × 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bundle.</exception>
    /// <exception cref="PublishedJournalException">The bundle or a tile is missing or was changed.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> EntriesAsync(long bundle, CancellationToken ct)
    {
        var path = TilePath.In(Size, TilePath.EntriesLevel, bundle);
        var read = path;
        var bytes = await tiles.ReadAsync(path, ct).ConfigureAwait(false);
        if (bytes is null && !path.IsFull)
        {
            read = path.Full;
            bytes = await tiles.ReadAsync(read, ct).ConfigureAwait(false);
        }

        var entries = EntryBundle.Read(bytes ?? throw new PublishedJournalException(path, JournalFault.Missing), read.Width)
            ?? throw new PublishedJournalException(read, JournalFault.WrongShape);
        var leaves = await TileAsync(0, bundle, ct).ConfigureAwait(false);
        for (var i = 0; i < path.Width; i++)
        {
            if (!Merkle.Leaf(entries[i].Span).AsSpan().SequenceEqual(Tile.At(leaves, i)))
            {
                throw new PublishedJournalException(read, JournalFault.OtherEntry);
            }
        }

        return [.. entries.Take(path.Width)];
    }

    /// <summary>All entries from <paramref name="from"/> on, in order, each checked. What a monitor reads.</summary>
    /// <exception cref="PublishedJournalException">Something is missing or was changed; entries given out before are good.</exception>
    public async IAsyncEnumerable<(long Index, ReadOnlyMemory<byte> Entry)> ReadAsync(
        long from, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        for (var bundle = from / TilePath.FullWidth; bundle * TilePath.FullWidth < Size; bundle++)
        {
            var index = bundle * TilePath.FullWidth;
            foreach (var entry in await EntriesAsync(bundle, ct).ConfigureAwait(false))
            {
                if (index >= from)
                {
                    yield return (index, entry);
                }

                index++;
            }
        }
    }

    /// <summary>The hashes of a partial tile on the right edge.</summary>
    internal IEnumerable<byte[]> Edge(TilePath path) => edge[(path.Level, path.Index)].Chunk(Merkle.HashSize);

    /// <summary>The largest power of two below <paramref name="n"/>.</summary>
    private static long Split(long n) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(n - 1)));

    // The root over entries from..to; the range begins where a whole subtree of at least its length begins, as all ranges of proofs do.
    private async Task<byte[]> RangeAsync(long from, long to, CancellationToken ct)
    {
        var subtrees = new List<byte[]>();
        while (from < to)
        {
            var height = 63 - BitOperations.LeadingZeroCount((ulong)(to - from));
            subtrees.Add(await SubtreeAsync(height, from >> height, ct).ConfigureAwait(false));
            from += 1L << height;
        }

        return RightEdge.Fold(subtrees);
    }

    private async Task<byte[]> SubtreeAsync(int height, long index, CancellationToken ct)
    {
        var (level, within) = (height / 8, height % 8);
        var first = index << within;
        var tile = await TileAsync(level, first / TilePath.FullWidth, ct).ConfigureAwait(false);
        return Tile.Root(tile, (int)(first % TilePath.FullWidth), 1 << within);
    }

    private async Task<byte[]> TileAsync(int level, long index, CancellationToken ct)
    {
        if (edge.TryGetValue((level, index), out var known) || kept.TryGetValue((level, index), out known))
        {
            return known;
        }

        // Not on the edge, so it is full, and the level above has its hash.
        var path = TilePath.In(Size, level, index);
        var tile = await ReadShapedAsync(path, ct).ConfigureAwait(false);
        var above = await TileAsync(level + 1, index / TilePath.FullWidth, ct).ConfigureAwait(false);
        if (!Tile.Root(tile, 0, TilePath.FullWidth).AsSpan().SequenceEqual(Tile.At(above, (int)(index % TilePath.FullWidth))))
        {
            throw new PublishedJournalException(path, JournalFault.OtherHash);
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        return kept[(level, index)] = tile;
    }

    private async Task<byte[]> ReadShapedAsync(TilePath path, CancellationToken ct)
    {
        var tile = await tiles.ReadAsync(path, ct).ConfigureAwait(false);
        var expected = path.Width;
        if (tile is null && !path.IsFull)
        {
            tile = await tiles.ReadAsync(path.Full, ct).ConfigureAwait(false);
            expected = TilePath.FullWidth;
        }

        if (tile is null)
        {
            throw new PublishedJournalException(path, JournalFault.Missing);
        }

        return tile.Length == expected * Merkle.HashSize
            ? tile[..(path.Width * Merkle.HashSize)]
            : throw new PublishedJournalException(path with { Width = expected }, JournalFault.WrongShape);
    }
}
