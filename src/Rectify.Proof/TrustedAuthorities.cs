using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Rectify.Proof;

/// <summary>Certificates of time-stamp authorities, or of who certifies them, that a reader trusts.</summary>
public sealed class TrustedAuthorities
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int Longest = 1024 * 1024;

    private TrustedAuthorities(IReadOnlyList<X509Certificate> certificates) => Certificates = certificates;

    /// <summary>How many certificates there are.</summary>
    public int Count => Certificates.Count;

    internal IReadOnlyList<X509Certificate> Certificates { get; }

    /// <summary>Reads certificates, PEM one after another or one in DER.</summary>
    /// <returns><see langword="null"/> if there is none or the file is malformed.</returns>
    public static TrustedAuthorities? Read(byte[] file)
    {
        try
        {
            var certificates = file.Length <= Longest ? new X509CertificateParser().ReadCertificates(file) : [];
            return certificates.Count > 0 ? new([.. certificates]) : null;
        }
        catch (Exception no) when (no is GeneralSecurityException or IOException or ArgumentException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
