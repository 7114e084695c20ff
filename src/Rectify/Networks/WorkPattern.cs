using Rectify.Calendars;
using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>A stretch of every year in which no work is done, such as the winter stop of building (冬季停工) from 15 November to 15 March.</summary>
/// <remarks>Both ends are included. One that ends before it begins goes over the turn of the year. 29 February counts as 28 February in other years.</remarks>
public sealed record SeasonStop
{
    /// <exception cref="Refusal">422 <c>pattern.season</c>: no day of the year.</exception>
    public SeasonStop(int fromMonth, int fromDay, int toMonth, int toDay)
    {
        if (fromMonth is < 1 or > 12 || toMonth is < 1 or > 12
            || fromDay < 1 || fromDay > DateTime.DaysInMonth(2024, fromMonth) || toDay < 1 || toDay > DateTime.DaysInMonth(2024, toMonth))
        {
            throw Refusal.Invalid("pattern.season", "A stop goes from one day of the year to another, such as 11-15 to 03-15.");
        }

        (FromMonth, FromDay, ToMonth, ToDay) = (fromMonth, fromDay, toMonth, toDay);
    }

    public int FromMonth { get; }

    public int FromDay { get; }

    public int ToMonth { get; }

    public int ToDay { get; }

    public bool Covers(DateOnly day)
    {
        var (from, to) = (In(day.Year, FromMonth, FromDay), In(day.Year, ToMonth, ToDay));
        return from <= to ? from <= day && day <= to : day >= from || day <= to;
    }

    // One stretch of a year, or its beginning and its end.
    internal IEnumerable<(DateOnly From, DateOnly To)> Within(int year)
    {
        var (from, to) = (In(year, FromMonth, FromDay), In(year, ToMonth, ToDay));
        return from <= to ? [(from, to)] : [(new(year, 1, 1), to), (from, new(year, 12, 31))];
    }

    private static DateOnly In(int year, int month, int day) => new(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)));
}

/// <summary>Days off of one unit or site, once: a ban on building, a flood.</summary>
/// <param name="To">Included.</param>
public readonly record struct DatedStop(DateOnly From, DateOnly To);

/// <summary>On which days of a week work is done.</summary>
public enum WorkWeek
{
    /// <summary>Working days as offices have them, with public holidays and 调休.</summary>
    WorkingDays,

    /// <summary>Every day of the calendar (自然日): monitoring, growth, notices counted so.</summary>
    EveryDay,
}

/// <summary>The days on which a unit, or a kind of work, goes on: a calendar for durations.</summary>
/// <remarks>
/// Immutable. Make one instance for each calendar and share it among activities: it keeps a table of days that is made once.
/// A new year's holidays make a new <see cref="WorkingCalendar"/> and with it new patterns; what has actual dates does not depend on either.
/// </remarks>
public sealed class WorkPattern
{
    private readonly Lazy<DayTable> table;

    /// <exception cref="Refusal">422 <c>pattern.never</c>: the stops leave less than thirty days of work in a year.</exception>
    public WorkPattern(WorkingCalendar holidays, WorkWeek week = WorkWeek.WorkingDays, IReadOnlyList<SeasonStop>? seasons = null, IReadOnlyList<DatedStop>? stops = null)
    {
        (Holidays, Week, Seasons, Stops) = (holidays, week, seasons ?? [], stops ?? []);
        if (Seasons.Count > 0 && Enumerable.Range(0, 365).Count(n => !Seasons.Any(season => season.Covers(new DateOnly(2025, 1, 1).AddDays(n)))) < 30)
        {
            throw Refusal.Invalid("pattern.never", "The stops leave less than thirty days of work in a year.");
        }

        table = new(Table);
    }

    /// <summary>Building stops from 15 November to 15 March, as the north of the country has it.</summary>
    public static SeasonStop WinterStop { get; } = new(11, 15, 3, 15);

    public WorkingCalendar Holidays { get; }

    public WorkWeek Week { get; }

    public IReadOnlyList<SeasonStop> Seasons { get; }

    public IReadOnlyList<DatedStop> Stops { get; }

    internal DayTable Days => table.Value;

    public bool IsWorking(DateOnly day) =>
        (Week is WorkWeek.EveryDay || Holidays.IsWorking(day)) && !Seasons.Any(season => season.Covers(day)) && !Stops.Any(stop => stop.From <= day && day <= stop.To);

    // All days at once: asked one by one, the table of eighty years takes a hundred times as long.
    private DayTable Table()
    {
        var works = new bool[DayTable.End - DayTable.First];
        if (Week is WorkWeek.EveryDay)
        {
            Array.Fill(works, true);
        }
        else
        {
            Holidays.Mark(works, DayTable.First);
        }

        void Clear(DateOnly from, DateOnly to)
        {
            var (first, last) = (Math.Max(from.DayNumber - DayTable.First, 0), Math.Min(to.DayNumber - DayTable.First, works.Length - 1));
            if (first <= last)
            {
                works.AsSpan(first, last - first + 1).Clear();
            }
        }

        var years = Enumerable.Range(DateOnly.FromDayNumber(DayTable.First).Year, DateOnly.FromDayNumber(DayTable.End).Year - DateOnly.FromDayNumber(DayTable.First).Year).ToList();
        foreach (var (from, to) in Seasons.SelectMany(season => years.SelectMany(season.Within)).Concat(Stops.Select(stop => (stop.From, stop.To))))
        {
            Clear(from, to);
        }

        return new(works);
    }

    /// <summary>How many of its days lie in the period, both ends included; 0 if it ends before it begins.</summary>
    public int DaysBetween(DateOnly from, DateOnly to) => Math.Max(0, Days.Before(to.DayNumber + 1) - Days.Before(from.DayNumber));
}
