using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Plans;

/// <summary>How far a version of a plan has come.</summary>
public enum PlanState { Drafted, Reported, Approved, Published }

/// <summary>A step of a plan's approval, with the day and the document it rests on.</summary>
public enum PlanStep { Report, Approve, Publish }

/// <summary>One version of a programme's plan, as confirmed from a document. Its content never changes.</summary>
public sealed class PlanVersion : IFileRecord, IKeptAsWritten
{
    private PlanVersion() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    /// <summary>Counted from 1 within the programme, without gaps.</summary>
    public int No { get; private init; }

    public string Title { get; private init; } = "";

    /// <summary>The document's name as it was handed in; empty once it was destroyed.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>SHA-256 of the document; the original is kept under it, unless it was destroyed.</summary>
    public string FileHash { get; private init; } = "";

    /// <summary>64 small hexadecimal digits; empty in versions of before it was kept.</summary>
    public string Sm3 { get; private init; } = "";

    /// <summary>Whether the original was destroyed by law: what was read from it stays.</summary>
    public bool IsFileDestroyed => FileName.Length == 0;

    /// <summary>What the version says, as JSON: <see cref="PlanContent"/>.</summary>
    public string Content { get; private init; } = "";

    public DateTimeOffset ConfirmedAt { get; private init; }

    public DateOnly? ReportedOn { get; private set; }

    public string ReportDocument { get; private set; } = "";

    public DateOnly? ApprovedOn { get; private set; }

    public string ApprovalDocument { get; private set; } = "";

    public DateOnly? PublishedOn { get; private set; }

    public string PublicationDocument { get; private set; } = "";

    /// <summary>When its content became the programme's; the first at once, a later one with its approval.</summary>
    public DateTimeOffset? AppliedAt { get; private set; }

    public int Version { get; private set; }

    public PlanState State => this switch
    {
        { PublishedOn: not null } => PlanState.Published,
        { ApprovedOn: not null } => PlanState.Approved,
        { ReportedOn: not null } => PlanState.Reported,
        _ => PlanState.Drafted,
    };

    public static PlanVersion Create(
        Guid programme, int no, string title, string fileName, string fileHash, PlanContent content, DateTimeOffset now, string sm3 = "") => new()
        {
            ProgrammeId = programme,
            No = no,
            Title = title.Length <= 200 ? title : title[..200],
            FileName = fileName.Length <= 200 ? fileName : fileName[^200..],
            FileHash = fileHash,
            Sm3 = sm3,
            Content = (content with { Salt = HashSalt.New() }).ToJson(),
            ConfirmedAt = now,
        };

    /// <summary>Records a step. Steps have an order, and so have their days.</summary>
    /// <exception cref="Refusal">409: taken already, or the step before is missing. 422: the day lies before the step before.</exception>
    public void Take(PlanStep step, DateOnly on, string document)
    {
        var (taken, before) = step switch
        {
            PlanStep.Report => (ReportedOn, (DateOnly?)DateOnly.MinValue),
            PlanStep.Approve => (ApprovedOn, ReportedOn),
            PlanStep.Publish => (PublishedOn, ApprovedOn),
        };
        if (taken is not null)
        {
            throw Refusal.Conflict("plan.step-taken", $"This step was recorded for {taken:yyyy-MM-dd} already.", taken);
        }

        if (before is null)
        {
            throw Refusal.Conflict("plan.step-early", "The step before has not been recorded.");
        }

        if (on < before)
        {
            throw Refusal.Invalid("plan.step-order", $"{on:yyyy-MM-dd} lies before the step before, {before:yyyy-MM-dd}.", on, before);
        }

        if (document.Trim() is not { Length: <= 200 } number)
        {
            throw Refusal.Invalid("plan.document", "A document's number has at most 200 characters.");
        }

        switch (step)
        {
            case PlanStep.Report:
                (ReportedOn, ReportDocument) = (on, number);
                break;
            case PlanStep.Approve:
                (ApprovedOn, ApprovalDocument) = (on, number);
                break;
            case PlanStep.Publish:
                (PublishedOn, PublicationDocument) = (on, number);
                break;
        }

        Version++;
    }

    internal void Apply(DateTimeOffset now)
    {
        AppliedAt ??= now;
        Version++;
    }

    Guid IPartOf.Whole => ProgrammeId;

    // Never kept here: what opens the commitment stands among the openings of the entry.
    byte[] IFileRecord.Salt => [];

    void IFileRecord.DropSalt()
    {
    }

    IReadOnlyList<string> IFileRecord.Forget()
    {
        FileName = "";
        return [nameof(FileName)];
    }
}

/// <summary>A document that was read but not confirmed: the preview that a person looks through and corrects. No part of the programme.</summary>
public sealed class ImportDraft : IBookkeeping, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    /// <summary>Who handed it in; only they see it.</summary>
    public required Actor By { get; init; }

    public required string FileName { get; init; }

    public required string FileHash { get; init; }

    /// <summary>64 small hexadecimal digits.</summary>
    public string Sm3 { get; init; } = "";

    /// <summary>The document as blocks, as JSON: the source pane reads it.</summary>
    public required string Source { get; init; }

    /// <summary>What was understood, with the person's corrections, as JSON.</summary>
    public required string Draft { get; set; }

    /// <summary>Which unit an unknown spelling means, as chosen: JSON of spelling → unit id.</summary>
    public string Units { get; set; } = "{}";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long reading took, in milliseconds.</summary>
    public required int ReadingMs { get; init; }

    /// <summary>Grows with every correction.</summary>
    public int Version { get; set; }
}
