using System.Collections.Concurrent;
using System.Text;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>A journal published in memory, with nothing of a database in it.</summary>
internal sealed class MadeJournal : ITileReader
{
    public const string Origin = "example.org/journal";

    private MadeJournal(List<byte[]> entries, TileBuilder builder)
    {
        (Entries, Checkpoint) = (entries, new(Origin, builder.Size, builder.Root()));
        Take(builder);
    }

    public IReadOnlyList<byte[]> Entries { get; }

    public Checkpoint Checkpoint { get; }

    public ConcurrentDictionary<TilePath, byte[]> Files { get; } = [];

    public byte[][] Leaves => [.. Entries.Select(entry => Merkle.Leaf(entry))];

    public static byte[] Entry(int index) => Encoding.UTF8.GetBytes($"entry {index} {new string('x', index % 7)}");

    public static MadeJournal Of(int size)
    {
        var builder = new TileBuilder();
        var entries = Enumerable.Range(0, size).Select(Entry).ToList();
        entries.ForEach(builder.Append);
        return new(entries, builder);
    }

    public void Take(TileBuilder builder)
    {
        foreach (var (path, bytes) in builder.TakeFinished().Concat(builder.Partial()))
        {
            Files[path] = bytes;
        }
    }

    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) => Task.FromResult(Files.GetValueOrDefault(path));

    public Task<PublishedTree> OpenAsync() => PublishedTree.OpenAsync(this, Checkpoint, CancellationToken.None);
}
