using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace Rectify.Proof;

/// <summary>SM2 with SM3 over the note's text, as DER, by a key on sm2p256v1. Type 0xff and a name of our own, so others pass over it.</summary>
/// <remarks>
/// The public key is a SubjectPublicKeyInfo of 91 bytes, and the signer's id <c>1234567812345678</c>. Source: GB/T 32918.2—2016,
/// GB/T 32918.5—2017 for the curve, GB/T 35276—2017 for the id; C2SP signed-note, "Signature types" for 0xff.
/// </remarks>
internal sealed class Sm2Signature : INoteAlgorithm
{
    private const int PrivateKeySize = 32;
    private const int PublicKeySize = 91;

    private const int LongestSignature = 72;

    private static readonly ECDomainParameters Curve = new(GMNamedCurves.GetByName("sm2p256v1"));

    // SubjectPublicKeyInfo up to the point's coordinates: id-ecPublicKey, sm2p256v1, uncompressed.
    private static readonly byte[] Header = Convert.FromHexString("3059301306072A8648CE3D020106082A811CCF5501822D03420004");
    private static readonly byte[] SignerId = Encoding.ASCII.GetBytes("1234567812345678");

    /// <inheritdoc />
    public string Id => "sm2-sm3";

    /// <inheritdoc />
    public IReadOnlyList<byte> Prefix { get; } = [0xff, .. "SM2-SM3-DER"u8];

    /// <inheritdoc />
    public bool IsPublicKey(ReadOnlySpan<byte> key) => Read(key) is not null;

    /// <inheritdoc />
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length > LongestSignature || Read(publicKey) is not { } key)
        {
            return false;
        }

        var signer = new SM2Signer();
        signer.Init(false, new ParametersWithID(key, SignerId));
        signer.BlockUpdate(text);
        return signer.VerifySignature(signature.ToArray());
    }

    /// <inheritdoc />
    public DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature) => null;

    /// <inheritdoc />
    public byte[] NewPrivateKey()
    {
        var key = new ECKeyPairGenerator();
        key.Init(new ECKeyGenerationParameters(Curve, new SecureRandom()));
        return BigIntegers.AsUnsignedByteArray(PrivateKeySize, ((ECPrivateKeyParameters)key.GenerateKeyPair().Private).D);
    }

    /// <inheritdoc />
    public byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey)
    {
        return [.. Header[..^1], .. Curve.G.Multiply(Private(privateKey).D).Normalize().GetEncoded(compressed: false)];
    }

    /// <inheritdoc />
    public byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithID(new ParametersWithRandom(Private(privateKey), new SecureRandom()), SignerId));
        signer.BlockUpdate(text);
        return signer.GenerateSignature();
    }

    private static ECPrivateKeyParameters Private(ReadOnlySpan<byte> key)
    {
        var d = key.Length == PrivateKeySize ? new BigInteger(1, key) : BigInteger.Zero;
        return d.SignValue > 0 && d.CompareTo(Curve.N.Subtract(BigInteger.One)) < 0
            ? new(d, Curve)
            : throw new ArgumentException($"A private key has {PrivateKeySize} bytes and is below the curve's order.", nameof(key));
    }

    private static ECPublicKeyParameters? Read(ReadOnlySpan<byte> key)
    {
        // One spelling: another one of the same key would have another id.
        if (key.Length != PublicKeySize || !key.StartsWith(Header))
        {
            return null;
        }

        try
        {
            return new(Curve.Curve.DecodePoint(key[(Header.Length - 1)..]), Curve);
        }
        catch (Exception no) when (no is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return null; // not on the curve
        }
    }
}
