using System.Text;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class NoteTests
{
    private const string Text = "example.org/journal\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Signer = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Ed25519);

    [Fact]
    public void Agrees_with_the_published_notes()
    {
        Assert.All(Vectors.Read("signed-note").Of("notes"), one =>
        {
            var note = SignedNote.Read(Encoding.UTF8.GetBytes(one.Text("signed")))!;
            var keys = one.TryGetProperty("vkeys", out var several) ? several.EnumerateArray().Select(key => NoteKey.Parse(key.GetString()!)).ToList() : [NoteKey.Parse(one.Text("vkey"))];

            Assert.Equal(keys.Count, note.Check(keys)!.Count);
            Assert.Equal(one.Text("signed"), note.ToString());
            if (one.TryGetProperty("skey", out var secret))
            {
                var signer = NoteSigner.Read(secret.GetString())!;
                Assert.Equal(secret.GetString(), signer.ToSecret());
                Assert.Contains(keys, key => key.ToString() == signer.Key.ToString());
                Assert.Contains(SignedNote.Sign(one.Text("text"), Noon, signer).Signatures[0].Line, one.Text("signed"), StringComparison.Ordinal);
            }
        });
        Assert.All(Vectors.Read("signed-note").Of("bad_vkeys"), one => Assert.False(NoteKey.TryParse(one.Text("vkey"), out _)));
        Assert.All(Vectors.Read("signed-note").Of("parse_only"), one =>
        {
            var note = SignedNote.Read(Encoding.UTF8.GetBytes(one.Text("note")))!;
            Assert.Equal(one.Text("log_key_id"), note.Signatures[0].KeyId.ToString("x8", null));
            Assert.Equal(one.Text("cosigner_key_id"), note.Signatures[1].KeyId.ToString("x8", null));
            Assert.Equal(one.Number("cosigner_timestamp"), NoteAlgorithms.Cosignature.TimeOf(note.Signatures[1].Signature)!.Value.ToUnixTimeSeconds());
            Assert.Equal(20852163, Checkpoint.Read(note.Text)!.Size);
        });
    }

    [Fact]
    public void Agrees_with_the_published_cosignatures() => Assert.All(Vectors.Read("cosignature").Of("cosignatures"), one =>
    {
        var key = NoteKey.Parse(one.Text("cosigner_vkey"));
        var note = SignedNote.Read(Encoding.UTF8.GetBytes(one.Text("note")))!;

        var good = Assert.Single(note.Check([key])!);

        Assert.Equal(one.Number("timestamp"), good.At!.Value.ToUnixTimeSeconds());
        Assert.Equal("ed25519-cosignature", key.Algorithm.Id);
    });

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ed25519-cosignature")]
    [InlineData("sm2-sm3")]
    public void Each_bit_of_a_note_counts(string algorithm)
    {
        var signer = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Find(algorithm)!);
        var note = SignedNote.Sign(Text, Noon, signer).ToBytes();
        NoteKey[] keys = [signer.Key];

        Assert.Single(SignedNote.Read(note)!.Check(keys)!);
        Assert.All(Vectors.Flipped(note), turned => Assert.True(SignedNote.Read(turned)?.Check(keys) is null or { Count: 0 }));
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ed25519-cosignature")]
    [InlineData("sm2-sm3")]
    public void A_key_written_down_is_the_same_key(string algorithm)
    {
        var signer = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Find(algorithm)!);
        var (key, secret) = (signer.Key.ToString(), signer.ToSecret());

        Assert.Equal(key, NoteKey.Parse(key).ToString());
        Assert.Equal(key, NoteSigner.Read(secret)!.Key.ToString());
        Assert.Single(SignedNote.Sign(Text, Noon, NoteSigner.Read(secret)!).Check([NoteKey.Parse(key)])!);
        Assert.All(Enumerable.Range(0, key.Length), at =>
        {
            Assert.False(NoteKey.TryParse(key[..at], out _));
            Assert.False(at > 0 && NoteKey.TryParse(key[at..], out _));
            Assert.False(NoteKey.TryParse($"{key[..at]}{(char)(key[at] + 1)}{key[(at + 1)..]}", out _));
        });
    }

    // Base64 may have a plus and even end in one: only the first two of a key separate.
    [Fact]
    public void A_key_whose_base64_has_a_plus_is_read()
    {
        var keys = Enumerable.Range(0, 2_000).Select(_ => NoteSigner.Generate("n", NoteAlgorithms.Ed25519).Key.ToString());

        var some = keys.First(key => key.Count(c => c == '+') > 2 && key.EndsWith('+'));

        Assert.Equal(some, NoteKey.Parse(some).ToString());
    }

    [Fact]
    public void The_last_empty_line_ends_the_text()
    {
        const string poem = "first\n\nsecond\n\n\u2014 no signature\n\nthird\n";
        var note = SignedNote.Read(SignedNote.Sign(poem, Noon, Signer).ToBytes())!;

        Assert.Equal(poem, note.Text);
        Assert.Single(note.Check([Signer.Key])!);
    }

    // Some journals add lines at random, so that readers stay used to them.
    [Fact]
    public void Lines_of_strangers_are_passed_over()
    {
        var note = SignedNote.Sign(Text, Noon, Signer);
        var strangers = Enumerable.Range(0, 20).Select(i => new NoteSignature($"grease.invalid/{i}", (uint)i, [.. Enumerable.Repeat((byte)i, 1 + (i * 200))])).ToList();
        var (sameName, sameId) = (new NoteSignature(Signer.Key.Name, Signer.Key.Id + 1, new byte[64]), new NoteSignature("example.org/other", Signer.Key.Id, new byte[64]));

        var all = SignedNote.Read(note.With([.. strangers, sameName, sameId]).ToBytes())!;

        Assert.Equal(23, all.Signatures.Count);
        Assert.Single(all.Check([Signer.Key])!);
        Assert.Empty(all.Check([NoteSigner.Generate("example.org/journal", NoteAlgorithms.Ed25519).Key])!);
        Assert.Empty(all.Check([])!);
    }

    [Fact]
    public void A_wrong_signature_of_a_known_key_refuses_the_whole_note()
    {
        var witness = NoteSigner.Generate("witness.example.org", NoteAlgorithms.Cosignature);
        var note = SignedNote.Sign(Text, Noon, Signer, witness);
        var wrong = new NoteSignature(witness.Key.Name, witness.Key.Id, Vectors.Flipped(note.Signatures[1].Signature, 3));
        var spoiled = SignedNote.Sign(Text, Noon, Signer).With(wrong);

        Assert.Equal(2, note.Check([Signer.Key, witness.Key])!.Count);
        Assert.Null(spoiled.Check([Signer.Key, witness.Key]));
        Assert.Single(spoiled.Check([Signer.Key])!);
        Assert.Equal(2, note.With(wrong).Check([Signer.Key, witness.Key])!.Count);
    }

    // Go reads such lines, so they are no reason to call a stranger's note malformed.
    [Fact]
    public void Stray_bits_behind_a_signature_make_it_a_wrong_one()
    {
        var note = SignedNote.Sign(Text, Noon, Signer).ToString();
        var stray = note.Remove(note.Length - 3, 1).Insert(note.Length - 3, ((char)(note[^3] + 1)).ToString());

        var read = SignedNote.Read(Encoding.UTF8.GetBytes(stray))!;

        Assert.Equal(SignedNote.Read(Encoding.UTF8.GetBytes(note))!.Signatures[0].Signature, read.Signatures[0].Signature);
        Assert.Equal(stray, read.ToString());
        Assert.Null(read.Check([Signer.Key]));
        Assert.Empty(read.Check([NoteSigner.Generate("n", NoteAlgorithms.Ed25519).Key])!);
    }

    // The same private key under the two kinds gives two ids, and neither signature passes for the other.
    [Fact]
    public void A_signature_is_not_taken_for_one_of_another_kind()
    {
        var secret = NoteAlgorithms.Ed25519.NewPrivateKey();
        var key = NoteAlgorithms.Ed25519.PublicKeyOf(secret);
        var (plain, timed) = (new NoteKey("n", NoteAlgorithms.Ed25519, key), new NoteKey("n", NoteAlgorithms.Cosignature, key));
        var signature = NoteAlgorithms.Cosignature.Sign(secret, Encoding.UTF8.GetBytes(Text), Noon);

        Assert.NotEqual(plain.Id, timed.Id);
        Assert.True(timed.Verify(Encoding.UTF8.GetBytes(Text), signature));
        Assert.False(plain.Verify(Encoding.UTF8.GetBytes(Text), signature));
        Assert.False(plain.Verify(Encoding.UTF8.GetBytes(Text), signature.AsSpan(8)));
        Assert.True(plain.IsSameKey(timed));
    }

    [Theory]
    [InlineData("text\n\n\u2014 n AAAAAAA=")] // no LF at the end
    [InlineData("text\n\n\u2014 n+ AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 n n AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 n\u00a0 AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 n AAAAAA==\n")] // four bytes: an id and no signature
    [InlineData("text\n\n\u2014 n AAAA AAA=\n")]
    [InlineData("text\n\n\u2014 n AAAAAAA\n")]
    [InlineData("text\n\n- n AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 n AAAAAAA=\nmore\n")]
    [InlineData("te\txt\n\n\u2014 n AAAAAAA=\n")]
    [InlineData("text\r\n\r\n\u2014 n AAAAAAA=\r\n")]
    [InlineData("te\0xt\n\n\u2014 n AAAAAAA=\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n")]
    [InlineData("")]
    public void A_malformed_note_is_refused(string note) => Assert.Null(SignedNote.Read(Encoding.UTF8.GetBytes(note)));

    [Fact]
    public void What_is_not_utf8_or_beyond_the_limits_is_refused()
    {
        var good = "text\n\n\u2014 n AAAAAAA=\n";
        Assert.NotNull(SignedNote.Read(Encoding.UTF8.GetBytes(good)));
        Assert.Null(SignedNote.Read([0xff, .. Encoding.UTF8.GetBytes(good)]));
        Assert.Null(SignedNote.Read([0xed, 0xa0, 0x80, .. Encoding.UTF8.GetBytes(good)]));
        Assert.NotNull(SignedNote.Read(Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("\u2014 n AAAAAAA=\n", SignedNote.MostSignatures)))));
        Assert.Null(SignedNote.Read(Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("\u2014 n AAAAAAA=\n", SignedNote.MostSignatures + 1)))));
        Assert.Null(SignedNote.Read(Encoding.UTF8.GetBytes(new string('x', SignedNote.Longest) + good)));
    }

    [Fact]
    public void Unknown_kinds_are_refused_and_never_guessed()
    {
        Assert.Null(NoteAlgorithms.Find("ed448"));
        Assert.Null(NoteAlgorithms.Find(""));
        Assert.Null(NoteAlgorithms.Find("ED25519"));
        Assert.Null(Digests.Find("md5"));
        Assert.Null(Digests.Find("SHA256"));
        Assert.Equal(["ed25519", "ed25519-cosignature", "sm2-sm3"], NoteAlgorithms.All.Select(one => one.Id));
        Assert.Equal(["sha256", "sm3"], Digests.All.Select(one => one.Id));
        Assert.Null(NoteSigner.Read("PRIVATE+KEY+n+00000000+Zgg="));
        Assert.Null(NoteSigner.Read(Signer.ToSecret().Replace(Signer.Key.Id.ToString("x8", null), "00000000", StringComparison.Ordinal)));
        Assert.Null(NoteSigner.Read(null));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a b", NoteAlgorithms.Ed25519));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("no line end", Noon, Signer));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign(Text, Noon));
    }

    [Theory]
    [InlineData("origin\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("origin\n+7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("origin\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("origin\n\uff17\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("origin\n9223372036854775808\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n")] // 31 bytes
    [InlineData("origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n")] // bits behind the end
    [InlineData("origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n")]
    [InlineData("origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("origin\n7\n")]
    [InlineData("\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("")]
    public void A_malformed_checkpoint_is_refused(string text) => Assert.Null(Checkpoint.Read(text));

    [Fact]
    public void A_checkpoint_is_read_as_it_was_written() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32]).Sample((size, root) =>
        {
            var checkpoint = new Checkpoint("example.org/journal", size, root);
            return Checkpoint.Read(checkpoint.Text)!.Says(checkpoint);
        });
}
