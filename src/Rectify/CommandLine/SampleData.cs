using System.Text.Json;

namespace Rectify.CommandLine;

/// <summary>The sample's data as its files hold them: samples/yunling/README.md.</summary>
internal sealed record SamplePlan(SampleProgramme Programme, IReadOnlyList<SampleTask> Tasks);

internal sealed record SampleProgramme(
    string Id, string Name, string ShortName, string Round, string Team, DateOnly StationedFrom, DateOnly StationedTo, DateOnly FeedbackOn,
    DateOnly ReportedOn, DateOnly ApprovedOn, string ApprovedBy, DateOnly PublishedOn, IReadOnlyList<string> ProblemAspects,
    IReadOnlyList<string> AdviceAspects, IReadOnlyList<SampleDocument> Documents);

internal sealed record SampleDocument(string Kind, string Number);

internal sealed record SampleTask(
    int Number, string TaskType, IReadOnlyList<SampleUnit> Units, IReadOnlyList<SampleMeasure> Measures);

internal sealed record SampleUnit(string Unit, string Role);

internal sealed record SampleMeasure(int No, string Text, SampleQuantity? Quantity);

internal sealed record SampleQuantity(string Name, string Unit, decimal Target, decimal Baseline);

internal sealed record SampleHistory(IReadOnlyList<SampleRound> Rounds, IReadOnlyList<SampleTaskHistory> Tasks);

internal sealed record SampleRound(string Id, DateOnly AsOf);

internal sealed record SampleTaskHistory(
    int Task, DateOnly StartedOn, IReadOnlyList<SampleNode> Milestones, IReadOnlyList<SampleMeasureHistory> Measures,
    IReadOnlyList<SampleCycle> Cycles, IReadOnlyList<SampleDeadlineChange> DeadlineChanges, IReadOnlyList<SampleProgress> Progress,
    IReadOnlyList<SampleOutcome> UnitOutcomes);

internal sealed record SampleNode(int No, DateOnly Due, DateOnly? ReachedOn);

internal sealed record SampleMeasureHistory(int No, DateOnly? FirstOn, DateOnly? DoneOn);

internal sealed record SampleCycle(
    DateOnly CompletedOn, IReadOnlyList<SampleApplication> Applications, DateOnly? AcceptedOn, DateOnly? NoticeFrom, DateOnly? NoticeTo,
    DateOnly? ClosedOn, DateOnly? ReopenedOn, string? ReopenReason);

internal sealed record SampleApplication(DateOnly AppliedOn, DateOnly? ReturnedOn, string? ReturnReason);

internal sealed record SampleDeadlineChange(DateOnly DecidedOn, DateOnly ToDate, string Reason, string Document);

internal sealed record SampleProgress(string Round, IReadOnlyDictionary<string, decimal> Quantities);

internal sealed record SampleOutcome(string Unit, string Outcome, DateOnly DecidedOn, string Basis);

internal static class SampleData
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<T> ReadAsync<T>(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return (await JsonSerializer.DeserializeAsync<T>(file, Json, ct))!;
    }
}
