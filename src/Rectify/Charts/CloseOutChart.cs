using Rectify.Papers;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>The close-out progress table (整改任务整改销号进度表): each task with a dot for each step of the procedure, and above how many have taken it.</summary>
internal sealed class CloseOutChart : Chart
{
    private const float NumberWidth = 2.8f, LeadWidth = 7.6f, LeastTitle = 13f, RowHeight = 1.62f;

    private readonly ChartTasks tasks;
    private readonly CloseOutSteps steps;
    private readonly IReadOnlyList<(ItemList.Row Task, CloseOutSteps.Standing Standing)> rows;

    private CloseOutChart(ChartAsk ask, ChartTasks tasks, CloseOutSteps steps) : base(ask)
    {
        (this.tasks, this.steps) = (tasks, steps);
        rows = [.. tasks.Rows.Select(task => (task, steps.Of(task)))];
        Counts = [.. steps.Steps.Index().Select(step => rows.Count(row => row.Standing.Taken > step.Index))];
    }

    public override string Name => "closing";

    /// <summary>For each step, how many tasks have taken it.</summary>
    public IReadOnlyList<int> Counts { get; }

    public IReadOnlyList<ProcedureStep> Steps => steps.Steps;

    public int Closed => rows.Count(row => ChartTasks.IsClosed(row.Task));

    public int Done => rows.Count(row => ChartTasks.IsDone(row.Task));

    public override string Says => Words["charts.closing.says", rows.Count, Done, Share(Done), Closed, Share(Closed)];

    public override ChartTable Table => new(
        [
            new(Words["charts.no"], 8), new(Words["items.title"], 48), new(Words["charts.lead"], 20), new(Words["charts.due"], 12), .. Steps.Select(step => new SheetColumn(Words.Step(step), 10)), new(Words["charts.status"], 18),
            new(Words["charts.light"], 8),
        ],
        [
            .. rows.Select(row => (object?[])
            [
                Words.Number(row.Task), row.Task.Title, tasks.LeadName(row.Task.Id, Words), row.Task.DueOn is { } due ? due : row.Task.DeadlineText,
                .. Steps.Index().Select(step => Words[row.Standing.Taken > step.Index ? "charts.step.taken" : row.Standing.Now == step.Index ? "charts.step.now" : "charts.step.later"]),
                Words[row.Task.Status.TextKey], row.Task.Light is Light.None ? Words["light.none"] : Words[row.Task.Light.TextKey],
            ]),
            [
                null, Words["charts.sum"], null, null, .. Counts.Select(count => (object?)count), null, null,
            ],
        ]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct) => new CloseOutChart(ask, await ask.TasksAsync(ct), await CloseOutSteps.ReadAsync(ask, ct));

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        var next = 0;
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            var (em, step) = (pen.Em, StepWidth * pen.Em);
            var y = next == 0 ? top + Strip(pen, top) + (em * 0.8f) : top;
            var head = HeadHeight * em;
            var most = Math.Max(1, (int)((sheet.Right - sheet.Left + (em * 1.6f)) / ((NumberWidth + LeastTitle + LeadWidth + DueWidth + (StepWidth * Steps.Count) + LightWidth + 1.6f) * em)));
            var left = rows.Count - next;
            var room = sheet.Height is null ? int.MaxValue : Math.Max(1, (int)((bottom - y - head) / (RowHeight * em)));
            var columns = Math.Clamp(Math.Max(left > 12 ? 2 : 1, room == int.MaxValue ? 1 : (left + room - 1) / room), 1, most);
            var each = Math.Min(room, (left + columns - 1) / columns);
            var width = (sheet.Right - sheet.Left - ((columns - 1) * em * 1.6f)) / columns;
            var end = y;
            for (var column = 0; column < columns && next < rows.Count; column++)
            {
                var x = sheet.Left + (column * (width + (em * 1.6f)));
                ColumnHead(pen, x, y, width);
                for (var i = 0; i < each && next < rows.Count; i++, next++)
                {
                    Row(pen, x, y + head + (i * RowHeight * em), width, rows[next], strong: (i + 1) % 5 == 0);
                    end = Math.Max(end, y + head + ((i + 1) * RowHeight * em));
                }
            }

