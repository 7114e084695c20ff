using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>The progress table by place or by department (分地州市、分部门进度表): for each unit how many tasks, done, closed, late, lights.</summary>
internal sealed class UnitsChart : Chart
{
    /// <summary>One unit.</summary>
    public sealed record Line(Guid Unit, string Name, UnitKind Kind, string Path, int All, int Done, int Closed, int Overdue, int Green, int Yellow, int Red)
    {
        /// <summary>Percent done, one decimal; <see langword="null"/> of nothing.</summary>
        public decimal? Share => Overview.ShareOf(Done, All);
    }

    private const float RowHeight = 2f;

    private static readonly string[] Numbers = ["all", "done", "closed", "overdue", "share"], Lights = ["green", "yellow", "red"];

    private readonly ChartTasks tasks;
    private readonly bool places;

    private UnitsChart(ChartAsk ask, ChartTasks tasks, bool places) : base(ask)
    {
        (this.tasks, this.places) = (tasks, places);
        Lines = [.. LinesOf(tasks).Where(line => (line.Kind is UnitKind.Prefecture or UnitKind.County or UnitKind.CorpsDivision or UnitKind.Park) == places)
            .OrderBy(line => line.Kind).ThenByDescending(line => line.Share).ThenByDescending(line => line.All).ThenBy(line => line.Path, StringComparer.Ordinal)];
    }

    public override string Name => places ? "prefectures" : "departments";

    public IReadOnlyList<Line> Lines { get; }

    public override string Says => Words["charts.units.says", Words.Units(Lines.Count, Lines.Count(line => tasks.Carrying.Contains(line.Unit))), tasks.Rows.Count, tasks.Rows.Count(ChartTasks.IsDone), tasks.Rows.Count(ChartTasks.IsClosed)];

    public override ChartTable Table => new(
        [
            new(Words["charts.unit"], 24), new(Words["charts.kind"], 14), .. Numbers.Concat(Lights).Select(key => new SheetColumn(Words[$"charts.col.{key}"], 10)),
        ],
        [
            .. Lines.Select(line => (object?[])[line.Name, Words[$"unit.kind.{line.Kind}"], line.All, line.Done, line.Closed, line.Overdue, line.Share, line.Green, line.Yellow, line.Red]),
            Whole() is var whole ? [Words["charts.whole"], null, whole.All, whole.Done, whole.Closed, whole.Overdue, whole.Share, whole.Green, whole.Yellow, whole.Red] : [],
        ]);

    public static async Task<Chart> OfPlacesAsync(ChartAsk ask, CancellationToken ct) => new UnitsChart(ask, await ask.TasksAsync(ct), places: true);

    public static async Task<Chart> OfDepartmentsAsync(ChartAsk ask, CancellationToken ct) => new UnitsChart(ask, await ask.TasksAsync(ct), places: false);

    /// <summary>The units that lead, cooperate or are named responsible, each with its tasks; one task can have several.</summary>
    internal static IEnumerable<Line> LinesOf(ChartTasks tasks)
    {
        var byId = tasks.Rows.ToDictionary(row => row.Id);
        return
            from part in tasks.Parts
            where part.Unit is not null
            group part by part.Unit!.Value into unit
            let first = unit.First()
            select LineOf(unit.Key, first.Name, first.Kind ?? UnitKind.Other, first.Path ?? "", [.. unit.Select(part => part.Item).Distinct().Select(id => byId[id])]);
    }

    private static Line LineOf(Guid unit, string name, UnitKind kind, string path, List<ItemList.Row> rows) => new(
        unit, name, kind, path, rows.Count, rows.Count(ChartTasks.IsDone), rows.Count(ChartTasks.IsClosed), rows.Count(row => row.Status is ItemStatus.Overdue),
        rows.Count(row => row.Light is Light.Green), rows.Count(row => row.Light is Light.Yellow), rows.Count(row => row.Light is Light.Red));

