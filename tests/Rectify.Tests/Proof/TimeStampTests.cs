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

    private OpenSslAuthority authority = null!;

    public static byte[] NobodysCertificate => Stranger.Value;

    public static TrustedAuthorities Nobody { get; } = TrustedAuthorities.Read(Stranger.Value)!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => authority = await OpenSslAuthority.CreateAsync();

    public ValueTask DisposeAsync()
    {
        authority.Dispose();
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
        Assert.InRange(good.At!.Value, new(File.GetLastWriteTimeUtc(Path.Combine(authority.Folder, "query")).AddSeconds(-2), TimeSpan.Zero), DateTimeOffset.MaxValue);
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
        await authority.OpensslAsync("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ca.cnf -extensions v3other -out tsa.pem");

        Assert.NotEqual(0, (await authority.RunAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out other")).Code);
        var tsa = await AuthoritiesAsync("tsa.pem");
        Assert.Equal(TimeStampOutcome.NotTrusted, TimeStamps.Check(response, Data, tsa).Outcome);
    }

    [Fact]
    public async Task A_digest_that_is_not_known_is_refused()
    {
        await File.WriteAllBytesAsync(Path.Combine(authority.Folder, "data"), Data, Ct);
        await authority.OpensslAsync("ts -query -data data -sha384 -cert -out query");
        await authority.OpensslAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out reply");
        var response = await File.ReadAllBytesAsync(Path.Combine(authority.Folder, "reply"), Ct);

        var ca = await AuthoritiesAsync("ca.pem");
        Assert.Equal(TimeStampOutcome.UnknownDigest, TimeStamps.Check(response, Data, ca).Outcome);
    }

    [Fact]
    public async Task Certificates_are_read_one_after_another()
    {
        var (ca, tsa) = (await File.ReadAllBytesAsync(Path.Combine(authority.Folder, "ca.pem"), Ct), await File.ReadAllBytesAsync(Path.Combine(authority.Folder, "tsa.pem"), Ct));
        Assert.Equal(2, TrustedAuthorities.Read([.. ca, .. tsa])!.Count);
        Assert.Null(TrustedAuthorities.Read([]));
        Assert.Null(TrustedAuthorities.Read(Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")));
    }

    private Task<byte[]> StampAsync(IDigest digest) => authority.AnswerAsync(TimeStamps.Request(Data, digest, Nonce));

    private Task<TrustedAuthorities> AuthoritiesAsync(string name) => authority.AuthoritiesAsync(name);
}
