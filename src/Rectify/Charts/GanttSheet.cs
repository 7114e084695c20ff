using Rectify.Networks;
using Rectify.Schedule;
using Rectify.Tasks;

namespace Rectify.Charts;

/// <summary>The Gantt chart (横道图) of a programme, of the tasks of a unit, or of one task: planned, actual, deadlines, slack.</summary>
internal sealed class GanttSheet : Chart
{
    /// <summary>One bar.</summary>
    /// <param name="Late">The latest end; <see langword="null"/> where it says nothing.</param>
    private sealed record Row(string Number, string Title, string Href, DateOnly Start, DateOnly Finish, DateOnly? Due, DateOnly? Late, ActivityState State, bool Node, bool Critical, bool TooLate, string Standing);

    private const float RowHeight = 1.8f, PhoneRowHeight = 4f, NumberWidth = 3.4f, EndWidth = 12f;

    private readonly IReadOnlyList<Row> rows;
    private readonly ItemTimetable? only;
    private readonly int late;

    private GanttSheet(ChartAsk ask, IReadOnlyList<ItemTimetable> items, ItemTimetable? only) : base(ask)
    {
        this.only = only;
        rows = [.. only is { } one ? one.Dates.All.Select(times => OfActivity(one, times)) : items.Where(item => item.Dates.All.Count > 0).Select(OfItem)];
        late = rows.Count(row => row.TooLate);
    }

    public override string Name => "gantt";

    public override bool FitsPhone => !IsEmpty;

    /// <summary>Whether nothing has a schedule on the day.</summary>
    public bool IsEmpty => rows.Count == 0;

    public override string Says => only is { } one
        ? Words["charts.gantt.item", Words.Heading(one.Item), rows.Count, Words.Verdict(one)]
        : Words["charts.gantt.says", rows.Count, late];

    public override ChartTable Table => new(
        [
            new(Words["charts.no"], 10), new(Words[only is null ? "items.title" : "schedule.activity"], 44), new(Words["charts.gantt.start"], 12), new(Words["charts.gantt.finish"], 12), new(Words["charts.gantt.latest"], 12),
            new(Words["charts.due"], 12), new(Words["charts.standing"], 26),
        ],
        [.. rows.Select(row => (object?[])[row.Number, row.Title, row.Start, row.Finish, row.Late, row.Due, row.Standing])]);

    public static async Task<Chart> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        if (ask.Item is { } item)
        {
            var of = await ScheduleReading.OfItemAsync(ask.Db, ask.Reader, item, ask.On, ct);
            return new GanttSheet(ask, [], of is { } one && one.Item.ProgrammeId == ask.Programme.Id ? one : throw Platform.Refusal.NotFound("schedule", item));
        }

        var all = await ScheduleReading.OfProgrammeAsync(ask.Db, ask.Reader, ask.Programme.Id, ask.On, ct);
        if (ask.Unit is null && ask.Aspect is null)
        {
            return new GanttSheet(ask, all, null);
        }

