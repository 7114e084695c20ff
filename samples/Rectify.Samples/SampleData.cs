using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rectify.Samples;

/// <summary>A unit as <c>units.tsv</c> has it; <paramref name="Parent"/> is empty for the region, <paramref name="SigningName"/> for whoever signs by the own name.</summary>
internal sealed record Unit(
    string Id, string Parent, string Kind, string Name, string ShortName, IReadOnlyList<string> Aliases, string Code, string SigningName)
{
    /// <summary>All spellings that stand for this unit and for no other.</summary>
    public IEnumerable<string> Spellings => [Name, ShortName, .. Aliases];
}

internal sealed record Person(string Id, string Unit, string Name, string Duty);

internal sealed record PaperReference(string Kind, string Number, string Title, DateOnly Date);

internal sealed record Programme(
    string Name, string Team, DateOnly ApprovedOn, DateOnly PublishedOn, IReadOnlyList<string> ProblemAspects,
    IReadOnlyList<string> AdviceAspects, IReadOnlyList<PaperReference> Documents);

internal sealed record Aspect(int No, string Name);

/// <summary>A deadline as written and as understood; <paramref name="Date"/> is null where only 立行立改 or 长期坚持 is said.</summary>
internal sealed record Deadline(string Text, string Kind, DateOnly? Date, string? Every);

internal sealed record Milestone(int No, string Text, DateOnly Due);

/// <summary>A unit's part in a task: <c>lead</c>, <c>cooperate</c>, <c>supervise</c> or <c>accept</c>.</summary>
internal sealed record UnitRole(string Unit, string Role);

internal sealed record Measure(int No, string Text, Deadline? Deadline);

internal sealed record PlanTask(
    int Number, string NumberText, int Aspect, string TaskType, string Problem, string Goal, Deadline Deadline,
    IReadOnlyList<Milestone> Milestones, IReadOnlyList<UnitRole> Units, IReadOnlyList<string> Implementers,
    string Person, IReadOnlyList<Measure> Measures)
{
    public IEnumerable<string> UnitsAs(string role) => Units.Where(u => u.Role == role).Select(u => u.Unit);
}

internal sealed record Plan(Programme Programme, IReadOnlyList<Aspect> Aspects, IReadOnlyList<PlanTask> Tasks);

/// <summary>What had come of a task: history.json. Dates are those of its last way to closing.</summary>
internal sealed record TaskHistory(
    int Task, DateOnly StartedOn, DateOnly? CompletedOn, DateOnly? AppliedOn, DateOnly? AcceptedOn, DateOnly? NoticeFrom, DateOnly? NoticeTo, string Situation,
    IReadOnlyList<CycleHistory> Cycles, IReadOnlyList<UnitOutcome> UnitOutcomes);

/// <summary>One way of a task to its closing.</summary>
internal sealed record CycleHistory(DateOnly CompletedOn);

/// <param name="Outcome"><c>completed</c> or <c>not_involved</c>.</param>
internal sealed record UnitOutcome(string Unit, string Outcome, DateOnly DecidedOn, string Basis);

internal sealed record History(DateOnly AsOf, IReadOnlyList<TaskHistory> Tasks);

/// <summary>All that the sample documents are made from.</summary>
/// <param name="Families">The kind of work (water, air, land, waste, institution) by type of task.</param>
/// <param name="Results">What came of a measure, or of the whole task (report), by task and part: results.tsv.</param>
internal sealed record SampleData(
    IReadOnlyList<Unit> Units, IReadOnlyList<Person> People, Plan Plan, IReadOnlyList<string> Preface, Revision Revision, History History,
    IReadOnlyDictionary<string, string> Families, IReadOnlyDictionary<(int Task, string Part), string> Results)
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is empty or a row has too few columns.</exception>
    public static SampleData Load(string folder) => new(
        [.. Rows(folder, "units.tsv", 8).Select(r => new Unit(
            r[0], r[1], r[2], r[3], r[4], r[5].Split('|', StringSplitOptions.RemoveEmptyEntries), r[6], r[7]))],
        [.. Rows(folder, "people.tsv", 4).Select(r => new Person(r[0], r[1], r[2], r[3]))],
        Read<Plan>(folder, "plan.json"),
        File.ReadAllLines(Path.Combine(folder, "preface.txt")),
        Read<Revision>(folder, "revision.json"),
        Read<History>(folder, "history.json"),
        Rows(folder, "phrases.tsv", 4).Where(r => r[0] == "family").SelectMany(r => r[3].Split(' '), (r, type) => (type, family: r[2]))
            .ToDictionary(one => one.type, one => one.family),
        Rows(folder, "results.tsv", 3).ToDictionary(r => (int.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture), r[1]), r => r[2]));

    /// <summary>What a task's report says of the whole.</summary>
    /// <param name="cycle">Counted from 0.</param>
    public string ReportOf(TaskHistory told, int cycle) =>
        Results.GetValueOrDefault((told.Task, cycle == 0 ? "report" : $"report{cycle + 1}"), told.Situation);

    private static IEnumerable<string[]> Rows(string folder, string file, int columns) =>
        from line in File.ReadAllLines(Path.Combine(folder, file)).Skip(1)
        let cells = line.Split('\t')
        select cells.Length == columns ? cells : throw new InvalidDataException($"{file}: '{line}' has not {columns} columns.");

    private static T Read<T>(string folder, string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(folder, file)), Json)
            ?? throw new InvalidDataException($"{file} is empty.");
}
