using System.Text;
using BenchmarkDotNet.Attributes;
using Rectify.Proof;

namespace Rectify.Bench;

/// <summary>What a reader and a monitor wait for: checking one proof with its signatures, and rebuilding a root from bundles. Results live in docs/performance.md.</summary>
[MemoryDiagnoser]
public class ProofBench
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    private readonly byte[] leaf = Merkle.Leaf("entry"u8);
    private byte[] file = [];
    private byte[][] bundles = [];
    private WitnessPolicy policy = null!;

    /// <summary>Levels of the path: a million entries, and a hundred million.</summary>
    [Params(20, 27)]
    public int Levels { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var log = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Ed25519);
        NoteSigner[] witnesses = [.. Enumerable.Range(0, 3).Select(i => NoteSigner.Generate($"w{i}.example.org", NoteAlgorithms.Cosignature))];
        policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(
            $"log {log.Key}\n{string.Concat(witnesses.Select((one, i) => $"witness w{i} {one.Key}\n"))}group bodies 2 w0 w1 w2\nquorum bodies\n"));

        // Only the way up exists; the other hashes are invented.
        List<byte[]> path = [.. Enumerable.Range(0, Levels).Select(i => Merkle.Leaf(BitConverter.GetBytes(i)))];
        var root = path.Aggregate(leaf, (hash, sibling) => Merkle.Node(hash, sibling));
        var checkpoint = new Checkpoint("example.org/journal", 1L << Levels, root);
        file = new LogProof(0, path, SignedNote.Sign(checkpoint.Text, Noon, [log, .. witnesses])).ToBytes();

        var entry = Encoding.UTF8.GetBytes(new string('x', 500));
        bundles = [.. Enumerable.Repeat(EntryBundle.Write([.. Enumerable.Repeat(entry, TilePath.FullWidth)]), 256)];
    }

    /// <summary>From the bytes of a <c>.tlog-proof</c> to the verdict: four signatures and the path.</summary>
    [Benchmark]
    public bool CheckOneProof() => LogProof.Read(file)!.Check(leaf, policy).Holds;

    /// <summary>65,536 entries of 500 bytes, from their bundles; the same for both levels.</summary>
    [Benchmark]
    public byte[] RebuildTheRoot()
    {
        var edge = new RightEdge();
        foreach (var bundle in bundles)
        {
            foreach (var entry in EntryBundle.Read(bundle, TilePath.FullWidth)!)
            {
                edge.Append(Merkle.Leaf(entry.Span));
            }
        }

        return edge.Root();
    }

    /// <summary>The same 65,536 entries made into tiles and bundles again, as the publisher does.</summary>
    [Benchmark]
    public int MakeTiles()
    {
        var builder = new TileBuilder();
        foreach (var bundle in bundles)
        {
            foreach (var entry in EntryBundle.Read(bundle, TilePath.FullWidth)!)
            {
                builder.Append(entry.ToArray());
            }
        }

        return builder.TakeFinished().Count;
    }
}
