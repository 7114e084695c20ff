using System.Globalization;
using Rectify.Grammar;

namespace Rectify.Plans;

public enum ChangeKind { Added, Removed, Changed }

/// <summary>One change between two versions of a plan, in words that stand in the plan.</summary>
/// <param name="Key">What the item is known by; empty for the plan's own title and the order of its items.</param>
/// <param name="Item">The item's number as written in the newer version, or in the older if it was removed.</param>
/// <param name="Field">
/// <c>title</c>, <c>order</c>, <c>item</c>, <c>number</c>, <c>section</c>, <c>finding</c>, <c>problem</c>, <c>goal</c>, <c>unit</c>,
/// <c>person</c>, <c>milestone</c>, <c>measure</c>, <c>measure-number</c>, or of a deadline <c>deadline</c> (as written), <c>due</c>, <c>from</c> (ISO
/// dates), <c>kind</c> and <c>recurrence</c>.
/// </param>
/// <param name="Part">Which measure, milestone or role, as written; empty otherwise.</param>
public sealed record PlanChange(string Key, string Item, ChangeKind Kind, string Field, string Part, string? Before, string? After)
{
    /// <summary>Which item, counted from 0 in the order of the difference: two items may bear one number. -1 for the plan as a whole.</summary>
    public int Place { get; init; } = -1;
}

/// <summary>What differs between two versions, item by item and field by field. Nothing exactly where they say the same.</summary>
public static class PlanDifference
{
    public static IReadOnlyList<PlanChange> Between(PlanContent before, PlanContent after)
    {
        var pairs = PlanMatch.Items(before.Items, after.Items);
        var changes = new List<PlanChange>();
        if (before.Title != after.Title)
        {
            changes.Add(new("", "", ChangeKind.Changed, "title", "", before.Title, after.Title));
        }

        foreach (var (place, (old, now)) in pairs.Index())
        {
            IEnumerable<PlanChange> found = (old, now) switch
            {
                (null, { } added) => [new(added.Key, added.Number, ChangeKind.Added, "item", "", null, added.Problem)],
                ({ } removed, null) => [new(removed.Key, removed.Number, ChangeKind.Removed, "item", "", removed.Problem, null)],
                ({ } a, { } b) => Fields(a, b),
                _ => [],
            };
            changes.AddRange(found.Select(change => change with { Place = place }));
        }

        if (changes.Count == 0 && Order(before.Items, [.. pairs.Select(pair => pair.Old)], item => item.Number) is { } moved)
        {
            changes.Add(new("", "", ChangeKind.Changed, "order", "", moved.Before, moved.After));
        }

        return changes;
    }

    /// <summary>Whether two versions have this item alike in every field.</summary>
    internal static bool Same(PlanItem a, PlanItem b) => !Fields(a, b).Any();

    /// <summary>Whether two versions have this measure alike.</summary>
    internal static bool Same(PlanMeasure a, PlanMeasure b) =>
        (a.Number, a.Text, a.Deadline, a.Recurrence) == (b.Number, b.Text, b.Deadline, b.Recurrence) && a.Units.SequenceEqual(b.Units);

    private static IEnumerable<PlanChange> Fields(PlanItem a, PlanItem b)
    {
        if (a.Number != b.Number || a.NumberValue != b.NumberValue)
        {
            yield return a.Number != b.Number
                ? new(b.Key, b.Number, ChangeKind.Changed, "number", "", a.Number, b.Number)
                : new(b.Key, b.Number, ChangeKind.Changed, "number", "", Write(a.NumberValue), Write(b.NumberValue));
        }

        if (a.Finding != b.Finding)
        {
            yield return new(b.Key, b.Number, ChangeKind.Changed, "finding", "", Write(a.Finding), Write(b.Finding));
        }

        var changes = Field(b, "section", "", a.Section, b.Section)
            .Concat(Field(b, "problem", "", a.Problem, b.Problem))
            .Concat(Field(b, "goal", "", a.Goal, b.Goal))
            .Concat(Deadline(b, "", a.Deadline, b.Deadline))
            .Concat(Rows(b, "unit", [.. a.Units.Select(u => (u.Role.ToString(), u.Text))], [.. b.Units.Select(u => (u.Role.ToString(), u.Text))]))
            .Concat(Rows(b, "person", [.. a.Persons.Select(Row)], [.. b.Persons.Select(Row)]))
            .Concat(Rows(b, "milestone", [.. a.Milestones.Select(m => (Write(m.Date), m.Text))], [.. b.Milestones.Select(m => (Write(m.Date), m.Text))]))
            .Concat(Measures(a, b));
        foreach (var change in changes)
        {
            yield return change;
        }
    }

