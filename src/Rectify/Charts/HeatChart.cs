using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>The heat map of lights: for each unit and month the worst light that one of its tasks had at the month's end.</summary>
internal sealed class HeatChart : Chart
{
    /// <summary>Months shown, the last one that of the day looked at.</summary>
    private const int Months = 24;

    /// <summary>A cell.</summary>
    /// <param name="Worst"><see langword="null"/> where the unit had no task yet.</param>
    /// <param name="Count">Tasks with that light; of none, tasks that are done.</param>
    public sealed record Cell(Light? Worst, int Count);

    /// <summary>A unit's months.</summary>
    public sealed record Line(Guid Unit, string Name, UnitKind Kind, IReadOnlyList<Cell> Cells);

    private const float RowHeight = 1.9f, Small = 0.88f;

    private readonly int carrying;

    private HeatChart(ChartAsk ask, ChartTasks tasks, ILookup<Guid, StatusSpan> spans) : base(ask)
    {
        carrying = tasks.Carrying.Count;
        var begins = spans.SelectMany(group => group.Take(1)).Where(span => span.Status is not ItemStatus.Draft).Select(span => span.From).Concat(ask.Programme.ApprovedOn is { } approved && approved <= ask.On ? [approved] : []).DefaultIfEmpty(ask.On).Min();
        var first = new DateOnly(ask.On.Year, ask.On.Month, 1).AddMonths(1 - Months);
        first = begins > first ? new(begins.Year, begins.Month, 1) : first;
        Days = [.. Enumerable.Range(0, Months).Select(n => first.AddMonths(n + 1).AddDays(-1)).TakeWhile(end => end < ask.On), ask.On];
        var ever = tasks.PartsEver.ToLookup(part => part.Unit, part => part.Item);
        Lines =
        [
            .. from part in tasks.Parts
               where part.Unit is not null
               group part by part.Unit!.Value into unit
               let one = unit.First()
               let items = ever[one.Unit].Distinct().ToList()
               orderby one.Kind, one.Path
               select new Line(unit.Key, one.Name, one.Kind ?? UnitKind.Other, [.. Days.Select(day => CellOf(items.Select(item => spans[item].LastOrDefault(span => span.From <= day && span.Until > day))))]),
        ];
    }

    public override string Name => "heat";

    /// <summary>Ends of months, the last one the day looked at.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    public IReadOnlyList<Line> Lines { get; }

    public override string Says => Words["charts.heat.says", Words.Units(Lines.Count, carrying), Lines.Count(line => line.Cells[^1].Worst is Light.Red), Lines.Count(line => line.Cells[^1].Worst is Light.Yellow), Lines.Count(line => line.Cells[^1].Worst is Light.Green)];

    public override ChartTable Table => new(
        [new(Words["charts.unit"], 24), .. Days.Select(day => new SheetColumn(Words.Day(day), 12))],
        [.. Lines.Select(line => (object?[])[line.Name, .. line.Cells.Select(Told)])]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var tasks = await ask.TasksAsync(ct);
        return new HeatChart(ask, tasks, await ChartNodes.SpansAsync(ask, tasks, ct));
    }

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        var next = 0;
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            var em = pen.Em;
            var name = Math.Min((sheet.Right - sheet.Left) * 0.2f, em * 11);
            var most = (int)((sheet.Right - sheet.Left - name) / (em * CellWidth(pen.Size(Small))));
            var skip = Math.Max(0, Days.Count - most); // the wall has room for the last months only
            var width = Math.Min((sheet.Right - sheet.Left - name) / (Days.Count - skip), em * 16);
            var (start, head) = (next, em * 2.8f);
            var room = sheet.Height is null ? int.MaxValue : Math.Max(1, (int)((bottom - top - head) / (RowHeight * em)));
            var sheets = Math.Max(1, (int)Math.Ceiling(Lines.Count / (double)room)); // that share the lines
            var count = Math.Min(Lines.Count - next, (Lines.Count + sheets - 1) / sheets);
            pen.Text(sheet.Left, top + head - (em * 0.9f), Words["charts.unit"], ink: Ink.Second);
            for (var i = skip; i < Days.Count; i++)
            {
                var x = sheet.Left + name + ((i - skip) * width);
                if (i == skip || Days[i].Month == 1)
                {
                    pen.Text(x + (width / 2), top + (em * 0.7f), Words["charts.year", Days[i].Year.ToString(null, null)], Anchor.Middle, bold: true, size: 0.9f);
                }

                var whole = Days[i].AddDays(1).Day == 1;
                pen.Text(x + (width / 2), top + head - (em * 0.8f), whole ? Words["charts.month", Words.Month(Days[i])] : Days[i].ToString("MM.dd", null), Anchor.Middle, ink: Ink.Second, size: Small, width: width);
            }