    private Line Whole() => LineOf(Guid.Empty, Words["charts.whole"], UnitKind.Region, "", [.. tasks.Rows]);

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        List<(UnitKind? Kind, Line? Line)> all =
        [
            .. Lines.GroupBy(line => line.Kind).SelectMany(kind => kind.Select(line => ((UnitKind?)null, (Line?)line)).Prepend((kind.Key, null))), (null, Whole()),
        ];
        var next = 0;
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            var em = pen.Em;
            var head = em * 2f;
            var room = sheet.Height is null ? int.MaxValue : Math.Max(1, (int)((bottom - top - head) / (RowHeight * em)));
            // More units than lines: two beside each other, where there is room for two.
            var columns = all.Count - next > room && sheet.Right - sheet.Left > em * (Words.IsChinese ? 100 : 110) ? 2 : 1;
            var parts = room == int.MaxValue ? 1 : columns * (int)Math.Ceiling(all.Count / ((double)room * columns));
            room = Math.Min(room, ((all.Count + parts - 1) / parts) + 1); // sheets share the lines, and a kind's name may need one more
            var each = Math.Min(room, (all.Count - next + columns - 1) / columns);
            var width = (sheet.Right - sheet.Left - ((columns - 1) * em * 2)) / columns;
            var end = top + head;
            for (var column = 0; column < columns && next < all.Count; column++)
            {
                var x = sheet.Left + (column * (width + (em * 2)));
                var most = column == columns - 1 ? room : each;
                Head(pen, x, top, width);
                for (var i = 0; i < most && next < all.Count; i++, next++)
                {
                    if (i > 0 && i == most - 1 && all[next].Line is null)
                    {
                        break; // a kind's name goes with its first unit
                    }

                    var y = top + head + (i * RowHeight * em);
                    if (all[next] is { Line: { } line })
                    {
                        Row(pen, x, y, width, line);
                    }
                    else
                    {
                        pen.Box(x, y, width, RowHeight * em, Ink.Wash);
                        pen.Text(x + (em * 0.5f), y + (RowHeight * em / 2), Words["charts.group.units", Words[$"unit.kind.{all[next].Kind}"], Lines.Count(known => known.Kind == all[next].Kind)], bold: true, width: width - em);
                    }

                    end = Math.Max(end, top + head + ((i + 1) * RowHeight * em));
                }
            }

