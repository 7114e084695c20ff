using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Workbooks;

/// <summary>One act that changed a line after the workbook was made: who, when, from what to what.</summary>
public sealed record LineAct(DateTimeOffset At, string Who, IReadOnlyList<FieldDifference> Changes);

/// <summary>What the journal says of a return's lines.</summary>
internal static class LineHistory
{
    /// <param name="lines">The lines asked for, each with the version from which on changes are told.</param>
    /// <returns>By line, the oldest act first.</returns>
    public static async Task<ILookup<Guid, LineAct>> SinceAsync(Db db, Guid whole, IReadOnlyCollection<(ReturnView.Line Line, int Version)> lines, CancellationToken ct)
    {
        var wanted = lines.ToDictionary(line => line.Line.Row.Id.ToString());
        var changed = (await db.OpeningsOfAsync(whole, null, ct))
            .Where(opening => opening.Record == nameof(ReturnLine) && wanted.ContainsKey(opening.RecordId))
            .GroupBy(opening => (opening.EntryId, opening.RecordId))
            .Where(act => Number(act.FirstOrDefault(opening => opening.Field == nameof(ReturnLine.Version))?.After) > wanted[act.Key.RecordId].Version)
            .ToList();
        var ids = changed.Select(act => act.Key.EntryId).Distinct().ToArray();
        var entries = await db.Journal.AsNoTracking().Where(row => ids.Contains(row.EntryId)).Select(row => new { row.EntryId, row.By, row.At }).ToDictionaryAsync(row => row.EntryId, ct);
        var people = await ItemHistory.PeopleAsync(db, entries.Values.Select(entry => entry.By).Distinct(), ct);
        var named =
            from act in changed
            let line = wanted[act.Key.RecordId].Line
            from piece in At(line.Stated, act, after: false).Evidence.Concat(At(line.Stated, act, after: true).Evidence)
            select (line.Row.ItemId, piece);
        var pieces = await LineEvidence.NamedAsync(db, [.. named], ct);
        return changed.Select(act =>
        {
            var (line, entry) = (wanted[act.Key.RecordId].Line, entries[act.Key.EntryId]);
            var difference = LineDifference.Of(line.Asked, At(line.Stated, act, after: false), At(line.Stated, act, after: true), [.. pieces[line.Row.ItemId]]);
            return (line.Row.Id, Act: new LineAct(entry.At, people.GetValueOrDefault(entry.By.Id).Name ?? "", difference));
        }).OrderBy(act => act.Act.At).ToLookup(act => act.Id, act => act.Act);
    }

    // What the act did not touch does not matter: it is the same on both sides.
    private static StatedLine At(StatedLine line, IEnumerable<Opening> act, bool after)
    {
        foreach (var opening in act)
        {
            var value = (after ? opening.After : opening.Before) ?? "";
            line = opening.Field switch
            {
                nameof(ReturnLine.Work) => line with { Work = value },
                nameof(ReturnLine.Problems) => line with { Problems = value },
                nameof(ReturnLine.NextSteps) => line with { NextSteps = value },
                nameof(ReturnLine.Percent) => line with { Percent = value.Length == 0 ? null : Number(value) },
                nameof(ReturnLine.PercentReason) => line with { PercentReason = value },
                nameof(ReturnLine.Figures) => line with { Figures = List<StatedFigure>(value) },
                nameof(ReturnLine.Nodes) => line with { Nodes = List<StatedNode>(value) },
                nameof(ReturnLine.Measures) => line with { Measures = List<StatedMeasure>(value) },
                nameof(ReturnLine.Evidence) => line with { Evidence = List<Guid>(value) },
                _ => line,
            };
        }

        return line;
    }

    private static List<T> List<T>(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Web)!;

    private static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
