using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Notifications;

/// <summary>What a mail is for.</summary>
public enum MailKind
{
    /// <summary>每日汇总.</summary>
    Digest,

    /// <summary>立即.</summary>
    AtOnce,

    /// <summary>确认码: to an address that is not confirmed yet.</summary>
    Code,

    /// <summary>测试.</summary>
    Test,
}

/// <summary>How far a mail has come.</summary>
public enum MailState
{
    /// <summary>待发.</summary>
    Queued,

    /// <summary>发送中: claimed by a server; nobody else touches it.</summary>
    Sending,

    /// <summary>已发: the mail server took it.</summary>
    Sent,

    /// <summary>退信: refused for good, or tried too often.</summary>
    Failed,

    /// <summary>去向不明: everything was handed over, and the answer never came. Not sent again by itself.</summary>
    InDoubt,

    /// <summary>免发: nothing was left to tell when its turn came.</summary>
    Dropped,
}

/// <summary>One mail of the outbox. Holds no text and no address: both are read when it is sent.</summary>
public sealed class MailMessage : IBookkeeping
{
    /// <summary>Tries before it is given up: the pauses add up to about two days.</summary>
    public const int MostAttempts = 10;

    /// <summary>How long a claim holds. Longer than sending can take, so that no second server believes the first one dead.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(10);

    private MailMessage() { } // for EF Core

    /// <summary>Also the left part of its Message-ID: whenever it is sent, it is the same message, and a server drops the double.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid AccountId { get; private init; }

    public MailKind Kind { get; private init; }

    /// <summary>What it is, once: a digest's account and day. Unique.</summary>
    public string Key { get; private init; } = "";

    public MailState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset MadeAt { get; private init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset NextAt { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What went wrong last: the mail server's reply code and class, such as <c>550 RecipientNotAccepted</c>. Never its text, which may name the person.</summary>
    public string Error { get; private set; } = "";

    /// <summary>A concurrency token: of two servers that claim it one is refused.</summary>
    public int Version { get; private set; }

    internal static MailMessage Create(Guid account, MailKind kind, string key, DateTimeOffset now) =>
        new() { AccountId = account, Kind = kind, Key = key, MadeAt = now, NextAt = now };

    internal void Claim(DateTimeOffset now)
    {
        (State, ClaimedAt, Attempts) = (MailState.Sending, now, Attempts + 1);
        Version++;
    }

    internal void End(MailState state, string error, DateTimeOffset now)
    {
        (State, Error, SentAt, ClaimedAt) = (state, error, state is MailState.Sent ? now : SentAt, null);
        Version++;
    }

    /// <summary>It certainly did not arrive: again later, each time after a longer pause, and at last no more.</summary>
    internal void Retry(string error, DateTimeOffset now)
    {
        if (Attempts >= MostAttempts)
        {
            End(MailState.Failed, error, now);
            return;
        }

        (State, Error, ClaimedAt, NextAt) = (MailState.Queued, error, null, now + Pause(Attempts));
        Version++;
    }

    /// <summary>An administrator looked and wants it sent once more, under the same Message-ID.</summary>
    /// <exception cref="Refusal">409: it neither failed nor is in doubt.</exception>
    internal void SendAgain(DateTimeOffset now)
    {
        if (State is not (MailState.Failed or MailState.InDoubt))
        {
            throw Refusal.Conflict("mail.not-stuck", "This mail neither failed nor is in doubt.");
        }

        (State, Attempts, NextAt, ClaimedAt) = (MailState.Queued, 0, now, null);
        Version++;
    }

    internal static TimeSpan Pause(int attempts) => TimeSpan.FromMinutes(attempts switch
    {
        <= 1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        5 => 180,
        _ => 480,
    });
}
