using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rectify.Grammar;

namespace Rectify.Plans;

/// <summary>What one version of a plan says, without where it was read: kept with the version for ever.</summary>
public sealed record PlanContent(string Title, IReadOnlyList<PlanItem> Items)
{
    /// <summary>Which unit a spelling means, where a person said so: spelling to unit id. Left out where nobody did.</summary>
    public IReadOnlyDictionary<string, Guid>? Units { get; init; }

    /// <summary>As <see cref="Platform.Journal.HashSalt"/>; left out in versions of before there were any.</summary>
    public string? Salt { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether both say the same in the same order, whatever units are meant.</summary>
    public bool Says(PlanContent other) => (this with { Units = null, Salt = null }).ToJson() == (other with { Units = null, Salt = null }).ToJson();

    public static PlanContent Of(PlanDraft draft) => new(draft.Title, [.. draft.Items.Select(PlanItem.Of)]);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static PlanContent Parse(string json) => JsonSerializer.Deserialize<PlanContent>(json, Json)!;
}

/// <summary>A task as a version of the plan has it.</summary>
public sealed record PlanItem(
    string Number, int? NumberValue, string Section, string Problem, string Goal, PlanDeadline? Deadline, IReadOnlyList<PlanUnit> Units,
    IReadOnlyList<PlanPerson> Persons, IReadOnlyList<PlanMilestone> Milestones, IReadOnlyList<PlanMeasure> Measures)
{
    /// <summary>The finding that it is a task of; left out where the plan does not tell the two apart.</summary>
    public PlanFinding? Finding { get; init; }

    /// <summary>What it is known by across versions: the number as understood, or as written.</summary>
    public string Key => NumberValue?.ToString(CultureInfo.InvariantCulture) ?? Number;

    // A measure with one date is due then; only one with several is gone through in nodes.
    private static bool IsDueDateOf(IReadOnlyList<DraftMeasure> measures, DraftMilestone milestone) =>
        milestone.At is [var at, ..] && measures.Any(measure => measure.Milestones.Count < 2
            && measure.Text.At.Any(text => text.Paragraph == at.Paragraph && at.Start >= text.Start && at.Start < text.Start + text.Length));

    internal static PlanItem Of(DraftItem item) => new(
        item.Number.Text, item.Number.Value, item.Section.Text, item.Problem.Text, item.Goal.Text, PlanDeadline.Of(item.Deadline),
        [.. item.Units.Select(unit => new PlanUnit(unit.Text, unit.Role))],
        [.. item.Persons.Select(person => new PlanPerson(person.Text, person.Generic))],
        [.. item.Milestones.Where(milestone => !IsDueDateOf(item.Measures, milestone)).Select(milestone => new PlanMilestone(milestone.Text, milestone.Date))],
        [.. item.Measures.Select(measure => new PlanMeasure(
            measure.Number, measure.Text.Text, PlanDeadline.Of(measure.Deadline), measure.Recurrence,
            [.. measure.Units.Select(unit => new PlanUnit(unit.Text, unit.Role))]))])
    {
        Finding = item.Finding is { } finding ? new(finding.Number, finding.Value, finding.Text) : null,
    };
}

/// <summary>What was found, as a version of the plan has it.</summary>
public sealed record PlanFinding(string Number, int? NumberValue, string Text);

public sealed record PlanUnit(string Text, DraftRole Role);

public sealed record PlanPerson(string Text, bool Generic);

public sealed record PlanMilestone(string Text, DateOnly Date);

public sealed record PlanMeasure(
    string Number, string Text, PlanDeadline? Deadline, Recurrence? Recurrence, IReadOnlyList<PlanUnit> Units);

public sealed record PlanDeadline(string Text, DeadlineKind Kind, DateOnly? From, DateOnly? Date, Recurrence? Recurrence)
{
    internal static PlanDeadline? Of(DraftDeadline? deadline) =>
        deadline is null ? null : new(deadline.Text, deadline.Kind, deadline.From, deadline.Date, deadline.Recurrence);

    internal static Tasks.ItemDeadline? ToItem(PlanDeadline? deadline) =>
        deadline is null ? null : new(deadline.Text, deadline.Kind, deadline.From, deadline.Date, deadline.Recurrence);
}
