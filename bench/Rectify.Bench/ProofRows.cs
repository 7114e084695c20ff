using System.Globalization;
using System.Text;
using Rectify.Proof;
using Rectify.Tests.Proof;

namespace Rectify.Bench;

/// <summary>One proof in a journal of a million and of a hundred million entries: how large its file is, how long making and checking it take. Of the journal only the tiles on the way up and the right edge exist.</summary>
internal static class ProofRows
{
    private const string Origin = "bench.example.org/journal";

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    /// <param name="times">How often each is done.</param>
    public static async Task RunAsync(int times)
    {
        var log = NoteSigner.Generate(Origin, NoteAlgorithms.Ed25519);
        NoteSigner[] witnesses = [.. Enumerable.Range(0, 3).Select(i => NoteSigner.Generate($"w{i}.bench.example.org", NoteAlgorithms.Cosignature))];
        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(
            $"log {log.Key}\n{string.Concat(witnesses.Select((one, i) => $"witness w{i} {one.Key}\n"))}group bodies 2 w0 w1 w2\nquorum bodies\n"));
        foreach (var size in new[] { 1_000_000L, 100_000_000L })
        {
            var folder = Directory.CreateTempSubdirectory("rectify-proofs-");
            try
            {
                await RunAsync(size, folder.FullName, SignerOf, policy, times);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        SignedNote SignerOf(Checkpoint checkpoint) => SignedNote.Sign(checkpoint.Text, Noon, [log, .. witnesses]);
    }

    private static async Task RunAsync(long size, string folder, Func<Checkpoint, SignedNote> sign, WitnessPolicy policy, int times)
    {
        var place = size * 7 / 9;
        var (journal, root) = SparseJournal.Make(size, place);
        foreach (var (path, bytes) in journal.Files)
        {
            var file = Path.Combine(folder, path.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes);
        }

        var (checkpoint, leaf) = (new Checkpoint(Origin, size, root), Merkle.Leaf("the entry"u8));
        var (note, proof, holds) = (sign(checkpoint), Array.Empty<byte>(), true);
        var making = await Timing.RunAsync(1, times, async (_, _) =>
        {
            var tree = await PublishedTree.OpenAsync(new FolderTiles(folder), checkpoint, default);
            proof = new LogProof(place, await tree.InclusionPathAsync(place, default), note).ToBytes();
        });
        var checking = await Timing.RunAsync(1, times, (_, _) =>
        {
            holds &= LogProof.Read(proof)!.Check(leaf, policy).Holds;
            return Task.CompletedTask;
        });
        if (!holds)
        {
            throw new InvalidOperationException("A proof does not hold.");
        }

        var (count, hashes) = (size.ToString("#,0", CultureInfo.InvariantCulture), LogProof.Read(proof)!.Path.Count);
        Report.Row($"one proof among {count} entries: its file", $"{proof.Length.ToString("#,0", CultureInfo.InvariantCulture)} B", "", $"{hashes} hashes, a checkpoint with 4 signatures of {note.ToBytes().Length} B");
        Report.Row("the same: made from the published tiles", making.ToString(), "", $"processor {Report.Ms(making.ProcessorEach)}");
        Report.Row("the same: from its bytes to the verdict, 4 signatures", checking.ToString(), "", $"processor {Report.Ms(checking.ProcessorEach)}");
    }
}
