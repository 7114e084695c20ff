namespace Rectify.Networks;

/// <summary>One activity before and after a change that was tried.</summary>
/// <param name="Before"><see langword="null"/> for what the change adds.</param>
/// <param name="After"><see langword="null"/> for what the change takes out.</param>
public sealed record TimesChange(Times? Before, Times? After)
{
    public Activity Activity => (After ?? Before)!.Activity;

    /// <summary>Days of the calendar by which the early end moves; positive is later. 0 where one side is missing.</summary>
    public int Moved => Before is null || After is null ? 0 : After.EarlyFinish.DayNumber - Before.EarlyFinish.DayNumber;

    /// <summary>Whether a deadline that could be kept before no longer can.</summary>
    public bool BecomesTooLate => Before is not { IsTooLate: true } && After is { IsTooLate: true };
}

/// <summary>What a change does before it is saved: the network is computed with and without it.</summary>
public sealed record WhatIf(Timetable Before, Timetable After)
{
    /// <summary>What has other early or late dates, or another slack, in the order of the dates after; what vanished comes last.</summary>
    public IReadOnlyList<TimesChange> Changes { get; } =
    [
        .. After.All
            .Select(after => new TimesChange(Before.Network.Contains(after.Activity.Id) ? Before[after.Activity.Id] : null, after))
            .Where(change => change.Before is null || !Same(change.Before, change.After!))
            .OrderBy(change => change.After!.EarlyStart).ThenBy(change => change.After!.EarlyFinish),
        .. Before.All.Where(before => !After.Network.Contains(before.Activity.Id)).Select(before => new TimesChange(before, null)),
    ];

    /// <summary>Days of the calendar by which the end of the whole moves; positive is later.</summary>
    public int FinishMoves => (After.Finish?.DayNumber ?? 0) - (Before.Finish?.DayNumber ?? After.Finish?.DayNumber ?? 0);

    public static WhatIf Of(Timetable now, Network changed) => new(now, Timetable.Of(changed, now.On));

    /// <summary>One activity ends later by so many of its working days (or, negative, takes so many less); what is finished does not move.</summary>
    /// <param name="days">What has not begun begins later, or if negative is shortened to at least one day; what is under way needs more, or less.</param>
    /// <exception cref="KeyNotFoundException">No such activity.</exception>
    public static WhatIf Delayed(Timetable now, Guid activity, int days)
    {
        var times = now[activity];
        var (one, table) = (times.Activity, times.Activity.Pattern.Days);
        return Of(now, now.Network.With(times.State switch
        {
            ActivityState.Finished => one,
            ActivityState.Underway => one with
            {
                Remaining = Math.Clamp(table.Before(times.EarlyFinish.DayNumber + 1) - table.Before(now.On.DayNumber) + days, 1, Activity.LongestDays),
            },
            ActivityState.Waiting when days < 0 && !one.IsNode => one with { Days = Math.Max(1, one.Days + days) },
            ActivityState.Waiting => one with
            {
                NotBefore = DateOnly.FromDayNumber(Math.Clamp(
                    table.Day(table.Before(times.EarlyStart.DayNumber + 1) - 1 + days), times.EarlyStart.DayNumber, DateOnly.MaxValue.DayNumber)),
            },
        }));
    }

    private static bool Same(Times before, Times after) =>
        (before.State, before.EarlyStart, before.EarlyFinish, before.LateStart, before.LateFinish, before.TotalSlack, before.FreeSlack)
            == (after.State, after.EarlyStart, after.EarlyFinish, after.LateStart, after.LateFinish, after.TotalSlack, after.FreeSlack);
}
