namespace Rectify.Tasks.Timeline;

/// <summary>A node of the plan (交账节点): what is to be shown by a date.</summary>
public sealed record Milestone(int No, DateOnly Due);

/// <summary>A measure (措施) as far as progress depends on it.</summary>
/// <param name="No">Its number within the item.</param>
/// <param name="Due">Its own fixed date; <see langword="null"/> if it has none or is due with the item.</param>
/// <param name="Recurring">Whether it is done again and again. Without a quantity such a measure does not count for progress.</param>
/// <param name="Quantity">What is counted, if anything.</param>
public sealed record Measure(int No, DateOnly? Due = null, bool Recurring = false, Quantity? Quantity = null)
{
    /// <summary>Whether the item's progress depends on it. All measures that count weigh the same.</summary>
    public bool Counts => Quantity is not null || !Recurring;
}

/// <summary>From where to where a quantity has to go; it falls if the target is below the baseline. The two differ.</summary>
public sealed record Quantity(decimal Baseline, decimal Target)
{
    /// <summary>0 at or before the baseline, 1 at or beyond the target.</summary>
    public decimal ShareAt(decimal value) =>
        Target == Baseline ? 1 : Math.Clamp((value - Baseline) / (Target - Baseline), 0, 1);
}

/// <summary>All that the status of an item depends on.</summary>
public sealed record TimelineInput
{
    /// <summary>The deadline of the approved plan; <see langword="null"/> where the plan names none (立行立改 or 长期坚持 alone).</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>Whether duties go on after closing (长期坚持).</summary>
    public bool Standing { get; init; }

    /// <summary>The same as a fact <see cref="FactKind.PlanApproved"/> on this day, for items of one plan.</summary>
    public DateOnly? PlanApprovedOn { get; init; }

    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>What happened, in any order, without voided facts.</summary>
    public IReadOnlyList<DatedFact> Facts { get; init; } = [];

    public StatusRules Rules { get; init; } = StatusRules.Default;
}

/// <summary>The margins of statuses and lights: configuration of the programme, since regions differ.</summary>
/// <remarks>
/// No national rule gives these numbers. The first three defaults are the margins of the sample programme; the others are this
/// product's, and an office sets its own.
/// </remarks>
public sealed record StatusRules
{
    public static StatusRules Default { get; } = new();

    /// <summary>More than this many points below what is planned is behind (未达序时进度). 0 to 100.</summary>
    public int BehindPoints { get; init; } = 10;

    /// <summary>At least this many points above what is planned is ahead (超过序时进度). 1 to 100.</summary>
    public int AheadPoints { get; init; } = 10;

    /// <summary>A node reached more than this many days before its date makes the item ahead until that many days before the date.</summary>
    public int EarlyMilestoneDays { get; init; } = 30;

    /// <summary>At least this many points below what is planned is red. At least <see cref="BehindPoints"/>.</summary>
    public int RedPoints { get; init; } = 20;

    /// <summary>
    /// A node missed turns red this many days after its date. A returned or reopened item turns red this many days after
    /// the return, if its deadline has passed by then.
    /// </summary>
    public int RedAfterDays { get; init; } = 30;

    /// <summary>Within this many days before the deadline, progress below what is planned is yellow, however little.</summary>
    public int YellowDaysBeforeDue { get; init; } = 30;

    /// <summary>An item that was red stays yellow for this many days after it has caught up. At least 1.</summary>
    public int CatchUpDays { get; init; } = 30;
}
