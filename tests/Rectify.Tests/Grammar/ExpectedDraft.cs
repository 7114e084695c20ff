using System.Text.Json.Nodes;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

/// <summary>The draft that a perfect reader would give: the expectation itself, in the types of the grammar.</summary>
internal static class ExpectedDraft
{
    public static PlanDraft Of(Expectation expectation) => new("", [.. expectation.Items.Select(Item)]);

    public static DraftItem Item(JsonObject item) => new()
    {
        Number = new((string?)item["number"]?["text"] ?? "", (int?)item["number"]?["value"], (int?)item["number"]?["parent"],
            (int?)item["number"]?["child"], (int?)item["number"]?["measure"], []),
        Problem = Text(item["problem"]),
        Goal = Text(item["goal"]),
        Result = Text(item["result"]),
        Units = Units(item["units"]),
        Persons = [.. List(item["persons"]).Select(person => new DraftPerson((string)person!, true, []))],
        Deadline = Deadline(item["deadline"]),
        Milestones = [.. List(item["milestones"]).Select(milestone =>
            new DraftMilestone((string)milestone["text"]!, DraftMatch.Date(milestone["date"])!.Value, []))],
        Notice = item["notice"] is { } notice
            ? new(DraftMatch.Date(notice["from"]), DraftMatch.Date(notice["to"]), (int?)notice["days"], (string?)notice["unit"], [])
            : null,
        Measures = [.. List(item["measures"]).Select(measure => new DraftMeasure((string)measure["number"]!, Text(measure["text"]),
            Units(measure["units"]), Deadline(measure["deadline"]),
            (string?)measure["recurrence"] is { } recurrence ? new(recurrence, "other", 1) : null, []))],
    };

    private static IEnumerable<JsonNode> List(JsonNode? node) => (node as JsonArray ?? []).Select(each => each!);

    private static DraftText Text(JsonNode? node) => (string?)node is { } text ? new(text.TrimEnd('…'), []) : DraftText.None;

    private static IReadOnlyList<DraftUnit> Units(JsonNode? node) => [.. List(node).Select(unit =>
        new DraftUnit((string)unit["text"]!, Enum.Parse<DraftRole>((string)unit["role"]!, ignoreCase: true), []))];

    private static DraftDeadline? Deadline(JsonNode? node) => node is null ? null : new(
        (string)node["text"]!,
        Enum.Parse<DeadlineKind>(((string)node["kind"]!).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        DraftMatch.Date(node["from"]), DraftMatch.Date(node["date"]), null, []);
}
