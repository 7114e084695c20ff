using System.Text.Json;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Platform.Text;

namespace Rectify.CommandLine;

/// <summary>The sample's data as its files hold them: samples/yunling/README.md.</summary>
internal sealed record SamplePlan(SampleProgramme Programme, IReadOnlyList<SampleTask> Tasks);

internal sealed record SampleProgramme(
    string Id, string Name, string ShortName, string Round, string Team, DateOnly StationedFrom, DateOnly StationedTo, DateOnly FeedbackOn,
    DateOnly ReportedOn, DateOnly ApprovedOn, string ApprovedBy, DateOnly PublishedOn, IReadOnlyList<string> ProblemAspects,
    IReadOnlyList<string> AdviceAspects, IReadOnlyList<SampleDocument> Documents);

internal sealed record SampleDocument(string Kind, string Number);

internal sealed record SampleTask(
    int Number, string NumberText, string TaskType, IReadOnlyList<SampleUnit> Units, IReadOnlyList<string> Implementers, IReadOnlyList<SampleMilestone> Milestones,
    IReadOnlyList<SampleMeasure> Measures);

internal sealed record SampleMilestone(DateOnly Due, string Text);

internal sealed record SampleUnit(string Unit, string Role);

internal sealed record SampleMeasure(int No, string Text, SampleDeadline? Deadline, SampleQuantity? Quantity);

internal sealed record SampleDeadline(string Text, string Kind);

internal sealed record SampleQuantity(string Name, string Unit, decimal Target, decimal Baseline);

internal sealed record SampleHistory(IReadOnlyList<SampleRound> Rounds, IReadOnlyList<SampleTaskHistory> Tasks);

/// <param name="Cycle"><c>month</c> or <c>quarter</c>.</param>
internal sealed record SampleRound(string Id, string Cycle, int No, DateOnly AsOf, DateOnly OpenedOn, DateOnly DueOn)
{
    public CycleKind Kind => Cycle == "quarter" ? CycleKind.Quarterly : CycleKind.Monthly;
}

internal sealed record SampleTaskHistory(
    int Task, DateOnly StartedOn, IReadOnlyList<SampleNode> Milestones, IReadOnlyList<SampleMeasureHistory> Measures,
    IReadOnlyList<SampleCycle> Cycles, IReadOnlyList<SampleDeadlineChange> DeadlineChanges, IReadOnlyList<SampleProgress> Progress,
    IReadOnlyList<SampleOutcome> UnitOutcomes, string Situation = "")
{
    /// <summary>The last day on which something happened; an office ends a notice on the day after it.</summary>
    public DateOnly LastOn => ((IEnumerable<DateOnly?>)
    [
        StartedOn, .. Milestones.Select(node => node.ReachedOn), .. Measures.Select(measure => measure.DoneOn),
        .. Cycles.SelectMany(cycle => new[] { cycle.CompletedOn, cycle.AcceptedOn, cycle.NoticeTo?.AddDays(1), cycle.ClosedOn, cycle.ReopenedOn }),
        .. Cycles.SelectMany(cycle => cycle.Applications).SelectMany(one => new[] { one.AppliedOn, one.ReturnedOn }), .. DeadlineChanges.Select(change => change.DecidedOn),
    ]).Max()!.Value;

    /// <summary>The progress that a round states, and the one before it.</summary>
    public (SampleProgress? Now, SampleProgress? Before) ProgressIn(string round)
    {
        var i = Progress.ToList().FindIndex(one => one.Round == round);
        return i < 0 ? (null, null) : (Progress[i], i > 0 ? Progress[i - 1] : null);
    }
}

internal sealed record SampleNode(int No, DateOnly Due, DateOnly? ReachedOn);

internal sealed record SampleMeasureHistory(int No, DateOnly? FirstOn, DateOnly? DoneOn);

internal sealed record SampleCycle(
    DateOnly CompletedOn, IReadOnlyList<SampleApplication> Applications, DateOnly? AcceptedOn, DateOnly? NoticeFrom, DateOnly? NoticeTo,
    DateOnly? ClosedOn, DateOnly? ReopenedOn, string? ReopenReason);

internal sealed record SampleApplication(DateOnly AppliedOn, DateOnly? ReturnedOn, string? ReturnReason);

/// <param name="ReasonClass">In the words of the story; one that the usual list has not counts as another reason.</param>
/// <param name="DecidedOn">The day of the decision with its document; <see langword="null"/> while it waits.</param>
/// <param name="Task">Number of the task, where the file names it.</param>
internal sealed record SampleDeadlineChange(
    DateOnly RequestedOn, string RequestedBy, string ReasonClass, string Reason, DateOnly ToDate, DateOnly? DecidedOn, string DecidedBy, string? Document, int Task = 0)
{
    private static readonly Words Texts = Words.In(Language.Default);

    /// <summary>The class of the usual list.</summary>
    public string Class => DeadlineReasons.Usual.FirstOrDefault(reason => Texts[$"deadline.reason.{reason}"].StartsWith(ReasonClass, StringComparison.Ordinal)) ?? "other";
}

internal sealed record SampleProgress(string Round, IReadOnlyDictionary<string, decimal> Quantities, string Status);

/// <param name="AppliedOn">This and the days after it are those of a part that was put right: it is closed before its task is accepted.</param>
internal sealed record SampleOutcome(
    string Unit, string Outcome, DateOnly DecidedOn, string Basis, DateOnly? AppliedOn = null, DateOnly? AcceptedOn = null, DateOnly? NoticeFrom = null, DateOnly? NoticeTo = null, DateOnly? ClosedOn = null);

