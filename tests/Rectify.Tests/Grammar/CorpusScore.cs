using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>How much of a field was found, and how much of what was found is right.</summary>
internal sealed record Tally(string Field)
{
    public int Right { get; private set; }

    /// <summary>Expected and not found, or found wrong.</summary>
    public int Missed { get; private set; }

    /// <summary>Found and not expected, or found wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>Share of what was found that is right, 0 to 1; 1 where nothing was found.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>Share of what was expected that was found, 0 to 1; 1 where nothing was expected.</summary>
    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    /// <summary>One sentence for each difference, for the person who mends the grammar.</summary>
    public List<string> Differences { get; } = [];

    public void Count(int right, int missed = 0, int wrong = 0) =>
        (Right, Missed, Wrong) = (Right + right, Missed + missed, Wrong + wrong);
}

/// <summary>Measures what was understood against hand-made expectations, field by field.</summary>
internal sealed class CorpusScore
{
    private static readonly string[] Fields =
        ["number", "units", "deadline", "measures", "milestones", "recurrence", "notice", "problem", "goal", "result", "persons"];

    private readonly Dictionary<string, Tally> tallies = Fields.ToDictionary(field => field, field => new Tally(field));

    public IEnumerable<Tally> Tallies => Fields.Select(name => tallies[name]);

    public Tally this[string name] => tallies[name];

    public static CorpusScore Of(IEnumerable<Expectation> expectations, Func<SourceDocument, PlanDraft> read)
    {
        var score = new CorpusScore();
        foreach (var expectation in expectations)
        {
            score.Add(expectation, read(expectation.Source));
        }

        return score;
    }

    /// <summary>The table for <c>docs/import.md</c>.</summary>
    public string Markdown()
    {
        var text = new StringBuilder("| Field | Right | Missed | Wrong | Precision | Recall |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var tally in Tallies)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {tally.Field} | {tally.Right} | {tally.Missed} | {tally.Wrong} | {100 * tally.Precision:0.0} % | {100 * tally.Recall:0.0} % |\n");
        }

        return text.ToString();
    }

    /// <summary>The table, and under it every difference.</summary>
    public string Report() => Markdown() + string.Concat(
        from tally in Tallies from difference in tally.Differences select $"\n{tally.Field}: {difference}");

    private void Add(Expectation expectation, PlanDraft draft)
    {
        var (pairs, invented) = ItemPairs.Of(expectation.Items, draft.Items);
        foreach (var (expected, actual) in pairs)
        {
            Compare($"{expectation.Name} {Label(expected)}", expected, actual);
        }

        foreach (var item in invented)
        {
            Compare($"{expectation.Name} invented «{item.Number.Text}»", Nothing(), item);
        }
    }

    private static string Label(JsonObject expected) => (string?)expected["number"]?["text"] ?? "without number";

    private static JsonObject Nothing() => new(Fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field,
        field is "units" or "measures" or "milestones" or "persons" ? new JsonArray() : null)));

    private void Compare(string where, JsonObject expected, DraftItem? item)
    {
        if (expected.ContainsKey("number"))
        {
            One("number", where, expected["number"], item is null or { Number.Text: "" } ? null : item.Number, DraftMatch.Number);
        }

        Text("problem", where, expected, item?.Problem, within: 30);
        Text("goal", where, expected, item?.Goal, within: 30);
        Text("result", where, expected, item?.Result, within: 80);
        if (expected.ContainsKey("deadline"))
        {
            One("deadline", where, expected["deadline"], item?.Deadline, DraftMatch.Deadline);
        }

        if (expected.ContainsKey("notice"))
        {
            One("notice", where, expected["notice"], item?.Notice, DraftMatch.Notice);
        }

        Many("units", where, expected, item?.Units ?? [], DraftMatch.Unit);
        Many("persons", where, expected, item?.Persons ?? [], DraftMatch.Person);
        var milestones = (item?.Milestones ?? []).Concat((item?.Measures ?? []).SelectMany(measure => measure.Milestones));
        Many("milestones", where, expected, [.. milestones.DistinctBy(milestone => milestone.Date)], DraftMatch.Milestone);
        foreach (var (wanted, found) in Many("measures", where, expected, item?.Measures ?? [], DraftMatch.Measure))
        {
            InMeasure($"{where} «{found?.Text.Text ?? (string?)wanted?["text"]}»", wanted, found);
        }
    }

    // What a measure holds is compared where the reader wrote it down, and for invented measures.
    private void InMeasure(string where, JsonObject? expected, DraftMeasure? measure)
    {
        if (expected is null || expected.ContainsKey("deadline"))
        {
            One("deadline", where, expected?["deadline"], measure?.Deadline, DraftMatch.Deadline);
        }

        if (expected is null || expected.ContainsKey("recurrence"))
        {
            One("recurrence", where, expected?["recurrence"], measure?.Recurrence, DraftMatch.Recurrence);
        }

        if (expected is null || expected.ContainsKey("units"))
        {
            Many("units", where, expected ?? Nothing(), measure?.Units ?? [], DraftMatch.Unit);
        }
    }

    private void Text(string field, string where, JsonObject expected, DraftText? text, int within)
    {
        if (expected.ContainsKey(field))
        {
            One(field, where, expected[field], text is null or { Text: "" } ? null : text.Text,
                (wanted, found) => DraftMatch.Text((string)wanted!, found, within));
        }
    }

    private void One<T>(string field, string where, JsonNode? expected, T? found, Func<JsonNode, T, bool> same) where T : class
    {
        if (expected is null && found is null)
        {
            return;
        }

        var right = expected is not null && found is not null && same(expected, found);
        tallies[field].Count(right ? 1 : 0, !right && expected is not null ? 1 : 0, !right && found is not null ? 1 : 0);
        if (!right)
        {
            tallies[field].Differences.Add($"{where}: expected {DraftMatch.Show(expected)}, found {DraftMatch.Show(found)}");
        }
    }

    private List<(JsonObject? Wanted, T? Found)> Many<T>(
        string field, string where, JsonObject expected, IReadOnlyList<T> found, Func<JsonNode, T, bool> same) where T : class
    {
        if (!expected.ContainsKey(field))
        {
            return [];
        }

        var rest = found.ToList();
        var pairs = new List<(JsonObject?, T?)>();
        foreach (var wanted in (expected[field] as JsonArray ?? []).Select(node => node!))
        {
            var match = rest.Find(candidate => same(wanted, candidate));
            pairs.Add((wanted as JsonObject, match));
            One(field, where, wanted, match, static (_, _) => true);
            if (match is not null)
            {
                rest.Remove(match);
            }
        }

        foreach (var extra in rest)
        {
            pairs.Add((null, extra));
            One(field, where, null, extra, same);
        }

        return pairs;
    }
}
