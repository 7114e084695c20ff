using Rectify.Procedures;
using Rectify.Tasks.Timeline;
using static Rectify.Procedures.StepKind;

namespace Rectify.Closure;

/// <summary>The rules of closing that need no database: which signatures count, what they make of the item, who may not take which step. Pages, commands and tests read them.</summary>
public static class ClosureFlow
{
    /// <summary>The steps that a closure goes by: those of its procedure, without the ones that are left out where the item does not concern the unit.</summary>
    public static IReadOnlyList<ProcedureStep> Way(Procedure procedure, ClosureOutcome outcome) =>
        [.. procedure.Steps.Where(step => outcome is ClosureOutcome.PutRight || step.NotInvolved)];

    /// <summary>The acts whose signatures count now, in the order of the way: of each step before the next one the latest, and the opening of the notice that stands.</summary>
    public static IReadOnlyList<ClosureAct> InForce(IReadOnlyList<ProcedureStep> way, IReadOnlyList<ClosureAct> acts, int cycle, int stepNo, Guid? notice)
    {
        var list = new List<ClosureAct>();
        foreach (var (place, step) in way.Take(stepNo + 1).Index())
        {
            var here = acts.Where(act => act.Cycle == cycle && act.StepKey == step.Key).OrderBy(act => act.No).ToList();
            if (step.Kind is Notice && notice is { } standing && here.FindLast(act => act.Opening && act.NoticeId == standing) is { } opened)
            {
                list.Add(opened);
            }

            if (place < stepNo && here.FindLast(act => act.Signs && !act.Opening) is { } taken)
            {
                list.Add(taken);
            }
        }

        return list;
    }

    /// <summary>The dated facts that an item has by these acts.</summary>
    public static IReadOnlyList<(FactKind Kind, DateOnly On)> Facts(
        IReadOnlyList<ProcedureStep> way, IReadOnlyList<ClosureAct> inForce, Declaration declaration, Func<Guid, (DateOnly From, DateOnly To)> notice)
    {
        if (declaration.Outcome is ClosureOutcome.NotInvolved)
        {
            return [.. inForce.Where(act => act.StepKind is Close).Select(act => (FactKind.NotInvolved, act.On))]; // until then nothing is known to be so
        }

        var facts = new List<(FactKind, DateOnly)>();
        var (lastAcceptance, lastSign, firstSign) = (way.LastOrDefault(step => step.Kind is Acceptance)?.Key, way.LastOrDefault(step => step.Kind is SignOff)?.Key, way.Index().Where(step => step.Item.Kind is SignOff).Select(step => step.Index).DefaultIfEmpty(-1).First());
        foreach (var act in inForce)
        {
            switch (act.StepKind)
            {
                case Declare:
                    facts.Add((FactKind.Completed, declaration.CompletedOn ?? act.On));
                    break;
                case Apply:
                    facts.Add((FactKind.Applied, act.On));
                    break;
                case MaterialReview or SiteCheck or Acceptance:
                    if (!facts.Exists(fact => fact.Item1 is FactKind.AcceptanceStarted))
                    {
                        facts.Add((FactKind.AcceptanceStarted, act.On));
                    }

                    if (act.StepKey == lastAcceptance)
                    {
                        facts.Add((FactKind.Accepted, act.On));
                    }

                    break;
                case Notice when act.NoticeId is { } id:
                    facts.Add(act.Opening ? (FactKind.NoticeOpened, notice(id).From) : (FactKind.NoticeEnded, notice(id).To));
                    break;
                case SignOff when act.StepKey == lastSign:
                    facts.Add((FactKind.SignedOff, act.On));
                    break;
                case Report:
                    facts.Add((FactKind.Filed, act.On));
                    break;
                case Close:
                    facts.Add((FactKind.Closed, act.On));
                    break;
                default:
                    break;
            }

            // Papers lie before a leader from the day of the step before.
            if (!act.Opening && firstSign > 0 && act.StepKey == way[firstSign - 1].Key)
            {
                facts.Add((FactKind.SentForSignature, act.On));
            }
        }

        return facts;
    }

    private static readonly StepKind[] Declares = [Declare, Apply];

    private static readonly StepKind[] Accepts = [MaterialReview, SiteCheck, Acceptance];

    /// <summary>Whether one person may not do both in one closure, in whatever order (separation of duties).</summary>
    /// <remarks>Who declared does not accept, review, judge objections, sign or close; who accepted does not review, sign or close; who reviewed does not sign.</remarks>
    public static bool Excludes(StepKind one, StepKind other) => Clash(one, other) || Clash(other, one);

    private static bool Clash(StepKind one, StepKind other) =>
        (Declares.Contains(one) && (Accepts.Contains(other) || other is OfficeReview or Objections or SignOff or Close))
        || (Accepts.Contains(one) && other is OfficeReview or SignOff or Close)
        || (one is OfficeReview && other is SignOff);

    /// <summary>Whether the unit may still take its application back: nothing was accepted yet.</summary>
    public static bool MayWithdraw(IReadOnlyList<ProcedureStep> way, int stepNo) => !way.Take(stepNo).Any(step => step.Kind is Acceptance or OfficeReview);

    /// <summary>Whether whoever takes the next step may send it back to the unit instead: once the item is closed, only taking it up again leads back.</summary>
    public static bool MayReturn(IReadOnlyList<ProcedureStep> way, int stepNo) =>
        stepNo < way.Count && way[stepNo].Duty is not Organisation.Role.Responsible && !way.Take(stepNo).Any(step => step.Kind is Close);

    /// <summary>Where a renewal leads that says more than that the change is of no effect; <see langword="null"/> where the way has no such step, or it lies before a closing that was done.</summary>
    public static int? BackTo(IReadOnlyList<ProcedureStep> way, int stepNo, RenewalEffect effect)
    {
        var to = effect switch
        {
            RenewalEffect.None => stepNo,
            RenewalEffect.Notice => way.Index().Where(step => step.Item.Kind is Notice).Select(step => step.Index).DefaultIfEmpty(-1).First(),
            RenewalEffect.Recheck => way.Index().Where(step => step.Item.Kind is SiteCheck).Concat(way.Index().Where(step => Accepts.Contains(step.Item.Kind))).Select(step => step.Index).DefaultIfEmpty(-1).First(),
        };
        return to < 0 || to > stepNo || way.Take(stepNo).Skip(to).Any(step => step.Kind is Close) ? null : to;
    }
}
