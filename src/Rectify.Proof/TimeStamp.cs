using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cmp;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Store;

namespace Rectify.Proof;

/// <summary>What checking a time stamp gave.</summary>
public enum TimeStampOutcome
{
    /// <summary>It stamps these bytes and an authority that is trusted signed it.</summary>
    Good,

    /// <summary>No answer of a time-stamp authority, or one that says no.</summary>
    NotATimeStamp,

    /// <summary>Its hash is of a kind that is not known here.</summary>
    UnknownDigest,

    /// <summary>It stamps other bytes.</summary>
    OtherData,

    /// <summary>It answers another question: nonce or policy differ.</summary>
    OtherRequest,

    /// <summary>Its signature is wrong, or its certificate may not stamp.</summary>
    WrongSignature,

    /// <summary>Its certificate does not lead to one that is trusted, at the time it states.</summary>
    NotTrusted,
}

/// <summary>What checking a time stamp gave.</summary>
/// <param name="At">The time that the authority states; only for <see cref="TimeStampOutcome.Good"/>.</param>
/// <param name="Authority">The subject of its certificate, for people.</param>
public sealed record TimeStampResult(TimeStampOutcome Outcome, DateTimeOffset? At = null, string? Authority = null);

/// <summary>Time stamps of an outside authority on checkpoints: no later than then these bytes were there.</summary>
/// <remarks>Source: RFC 3161 §2.4; RFC 5816 for the certificate's hash. Revocation is not looked up: this works offline.</remarks>
public static class TimeStamps
{
    /// <summary>The longest answer that is read, in bytes.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Length of a nonce, in bytes.</summary>
    public const int NonceSize = 8;

    private static readonly Dictionary<string, string> Oids = new(StringComparer.Ordinal)
    {
        [Digests.Sha256.Id] = TspAlgorithms.Sha256,
        [Digests.Sm3.Id] = TspAlgorithms.SM3,
    };

    /// <summary>The question to an authority, DER; media type <c>application/timestamp-query</c>.</summary>
    /// <param name="nonce">8 random bytes, kept for <see cref="Check"/>.</param>
    public static byte[] Request(ReadOnlySpan<byte> data, IDigest digest, ReadOnlySpan<byte> nonce)
    {
        var generator = new TimeStampRequestGenerator();
        generator.SetCertReq(true);
        return generator.Generate(new DerObjectIdentifier(Oids[digest.Id]), digest.Hash(data), new BigInteger(1, nonce)).GetEncoded();
    }

    /// <summary>Checks an authority's answer.</summary>
    /// <param name="response">DER; media type <c>application/timestamp-reply</c>.</param>
    /// <param name="data">The bytes that were stamped.</param>
    /// <param name="trusted">Whom one trusts to say the time; intermediate certificates may stand in the answer.</param>
    /// <param name="nonce">That of the question; empty if it is not known any more.</param>
    public static TimeStampResult Check(
        ReadOnlySpan<byte> response, ReadOnlySpan<byte> data, TrustedAuthorities trusted, ReadOnlySpan<byte> nonce = default)
    {
        if (Read(response) is not { } token)
        {
            return new(TimeStampOutcome.NotATimeStamp);
        }

        var info = token.TimeStampInfo;
        if (Oids.FirstOrDefault(one => one.Value == info.MessageImprintAlgOid).Key is not { } id)
        {
            return new(TimeStampOutcome.UnknownDigest);
        }

        if (!Digests.Find(id)!.Hash(data).AsSpan().SequenceEqual(info.GetMessageImprintDigest()))
        {
            return new(TimeStampOutcome.OtherData);
        }

        if (!nonce.IsEmpty && !new BigInteger(1, nonce).Equals(info.Nonce))
        {
            return new(TimeStampOutcome.OtherRequest);
        }

        return CheckSigner(token, trusted.Certificates);
    }

    private static TimeStampToken? Read(ReadOnlySpan<byte> response)
    {
        if (response.Length is 0 or > Longest)
        {
            return null;
        }

        try
        {
            var read = new TimeStampResponse(response.ToArray());
            return read.Status is (int)PkiStatus.Granted or (int)PkiStatus.GrantedWithMods ? read.TimeStampToken : null;
        }
        catch (Exception no) when (IsRefusal(no))
        {
            return null;
        }
    }

    private static TimeStampResult CheckSigner(TimeStampToken token, IReadOnlyCollection<X509Certificate> trusted)
    {
        X509Certificate? signer;
        List<X509Certificate> came;
        try
        {
            came = [.. token.GetCertificates().EnumerateMatches(null)];
            signer = came.Concat(trusted).FirstOrDefault(token.SignerID.Match);
            if (signer is null)
            {
                return new(TimeStampOutcome.NotTrusted);
            }

            token.Validate(signer);
        }
        catch (Exception no) when (IsRefusal(no))
        {
            return new(TimeStampOutcome.WrongSignature);
        }

        try
        {
            var at = DateTime.SpecifyKind(token.TimeStampInfo.GenTime, DateTimeKind.Utc);
            var good = new TimeStampResult(TimeStampOutcome.Good, at, signer.SubjectDN.ToString());
            if (trusted.Contains(signer))
            {
                return good;
            }

            var parameters = new PkixBuilderParameters(
                trusted.Select(one => new TrustAnchor(one, null)).ToHashSet<TrustAnchor>(), new X509CertStoreSelector { Certificate = signer })
            {
                IsRevocationEnabled = false,
                Date = at,
            };
            parameters.AddStoreCert(CollectionUtilities.CreateStore(came.Append(signer)));
            new PkixCertPathBuilder().Build(parameters);
            return good;
        }
        catch (Exception no) when (IsRefusal(no))
        {
            return new(TimeStampOutcome.NotTrusted);
        }
    }

    // What the parts below say for "no"; anything else is a mistake of ours.
    private static bool IsRefusal(Exception no) =>
        no is TspException or GeneralSecurityException or IOException or ArgumentException or InvalidOperationException
            or FormatException or InvalidCastException or NullReferenceException or IndexOutOfRangeException or ArithmeticException
            or Org.BouncyCastle.Cms.CmsException or Org.BouncyCastle.Crypto.CryptoException;
}
