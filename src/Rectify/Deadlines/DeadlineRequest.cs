using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Deadlines;

/// <summary>What a unit asks for.</summary>
/// <param name="Reason">The reason's class: one of the programme's list.</param>
/// <param name="Explanation">1 to 4,000 characters.</param>
/// <param name="Approver">The body that approved the plan and decides; 1 to 100 characters.</param>
/// <param name="Moves">The item asked for first, then those above and below it that change with it; 1 to 50.</param>
/// <param name="Proofs">Pieces of evidence of the item.</param>
public sealed record AskedDeadline(string Reason, string Explanation, string Approver, IReadOnlyList<AskedDeadline.Move> Moves, IReadOnlyList<Guid> Proofs)
{
    public sealed record Move(Guid Item, DateOnly To);
}

/// <summary>What the approving body decided, as the office records it.</summary>
/// <param name="On">The day of the decision: the new dates are in force from it on.</param>
/// <param name="Document">The decision's number, at most 200 characters; needed where it agrees.</param>
/// <param name="Remarks">At most 2,000 characters; needed where it does not agree.</param>
public sealed record DeadlineDecision(bool Agrees, DateOnly On, string Document, string Remarks);

/// <summary>A request to change deadlines (调整时限申请). A date that was set is never overwritten: an agreed request becomes a dated fact of its items.</summary>
public sealed class DeadlineRequest : IKeptAsWritten
{
    private DeadlineRequest() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    /// <summary>The item that it is about; those above and below it may change with it.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The unit for which it was asked; <see langword="null"/> where the system brought it in.</summary>
    public Guid? UnitId { get; init; }

    public required string Reason { get; init; }

    public required string Explanation { get; init; }

    public required string Approver { get; init; }

    public required Actor AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public RequestState State { get; private set; }

    /// <summary>The day of the decision, or of the withdrawal.</summary>
    public DateOnly? DecidedOn { get; private set; }

    public Actor? DecidedBy { get; private set; }

    public string Document { get; private set; } = "";

    public string Remarks { get; private set; } = "";

    public int Version { get; private set; }

    /// <exception cref="Refusal">422: a text that is missing or too long.</exception>
    internal static DeadlineRequest Create(Guid programme, Guid item, Guid? unit, AskedDeadline asked, Actor by, DateTimeOffset now)
    {
        var (reason, explanation, approver) = (asked.Reason.Trim(), asked.Explanation.Trim(), asked.Approver.Trim());
        return explanation.Length is < 1 or > 4_000 ? throw Refusal.Invalid("deadline.explanation", "Explain in 1 to 4,000 characters why the date cannot be kept.")
            : approver.Length is < 1 or > 100 ? throw Refusal.Invalid("deadline.approver", "Name in 1 to 100 characters the body that approved the plan.")
            : new()
            {
                ProgrammeId = programme,
                ItemId = item,
                UnitId = unit,
                Reason = reason,
                Explanation = explanation,
                Approver = approver,
                AskedBy = by,
                AskedAt = now,
            };
    }

    /// <exception cref="Refusal">409: decided already, or changed since it was seen. 403: one's own request. 422: no number or remarks, a day to come.</exception>
    internal DeadlineDecided Decide(DeadlineDecision decision, int version, Actor by, DateOnly today, DateTimeOffset now)
    {
        var (document, remarks) = (decision.Document.Trim(), decision.Remarks.Trim());
        var to = After(decision.Agrees ? RequestStep.Agree : RequestStep.Decline, version);
        if (by == AskedBy)
        {
            throw Refusal.NotAllowed("deadline.own", "You asked for this change: someone else has to decide on it.");
        }

        if (decision.On > today)
        {
            throw Refusal.Invalid("deadline.future", $"{decision.On:yyyy-MM-dd} has not come yet.", decision.On);
        }

        if (document.Length > 200 || (decision.Agrees && document.Length == 0))
        {
            throw Refusal.Invalid("deadline.document", "Give the number of the decision, at most 200 characters.");
        }

        if (remarks.Length > 2_000 || (!decision.Agrees && remarks.Length == 0))
        {
            throw Refusal.Invalid("deadline.remarks", "Say in at most 2,000 characters why it is not agreed to.");
        }

        (State, DecidedOn, DecidedBy, Document, Remarks) = (to, decision.On, by, document, remarks);
        Version++;
        return new() { Subject = Id, By = by, At = now, State = to, On = decision.On };
    }

    /// <exception cref="Refusal">409: decided already, or changed since it was seen.</exception>
    internal DeadlineWithdrawn Withdraw(int version, Actor by, DateOnly today, DateTimeOffset now)
    {
        (State, DecidedOn, DecidedBy) = (After(RequestStep.Withdraw, version), today, by);
        Version++;
        return new() { Subject = Id, By = by, At = now };
    }

    private RequestState After(RequestStep step, int version) => version != Version
        ? throw Refusal.Stale()
        : DeadlineFlow.Next(State, step) ?? throw Refusal.Conflict("deadline.step", "The request was decided or withdrawn already.");
}

/// <summary>One item of a request with its date before and after.</summary>
public sealed class DeadlineMove : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid RequestId { get; init; }

    public required Guid ItemId { get; init; }

    /// <summary>The item while its request is open: an item has one open request at a time.</summary>
    public Guid? OpenFor { get; set; }

    /// <summary>The date in force when it was asked.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>0 for the item asked for, then the others.</summary>
    public required int Order { get; init; }

    Guid IPartOf.Whole => RequestId;
}

/// <summary>One piece of evidence of a request, with the file that was the newest then.</summary>
public sealed class DeadlineProof : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid RequestId { get; init; }

    public required Guid PieceId { get; init; }

    /// <summary>Number of the file, counted from 1.</summary>
    public required int FileNo { get; init; }

    Guid IPartOf.Whole => RequestId;
}

/// <summary>The classes of reasons from which a programme's units choose (原因类别). Without one the usual list holds.</summary>
public sealed class DeadlineReasons
{
    /// <summary>The usual list: keys of texts under <c>deadline.reason.</c>.</summary>
    public static readonly IReadOnlyList<string> Usual = ["policy", "objective", "planning", "land", "funding", "season", "legal", "other"];

    private DeadlineReasons() { } // for EF Core

    public Guid ProgrammeId { get; private init; }

    /// <summary>One for each line: a key of the usual list, or words of the programme's own.</summary>
    public string Lines { get; private set; } = "";

    public int Version { get; private set; }

    public IReadOnlyList<string> Names => Lines.Split('\n');

    internal static DeadlineReasons Create(Guid programme) => new() { ProgrammeId = programme };

    /// <exception cref="Refusal">422: none or more than 20 classes, or one longer than 60 characters.</exception>
    internal void Change(IReadOnlyList<string> names)
    {
        List<string> clean = [.. names.Select(name => name.ReplaceLineEndings(" ").Trim()).Where(name => name.Length > 0).Distinct()];
        if (clean.Count is < 1 or > 20 || clean.Exists(name => name.Length > 60))
        {
            throw Refusal.Invalid("deadline.reasons", "A list has 1 to 20 classes of at most 60 characters each.");
        }

        Lines = string.Join('\n', clean);
        Version++;
    }
}
