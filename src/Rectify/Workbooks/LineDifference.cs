using Rectify.Dispatch;
using Rectify.Tasks;

namespace Rectify.Workbooks;

/// <summary>One thing stated of an item that differs.</summary>
/// <param name="Field">The label is the text <c>workbook.field.</c> and this.</param>
/// <param name="Name">The figure, node or measure that it belongs to; empty for words.</param>
/// <param name="Old">As people read it; empty where nothing was stated.</param>
public sealed record FieldDifference(string Field, string Name, string Old, string New);

/// <summary>Compares two statements about one item, as people read them.</summary>
internal static class LineDifference
{
    /// <summary>What differs; texts that differ only in spaces do not.</summary>
    /// <param name="pieces">Those that are told by their titles.</param>
    public static IReadOnlyList<FieldDifference> Of(AskedLine asked, StatedLine old, StatedLine now, IReadOnlyList<LineEvidence> pieces)
    {
        var found = new List<FieldDifference>();
        foreach (var (i, figure) in asked.Figures.Index())
        {
            var (was, stands) = (Of(old, figure), Of(now, figure));
            Add("figure", figure.Quantity.QuantityName, Value(was.Value, figure.Quantity), Value(stands.Value, figure.Quantity));
            Add("reason", figure.Quantity.QuantityName, was.Reason, stands.Reason);
            Add("corrects", figure.Quantity.QuantityName, Value(was.Corrects, figure.Quantity), Value(stands.Corrects, figure.Quantity));
            Add("correctsReason", figure.Quantity.QuantityName, was.CorrectsReason, stands.CorrectsReason);
        }

        foreach (var node in asked.Nodes)
        {
            Add("node", node.Text, Day(old, node.No), Day(now, node.No));
        }

        foreach (var measure in asked.Measures)
        {
            Add("measure", measure.Measure.Title, Day(old, measure), Day(now, measure));
        }

        if (asked.AsksPercent)
        {
            Add("percent", "", Percent(old), Percent(now));
            Add("percentReason", "", old.PercentReason, now.PercentReason);
        }

        Add("work", "", old.Work, now.Work);
        Add("problems", "", old.Problems, now.Problems);
        Add("next", "", old.NextSteps, now.NextSteps);
        if (!old.Evidence.ToHashSet().SetEquals(now.Evidence))
        {
            found.Add(new("evidence", "", Titles(old), Titles(now)));
        }

        return found;

        // A piece that is no longer the item's is known by its number alone.
        string Titles(StatedLine line) => string.Join('；', line.Evidence.Select(id => pieces.FirstOrDefault(piece => piece.Id == id)?.Title ?? $"{id:N}"));

        void Add(string field, string name, string before, string after)
        {
            if (ReturnBook.Plain(before) != ReturnBook.Plain(after))
            {
                found.Add(new(field, name, before, after));
            }
        }
    }

    public static StatedFigure Of(StatedLine line, AskedFigure asked) =>
        line.Figures.FirstOrDefault(one => one.Quantity == asked.Quantity.Id) ?? new StatedFigure(asked.Quantity.Id, null);

    public static string Value(long? value, Item quantity) => value is null ? "" : ReturnBook.Plain(ReturnBook.AtScale(value, quantity)) + quantity.QuantityUnit;

    private static string Percent(StatedLine line) => line.Percent is { } percent ? $"{percent}%" : "";

    private static string Day(StatedLine line, int no) =>
        line.Nodes.FirstOrDefault(one => one.No == no) is not { } node ? "" : node.On is { } day ? ReturnBook.Plain(day) : "?";

    private static string Day(StatedLine line, AskedMeasure asked) =>
        line.Measures.FirstOrDefault(one => one.Measure == asked.Measure.Id) is not { } done ? "" : done.On is { } day ? ReturnBook.Plain(day) : "?";
}
