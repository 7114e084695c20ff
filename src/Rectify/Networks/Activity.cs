using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>One node of a network: a piece of work with a duration (工作), or a hand-over node without one (节点).</summary>
/// <remarks>
/// Dates are whole days. Work begins in the morning of its first day and ends in the evening of its last. A node is reached in the evening of its day.
/// </remarks>
public sealed record Activity
{
    /// <summary>Ten years of working days.</summary>
    public const int LongestDays = 2_600;

    public required Guid Id { get; init; }

    /// <summary>What people call it; a refusal names it so.</summary>
    public required string Title { get; init; }

    /// <summary>Working days of its pattern, 0 to 2,600. 0 is a node.</summary>
    /// <exception cref="Refusal">422 <c>activity.days</c>.</exception>
    public required int Days
    {
        get;
        init => field = value is >= 0 and <= LongestDays
            ? value
            : throw Refusal.Invalid("activity.days", "A duration has 0 to 2,600 working days.");
    }

    /// <summary>The days on which it goes on.</summary>
    public required WorkPattern Pattern { get; init; }

    /// <summary>May not begin before this day.</summary>
    public DateOnly? NotBefore { get; init; }

    /// <summary>May not end before this day.</summary>
    public DateOnly? NotFinishedBefore { get; init; }

    /// <summary>Its deadline: the last day on which it may end. It never moves the early dates; it is what backward scheduling starts from.</summary>
    public DateOnly? FinishBy { get; init; }

    /// <summary>The day on which it was begun. A day after the one looked at is not known yet and passed over.</summary>
    public DateOnly? Started { get; init; }

    /// <summary>The day on which it was done. Never recomputed. A day after the one looked at is passed over.</summary>
    public DateOnly? Finished { get; init; }

    /// <summary>Working days still needed from the day looked at, if someone stated so; otherwise what is left of <see cref="Days"/>, at least one.</summary>
    /// <exception cref="Refusal">422 <c>activity.days</c>.</exception>
    public int? Remaining
    {
        get;
        init => field = value is null or (>= 1 and <= LongestDays)
            ? value
            : throw Refusal.Invalid("activity.days", "A remaining duration has 1 to 2,600 working days.");
    }

    public bool IsNode => Days == 0;
}

/// <summary>What of the earlier activity holds back what of the later.</summary>
public enum LinkKind
{
    FinishToStart,
    StartToStart,
    FinishToFinish,
    StartToFinish,
}

/// <summary>A dependency between two activities.</summary>
/// <param name="From">The earlier one.</param>
/// <param name="To">The one that waits.</param>
/// <param name="Lag">Days between; negative where they may overlap. -2,600 to 2,600.</param>
/// <param name="CalendarDays">Whether the lag counts days of the calendar, or working days of the later activity's pattern.</param>
public sealed record Link(Guid From, Guid To, LinkKind Kind = LinkKind.FinishToStart, int Lag = 0, bool CalendarDays = false)
{
    /// <summary>Whether it holds back the beginning of the later activity, or its end.</summary>
    public bool HoldsStart => Kind is LinkKind.FinishToStart or LinkKind.StartToStart;

    /// <summary>Whether it counts from the beginning of the earlier activity, or from its end.</summary>
    public bool FromStart => Kind is LinkKind.StartToStart or LinkKind.StartToFinish;
}