        var tasks = (await ItemList.AllAsync(ask.Db, ask.Reader, ask.Programme.Id, ask.Filter, ask.On, ct)).Select(row => row.Id).ToHashSet();
        return new GanttSheet(ask, [.. all.Where(one => tasks.Contains(one.Item.Id))], null);
    }

    protected override IReadOnlyList<Drawing> DrawOn(Sheet sheet)
    {
        var days = rows.SelectMany(row => new[] { row.Start, row.Finish }.Concat(row.Due is { } due ? [due] : [])).Append(Ask.On).ToList();
        var next = 0;
        return Sheets(sheet, Legend, (pen, top, bottom) =>
        {
            var em = pen.Em;
            if (IsEmpty)
            {
                pen.Text(sheet.Left, top + (em * 2), Words["schedule.none.items"]);
                return (top + (em * 4), false);
            }

            var phone = sheet == Sheet.Phone;
            var title = phone ? sheet.Right - sheet.Left - (NumberWidth * em) : Math.Min((sheet.Right - sheet.Left) * 0.26f, em * 30);
            var scale = new TimeScale(days.Min().AddDays(-5), days.Max().AddDays(5), phone ? sheet.Left : sheet.Left + (NumberWidth * em) + title, phone ? sheet.Right : sheet.Right - (EndWidth * em));
            var (start, head, high) = (next, em * 2.6f, (phone ? PhoneRowHeight : RowHeight) * em);
            var count = Math.Min(rows.Count - next, sheet.Height is null ? rows.Count : Math.Max(1, (int)((bottom - top - head) / high)));
            var end = top + head + (count * high);
            scale.Draw(pen, Ask.On, top + (em * 1.1f), end);
            for (; next < start + count; next++)
            {
                Draw(pen, scale, top + head + ((next - start) * high), high, title, rows[next]);
            }

            scale.DrawNow(pen, Ask.On, Words["charts.as-of", Ask.On], top, end);
            return (end, next < rows.Count);
        });
    }

    private Row OfItem(ItemTimetable of)
    {
        var all = of.Dates.All;
        var (done, begun) = (all.All(one => one.State is ActivityState.Finished) || !of.IsOpen, all.Any(one => one.State is not ActivityState.Waiting));
        var finish = all.Max(one => one.EarlyFinish);
        return new(
            of.Item.NumberValue is { } number ? Words.Number(number) : of.Item.NumberText, of.Item.Title, Ask.At($"/programmes/{Ask.Code}/charts/gantt?item={of.Item.Id}"), all.Min(one => one.EarlyStart), finish, of.DueOn, null,
            done ? ActivityState.Finished : begun ? ActivityState.Underway : ActivityState.Waiting, false, false, of.IsOpen && of.Dates.TooLate.Any(), of.IsOpen ? Verdict(finish, of.DueOn) : Words["schedule.over"]);
    }

    private string Verdict(DateOnly finish, DateOnly? due) => due is not { } last ? Words["charts.gantt.ends", finish]
        : finish <= last ? Words["charts.gantt.early", last.DayNumber - finish.DayNumber]
        : Words["charts.gantt.late", finish.DayNumber - last.DayNumber];

    private Row OfActivity(ItemTimetable of, Times times)
    {
        var one = of.Plan.Find(times.Activity.Id)!;
        var open = times.State is not ActivityState.Finished;
        return new(
            one.Code, one.Title, Ask.At($"/items/{of.Item.Id}/schedule") + $"#a-{one.Code}", times.EarlyStart, times.EarlyFinish, null, open && times.LateFinish != times.EarlyFinish ? times.LateFinish : null, times.State,
            times.Activity.IsNode, open && times.IsCritical, times.IsTooLate && open, Words.Standing(times));
    }

    private IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen)
    {
        var em = pen.Em;
        return
        [
            ((x, y) => pen.Box(x, y - (em * 0.35f), em * 2, em * 0.7f, Ink.Wash, Ink.Rule), em * 2, Words["charts.legend.planned"]),
            ((x, y) => pen.Box(x, y - (em * 0.35f), em * 2, em * 0.7f, Ink.Blue), em * 2, Words["charts.legend.elapsed"]),
            ((x, y) => pen.Box(x, y - (em * 0.35f), em * 2, em * 0.7f, Ink.Grey), em * 2, Words["schedule.state.Finished"]),
            ((x, y) => pen.Box(x, y - (em * 0.5f), em * 2, em, Ink.Red), em * 2, Words["charts.legend.too-late"]),
            .. only is null ? Array.Empty<(Action<float, float>, float, string)>() :
            [
                ((x, y) => pen.Hatch(x, y - (em * 0.35f), em * 2, em * 0.7f, Ink.Text), em * 2, Words["schedule.critical"]),
                ((x, y) => pen.Diamond(x + (em * 0.5f), y, em * 0.5f, Ink.Blue, Ink.None), em, Words["schedule.node"]),
            ],
            ((x, y) => pen.Line(x + (em * 0.3f), y - (em * 0.6f), x + (em * 0.3f), y + (em * 0.6f), Ink.Text, em * 0.2f), em * 0.6f, Words[only is null ? "charts.legend.deadline" : "schedule.legend.slack"]),
        ];
    }

    private void Draw(Pen pen, TimeScale scale, float top, float high, float title, Row row)
    {
        var (em, sheet, y) = (pen.Em, pen.Sheet, top + (high / 2));
        var phone = sheet == Sheet.Phone; // name above the bar, words below
        pen.Group(row.Href, Words["charts.gantt.row", row.Number, row.Title, row.Start, row.Finish, row.Standing], () =>
        {
            var (left, name) = phone ? (sheet.Left + (em * 0.6f), y - (em * 1.25f)) : (sheet.Left, y);
            pen.Text(left, name, row.Number, width: (NumberWidth - 0.4f) * em);
            pen.Text(left + (NumberWidth * em), name, row.Title, ink: Ink.Link, width: title - (em * 0.6f));
            var (from, to) = (scale.X(row.Start), scale.End(row.Finish));
            var width = Math.Max(to - from, em * 0.2f);
            if (row.Node)
            {
                pen.Diamond(to, y, em * 0.5f, row.State is ActivityState.Finished ? Ink.Grey : row.TooLate ? Ink.Red : row.Critical ? Ink.Text : Ink.Blue, Ink.None);
            }
            else if (row.State is ActivityState.Finished)
            {
                pen.Box(from, y - (em * 0.35f), width, em * 0.7f, Ink.Grey);
            }
            else
            {
                if (row.Critical)
                {
                    pen.Hatch(from, y - (em * 0.35f), width, em * 0.7f, Ink.Text);
                }
                else
                {
                    pen.Box(from, y - (em * 0.35f), width, em * 0.7f, Ink.Wash, Ink.Rule);
                }

                if (row.TooLate)
                {
                    // What reaches beyond the last day allowed; all of it where something within is too late by a date of its own.
                    var over = (row.Due ?? row.Late) is { } allowed && allowed < row.Finish ? Math.Max(from, scale.End(allowed)) : from;
                    pen.Box(over, y - (em * 0.5f), from + width - over, em, Ink.Red);
                }

                if (row.State is ActivityState.Underway && Ask.On > row.Start)
                {
                    pen.Box(from, y - (em * 0.18f), Math.Min(scale.End(Ask.On), to) - from, em * 0.36f, Ink.Blue);
                }
            }

            if ((row.Due ?? row.Late) is { } last)
            {
                var x = scale.End(last);
                if (x > to || x < from)
                {
                    pen.Line(x > to ? to : from, y, x, y, x < from ? Ink.Red : Ink.Rule, em * 0.1f, Dash.Dashed);
                }

                pen.Line(x, y - (em * 0.6f), x, y + (em * 0.6f), Ink.Text, em * 0.2f);
            }

            pen.Text(phone ? left : scale.Right + (em * 0.6f), phone ? y + (em * 1.25f) : y, row.Standing, bold: row.TooLate, width: phone ? sheet.Right - left : (EndWidth - 0.6f) * em);
        });
        pen.Line(sheet.Left, top + high, sheet.Right, top + high, Ink.Line);
    }
}
