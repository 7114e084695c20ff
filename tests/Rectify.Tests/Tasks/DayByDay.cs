using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Tasks;

/// <summary>Status and light of one day, asked of the facts anew each day. Slow, plain, and written apart from the engine.</summary>
internal sealed class DayByDay(TimelineInput input)
{
    private static readonly FactKind[] Steps =
    [
        FactKind.Completed, FactKind.Applied, FactKind.AcceptanceStarted, FactKind.Accepted, FactKind.Returned, FactKind.NoticeOpened,
        FactKind.SentForSignature, FactKind.SignedOff, FactKind.Filed, FactKind.Closed, FactKind.Reopened, FactKind.NotInvolved,
        FactKind.StageClosed, FactKind.TakenBack,
    ];

    private static readonly FactKind[] Final = [FactKind.Closed, FactKind.NotInvolved];

    private readonly List<DatedFact> facts = [.. input.Facts.OrderBy(fact => (fact.On, fact.Sequence))];

    /// <summary>Status, light and reason of each day from <paramref name="first"/>, before which no fact lies, to <paramref name="last"/>.</summary>
    public IEnumerable<(DateOnly Day, ItemStatus Status, Light Light, LightCode Code)> Days(DateOnly first, DateOnly last)
    {
        DateOnly? caughtUp = null;
        var yesterday = Light.None;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var status = StatusOn(day);
            var (light, code) = LightOn(day, status);
            caughtUp = light is Light.None or Light.Red ? null : yesterday is Light.Red ? day : caughtUp;
            yesterday = light;
            if (light is Light.Green && caughtUp is { } since && Age(since, day) < input.Rules.CatchUpDays && !NodeOnTimeAfter(since, day))
            {
                (light, code) = (Light.Yellow, LightCode.CaughtUp);
            }

            yield return (day, status, light, code);
        }
    }

    public ItemStatus StatusOn(DateOnly day)
    {
        var known = Known(day);
        var step = StepOf(known);
        for (var i = known.Count - 1; i >= 0; i--)
        {
            if (known[i].Kind is FactKind.Objected
                && StepOf(known[..i]) is not (null or FactKind.Returned or FactKind.Reopened or FactKind.StageClosed or FactKind.TakenBack
                    or FactKind.Closed or FactKind.NotInvolved)
                && !known[i..].Any(later => later.Kind is FactKind.ObjectionSettled
                    || (later.Kind is not FactKind.Completed && Steps.Contains(later.Kind))))
            {
                return ItemStatus.Objected;
            }
        }

        return step switch
        {
            null or FactKind.TakenBack => OpenStatusOn(day),
            FactKind.Completed => ItemStatus.Done,
            FactKind.Applied or FactKind.AcceptanceStarted or FactKind.Accepted => ItemStatus.Accept,
            FactKind.Returned => ItemStatus.Returned,
            FactKind.NoticeOpened => ItemStatus.Notice,
            FactKind.SentForSignature => ItemStatus.Signing,
            FactKind.SignedOff or FactKind.Filed => ItemStatus.Filed,
            FactKind.Closed => input.Standing ? ItemStatus.Standing : ItemStatus.Closed,
            FactKind.Reopened => ItemStatus.Reopened,
            FactKind.NotInvolved => ItemStatus.NotInvolved,
            FactKind.StageClosed => ItemStatus.Stage,
            _ => throw new InvalidOperationException(),
        };
    }

    public DateOnly? DeadlineOn(DateOnly day) =>
        Known(day).LastOrDefault(fact => fact.Kind is FactKind.DeadlineChanged)?.To ?? input.Deadline;

    // The step that tells, within the cycle since the item was last reopened.
    private static FactKind? StepOf(List<DatedFact> known)
    {
        var steps = known.Select(fact => fact.Kind).Where(kind => Steps.Contains(kind)).ToList();
        var cycle = steps[Math.Max(0, steps.LastIndexOf(FactKind.Reopened))..];
        if (cycle.Any(kind => Final.Contains(kind)))
        {
            return cycle.First(kind => Final.Contains(kind));
        }

        var other = cycle.FindLastIndex(kind => kind is not FactKind.Completed);
        FactKind? last = other < 0 ? null : cycle[other];
        return cycle.Count == 0 ? null
            : last is null or FactKind.Returned or FactKind.Reopened or FactKind.StageClosed or FactKind.TakenBack ? cycle[^1]
            : last;
    }

    private ItemStatus OpenStatusOn(DateOnly day)
    {
        var known = Known(day);
        var approved = input.PlanApprovedOn <= day || known.Any(fact => fact.Kind is FactKind.PlanApproved);
        if (!approved && StartOn(day) is null)
        {
            return ItemStatus.Draft;
        }

        if (DeadlineOn(day) < day)
        {
            return ItemStatus.Overdue;
        }

        if (StartOn(day) is null)
        {
            return ItemStatus.NotStarted;
        }

        var gap = GapOn(day);
        if (gap > input.Rules.BehindPoints || Missed(day).Any())
        {
            return HasCause(day) ? ItemStatus.Policy : ItemStatus.Behind;
        }

        if (known.Any(fact => fact.Kind is FactKind.Nearly))
        {
            return ItemStatus.Nearly;
        }

        var early = DeadlineOn(day) is not null && input.Milestones.Any(node =>
            known.Any(fact => fact.Kind is FactKind.MilestoneReached && fact.No == node.No)
            && Age(day, node.Due) > input.Rules.EarlyMilestoneDays);
        return gap <= -input.Rules.AheadPoints || early ? ItemStatus.Ahead : ItemStatus.OnTrack;
    }

    private (Light, LightCode) LightOn(DateOnly day, ItemStatus status)
    {
        var rules = input.Rules;
        if (status is ItemStatus.Overdue)
        {
            return (Light.Red, LightCode.Overdue);
        }

        if (status is ItemStatus.Returned or ItemStatus.Reopened)
        {
            var kind = status is ItemStatus.Returned ? FactKind.Returned : FactKind.Reopened;
            var sentBack = Known(day).Last(fact => fact.Kind == kind).On;
            return DeadlineOn(day) < day && Age(sentBack, day) >= rules.RedAfterDays ? (Light.Red, LightCode.StillNotPutRight)
                : (Light.Yellow, status is ItemStatus.Returned ? LightCode.Returned : LightCode.Reopened);
        }

        if (status is not (ItemStatus.NotStarted or ItemStatus.OnTrack or ItemStatus.Ahead or ItemStatus.Behind or ItemStatus.Policy
            or ItemStatus.Nearly))
        {
            return (Light.None, LightCode.None);
        }

        var gap = GapOn(day);
        var longest = Missed(day).Select(node => Age(node.Due, day)).DefaultIfEmpty(-1).Max();
        if ((longest >= 0 || gap > rules.BehindPoints) && HasCause(day))
        {
            return (Light.Yellow, LightCode.PolicyCause);
        }

        return longest >= rules.RedAfterDays ? (Light.Red, LightCode.NodeLongMissed)
            : gap >= rules.RedPoints ? (Light.Red, LightCode.FarBehindPlan)
            : longest >= 0 ? (Light.Yellow, LightCode.NodeMissed)
            : gap > rules.BehindPoints ? (Light.Yellow, LightCode.BehindPlan)
            : DeadlineOn(day) is { } due && Age(day, due) <= rules.YellowDaysBeforeDue && (gap > 0 || status is ItemStatus.NotStarted)
                ? (Light.Yellow, LightCode.DueSoon)
            : status is ItemStatus.NotStarted ? (Light.Green, LightCode.NotStarted)
            : status is ItemStatus.Ahead ? (Light.Green, LightCode.AheadOfSchedule)
            : (Light.Green, LightCode.OnSchedule);
    }

    // Points below what is planned; null where either is unknown. For items that are open.
    private int? GapOn(DateOnly day)
    {
        if (DeadlineOn(day) is not { } due || StartOn(day) is not { } start)
        {
            return null;
        }

        var counted = input.Measures.Where(measure => measure.Quantity is not null || !measure.Recurring).ToList();
        var reported = Known(day).LastOrDefault(fact => fact.Kind is FactKind.Progress)?.Value;
        if (counted.Count == 0 && reported is null)
        {
            return null;
        }

        var percent = counted.Count == 0 ? (double)reported!.Value : counted.Average(measure => 100 * ShareOn(day, measure));
        var expected = day >= due ? 100
            : counted.Count == 0 ? 100 * Elapsed(start, due, day)
            : counted.Average(measure =>
            {
                var own = measure.Due < input.Deadline ? measure.Due.Value : due;
                return day >= own ? 100 : measure.Quantity is null ? 0 : 100 * Elapsed(start, own, day);
            });
        return Whole(expected) - Math.Min(99, Whole(percent));
    }

    private double ShareOn(DateOnly day, Measure measure)
    {
        var told = Known(day).LastOrDefault(fact => fact.No == measure.No
            && (fact.Kind is FactKind.MeasureDone || (fact.Kind is FactKind.Measured && measure.Quantity is not null)));
        return told is null ? 0
            : told.Kind is FactKind.MeasureDone ? 1
            : Math.Clamp((double)((told.Value!.Value - measure.Quantity!.Baseline) / (measure.Quantity.Target - measure.Quantity.Baseline)), 0, 1);
    }

    private DateOnly? StartOn(DateOnly day) => Known(day).FirstOrDefault(fact =>
        fact.Kind is FactKind.Started or FactKind.MilestoneReached or FactKind.MeasureDone or FactKind.Nearly)?.On;

    private IEnumerable<Milestone> Missed(DateOnly day) => input.Milestones.Where(node => node.Due <= day
        && !Known(day).Any(fact => fact.Kind is FactKind.MilestoneReached && fact.No == node.No));

    private bool HasCause(DateOnly day) =>
        Known(day).LastOrDefault(fact => fact.Kind is FactKind.PolicyCause or FactKind.PolicyCauseEnded)?.Kind is FactKind.PolicyCause;

    private bool NodeOnTimeAfter(DateOnly since, DateOnly day) => input.Milestones.Any(node =>
        Known(day).FirstOrDefault(fact => fact.Kind is FactKind.MilestoneReached && fact.No == node.No)?.On is { } on
        && on > since && on <= node.Due);

    private List<DatedFact> Known(DateOnly day) => facts.FindAll(fact => fact.On <= day);

    private static double Elapsed(DateOnly from, DateOnly to, DateOnly day) => Math.Clamp((double)Age(from, day) / Age(from, to), 0, 1);

    private static int Age(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber;

    private static int Whole(double percent) => (int)Math.Floor(Math.Round(percent, 6) + 0.5);
}
