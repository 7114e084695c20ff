using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>A calendar as a person states it; the lines are those of <see cref="ScheduleCalendar"/>.</summary>
public sealed record StatedCalendar(bool EveryDay, string Seasons, string Stops)
{
    /// <summary>What holds where nobody stated anything: offices' days, and the winter stop.</summary>
    public static StatedCalendar Usual { get; } = new(false, "11-15~03-15", "");

    /// <exception cref="Refusal">422: a line that cannot be read, stops that leave nothing, a text that is too long.</exception>
    internal StatedCalendar Checked()
    {
        var clean = new StatedCalendar(EveryDay, Lines(Seasons), Lines(Stops));
        if (clean.Seasons.Length > 500 || clean.Stops.Length > 2_000)
        {
            throw Refusal.Invalid("schedule.calendar", "A calendar has at most 40 stops of a year and 90 dated ones.");
        }

        _ = clean.Site(WorkingCalendar.StateCouncil);
        return clean;
    }

    internal WorkPattern Site(WorkingCalendar holidays) => new(
        holidays, EveryDay ? WorkWeek.EveryDay : WorkWeek.WorkingDays,
        [.. Parts(Seasons).Select(line => line.Split('~') is [var from, var to] && MonthDay(from) is { } first && MonthDay(to) is { } last
            ? new SeasonStop(first.Month, first.Day, last.Month, last.Day) : throw Unreadable(line))],
        [.. Parts(Stops).Select(line => line.Split('~') is [var from, var to] && Day(from) is { } first && Day(to) is { } last && first <= last
            ? new DatedStop(first, last) : throw Unreadable(line))]);

    private static string[] Parts(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Lines(string text) => string.Join('\n', Parts(text.Replace('～', '~').Replace('至', '~')).Select(line => line.Replace(" ", "", StringComparison.Ordinal)));

    // In a leap year, so that 29 February is a day.
    private static DateOnly? MonthDay(string text) => Day($"2024-{text}");

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Refusal Unreadable(string line) =>
        Refusal.Invalid("schedule.stop", $"'{line}' is no stop: write 11-15~03-15 for every year, or 2026-07-01~2026-07-20 for once.", line);
}

/// <summary>The calendars of one programme: for each unit its own, or that of the nearest unit above it that has one.</summary>
public sealed class ScheduleCalendars
{
    // Patterns keep tables of days: one for each calendar of the product and each that was stated, for all who read.
    private static readonly ConcurrentDictionary<(WorkingCalendar Holidays, StatedCalendar? Site, WorkWeek Week), WorkPattern> Known = new();

    private readonly WorkingCalendar holidays;
    private readonly List<(string Path, WorkPattern Site)> own;
    private readonly Dictionary<Guid, string> paths;
    private readonly string region;

    private ScheduleCalendars(WorkingCalendar holidays, List<(string Path, WorkPattern Site)> own, Dictionary<Guid, string> paths, string region) =>
        (this.holidays, this.own, this.paths, this.region) = (holidays, own, paths, region);

    /// <summary>Working days of offices as the product brings them.</summary>
    internal static WorkPattern Offices => Pattern(WorkingCalendar.StateCouncil, null, WorkWeek.WorkingDays);

    /// <param name="units">All units that activities name.</param>
    /// <param name="holidays">Others than the product's, to see what they would do.</param>
    public static async Task<ScheduleCalendars> ReadAsync(Db db, Access reader, Guid programme, IReadOnlyCollection<Guid> units, CancellationToken ct, WorkingCalendar? holidays = null)
    {
        holidays ??= await db.CalendarAsync(ct);
        var stated = await db.ScheduleCalendarsFor(reader).AsNoTracking().Where(one => one.ProgrammeId == programme)
            .Join(db.Units(), one => one.UnitId, unit => unit.Id, (one, unit) => new { Calendar = one, unit.Path }).ToListAsync(ct);
        if (stated.Count == 0)
        {
            return new(holidays, [], [], "");
        }

        var ids = units.Distinct().ToArray();
        var paths = await db.Units().Where(unit => EF.Parameter(ids).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Path, ct);
        var region = await db.ProgrammesFor(reader, Right.Read).Where(one => one.Id == programme).Join(db.Units(), one => one.RegionId, unit => unit.Id, (_, unit) => unit.Path).SingleAsync(ct);
        return new(
            holidays,
            [.. stated.OrderByDescending(one => one.Path.Length).Select(one => (one.Path, Pattern(holidays, new(one.Calendar.EveryDay, one.Calendar.Seasons, one.Calendar.Stops), WorkWeek.WorkingDays)))],
            paths, region);
    }

    /// <summary>The days on which work of a kind goes on for a unit.</summary>
    public WorkPattern For(DayKind kind, Guid? unit) => kind switch
    {
        DayKind.Office => Pattern(holidays, null, WorkWeek.WorkingDays),
        DayKind.Every => Pattern(holidays, null, WorkWeek.EveryDay),
        DayKind.Site => own.Find(one => (unit is { } id ? paths.GetValueOrDefault(id, region) : region).StartsWith(one.Path, StringComparison.Ordinal)).Site ?? Pattern(holidays, StatedCalendar.Usual, WorkWeek.WorkingDays),
    };

    private static WorkPattern Pattern(WorkingCalendar holidays, StatedCalendar? site, WorkWeek week)
    {
        if (Known.Count > 300)
        {
            Known.Clear(); // some hundred kilobytes each
        }

        return Known.GetOrAdd((holidays, site, week), key => key.Site?.Site(key.Holidays) ?? new(key.Holidays, key.Week));
    }
}
