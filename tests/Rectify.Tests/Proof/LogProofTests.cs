using System.Text;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class LogProofTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);
    private static readonly NoteSigner Witness = NoteSigner.Generate("witness.example.org", NoteAlgorithms.Cosignature);
    private static readonly WitnessPolicy Policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes($"log {Log.Key}\nwitness w {Witness.Key}\nquorum w\n"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proof_made_from_tiles_holds_for_its_entry_and_no_other() =>
        await Gen.Select(Gen.Int[1, 600], Gen.Int[0, 599], Gen.Int[0, 599]).SampleAsync(
            async (size, i, j) =>
            {
                var (journal, mine, other) = (MadeJournal.Of(size), i % size, j % size);
                var file = (await MakeAsync(journal, mine)).ToBytes();
                var proof = LogProof.Read(file)!;

                Assert.Equal(file, proof.ToBytes());
                Assert.True(proof.Check(journal.Leaves[mine], Policy).Holds);
                Assert.Equal(mine == other, proof.Check(journal.Leaves[other], Policy).Holds);
                Assert.False(proof.Check(journal.Leaves[mine].AsSpan(1), Policy).Holds);
            },
            iter: 20, threads: 1);

    [Fact]
    public async Task Each_bit_of_a_proof_counts()
    {
        var journal = MadeJournal.Of(11);
        var file = (await MakeAsync(journal, 6)).ToBytes();

        Assert.True(LogProof.Read(file)!.Check(journal.Leaves[6], Policy).Holds);
        Assert.All(Vectors.Flipped(file), turned => Assert.False(LogProof.Read(turned)?.Check(journal.Leaves[6], Policy).Holds ?? false));
    }

    [Fact]
    public async Task What_came_along_is_read_and_not_believed()
    {
        var journal = MadeJournal.Of(5);
        var plain = await MakeAsync(journal, 2);
        var with = new LogProof(plain.Index, plain.Path, plain.Checkpoint, [1, 2, 3]);

        var read = LogProof.Read(with.ToBytes())!;

        Assert.Equal([1, 2, 3], read.Extra);
        Assert.Equal(plain.Check(journal.Leaves[2], Policy).Holds, read.Check(journal.Leaves[2], Policy).Holds);
    }

    [Fact]
    public async Task A_malformed_proof_is_refused()
    {
        var good = (await MakeAsync(MadeJournal.Of(5), 2)).ToString();
        var index = good.Split('\n')[1];
        Assert.NotNull(Read(good));
        Assert.All(
            [
                good.Replace("@v1", "@v2", StringComparison.Ordinal),
                good.Replace("index 2", "index 02", StringComparison.Ordinal),
                good.Replace("index 2", "index -2", StringComparison.Ordinal),
                good.Replace("index 2", "index 9223372036854775808", StringComparison.Ordinal),
                good.Replace("index 2", "Index 2", StringComparison.Ordinal),
                good.Replace(index + "\n", "", StringComparison.Ordinal),
                good.Replace(index, "extra \n" + index, StringComparison.Ordinal),
                good.Replace(index, "extra !\n" + index, StringComparison.Ordinal),
                good.Replace(index, "extra AA==\nextra AA==\n" + index, StringComparison.Ordinal),
                good.Replace(index, index + "\nextra AA==", StringComparison.Ordinal),
                good.Replace(index, index + "\nAA==", StringComparison.Ordinal),
                good.Replace(index, index + string.Concat(Enumerable.Repeat("\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 64)), StringComparison.Ordinal),
                good.Replace(index, index + "\n", StringComparison.Ordinal),
                good.Replace("\n", "\r\n", StringComparison.Ordinal),
                good[1..],
                good[..^1],
                "",
            ],
            bad => Assert.Null(Read(bad)));
    }

    [Fact]
    public void A_proof_of_a_stranger_shape_cannot_be_made()
    {
        var note = SignedNote.Sign(new Checkpoint(MadeJournal.Origin, 1, new byte[32]).Text, Noon, Log);
        Assert.Throws<ArgumentException>(() => new LogProof(-1, [], note));
        Assert.Throws<ArgumentException>(() => new LogProof(0, [new byte[31]], note));
        Assert.Throws<ArgumentException>(() => new LogProof(0, [.. Enumerable.Repeat(new byte[32], 64)], note));
        Assert.Throws<ArgumentException>(() => new LogProof(0, [], note, []));
    }

    private static LogProof? Read(string text) => LogProof.Read(Encoding.UTF8.GetBytes(text));

    private static async Task<LogProof> MakeAsync(MadeJournal journal, int index) => new(
        index, await (await journal.OpenAsync()).InclusionPathAsync(index, Ct), SignedNote.Sign(journal.Checkpoint.Text, Noon, Log, Witness));
}
