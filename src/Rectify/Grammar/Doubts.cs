using System.Globalization;

namespace Rectify.Grammar;

/// <summary>Marks what a person should look at: what is missing, contradicts itself or repeats.</summary>
internal static class Doubts
{
    /// <param name="unread">The labels of each item that nobody knows.</param>
    public static IReadOnlyList<DraftItem> Add(IReadOnlyList<DraftItem> items, IReadOnlyList<IReadOnlyList<string>> unread)
    {
        var doubts = items.Select((item, i) => OfItem(item, unread[i])).ToList();
        Numbers(items, doubts);
        Alike(items, doubts, "problem", item => item.Problem.Text);
        Alike(items, doubts, "measures", item => string.Concat(item.Measures.Select(measure => measure.Text.Text)));
        return [.. items.Select((item, i) => doubts[i].Count == 0 ? item : item with { Doubts = doubts[i] })];
    }

    private static List<Doubt> OfItem(DraftItem item, IReadOnlyList<string> unread)
    {
        var doubts = new List<Doubt>();
        if (item.Deadline is not { } deadline)
        {
            doubts.Add(new("missing-deadline", "deadline", []));
        }
        else if (DeadlineGrammar.IsUnread(deadline))
        {
            doubts.Add(new("unreadable-deadline", "deadline", [deadline.Text]));
        }

        if (item.Units.Count == 0)
        {
            doubts.Add(new("missing-unit", "units", []));
        }

        if (item.Measures.Count == 0)
        {
            doubts.Add(new("no-measures", "measures", []));
        }

        for (var i = 0; i < item.Measures.Count; i++)
        {
            OfMeasure(item, item.Measures[i], $"measures[{i}]", doubts);
        }

        for (var i = 0; i < item.Milestones.Count; i++)
        {
            if (item.Deadline?.Date is { } due && item.Milestones[i].Date > due
                && !item.Measures.Any(measure => measure.Deadline?.Date == item.Milestones[i].Date))
            {
                doubts.Add(new("later-than-parent", $"milestones[{i}]", [Day(item.Milestones[i].Date), Day(due)]));
            }
        }

        doubts.AddRange(unread.Select(label => new Doubt("unread-label", "others", [label])));
        if (item.Notice is { From: { } from, To: { } to, Days: { } days, Unit: "calendar" } && to.DayNumber - from.DayNumber + 1 is var counted && counted != days)
        {
            doubts.Add(new("notice-days", "notice", [Text(days), Text(counted)]));
        }

        return doubts;
    }

    private static void OfMeasure(DraftItem item, DraftMeasure measure, string field, List<Doubt> doubts)
    {
        if (item.Units.Count == 0 && measure.Units.Count == 0)
        {
            doubts.Add(new("measure-without-unit", field + ".units", []));
        }

        if (measure.Deadline is { } own)
        {
            if (DeadlineGrammar.IsUnread(own))
            {
                doubts.Add(new("unreadable-deadline", field + ".deadline", [own.Text]));
            }

            if (item.Deadline?.Date is { } due && own.Date > due)
            {
                doubts.Add(new("later-than-parent", field + ".deadline", [Day(own.Date.Value), Day(due)]));
            }
        }
    }

    // Numbers count on within a list; they may begin again at 1 below another heading.
    private static void Numbers(IReadOnlyList<DraftItem> items, List<List<Doubt>> doubts)
    {
        var seen = new HashSet<(int, int?, int?)>();
        var last = 0;
        var section = "";
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Number is not { Value: { } value } number)
            {
                continue;
            }

            var anew = value == 1 && last > 1 && (section != items[i].Section.Text || (i + 1 < items.Count && items[i + 1].Number.Value == 2));
            if (anew)
            {
                seen.Clear();
                last = 0;
            }

            if (!seen.Add((value, number.Measure, null)))
            {
                doubts[i].Add(new("duplicate-number", "number", [number.Text]));
            }
            else if (last > 0 && value > last + 1 && Counts(number) && items[i].Notice is null)
            {
                doubts[i].Add(new("number-gap", "number", [Text(last), Text(value)]));
            }

            (last, section) = (value, items[i].Section.Text);
        }
    }

    // A notice closes some of a plan's items. 编号8 and 编号14 in one notice are quoted from a plan and need not follow each other.
    private static bool Counts(DraftNumber number) => !number.Text.Contains('号', StringComparison.Ordinal) && number.Parent is null;

    private static void Alike(IReadOnlyList<DraftItem> items, List<List<Doubt>> doubts, string field, Func<DraftItem, string> text)
    {
        foreach (var (item, other) in Likeness.Pairs([.. items.Select(text)]))
        {
            var number = items[other].Number.Text;
            doubts[item].Add(new("near-identical", field, [number.Length > 0 ? number : Text(other + 1)]));
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
