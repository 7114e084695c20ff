using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>Where someone wants to be told of one kind.</summary>
public enum Delivery
{
    /// <summary>站内: in the inbox alone.</summary>
    Inbox,

    /// <summary>每日汇总: in the inbox, and in one mail a day.</summary>
    Digest,

    /// <summary>立即邮件: in the inbox, and by mail at once.</summary>
    AtOnce,

    /// <summary>不提醒: nowhere.</summary>
    None,
}

/// <summary>How one account wants to be told: address, choices, the secret of its calendar.</summary>
public sealed class NoticeSettings
{
    /// <summary>Wrong codes before a new one has to be asked for.</summary>
    public const int MostTries = 5;

    /// <summary>How long a code can be entered.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromHours(24);

    private NoticeSettings() { } // for EF Core

    /// <summary>The account.</summary>
    public Guid Id { get; private init; }

    /// <summary>Where mail goes once <see cref="ConfirmedAt"/> says so; empty without one. Personal data: never in the journal.</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>SHA-256 of id and code, hexadecimal; the code itself stands in the mail alone.</summary>
    public string CodeHash { get; private set; } = "";

    public DateTimeOffset? CodeUntil { get; private set; }

    public int CodeTries { get; private set; }

    /// <summary>The language of mails and of the calendar: a tag such as <c>zh-CN</c>.</summary>
    public string Language { get; private set; } = Platform.Text.Language.Default.Tag;

    /// <summary>JSON, kind to delivery; what it does not name is as usual.</summary>
    public string Choices { get; private set; } = "{}";

    /// <summary>SHA-256 of the calendar's secret, hexadecimal; <see langword="null"/> while there is none.</summary>
    public string? FeedHash { get; private set; }

    public DateTimeOffset? FeedSince { get; private set; }

    public int Version { get; private set; }

    public static NoticeSettings Of(Guid account) => new() { Id = account };

    /// <summary>Whether mail can be sent to it.</summary>
    public bool HasAddress => Address.Length > 0 && ConfirmedAt is not null;

    public static Delivery Usual(NoticeKind kind) => kind switch
    {
        NoticeKind.ReturnBack or NoticeKind.ClosureBack or NoticeKind.ClosureStale or NoticeKind.ObjectionToAnswer or NoticeKind.EvidenceAsked or NoticeKind.FilesFailed => Delivery.AtOnce,
        NoticeKind.ReturnToFill or NoticeKind.ReturnToReview or NoticeKind.ReturnDue or NoticeKind.ItemDue or NoticeKind.NodeDue or NoticeKind.ItemOverdue
            or NoticeKind.DeadlineToDecide or NoticeKind.DeadlineDecided or NoticeKind.ClosureToTake or NoticeKind.ClosureDue or NoticeKind.CheckDue or NoticeKind.CheckToReview or NoticeKind.ReboundToTakeUp => Delivery.Digest,
        NoticeKind.ReturnAccepted or NoticeKind.HandbookMade => Delivery.Inbox,
    };

    public Delivery For(NoticeKind kind) => Chosen().TryGetValue(kind.ToString(), out var text) && Enum.TryParse<Delivery>(text, out var chosen) ? chosen : Usual(kind);

    public void Choose(IReadOnlyDictionary<NoticeKind, Delivery> choices, string language)
    {
        var all = Chosen();
        foreach (var (kind, delivery) in choices)
        {
            all[kind.ToString()] = delivery.ToString();
        }

        (Choices, Language) = (JsonSerializer.Serialize(all), Platform.Text.Language.Find(language)?.Tag ?? Platform.Text.Language.Default.Tag);
        Version++;
    }

    /// <summary>Takes a new address, to be confirmed; an empty one takes it away.</summary>
    /// <exception cref="Refusal">422: no address.</exception>
    public void Take(string address)
    {
        var text = address.Trim();
        if (text.Length > 0 && (text.Length > 254 || text.Any(c => c is < '!' or > '~') || !MailAddress.TryCreate(text, out var read) || read.Address != text || !read.Host.Contains('.', StringComparison.Ordinal)))
        {
            throw Refusal.Invalid("mail.address", "That is no mail address of at most 254 Latin letters, digits and signs, such as name@example.gov.cn.");
        }

        (Address, ConfirmedAt, CodeHash, CodeUntil, CodeTries) = (text, null, "", null, 0);
        Version++;
    }

    /// <summary>A new code: six digits. What was asked for before is void.</summary>
    internal string NewCode(DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        (CodeHash, CodeUntil, CodeTries) = (Hash($"{Id:N}{code}"), now + CodeLife, 0);
        Version++;
        return code;
    }

    /// <returns>Whether it was right; a wrong one counts.</returns>
    /// <exception cref="Refusal">409: none was sent, too old, or too many tries.</exception>
    internal bool Confirm(string code, DateTimeOffset now)
    {
        if (CodeHash.Length == 0 || CodeUntil < now || CodeTries >= MostTries)
        {
            throw Refusal.Conflict("mail.code-void", "This code holds no more. Have a new one sent.");
        }

        Version++;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash($"{Id:N}{code.Trim()}")), Encoding.ASCII.GetBytes(CodeHash)))
        {
            CodeTries++;
            return false;
        }

        (ConfirmedAt, CodeHash, CodeUntil, CodeTries) = (now, "", null, 0);
        return true;
    }

    /// <summary>A new secret of the calendar; the link before leads nowhere from now on.</summary>
    /// <returns>The secret: 256 random bits in 43 characters. It is told once and kept nowhere.</returns>
    internal string RenewFeed(DateTimeOffset now)
    {
        var secret = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        (FeedHash, FeedSince) = (Hash(secret), now);
        Version++;
        return secret;
    }

    internal void EndFeed()
    {
        (FeedHash, FeedSince) = (null, null);
        Version++;
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Dictionary<string, string> Chosen() => JsonSerializer.Deserialize<Dictionary<string, string>>(Choices) ?? [];
}

/// <summary>Someone changed how they are told. Says neither address nor secret.</summary>
public sealed record NoticeSettingsChanged : Fact
{
    public override string Kind => "notices.settings-changed";

    public required SettingsChange Change { get; init; }
}

/// <summary>What of it changed.</summary>
public enum SettingsChange { Choices, AddressTaken, AddressConfirmed, AddressRemoved, FeedRenewed, FeedEnded }
