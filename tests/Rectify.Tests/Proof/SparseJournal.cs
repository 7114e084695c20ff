using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>A journal so large that only the tiles on the way from one entry to the root are made; all other hashes are invented.</summary>
internal sealed class SparseJournal : ITileReader
{
    private readonly Dictionary<TilePath, byte[]> files = [];

    /// <summary>The tiles that exist.</summary>
    public IReadOnlyDictionary<TilePath, byte[]> Files => files;

    /// <summary>How many tiles were asked for.</summary>
    public int Read { get; private set; }

    public static (SparseJournal Reader, byte[] Root) Make(long size, long entry)
    {
        var journal = new SparseJournal();
        var below = Merkle.Leaf("the entry"u8);
        for (var (level, index) = (0, entry); TilePath.HashesAt(size, level) > 0; level++, index /= TilePath.FullWidth)
        {
            foreach (var path in TilePath.Partial(size).Where(path => path.Level == level).Append(TilePath.In(size, level, index / TilePath.FullWidth)).Distinct())
            {
                journal.files[path] = [.. Enumerable.Range(0, path.Width).SelectMany(i => Merkle.Leaf(BitConverter.GetBytes((level * 1_000_000) + i)))];
            }

            var mine = journal.files[TilePath.In(size, level, index / TilePath.FullWidth)];
            below.CopyTo(mine, (int)(index % TilePath.FullWidth) * Merkle.HashSize);
            var hashes = mine.Chunk(Merkle.HashSize).ToArray();
            below = Merkle.Root(hashes);
        }

        var root = TilePath.Partial(size).Reverse().SelectMany(path => Whole(journal.files[path])).ToArray();
        return (journal, root[..^1].Reverse().Aggregate(root[^1], (right, left) => Merkle.Node(left, right)));
    }

    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct)
    {
        Read++;
        return Task.FromResult(files.GetValueOrDefault(path));
    }

    // The roots of a partial tile's whole subtrees, the largest first.
    private static IEnumerable<byte[]> Whole(byte[] tile)
    {
        var hashes = tile.Chunk(Merkle.HashSize).ToArray();
        for (var from = 0; from < hashes.Length;)
        {
            var count = 1;
            while (count * 2 <= hashes.Length - from)
            {
                count *= 2;
            }

            yield return Merkle.Root(hashes.AsSpan(from, count));
            from += count;
        }
    }
}
