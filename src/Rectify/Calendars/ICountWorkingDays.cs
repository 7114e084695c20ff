using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Calendars;

public enum MovedKind
{
    /// <summary>The last day in time of a round of reporting.</summary>
    RoundDue,

    /// <summary>The day on which a round closes.</summary>
    RoundCloses,

    /// <summary>The last day of a public notice.</summary>
    Notice,

    /// <summary>Until when a step of closing may take.</summary>
    Step,

    /// <summary>The end of a schedule as computed now.</summary>
    Schedule,
}

/// <summary>A day of open work that other holidays move.</summary>
/// <param name="Subject">What has the day; of one subject and kind it is told once.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Href">Its page.</param>
/// <param name="Fact">For the subject's own chain; <see langword="null"/> where the act's entry says enough, or nothing is kept.</param>
public sealed record MovedDay(MovedKind Kind, Guid Subject, string Title, string Href, DateOnly Before, DateOnly After, Fact? Fact = null);

/// <summary>A room whose open work has days that were counted in working days. Each room registers its own.</summary>
internal interface ICountWorkingDays
{
    /// <summary>Counts the days of its open work anew and changes them, but saves nothing. What is over, closed or frozen stays, and so does a day that a person set.</summary>
    /// <param name="before">The calendar by which they were counted.</param>
    Task<IReadOnlyList<MovedDay>> RecountAsync(WorkingCalendar before, WorkingCalendar after, Actor by, CancellationToken ct);
}
