using System.Globalization;
using System.Xml.Linq;
using Rectify.Networks;

namespace Rectify.Schedule;

/// <summary>A schedule as Microsoft Project's XML, so that other programs for planning can work on it. <see cref="ProjectFile"/> reads it back.</summary>
/// <remarks>
/// What a task of the format has no field for is carried in custom dates whose aliases begin with <see cref="Alias"/>: so that what the record says, or was computed, does not come back as if somebody
/// had planned or reported it. A day is 480 minutes of work; a node has none. Calendars carry holidays, make-up days and stops as exceptions from two years before the day looked at to eight
/// years after it.
/// Source: Microsoft Project 2007 SDK, Project XML Data Interchange Schema (mspdi_pj12.xsd): order and meaning of the elements.
/// </remarks>
public static class ProjectXml
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int Largest = 20 * 1024 * 1024;

    internal const int MinutesPerDay = 480;

    /// <summary>What the aliases of our custom dates begin with: files from elsewhere use the same fields for something else.</summary>
    internal const string Alias = "Rectify ";

    /// <summary>Custom dates by their place, Date1 and so on: the activity's own deadline where <see cref="Recorded"/> is another; the deadline of item, measure or node that was written as the task's; no end before, beside no beginning before; a beginning and an end that nobody stated in the plan.</summary>
    internal const int OwnDeadline = 1, Recorded = 2, NoEndBefore = 3, TakenStart = 4, TakenFinish = 5;

    private static readonly string[] Aliases = ["own deadline", "deadline of the record", "not finished before", "start not stated", "finish not stated"];

    // Date1 of a task. Source: PjField, pjTaskDate1
    private const int Date1 = 188_743_945;

    internal static string FieldOf(int date) => (Date1 + date - 1).ToString(CultureInfo.InvariantCulture);

    private static readonly XNamespace Ns = "http://schemas.microsoft.com/project";

    // Type of a link as the format counts them.
    internal static readonly LinkKind[] Kinds = [LinkKind.FinishToFinish, LinkKind.FinishToStart, LinkKind.StartToFinish, LinkKind.StartToStart];

    public static XDocument Write(ItemTimetable of, string name)
    {
        var patterns = of.Dates.All.Select(one => one.Activity.Pattern).Distinct().ToList();
        var uid = of.Dates.All.Index().ToDictionary(one => one.Item.Activity.Id, one => one.Index + 1);
        var start = of.Dates.All.Select(one => one.EarlyStart).Append(of.Dates.On).Min();
        var stated = of.Version is { } version ? version.Plan : of.Plan;
        return new(new XDeclaration("1.0", "UTF-8", "yes"), new XElement(
            Ns + "Project", Of("SaveVersion", 12), Of("Name", name), Of("Title", name), Of("ScheduleFromStart", 1), Of("StartDate", Morning(start)), Of("FinishDate", Evening(of.Dates.Finish ?? start)),
            Of("CriticalSlackLimit", 0), Of("CalendarUID", 1), Of("DefaultStartTime", "08:00:00"), Of("DefaultFinishTime", "17:00:00"), Of("MinutesPerDay", MinutesPerDay), Of("MinutesPerWeek", 2400),
            Of("DaysPerMonth", 20), Of("DurationFormat", 7), Of("StatusDate", Morning(of.Dates.On)), Of("CurrentDate", Morning(of.Dates.On)),
            new XElement(Ns + "ExtendedAttributes", Aliases.Select((alias, i) => new XElement(Ns + "ExtendedAttribute", Of("FieldID", FieldOf(i + 1)), Of("FieldName", $"Date{i + 1}"), Of("Alias", Alias + alias)))),
            new XElement(Ns + "Calendars", (patterns.Count == 0 ? [ScheduleCalendars.Offices] : patterns).Select((pattern, i) => Calendar(pattern, i + 1, of.Dates.On))),
            new XElement(Ns + "Tasks", of.Dates.All.Select(times => Task(of, times, stated, uid, patterns)))));
    }

    private static XElement Task(ItemTimetable of, Times times, ActivityPlan stated, Dictionary<Guid, int> uid, List<WorkPattern> patterns)
    {
        var (activity, one) = (times.Activity, of.Plan.Find(times.Activity.Id)!);
        var (begins, ends) = (activity.IsNode ? Evening(times.EarlyStart) : Morning(times.EarlyStart), Evening(times.EarlyFinish));
        var (constraint, on) = one.NotBefore is { } from ? (4, Morning(from)) : one.NotFinishedBefore is { } until ? (6, Evening(until)) : (0, (string?)null);
        var begun = times.State is ActivityState.Waiting ? null : begins;
        var ended = times.State is ActivityState.Finished ? ends : null;
        var said = stated.Find(activity.Id);
        var remaining = times.State is ActivityState.Underway && one.Remaining is not null ? activity.Remaining : null;
        var percent = ended is not null ? 100 : remaining is { } left && activity.Days > left ? 100 * (activity.Days - left) / activity.Days : 0;
        return new(
            Ns + "Task", Of("UID", uid[activity.Id]), Of("GUID", activity.Id.ToString("D").ToUpperInvariant()), Of("ID", uid[activity.Id]), Of("Name", one.Title), Of("Type", 1), Of("IsNull", 0), Of("WBS", one.Code),
            Of("OutlineNumber", uid[activity.Id]), Of("OutlineLevel", 1), Of("Priority", 500), Of("Start", begins), Of("Finish", ends), Of("Duration", Duration(activity.Days)), Of("DurationFormat", 7), Of("Work", Duration(activity.Days)), // planner reads no task without
            Of("Milestone", activity.IsNode ? 1 : 0), Of("Summary", 0), Of("Critical", times.IsCritical ? 1 : 0),
            Of("FreeSlack", times.FreeSlack * MinutesPerDay * 10), Of("TotalSlack", times.TotalSlack * MinutesPerDay * 10), Of("PercentComplete", percent),
            begun is null ? null : Of("ActualStart", begun), ended is null ? null : Of("ActualFinish", ended), remaining is { } still ? Of("RemainingDuration", Duration(still)) : null,
            Of("ConstraintType", constraint), Of("CalendarUID", patterns.IndexOf(activity.Pattern) + 1), on is null ? null : Of("ConstraintDate", on),
            activity.FinishBy is { } deadline ? Of("Deadline", Evening(deadline)) : null,
            of.Dates.Network.Links.Where(link => link.To == activity.Id).Select(link => new XElement(
                Ns + "PredecessorLink", Of("PredecessorUID", uid[link.From]), Of("Type", Array.IndexOf(Kinds, link.Kind)), Of("CrossProject", 0),
                Of("LinkLag", link.Lag * (link.CalendarDays ? 1_440 : MinutesPerDay) * 10), Of("LagFormat", link.CalendarDays ? 8 : 7))),
            activity.FinishBy != one.FinishBy ? [Custom(OwnDeadline, one.FinishBy is { } own ? Evening(own) : null), Custom(Recorded, Evening(activity.FinishBy!.Value))] : Array.Empty<XElement?>(),
            one is { NotBefore: not null, NotFinishedBefore: { } least } ? Custom(NoEndBefore, Evening(least)) : null,
            Custom(TakenStart, said?.Started is null ? begun : null), Custom(TakenFinish, said?.Finished is null ? ended : null));
    }

    private static XElement? Custom(int date, string? value) => value is null ? null : new(Ns + "ExtendedAttribute", Of("FieldID", FieldOf(date)), Of("Value", value));

    // Runs of days that differ from the week, as exceptions.
    private static XElement Calendar(WorkPattern pattern, int uid, DateOnly on)
    {
        bool Usual(DateOnly day) => pattern.Week is WorkWeek.EveryDay || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        var (first, last) = (new DateOnly(on.Year - 2, 1, 1), new DateOnly(on.Year + 8, 12, 31));
        List<(DateOnly From, DateOnly To, bool Works)> runs = [];
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var works = pattern.IsWorking(day);
            if (runs.Count > 0 && runs[^1].To == day.AddDays(-1) && runs[^1].Works == works && (works != Usual(day) || !works))
            {
                runs[^1] = runs[^1] with { To = day }; // a weekend within a stop belongs to it
            }
            else if (works != Usual(day))
            {
                runs.Add((day, day, works));
            }
        }

        return new(
            Ns + "Calendar", Of("UID", uid), Of("Name", pattern.Week is WorkWeek.EveryDay ? $"Every day {uid}" : $"Working days {uid}"), Of("IsBaseCalendar", 1), Of("BaseCalendarUID", -1),
            new XElement(
                Ns + "WeekDays",
                Enumerable.Range(0, 7).Select(day => WeekDay(day + 1, pattern.Week is WorkWeek.EveryDay || day is not (0 or 6), null)),
                runs.Select(run => WeekDay(0, run.Works, run))));
    }

    private static XElement WeekDay(int type, bool works, (DateOnly From, DateOnly To, bool Works)? run) => new(
        Ns + "WeekDay", Of("DayType", type), Of("DayWorking", works ? 1 : 0),
        run is { } dates ? new XElement(Ns + "TimePeriod", Of("FromDate", $"{dates.From:yyyy-MM-dd}T00:00:00"), Of("ToDate", $"{dates.To:yyyy-MM-dd}T23:59:00")) : null,
        works ? new XElement(Ns + "WorkingTimes", Hours("08:00:00", "12:00:00"), Hours("13:00:00", "17:00:00")) : null);

    private static XElement Hours(string from, string to) => new(Ns + "WorkingTime", Of("FromTime", from), Of("ToTime", to));

    private static string Duration(int days) => string.Create(CultureInfo.InvariantCulture, $"PT{days * 8}H0M0S");

    private static string Morning(DateOnly day) => $"{day:yyyy-MM-dd}T08:00:00";

    private static string Evening(DateOnly day) => $"{day:yyyy-MM-dd}T17:00:00";

    private static XElement Of(string name, object value) => new(Ns + name, value);
}
