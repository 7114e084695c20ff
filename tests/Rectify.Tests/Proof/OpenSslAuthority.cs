using System.Diagnostics;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>A time-stamp authority of OpenSSL in a folder of its own, with who certifies it.</summary>
internal sealed class OpenSslAuthority : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-tsa-");

    private OpenSslAuthority()
    {
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Folder => folder.FullName;

    public static async Task<OpenSslAuthority> CreateAsync()
    {
        var made = new OpenSslAuthority();
        await made.SetUpAsync();
        return made;
    }

    /// <summary>Answers a question as it came over the wire.</summary>
    public async Task<byte[]> AnswerAsync(byte[] question)
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "query"), question, Ct);
        await OpensslAsync("ts -reply -config ca.cnf -section tsa1 -queryfile query -out reply");
        return await File.ReadAllBytesAsync(Path.Combine(Folder, "reply"), Ct);
    }

    public async Task<TrustedAuthorities> AuthoritiesAsync(string name) =>
        TrustedAuthorities.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, name), Ct))!;

    public async Task OpensslAsync(string arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 0, said);
    }

    public async Task<(int Code, string Said)> RunAsync(string arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await openssl.StandardError.ReadToEndAsync(Ct);
        await openssl.WaitForExitAsync(Ct);
        return (openssl.ExitCode, said);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task SetUpAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "ca.cnf"), """
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
        await File.WriteAllTextAsync(Path.Combine(Folder, "serial"), "01\n", Ct);
        await OpensslAsync("ecparam -genkey -name prime256v1 -noout -out ca.key");
        await OpensslAsync("req -x509 -new -key ca.key -days 3650 -config ca.cnf -extensions v3ca -out ca.pem -subj /CN=CA");
        await OpensslAsync("ecparam -genkey -name prime256v1 -noout -out tsa.key");
        await OpensslAsync("req -new -key tsa.key -subj /CN=TSA -config ca.cnf -out tsa.csr");
        await OpensslAsync("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ca.cnf -extensions v3tsa -out tsa.pem");
    }
}
