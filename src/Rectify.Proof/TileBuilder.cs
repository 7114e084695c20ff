namespace Rectify.Proof;

/// <summary>Makes the tiles and bundles of a growing journal. The same entries always give the same bytes, so all of it can be made anew at any time.</summary>
/// <remarks>Holds one unfinished tile of each level and one bundle. Not safe for use by several threads at once.</remarks>
public sealed class TileBuilder
{
    private readonly List<List<byte[]>> levels = [];
    private readonly List<byte[]> bundle = [];
    private readonly List<(TilePath Path, byte[] Bytes)> finished = [];

    /// <summary>How many entries the journal has.</summary>
    public long Size { get; private set; }

    /// <summary>Goes on where a published journal ends, after its right edge was read and compared with the checkpoint.</summary>
    /// <exception cref="PublishedJournalException">A tile or the last bundle is missing or was changed.</exception>
    public static async Task<TileBuilder> ResumeAsync(ITileReader tiles, Checkpoint checkpoint, CancellationToken ct)
    {
        var tree = await PublishedTree.OpenAsync(tiles, checkpoint, ct).ConfigureAwait(false);
        var builder = new TileBuilder { Size = tree.Size };
        for (var level = 0; TilePath.HashesAt(tree.Size, level) > 0; level++)
        {
            builder.levels.Add([]);
        }

        foreach (var path in TilePath.Partial(tree.Size))
        {
            builder.levels[path.Level].AddRange(tree.Edge(path));
        }

        if (tree.Size % TilePath.FullWidth > 0)
        {
            var entries = await tree.EntriesAsync(tree.Size / TilePath.FullWidth, ct).ConfigureAwait(false);
            builder.bundle.AddRange(entries.Select(entry => entry.ToArray()));
        }

        return builder;
    }

    /// <summary>Adds one entry; its exact bytes, at most 65,535.</summary>
    /// <exception cref="ArgumentException">The entry is too long.</exception>
    public void Append(byte[] entry)
    {
        if (entry.Length > EntryBundle.LongestEntry)
        {
            throw new ArgumentException($"An entry has at most {EntryBundle.LongestEntry} bytes.", nameof(entry));
        }

        bundle.Add(entry);
        Size++;
        if (bundle.Count == TilePath.FullWidth)
        {
            finished.Add((TilePath.ForEntry(Size, Size - 1), EntryBundle.Write(bundle)));
            bundle.Clear();
        }

        Add(0, Merkle.Leaf(entry));
    }

    /// <summary>The full tiles and bundles that were finished since this was last called, in order.</summary>
    public IReadOnlyList<(TilePath Path, byte[] Bytes)> TakeFinished()
    {
        (TilePath, byte[])[] taken = [.. finished];
        finished.Clear();
        return taken;
    }

    /// <summary>The partial tiles and the partial bundle that a checkpoint of <see cref="Size"/> needs beside the full ones.</summary>
    public IReadOnlyList<(TilePath Path, byte[] Bytes)> Partial() =>
    [
        .. bundle.Count > 0 ? [(TilePath.ForEntry(Size, Size - 1), EntryBundle.Write(bundle))] : Array.Empty<(TilePath, byte[])>(),
        .. TilePath.Partial(Size).Select(path => (path, Concat(levels[path.Level]))),
    ];

    /// <summary>The root over all entries.</summary>
    public byte[] Root() => Size == 0
        ? new RightEdge().Root()
        : RightEdge.Fold([.. levels.AsEnumerable().Reverse().SelectMany(level => Tile.Subtrees(Concat(level)))]);

    private void Add(int level, byte[] hash)
    {
        if (level == levels.Count)
        {
            levels.Add([]);
        }

        var tile = levels[level];
        tile.Add(hash);
        if (tile.Count < TilePath.FullWidth)
        {
            return;
        }

        var bytes = Concat(tile);
        finished.Add((new(level, (TilePath.HashesAt(Size, level) / TilePath.FullWidth) - 1, TilePath.FullWidth), bytes));
        tile.Clear();
        Add(level + 1, Tile.Root(bytes, 0, TilePath.FullWidth));
    }

    private static byte[] Concat(List<byte[]> hashes)
    {
        var bytes = new byte[hashes.Count * Merkle.HashSize];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes, i * Merkle.HashSize);
        }

        return bytes;
    }
}
