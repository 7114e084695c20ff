namespace Rectify.Tasks.Timeline;

/// <summary>How far an item is, and how far it should be, in whole percent rounded half away from zero.</summary>
public static class Progress
{
    /// <summary>
    /// What is done, 0 to 100: the mean over all measures that count, or what was reported last where none counts. At most 99
    /// before completion, 100 from then on. <see langword="null"/> if nothing is known or the item does not concern the unit.
    /// </summary>
    public static int? PercentOn(TimelineInput input, DateOnly on) => Percent(ItemState.On(input, on));

    /// <summary>
    /// What should be done by the end of the day, 0 to 100: the mean over the measures that count of the share of time gone by,
    /// from the start of work to the measure's own date; a measure without a quantity counts only from its date on. 100
    /// from the deadline in force on. <see langword="null"/> without a deadline or before work began.
    /// </summary>
    /// <remarks>A measure due with the item moves with a changed deadline; one with an earlier date of its own stays.</remarks>
    public static int? ExpectedOn(TimelineInput input, DateOnly on) => Expected(ItemState.On(input, on), on);

    internal static int? Percent(ItemState state) => state.Percent ??= Reckon(state);

    private static int? Reckon(ItemState state)
    {
        if (state.IsComplete)
        {
            return 100;
        }

        if (state.Phase is Phase.NotInvolved)
        {
            return null;
        }

        var (sum, count) = (0m, 0);
        foreach (var measure in state.Input.Measures)
        {
            if (measure.Counts)
            {
                sum += state.ShareOf(measure.No);
                count++;
            }
        }

        return count > 0 ? Math.Min(99, Whole(100 * sum / count))
            : state.Reported is { } reported ? Math.Min(99, Whole(reported))
            : null;
    }

    internal static int? Expected(ItemState state, DateOnly on)
    {
        if (state is not { Deadline: { } due, StartedOn: { } start })
        {
            return null;
        }

        if (on >= due)
        {
            return 100;
        }

        var (sum, count) = (0.0, 0);
        foreach (var measure in state.Input.Measures)
        {
            if (!measure.Counts)
            {
                continue;
            }

            count++;
            var own = measure.Due is { } date && date < state.Input.Deadline ? date : due;
            sum += on >= own ? 1 : measure.Quantity is null ? 0 : Elapsed(start, own, on);
        }

        return Whole((decimal)(100 * (count > 0 ? sum / count : Elapsed(start, due, on))));
    }

    // Shares of time are binary fractions for speed; the rounding below forgives what they lose.
    private static double Elapsed(DateOnly from, DateOnly to, DateOnly on) =>
        on <= from ? 0 : on >= to ? 1 : (double)(on.DayNumber - from.DayNumber) / (to.DayNumber - from.DayNumber);

    // Thirds do not add up to a whole: what lies within a millionth of a half is a half.
    private static int Whole(decimal percent) =>
        (int)Math.Round(Math.Round(percent, 6, MidpointRounding.AwayFromZero), 0, MidpointRounding.AwayFromZero);
}
