namespace Rectify.Forecast;

/// <summary>Why there is no forecast.</summary>
public enum NoForecast
{
    /// <summary>Done already.</summary>
    Done,

    /// <summary>The plan names no date to be met.</summary>
    NoDate,

    /// <summary>Fewer than <see cref="ForecastModel.FewestEnded"/> tasks with a date have ended yet.</summary>
    TooFew,
}

/// <summary>When an open task is likely to be finished, as seen on a day with what was known then.</summary>
/// <param name="Chance">To be finished by the end of the deadline's day, 0 to 1; 0 once it has passed.</param>
/// <param name="Early">With a chance of 10 % it is finished by then; <see langword="null"/> where that lies beyond what can be said.</param>
/// <param name="Likely">As likely earlier as later.</param>
/// <param name="Late">With a chance of 90 % it is finished by then.</param>
public sealed record ItemForecast(KnownTask Task, double Chance, DateOnly? Early, DateOnly? Likely, DateOnly? Late)
{
    /// <summary>The chance by the history of deadlines alone.</summary>
    public required double ByHistory { get; init; }

    /// <summary>The chance by progress alone; <see langword="null"/> where too little progress is known.</summary>
    public required double? ByProgress { get; init; }

    /// <summary>The weight of "we do not know", 0 to 1: the smaller, the more tasks have ended.</summary>
    public required double Unknown { get; init; }

    /// <summary>Tasks with a date whose outcome was known, and those of them that were in time; the same of tasks like this one.</summary>
    public required (int Ended, int Met) All { get; init; }

    public required (int Ended, int Met) Like { get; init; }

    /// <summary>The median of the days from deadline to completion, those still open counted by Kaplan and Meier; negative is early. <see langword="null"/> while more than half are open.</summary>
    public required int? MedianDelay { get; init; }

    /// <summary>Points that it gained in a month on the mean, and that it would need.</summary>
    public required (decimal Had, decimal Needs)? Pace { get; init; }

    /// <summary>Percent of the time from the beginning to the deadline that has passed; <see langword="null"/> if it has not begun.</summary>
    public required int? TimeGone { get; init; }
}
