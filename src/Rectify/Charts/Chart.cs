using Rectify.Papers;
using Rectify.Platform.Text;

namespace Rectify.Charts;

/// <summary>The rows of a chart as a workbook and a page's table have them.</summary>
internal sealed record ChartTable(IReadOnlyList<SheetColumn> Columns, IReadOnlyList<object?[]> Rows);

/// <summary>A chart with all that it shows: drawn on whatever sheet is asked for.</summary>
internal abstract class Chart(ChartAsk ask)
{
    /// <summary>Draws as much as fits between two heights.</summary>
    /// <returns>Where it ends, and whether something is left for another sheet.</returns>
    protected delegate (float End, bool More) Part(Pen pen, float top, float bottom);

    private static readonly float[] Larger = [1.6f, 1.45f, 1.3f, 1.15f];

    protected ChartAsk Ask { get; } = ask;

    protected Words Words => Ask.Words;

    /// <summary>What it is called in addresses.</summary>
    public abstract string Name { get; }

    public string Title => Words[$"charts.{Name}"];

    /// <summary>What it shows, as one sentence.</summary>
    public abstract string Says { get; }

    /// <summary>Whether it has a form for <see cref="Sheet.Phone"/>; others are moved sideways there.</summary>
    public virtual bool FitsPhone => false;

    /// <summary>The same as rows.</summary>
    public abstract ChartTable Table { get; }

    /// <summary>What stands on each page of the printed workbook.</summary>
    public SheetPaper Paper => new(Title, Words["charts.as-of", Ask.On], Words["charts.of.rest", Ask.Programme.Name, Filtered], Words["charts.page", "&P", "&N"]);

    private string Filtered => Ask.Filtered.Length > 0 ? Ask.Filtered : Words["charts.all"];

    /// <summary>The sheet with which a screen that turns them begins, counted from 0; known once they are drawn.</summary>
    public virtual int Begin { get => 0; protected set => throw new NotSupportedException(); }

    /// <summary>Its sheets, at least one. What would fill a part of a paper alone is drawn larger.</summary>
    public IReadOnlyList<Drawing> Draw(Sheet sheet)
    {
        var usual = DrawOn(sheet);
        return usual.Count > 1 || !sheet.Grows ? usual
            : Larger.Select(times => DrawOn(sheet with { Em = sheet.Em * times, Margin = sheet.Margin })).FirstOrDefault(larger => larger.Count == 1) ?? usual;
    }

    /// <summary>Draws it on such sheets, with the text size that they say.</summary>
    protected abstract IReadOnlyList<Drawing> DrawOn(Sheet sheet);

    /// <summary>Title, what is shown, legend and foot on each sheet, and between them the parts.</summary>
    protected IReadOnlyList<Drawing> Sheets(Sheet sheet, Func<Pen, IReadOnlyList<(Action<float, float> Sign, float Width, string Words)>> legend, Part part)
    {
        var leaves = new List<(Pen Pen, float End)>();
        for (var more = true; more && leaves.Count < 200;)
        {
            var pen = new Pen(sheet);
            var top = Head(pen);
            top += pen.Legend(top, legend(pen)) + (pen.Em * 0.5f);
            var bottom = sheet.Height is { } height ? height - sheet.Margin - (sheet.Bare ? 0 : pen.Em * 2.2f) : float.MaxValue;
            (var end, more) = part(pen, top, bottom);
            leaves.Add((pen, end));
        }

        return [.. leaves.Select((leaf, i) =>
        {
            var height = sheet.Height ?? leaf.End + sheet.Margin + (sheet.Bare ? 0 : leaf.Pen.Em * 2.2f);
            if (!sheet.Bare)
            {
                Foot(leaf.Pen, height, i + 1, leaves.Count);
            }

            return leaf.Pen.Finish(height, leaves.Count == 1 ? Title : Words["charts.title.page", Title, i + 1, leaves.Count], Says);
        })];
    }

    // On a page the page itself says all that.
    private float Head(Pen pen)
    {
        var (sheet, em, y) = (pen.Sheet, pen.Em, pen.Sheet.Margin);
        if (sheet.Bare)
        {
            return y;
        }

        var day = Words["charts.as-of", Ask.On];
        var room = sheet.Right - sheet.Left - TextWidth.Of(day, em * 1.2f, bold: true) - (em * 2);
        pen.Text(sheet.Left, y + (em * 1.1f), Title, bold: true, size: 2, width: room);
        pen.Text(sheet.Right, y + (em * 1.1f), day, Anchor.End, bold: true, size: 1.2f);
        var wide = sheet.Right - sheet.Left;
        string[] lines = [Words["charts.of", Ask.Programme.Name, Filtered, Says]];
        if (TextWidth.Of(lines[0], em) > wide)
        {
            lines = [Ask.Programme.Name, Words["charts.of.rest", Filtered, Says]]; // what is asked for and found is never cut for a long name
        }

        foreach (var line in lines)
        {
            pen.Text(sheet.Left, y + (em * 3.1f), line, ink: Ink.Second, width: wide);
            y += line == lines[^1] ? 0 : em * 1.5f;
        }

        pen.Line(sheet.Left, y + (em * 4.2f), sheet.Right, y + (em * 4.2f), Ink.Rule, pen.Hair * 2);
        return y + (em * 4.6f);
    }

    private void Foot(Pen pen, float height, int page, int pages)
    {
        var (sheet, em) = (pen.Sheet, pen.Em);
        var y = height - sheet.Margin - (em * 0.6f);
        pen.Line(sheet.Left, y - (em * 0.9f), sheet.Right, y - (em * 0.9f), Ink.Line, pen.Hair);
        var number = Words["charts.page", page, pages];
        pen.Text(sheet.Left, y, Words["charts.foot"], ink: Ink.Second, size: 0.9f, width: sheet.Right - sheet.Left - TextWidth.Of(number, em) - em);
        pen.Text(sheet.Right, y, number, Anchor.End, ink: Ink.Second, size: 0.9f);
    }
}
