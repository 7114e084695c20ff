using System.Globalization;

namespace Rectify.Plans;

public enum ChangeKind { Added, Removed, Changed }

/// <summary>One change between two versions of a plan, in words that stand in the plan.</summary>
/// <param name="Item">The item's number as written in the newer version, or in the older if it was removed.</param>
/// <param name="Field">
/// <c>item</c>, <c>section</c>, <c>problem</c>, <c>goal</c>, <c>deadline</c>, <c>unit</c>, <c>person</c>, <c>milestone</c>, <c>measure</c>.
/// </param>
/// <param name="Part">Which measure, milestone or role, as written; empty otherwise.</param>
public sealed record PlanChange(string Key, string Item, ChangeKind Kind, string Field, string Part, string? Before, string? After);

/// <summary>What differs between two versions, item by item and field by field.</summary>
public static class PlanDifference
{
    public static IReadOnlyList<PlanChange> Between(PlanContent before, PlanContent after)
    {
        var pairs = PlanMatch.Items(before.Items, after.Items);
        var changes = new List<PlanChange>();
        foreach (var (old, now) in pairs)
        {
            switch (old, now)
            {
                case (null, { } added):
                    changes.Add(new(added.Key, added.Number, ChangeKind.Added, "item", "", null, added.Problem));
                    break;
                case ({ } removed, null):
                    changes.Add(new(removed.Key, removed.Number, ChangeKind.Removed, "item", "", removed.Problem, null));
                    break;
                case ({ } a, { } b):
                    changes.AddRange(Fields(a, b));
                    break;
                default:
                    break;
            }
        }

        return changes;
    }

    private static IEnumerable<PlanChange> Fields(PlanItem a, PlanItem b) =>
        Field(b, "number", "", a.Number, b.Number)
            .Concat(Field(b, "section", "", a.Section, b.Section))
            .Concat(Field(b, "problem", "", a.Problem, b.Problem))
            .Concat(Field(b, "goal", "", a.Goal, b.Goal))
            .Concat(Field(b, "deadline", "", Write(a.Deadline), Write(b.Deadline)))
            .Concat(Set(b, "unit", a.Units.Select(u => (Part: u.Role.ToString(), u.Text)), b.Units.Select(u => (Part: u.Role.ToString(), u.Text))))
            .Concat(Set(b, "person", a.Persons.Select(p => (Part: "", p.Text)), b.Persons.Select(p => (Part: "", p.Text))))
            .Concat(Set(b, "milestone", a.Milestones.Select(m => (Date(m.Date), m.Text)), b.Milestones.Select(m => (Date(m.Date), m.Text))))
            .Concat(Measures(a, b));

    private static IEnumerable<PlanChange> Measures(PlanItem a, PlanItem b) =>
        from pair in PlanMatch.Measures(a.Measures, b.Measures)
        let part = (pair.Now ?? pair.Old)!.Number
        from change in (pair.Old, pair.Now) switch
        {
            (null, { } added) => [new PlanChange(b.Key, b.Number, ChangeKind.Added, "measure", part, null, added.Text)],
            ({ } removed, null) => [new PlanChange(b.Key, b.Number, ChangeKind.Removed, "measure", part, removed.Text, null)],
            ({ } old, { } now) => Field(b, "measure", part, old.Text, now.Text)
                .Concat(Field(b, "deadline", part, Write(old.Deadline), Write(now.Deadline)))
                .Concat(Set(b, "unit", old.Units.Select(u => (part, u.Text)), now.Units.Select(u => (part, u.Text)))),
            _ => [],
        }
        select change;

    private static IEnumerable<PlanChange> Field(PlanItem item, string field, string part, string before, string after) =>
        before == after ? [] : [new(item.Key, item.Number, ChangeKind.Changed, field, part, before, after)];

    private static IEnumerable<PlanChange> Set(
        PlanItem item, string field, IEnumerable<(string Part, string Text)> before, IEnumerable<(string Part, string Text)> after)
    {
        var (old, now) = (before.ToHashSet(), after.ToHashSet());
        return old.Except(now).Select(gone => new PlanChange(item.Key, item.Number, ChangeKind.Removed, field, gone.Part, gone.Text, null))
            .Concat(now.Except(old).Select(come => new PlanChange(item.Key, item.Number, ChangeKind.Added, field, come.Part, null, come.Text)));
    }

    private static string Write(PlanDeadline? deadline) => deadline?.Text ?? "";

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Tells which item or measure of one version is which of another.</summary>
internal static class PlanMatch
{
    /// <summary>Pairs in the newer version's order; what was removed stands last.</summary>
    public static List<(PlanItem? Old, PlanItem? Now)> Items(IReadOnlyList<PlanItem> before, IReadOnlyList<PlanItem> after) =>
        Pair(before, after, item => item.Key, item => item.Problem);

    public static List<(PlanMeasure? Old, PlanMeasure? Now)> Measures(IReadOnlyList<PlanMeasure> before, IReadOnlyList<PlanMeasure> after) =>
        Pair(before, after, measure => "", measure => measure.Text);

    // Equal numbers go together, then equal texts, then the texts that share most: a renumbered item stays itself.
    private static List<(T? Old, T? Now)> Pair<T>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key, Func<T, string> text) where T : class
    {
        var free = before.ToList();
        var found = new Dictionary<T, T>(ReferenceEqualityComparer.Instance);
        foreach (var rule in new Func<T, T, bool>[]
        {
            (old, now) => key(now).Length > 0 && key(old) == key(now) && TextLikeness.Of(text(old), text(now)) > 0.3,
            (old, now) => text(old) == text(now),
            (old, now) => key(now).Length > 0 && key(old) == key(now),
        })
        {
            foreach (var now in after.Where(now => !found.ContainsKey(now)))
            {
                if (free.FirstOrDefault(old => rule(old, now)) is { } old)
                {
                    found.Add(now, old);
                    free.Remove(old);
                }
            }
        }

        foreach (var now in after.Where(now => !found.ContainsKey(now)))
        {
            var best = free.Select(old => (old, Likeness: TextLikeness.Of(text(old), text(now)))).OrderByDescending(pair => pair.Likeness).FirstOrDefault();
            if (best.Likeness > 0.6)
            {
                found.Add(now, best.old);
                free.Remove(best.old);
            }
        }

        return [.. after.Select(now => (found.GetValueOrDefault(now), (T?)now)), .. free.Select(old => ((T?)old, (T?)null))];
    }
}

/// <summary>How much two texts share, by pairs of characters.</summary>
internal static class TextLikeness
{
    /// <summary>0 (nothing) to 1 (the same pairs). Source: Sørensen–Dice coefficient.</summary>
    public static double Of(string a, string b)
    {
        if (a == b)
        {
            return 1;
        }

        var (left, right) = (Pairs(a), Pairs(b));
        return left.Count + right.Count == 0 ? 0 : 2d * left.Count(right.Contains) / (left.Count + right.Count);
    }

    private static HashSet<(char, char)> Pairs(string text) =>
        [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => (text[i], text[i + 1]))];
}
