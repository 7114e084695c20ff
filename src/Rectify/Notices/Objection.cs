using System.Security.Cryptography;
using System.Text;
using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Notices;

/// <summary>How an objection came.</summary>
public enum ObjectionMeans
{
    /// <summary>网上: on the public page.</summary>
    Online,

    /// <summary>邮寄: the day of the postmark decides.</summary>
    Post,

    /// <summary>当面: the day of delivery decides.</summary>
    Hand,

    /// <summary>电话: the day of the call decides.</summary>
    Phone,
}

/// <summary>What it says.</summary>
public enum ObjectionKind
{
    /// <summary>没有整改到位</summary>
    NotDone,

    /// <summary>数量、照片或数据不实</summary>
    Untrue,

    /// <summary>整改以后又出现了</summary>
    Again,

    /// <summary>其他</summary>
    Other,
}

/// <summary>How an objection was decided.</summary>
public enum ObjectionOutcome
{
    /// <summary>成立: the items go back to their units.</summary>
    Upheld,

    /// <summary>部分成立: they go back if the decision says so.</summary>
    Partly,

    /// <summary>不成立</summary>
    NotUpheld,
}

/// <summary>An objection to a notice (异议), and its decision.</summary>
public sealed class Objection : IPartOf, IKeptAsWritten
{
    private Objection() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>How the journal knows it: random, so that it tells nothing.</summary>
    public Guid PublicId { get; private init; } = new(RandomNumberGenerator.GetBytes(16));

    public required Guid NoticeId { get; init; }

    /// <summary>The closing that it is about; <see langword="null"/> for the whole notice.</summary>
    public Guid? ClosureId { get; init; }

    /// <summary>Counted from 1 within the notice.</summary>
    public required int No { get; init; }

    public required ObjectionMeans Means { get; init; }

    public required ObjectionKind Kind { get; init; }

    /// <summary>1 to 4,000 characters.</summary>
    public string Text { get; private init; } = "";

    /// <summary>At most 200 characters.</summary>
    public string Place { get; private init; } = "";

    /// <summary>The day that decides whether it is in time: of the postmark, the delivery, the call, the sending.</summary>
    public required DateOnly DatedOn { get; init; }

    /// <summary>The day on which the office had it: from then on no day of the notice counts.</summary>
    public required DateOnly ReceivedOn { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether it came in time: only then the clock stops and the closing waits for the decision.</summary>
    public required bool InTime { get; init; }

    /// <summary>Name and contact, encrypted with the product's keys; empty if none were given.</summary>
    public required string Sealed { get; init; }

    /// <summary>SHA-256 of the receipt code, 64 small hexadecimal digits: the code itself is nowhere.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The form that it was sent with: one form sends one objection, however often it arrives.</summary>
    public required Guid FormKey { get; init; }

    public ObjectionOutcome? Outcome { get; private set; }

    /// <summary>Why, for the record; 1 to 4,000 characters once decided.</summary>
    public string Reasons { get; private set; } = "";

    /// <summary>What its sender is told; 1 to 4,000 characters once decided.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Whether the decision sends items back.</summary>
    public bool SendsBack { get; private set; }

    public DateOnly? SettledOn { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public Actor? SettledBy { get; private set; }

    public int Version { get; private set; }

    public bool IsOpen => Outcome is null;

    Guid IPartOf.Whole => NoticeId;

    /// <exception cref="Refusal">422: a text missing or too long.</exception>
    internal static Objection Create(
        PublicNotice notice, int no, ObjectionForm form, DateOnly received, bool inTime, string @sealed, string code, Guid key, DateTimeOffset now)
    {
        var (text, place) = (form.Text.ReplaceLineEndings("\n").Trim(), form.Place.Trim());
        return text.Length is < 1 or > 4_000 || place.Length > 200 || !Enum.IsDefined(form.Kind) || !Enum.IsDefined(form.Means)
            ? throw Refusal.Invalid("objection.text", "Say in 1 to 4,000 characters what is wrong; the place has at most 200.")
            : new()
            {
                NoticeId = notice.Id,
                ClosureId = form.Closure,
                No = no,
                Means = form.Means,
                Kind = form.Kind,
                Text = text,
                Place = place,
                DatedOn = form.DatedOn ?? received,
                ReceivedOn = received,
                ReceivedAt = now,
                InTime = inTime,
                Sealed = @sealed,
                CodeHash = ReceiptCode.Hash(code),
                FormKey = key,
            };
    }

    /// <exception cref="Refusal">409: decided already, or changed since it was seen. 422: a text missing or too long, or a day that cannot be.</exception>
    internal void Settle(ObjectionDecision decision, int version, DateOnly today, Actor by, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            throw Refusal.Conflict("objection.settled", "This objection was decided already.");
        }

        if (version != Version)
        {
            throw Refusal.Stale();
        }

        var (reasons, answer) = (decision.Reasons.Trim(), decision.Answer.Trim());
        if (reasons.Length is < 1 or > 4_000 || answer.Length is < 1 or > 4_000 || !Enum.IsDefined(decision.Outcome))
        {
            throw Refusal.Invalid("objection.answer", "Write the reasons and the answer, each in 1 to 4,000 characters.");
        }

        if (decision.On > today || decision.On < ReceivedOn)
        {
            throw Refusal.Invalid("objection.day", $"A decision is made between {ReceivedOn:yyyy-MM-dd} and today.", ReceivedOn);
        }

        (Outcome, Reasons, Answer, SettledOn, SettledAt, SettledBy) = (decision.Outcome, reasons, answer, decision.On, now, by);
        SendsBack = decision.Outcome is ObjectionOutcome.Upheld || (decision.Outcome is ObjectionOutcome.Partly && decision.SendBack);
        Version++;
    }
}

/// <summary>A file that came with an objection; kept by content.</summary>
public sealed class ObjectionFile : IFileRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ObjectionId { get; init; }

