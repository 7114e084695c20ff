namespace Rectify.Tasks.Timeline;

/// <summary>The status and the light of a state on one day, before it is asked whether the item was red a while ago.</summary>
internal static class Evaluation
{
    /// <param name="band">What <see cref="BandOf"/> says of that day; of no meaning once work is not under way.</param>
    public static (ItemStatus Status, Light Light, LightReason Reason) Of(ItemState state, DateOnly on, PlanBand band)
    {
        var status = StatusOf(state, on, band);
        var (light, reason) = LightOf(state, status, on, band);
        return (status, light, reason);
    }

    /// <summary>
    /// Where progress stands against the plan's margins. Never rises from one day to the next while nothing happens, since what is
    /// expected only grows; so the days on which it changes can be found by halving.
    /// </summary>
    public static PlanBand BandOf(ItemState state, DateOnly on)
    {
        var rules = state.Input.Rules;
        return Progress.Percent(state) is not { } percent || Progress.Expected(state, on) is not { } expected ? PlanBand.Unknown
            : percent >= expected + rules.AheadPoints ? PlanBand.Ahead
            : percent >= expected ? PlanBand.Reached
            : percent >= expected - rules.BehindPoints ? PlanBand.Below
            : percent > expected - rules.RedPoints ? PlanBand.Behind
            : PlanBand.FarBehind;
    }

    /// <summary>The days on which status or light may change by themselves, besides those on which the band changes; in no order.</summary>
    public static IEnumerable<DateOnly> TurningDays(ItemState state)
    {
        if (state.IsObjected || state.Phase is not (Phase.Open or Phase.Returned or Phase.Reopened))
        {
            yield break;
        }

        var rules = state.Input.Rules;
        if (state.Deadline is { } due)
        {
            yield return due;
            yield return Later(due, 1);
            yield return Later(due, -rules.YellowDaysBeforeDue);
        }

        if (state.Phase is Phase.Returned or Phase.Reopened)
        {
            yield return Later(state.SentBackOn, rules.RedAfterDays);
        }

        foreach (var milestone in state.Input.Milestones)
        {
            if (state.ReachedOn(milestone.No) is null)
            {
                yield return milestone.Due;
                yield return Later(milestone.Due, rules.RedAfterDays);
            }
            else
            {
                yield return Later(milestone.Due, -rules.EarlyMilestoneDays);
            }
        }
    }

    /// <summary>A date moved by days, held within the dates there are.</summary>
    public static DateOnly Later(DateOnly date, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)date.DayNumber + days, 0, DateOnly.MaxValue.DayNumber));

    private static ItemStatus StatusOf(ItemState state, DateOnly on, PlanBand band) => state.IsObjected ? ItemStatus.Objected : state.Phase switch
    {
        Phase.Done => ItemStatus.Done,
        Phase.Accept => ItemStatus.Accept,
        Phase.Returned => ItemStatus.Returned,
        Phase.Notice => ItemStatus.Notice,
        Phase.Signing => ItemStatus.Signing,
        Phase.Filed => ItemStatus.Filed,
        Phase.Closed => state.Input.Standing ? ItemStatus.Standing : ItemStatus.Closed,
        Phase.Reopened => ItemStatus.Reopened,
        Phase.Stage => ItemStatus.Stage,
        Phase.NotInvolved => ItemStatus.NotInvolved,
        Phase.Open => OpenStatusOf(state, on, band),
    };

    private static ItemStatus OpenStatusOf(ItemState state, DateOnly on, PlanBand band)
    {
        if (state.IsDraft)
        {
            return ItemStatus.Draft;
        }

        if (on > state.Deadline)
        {
            return ItemStatus.Overdue;
        }

        if (state.StartedOn is null)
        {
            return ItemStatus.NotStarted;
        }

        if (band is PlanBand.Behind or PlanBand.FarBehind || FirstMissed(state, on) is not null)
        {
            return state.PolicyCauseOn is null ? ItemStatus.Behind : ItemStatus.Policy;
        }

        return state.IsNearly ? ItemStatus.Nearly
            : band is PlanBand.Ahead || (state.Deadline is not null && ReachedEarly(state, on)) ? ItemStatus.Ahead
            : ItemStatus.OnTrack;
    }

    private static (Light Light, LightReason Reason) LightOf(ItemState state, ItemStatus status, DateOnly on, PlanBand band)
    {
        var rules = state.Input.Rules;
        switch (status)
        {
            case ItemStatus.Overdue:
                return (Light.Red, new(LightCode.Overdue, state.Deadline));
            case ItemStatus.Returned or ItemStatus.Reopened:
                return on > state.Deadline && on >= Later(state.SentBackOn, rules.RedAfterDays)
                    ? (Light.Red, new(LightCode.StillNotPutRight, state.SentBackOn))
                    : (Light.Yellow, new(status is ItemStatus.Returned ? LightCode.Returned : LightCode.Reopened, state.SentBackOn));
            case ItemStatus.NotStarted or ItemStatus.OnTrack or ItemStatus.Ahead or ItemStatus.Behind or ItemStatus.Policy
                or ItemStatus.Nearly:
                return OpenLightOf(state, status, on, band);
            default:
                return (Light.None, new(LightCode.None));
        }
    }

    private static (Light Light, LightReason Reason) OpenLightOf(ItemState state, ItemStatus status, DateOnly on, PlanBand band)
    {
        var rules = state.Input.Rules;
        var missed = FirstMissed(state, on);
        var isBehind = missed is not null || band is PlanBand.Behind or PlanBand.FarBehind;
        if (isBehind && state.PolicyCauseOn is { } since)
        {
            return (Light.Yellow, new(LightCode.PolicyCause, since));
        }

        if (missed is not null && on >= Later(missed.Due, rules.RedAfterDays))
        {
            return (Light.Red, new(LightCode.NodeLongMissed, missed.Due, missed.No));
        }

        if (band is PlanBand.FarBehind)
        {
            return (Light.Red, new(LightCode.FarBehindPlan, Points: rules.RedPoints));
        }

        if (missed is not null)
        {
            return (Light.Yellow, new(LightCode.NodeMissed, missed.Due, missed.No));
        }

        if (band is PlanBand.Behind)
        {
            return (Light.Yellow, new(LightCode.BehindPlan, Points: rules.BehindPoints));
        }

        if (state.Deadline is { } due && on >= Later(due, -rules.YellowDaysBeforeDue)
            && (band is PlanBand.Below || status is ItemStatus.NotStarted))
        {
            return (Light.Yellow, new(LightCode.DueSoon, due));
        }

        return (Light.Green, new(status switch
        {
            ItemStatus.NotStarted => LightCode.NotStarted,
            ItemStatus.Ahead => LightCode.AheadOfSchedule,
            _ => LightCode.OnSchedule,
        }));
    }

    // A node due today and not reached by the end of today is missed.
    private static Milestone? FirstMissed(ItemState state, DateOnly on)
    {
        Milestone? first = null;
        foreach (var milestone in state.Input.Milestones)
        {
            if (milestone.Due <= on && (first is null || milestone.Due < first.Due) && state.ReachedOn(milestone.No) is null)
            {
                first = milestone;
            }
        }

        return first;
    }

    private static bool ReachedEarly(ItemState state, DateOnly on) => state.Input.Milestones.Any(milestone =>
        state.ReachedOn(milestone.No) is not null && milestone.Due > Later(on, state.Input.Rules.EarlyMilestoneDays));
}

/// <summary>Progress against the plan's margins, from best to worst.</summary>
internal enum PlanBand { Unknown, Ahead, Reached, Below, Behind, FarBehind }