/// <summary>How the rounds went: dispatch.json.</summary>
internal sealed record SampleDispatch(
    IReadOnlyList<SampleCycleRules> Cycles, IReadOnlyList<SampleCountyPart> Parts, IReadOnlyList<SampleLate> Late, IReadOnlyList<SampleMissing> Missing,
    IReadOnlyList<SampleBack> Back, IReadOnlyList<SampleCorrection> Corrections, IReadOnlyList<SampleReason> Reasons,
    IReadOnlyList<SampleDeadlineChange> Requests, SampleBulletin Bulletin);

/// <summary>The bulletin on one round: who receives it, what it asks for, when it was issued.</summary>
internal sealed record SampleBulletin(string Round, DateOnly IssuedOn, string Report, string Distribute, int Copies, string Requirements);

internal sealed record SampleCycleRules(string Cycle, int Opens, int Due, int Closes);

/// <summary>A county's part of a task, with its progress in percent by round.</summary>
internal sealed record SampleCountyPart(
    int Task, string Unit, string Text, DateOnly AddedOn, string Deadline, DateOnly Due, IReadOnlyDictionary<string, int> Percent);

/// <param name="Days">Working days after the due day.</param>
internal sealed record SampleLate(string Round, string Unit, int Days);

internal sealed record SampleMissing(string Round, string Unit);

/// <param name="Amended">What the unit adds to the task's line before it submits again.</param>
internal sealed record SampleBack(string Round, string Unit, int Task, string Note, string Amended);

/// <summary>A figure that a round stated wrongly; the next round corrects it to what the history says.</summary>
internal sealed record SampleCorrection(string Round, int Task, int Measure, decimal Stated, string Reason);

/// <summary>Why a figure falls.</summary>
internal sealed record SampleReason(string Round, int Task, int Measure, string Reason);

/// <summary>The schedule of a task: schedules.json.</summary>
/// <param name="Template">The key of the template that the unit began with.</param>
/// <param name="Days">Durations that it changed at once, by code.</param>
/// <param name="Nodes">The task's hand-over nodes that activities reach, by code.</param>
/// <param name="ApprovedOn">The day on which the office approved the first version; <see langword="null"/> where it did not.</param>
/// <param name="ToldOn">The day of the second version, which says what had begun and ended.</param>
/// <param name="Late">Days of the calendar by which all of it was later than first planned.</param>
/// <param name="Changes">Durations that the second version changes, by code.</param>
internal sealed record SampleSchedule(
    int Task, string Template, DateOnly PlannedOn, IReadOnlyDictionary<string, int> Days, IReadOnlyDictionary<string, int> Nodes, DateOnly? ApprovedOn, DateOnly ToldOn, int Late,
    IReadOnlyDictionary<string, int> Changes, string Reason);

/// <summary>The sample's files, read.</summary>
/// <param name="Results">What came of a measure, or of the whole task (report, report2 for its second closing), by task and part.</param>
/// <param name="Evidence">The lines of the index of evidence.</param>
internal sealed record SampleFiles(
    string Folder, SamplePlan Plan, SampleHistory History, SampleDispatch Dispatch, SampleClosingWords Closing, SampleDossierRules Dossiers, SampleSite Site, SampleLookBackStory LookBacks, IReadOnlyList<SampleSchedule> Schedules,
    SamplePhrases Phrases, IReadOnlyDictionary<(int Task, string Part), string> Results, IReadOnlyList<string> Evidence)
{
    public static async Task<SampleFiles> ReadAsync(string folder, CancellationToken ct)
    {
        var data = Path.Combine(folder, "data");
        return new(
            folder,
            await SampleData.ReadAsync<SamplePlan>(Path.Combine(data, "plan.json"), ct),
            await SampleData.ReadAsync<SampleHistory>(Path.Combine(data, "history.json"), ct),
            await SampleData.ReadAsync<SampleDispatch>(Path.Combine(data, "dispatch.json"), ct),
            await SampleData.ReadAsync<SampleClosingWords>(Path.Combine(data, "closing.json"), ct),
            await SampleData.ReadAsync<SampleDossierRules>(Path.Combine(data, "dossiers.json"), ct),
            await SampleData.ReadAsync<SampleSite>(Path.Combine(data, "public.json"), ct),
            await SampleData.ReadAsync<SampleLookBackStory>(Path.Combine(data, "lookbacks.json"), ct),
            await SampleData.ReadAsync<IReadOnlyList<SampleSchedule>>(Path.Combine(data, "schedules.json"), ct),
            SamplePhrases.Parse(await File.ReadAllLinesAsync(Path.Combine(data, "phrases.tsv"), ct), await File.ReadAllLinesAsync(Path.Combine(data, "units.tsv"), ct)),
            (await File.ReadAllLinesAsync(Path.Combine(data, "results.tsv"), ct)).Skip(1).Select(line => line.Split('\t'))
                .ToDictionary(row => (int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), row[1]), row => row[2]),
            await File.ReadAllLinesAsync(Path.Combine(folder, "evidence", "index.tsv"), ct));
    }
}

internal static class SampleData
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<T> ReadAsync<T>(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return (await JsonSerializer.DeserializeAsync<T>(file, Json, ct))!;
    }
}
