using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Rectify.Networks;
using Rectify.Platform;

namespace Rectify.Schedule;

/// <summary>Something in a file that our plans do not carry, or carry otherwise.</summary>
/// <param name="Key">A text of the resources that takes a list.</param>
/// <param name="Which">Codes or names of the tasks that it concerns; empty where it concerns the file.</param>
public sealed record ProjectNote(string Key, IReadOnlyList<string> Which);

/// <summary>A plan read from Microsoft Project's XML, for people to look at before it is saved.</summary>
/// <remarks>
/// Reading takes what our plans know: tasks without their summaries, durations, links with lags, constraints that say "no earlier" or "no later", deadlines and actual dates; resources, costs and
/// splits are passed over. Ids in GUID that the plan knows, and codes in WBS, come back as they went. Source: Microsoft Project 2007 SDK, mspdi_pj12.xsd; what Microsoft Project 2010 added (Active, Manual).
/// </remarks>
public sealed record ProjectFile(ActivityPlan Plan, IReadOnlyList<ProjectNote> Notes)
{
    /// <param name="known">The plan in force: an activity that it knows by id keeps what the format cannot carry.</param>
    /// <exception cref="Refusal">422 <c>project.xml</c>: no such file, or one without tasks. <c>network.cycle</c> and the like: its plan cannot be.</exception>
    public static ProjectFile Read(Stream file, ActivityPlan known)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(file, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = ProjectXml.Largest });
            document = XDocument.Load(reader);
        }
        catch (XmlException wrong)
        {
            throw Refusal.Invalid("project.xml", $"This is no XML of Microsoft Project: line {wrong.LineNumber}.", wrong.LineNumber);
        }

        return new Reading(document.Root, known).Whole();
    }

    // Older files have no namespace; what matters is the names.
    private sealed class Reading
    {
        private readonly XElement? root;
        private readonly ActivityPlan known;
        private readonly int minutes;
        private readonly List<XElement> all;
        private readonly List<XElement> tasks;
        private readonly HashSet<string> every;
        private readonly HashSet<string> ours;
        private readonly HashSet<string> summaries;
        private readonly HashSet<string> elsewhere;
        private readonly Dictionary<string, string> code = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<string>> notes = new(StringComparer.Ordinal);

        public Reading(XElement? root, ActivityPlan known)
        {
            (this.root, this.known) = (root, known);
            minutes = Number(root, "MinutesPerDay") is { } day and > 0 ? day : ProjectXml.MinutesPerDay;
            all = [.. (Child(root, "Tasks")?.Elements() ?? []).Where(task => task.Name.LocalName == "Task" && Number(task, "IsNull") is not 1 && Number(task, "UID") is not (null or 0))];
            tasks = [.. all.Where(task => Number(task, "Summary") is not 1 && Number(task, "Active") is not 0 && !IsElsewhere(task))];
            if (root?.Name.LocalName != "Project" || tasks.Count == 0)
            {
                throw Refusal.Invalid("project.xml", "This is no XML of Microsoft Project, or it has no tasks.", 1);
            }

            if (all.GroupBy(task => Text(task, "UID"), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw Refusal.Invalid("project.twice", $"Two tasks have the UID {twice.Key}.", twice.Key);
            }

            every = EveryDayCalendars();
            ours = [.. (Child(root, "ExtendedAttributes")?.Elements() ?? []).Where(one => Text(one, "Alias").StartsWith(ProjectXml.Alias, StringComparison.Ordinal)).Select(one => Text(one, "FieldID"))];
            summaries = [.. all.Where(task => Number(task, "Summary") is 1).Select(task => Text(task, "UID"))];
            elsewhere = [.. all.Where(IsElsewhere).Select(task => Text(task, "UID"))];
            HashSet<string> codes = new(StringComparer.Ordinal);
            foreach (var task in tasks)
            {
                code[Text(task, "UID")] = Code(task, codes);
            }
        }

        public ProjectFile Whole()
        {
            foreach (var task in all)
            {
                var (summary, inactive) = (Number(task, "Summary") is 1, Number(task, "Active") is 0);
                if (inactive && !summary)
                {
                    Tell("inactive", Name(task));
                }

                if (summary && !inactive && (Date(task, "Deadline") is not null || Number(task, "ConstraintType") is >= 2 and <= 7))
                {
                    Tell("summary-date", Name(task));
                }

                // A shadow of a task of another file, or that file as one task.
                if (!summary && !inactive && (IsElsewhere(task) || task.Elements().Any(link => link.Name.LocalName == "PredecessorLink" && IsOutward(link))))
                {
                    Tell("external", Name(task));
                }

                // What waits for a summary waits for none of its tasks here.
                if (!inactive && Links(task).Any(link => summary || (!code.ContainsKey(Text(link, "PredecessorUID")) && summaries.Contains(Text(link, "PredecessorUID")))))
                {
                    Tell("summary-link", Name(task));
                }
            }

            var plan = new ActivityPlan([.. tasks.Select(Activity)]).Checked();
            if ((Child(root, "Calendars")?.Elements() ?? []).Any(calendar => Child(calendar, "Exceptions")?.HasElements is true || (Child(calendar, "WeekDays")?.Elements() ?? []).Any(day => Number(day, "DayType") is 0)))
            {
                Tell("calendars", "");
            }

            return new(plan, [.. notes.Select(one => new ProjectNote($"project.note.{one.Key}", [.. one.Value.Where(which => which.Length > 0).Distinct(StringComparer.Ordinal)]))]);
        }

        private PlannedActivity Activity(XElement task)
        {
            // An id that comes from another item's plan, or another program, is none of ours.
            var (own, old) = (code[Text(task, "UID")], Guid.TryParse(Text(task, "GUID"), out var guid) ? known.Find(guid) : null);
            var (constraint, on) = (Number(task, "ConstraintType"), Date(task, "ConstraintDate"));
            var elapsed = IsElapsed(Number(task, "DurationFormat"));
            if (constraint is 1 or 2 or 5)
            {
                Tell("constraint", own); // as late as possible; must start on, of which only "no earlier" is kept; start no later than
            }

            if (Number(task, "Milestone") is 1 && Days(task, own, elapsed) > 0)
            {
                Tell("milestone", own);
            }

            // Set by hand it stays where it was put, whatever its links say; here links hold as well.
            var manual = Number(task, "Manual") is 1 && Date(task, "ActualStart") is null ? Date(task, "ManualStart") ?? Date(task, "Start") : null;
            if (manual is not null)
            {
                Tell("manual", own);
            }

            if (elapsed && Number(task, "Milestone") is not 1)
            {
                Tell("elapsed", own);
            }

            // Programs write a remaining duration of all work; somebody stated it where it differs from the whole, or where our plan has it.
            var (status, left) = (root is null ? null : Date(root, "StatusDate") ?? Date(root, "CurrentDate"), Text(task, "RemainingDuration"));
            var under = status is not null && left.Length > 0 && Date(task, "ActualStart") is not null && Date(task, "ActualFinish") is null && (left != Text(task, "Duration") || old?.Remaining is not null);
            int? remaining = under ? Math.Clamp(Days(left, own, elapsed), 1, Networks.Activity.LongestDays) : null;
            return (old ?? new PlannedActivity(Guid.CreateVersion7(), "", "", 0)) with
            {
                Code = own,
                Title = Text(task, "Name").Trim() is { Length: > 0 } title ? title[..Math.Min(100, title.Length)] : own,
                Days = Number(task, "Milestone") is 1 ? 0 : Math.Clamp(Days(task, own, elapsed), 0, Networks.Activity.LongestDays),
                Kind = elapsed || every.Contains(CalendarOf(task)) ? DayKind.Every : old is { Kind: not DayKind.Every } ? old.Kind : DayKind.Office,
                NotBefore = constraint is 2 or 4 ? on : manual, // must start on; start no earlier than
                NotFinishedBefore = constraint is 3 or 6 ? on : Custom(task, ProjectXml.NoEndBefore), // must finish on; finish no earlier than
                FinishBy = new[] { Unless(task, "Deadline", ProjectXml.Recorded) ?? Custom(task, ProjectXml.OwnDeadline), constraint is 3 or 7 ? on : null }.Min(), // must finish on; finish no later than
                Started = Unless(task, "ActualStart", ProjectXml.TakenStart),
                Finished = Unless(task, "ActualFinish", ProjectXml.TakenFinish),
                Remaining = remaining,
                RemainingOn = remaining is null ? null : status,
                After = LinkText.Write(Links(task).Where(link => code.ContainsKey(Text(link, "PredecessorUID"))).Select(link => Link(link, own))
                    .DistinctBy(part => (part.Code, part.Kind)).Concat(old is null ? [] : LinkText.Read(old.After).Where(part => part.Item is not null))),
            };
        }

        private LinkText.Part Link(XElement link, string own)
        {
            var (before, format, value) = (Text(link, "PredecessorUID"), Number(link, "LagFormat"), Number(link, "LinkLag") ?? 0);
            var (lag, elapsed) = (value / 10m / minutes, IsElapsed(format));
            if (format is 19 or 20 or 51 or 52 && value != 0)
            {
                // So many percent of what it waits for, of the clock for the even ones. Files differ in whether they count percent or tenths, so people are asked to look.
                var of = tasks.Find(task => Text(task, "UID") == before)!;
                (lag, elapsed) = (value / 100m * Days(of, code[before], IsElapsed(Number(of, "DurationFormat"))), format is 20 or 52 || IsElapsed(Number(of, "DurationFormat")));
                Tell("percent", own);
            }
            else if (elapsed)
            {
                lag = value / 10m / 1_440;
            }

            var days = (int)decimal.Round(Math.Clamp(lag, -Networks.Activity.LongestDays, Networks.Activity.LongestDays), MidpointRounding.AwayFromZero);
            if (days != lag)
            {
                Tell("rounded", own);
            }

            return new(code[before], Number(link, "Type") is { } type and >= 0 and <= 3 ? ProjectXml.Kinds[type] : LinkKind.FinishToStart, days, elapsed && days != 0);
        }

        // PT80H0M0S: hours of work, or for elapsed durations of the clock.
        private int Days(XElement task, string own, bool elapsed) => Days(Text(task, "Duration"), own, elapsed);

        private int Days(string duration, string own, bool elapsed)
        {
            double days;
            try
            {
                days = XmlConvert.ToTimeSpan(duration is "" ? "PT0S" : duration).TotalMinutes / (elapsed ? 1_440 : minutes);
            }
            catch (Exception wrong) when (wrong is FormatException or OverflowException)
            {
                throw Refusal.Invalid("project.duration", $"'{duration}' is no duration of Microsoft Project.", duration);
            }

            if (days != Math.Ceiling(days))
            {
                Tell("rounded", own);
            }

            return (int)Math.Clamp(Math.Ceiling(days), 0, Networks.Activity.LongestDays);
        }

        // One of the dates that we wrote ourselves.
        private DateOnly? Custom(XElement task, int date) => ours.Contains(ProjectXml.FieldOf(date))
            && task.Elements().FirstOrDefault(one => one.Name.LocalName == "ExtendedAttribute" && Text(one, "FieldID") == ProjectXml.FieldOf(date)) is { } found ? Date(found, "Value") : null;

        // A date that is what we wrote without anybody having stated it says nothing; one that was changed since does.
        private DateOnly? Unless(XElement task, string name, int taken) => Date(task, name) is { } date && date != Custom(task, taken) ? date : null;

        private void Tell(string key, string which)
        {
            if (!notes.TryGetValue(key, out var list))
            {
                notes[key] = list = [];
            }

            list.Add(which);
        }

        // A task without a calendar has the file's, and a calendar without days of its own those of the one that it rests on.
        private string CalendarOf(XElement task) => Text(task, "CalendarUID") is { Length: > 0 } own and not "-1" ? own : root is null ? "" : Text(root, "CalendarUID");

        private HashSet<string> EveryDayCalendars()
        {
            var calendars = (Child(root, "Calendars")?.Elements() ?? []).DistinctBy(calendar => Text(calendar, "UID")).ToDictionary(calendar => Text(calendar, "UID"), StringComparer.Ordinal);
            bool IsEvery(XElement calendar, int deep)
            {
                var week = (Child(calendar, "WeekDays")?.Elements() ?? []).Where(day => Number(day, "DayType") is >= 1 and <= 7).ToList();
                return week.Count > 0 ? week.Count(day => Number(day, "DayWorking") is 1) == 7
                    : deep < 5 && calendars.TryGetValue(Text(calendar, "BaseCalendarUID"), out var below) && IsEvery(below, deep + 1);
            }

            return [.. calendars.Where(calendar => IsEvery(calendar.Value, 0)).Select(calendar => calendar.Key)];
        }

        private IEnumerable<XElement> Links(XElement task) => task.Elements().Where(link => link.Name.LocalName == "PredecessorLink" && !IsOutward(link));

        private static bool IsElsewhere(XElement task) => Number(task, "ExternalTask") is 1 || Number(task, "IsSubproject") is 1;

        private bool IsOutward(XElement link) => Number(link, "CrossProject") is 1 || elsewhere.Contains(Text(link, "PredecessorUID"));

        private static string Name(XElement task) => Text(task, "Name").Trim() is { Length: > 0 } name ? name[..Math.Min(100, name.Length)] : Text(task, "UID");

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
    }

    // Minutes, hours, days, weeks and months of the clock, and the same where estimated.
    private static bool IsElapsed(int? format) => format is 4 or 6 or 8 or 10 or 12 or 36 or 38 or 40 or 42 or 44;

    private static XElement? Child(XElement? of, string name) => of?.Elements().FirstOrDefault(one => one.Name.LocalName == name);

    private static string Text(XElement of, string name) => Child(of, name)?.Value ?? "";

    private static int? Number(XElement? of, string name) =>
        double.TryParse(Child(of, name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    // The day as it is written, whatever zone is written with it.
    private static DateOnly? Date(XElement of, string name) =>
        DateTimeOffset.TryParse(Text(of, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DateOnly.FromDateTime(at.DateTime) : null;
}