    private static IEnumerable<PlanChange> Measures(PlanItem a, PlanItem b)
    {
        var pairs = PlanMatch.Measures(a.Measures, b.Measures);
        foreach (var (old, now) in pairs)
        {
            var part = (now ?? old)!.Number;
            var changes = (old, now) switch
            {
                (null, { } added) => [new PlanChange(b.Key, b.Number, ChangeKind.Added, "measure", part, null, added.Text)],
                ({ } removed, null) => [new PlanChange(b.Key, b.Number, ChangeKind.Removed, "measure", part, removed.Text, null)],
                ({ } from, { } to) => Measure(b, from, to),
                _ => [],
            };
            foreach (var change in changes)
            {
                yield return change;
            }
        }

        if (pairs.TrueForAll(pair => pair is ({ } old, { } now) && old.Number == now.Number)
            && Order(a.Measures, [.. pairs.Select(pair => pair.Old)], measure => measure.Text) is { } moved)
        {
            yield return new(b.Key, b.Number, ChangeKind.Changed, "measure", "", moved.Before, moved.After);
        }
    }

    private static IEnumerable<PlanChange> Measure(PlanItem item, PlanMeasure old, PlanMeasure now) =>
        Field(item, "measure-number", now.Number, old.Number, now.Number)
            .Concat(Field(item, "measure", now.Number, old.Text, now.Text))
            .Concat(Deadline(item, now.Number, old.Deadline, now.Deadline))
            .Concat(Field(item, "recurrence", now.Number, Write(old.Recurrence), Write(now.Recurrence)))
            .Concat(Rows(
                item, "unit", [.. old.Units.Select(u => (u.Role.ToString(), u.Text))], [.. now.Units.Select(u => (u.Role.ToString(), u.Text))], now.Number));

    private static IEnumerable<PlanChange> Deadline(PlanItem item, string part, PlanDeadline? old, PlanDeadline? now) =>
        Field(item, "deadline", part, old?.Text, now?.Text)
            .Concat(Field(item, "due", part, Write(old?.Date), Write(now?.Date)))
            .Concat(Field(item, "from", part, Write(old?.From), Write(now?.From)))
            .Concat(Field(item, "kind", part, old?.Kind.ToString(), now?.Kind.ToString()))
            .Concat(Field(item, "recurrence", part, Write(old?.Recurrence), Write(now?.Recurrence)));

    private static IEnumerable<PlanChange> Field(PlanItem item, string field, string part, string? before, string? after) =>
        before == after ? [] : [new(item.Key, item.Number, ChangeKind.Changed, field, part, before, after)];

    // What came and what went; where neither did, the order may have changed, and the lead stands first.
    private static List<PlanChange> Rows(
        PlanItem item, string field, List<(string Part, string Text)> before, List<(string Part, string Text)> after, string of = "")
    {
        if (before.SequenceEqual(after))
        {
            return [];
        }

        var (gone, come) = (new List<(string Part, string Text)>(before), new List<(string Part, string Text)>());
        foreach (var row in after)
        {
            if (!gone.Remove(row))
            {
                come.Add(row);
            }
        }

        return gone.Count + come.Count == 0
            ? [new(item.Key, item.Number, ChangeKind.Changed, field, of, Write(before), Write(after))]
            :
            [
                .. gone.Select(row => new PlanChange(item.Key, item.Number, ChangeKind.Removed, field, of.Length > 0 ? of : row.Part, row.Text, null)),
                .. come.Select(row => new PlanChange(item.Key, item.Number, ChangeKind.Added, field, of.Length > 0 ? of : row.Part, null, row.Text)),
            ];
    }

    private static (string Before, string After)? Order<T>(IReadOnlyList<T> before, List<T?> now, Func<T, string> name) where T : class =>
        before.SequenceEqual(now, ReferenceEqualityComparer.Instance)
            ? null
            : (string.Join('\n', before.Select(name)), string.Join('\n', now.OfType<T>().Select(name)));

    private static (string, string) Row(PlanPerson person) => (person.Generic ? "generic" : "", person.Text);

    private static string Write(List<(string Part, string Text)> rows) => string.Join('\n', rows.Select(row => row.Text));

    private static string? Write(PlanFinding? finding) =>
        finding is null ? null : string.Join(' ', new[] { finding.Number, finding.Text }.Where(text => text.Length > 0));

    private static string? Write(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Write(DateOnly? date) => date is { } day ? Write(day) : null;

    private static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Write(Recurrence? recurrence) =>
        recurrence is null ? null : string.Create(CultureInfo.InvariantCulture, $"{recurrence.Text} ({recurrence.Times}/{recurrence.Every})");
}
