using Rectify.Tasks;

namespace Rectify.Charts;

/// <summary>Closings and completions over time beside the tasks due by then (销号与完成进度曲线).</summary>
internal sealed class BurnUpChart : Chart
{
    /// <summary>One day.</summary>
    /// <param name="Due">Tasks due by it, by the deadlines in force on the day looked at.</param>
    /// <param name="Done">Tasks done on it; <see langword="null"/> after the day looked at.</param>
    /// <param name="Closed">Tasks closed on it.</param>
    public sealed record Point(DateOnly On, int Due, int? Done, int? Closed);

    private static readonly int[] Steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000];

    private readonly int all;

    private BurnUpChart(ChartAsk ask, ChartTasks tasks, ILookup<Guid, StatusSpan> spans) : base(ask)
    {
        all = tasks.Rows.Count;
        var due = tasks.Rows.Select(row => row.DueOn).OfType<DateOnly>().Order().ToList();
        var done = spans.SelectMany(group => group).Where(span => Overview.DoneStatuses.Contains(span.Status)).ToList();
        var first = due.Concat(done.Select(span => span.From)).Append(ask.On).Min();
        var last = due.Append(ask.On).Max();
        var ends = new List<DateOnly> { ask.On };
        for (var end = new DateOnly(first.Year, first.Month, 1).AddDays(-1); ends.Count < 240; end = end.AddDays(1).AddMonths(1).AddDays(-1))
        {
            ends.Add(end);
            if (end >= last)
            {
                break;
            }
        }

        Points =
        [
            .. ends.Distinct().Order().Select(end => new Point(
                end, due.Count(day => day <= end),
                end > ask.On ? null : done.Count(span => span.From <= end && span.Until > end),
                end > ask.On ? null : done.Count(span => span.From <= end && span.Until > end && Overview.ClosedStatuses.Contains(span.Status)))),
        ];
    }

    public override string Name => "burn-up";

    /// <summary>Ends of months, and the day looked at.</summary>
    public IReadOnlyList<Point> Points { get; }

    /// <summary>Tasks without a date of their own (at once, lasting): the dashed line never counts them.</summary>
    public int Undated => all - Points.Max(point => point.Due);

    /// <summary>The day looked at.</summary>
    public Point Now => Points.Single(point => point.On == Ask.On);

    public override string Says => Words["charts.burn-up.says", all, Now.Due, Now.Done!.Value, Now.Closed!.Value];

    public override ChartTable Table => new(
        [new(Words["charts.day.head"], 12), new(Words["charts.burn-up.due"], 12), new(Words["charts.burn-up.done"], 12), new(Words["charts.burn-up.closed"], 12)],
        [.. Points.Select(point => (object?[])[point.On, point.Due, point.Done, point.Closed])]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var tasks = await ask.TasksAsync(ct);
        return new BurnUpChart(ask, tasks, await ChartNodes.SpansAsync(ask, tasks, ct));
    }

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet) => Sheets(sheet, Legend, (pen, top, bottom) =>
    {
        var em = pen.Em;
        var floor = (sheet.Height is null ? top + (em * 34) : bottom) - (em * 2.2f);
        var ceiling = top + (em * 2.2f);
        var scale = new TimeScale(Points[0].On, Points[^1].On, sheet.Left + (em * 3.2f), sheet.Right - (em * 8.5f));
        float Y(int count) => all == 0 ? floor : floor - ((floor - ceiling) * count / all);
        foreach (var count in Grid(all))
        {
            pen.Line(scale.Left, Y(count), scale.Right, Y(count), Ink.Line);
            pen.Text(scale.Left - (em * 0.5f), Y(count), Words.Number(count), Anchor.End, ink: Ink.Second);
        }

        pen.Text(sheet.Left, top + (em * 0.6f), Words["charts.burn-up.axis"], ink: Ink.Second);
        var year = 0;
        foreach (var day in scale.Ticks(em * 4.2f))
        {
            pen.Line(scale.X(day), floor, scale.X(day), floor + (em * 0.4f), Ink.Rule);
            pen.Text(scale.X(day), floor + (em * 1.2f), day.ToString(day.Year == year ? "MM" : "yyyy-MM", null), Anchor.Middle, ink: Ink.Second);
            year = day.Year;
        }

        List<Place> steps = [];
        foreach (var point in Points)
        {
            steps.AddRange(steps.Count == 0 ? [new(scale.End(point.On), Y(point.Due))] : [new(scale.End(point.On), steps[^1].Y), new(scale.End(point.On), Y(point.Due))]);
        }

        pen.Line(steps, Ink.Rule, em * 0.14f, Dash.Dashed);
        List<Point> past = [.. Points.Where(point => point.On <= Ask.On)];
        pen.Line([.. past.Select(point => new Place(scale.End(point.On), Y(point.Done!.Value)))], Ink.Blue, em * 0.2f);
        pen.Line([.. past.Select(point => new Place(scale.End(point.On), Y(point.Closed!.Value)))], Ink.Deep, em * 0.3f);
        scale.DrawNow(pen, Ask.On, Words["charts.as-of", Ask.On], top + (em * 0.4f), floor);
        Labels(pen, scale.End(Ask.On), Y);
        return (floor + (em * 2.2f), false);
    });

    // The three figures of the day beside their lines; where two lines are near each other, the words move apart.
    private void Labels(Pen pen, float x, Func<int, float> place)
    {
        var em = pen.Em;
        var late = x + (em * 9) > pen.Sheet.Right;
        var below = late ? 0 : em * 0.95f; // the dashed line goes on to the right, and never falls
        var words = new[]
        {
            (Y: place(Now.Due), Below: below, Text: Words["charts.burn-up.due.now", Now.Due], Ink: Ink.Rule), (Y: place(Now.Done!.Value), Below: 0, Text: Words["charts.burn-up.done.now", Now.Done.Value], Ink: Ink.Blue),
            (Y: place(Now.Closed!.Value), Below: 0, Text: Words["charts.burn-up.closed.now", Now.Closed.Value], Ink: Ink.Deep),
        }.OrderBy(one => one.Y).ToList();
        var last = float.MinValue;
        foreach (var (y, lower, text, ink) in words)
        {
            var at = Math.Max(y + lower, last + (em * 1.5f));
            var width = TextWidth.Of(text, em, bold: true);
            pen.Box(late ? x - (em * 0.9f) - width : x + (em * 0.7f), at - (em * 0.65f), width + (em * 0.2f), em * 1.3f, Ink.Paper);
            pen.Disc(x, y, em * 0.32f, ink);
            pen.Text(late ? x - (em * 0.8f) : x + (em * 0.8f), at, text, late ? Anchor.End : Anchor.Start, bold: true);
            last = at;
        }
    }

    // Round numbers, and at the top all.
    private static IEnumerable<int> Grid(int all)
    {
        var step = Steps.FirstOrDefault(step => all <= step * 5, 100_000);
        for (var count = 0; count < all - (step / 3); count += step)
        {
            yield return count;
        }

        yield return all;
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen) =>
    [
        ((x, y) => pen.Line(x, y, x + (pen.Em * 2.4f), y, Ink.Rule, pen.Em * 0.14f, Dash.Dashed), pen.Em * 2.4f, Words["charts.burn-up.due"]),
        ((x, y) => pen.Line(x, y, x + (pen.Em * 2.4f), y, Ink.Blue, pen.Em * 0.2f), pen.Em * 2.4f, Words["charts.burn-up.done"]),
        ((x, y) => pen.Line(x, y, x + (pen.Em * 2.4f), y, Ink.Deep, pen.Em * 0.3f), pen.Em * 2.4f, Words["charts.burn-up.closed"]),
        .. Notes.Select(note => ((Action<float, float>)((_, _) => { }), 0f, note)),
    ];

    private IReadOnlyList<string> Notes =>
        Undated > 0 ? [Words["charts.legend.burn-up"], Words["charts.legend.burn-up.undated", Undated]] : [Words["charts.legend.burn-up"]];
}
