using System.Globalization;
using Rectify.Calendars;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>On which days around a last day a reminder is due.</summary>
public sealed record ReminderRule
{
    /// <summary>Most days before; also the most between two reminders after.</summary>
    public const int Farthest = 366;

    /// <summary>Calendar days before, each 1 to <see cref="Farthest"/>.</summary>
    public IReadOnlyList<int> Days { get; init => field = value ?? []; } = [];

    /// <summary>Working days before, each 1 to 60.</summary>
    public IReadOnlyList<int> WorkingDays { get; init => field = value ?? []; } = [];

    /// <summary>On the last day itself.</summary>
    public bool OnTheDay { get; init; } = true;

    /// <summary>After the last day, each so many days; 0 for never.</summary>
    public int AfterEvery { get; init; }

    /// <summary>In what the days after are counted.</summary>
    public DayCount AfterCount { get; init; }

    public bool IsValid => Days.All(day => day is >= 1 and <= Farthest) && WorkingDays.All(day => day is >= 1 and <= 60)
        && AfterEvery is >= 0 and <= Farthest && Days.Count + WorkingDays.Count <= 20;

    /// <summary>As the history keeps it: <c>30 15 7 1 / 3 working / on the day / every 7 Calendar</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{string.Join(' ', Days)} / {string.Join(' ', WorkingDays)} working / {(OnTheDay ? "on the day" : "-")} / every {AfterEvery} {AfterCount}");

    /// <summary>The latest day of the rule that is not after <paramref name="today"/>; <see langword="null"/> before the first.</summary>
    /// <remarks>A machine that slept over several such days reminds once, by the last of them.</remarks>
    public DateOnly? OccasionAt(DateOnly due, DateOnly today, WorkingCalendar calendar)
    {
        if (today > due && AfterEvery > 0 && LastAfter(due, today, calendar) is { } after)
        {
            return after;
        }

        return Days.Select(day => due.AddDays(-day))
            .Concat(WorkingDays.Select(day => WorkingDaysBefore(due, day, calendar)))
            .Concat(OnTheDay ? [due] : [])
            .Where(day => day <= today)
            .Select(day => (DateOnly?)day)
            .Max();
    }

    /// <summary>The day on which so many working days are left before <paramref name="due"/>, itself one of them.</summary>
    internal static DateOnly WorkingDaysBefore(DateOnly due, int count, WorkingCalendar calendar)
    {
        var day = due;
        while (count > 0)
        {
            day = day.AddDays(-1);
            count -= calendar.IsWorking(day) ? 1 : 0;
        }

        return day;
    }

    private DateOnly? LastAfter(DateOnly due, DateOnly today, WorkingCalendar calendar)
    {
        if (AfterCount is DayCount.Calendar)
        {
            var times = (today.DayNumber - due.DayNumber) / AfterEvery;
            return times == 0 ? null : due.AddDays(times * AfterEvery);
        }

        var turns = calendar.WorkingDaysBetween(due.AddDays(1), today) / AfterEvery;
        return turns == 0 ? null : calendar.AddWorkingDays(due, turns * AfterEvery, firstDayCounts: false);
    }
}

/// <summary>A programme's rules of reminding. A programme without a row reminds as <see cref="Usual"/> says.</summary>
public sealed class ReminderRules
{
    private ReminderRules() { } // for EF Core

    /// <summary>The programme.</summary>
    public Guid Id { get; private init; }

    public ReminderRule Items { get; private set; } = Usual.Items;

    public ReminderRule Nodes { get; private set; } = Usual.Nodes;

    public ReminderRule Returns { get; private set; } = Usual.Returns;

    public int Version { get; private set; }

    /// <summary>Items and nodes: 30, 15, 7 and 1 days before, on the day, then each 7 days. Returns: 3 working days and 1 day before, on the day, then each working day.</summary>
    public static (ReminderRule Items, ReminderRule Nodes, ReminderRule Returns) Usual { get; } = (
        new() { Days = [30, 15, 7, 1], AfterEvery = 7 },
        new() { Days = [30, 15, 7, 1], AfterEvery = 7 },
        new() { Days = [1], WorkingDays = [3], AfterEvery = 1, AfterCount = DayCount.Working });

    public static ReminderRules Of(Guid programme) => new() { Id = programme };

    /// <exception cref="Refusal">422: days out of reach.</exception>
    public RemindersChanged Change(ReminderRule items, ReminderRule nodes, ReminderRule returns, Actor by, DateTimeOffset now)
    {
        foreach (var (name, rule) in new[] { ("items", items), ("nodes", nodes), ("returns", returns) })
        {
            if (!rule.IsValid)
            {
                throw Refusal.Invalid("reminders.days", $"Rule '{name}': at most 20 days before, each from 1 to {ReminderRule.Farthest} (working days to 60); after, each 0 to {ReminderRule.Farthest} days.", name);
            }
        }

        (Items, Nodes, Returns) = (items, nodes, returns);
        Version++;
        return new() { Subject = Id, By = by, At = now };
    }
}

/// <summary>A programme reminds by other rules; the openings hold them.</summary>
public sealed record RemindersChanged : Fact
{
    public override string Kind => "programme.reminders-changed";
}
