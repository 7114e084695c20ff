using Microsoft.EntityFrameworkCore;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>The supervision road map (督导路线图): each task as a line of time with its hand-over nodes, its deadline and how it stands.</summary>
internal sealed class RoadMapChart : Chart
{
    private sealed record Line(ItemList.Row Task, string Lead, IReadOnlyList<ChartNodes.Node> Nodes, DateOnly? DoneSince, DateOnly? ClosedSince);

    private const float RowHeight = 1.7f, LeastHeight = 1.55f, MostHeight = 2.4f, NumberWidth = 2.8f, LeadWidth = 7.6f;

    private readonly IReadOnlyList<(string Group, IReadOnlyList<Line> Lines)> groups;
    private readonly float endWidth;

    private RoadMapChart(ChartAsk ask, ChartTasks tasks, ILookup<Guid, ChartNodes.Node> nodes, ILookup<Guid, StatusSpan> spans, IReadOnlyDictionary<int, string> aspects) : base(ask)
    {
        endWidth = Math.Max(8.9f, Enum.GetValues<ItemStatus>().Max(status => TextWidth.Of(Words[status.TextKey], 1)) + 1.3f);
        List<Line> lines = [.. tasks.Rows.Select(task => new Line(
            task, tasks.LeadName(task.Id, Words), [.. nodes[task.Id]], ChartNodes.Since(spans[task.Id], Overview.DoneStatuses, Ask.On), ChartNodes.Since(spans[task.Id], Overview.ClosedStatuses, Ask.On)))];
        groups = Ask.ByUnit
            ? [.. lines.GroupBy(line => tasks.Lead(line.Task.Id)?.Name ?? Words["charts.unit.none"]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<Line>)[.. group]))]
            : [.. lines.GroupBy(line => line.Task.AspectNo ?? int.MaxValue).OrderBy(group => group.Key).Select(group => (aspects.GetValueOrDefault(group.Key, Words["charts.aspect.none"]), (IReadOnlyList<Line>)[.. group]))];
    }

    private IEnumerable<Line> Lines => groups.SelectMany(group => group.Lines);

    public override string Name => "road-map";

    /// <summary>How many nodes stand in each state.</summary>
    public int Count(NodeState state) => Lines.Sum(line => line.Nodes.Count(node => node.State == state));

    public override string Says => Words["charts.road-map.says", Lines.Count(), Lines.Sum(line => line.Nodes.Count), Count(NodeState.Reached), Count(NodeState.Missed)]
        + (OfParts > 0 ? Words["charts.nodes.parts", OfParts] : "");

    private int OfParts => Lines.Sum(line => line.Nodes.Count(node => node.Of is not null));

    public override ChartTable Table => new(
        [
            new(Words["charts.no"], 8), new(Words["items.title"], 44), new(Words["charts.lead"], 18), new(Words["charts.due"], 12), new(Words["charts.node.of"], 18), new(Words["charts.node.no"], 8), new(Words["charts.node"], 40), new(Words["charts.node.due"], 12),
            new(Words["charts.node.state"], 14), new(Words["charts.node.reached-on"], 12), new(Words["charts.status"], 18), new(Words["charts.light"], 8),
        ],
        [
            .. Lines.SelectMany(line => line.Nodes.DefaultIfEmpty().Select(node => (object?[])
            [
                Words.Number(line.Task), line.Task.Title, line.Lead, line.Task.DueOn is { } due ? due : line.Task.DeadlineText, node is null ? null : Words.Part(node), node?.No, node?.Text, node?.Due, node is null ? null : Words[$"charts.node.{node.State}"],
                node?.ReachedOn, Words[line.Task.Status.TextKey], line.Task.Light is Light.None ? Words["light.none"] : Words[line.Task.Light.TextKey],
            ])),
        ]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var tasks = await ask.TasksAsync(ct);
        var aspects = await ask.Db.AspectsOf(ask.Programme.Id).AsNoTracking().Where(aspect => aspect.Kind == AspectKind.Task).ToDictionaryAsync(aspect => aspect.No, aspect => aspect.Name, ct);
        return new RoadMapChart(ask, tasks, await ChartNodes.ReadAsync(ask, tasks, ct), await ChartNodes.SpansAsync(ask, tasks, ct), aspects);
    }

    // Lines stand closer rather than leave a few to a sheet of their own; on paper the sheets of several are filled alike.
    private static float LineHeight(int lines, float room, bool paper)
    {
        var sheets = (int)Math.Ceiling((lines + 1) / Math.Max(1, Math.Floor(room / LeastHeight)));
        return sheets == 1 ? Math.Clamp(room / (lines + 1), LeastHeight, RowHeight) : Math.Clamp(room / (((lines + sheets - 1) / sheets) + 1), LeastHeight, paper ? MostHeight : RowHeight);
    }

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        List<(string? Group, Line? Line)> rows = [.. groups.SelectMany(group => group.Lines.Select(line => ((string?)null, (Line?)line)).Prepend((Words["charts.group", group.Group, group.Lines.Count], null)))];
        var days = Lines.SelectMany(line => line.Nodes.Select(node => node.Due).Concat(line.Task.DueOn is { } due ? [due] : [])).Append(Ask.On).ToList();
        var first = days.Concat(Ask.Programme.ApprovedOn is { } approved ? [approved] : []).Min();
        var next = 0;
        float? height = null; // of a line, the same on all sheets
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            var em = pen.Em;
            var title = Math.Min((sheet.Right - sheet.Left) * 0.26f, em * 30);
            var from = sheet.Left + ((NumberWidth + LeadWidth) * em) + title;
            var scale = new TimeScale(first.AddDays(-10), days.Max().AddDays(10), from, sheet.Right - (endWidth * em));
            var head = em * 2.6f;
            var start = next;
            height ??= sheet.Height is null ? RowHeight * em : LineHeight(rows.Count, (bottom - top - head) / em, sheet.Grows) * em;
            var each = height.Value;
            var count = sheet.Height is null ? rows.Count : Math.Max(1, (int)((bottom - top - head + 0.01f) / each));
            count = Math.Min(count, rows.Count - next);
            if (count > 1 && rows[next + count - 1].Group is not null && next + count < rows.Count)
            {
                count--; // a group's name goes with its first line
            }

            var end = top + head + (count * each);
            pen.Text(sheet.Left + (NumberWidth * em), top + head - (em * 0.9f), Words["items.title"], ink: Ink.Second);
            pen.Text(sheet.Left + (NumberWidth * em) + title, top + head - (em * 0.9f), Words["charts.lead"], ink: Ink.Second);
            pen.Text(sheet.Right - (endWidth * em) + (em * 0.6f), top + head - (em * 0.9f), Words["charts.standing"], ink: Ink.Second);
            scale.Draw(pen, Ask.On, top + (em * 1.1f), end);
            for (; next < start + count; next++)
            {
                var y = top + head + ((next - start) * each);
                if (rows[next].Line is { } line)
                {
                    Row(pen, scale, y, each, title, line);
                }
                else
                {
                    pen.Box(sheet.Left, y, sheet.Right - sheet.Left, each, Ink.Wash);
                    pen.Text(sheet.Left + (em * 0.5f), y + (each / 2), rows[next].Group!, bold: true, width: sheet.Right - sheet.Left - em);
                }
            }

            scale.DrawNow(pen, Ask.On, Words["charts.as-of", Ask.On], top, end);
            return (end, next < rows.Count);
        });
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen)
    {
        var em = pen.Em;
        return
        [
            .. ChartNodes.Legend(pen, Words, OfParts > 0),
            ((x, y) =>
            {
                pen.Line(x, y, x + (em * 1.4f), y, Ink.Rule, em * 0.1f);
                pen.Line(x + (em * 1.4f), y - (em * 0.6f), x + (em * 1.4f), y + (em * 0.6f), Ink.Text, em * 0.2f);
            }, em * 1.5f, Words["charts.legend.deadline"]),
            ((x, y) => pen.Line(x, y, x + (em * 1.8f), y, Ink.Red, em * 0.16f, Dash.Dashed), em * 1.8f, Words["charts.legend.overdue"]),
            ((x, y) => pen.Box(x, y - (em * 0.25f), em * 1.6f, em * 0.5f, Ink.Blue), em * 1.6f, Words["charts.legend.done-on"]),
            ((x, y) => pen.Box(x, y - (em * 0.45f), em * 0.9f, em * 0.9f, Ink.Deep), em * 0.9f, Words["charts.legend.closed-on"]),
        ];
    }

    private void Row(Pen pen, TimeScale scale, float top, float height, float title, Line line)
    {
        var (em, sheet, task, y) = (pen.Em, pen.Sheet, line.Task, top + (height / 2));
        pen.Group(Ask.ItemHref(task.Id), Words.Row(task), () =>
        {
            pen.Text(sheet.Left + ((NumberWidth - 0.6f) * em), y, Words.Number(task), Anchor.End);
            pen.Text(sheet.Left + (NumberWidth * em), y, task.Title, ink: Ink.Link, width: title - (em * 0.6f));
            pen.Text(sheet.Left + (NumberWidth * em) + title, y, line.Lead, width: (LeadWidth - 0.5f) * em);
            var last = task.DueOn ?? scale.Last;
            pen.Line(scale.Left, y, scale.End(last), y, Ink.Rule, em * 0.1f);
            if (line.DoneSince is { } done)
            {
                pen.Box(scale.Left, y - (em * 0.18f), scale.End(done) - scale.Left, em * 0.36f, Ink.Blue);
            }
            else if (task.DueOn is { } passed && passed < Ask.On)
            {
                pen.Line(scale.End(passed), y, scale.End(Ask.On), y, Ink.Red, em * 0.16f, Dash.Dashed);
            }

            if (task.DueOn is { } due)
            {
                pen.Line(scale.End(due), y - (em * 0.6f), scale.End(due), y + (em * 0.6f), Ink.Text, em * 0.2f);
            }

            foreach (var node in line.Nodes.Where(node => node.Of is null))
            {
                ChartNodes.Draw(pen, scale.End(node.Due), y, node.State, em * 0.48f);
            }

            foreach (var node in line.Nodes.Where(node => node.Of is not null))
            {
                ChartNodes.DrawPart(pen, scale.End(node.Due), y, node.State);
            }

            if (line.ClosedSince is { } closed)
            {
                pen.Box(scale.End(closed) - (em * 0.45f), y - (em * 0.45f), em * 0.9f, em * 0.9f, Ink.Deep);
            }

            var at = sheet.Right - (endWidth * em) + (em * 0.6f);
            if (task.Light is Light.None)
            {
                pen.Text(at, y, Words[task.Status.TextKey], width: (endWidth - 0.6f) * em);
            }
            else
            {
                pen.Light(at, y, task.Light, Words["charts.light.standing", Words.Letter(task.Light), Words[$"charts.status.{task.Status.Mark}"]], (endWidth - 0.6f) * em);
            }
        });
        pen.Line(sheet.Left, top + height, sheet.Right, top + height, Ink.Line);
    }
}
