using System.Text;
using Rectify.Proof;

namespace Rectify.Bench;

/// <summary>Proofs that an entry stands in a large journal: making one from published tiles, its bytes, checking it, and the growth from a million entries.</summary>
/// <remarks>The entries are all alike, so that each tile of any size is known without being stored; a tile costs 256 copies of a hash, and no disk.</remarks>
internal static class ProofsBench
{
    private const int Rounds = 200;
    private const string Origin = "example.org/journal";
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        var log = NoteSigner.Generate(Origin, NoteAlgorithms.Ed25519);
        NoteSigner[] witnesses = [.. Enumerable.Range(0, 3).Select(i => NoteSigner.Generate($"w{i}.example.org", NoteAlgorithms.Cosignature))];
        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(
            $"log {log.Key}\n{string.Concat(witnesses.Select((one, i) => $"witness w{i} {one.Key}\n"))}group bodies 2 w0 w1 w2\nquorum bodies\n"));
        var bare = await Timing.RunAsync(1, Rounds, (_, i) =>
        {
            var (text, signature) = (Encoding.UTF8.GetBytes($"{i}"), log.Sign($"{i}", Noon));
            return log.Key.Verify(text, signature) ? Task.CompletedTask : throw new InvalidOperationException("A signature does not hold.");
        });
        foreach (var size in new long[] { 1_000_000, 100_000_000 })
        {
            await OneAsync(size, [log, .. witnesses], policy, bare);
        }
    }

    private static async Task OneAsync(long size, NoteSigner[] signers, WitnessPolicy policy, Timing bare)
    {
        var tiles = new EvenTiles(size);
        var checkpoint = new Checkpoint(Origin, size, tiles.Root());
        var note = SignedNote.Sign(checkpoint.Text, Noon, signers);
        var random = new Random(7);
        var indexes = Enumerable.Range(0, Rounds).Select(_ => random.NextInt64(size)).ToArray();
        var paths = new List<byte[]>[Rounds];
        var made = await Timing.RunAsync(1, Rounds, async (_, i) => paths[i] = await (await PublishedTree.OpenAsync(tiles, checkpoint, default)).InclusionPathAsync(indexes[i], default));
        var read = tiles.Read / (double)Rounds;
        var files = Enumerable.Range(0, Rounds).Select(i => new LogProof(indexes[i], paths[i], note).ToBytes()).ToArray();
        var check = await Timing.RunAsync(1, Rounds, (_, i) =>
            LogProof.Read(files[i])!.Check(EvenTiles.Leaf, policy).Holds ? Task.CompletedTask : throw new InvalidOperationException("A proof does not hold."));
        var since = await Timing.RunAsync(1, Rounds, async (_, i) => await (await PublishedTree.OpenAsync(tiles, checkpoint, default)).ConsistencyPathAsync(indexes[i] + 1, default));
        Report.Row(
            $"a proof in a journal of {size:#,0} entries, made from its tiles", $"{made}; {read:0.0} tiles read; growth since an earlier checkpoint {since}", "",
            $"the file of one with four signatures: {files.Min(file => file.Length):#,0} to {files.Max(file => file.Length):#,0} bytes, {paths.Min(path => path.Count)} to {paths.Max(path => path.Count)} hashes");
        Report.Row(
            $"the same checked, from the file's bytes to the verdict: four signatures and the path", $"{check}", "",
            $"signing and checking one line {Report.Ms(bare.At(0.5))}; {check.At(0.5) / bare.At(0.5):0.0} times that");
    }

    /// <summary>A journal whose entries are all the same.</summary>
    private sealed class EvenTiles(long size) : ITileReader
    {
        /// <summary>The hash of a whole subtree of 256 to the power of the place.</summary>
        private readonly List<byte[]> levels = Levels();

        public static byte[] Leaf { get; } = Merkle.Leaf("the entry"u8);

        public int Read { get; private set; }

        public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct)
        {
            Read++;
            return Task.FromResult<byte[]?>([.. Enumerable.Repeat(levels[path.Level], path.Width).SelectMany(hash => hash)]);
        }

        /// <summary>From the whole subtrees on the right edge.</summary>
        public byte[] Root()
        {
            var (hash, root) = (Leaf, (byte[]?)null);
            for (var left = size; left > 0; left >>= 1, hash = Merkle.Node(hash, hash))
            {
                root = (left & 1) == 0 ? root : root is null ? hash : Merkle.Node(hash, root);
            }

            return root!;
        }

        private static List<byte[]> Levels()
        {
            var (all, hash) = (new List<byte[]>(), Leaf);
            for (var height = 0; height < 63; height++, hash = Merkle.Node(hash, hash))
            {
                if (height % 8 == 0)
                {
                    all.Add(hash);
                }
            }

            return all;
        }
    }
}
