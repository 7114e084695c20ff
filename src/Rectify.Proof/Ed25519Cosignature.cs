using System.Buffers.Binary;
using System.Text;

namespace Rectify.Proof;

/// <summary>What a witness signs: at that second this was the longest tree of that journal that it had seen. Type 0x04.</summary>
/// <remarks>
/// The signature is the time, eight bytes big-endian, seconds since 1970, and then 64 bytes of Ed25519 over
/// <c>cosignature/v1</c>, the line <c>time</c> and the checkpoint's text. Source: C2SP tlog-cosignature, "Format" and "Signed message".
/// </remarks>
internal sealed class Ed25519Cosignature : Ed25519Signature
{
    private const int TimeSize = sizeof(long);

    public override string Id => "ed25519-cosignature";

    public override IReadOnlyList<byte> Prefix { get; } = [0x04];

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        TimeOf(signature) is { } at && base.Verify(publicKey, Message(text, at), signature[TimeSize..]);

    public override DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature) =>
        signature.Length > TimeSize && BinaryPrimitives.ReadInt64BigEndian(signature) is >= 0 and var seconds
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public override byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        var seconds = new byte[TimeSize];
        BinaryPrimitives.WriteInt64BigEndian(seconds, at.ToUnixTimeSeconds());
        return [.. seconds, .. base.Sign(privateKey, Message(text, at), at)];
    }

    private static byte[] Message(ReadOnlySpan<byte> text, DateTimeOffset at) =>
        [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"cosignature/v1\ntime {at.ToUnixTimeSeconds()}\n")), .. text];
}
