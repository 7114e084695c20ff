using System.Text.Json;

namespace Rectify.Samples;

/// <summary>Who agreed to a change, in which document, when.</summary>
internal sealed record Approval(string By, string Number, DateOnly Date);

/// <summary>
/// One difference between the published plan and the revised one. <paramref name="Field"/> is <c>deadline</c>, <c>goal</c>,
/// <c>text</c>, <c>measure</c> (added at the end), <c>cooperate</c> or <c>supervise</c>; with <paramref name="Measure"/> it is a field of that measure.
/// </summary>
/// <param name="Tracked">Whether Word shows it as a tracked change instead of plain new text.</param>
internal sealed record Change(
    int Task, int? Measure, string Field, JsonElement From, JsonElement To, bool Tracked, string Reason, Approval? Approval);

/// <summary>The revised plan, said as its differences from the published one.</summary>
internal sealed record Revision(PaperReference Document, Approval Approval, string Note, IReadOnlyList<Change> Changes)
{
    private static readonly string[] Roles = ["lead", "cooperate", "supervise", "accept"];

    /// <exception cref="InvalidDataException">A change does not start from what the plan says.</exception>
    public Plan Apply(Plan plan) => plan with
    {
        Tasks = [.. plan.Tasks.Select(task => Changes.Where(c => c.Task == task.Number).Aggregate(task, Apply))],
    };

    /// <summary>What a tracked change replaces, or null where nothing is tracked; empty for a measure that is new.</summary>
    public string? Before(int task, int? measure, string field) =>
        Changes.FirstOrDefault(c => c.Tracked && c.Task == task && c.Measure == measure && c.Field == field) is { } change
            ? change.From.ValueKind is JsonValueKind.Null ? "" : change.From.GetString()
            : null;

    private static PlanTask Apply(PlanTask task, Change change) => change switch
    {
        { Field: "measure", Measure: { } no } when no == task.Measures.Count + 1 =>
            task with { Measures = [.. task.Measures, Read<Measure>(change)] },
        { Measure: { } no } =>
            task with { Measures = [.. task.Measures.Select(m => m.No == no ? Apply(m, change) : m)] },
        { Field: "deadline" } => task with { Deadline = Changed(change, task.Deadline) },
        { Field: "goal" } => task with { Goal = Changed(change, task.Goal) },
        { Field: "cooperate" or "supervise" } => task with { Units = [.. WithUnits(task, change)] },
        _ => throw new InvalidDataException($"Task {change.Task}: '{change.Field}' cannot change."),
    };

    private static Measure Apply(Measure measure, Change change) => change.Field switch
    {
        "deadline" => measure with { Deadline = Changed(change, measure.Deadline) },
        "text" => measure with { Text = Changed(change, measure.Text) },
        _ => throw new InvalidDataException($"Task {change.Task}, measure {measure.No}: '{change.Field}' cannot change."),
    };

    private static IEnumerable<UnitRole> WithUnits(PlanTask task, Change change)
    {
        var units = Changed<string[]>(change, [.. task.UnitsAs(change.Field)]);
        return task.Units.Where(u => u.Role != change.Field)
            .Concat(units.Select(id => new UnitRole(id, change.Field)))
            .OrderBy(u => Array.IndexOf(Roles, u.Role));
    }

    private static T Changed<T>(Change change, T now) =>
        JsonElement.DeepEquals(change.From, JsonSerializer.SerializeToElement(now, SampleData.Json))
            ? Read<T>(change)
            : throw new InvalidDataException($"Task {change.Task}: the plan says '{now}', not '{change.From}'.");

    private static T Read<T>(Change change) =>
        change.To.Deserialize<T>(SampleData.Json) ?? throw new InvalidDataException($"Task {change.Task}: nothing to change to.");
}
