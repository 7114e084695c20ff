using Rectify.Tasks;

namespace Rectify.Charts;

/// <summary>The calendar of hand-over nodes (交账节点): month by month, on each day the nodes that fall due, with their units and how they stand.</summary>
internal sealed class NodesChart : Chart
{
    private sealed record Entry(ChartNodes.Node Node, ItemList.Row Task, string Lead);

    private const float RowHeight = 1.6f, HeadHeight = 3.8f;

    private readonly IReadOnlyList<Entry> entries;

    private NodesChart(ChartAsk ask, ChartTasks tasks, ILookup<Guid, ChartNodes.Node> nodes) : base(ask)
    {
        Year = ask.Year ?? ask.On.Year;
        List<Entry> all = [.. tasks.Rows.SelectMany(task => nodes[task.Id].Select(node => new Entry(node, task, node.Of is { Lead.Length: > 0 } part ? part.Lead : tasks.LeadName(task.Id, Words))))];
        Years = [.. all.Select(entry => entry.Node.Due.Year).Append(Year).Distinct().Order()];
        entries = [.. all.Where(entry => entry.Node.Due.Year == Year).OrderBy(entry => entry.Node.Due).ThenBy(entry => entry.Lead, StringComparer.Ordinal).ThenBy(entry => entry.Task.Key, StringComparer.Ordinal)];
    }

    public override string Name => "nodes";

    public int Year { get; }

    /// <summary>The years in which nodes fall due, and the one shown.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>The sheet on which the month of the day looked at begins.</summary>
    public override int Begin { get; protected set; }

    public int Count(NodeState state) => entries.Count(entry => entry.Node.State == state);

    public override string Says => Words["charts.nodes.says", Year.ToString(null, null), entries.Count, Count(NodeState.Reached), Count(NodeState.Settled), Count(NodeState.Missed), Count(NodeState.ToCome)]
        + (OfParts > 0 ? Words["charts.nodes.parts", OfParts] : "");

    private int OfParts => entries.Count(entry => entry.Node.Of is not null);

    public override ChartTable Table => new(
        [
            new(Words["charts.node.due"], 12), new(Words["charts.lead"], 18), new(Words["charts.no"], 8), new(Words["items.title"], 44), new(Words["charts.node.of"], 18), new(Words["charts.node"], 44), new(Words["charts.node.state"], 14),
            new(Words["charts.node.reached-on"], 12),
        ],
        [.. entries.Select(entry => (object?[])[entry.Node.Due, entry.Lead, Words.Number(entry.Task), entry.Task.Title, Words.Part(entry.Node), entry.Node.Text, Words[$"charts.node.{entry.Node.State}"], entry.Node.ReachedOn])]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var tasks = await ask.TasksAsync(ct);
        return new NodesChart(ask, tasks, await ChartNodes.ReadAsync(ask, tasks, ct));
    }

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        // Heads of months and lines of nodes, in columns one after another.
        List<(DateOnly? Month, Entry? Entry)> parts =
        [
            .. Enumerable.Range(1, 12).SelectMany(month => entries.Where(entry => entry.Node.Due.Month == month).Select(entry => ((DateOnly?)null, (Entry?)entry)).Prepend((new(Year, month, 1), null))),
        ];
        var (next, shown) = (0, entries.ToLookup(entry => entry.Node.Due.Month));
        var page = -1;
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            page++;
            var em = pen.Em;
            var columns = Math.Clamp((int)((sheet.Right - sheet.Left + (em * 2)) / (em * 44)), 1, 6);
            var width = (sheet.Right - sheet.Left - ((columns - 1) * em * 2)) / columns;
            var whole = parts.Skip(next).Sum(part => Height(part, em));
            var room = Math.Max(em * (HeadHeight + RowHeight), Math.Min(bottom - top, (whole / columns) + (HeadHeight * em)));
            var (end, column) = (top, 0);
            for (; column < columns && next < parts.Count; column++)
            {
                var y = top;
                var x = sheet.Left + (column * (width + (em * 2)));
                if (parts[next] is { Entry: { } first })
                {
                    y += Month(pen, x, y, width, new(Year, first.Node.Due.Month, 1), [.. shown[first.Node.Due.Month]], goesOn: true);
                }

                DateOnly? day = null;
                while (next < parts.Count && y + Height(parts[next], em) + (parts[next].Month is { } one && shown.Contains(one.Month) ? RowHeight * em : 0) <= top + room + 0.01f)
                {
                    var (month, entry) = parts[next++];
                    Begin = month is { } now && now <= Ask.On ? page : Begin;
                    y += month is { } begins ? Month(pen, x, y, width, begins, [.. shown[begins.Month]], goesOn: false) : Row(pen, x, y, width, entry!, entry!.Node.Due != day);
                    day = entry?.Node.Due;
                }

                end = Math.Max(end, y);
            }

