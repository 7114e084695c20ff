using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

public enum BulletinState
{
    /// <summary>起草中: its figures are computed anew each time it is read.</summary>
    Draft,

    /// <summary>已印发: numbered, and word for word what it was.</summary>
    Issued,

    /// <summary>已撤回: issued once; it keeps its number.</summary>
    Withdrawn,
}

/// <summary>What a person writes of a bulletin. No figure is among it: figures are computed.</summary>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Foreword">前言, at most 2,000 characters; a line is a paragraph.</param>
/// <param name="Requirements">What is required next, at most 4,000 characters.</param>
/// <param name="Report">报: to whom it is reported; may be empty, as the next two.</param>
/// <param name="Send">送.</param>
/// <param name="Distribute">发.</param>
/// <param name="Copies">0 to 9 999; 0 says nothing of copies.</param>
public sealed record BulletinDraft(string Title, string Foreword, string Requirements, string Report, string Send, string Distribute, int Copies);

/// <summary>A bulletin on one round (调度通报): drafted, then issued with a number and frozen.</summary>
public sealed class Bulletin : IKeptAsWritten
{
    private Bulletin() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public Guid RoundId { get; private init; }

    /// <summary>Counts the bulletins on one round from 1: a second one is written only when the first was withdrawn.</summary>
    public int Attempt { get; private init; }

    public BulletinState State { get; private set; }

    public string Title { get; private set; } = "";

    public string Foreword { get; private set; } = "";

    public string Requirements { get; private set; } = "";

    public string Report { get; private set; } = "";

    public string Send { get; private set; } = "";

    public string Distribute { get; private set; } = "";

    public int Copies { get; private set; }

    /// <summary>The year within which it is numbered; 0 where numbers run on over the years; <see langword="null"/> in a draft.</summary>
    public int? Year { get; private set; }

    /// <summary>第N期: from 1 without gaps within programme and <see cref="Year"/>, never given twice; <see langword="null"/> in a draft.</summary>
    public int? No { get; private set; }

    public DateOnly? IssuedOn { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public Actor? IssuedBy { get; private set; }

    /// <summary>JSON of <see cref="BulletinContent"/> as issued; empty in a draft.</summary>
    public string Content { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="Content"/> in UTF-8, 64 small hexadecimal digits; it stands in the journal.</summary>
    public string ContentHash { get; private set; } = "";

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public Actor? WithdrawnBy { get; private set; }

    public string WithdrawnBecause { get; private set; } = "";

    public int Version { get; private set; }

    public BulletinDraft Written => new(Title, Foreword, Requirements, Report, Send, Distribute, Copies);

    /// <exception cref="Refusal">422: a text too long or missing.</exception>
    public static Bulletin Create(Guid programme, Guid round, int attempt, BulletinDraft draft)
    {
        var bulletin = new Bulletin { ProgrammeId = programme, RoundId = round, Attempt = attempt };
        bulletin.Take(draft);
        return bulletin;
    }

    /// <exception cref="Refusal">409: issued already, or changed meanwhile. 422: a text too long or missing.</exception>
    public BulletinChanged Change(BulletinDraft draft, int version, Actor by, DateTimeOffset now)
    {
        DemandDraft(version);
        Take(draft);
        Version++;
        return new() { Subject = Id, By = by, At = now };
    }

    /// <exception cref="Refusal">409: issued already, or changed since it was read.</exception>
    public void DemandDraft(int version)
    {
        if (State is not BulletinState.Draft)
        {
            throw Refusal.Conflict("bulletin.issued", "This bulletin was issued: it does not change any more.");
        }

        DemandVersion(version);
    }

    /// <summary>Takes its number and its content for good.</summary>
    /// <param name="files">Its files, by content.</param>
    /// <exception cref="Refusal">409: issued already, or changed since it was read.</exception>
    internal BulletinIssued Issue(int version, int year, int no, DateOnly on, string content, string hash, IReadOnlyList<BulletinFile> files, Actor by, DateTimeOffset now)
    {
        DemandDraft(version);
        (State, Year, No, IssuedOn, IssuedAt, IssuedBy, Content, ContentHash) = (BulletinState.Issued, year, no, on, now, by, content, hash);
        Version++;
        return new()
        {
            Subject = Id,
            By = by,
            At = now,
            Programme = JournalBytes.Text(ProgrammeId),
            Round = JournalBytes.Text(RoundId),
            Year = year,
            No = no,
            On = on,
            Content = hash,
            Files = [.. files.Select(file => JournalFile.Of(file.FileHash, file.Sm3))],
        };
    }

    /// <exception cref="Refusal">409: not issued, withdrawn already, or changed since it was read. 422: no reason.</exception>
    public BulletinWithdrawn Withdraw(string because, int version, Actor by, DateTimeOffset now)
    {
        if (State is not BulletinState.Issued)
        {
            throw Refusal.Conflict("bulletin.not-issued", "Only a bulletin that stands can be withdrawn.");
        }

        DemandVersion(version);
        if (because.Trim() is not { Length: > 0 and <= 500 } reason)
        {
            throw Refusal.Invalid("bulletin.reason", "Say in at most 500 characters why it is withdrawn.");
        }

        (State, WithdrawnAt, WithdrawnBy, WithdrawnBecause) = (BulletinState.Withdrawn, now, by, reason);
        Version++;
        return new() { Subject = Id, By = by, At = now, Year = Year!.Value, No = No!.Value };
    }

    private void DemandVersion(int version)
    {
        if (version != Version)
        {
            throw Refusal.Stale();
        }
    }

    private void Take(BulletinDraft draft)
    {
        if (draft.Title.Trim() is not { Length: > 0 and <= 100 } title)
        {
            throw Refusal.Invalid("bulletin.title", "A bulletin's title has 1 to 100 characters.");
        }

        if (draft.Foreword.Length > 2_000 || draft.Requirements.Length > 4_000 || new[] { draft.Report, draft.Send, draft.Distribute }.Any(text => text.Trim().Length > 500))
        {
            throw Refusal.Invalid("bulletin.long", "The foreword has at most 2,000 characters, the requirements 4,000, each list of receivers 500.");
        }

        if (draft.Copies is < 0 or > 9_999)
        {
            throw Refusal.Invalid("bulletin.copies", "Copies go from 0 to 9,999.");
        }

        (Title, Foreword, Requirements) = (title, draft.Foreword.Trim(), draft.Requirements.Trim());
        (Report, Send, Distribute, Copies) = (draft.Report.Trim(), draft.Send.Trim(), draft.Distribute.Trim(), draft.Copies);
    }
}

/// <summary>A file that a bulletin was issued as; kept by content.</summary>
public sealed class BulletinFile : IFileRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid BulletinId { get; init; }

    /// <summary><c>docx</c> or <c>pdf</c>.</summary>
    public required string Ending { get; init; }

    /// <summary>SHA-256, 64 small hexadecimal digits: its name in the store.</summary>
    public required string FileHash { get; init; }

    /// <summary>64 small hexadecimal digits.</summary>
    public required string Sm3 { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Empty: what opens the file's commitment stands encrypted among the openings of its entry. In rows of versions before: those 32 random bytes, until <see cref="EncryptOpenings"/> moves them.</summary>
    public byte[] Salt { get; private set; } = [];

    Guid IPartOf.Whole => BulletinId;

    void IFileRecord.DropSalt() => Salt = [];

    IReadOnlyList<string> IFileRecord.Forget() => [];
}
