using System.Collections.Frozen;
using Rectify.Organisation;
using Rectify.Tasks.Timeline;
using static Rectify.Tasks.Timeline.FactKind;

namespace Rectify.Tasks;

/// <summary>Who may record which fact, and when it makes sense, as tables: pages, API and tests read them.</summary>
/// <remarks>
/// The order of acceptance, review, notice and closing differs between regions, so the table refuses only what makes no sense
/// anywhere: accepting what nobody applied for, closing what was not accepted.
/// </remarks>
public static class FactFlow
{
    private static readonly FrozenDictionary<FactKind, Right> Rights = new Dictionary<FactKind, Right>
    {
        [PlanApproved] = Right.Plan,
        [Started] = Right.Report,
        [MilestoneReached] = Right.Report,
        [MeasureDone] = Right.Report,
        [Measured] = Right.Report,
        [FactKind.Progress] = Right.Report,
        [Nearly] = Right.Report,
        [Completed] = Right.Report,
        [Applied] = Right.Report,
        [NotInvolved] = Right.Report,
        [StageClosed] = Right.Report,
        [AcceptanceStarted] = Right.Accept,
        [Returned] = Right.Accept,
        [Accepted] = Right.Accept,
        [NoticeOpened] = Right.Close,
        [NoticeEnded] = Right.Close,
        [Objected] = Right.Close,
        [ObjectionSettled] = Right.Close,
        [SentForSignature] = Right.Close,
        [SignedOff] = Right.Close,
        [Filed] = Right.Close,
        [Closed] = Right.Close,
        [Reopened] = Right.Close,
        [PolicyCause] = Right.Plan,
        [PolicyCauseEnded] = Right.Plan,
        [DeadlineChanged] = Right.Plan,
    }.ToFrozenDictionary();

    // What must have happened since the item was last taken up, before a fact can be recorded.
    private static readonly FrozenDictionary<FactKind, FactKind[]> Needs = new Dictionary<FactKind, FactKind[]>
    {
        [Applied] = [Completed],
        [AcceptanceStarted] = [Applied],
        [Returned] = [Applied, Completed],
        [Accepted] = [Applied],
        [NoticeOpened] = [Accepted, Closed],
        [NoticeEnded] = [NoticeOpened],
        [Objected] = [NoticeOpened],
        [ObjectionSettled] = [Objected],
        [SentForSignature] = [Accepted],
        [SignedOff] = [Accepted],
        [Filed] = [Accepted, Closed],
        [Closed] = [Accepted],
        [Reopened] = [Completed, Closed, NotInvolved],
        [PolicyCauseEnded] = [PolicyCause],
    }.ToFrozenDictionary();

    /// <summary>The right that recording a fact needs.</summary>
    public static Right RightFor(FactKind kind) => Rights[kind];

    /// <summary>Whether one of the facts that <paramref name="kind"/> needs stands among those recorded since the item was last taken up.</summary>
    public static bool IsPossible(FactKind kind, IEnumerable<FactKind> sinceTakenUp) =>
        !Needs.TryGetValue(kind, out var needs) || sinceTakenUp.Any(needs.Contains);

    /// <summary>The facts that <paramref name="kind"/> needs one of; empty if none.</summary>
    public static IReadOnlyList<FactKind> NeedsOneOf(FactKind kind) => Needs.GetValueOrDefault(kind, []);

    /// <summary>Whether the kind names a milestone or carries a figure or a new date.</summary>
    public static (bool No, bool Value, bool To) Carries(FactKind kind) => kind switch
    {
        MilestoneReached => (true, false, false),
        Measured or FactKind.Progress => (false, true, false),
        DeadlineChanged => (false, false, true),
        _ => (false, false, false),
    };
}
