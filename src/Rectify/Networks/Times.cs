namespace Rectify.Networks;

/// <summary>How far an activity has come on the day looked at.</summary>
public enum ActivityState
{
    Waiting,
    Underway,
    Finished,
}

/// <summary>The dates of one activity, all of them days included in it.</summary>
/// <remarks>What is finished has its actual dates as early and as late ones, and no slack.</remarks>
public sealed record Times
{
    public required Activity Activity { get; init; }

    public required ActivityState State { get; init; }

    /// <summary>When it can begin at the earliest, or began.</summary>
    public required DateOnly EarlyStart { get; init; }

    /// <summary>When it can be done at the earliest, or was done.</summary>
    public required DateOnly EarlyFinish { get; init; }

    /// <summary>When it has to begin at the latest (最晚开工) so that every deadline after it is kept; what is under way keeps its actual beginning.</summary>
    public required DateOnly LateStart { get; init; }

    /// <summary>When it has to be done at the latest (最晚完成) so that every deadline after it is kept.</summary>
    public required DateOnly LateFinish { get; init; }

    /// <summary>Total slack (总时差): working days of its pattern by which it can slip until a deadline is missed. Negative where one is missed already.</summary>
    public required int TotalSlack { get; init; }

    /// <summary>Free slack (自由时差): working days by which it can slip before anything after it moves, or its own deadline is missed. Never negative.</summary>
    public required int FreeSlack { get; init; }

    /// <summary>Working days by which it can slip before the end of all that hangs together with it moves. Deadlines play no part.</summary>
    public required int EndSlack { get; init; }

    /// <summary>The dependency that set its early dates; <see langword="null"/> where the day looked at, a fixed date or an actual one did.</summary>
    public Link? HeldBy { get; init; }

    /// <summary>Whether one more day here moves the end, or misses a deadline: it lies on the critical path (关键线路).</summary>
    public bool IsCritical => State is not ActivityState.Finished && (EndSlack <= 0 || TotalSlack <= 0);

    /// <summary>Whether some deadline can no longer be kept, whatever is done in the durations planned (已来不及).</summary>
    public bool IsTooLate => State is not ActivityState.Finished && TotalSlack < 0;

    /// <summary>Whether a deadline stands on it or after it. Without one its late dates only keep the end of all that hangs together with it.</summary>
    public required bool HasDeadline { get; init; }

    /// <summary>Whether it has to begin, or for a node to be reached, between two days, both included. Without a deadline nothing has to.</summary>
    public bool MustStartWithin(DateOnly from, DateOnly to) => HasDeadline && State is ActivityState.Waiting && from <= LateStart && LateStart <= to;
}
