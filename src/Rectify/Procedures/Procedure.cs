using Rectify.Platform;
using Rectify.Platform.Text;

namespace Rectify.Procedures;

/// <summary>What an acceptance is judged by, for one type of task.</summary>
/// <param name="TaskType">At most 40 characters; empty for all types that have no list of their own.</param>
/// <param name="Lines">1 to 30, of 1 to 200 characters.</param>
public sealed record Checklist(string TaskType, IReadOnlyList<string> Lines)
{
    /// <summary>The key of the step that it is of; <see langword="null"/> for all steps that have none of their own.</summary>
    public string? Step { get; init; }
}

/// <summary>What is filled in with a step, for one type of task: 整改任务销号工作情况说明（工程类）.</summary>
/// <param name="Step">The key of its step.</param>
/// <param name="TaskType">As of a <see cref="Checklist"/>.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Fields">1 to 30.</param>
public sealed record StepForm(string Step, string TaskType, string Title, IReadOnlyList<FormField> Fields);

/// <summary>A field of a form.</summary>
/// <param name="Name">1 to 100 characters, once in its form.</param>
/// <param name="Needed">Whether it may not be left empty.</param>
public sealed record FormField(string Name, bool Needed = true);

/// <summary>How a programme closes (销号规程): the steps in their order, who takes them and by when. Always valid once checked.</summary>
/// <param name="Name">1 to 100 characters.</param>
public sealed record Procedure(string Name, IReadOnlyList<ProcedureStep> Steps)
{
    public const int MostSteps = 20;

    public ClosingNode Node { get; init; }

    /// <summary>Whether each responsible unit closes an item for itself: the item is closed with the last of them.</summary>
    public bool PerUnit { get; init; }

    /// <summary>Whether a unit accepts on one day of each month only (集中验收).</summary>
    public bool Batch { get; init; }

    /// <summary>Whether one notice may tell of several items.</summary>
    public bool SharedNotice { get; init; }

    /// <summary>What an open objection does to the days of a notice.</summary>
    public ObjectionClock ObjectionClock { get; init; }

    public IReadOnlyList<Checklist> Checklists { get; init; } = [];

    /// <summary>Forms of steps; <see langword="null"/> for none.</summary>
    public IReadOnlyList<StepForm>? Forms { get; init; }

    /// <summary>The lines by which an item of the type is judged in a step: the step's own, or those for all.</summary>
    public IReadOnlyList<string> LinesFor(string taskType, string step = "") =>
        (from list in Checklists
         where (list.Step is null || list.Step == step) && (list.TaskType.Length == 0 || list.TaskType == taskType)
         orderby list.Step is null, list.TaskType.Length == 0
         select list.Lines).FirstOrDefault() ?? [];

    /// <summary>The form that is filled in with a step for an item of the type; <see langword="null"/> if there is none.</summary>
    public StepForm? FormFor(string taskType, string step) =>
        (Forms ?? []).Where(form => form.Step == step && (form.TaskType.Length == 0 || form.TaskType == taskType)).OrderBy(form => form.TaskType.Length == 0).FirstOrDefault();

