using System.Globalization;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Reads what was typed into the form of a line, and keeps it for when the form comes back.</summary>
public sealed class LineForm
{
    private readonly LineTyping? typed;
    private readonly AskedLine asked;
    private readonly StatedLine stored;

    /// <param name="typed">What was posted or kept; <see langword="null"/> to show what is stored.</param>
    public LineForm(AskedLine asked, StatedLine stored, LineTyping? typed) => (this.asked, this.stored, this.typed) = (asked, stored, typed);

    /// <summary>The text to show in a field.</summary>
    public string Text(string field, string kept) => typed is null ? kept : typed[field];

    /// <summary>Whether a node's box is ticked.</summary>
    public bool Ticked(int no) => typed is null ? stored.Nodes.Any(node => node.No == no) : typed.Has($"n{no}");

    /// <summary>Whether a measure's box is ticked.</summary>
    public bool Ticked(AskedMeasure asked) => typed is null ? stored.Measures.Any(done => done.Measure == asked.Measure.Id) : typed.Has($"d{asked.No}");

    /// <summary>The pieces of evidence that are chosen, each once, in the order of the form.</summary>
    public IReadOnlyList<Guid> Evidence => typed is null ? stored.Evidence : typed.Pieces;

    /// <summary>What was stated. Numbers and days that cannot be read are errors: nothing of the line is saved then.</summary>
    public StatedLine Read(FormErrors errors, Words words) => new()
    {
        Work = Text("work", stored.Work),
        Problems = Text("problems", stored.Problems),
        NextSteps = Text("next", stored.NextSteps),
        Percent = asked.AsksPercent ? (int?)Figure("percent", 0, errors, words) : null,
        PercentReason = asked.AsksPercent ? Text("percentreason", stored.PercentReason) : "",
        Figures =
        [
            .. asked.Figures.Index().Select(one =>
            {
                var (no, scale) = (one.Index + 1, one.Item.Quantity.QuantityScale);
                return new StatedFigure(
                    one.Item.Quantity.Id, Figure($"f{no}", scale, errors, words), Text($"fr{no}", ""), Figure($"c{no}", scale, errors, words), Text($"cr{no}", ""));
            }),
        ],
        Measures = [.. asked.Measures.Where(Ticked).Select(one => new StatedMeasure(one.Measure.Id, Day($"m{one.No}", errors, words)))],
        Evidence = Evidence,
        Nodes = [.. asked.Nodes.Where(node => Ticked(node.No)).Select(node => new StatedNode(node.No, Day($"t{node.No}", errors, words)))],
    };

    private long? Figure(string field, int scale, FormErrors errors, Words words)
    {
        var text = Text(field, "").Trim();
        var figure = ItemWords.ParseFigure(text, scale);
        if (text.Length > 0 && (figure is null || (field == "percent" && figure is < 0 or > 100)))
        {
            errors.Add(field, field == "percent" ? words["line.number.percent", text] : scale == 0 ? words["line.number.whole", text] : words["line.number", text, scale]);
        }

        return figure;
    }

    private DateOnly? Day(string field, FormErrors errors, Words words)
    {
        var text = Text(field, "").Trim();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (text.Length > 0)
        {
            errors.Add(field, words["line.day", text]);
        }

        return null;
    }
}
