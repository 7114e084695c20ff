using Rectify.Networks;
using Rectify.Platform.Text;

namespace Rectify.Schedule;

/// <summary>Dates and slack in the reader's words; the same on pages, charts and in files.</summary>
internal static class ScheduleWords
{
    extension(Words words)
    {
        /// <summary>State and, for what is open, what is wrong with it: 已来不及（差12天）, 关键线路, 时差8天.</summary>
        public string Standing(Times times) =>
            times.State is ActivityState.Finished ? words["schedule.state.Finished"]
            : times.IsTooLate ? words["schedule.late.by", -times.TotalSlack]
            : times.IsCritical ? words["schedule.critical"]
            : words["schedule.slack.of", times.TotalSlack];

        /// <summary>A duration with its kind of days: 20个工作日, 90天; a node has none.</summary>
        public string Duration(PlannedActivity activity) => activity.Days == 0 ? words["schedule.node"] : words[$"schedule.days.{activity.Kind}", activity.Days];

        /// <summary>What of a file of another program is not read, or read otherwise.</summary>
        public string Note(ProjectNote note) => words[note.Key, words.List(note.Which.Take(30)), note.Which.Count];

        /// <summary>What an item's schedule comes to: its early end against the deadline.</summary>
        public string Verdict(ItemTimetable of) =>
            of.Dates.Finish is not { } finish ? words["schedule.empty"]
            : of.DueOn is not { } due ? words["schedule.verdict.none", finish]
            : finish <= due ? words["schedule.verdict.early", finish, due.DayNumber - finish.DayNumber]
            : words["schedule.verdict.late", finish, finish.DayNumber - due.DayNumber];
    }

    /// <summary>The class of the mark that says how an activity stands: form and colour, beside the words.</summary>
    public static string Mark(Times times) =>
        times.State is ActivityState.Finished ? "done" : times.IsTooLate ? "overdue" : times.IsCritical ? "behind" : times.State is ActivityState.Underway ? "ontrack" : "notstarted";
}
