using System.Globalization;
using Rectify.Calendars;

namespace Rectify.Dispatch;

/// <summary>How often units report: 周调度, 月调度, 季调度.</summary>
public enum CycleKind { Weekly, Monthly, Quarterly }

/// <summary>In what the days around a period's end are counted.</summary>
public enum DayCount
{
    /// <summary>自然日.</summary>
    Calendar,

    /// <summary>工作日, with holidays and make-up days.</summary>
    Working,
}

/// <summary>The stretch of time that a round reports on, both days included. Weeks run from Monday to Sunday.</summary>
public readonly record struct ReportPeriod(CycleKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>The period in which a day lies.</summary>
    public static ReportPeriod Of(CycleKind kind, DateOnly day) => kind switch
    {
        CycleKind.Weekly => Week(day),
        CycleKind.Monthly => new(kind, new(day.Year, day.Month, 1), WorkingCalendar.LastDayOf(CalendarPeriod.Month, day)),
        CycleKind.Quarterly => new(
            kind, new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1), WorkingCalendar.LastDayOf(CalendarPeriod.Quarter, day)),
    };

    public ReportPeriod Next => Of(Kind, To.AddDays(1));

    /// <summary>The year that counts it: of a week, the one in which its Thursday lies. Source: ISO 8601.</summary>
    public int Year => Kind is CycleKind.Weekly ? ISOWeek.GetYear(From.ToDateTime(default)) : From.Year;

    /// <summary>Number within the year, counted from 1: week, month or quarter.</summary>
    public int Number => Kind switch
    {
        CycleKind.Weekly => ISOWeek.GetWeekOfYear(From.ToDateTime(default)),
        CycleKind.Monthly => From.Month,
        CycleKind.Quarterly => ((From.Month - 1) / 3) + 1,
    };

    /// <summary>What a log or a test prints. A record's own text would name the next period, whose text names the next, without end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {From:yyyy-MM-dd} {To:yyyy-MM-dd}");

    private static ReportPeriod Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new(CycleKind.Weekly, monday, monday.AddDays(6));
    }
}

/// <summary>When a round opens, is due and closes. Closing holds to the end of its day; due is up to an hour of its own.</summary>
public readonly record struct RoundDays(DateOnly Opens, DateOnly Due, DateOnly Closes)
{
    /// <summary>The same stretch, moved so that it opens on another day.</summary>
    public RoundDays OpeningOn(DateOnly day)
    {
        var by = day.DayNumber - Opens.DayNumber;
        return new(day, Due.AddDays(by), Closes.AddDays(by));
    }

    /// <summary>The moment at which a return is no longer in time.</summary>
    public DateTimeOffset DueAt(TimeOnly time, TimeZoneInfo zone)
    {
        var due = Due.ToDateTime(time);
        return new(due, zone.GetUtcOffset(due));
    }
}

/// <summary>The three days of a round, as distances from its period's last day. -3 is three days before it, 0 the day itself.</summary>
public sealed record RoundRules(int Opens, int Due, int Closes, DayCount Count)
{
    /// <summary>The largest distance, in days.</summary>
    public const int Farthest = 60;

    /// <summary>The hour when nobody has set another: the end of office hours.</summary>
    public static readonly TimeOnly UsualDueTime = new(18, 0);

    /// <summary>Until when on the due day a return is in time, by the region's legal time.</summary>
    public TimeOnly DueTime { get; init; } = UsualDueTime;

    /// <summary>Whether the distances are within reach and in order.</summary>
    public bool IsValid => Opens is >= -Farthest and <= Farthest && Closes is >= -Farthest and <= Farthest && Opens <= Due && Due <= Closes;

    public RoundDays For(ReportPeriod period, WorkingCalendar calendar) =>
        new(Day(period.To, Opens, calendar), Day(period.To, Due, calendar), Day(period.To, Closes, calendar));

    // In working days 0 is the last working day of the period: offices are closed on a Sunday the 31st.
    private DateOnly Day(DateOnly end, int distance, WorkingCalendar calendar)
    {
        if (Count is DayCount.Calendar)
        {
            return end.AddDays(distance);
        }

        if (distance > 0)
        {
            return calendar.AddWorkingDays(end, distance, firstDayCounts: false);
        }

        var day = end;
        for (var left = distance; ; day = day.AddDays(-1))
        {
            if (calendar.IsWorking(day) && left++ == 0)
            {
                return day;
            }
        }
    }
}