            return (end, next < all.Count);
        });
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen) =>
    [
        ((x, y) => pen.Box(x, y - (pen.Em * 0.4f), pen.Em * 1.6f, pen.Em * 0.8f, Ink.Deep), pen.Em * 1.6f, Words["charts.legend.closed"]),
        ((x, y) => pen.Box(x, y - (pen.Em * 0.4f), pen.Em * 1.6f, pen.Em * 0.8f, Ink.BlueWash, Ink.Blue), pen.Em * 1.6f, Words["charts.legend.done"]),
        ((x, y) => pen.Box(x, y - (pen.Em * 0.4f), pen.Em * 1.6f, pen.Em * 0.8f, Ink.Wash), pen.Em * 1.6f, Words["charts.legend.open"]),
        .. CloseOutChart.Lights(pen, Words),
        ((_, _) => { }, 0, Words["charts.legend.several", tasks.Rows.Count]),
    ];

    // Name, four numbers, share, bar, three lights.
    private (float Name, float Number, float Bar, float Light) Widths(Pen pen, float width)
    {
        var whole = Whole();
        var most = new[] { (Light.Green, whole.Green), (Light.Yellow, whole.Yellow), (Light.Red, whole.Red) }.Max(of => TextWidth.Of(Words["charts.light.count", Words.Letter(of.Item1), of.Item2], pen.Em));
        var (name, number, light) = (Math.Min(width * 0.2f, pen.Em * 16), pen.Em * (Words.IsChinese ? 3.6f : 4.2f), Math.Max(most + (pen.Em * 1.9f), pen.Em * (Words.IsChinese ? 4f : 6f)));
        return (name, number, width - name - (number * 5.4f) - (light * 3), light);
    }

    private void Head(Pen pen, float x, float top, float width)
    {
        var (em, (name, number, bar, light)) = (pen.Em, Widths(pen, width));
        var y = top + em;
        pen.Box(x, top, width, em * 2, Ink.Wash);
        pen.Text(x + (em * 0.5f), y, Words["charts.unit"], ink: Ink.Second);
        foreach (var (i, key) in Numbers.Index())
        {
            pen.Text(x + name + (number * (i == 4 ? 5.4f : i + 1)), y, Words[$"charts.col.{key}"], Anchor.End, ink: Ink.Second, width: number - (em * 0.3f));
        }

        pen.Text(x + name + (number * 5.4f) + em, y, Words["charts.col.bar"], ink: Ink.Second, width: bar - em);
        foreach (var (i, key) in Lights.Index())
        {
            pen.Text(x + name + (number * 5.4f) + bar + (light * i) + (em * 0.4f), y, Words[$"charts.col.{key}"], ink: Ink.Second, width: light - (em * 0.4f));
        }

        pen.Line(x, top + (em * 2), x + width, top + (em * 2), Ink.Rule);
    }

    private void Row(Pen pen, float x, float top, float width, Line line)
    {
        var (em, (name, number, bar, light)) = (pen.Em, Widths(pen, width));
        var (y, whole) = (top + (RowHeight * em / 2), line.Unit == Guid.Empty);
        var filter = whole ? Ask.Filter : Ask.Filter with { UnitId = line.Unit, Roles = ItemFilter.Responsible };
        pen.Group(Ask.ListHref(filter), Words["charts.units.row", line.Name, line.All, line.Done, line.Closed, line.Overdue, line.Green, line.Yellow, line.Red], () =>
        {
            if (whole)
            {
                pen.Line(x, top, x + width, top, Ink.Rule, pen.Hair * 2);
            }

            pen.Text(x + (em * 0.5f), y, line.Name, bold: whole, ink: whole ? Ink.Text : Ink.Link, width: name - em);
            foreach (var (i, count) in new[] { line.All, line.Done, line.Closed, line.Overdue }.Index())
            {
                pen.Text(x + name + (number * (i + 1)), y, Words.Number(count), Anchor.End, bold: whole || (i == 3 && count > 0));
            }

            pen.Text(x + name + (number * 5.4f), y, line.Share is { } share ? Words.Number(share, 1) + "%" : Words["text.none"], Anchor.End, bold: whole);
            var (from, room) = (x + name + (number * 5.4f) + em, bar - (em * 2));
            pen.Box(from, y - (em * 0.45f), room, em * 0.9f, Ink.Wash);
            if (line.All > 0)
            {
                if (line.Done > line.Closed)
                {
                    pen.Box(from, y - (em * 0.45f), room * line.Done / line.All, em * 0.9f, Ink.BlueWash, Ink.Blue);
                }

                if (line.Closed > 0)
                {
                    pen.Box(from, y - (em * 0.45f), room * line.Closed / line.All, em * 0.9f, Ink.Deep);
                }
            }

            foreach (var (i, (of, count)) in new[] { (Light.Green, line.Green), (Light.Yellow, line.Yellow), (Light.Red, line.Red) }.Index())
            {
                var at = x + name + (number * 5.4f) + bar + (light * i) + (em * 0.4f);
                if (count > 0)
                {
                    pen.Light(at, y, of, Words["charts.light.count", Words.Letter(of), count], light - (em * 0.4f));
                }
                else
                {
                    pen.Text(at + (em * 0.3f), y, "·", ink: Ink.Second);
                }
            }
        });
        pen.Line(x, top + (RowHeight * em), x + width, top + (RowHeight * em), Ink.Line);
    }
}
