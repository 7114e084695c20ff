using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.LookBacks;

/// <summary>How it became known that a problem came back.</summary>
public enum ReboundSource
{
    /// <summary>A check of this room.</summary>
    Check,

    /// <summary>信访举报.</summary>
    Petition,

    /// <summary>媒体曝光.</summary>
    Media,

    /// <summary>督察、执法检查.</summary>
    Inspection,

    Other,
}

/// <summary>What the office states when it takes a closed item up again.</summary>
/// <param name="On">The legal day since which the completion does not hold: not before the closing, and today at the latest.</param>
/// <param name="Reference">Number of the petition, the report, the letter: 1 to 200 characters; not needed for a check.</param>
/// <param name="Reason">What came back; 1 to 4,000 characters. It becomes the remark of the fact.</param>
public sealed record StatedRebound(ReboundSource Source, string Reference, DateOnly On, string Reason);

/// <summary>A problem that came back (反弹): why a closed item was taken up again. The closing before it stays as it was.</summary>
public sealed class Rebound : IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ItemId { get; init; }

    public required ReboundSource Source { get; init; }

    public required string Reference { get; init; }

    public required string Reason { get; init; }

    /// <summary>The legal day since which the completion does not hold.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The day of the closing that does not hold any more.</summary>
    public required DateOnly ClosedOn { get; init; }

    /// <summary>The fact of the item that it placed: withdrawn with it, should that have been an error.</summary>
    public required Guid FactId { get; init; }

    /// <summary>The check that found it, for <see cref="ReboundSource.Check"/>.</summary>
    public Guid? CheckId { get; init; }

    public required DateTimeOffset StatedAt { get; init; }

    public required Actor StatedBy { get; init; }
}