            return (end, next < parts.Count);
        });
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen)
    {
        var em = pen.Em;
        return
        [
            .. ChartNodes.Legend(pen, Words, OfParts > 0),
            ((x, y) => pen.Box(x, y - (em * 0.6f), em * 1.4f, em * 1.2f, Ink.BlueWash, Ink.Line), em * 1.4f, Words["charts.legend.day.nodes"]),
            .. Count(NodeState.Missed) == 0 ? Array.Empty<(Action<float, float>, float, string)>() : [((x, y) => pen.Box(x, y - (em * 0.6f), em * 1.4f, em * 1.2f, Ink.RedWash, Ink.Line), em * 1.4f, Words["charts.legend.day.missed"])],
            .. Year != Ask.On.Year ? Array.Empty<(Action<float, float>, float, string)>() : [((x, y) => pen.Box(x, y - (em * 0.6f), em * 1.4f, em * 1.2f, Ink.Paper, Ink.Text), em * 1.4f, Words["charts.legend.day.now"])],
        ];
    }

    private static float Height((DateOnly? Month, Entry? Entry) part, float em) => em * (part.Month is null ? RowHeight : HeadHeight);

    // Name and counts, and below it the days of the month: how many nodes fall due on each.
    private float Month(Pen pen, float x, float top, float width, DateOnly month, List<Entry> here, bool goesOn)
    {
        var em = pen.Em;
        pen.Text(x, top + (em * 1.1f), goesOn ? Words["charts.month.goes-on", Words.Month(month)] : Words["charts.month", Words.Month(month)], bold: true, size: 1.15f);
        pen.Text(
            x + width, top + (em * 1.1f), Words["charts.month.counts", here.Count, here.Count(entry => entry.Node.State is NodeState.Reached or NodeState.Settled), here.Count(entry => entry.Node.State is NodeState.Missed)], Anchor.End,
            ink: Ink.Second, size: 0.9f, width: width - (em * 6));
        var (days, cell) = (DateTime.DaysInMonth(month.Year, month.Month), width / 31);
        for (var day = 1; day <= days; day++)
        {
            var (due, left) = (here.Where(entry => entry.Node.Due.Day == day).ToList(), x + ((day - 1) * cell));
            var late = due.Exists(entry => entry.Node.State is NodeState.Missed);
            pen.Box(left, top + (em * 2), cell, em * 1.4f, due.Count == 0 ? Ink.Paper : late ? Ink.RedWash : Ink.BlueWash, month.AddDays(day - 1) == Ask.On ? Ink.Text : Ink.Line);
            pen.Text(left + (cell / 2), top + (em * 2.7f), day.ToString(null, null), Anchor.Middle, bold: due.Count > 0, ink: due.Count > 0 ? Ink.Text : Ink.Second, size: Math.Min(0.85f, cell / em * 0.72f));
        }

        return HeadHeight * em;
    }

    private string Text(ChartNodes.Node node) => node.Of is null ? node.Text : Words["charts.node.text", Words.Part(node), node.Text];

    private float Row(Pen pen, float x, float top, float width, Entry entry, bool newDay)
    {
        var (em, y) = (pen.Em, top + (RowHeight * pen.Em / 2));
        var says = Words["charts.node.row", entry.Node.Due, entry.Lead, Words.Number(entry.Task), entry.Task.Title, Text(entry.Node), Words[$"charts.node.{entry.Node.State}"]];
        pen.Group(Ask.ItemHref(entry.Node.Item), says, () =>
        {
            if (newDay)
            {
                pen.Text(x + (em * 3), y, Words["charts.day", entry.Node.Due.Day], Anchor.End, bold: true);
            }

            ChartNodes.Draw(pen, x + (em * 4), y, entry.Node.State, em * (entry.Node.Of is null ? 0.48f : 0.27f));
            pen.Text(x + (em * 4.9f), y, Words[$"charts.node.{entry.Node.State}.short"], size: 0.92f, width: em * 4.3f);
            pen.Text(x + (em * 9.3f), y, entry.Lead, width: em * 7.1f);
            pen.Text(x + (em * 16.7f), y, Words["charts.node.line", Words.Number(entry.Task), Text(entry.Node)], ink: Ink.Link, width: width - (em * 16.7f));
        });
        pen.Line(x + (em * 3.4f), top + (RowHeight * em), x + width, top + (RowHeight * em), Ink.Line);
        return RowHeight * em;
    }
}
