namespace Rectify.Grammar;

/// <summary>What was understood of a plan, list or closure notice. Nothing is saved yet.</summary>
/// <param name="Title">The document's title as written, or empty.</param>
/// <param name="Items">The items in the order of the document.</param>
public sealed record PlanDraft(string Title, IReadOnlyList<DraftItem> Items);

/// <summary>Where a field was read: a stretch of one paragraph.</summary>
/// <param name="Paragraph">The <see cref="Rectify.Reading.Paragraph.Id"/>.</param>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">How many UTF-16 characters; at least 1.</param>
public sealed record Passage(int Paragraph, int Start, int Length);

/// <summary>A text field as written, with the passages it was read from (several when it spans paragraphs).</summary>
public sealed record DraftText(string Text, IReadOnlyList<Passage> At)
{
    public static readonly DraftText None = new("", []);
}

/// <summary>A number that people quote, as written and as understood.</summary>
/// <param name="Text">As written: 第二十七项, 364(35-11), 问题编号十一、措施序号38.</param>
/// <param name="Value">27, 364, 11; <see langword="null"/> when no plain number can be told (202302-43-N1-007-MD-0018).</param>
/// <param name="Parent">The problem a sub-problem belongs to: 35 of <c>364(35-11)</c>.</param>
/// <param name="Child">Its place there: 11 of <c>364(35-11)</c>.</param>
/// <param name="Measure">The measure's number where one notice closes one measure: 38 of 措施序号38.</param>
public sealed record DraftNumber(string Text, int? Value, int? Parent, int? Child, int? Measure, IReadOnlyList<Passage> At);

/// <summary>What the inspection found (反馈问题), where an item is one of the tasks made of it.</summary>
/// <param name="Text">As written; empty where only its number is known, as from <c>364(35-11)</c>.</param>
/// <param name="Number">As written; empty if it has none.</param>
/// <param name="Value">The number as understood.</param>
public sealed record DraftFinding(string Text, string Number, int? Value, IReadOnlyList<Passage> At)
{
    /// <summary>Whether both name the same finding, wherever they were read.</summary>
    public bool Says(DraftFinding? other) => other is not null && (Text, Number, Value) == (other.Text, other.Number, other.Value);
}

public enum DraftRole { Lead, Cooperate, Supervise, Accept, Responsible }

/// <summary>A unit as written, without the note of its role (（牵头）).</summary>
public sealed record DraftUnit(string Text, DraftRole Role, IReadOnlyList<Passage> At);

/// <summary>A person or a description of one.</summary>
/// <param name="Generic">Whether it names a post and nobody: 责任单位主要负责同志.</param>
public sealed record DraftPerson(string Text, bool Generic, IReadOnlyList<Passage> At);

public enum DeadlineKind { Fixed, Immediate, ImmediateStanding, FixedStanding, Period, Recurring }

/// <summary>How often something recurs.</summary>
/// <param name="Text">As written: 每季度至少1次.</param>
/// <param name="Every">day, week, month, quarter, half, season, year or other.</param>
/// <param name="Times">At least how often in each; 1 unless said.</param>
public sealed record Recurrence(string Text, string Every, int Times);

/// <summary>A deadline, whole, as one type. Dates are the last day of the period named.</summary>
/// <param name="From">First day of a period, when the kind is <see cref="DeadlineKind.Period"/> or a start is named.</param>
/// <param name="Date">Last day; <see langword="null"/> where only 立行立改 or 长期坚持 is said.</param>
public sealed record DraftDeadline(
    string Text, DeadlineKind Kind, DateOnly? From, DateOnly? Date, Recurrence? Recurrence, IReadOnlyList<Passage> At);

/// <summary>A dated step inside a measure or goal (交账节点).</summary>
public sealed record DraftMilestone(string Text, DateOnly Date, IReadOnlyList<Passage> At);

/// <summary>One measure. Its own units, deadline and recurrence where the text names them.</summary>
/// <param name="Number">As written, without the text: <c>1.</c>, <c>（二）</c>, <c>一是</c>; empty when unnumbered.</param>
public sealed record DraftMeasure(
    string Number, DraftText Text, IReadOnlyList<DraftUnit> Units, DraftDeadline? Deadline, Recurrence? Recurrence,
    IReadOnlyList<DraftMilestone> Milestones);

/// <summary>A public notice's window, as far as the document says it.</summary>
/// <param name="Unit"><c>working</c> or <c>calendar</c>; <see langword="null"/> if not said.</param>
public sealed record DraftNotice(DateOnly? From, DateOnly? To, int? Days, string? Unit, IReadOnlyList<Passage> At);

/// <summary>Something doubtful, at a field of an item.</summary>
/// <param name="Code">Stable: <c>unknown-unit</c>, <c>missing-deadline</c>, <c>number-gap</c>, <c>duplicate-number</c>,
/// <c>measure-without-unit</c>, <c>later-than-parent</c>, <c>near-identical</c>, <c>no-measures</c>, <c>unread-label</c> …</param>
/// <param name="Field">Path such as <c>deadline</c>, <c>units[1]</c>, <c>measures[2].deadline</c>.</param>
/// <param name="Arguments">What the sentence names, for the resource text.</param>
public sealed record Doubt(string Code, string Field, IReadOnlyList<string> Arguments);

/// <summary>One item: a task of a plan, a row of a list, or what a notice closes.</summary>
public sealed record DraftItem
{
    public required DraftNumber Number { get; init; }

    /// <summary>The heading it stands under, such as the aspect of the plan; empty if none.</summary>
    public DraftText Section { get; init; } = DraftText.None;

    /// <summary>The finding that this is a task of; <see langword="null"/> where the document does not tell the two apart.</summary>
    public DraftFinding? Finding { get; init; }

    public DraftText Problem { get; init; } = DraftText.None;

    public DraftText Goal { get; init; } = DraftText.None;

    public IReadOnlyList<DraftMeasure> Measures { get; init; } = [];

    public IReadOnlyList<DraftUnit> Units { get; init; } = [];

    public IReadOnlyList<DraftPerson> Persons { get; init; } = [];

    public DraftDeadline? Deadline { get; init; }

    public IReadOnlyList<DraftMilestone> Milestones { get; init; } = [];

    public DraftNotice? Notice { get; init; }

    /// <summary>What was done (整改完成情况), in a notice or a progress list.</summary>
    public DraftText Result { get; init; } = DraftText.None;

    /// <summary>Labelled texts that have no field of their own: 核查情况, 下一步措施, 验收审核情况. Label as written, text.</summary>
    public IReadOnlyList<(string Label, DraftText Text)> Others { get; init; } = [];

    public IReadOnlyList<Doubt> Doubts { get; init; } = [];
}
