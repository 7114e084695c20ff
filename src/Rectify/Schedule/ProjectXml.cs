using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Rectify.Networks;
using Rectify.Platform;

namespace Rectify.Schedule;

/// <summary>A schedule as Microsoft Project's XML, out and in, so that other programs for planning can work on it.</summary>
/// <remarks>
/// A day is 480 minutes of work; a node has none. Calendars carry holidays, make-up days and stops as exceptions from two years before the day looked at to eight
/// years after it. Reading takes what our plans know: tasks without their summaries, durations, links with lags, constraints that say "no earlier" or "no
/// later", deadlines and actual dates; resources, costs and splits are passed over. Ids in GUID that the plan knows, and codes in WBS, come back as they went.
/// Source: Microsoft Project 2007 SDK, Project XML Data Interchange Schema (mspdi_pj12.xsd): order and meaning of the elements.
/// </remarks>
public static class ProjectXml
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int Largest = 20 * 1024 * 1024;

    private const int MinutesPerDay = 480;

    private static readonly XNamespace Ns = "http://schemas.microsoft.com/project";

    // Type of a link as the format counts them.
    private static readonly LinkKind[] Kinds = [LinkKind.FinishToFinish, LinkKind.FinishToStart, LinkKind.StartToFinish, LinkKind.StartToStart];

    public static XDocument Write(ItemTimetable of, string name)
    {
        var patterns = of.Dates.All.Select(one => one.Activity.Pattern).Distinct().ToList();
        var uid = of.Dates.All.Index().ToDictionary(one => one.Item.Activity.Id, one => one.Index + 1);
        var start = of.Dates.All.Select(one => one.EarlyStart).Append(of.Dates.On).Min();
        return new(new XDeclaration("1.0", "UTF-8", "yes"), new XElement(
            Ns + "Project", Of("SaveVersion", 12), Of("Name", name), Of("Title", name), Of("ScheduleFromStart", 1), Of("StartDate", Morning(start)), Of("FinishDate", Evening(of.Dates.Finish ?? start)),
            Of("CriticalSlackLimit", 0), Of("CalendarUID", 1), Of("DefaultStartTime", "08:00:00"), Of("DefaultFinishTime", "17:00:00"), Of("MinutesPerDay", MinutesPerDay), Of("MinutesPerWeek", 2400),
            Of("DaysPerMonth", 20), Of("DurationFormat", 7), Of("StatusDate", Morning(of.Dates.On)), Of("CurrentDate", Morning(of.Dates.On)),
            new XElement(Ns + "Calendars", (patterns.Count == 0 ? [ScheduleCalendars.Offices] : patterns).Select((pattern, i) => Calendar(pattern, i + 1, of.Dates.On))),
            new XElement(Ns + "Tasks", of.Dates.All.Select(times => Task(of, times, uid, patterns)))));
    }

    /// <summary>Activities read from a file. Nothing is saved; the caller shows them and asks.</summary>
    /// <param name="known">The plan in force: an activity that it knows by id keeps what the format cannot carry.</param>
    /// <exception cref="Refusal">422 <c>project.xml</c>: no such file, or one without tasks. <c>network.cycle</c> and the like: its plan cannot be.</exception>
    public static ActivityPlan Read(Stream file, ActivityPlan known)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(file, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Largest });
            document = XDocument.Load(reader);
        }
        catch (XmlException wrong)
        {
            throw Refusal.Invalid("project.xml", $"This is no XML of Microsoft Project: line {wrong.LineNumber}.", wrong.LineNumber);
        }

        // Older files have no namespace; what matters is the names.
        var root = document.Root;
        var minutes = Number(root, "MinutesPerDay") is { } day and > 0 ? day : MinutesPerDay;
        var tasks = (Child(root, "Tasks")?.Elements() ?? []).Where(task => task.Name.LocalName == "Task" && Number(task, "IsNull") is not 1 && Number(task, "Summary") is not 1 && Number(task, "UID") is not (null or 0)).ToList();
        if (root?.Name.LocalName != "Project" || tasks.Count == 0)
        {
            throw Refusal.Invalid("project.xml", "This is no XML of Microsoft Project, or it has no tasks.", 1);
        }

        var every = EveryDayCalendars(root);
        HashSet<string> codes = new(StringComparer.Ordinal);
        var code = tasks.ToDictionary(task => Text(task, "UID"), task => Code(task, codes));
        return new ActivityPlan([.. tasks.Select(task =>
        {
            // An id that comes from another item's plan, or another program, is none of ours.
            var old = Guid.TryParse(Text(task, "GUID"), out var guid) ? known.Find(guid) : null;
            var (constraint, on) = (Number(task, "ConstraintType"), Date(task, "ConstraintDate"));
            var (started, finished) = (Date(task, "ActualStart"), Date(task, "ActualFinish"));
            var kind = every.Contains(Text(task, "CalendarUID")) ? DayKind.Every : old is { Kind: not DayKind.Every } ? old.Kind : DayKind.Office;
            return (old ?? new PlannedActivity(Guid.CreateVersion7(), "", "", 0)) with
            {
                Code = code[Text(task, "UID")],
                Title = Text(task, "Name").Trim() is { Length: > 0 } title ? title[..Math.Min(100, title.Length)] : code[Text(task, "UID")],
                Days = Number(task, "Milestone") is 1 ? 0 : Math.Clamp(Days(Text(task, "Duration"), minutes, Number(task, "DurationFormat")), 0, Activity.LongestDays),
                Kind = kind,
                NotBefore = constraint is 2 or 4 ? on : null, // must start on; start no earlier than
                NotFinishedBefore = constraint is 3 or 6 ? on : null, // must finish on; finish no earlier than
                FinishBy = Date(task, "Deadline") ?? (constraint is 3 or 7 ? on : null), // must finish on; finish no later than
                Started = started,
                Finished = finished,
                Remaining = null,
                RemainingOn = null,
                After = LinkText.Write(task.Elements().Where(link => link.Name.LocalName == "PredecessorLink" && code.ContainsKey(Text(link, "PredecessorUID"))).Select(link =>
                {
                    var elapsed = IsElapsed(Number(link, "LagFormat"));
                    var lag = (Number(link, "LinkLag") ?? 0) / 10m / (elapsed ? 1_440 : minutes);
                    return new LinkText.Part(
                        code[Text(link, "PredecessorUID")], Number(link, "Type") is { } type and >= 0 and <= 3 ? Kinds[type] : LinkKind.FinishToStart,
                        (int)decimal.Round(lag, MidpointRounding.AwayFromZero), elapsed && lag != 0);
                }).DistinctBy(part => (part.Code, part.Kind)).Concat(old is null ? [] : LinkText.Read(old.After).Where(part => part.Item is not null))),
            };
        })]).Checked();
    }

    private static XElement Task(ItemTimetable of, Times times, Dictionary<Guid, int> uid, List<WorkPattern> patterns)
    {
        var (activity, one) = (times.Activity, of.Plan.Find(times.Activity.Id)!);
        var (begins, ends) = (activity.IsNode ? Evening(times.EarlyStart) : Morning(times.EarlyStart), Evening(times.EarlyFinish));
        var (constraint, on) = one.NotBefore is { } from ? (4, Morning(from)) : one.NotFinishedBefore is { } until ? (6, Evening(until)) : (0, (string?)null);
        var begun = times.State is ActivityState.Waiting ? null : begins;
        return new(
            Ns + "Task", Of("UID", uid[activity.Id]), Of("GUID", activity.Id.ToString("D").ToUpperInvariant()), Of("ID", uid[activity.Id]), Of("Name", one.Title), Of("Type", 1), Of("IsNull", 0), Of("WBS", one.Code),
            Of("OutlineNumber", uid[activity.Id]), Of("OutlineLevel", 1), Of("Priority", 500), Of("Start", begins), Of("Finish", ends), Of("Duration", Duration(activity.Days)), Of("DurationFormat", 7), Of("Work", Duration(activity.Days)), // planner reads no task without
            Of("Milestone", activity.IsNode ? 1 : 0), Of("Summary", 0), Of("Critical", times.IsCritical ? 1 : 0),
            Of("FreeSlack", times.FreeSlack * MinutesPerDay * 10), Of("TotalSlack", times.TotalSlack * MinutesPerDay * 10), Of("PercentComplete", times.State is ActivityState.Finished ? 100 : 0),
            begun is null ? null : Of("ActualStart", begun), times.State is ActivityState.Finished ? Of("ActualFinish", ends) : null,
            Of("ConstraintType", constraint), Of("CalendarUID", patterns.IndexOf(activity.Pattern) + 1), on is null ? null : Of("ConstraintDate", on),
            one.FinishBy is { } deadline ? Of("Deadline", Evening(deadline)) : null,
            of.Dates.Network.Links.Where(link => link.To == activity.Id).Select(link => new XElement(
                Ns + "PredecessorLink", Of("PredecessorUID", uid[link.From]), Of("Type", Array.IndexOf(Kinds, link.Kind)), Of("CrossProject", 0),
                Of("LinkLag", link.Lag * (link.CalendarDays ? 1_440 : MinutesPerDay) * 10), Of("LagFormat", link.CalendarDays ? 8 : 7))));
    }

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

    private static HashSet<string> EveryDayCalendars(XElement root) =>
    [
        .. (Child(root, "Calendars")?.Elements() ?? [])
            .Where(calendar => (Child(calendar, "WeekDays")?.Elements() ?? []).Count(day => Number(day, "DayType") is >= 1 and <= 7 && Number(day, "DayWorking") is 1) == 7)
            .Select(calendar => Text(calendar, "UID")),
    ];

    private static string Code(XElement task, HashSet<string> codes)
    {
        var wbs = Text(task, "WBS").Replace(' ', '_');
        var code = wbs.Length is >= 1 and <= 20 && wbs.All(c => char.IsLetterOrDigit(c) || c is '.' or '_') ? wbs : $"T{Text(task, "UID")}";
        for (var n = 0; !codes.Add(code); n++)
        {
            code = n == 0 ? $"T{Text(task, "UID")}" : $"T{Text(task, "UID")}_{n}";
        }

        return code;
    }

    // PT80H0M0S: hours of work, or for elapsed durations of the clock.
    private static int Days(string duration, int minutes, int? format)
    {
        try
        {
            var time = XmlConvert.ToTimeSpan(duration is "" ? "PT0S" : duration);
            return (int)Math.Ceiling(time.TotalMinutes / (IsElapsed(format) ? 1_440 : minutes));
        }
        catch (FormatException)
        {
            throw Refusal.Invalid("project.duration", $"'{duration}' is no duration of Microsoft Project.", duration);
        }
    }

    // Minutes, hours, days, weeks and months of the clock, and the same where estimated.
    private static bool IsElapsed(int? format) => format is 4 or 6 or 8 or 10 or 12 or 36 or 38 or 40 or 42 or 44;

    private static string Duration(int days) => string.Create(CultureInfo.InvariantCulture, $"PT{days * 8}H0M0S");

    private static string Morning(DateOnly day) => $"{day:yyyy-MM-dd}T08:00:00";

    private static string Evening(DateOnly day) => $"{day:yyyy-MM-dd}T17:00:00";

    private static XElement Of(string name, object value) => new(Ns + name, value);

    private static XElement? Child(XElement? of, string name) => of?.Elements().FirstOrDefault(one => one.Name.LocalName == name);

    private static string Text(XElement of, string name) => Child(of, name)?.Value ?? "";

    private static int? Number(XElement? of, string name) =>
        double.TryParse(Child(of, name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    private static DateOnly? Date(XElement of, string name) =>
        DateTime.TryParse(Text(of, name), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? DateOnly.FromDateTime(at) : null;
}
