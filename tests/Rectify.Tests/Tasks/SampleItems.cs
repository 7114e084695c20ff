using System.Runtime.CompilerServices;
using System.Text.Json;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Tasks;

/// <summary>One progress entry of the sample programme as its authors reckoned it, by other means than ours.</summary>
internal sealed record SampleEntry(string Round, DateOnly On, int Percent, int? Expected, string Status);

/// <summary>The tasks of the sample programme as inputs of a timeline, with the entries to compare.</summary>
internal static class SampleItems
{
    private static readonly Lazy<IReadOnlyList<(int Number, TimelineInput Input, SampleEntry[] Entries)>> Loaded = new(Load);

    public static IReadOnlyList<(int Number, TimelineInput Input, SampleEntry[] Entries)> All => Loaded.Value;

    private static List<(int, TimelineInput, SampleEntry[])> Load()
    {
        using var plan = Read("plan.json");
        using var history = Read("history.json");
        var roundDates = history.RootElement.GetProperty("rounds").EnumerateArray()
            .ToDictionary(round => round.GetProperty("id").GetString()!, round => Day(round, "as_of")!.Value);
        var approved = Day(plan.RootElement.GetProperty("programme"), "approved_on");
        var stories = history.RootElement.GetProperty("tasks").EnumerateArray().ToDictionary(story => story.GetProperty("task").GetInt32());
        return
        [
            .. from task in plan.RootElement.GetProperty("tasks").EnumerateArray()
               let number = task.GetProperty("number").GetInt32()
               let story = stories[number]
               select (number, InputOf(task, story, approved, roundDates), EntriesOf(story, roundDates)),
        ];
    }

    private static TimelineInput InputOf(JsonElement task, JsonElement story, DateOnly? approved, Dictionary<string, DateOnly> roundDates) => new()
    {
        Deadline = Day(task.GetProperty("deadline"), "date"),
        Standing = task.GetProperty("deadline").GetProperty("kind").GetString()!.EndsWith("standing", StringComparison.Ordinal),
        PlanApprovedOn = approved,
        Milestones = [.. Items(task, "milestones").Select(node => new Milestone(No(node), Day(node, "due")!.Value))],
        Measures = [.. Items(task, "measures").Select(MeasureOf)],
        Facts = [.. FactsOf(story, roundDates).Select((fact, n) => fact with { Sequence = n })],
    };

    private static Measure MeasureOf(JsonElement measure)
    {
        var (deadline, quantity) = (measure.GetProperty("deadline"), measure.GetProperty("quantity"));
        var isDated = deadline.ValueKind is JsonValueKind.Object;
        return new(
            No(measure),
            isDated ? Day(deadline, "date") : null,
            isDated && deadline.GetProperty("kind").GetString() is "recurring",
            quantity.ValueKind is JsonValueKind.Object
                ? new(quantity.GetProperty("baseline").GetDecimal(), quantity.GetProperty("target").GetDecimal())
                : null);
    }

    private static List<DatedFact> FactsOf(JsonElement story, Dictionary<string, DateOnly> roundDates)
    {
        var facts = new List<DatedFact>();
        void Add(FactKind kind, JsonElement from, string name, int? no = null)
        {
            if (Day(from, name) is { } on)
            {
                facts.Add(new(kind, on, No: no));
            }
        }

        Add(FactKind.Started, story, "started_on");
        foreach (var node in Items(story, "milestones"))
        {
            Add(FactKind.MilestoneReached, node, "reached_on", No(node));
        }

        foreach (var measure in Items(story, "measures"))
        {
            Add(FactKind.MeasureDone, measure, "done_on", No(measure));
        }

        foreach (var change in Items(story, "deadline_changes"))
        {
            facts.Add(new(FactKind.DeadlineChanged, Day(change, "decided_on")!.Value, To: Day(change, "to_date")));
        }

        foreach (var cycle in Items(story, "cycles"))
        {
            Add(FactKind.Completed, cycle, "completed_on");
            foreach (var application in Items(cycle, "applications"))
            {
                Add(FactKind.Applied, application, "applied_on");
                Add(FactKind.Returned, application, "returned_on");
            }

            Add(FactKind.Accepted, cycle, "accepted_on");
            Add(FactKind.NoticeOpened, cycle, "notice_from");
            Add(FactKind.NoticeEnded, cycle, "notice_to");
            Add(FactKind.Closed, cycle, "closed_on");
            Add(FactKind.Reopened, cycle, "reopened_on");
        }

        facts.AddRange(
            from entry in Items(story, "progress")
            from quantity in entry.GetProperty("quantities").EnumerateObject()
            select new DatedFact(FactKind.Measured, roundDates[entry.GetProperty("round").GetString()!],
                No: int.Parse(quantity.Name, null), Value: quantity.Value.GetDecimal()));
        return facts;
    }

    private static SampleEntry[] EntriesOf(JsonElement story, Dictionary<string, DateOnly> roundDates) =>
    [
        .. from entry in Items(story, "progress")
           let round = entry.GetProperty("round").GetString()!
           let expected = entry.GetProperty("expected")
           select new SampleEntry(round, roundDates[round], entry.GetProperty("percent").GetInt32(),
               expected.ValueKind is JsonValueKind.Null ? null : expected.GetInt32(), entry.GetProperty("status").GetString()!),
    ];

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) => of.GetProperty(name).EnumerateArray();

    private static int No(JsonElement of) => of.GetProperty("no").GetInt32();

    private static DateOnly? Day(JsonElement of, string name) =>
        of.TryGetProperty(name, out var day) && day.GetString() is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd") : null;

    private static JsonDocument Read(string file, [CallerFilePath] string here = "") =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "../../../samples/yunling/data", file)));
}
