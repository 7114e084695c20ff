namespace Rectify.Forecast;

/// <summary>A task as far as it was known on a day: all that a forecast of that day may use.</summary>
public sealed record KnownTask(Guid Id)
{
    /// <summary>The type of task, or where none is set its aspect; tasks of one kind tell more of each other. Empty for none.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The unit that leads.</summary>
    public Guid? Lead { get; init; }

    public DateOnly? StartedOn { get; init; }

    /// <summary>The deadline that was in force; <see langword="null"/> where the plan names no date.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>The day from which on it counted as done; <see langword="null"/> while it is open.</summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>Percent done at the ends of months since work began, the last before completion or before the day; 0 to 99.</summary>
    public IReadOnlyList<(DateOnly On, int Percent)> Progress { get; init; } = [];

    /// <summary>Percent done on the day; <see langword="null"/> if nothing is known.</summary>
    public int? Percent { get; init; }

    /// <summary>Hand-over nodes due by the day, and those of them not reached or reached late.</summary>
    public (int Due, int Late) Nodes { get; init; }

    /// <summary>Whether the other one tells more of this one than any other: of its kind, or led by the same unit.</summary>
    public bool IsLike(KnownTask other) => IsOfKind(other) || (Lead is { } lead && lead == other.Lead);

    internal bool IsOfKind(KnownTask other) => Kind.Length > 0 && Kind == other.Kind;

    /// <summary>Days that the plan gave it, from its beginning to its deadline; <see langword="null"/> where either is not known.</summary>
    internal int? Planned => StartedOn is { } start && DueOn is { } due && start < due ? due.DayNumber - start.DayNumber : null;

    /// <summary>Days from the deadline to completion, negative if early; where it is open, those that passed without it.</summary>
    internal int DelayOn(DateOnly on) => (DoneOn ?? on).DayNumber - DueOn!.Value.DayNumber;

    /// <summary>What each month added, in points; completion adds the rest.</summary>
    internal IEnumerable<int> Steps()
    {
        var before = 0;
        foreach (var (_, percent) in Progress)
        {
            yield return Math.Max(0, percent - before);
            before = percent;
        }

        if (DoneOn is not null && before > 0)
        {
            yield return 100 - before;
        }
    }
}
