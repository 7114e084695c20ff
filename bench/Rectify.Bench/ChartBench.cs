using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Charts;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Schedule;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>Wall charts of a programme of thousands of tasks: read from the database, drawn on sheets and written as SVG.</summary>
internal static class ChartBench
{
    private const int Rounds = 15;

    public static async Task RunAsync(int size)
    {
        await using var bed = await Bed.SqliteAsync();
        var big = new BigProgramme(size);
        await big.LoadAsync(bed);
        var reader = BigProgramme.ReaderAt(big.Region);
        await HaveNodesAsync(bed, big.Programme);
        await HaveSchedulesAsync(bed, big.Programme);
        var programme = await bed.InAsync((Db db) => TaskEndpoints.ProgrammeAsync(db, reader, BigProgramme.Code, default));
        foreach (var kind in ChartKinds.All)
        {
            Task<Chart> ReadAsync() => bed.InAsync((Db db) => kind.Read(new(db, reader, programme, BigProgramme.Today, BigProgramme.Today, Words.In(Language.Default)), default));
            var chart = await ReadAsync();
            async Task Whole(int caller, int i) => Written(await ReadAsync());
            await Timing.RunAsync(1, 3, Whole); // warm
            var whole = await Timing.RunAsync(1, Rounds, Whole);
            var drawn = await Timing.RunAsync(1, Rounds, (_, _) =>
            {
                Written(chart);
                return Task.CompletedTask;
            });
            Report.Row(
                $"wall chart {kind.Name} of {size:#,0} tasks as SVG, {bed.Name}: read, drawn, written", $"p50 {Report.Ms(whole.At(0.5))}, p95 {Report.Ms(whole.At(0.95))}", "≤ 300 ms",
                $"drawn and written alone {Report.Ms(drawn.At(0.5))}; {Written(chart):#,0} characters");
            await PageAsync(kind, size, bed, ReadAsync);
        }

        // The list of what must begin this month, as its page reads it.
        var count = 0;
        async Task List(int caller, int i) => count = await bed.InAsync(async (Db db) => (await ProgrammeSchedule.ReadAsync(db, reader, programme.Id, BigProgramme.Today, null, default)).Rows(ScheduleWhich.Month).Count);
        await Timing.RunAsync(1, 3, List);
        var listed = await Timing.RunAsync(1, Rounds, List);
        Report.Row(
            $"schedules of a programme, {size:#,0} items with {Activities} activities each, {bed.Name}: all dates, and what must begin this month", $"p50 {Report.Ms(listed.At(0.5))}, p95 {Report.Ms(listed.At(0.95))}", "≤ 300 ms", $"{count:#,0} rows");
    }

    // What a chart's page draws: itself, the form of a phone where it has one, and for up to so many rows the sheets that a browser prints.
    private static async Task PageAsync(ChartKinds.Kind kind, int size, Bed bed, Func<Task<Chart>> readAsync)
    {
        var said = "";
        async Task Whole(int caller, int i)
        {
            var chart = await readAsync();
            var papers = chart.Table.Rows.Count <= ChartKinds.MostPrinted ? chart.Draw(Sheet.A4) : [];
            Drawing[] drawings = [chart.Draw(Sheet.Page)[0], .. papers, .. chart.FitsPhone ? chart.Draw(Sheet.Phone).Take(1) : []];
            said = $"{chart.Table.Rows.Count:#,0} rows, {papers.Count} sheets to print{(chart.FitsPhone ? ", a form for phones" : "")}; {drawings.Sum(drawing => SvgWriter.File(drawing, Theme.Paper).Length):#,0} characters";
        }

        await Timing.RunAsync(1, 3, Whole);
        var times = await Timing.RunAsync(1, Rounds, Whole);
        Report.Row($"page of the chart {kind.Name}, {size:#,0} tasks, {bed.Name}: read, drawn for page, print and phone", $"p50 {Report.Ms(times.At(0.5))}, p95 {Report.Ms(times.At(0.95))}", "≤ 300 ms", said);
    }

    private const int Activities = 5;

    // One chain for each task; every tenth waits for the task before it, so that all are computed together.
    private static Task HaveSchedulesAsync(Bed bed, Guid programme) => bed.InAsync(async (Db db) =>
    {
        var by = Actor.System("bench");
        var tasks = await db.ItemsFor(Access.OfSystem(by), Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task).OrderBy(item => item.SortKey).ToListAsync();
        var pattern = new WorkPattern(WorkingCalendar.StateCouncil);
        var (schedules, versions) = (new List<ItemSchedule>(), new List<ScheduleVersion>());
        foreach (var (i, task) in tasks.Index())
        {
            var plan = new ActivityPlan([.. Enumerable.Range(1, Activities).Select(n => new PlannedActivity(Guid.CreateVersion7(), $"A{n}", $"第{n}步施工", 5 + ((i + (n * 7)) % 40))
            {
                After = n > 1 ? $"A{n - 1}" : i % 10 == 9 && tasks[i - 1].NumberValue is { } number ? $"{number}#A{Activities}" : "",
            })]);
            var activities = plan.Activities.Select(one => new Activity { Id = one.Id, Title = one.Title, Days = one.Days, Pattern = pattern }).ToList();
            var dates = Timetable.Of(new(activities, activities.Zip(activities.Skip(1), (one, next) => new Link(one.Id, next.Id))), BigProgramme.Today);
            var schedule = ItemSchedule.Create(programme, task.Id);
            versions.Add(schedule.Next(plan, "planned", 0, null, dates, by, BigProgramme.Today, DateTimeOffset.UnixEpoch));
            schedules.Add(schedule);
        }

        await db.Database.OpenConnectionAsync();
        await new Bulk<ItemSchedule>(db).WriteAsync(db.Database.GetDbConnection(), schedules);
        await new Bulk<ScheduleVersion>(db).WriteAsync(db.Database.GetDbConnection(), versions);
    });

    // Two hand-over nodes for each task, half a year apart.
    private static Task HaveNodesAsync(Bed bed, Guid programme) => bed.InAsync(async (Db db) =>
    {
        var tasks = await db.ItemsFor(Access.OfSystem(Actor.System("bench")), Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task).Select(item => item.Id).ToListAsync();
        await db.Database.OpenConnectionAsync();
        await new Bulk<ItemMilestone>(db).WriteAsync(db.Database.GetDbConnection(), tasks.Index().SelectMany(task => Enumerable.Range(1, 2).Select(no =>
            new ItemMilestone { ItemId = task.Item, No = no, Text = "完成管网改造", Due = BigProgramme.Today.AddDays((task.Index % 400) - 200 + (no * 180)) })));
    });

    private static int Written(Chart chart) => chart.Draw(Sheet.Page).Sum(sheet => SvgWriter.File(sheet, Theme.Paper).Length);
}