    /// <exception cref="Refusal">422: a procedure that cannot be.</exception>
    internal Procedure Checked()
    {
        var clean = this with
        {
            Name = Name.Trim(),
            Steps = [.. Steps.Select(step => step with
            {
                Key = step.Key.Trim(),
                Title = step.Title.Trim(),
                Form = step.Form.Trim(),
                Levels = step.Levels is { Count: > 0 } levels ? [.. levels.Select(one => one with { TaskType = one.TaskType.Trim() })] : null,
            })],
            Checklists = [.. Checklists.Select(list => list with { TaskType = list.TaskType.Trim(), Lines = [.. list.Lines.Select(line => line.Trim()).Where(line => line.Length > 0)] })],
            Forms = Forms is { Count: > 0 } forms
                ? [.. forms.Select(form => new StepForm(form.Step, form.TaskType.Trim(), form.Title.Trim(), [.. form.Fields.Select(field => field with { Name = field.Name.Trim() })]))]
                : null,
        };
        if (clean.Name.Length is < 1 or > 100)
        {
            throw Refusal.Invalid("procedure.name", "A procedure's name has 1 to 100 characters.");
        }

        if (!Enum.IsDefined(Node) || !Enum.IsDefined(ObjectionClock)
            || clean.Steps.Any(step => !Enum.IsDefined(step.Kind) || !Enum.IsDefined(step.Duty) || !Enum.IsDefined(step.Level) || (step.Levels ?? []).Any(one => !Enum.IsDefined(one.Level))))
        {
            throw Refusal.Malformed("There is no such kind of step, duty, level or node.");
        }

        if (clean.Steps.Count > MostSteps || clean.Steps.Any(step => step.Key.Length is < 1 or > 40 || !step.Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
            || clean.Steps.DistinctBy(step => step.Key).Count() != clean.Steps.Count)
        {
            throw Refusal.Invalid("procedure.steps", $"A procedure has at most {MostSteps} steps, each with a key of its own of 1 to 40 letters, digits and hyphens.", MostSteps);
        }

        if (clean.Steps.FirstOrDefault(step => step.Title.Length > 40 || step.Form.Length > 100) is { } longer)
        {
            throw Refusal.Invalid("procedure.long", "A step's title has at most 40 characters, its form 100.", longer.Title);
        }

        if (clean.Steps.FirstOrDefault(step => !StepRules.Duties(step.Kind).Contains(step.Duty)) is { } wrong)
        {
            throw Refusal.Invalid("procedure.duty", $"{wrong.Kind} is not taken by {wrong.Duty}.", new Phrase($"procedure.kind.{wrong.Kind}"), new Phrase($"procedure.duty.{wrong.Duty}"));
        }

        foreach (var step in clean.Steps)
        {
            if (step.Limit is { Days: < 1 or > 365 } || step.Stands is { Days: < 1 or > 60 } || (step.Stands is null) == (step.Kind is StepKind.Notice))
            {
                throw Refusal.Invalid("procedure.days", "A step may take 1 to 365 days; a notice stands for 1 to 60 days, and nothing else does.");
            }
        }

        if (clean.Steps.FirstOrDefault(step => step.Levels is { } levels
                && (levels.Count > 20 || levels.Any(one => one.TaskType.Length is < 1 or > 40) || levels.DistinctBy(one => one.TaskType).Count() != levels.Count)) is { } leveled)
        {
            throw Refusal.Invalid("procedure.levels", "Each type of task has one level at most in a step, and a name of 1 to 40 characters.", leveled.Title);
        }

        if (clean.Checklists.DistinctBy(list => (list.Step, list.TaskType)).Count() != clean.Checklists.Count
            || clean.Checklists.Any(list => list.TaskType.Length > 40 || list.Lines.Count is < 1 or > 30 || list.Lines.Any(line => line.Length > 200)
                || (list.Step is { } of && !clean.Steps.Any(step => step.Key == of && step.Checklist)))
            || clean.Steps.Any(step => step.Checklist && clean.LinesFor("", step.Key).Count == 0))
        {
            throw Refusal.Invalid("procedure.checklist", "A checklist has 1 to 30 lines of at most 200 characters; each type of task has one at most, and one is for all others.");
        }

        if (clean.Forms is { } all && (all.DistinctBy(form => (form.Step, form.TaskType)).Count() != all.Count || all.Any(form => !IsForm(form, clean.Steps))))
        {
            throw Refusal.Invalid("procedure.form", "A form belongs to a step other than declaration and notice; it has a title and 1 to 30 fields, each with a name of its own of 1 to 100 characters, and each type of task has one at most.");
        }

        return clean.Broken().FirstOrDefault() is { } rule
            ? throw Refusal.Invalid("procedure.order", $"The order of the steps cannot be: {rule}.", new Phrase($"procedure.rule.{rule}"))
            : clean;
    }

    private static bool IsForm(StepForm form, IReadOnlyList<ProcedureStep> steps) =>
        steps.Any(step => step.Key == form.Step && step.Kind is not (StepKind.Declare or StepKind.Notice)) && form.TaskType.Length <= 40 && form.Title.Length is >= 1 and <= 100 && form.Fields.Count is >= 1 and <= 30
        && form.Fields.All(field => field.Name.Length is >= 1 and <= 100) && form.Fields.DistinctBy(field => field.Name).Count() == form.Fields.Count;

    /// <summary>The rules of order that are not met, by name. What is left to programmes: notice before or after closing, who reviews, who reports.</summary>
    internal IEnumerable<string> Broken()
    {
        int First(StepKind kind) => Steps.Index().Where(step => step.Item.Kind == kind).Select(step => step.Index).DefaultIfEmpty(-1).First();
        int Last(StepKind kind) => Steps.Index().Where(step => step.Item.Kind == kind).Select(step => step.Index).DefaultIfEmpty(-1).Last();
        var accepted = Last(StepKind.Acceptance);
        (string Name, bool Met)[] rules =
        [
            ("once", Steps.GroupBy(step => step.Kind).All(group => group.Count() == 1 || StepRules.MayRepeat(group.Key))),
            ("declare", First(StepKind.Declare) == 0 && First(StepKind.Apply) == 1),
            ("accept", accepted > 1),
            ("judge", Steps.Index().All(step => step.Item.Kind is not (StepKind.MaterialReview or StepKind.SiteCheck) || step.Index < accepted)),
            ("close", First(StepKind.Close) > accepted),
            ("notice", First(StepKind.Notice) is var notice && (notice < 0 || notice > accepted)),
            ("objections", First(StepKind.Objections) is var objections && (objections < 0 || (notice >= 0 && objections > notice))),
            ("sign", First(StepKind.SignOff) is var sign && (sign < 0 || (sign > accepted && Last(StepKind.SignOff) < First(StepKind.Close)))),
            ("review", First(StepKind.OfficeReview) is var review && (review < 0 || review > 1)),
            ("report", First(StepKind.Report) is var report && (report < 0 || report > accepted)),
            ("publish", First(StepKind.Publish) is var publish && (publish < 0 || publish > First(StepKind.Close))),
            ("not-involved", Steps.All(step => step.NotInvolved || step.Kind is not (StepKind.Declare or StepKind.Apply or StepKind.Close))
                && Steps.Any(step => step.NotInvolved && step.Kind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance or StepKind.OfficeReview)),
        ];
        return rules.Where(rule => !rule.Met).Select(rule => rule.Name);
    }
}