    /// <summary>Of the same notice as its objection.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>SHA-256, 64 small hexadecimal digits: its name in the store.</summary>
    public required string FileHash { get; init; }

    /// <summary>64 small hexadecimal digits.</summary>
    public required string Sm3 { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>As <c>FileType.Name</c>, told by the content.</summary>
    public required string Type { get; init; }

    /// <summary>Empty: what opens the file's commitment stands encrypted among the openings of its entry. In rows of versions before: those 32 random bytes, until <see cref="EncryptOpenings"/> moves them.</summary>
    public byte[] Salt { get; private set; } = [];

    Guid IPartOf.Whole => NoticeId;

    void IFileRecord.DropSalt() => Salt = [];

    IReadOnlyList<string> IFileRecord.Forget() => [];
}

/// <summary>What someone objects.</summary>
/// <param name="DatedOn">Of the postmark, the delivery or the call; none online.</param>
public sealed record ObjectionForm(ObjectionMeans Means, ObjectionKind Kind, string Text, string Place = "", Guid? Closure = null, DateOnly? DatedOn = null)
{
    public string Name { get; init; } = "";

    public string Contact { get; init; } = "";
}

/// <summary>A decision on an objection.</summary>
/// <param name="SendBack">Whether items go back to their units; always if it is upheld, never if it is not.</param>
public sealed record ObjectionDecision(ObjectionOutcome Outcome, string Reasons, string Answer, DateOnly On, bool SendBack = false);

/// <summary>The code by which whoever objected looks up the state: 80 random bits, as 16 letters and digits that cannot be mistaken for each other.</summary>
internal static class ReceiptCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32

    /// <summary>How many letters and digits a code has.</summary>
    public const int Signs = 16;

    public static string Make()
    {
        Span<byte> random = stackalloc byte[Signs];
        RandomNumberGenerator.Fill(random);
        var code = new StringBuilder(19);
        foreach (var (i, b) in random.ToArray().Index())
        {
            code.Append(i is 4 or 8 or 12 ? "-" : "").Append(Alphabet[b & 31]); // five bits of each byte
        }

        return code.ToString();
    }

    /// <summary>How many letters and digits of a code were typed: spaces and hyphens do not count.</summary>
    public static int Length(string code) => code.Count(char.IsAsciiLetterOrDigit);

    /// <summary>As it is kept: spaces, hyphens and small letters do not matter.</summary>
    public static string Hash(string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"rectify objection {plain}")));
    }
}
