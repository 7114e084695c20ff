using System.Security.Cryptography;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Portal;

public enum ErrorReportState
{
    /// <summary>待答复</summary>
    Waiting,

    /// <summary>已答复</summary>
    Answered,
}

/// <summary>What somebody without an account said is wrong on a public page.</summary>
public sealed class ErrorReport : IKeptAsWritten
{
    // Without letters and digits that are taken for one another; 20 of 31 are 99 bits.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private ErrorReport() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    /// <summary>The publication that it is about; <see langword="null"/> for the programme's pages.</summary>
    public Guid? PublicationId { get; private init; }

    /// <summary>The receipt with which its sender reads the answer: 20 letters and digits.</summary>
    public string Receipt { get; private init; } = "";

    public string Text { get; private init; } = "";

    /// <summary>How to reach the sender, if they said so. The office alone sees it.</summary>
    public string Contact { get; private init; } = "";

    public DateTimeOffset At { get; private init; }

    public ErrorReportState State { get; private set; }

    public string Answer { get; private set; } = "";

    public DateTimeOffset? AnsweredAt { get; private set; }

    public int Version { get; private set; }

    /// <exception cref="Refusal">422: nothing said, or too much.</exception>
    internal static ErrorReport Create(Guid programme, Guid? publication, string text, string contact, DateTimeOffset now) => new()
    {
        ProgrammeId = programme,
        PublicationId = publication,
        Receipt = RandomNumberGenerator.GetString(Letters, 20),
        Text = text.ReplaceLineEndings("\n").Trim() is { Length: > 0 and <= 2_000 } said ? said : throw Refusal.Invalid("portal.report-text", "Say in 1 to 2,000 characters what is wrong."),
        Contact = contact.Trim() is { Length: <= 200 } reach ? reach : throw Refusal.Invalid("portal.report-contact", "How to reach you has at most 200 characters."),
        At = now,
    };

    /// <exception cref="Refusal">409: answered already. 422: no answer, or one that is too long.</exception>
    internal void Reply(string answer, DateTimeOffset now)
    {
        if (State is ErrorReportState.Answered)
        {
            throw Refusal.Conflict("portal.report-answered", "It is answered already.");
        }

        Answer = answer.ReplaceLineEndings("\n").Trim() is { Length: > 0 and <= 2_000 } said ? said : throw Refusal.Invalid("portal.answer", "Answer in 1 to 2,000 characters.");
        (State, AnsweredAt) = (ErrorReportState.Answered, now);
        Version++;
    }
}