            for (; next < start + count; next++)
            {
                Row(pen, top + head + ((next - start) * RowHeight * em), name, width, skip, Lines[next]);
            }

            return (top + head + (count * RowHeight * em), next < Lines.Count);
        });
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen) =>
    [
        .. new[] { Light.Red, Light.Yellow, Light.Green }.Select(light =>
            ((Action<float, float>)((x, y) => Sign(pen, x, y - (pen.Em * 0.8f), SignWidth(pen, light), pen.Em * 1.6f, new(light, 2))), SignWidth(pen, light), Words[$"charts.legend.heat.{light.Mark}"])),
        ((x, y) => Sign(pen, x, y - (pen.Em * 0.8f), pen.Em * 2.8f, pen.Em * 1.6f, new(Light.None, 0)), pen.Em * 2.8f, Words["charts.legend.heat.none"]),
        ((_, _) => { }, 0, Words["charts.legend.heat"]),
    ];

    private float SignWidth(Pen pen, Light light) => Math.Max(pen.Em * 2.8f, TextWidth.Of(Words["charts.light.count", Words.Letter(light), 2], pen.Em * pen.Size(Small)) + (pen.Em * 1.2f));

    // Room for the longest word, in ems.
    private float CellWidth(float size) => Lines.SelectMany(line => line.Cells).Where(one => one.Worst is Light.Red or Light.Yellow or Light.Green).Distinct()
        .Select(one => TextWidth.Of(Told(one), size) + 1.3f).Append(3.3f).Max();

    private static Cell CellOf(IEnumerable<StatusSpan?> spans)
    {
        var known = spans.OfType<StatusSpan>().ToList();
        var worst = known.Count == 0 ? (Light?)null : known.Max(span => span.Light);
        return new(worst, known.Count(span => span.Light == worst));
    }

    private string Told(Cell cell) => cell.Worst switch
    {
        null => "",
        Light.None => Words["charts.heat.none"],
        { } light => Words["charts.light.count", Words[light.TextKey], cell.Count],
    };

    private void Row(Pen pen, float top, float name, float width, int skip, Line line)
    {
        var (em, sheet) = (pen.Em, pen.Sheet);
        pen.Group(Ask.ListHref(Ask.Filter with { UnitId = line.Unit, Roles = ItemFilter.Responsible }), Words["charts.heat.row", line.Name, Told(line.Cells[^1])], () =>
            pen.Text(sheet.Left, top + (RowHeight * em / 2), line.Name, ink: Ink.Link, width: name - (em * 0.5f)));
        pen.Group(null, null, () =>
        {
            for (var i = skip; i < Days.Count; i++)
            {
                Sign(pen, sheet.Left + name + ((i - skip) * width) + (em * 0.08f), top + (em * 0.08f), width - (em * 0.16f), (RowHeight - 0.16f) * em, line.Cells[i]);
            }
        });
    }

    // Ground, form and word together: none of them alone.
    private void Sign(Pen pen, float x, float y, float width, float height, Cell cell)
    {
        var em = pen.Em;
        pen.Box(x, y, width, height, cell.Worst switch { Light.Green => Ink.GreenWash, Light.Yellow => Ink.YellowWash, Light.Red => Ink.RedWash, Light.None => Ink.Wash, _ => Ink.None });
        switch (cell.Worst)
        {
            case null:
                break;
            case Light.None:
                pen.Text(x + (width / 2), y + (height / 2), Words["charts.heat.none.short"], Anchor.Middle, ink: Ink.Second, size: 0.8f, width: width);
                break;
            case { } light:
                var word = Words["charts.light.count", Words.Letter(light), cell.Count];
                var (r, needs) = (em * 0.36f, TextWidth.Of(word, em * pen.Size(Small)));
                var from = x + Math.Max(em * 0.1f, (width - (r * 2) - (em * 0.2f) - needs) / 2);
                pen.Lamp(from + r, y + (height / 2), light, r);
                pen.Text(from + (r * 2) + (em * 0.2f), y + (height / 2), word, size: Small, width: x + width - from - (r * 2) - (em * 0.2f));
                break;
        }
    }
}