            return (end, next < rows.Count);
        });
    }

    private bool IsUpright => Words.IsChinese;

    private float DueWidth => IsUpright ? 3.3f : 4.4f;

    private float LightWidth => IsUpright ? 2.6f : 4.8f;

    private float StepWidth => IsUpright ? 1.7f : 3f;

    private float HeadHeight => IsUpright ? Math.Max(2.2f, (Steps.Max(step => Short(step).Length) * 0.95f) + 0.5f) : 1.9f;

    // What a programme calls a step may be long: a column's head has room for six characters.
    private string Short(ProcedureStep step)
    {
        var name = step.Title.Length > 0 ? step.Title : Words[$"charts.step.{step.Kind}"];
        return name.Length > 6 ? name[..6] : name;
    }

    private string Share(int count) => Overview.ShareOf(count, rows.Count) is { } share ? Words.Number(share, 1) : Words["text.none"];

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen)
    {
        var em = pen.Em;
        return
        [
            ((x, y) => pen.Tick(x + (em * 0.4f), y, em * 0.4f), em * 0.8f, Words["charts.legend.taken"]),
            ((x, y) => pen.Half(x + (em * 0.4f), y, em * 0.36f), em * 0.8f, Words["charts.legend.now"]),
            ((x, y) => pen.Disc(x + (em * 0.4f), y, em * 0.09f, Ink.Rule), em * 0.8f, Words["charts.legend.later"]),
            .. Lights(pen, Words),
        ];
    }

    /// <summary>The entries of a legend that say what lights mean.</summary>
    internal static IReadOnlyList<(Action<float, float>, float, string)> Lights(Pen pen, Platform.Text.Words words) =>
    [
        .. new[] { Light.Green, Light.Yellow, Light.Red }.Select(light =>
            ((Action<float, float>)((x, y) => pen.Lamp(x + (pen.Em * 0.45f), y, light, pen.Em * 0.42f)), pen.Em * 0.9f, words[$"charts.legend.{light.Mark}"])),
    ];

    private float Strip(Pen pen, float top)
    {
        var (em, sheet) = (pen.Em, pen.Sheet);
        var width = (sheet.Right - sheet.Left) / Steps.Count;
        foreach (var (i, step) in Steps.Index())
        {
            var x = sheet.Left + (i * width);
            pen.Line(x, top, x + width, top, Ink.Deep, em * 0.22f);
            pen.Line(x, top, x, top + (em * 3.6f), Ink.Line);
            pen.Text(x + (em * 0.7f), top + (em * 1.3f), Words.Number(Counts[i]), bold: true, size: 1.3f);
            pen.Text(x + (em * 0.7f), top + (em * 2.8f), step.Title.Length > 0 ? step.Title : Words[$"charts.step.{step.Kind}"], width: width - em);
        }

        pen.Line(sheet.Right, top, sheet.Right, top + (em * 3.6f), Ink.Line);
        pen.Line(sheet.Left, top + (em * 3.6f), sheet.Right, top + (em * 3.6f), Ink.Line);
        return em * 3.6f;
    }

    private void ColumnHead(Pen pen, float x, float y, float width)
    {
        var (em, height) = (pen.Em, HeadHeight * pen.Em);
        var title = TitleWidth(width, em);
        pen.Box(x, y, width, height, Ink.Wash);
        var middle = y + height - (em * 0.9f);
        pen.Text(x + ((NumberWidth - 0.6f) * em), middle, Words["charts.no.short"], Anchor.End, ink: Ink.Second);
        pen.Text(x + (NumberWidth * em), middle, Words["items.title"], ink: Ink.Second, width: title);
        pen.Text(x + (NumberWidth * em) + title, middle, Words["charts.lead"], ink: Ink.Second);
        pen.Text(x + ((NumberWidth + LeadWidth) * em) + title, middle, Words["charts.due"], ink: Ink.Second, width: DueWidth * em);
        foreach (var (i, step) in Steps.Index())
        {
            var at = x + ((NumberWidth + LeadWidth + DueWidth + (StepWidth * (i + 0.5f))) * em) + title;
            if (IsUpright)
            {
                var name = Short(step);
                foreach (var (n, character) in name.Index())
                {
                    pen.Text(at, y + height - (em * (0.75f + ((name.Length - 1 - n) * 0.95f))), character.ToString(), Anchor.Middle, ink: Ink.Second, size: 0.92f);
                }
            }
            else
            {
                pen.Text(at, middle, Short(step), Anchor.Middle, ink: Ink.Second, size: 0.96f, width: StepWidth * em);
            }
        }

        pen.Text(x + width - (LightWidth * em * 0.5f), middle, Words["charts.light"], Anchor.Middle, ink: Ink.Second, width: LightWidth * em);
        pen.Line(x, y + height, x + width, y + height, Ink.Rule);
    }

    private float TitleWidth(float width, float em) => width - ((NumberWidth + LeadWidth + DueWidth + (StepWidth * Steps.Count) + LightWidth) * em);

    private void Row(Pen pen, float x, float top, float width, (ItemList.Row Task, CloseOutSteps.Standing Standing) row, bool strong)
    {
        var (em, task, title) = (pen.Em, row.Task, TitleWidth(width, pen.Em));
        var y = top + (RowHeight * em / 2);
        pen.Group(Ask.ItemHref(task.Id), Words.Row(task), () =>
        {
            pen.Text(x + ((NumberWidth - 0.6f) * em), y, Words.Number(task), Anchor.End, width: (NumberWidth - 0.6f) * em);
            pen.Text(x + (NumberWidth * em), y, task.Title, ink: Ink.Link, width: title - (em * 0.6f));
            pen.Text(x + (NumberWidth * em) + title, y, tasks.LeadName(task.Id, Words), width: (LeadWidth - 0.4f) * em);
            pen.Text(x + ((NumberWidth + LeadWidth) * em) + title, y, Words.Due(task), width: DueWidth * em);
            for (var i = 0; i < Steps.Count; i++)
            {
                var at = x + ((NumberWidth + LeadWidth + DueWidth + (StepWidth * (i + 0.5f))) * em) + title;
                if (i < row.Standing.Taken)
                {
                    pen.Tick(at, y, em * 0.4f);
                }
                else if (i == row.Standing.Now)
                {
                    pen.Half(at, y, em * 0.36f);
                }
                else
                {
                    pen.Disc(at, y, em * 0.09f, Ink.Rule);
                }
            }

            if (task.Light is not Light.None)
            {
                pen.Light(x + width - (LightWidth * em) + (em * 0.35f), y, task.Light, Words.Letter(task.Light));
            }
        });
        pen.Line(x, top + (RowHeight * em), x + width, top + (RowHeight * em), strong ? Ink.Rule : Ink.Line);
    }
}
