using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>Time stamps, with OpenSSL as the authority.</summary>
public sealed class TimeStampTests : IAsyncLifetime
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes(new Checkpoint(MadeJournal.Origin, 7, new byte[32]).Text);
    private static readonly byte[] Nonce = RandomNumberGenerator.GetBytes(TimeStamps.NonceSize);

    private static readonly Lazy<byte[]> Stranger = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Stranger", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.RawData;
    });

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-tsa-");

    public static byte[] NobodysCertificate => Stranger.Value;

    public static TrustedAuthorities Nobody { get; } = TrustedAuthorities.Read(Stranger.Value)!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ca.cnf"), """
            [req]
            distinguished_name = name
            [name]
            [v3ca]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            [v3tsa]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            [v3other]
            basicConstraints = critical,CA:FALSE
            extendedKeyUsage = serverAuth
            [tsa]
            default_tsa = tsa1
            [tsa1]
            serial = serial
            signer_cert = tsa.pem
            certs = ca.pem
            signer_key = tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256,sha384,sm3
            accuracy = secs:1
            ordering = yes
            tsa_name = yes
            ess_cert_id_alg = sha256
            """, Ct);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "serial"), "01\n", Ct);
        await OpensslAsync("ecparam -genkey -name prime256v1 -noout -out ca.key");
        await OpensslAsync("req -x509 -new -key ca.key -days 3650 -config ca.cnf -extensions v3ca -out ca.pem -subj /CN=CA");
        await OpensslAsync("ecparam -genkey -name prime256v1 -noout -out tsa.key");
        await OpensslAsync("req -new -key tsa.key -subj /CN=TSA -config ca.cnf -out tsa.csr");
        await OpensslAsync("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ca.cnf -extensions v3tsa -out tsa.pem");
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sm3")]
    public async Task A_stamp_of_openssl_is_good_for_its_own_bytes(string digest)
    {
        var response = await StampAsync(Digests.Find(digest)!);
        var (ca, tsa) = (await AuthoritiesAsync("ca.pem"), await AuthoritiesAsync("tsa.pem"));

        var good = TimeStamps.Check(response, Data, ca, Nonce);

        Assert.Equal(TimeStampOutcome.Good, good.Outcome);
        Assert.InRange(good.At!.Value, new(File.GetLastWriteTimeUtc(Path.Combine(folder.FullName, "query")).AddSeconds(-2), TimeSpan.Zero), DateTimeOffset.MaxValue);
        Assert.Equal("CN=TSA", good.Authority);
        Assert.Equal(TimeStampOutcome.Good, TimeStamps.Check(response, Data, ca).Outcome);
        Assert.Equal(TimeStampOutcome.Good, TimeStamps.Check(response, Data, tsa).Outcome);
        Assert.Equal(TimeStampOutcome.OtherData, TimeStamps.Check(response, Data.AsSpan(1), ca).Outcome);
        Assert.Equal(TimeStampOutcome.OtherRequest, TimeStamps.Check(response, Data, ca, new byte[] { 1, 2, 3 }).Outcome);
        Assert.Equal(TimeStampOutcome.NotTrusted, TimeStamps.Check(response, Data, Nobody).Outcome);
        Assert.Equal(TimeStampOutcome.NotATimeStamp, TimeStamps.Check(response.AsSpan(1), Data, ca).Outcome);
    }

    // Bits that only people read, such as the status text or the numbers of certificates on the way, may differ: what counts is that the stamp
    // still binds these bytes to that time, or is refused.
    [Fact]
    public async Task A_stamp_with_one_bit_turned_says_no_other_time_and_stamps_no_other_bytes()
    {
        var response = await StampAsync(Digests.Sha256);
        var ca = await AuthoritiesAsync("ca.pem");
        var at = TimeStamps.Check(response, Data, ca, Nonce).At;

        Assert.All(Enumerable.Range(0, response.Length * 8).Where(bit => bit % 5 == 0), bit =>
        {
            var result = TimeStamps.Check(Vectors.Flipped(response, bit), Data, ca, Nonce);
            Assert.True(result.Outcome != TimeStampOutcome.Good || result.At == at);
        });
    }

    [Fact]
    public async Task A_certificate_that_may_not_stamp_is_refused()
    {
        var response = await StampAsync(Digests.Sha256);
        await OpensslAsync("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ca.cnf -extensions v3other -out tsa.pem");

        Assert.NotEqual(0, (await RunAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out other")).Code);
        var tsa = await AuthoritiesAsync("tsa.pem");
        Assert.Equal(TimeStampOutcome.NotTrusted, TimeStamps.Check(response, Data, tsa).Outcome);
    }

    [Fact]
    public async Task A_digest_that_is_not_known_is_refused()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "data"), Data, Ct);
        await OpensslAsync("ts -query -data data -sha384 -cert -out query");
        await OpensslAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out reply");
        var response = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "reply"), Ct);

        var ca = await AuthoritiesAsync("ca.pem");
        Assert.Equal(TimeStampOutcome.UnknownDigest, TimeStamps.Check(response, Data, ca).Outcome);
    }

    [Fact]
    public async Task Certificates_are_read_one_after_another()
    {
        var (ca, tsa) = (await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "ca.pem"), Ct), await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "tsa.pem"), Ct));
        Assert.Equal(2, TrustedAuthorities.Read([.. ca, .. tsa])!.Count);
        Assert.Null(TrustedAuthorities.Read([]));
        Assert.Null(TrustedAuthorities.Read(Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")));
    }

    private async Task<byte[]> StampAsync(IDigest digest)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "query"), TimeStamps.Request(Data, digest, Nonce), Ct);
        await OpensslAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out reply");
        return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "reply"), Ct);
    }

    private async Task<TrustedAuthorities> AuthoritiesAsync(string name) =>
        TrustedAuthorities.Read(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, name), Ct))!;

    private async Task OpensslAsync(string arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 0, said);
    }

    private async Task<(int Code, string Said)> RunAsync(string arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await openssl.StandardError.ReadToEndAsync(Ct);
        await openssl.WaitForExitAsync(Ct);
        return (openssl.ExitCode, said);
    }
}
