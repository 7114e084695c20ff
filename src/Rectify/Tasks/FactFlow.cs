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
        [TakenBack] = Right.Report,
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
        [TakenBack] = [Completed, Applied],
        [PolicyCauseEnded] = [PolicyCause],
    }.ToFrozenDictionary();

    // Who recorded one of these since the item was last taken up may not record the first: nobody accepts or signs off their own.
    private static readonly FrozenDictionary<FactKind, FactKind[]> NotBy = new Dictionary<FactKind, FactKind[]>
    {
        [AcceptanceStarted] = [Completed, Applied],
        [Returned] = [Completed, Applied],
        [Accepted] = [Completed, Applied],
        [SignedOff] = [AcceptanceStarted, Accepted],
        [Closed] = [AcceptanceStarted, Accepted],
    }.ToFrozenDictionary();

    /// <summary>The right that recording a fact needs.</summary>
    public static Right RightFor(FactKind kind) => Rights[kind];

    /// <summary>Whether one of the facts that <paramref name="kind"/> needs stands among those recorded since the item was last taken up.</summary>
    public static bool IsPossible(FactKind kind, IEnumerable<FactKind> sinceTakenUp) =>
        !Needs.TryGetValue(kind, out var needs) || sinceTakenUp.Any(needs.Contains);

    /// <summary>The facts that <paramref name="kind"/> needs one of; empty if none.</summary>
    public static IReadOnlyList<FactKind> NeedsOneOf(FactKind kind) => Needs.GetValueOrDefault(kind, []);

    /// <summary>The facts that must have been recorded by someone else; empty if none (separation of duties).</summary>
    public static IReadOnlyList<FactKind> BySomeoneElse(FactKind kind) => NotBy.GetValueOrDefault(kind, []);

    // What still makes sense once an item is closed or does not concern the unit; a petition's and the plan's own facts come from elsewhere.
    private static readonly FactKind[] AfterTheEnd = [Reopened, NoticeOpened, NoticeEnded, Objected, ObjectionSettled, SignedOff, Filed, Measured];

    private static readonly FactKind[] FromElsewhere = [PlanApproved, MeasureDone, StageClosed, DeadlineChanged, TakenBack];

    /// <summary>Whether the fact follows from a decision on a request, so that nobody records it by itself.</summary>
    public static bool IsDecided(FactKind kind) => kind is DeadlineChanged;

    /// <summary>Whether a page has reason to offer the kind at all: the order of things aside, it would change something.</summary>
    public static bool IsOffered(FactKind kind, IReadOnlyCollection<FactKind> sinceTakenUp) =>
        !FromElsewhere.Contains(kind)
        && (!(sinceTakenUp.Contains(Closed) || sinceTakenUp.Contains(NotInvolved)) || AfterTheEnd.Contains(kind))
        && !(kind is Started or Nearly or Completed && sinceTakenUp.Contains(Completed) && !sinceTakenUp.Contains(Returned))
        && !(kind is Started && sinceTakenUp.Contains(Started));

    /// <summary>Whether others see the act and build on it, so that a page asks before it is done.</summary>
    public static bool AsksFirst(FactKind kind) => kind is Closed or Reopened or NotInvolved;

    /// <summary>Whether the kind names a milestone or carries a figure.</summary>
    public static (bool No, bool Value) Carries(FactKind kind) => (kind is MilestoneReached, kind is Measured or FactKind.Progress);
}
