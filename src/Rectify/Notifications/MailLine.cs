using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Rectify.Notifications;

/// <summary>What came of handing a mail to the server.</summary>
internal enum MailOutcome
{
    /// <summary>The server answered that it has it.</summary>
    Taken,

    /// <summary>It certainly does not have it, and may take it later.</summary>
    NotNow,

    /// <summary>It certainly does not have it, and never will.</summary>
    Refused,

    /// <summary>All of it was handed over, and no answer came.</summary>
    Unknown,
}

/// <summary>A line to the mail server, opened with the first mail and used for those that follow.</summary>
internal sealed class MailLine(IOptions<MailOptions> options) : IAsyncDisposable
{
    private SmtpClient? client;
    private Watch watch = new();

    public async Task<(MailOutcome Outcome, string Error)> SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.AnswerSeconds));
        try
        {
            await OpenAsync(patience.Token);
            watch.Begin();
            await client!.SendAsync(message, patience.Token);
            return (MailOutcome.Taken, "");
        }
        catch (SmtpCommandException answer)
        {
            // The server spoke, so it is known what it thinks. 4yz: not now, 5yz: never. Source: RFC 5321 §4.2.1.
            var code = (int)answer.StatusCode;
            await CloseAsync();
            return (code >= 500 ? MailOutcome.Refused : MailOutcome.NotNow, string.Create(CultureInfo.InvariantCulture, $"{code} {answer.ErrorCode}"));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ProtocolException or AuthenticationException or SslHandshakeException
            or OperationCanceledException or ServiceNotConnectedException or ServiceNotAuthenticatedException or NotSupportedException or TimeoutException)
        {
            // A mail whose end the server never saw is no mail. Source: RFC 5321 §4.1.1.4.
            await CloseAsync();
            return (watch.Ended ? MailOutcome.Unknown : MailOutcome.NotNow, cut.GetType().Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (client is { IsConnected: true })
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await client.DisconnectAsync(quit: true, patience.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
            // All was answered before; a farewell is a courtesy.
        }

        await CloseAsync();
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (client is { IsConnected: true })
        {
            return;
        }

        await CloseAsync();
        watch = new();
        client = new(watch);
        await client.ConnectAsync(options.Value.Host, options.Value.Port, options.Value.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        }, ct);
        client.Capabilities &= ~SmtpCapabilities.Chunking; // with BDAT no final dot would tell that all was handed over
        if (options.Value.User.Length > 0)
        {
            await client.AuthenticateAsync(options.Value.User, options.Value.Password, ct);
        }
    }

    private Task CloseAsync()
    {
        client?.Dispose();
        client = null;
        return Task.CompletedTask;
    }

    /// <summary>Sees whether the end of a mail went out. Keeps nothing of what it sees.</summary>
    private sealed class Watch : IProtocolLogger
    {
        private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

        private readonly byte[] tail = new byte[5];

        /// <summary>Whether the line with the final dot was handed over. Dots that begin a line within a mail are doubled, so nothing else looks like it.</summary>
        public bool Ended { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void Begin() => Ended = false;

        public void LogConnect(Uri uri) { }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            for (var i = Math.Max(0, count - tail.Length); i < count; i++)
            {
                tail.AsSpan(1).CopyTo(tail);
                tail[^1] = buffer[offset + i];
            }

            Ended |= tail.AsSpan().SequenceEqual(End);
        }

        public void LogServer(byte[] buffer, int offset, int count) { }

        public void Dispose() { }
    }
}
