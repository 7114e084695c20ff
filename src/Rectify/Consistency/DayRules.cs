using System.Globalization;
using Rectify.Calendars;

namespace Rectify.Consistency;

/// <summary>Days in an order that can be, papers no older than what they carry out, and notices as long as they say.</summary>
internal static class DayRules
{
    // More than half a year before the deadline is rare enough to be asked about: a notice of December 2020 for a task due in December 2021.
    private const int EarlyDays = 183;

    /// <summary>The days of a closing in the order that holds everywhere: notice may come before or after the closing, but never before completion.</summary>
    public static IEnumerable<Contradiction> Order(ClosingStatement said)
    {
        var (days, notice) = (said.Days, said.Notice);
        (string Name, DateOnly? On)[] pairs =
        [
            ("completed", days.Completed), ("applied", days.Applied), ("completed", days.Completed), ("accepted", days.Accepted), ("applied", days.Applied), ("accepted", days.Accepted),
            ("completed", days.Completed), ("notice", notice?.From), ("accepted", days.Accepted), ("notice", notice?.From), ("notice", notice?.From), ("noticeEnd", notice?.To),
            ("accepted", days.Accepted), ("signed", days.SignedOff), ("accepted", days.Accepted), ("closed", days.Closed), ("signed", days.SignedOff), ("closed", days.Closed),
        ];
        foreach (var pair in pairs.Chunk(2))
        {
            if (pair[0].On is { } first && pair[1].On is { } then && then < first)
            {
                yield return new(ConsistencyRule.Order, StatementField.Days, 0, $"{pair[1].Name} {Iso(then)}", $"{pair[0].Name} {Iso(first)}");
            }
        }

        if (said.DeadlineOn is { } due && (notice?.From ?? days.Completed) is { } shown && shown.AddDays(EarlyDays) < due)
        {
            yield return new(ConsistencyRule.Early, StatementField.Days, 0, Iso(shown), Iso(due));
        }
    }

    public static IEnumerable<Contradiction> Documents(IReadOnlyList<NamedDocument> documents)
    {
        for (var i = 0; i < documents.Count; i++)
        {
            if (documents[i] is { BasisOn: { } basis } paper && paper.On < basis)
            {
                yield return new(ConsistencyRule.Document, StatementField.Document, i + 1, $"{paper.Title} {(paper.YearAlone ? paper.On.Year.ToString(CultureInfo.InvariantCulture) : Iso(paper.On))}", $"{paper.Basis} {Iso(basis)}");
            }
        }
    }

    /// <summary>The first day counts, and days made up for holidays (调休) are working days.</summary>
    public static IEnumerable<Contradiction> Notice(NoticePeriod notice, WorkingCalendar calendar)
    {
        var days = Count(notice, calendar);
        var counted = days.ToString(CultureInfo.InvariantCulture);
        if (notice.Days is { } said && said != days)
        {
            yield return new(ConsistencyRule.NoticeDays, StatementField.Notice, 0, said.ToString(CultureInfo.InvariantCulture), counted);
        }

        if (days < notice.Least)
        {
            yield return new(ConsistencyRule.NoticeDays, StatementField.Notice, 0, counted, $"≥ {notice.Least.ToString(CultureInfo.InvariantCulture)}");
        }

        // Posted elsewhere before, it may be recorded here; but nobody could read it here on those days, nor object.
        if (notice.OutOn is { } here && notice.From < here)
        {
            yield return new(ConsistencyRule.Backdated, StatementField.Notice, 0, Iso(notice.From), Iso(here));
        }
    }

    /// <summary>The days of a notice, both ends included.</summary>
    public static int Count(NoticePeriod notice, WorkingCalendar calendar) =>
        notice.Working ? calendar.WorkingDaysBetween(notice.From, notice.To) : Math.Max(0, notice.To.DayNumber - notice.From.DayNumber + 1);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
