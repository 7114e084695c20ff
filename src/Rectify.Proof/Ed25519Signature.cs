using System.Security.Cryptography;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Rectify.Proof;

/// <summary>Ed25519 over the note's text; keys of 32 bytes, signatures of 64. Type 0x01.</summary>
/// <remarks>Source: C2SP signed-note, "Ed25519 signatures"; RFC 8032 §5.1.</remarks>
internal class Ed25519Signature : INoteAlgorithm
{
    /// <inheritdoc />
    public virtual string Id => "ed25519";

    /// <inheritdoc />
    public virtual IReadOnlyList<byte> Prefix { get; } = [0x01];

    /// <inheritdoc />
    public bool IsPublicKey(ReadOnlySpan<byte> key) => key.Length == Ed25519.PublicKeySize;

    /// <inheritdoc />
    public virtual bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, text.ToArray(), 0, text.Length);

    /// <inheritdoc />
    public virtual DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature) => null;

    /// <inheritdoc />
    public byte[] NewPrivateKey() => RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);

    /// <inheritdoc />
    public byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey)
    {
        if (privateKey.Length != Ed25519.SecretKeySize)
        {
            throw new ArgumentException($"A private key has {Ed25519.SecretKeySize} bytes.", nameof(privateKey));
        }

        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(privateKey.ToArray(), 0, key, 0);
        return key;
    }

    /// <inheritdoc />
    public virtual byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(privateKey.ToArray(), 0, text.ToArray(), 0, text.Length, signature, 0);
        return signature;
    }
}
