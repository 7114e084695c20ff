using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>Whatever bytes come, each reader reads or refuses: it throws nothing, and what it read it writes as it was.</summary>
public sealed class ParserTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);
    private static readonly NoteSigner Witness = NoteSigner.Generate("witness.example.org", NoteAlgorithms.Cosignature);
    private static readonly SignedNote Note = SignedNote.Sign(new Checkpoint(MadeJournal.Origin, 7, new byte[32]).Text, Noon, Log, Witness);

    private static readonly string Id = Base64Url.EncodeToString(new byte[16]);
    private static readonly string Hash = Base64Url.EncodeToString(new byte[32]);

    private static readonly string[] Good =
    [
        Note.ToString(),
        Log.Key.ToString(),
        Log.ToSecret(),
        new LogProof(3, [new byte[32]], Note, [1]).ToString(),
        Encoding.UTF8.GetString(new AddCheckpoint(3, [new byte[32]], Note, new(MadeJournal.Origin, 7, new byte[32])).ToBytes()),
        $"log {Log.Key}\nwitness a {Witness.Key}\ngroup g all a\nquorum g\n",
        "tile/0/x001/234.p/5",
        Encoding.UTF8.GetString(LeafChainTests.Chain(2)[1]),
        Encoding.UTF8.GetString(new Openings([FieldOpening.Of(new byte[16], "a", null, "b")], [new(new byte[32], new byte[32], new byte[32], "c")], []).ToBytes()),
        FieldOpening.Of(new byte[16], "a", null, "b").Disclosure,
    ];

    private static readonly string[] Pieces = ["\n", "\n\n", " ", "+", "\u2014 ", "=", "0", "[", "{", "\"", "null"];

    // A good text with pieces cut out, doubled, moved and replaced: closer to the edges than noise.
    private static readonly Gen<byte[]> Spoiled = Gen.Select(
        Gen.Int[0, Good.Length - 1].Select(i => Good[i]), Gen.Int[0, 400], Gen.Int[0, 40], Gen.OneOf(Gen.Byte.Array[0, 8], Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.UTF8.GetBytes(Pieces[i]))), Gen.Bool)
        .Select((text, from, length, put, twice) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            from %= bytes.Length;
            length = Math.Min(length, bytes.Length - from);
            return (byte[])[.. bytes[..from], .. put, .. twice ? bytes[from..(from + length)] : [], .. bytes[(twice ? from : from + length)..]];
        });

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused() => Gen.OneOf(Spoiled, Gen.Byte.Array[0, 200]).Sample(Feed, iter: 8_000);

    [Fact]
    public void Good_texts_are_read_by_their_own_readers() => Assert.All(Good, text => Feed(Encoding.UTF8.GetBytes(text)));

    // Noise seldom hits a whole value: each text of an entry and of its openings gives way to what is no text.
    [Fact]
    public void A_value_that_is_no_text_is_refused()
    {
        var entry = Encoding.UTF8.GetString(LeafChainTests.Entry(1, null, Id, $"\"data\":{{}},\"files\":[\"{Hash}\"],\"sd\":[\"{Hash}\"]", "[\"sha256\",\"sm3\"]"))
            .Replace("\"alg\"", $"\"cause\":\"{Id}\",\"alg\"", StringComparison.Ordinal);
        var openings = Encoding.UTF8.GetString(new Openings([FieldOpening.Of(new byte[16], "a", null, "b")], [new(new byte[32], new byte[32], new byte[32], "c")], [Hash]).ToBytes());
        foreach (var (text, isRead) in new[] { (entry, (Func<byte[], bool>)(bytes => JournalLeaf.Read(bytes) is not null)), (openings, bytes => Openings.Read(bytes) is not null) })
        {
            Assert.True(isRead(Encoding.UTF8.GetBytes(text)));
            var values = Regex.Matches(text, "(?<=[:,\\[])\"[^\"]*\"(?!:)");
            Assert.InRange(values.Count, 6, 20);
            foreach (var (value, put) in from value in values from put in new[] { "null", "1", "true", "[]", "{}", "\"\\ud800\"" } select (value, put))
            {
                Assert.False(isRead(Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, value.Index), put, text.AsSpan(value.Index + value.Length)))), $"{value} {put}");
            }
        }
    }

    // A length or a count from outside never decides how much is taken: the whole stays in proportion to the file.
    [Fact]
    public void Memory_stays_in_proportion_to_what_came()
    {
        byte[][] bombs =
        [
            Encoding.UTF8.GetBytes(new string('\n', 300_000)),
            Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("\u2014 n AAAAAAA=\n", 10_000))),
            Encoding.UTF8.GetBytes("c2sp.org/tlog-proof@v1\nindex 9223372036854775807\n" + string.Concat(Enumerable.Repeat(new string('A', 43) + "=\n", 5_000)) + "\n" + Note),
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"log {Log.Key}\n", 2_000)) + "quorum none\n"),
            Encoding.UTF8.GetBytes(new string('[', 60_000)),
            [0xff, 0xff, 1],
        ];
        Assert.All(bombs, bomb =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(bomb);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000 + (200L * bomb.Length));
        });
    }

    private static void Feed(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        Same(bytes, SignedNote.Read(bytes)?.ToBytes());
        Same(bytes, LogProof.Read(bytes)?.ToBytes());
        Same(bytes, AddCheckpoint.Read(bytes, out _)?.ToBytes());
        Same(text, NoteKey.TryParse(text, out var key) ? key.ToString() : null);
        Same(text, NoteSigner.Read(text)?.ToSecret());
        Same(text, TilePath.TryParse(text, out var path) ? path.ToString() : null);
        Same(text, Checkpoint.Read(text)?.Text);
        _ = SignedNote.ReadSignatures(text);
        _ = WitnessPolicy.Read(bytes)?.Check(bytes);
        _ = JournalLeaf.Read(bytes);
        _ = Openings.Read(bytes);
        _ = FieldOpening.Read(text);
        _ = EntryBundle.Read(bytes, 3);
        _ = RightEdge.FromBytes(3, bytes);
        _ = TrustedAuthorities.Read(bytes);
        Assert.NotEqual(TimeStampOutcome.Good, TimeStamps.Check(bytes, bytes, TimeStampTests.Nobody).Outcome);
    }

    private static void Same(byte[] came, byte[]? written) => Assert.True(written is null || came.AsSpan().SequenceEqual(written));

    private static void Same(string came, string? written) => Assert.True(written is null || came == written);
}
