using System.Diagnostics;
using System.Numerics;
using System.Text;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>SM2 and SM3, against the standards' examples and OpenSSL.</summary>
public sealed class NationalAlgorithmTests
{
    private const string Spki = "3059301306072A8648CE3D020106082A811CCF5501822D034200";

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sm3_agrees_with_the_standard()
    {
        Assert.All(Vectors.Read("sm2-sm3").Of("sm3"), one => Assert.Equal(
            one.Text("hex"),
            Convert.ToHexStringLower(Digests.Sm3.Hash(Encoding.ASCII.GetBytes(one.Text("msg_ascii") == "abc" ? "abc" : string.Concat(Enumerable.Repeat("abcd", 16)))))));
        Gen.Byte.Array[0, 200_000].Sample(bytes => Digests.All.All(one => one.Hash(bytes).SequenceEqual(one.Hash(new MemoryStream(bytes)))), iter: 20);
    }

    [Fact]
    public void Sm2_agrees_with_the_standard()
    {
        var one = Vectors.Read("sm2-sm3").GetProperty("sm2");
        var key = Convert.FromHexString(Spki + one.Text("P"));
        var message = Encoding.ASCII.GetBytes(one.Text("message_ascii"));
        var signature = Der(one.Text("r"), one.Text("s"));

        Assert.Equal(key, NoteAlgorithms.Sm2.PublicKeyOf(Convert.FromHexString(one.Text("d"))));
        Assert.True(NoteAlgorithms.Sm2.IsPublicKey(key));
        Assert.True(NoteAlgorithms.Sm2.Verify(key, message, signature));
        Assert.All(Vectors.Flipped(signature), turned => Assert.False(NoteAlgorithms.Sm2.Verify(key, message, turned)));
        Assert.All(Vectors.Flipped(message), turned => Assert.False(NoteAlgorithms.Sm2.Verify(key, turned, signature)));
    }

    [Fact]
    public void A_key_that_is_not_on_the_curve_or_spelled_otherwise_is_refused()
    {
        var key = Convert.FromHexString(Spki + Vectors.Read("sm2-sm3").GetProperty("sm2").Text("P"));

        Assert.All(Vectors.Flipped(key), turned => Assert.False(NoteAlgorithms.Sm2.IsPublicKey(turned)));
        Assert.False(NoteAlgorithms.Sm2.IsPublicKey([.. key, 0]));
        Assert.False(NoteAlgorithms.Sm2.IsPublicKey(key.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => NoteAlgorithms.Sm2.PublicKeyOf(new byte[32]));
        Assert.Throws<ArgumentException>(() => NoteAlgorithms.Sm2.PublicKeyOf([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Throws<ArgumentException>(() => NoteAlgorithms.Ed25519.PublicKeyOf(new byte[31]));
    }

    [Fact]
    public async Task Openssl_checks_the_second_signature_of_a_checkpoint()
    {
        var signer = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Sm2);
        var text = new Checkpoint("example.org/journal", 7, new byte[32]).Text;
        var note = SignedNote.Sign(text, Noon, signer);
        var folder = Directory.CreateTempSubdirectory("rectify-sm2-");
        try
        {
            var bytes = Convert.FromBase64String(signer.Key.ToString().Split('+', 3)[2]);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "key.der"), bytes[NoteAlgorithms.Sm2.Prefix.Count..], TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "signature"), note.Signatures[0].Signature, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "text"), text, TestContext.Current.CancellationToken);

            Assert.True(await OpensslVerifiesAsync(folder.FullName));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "text"), text + " ", TestContext.Current.CancellationToken);
            Assert.False(await OpensslVerifiesAsync(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> OpensslVerifiesAsync(string folder)
    {
        string[] arguments = ["pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-in", "text", "-sigfile", "signature", "-pkeyopt", "distid:1234567812345678"];
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await openssl.WaitForExitAsync();
        return openssl.ExitCode == 0;
    }

    private static byte[] Der(string r, string s)
    {
        var body = new[] { r, s }.SelectMany(hex =>
        {
            var number = new BigInteger(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true).ToByteArray(isUnsigned: false, isBigEndian: true);
            return new byte[] { 0x02, (byte)number.Length }.Concat(number);
        }).ToArray();
        return [0x30, (byte)body.Length, .. body];
    }
}
