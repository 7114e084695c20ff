using Rectify.Charts;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>What a chart shows is what overview, list and closings say.</summary>
public sealed class ChartFigureTests
{
    private static readonly DateOnly[] Days = [new(2018, 4, 1), new(2018, 9, 30), new(2019, 3, 31), new(2020, 6, 15)];

    [Theory, EveryDatabase]
    public async Task Every_chart_counts_as_overview_and_list_do_on_any_day_for_any_reader(string database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var seed in new[] { 1, 2 })
        {
            var charted = await Charted.HaveAsync(world, seed, 14, $"r{seed}");
            foreach (var (reader, on) in new[] { SmallProgramme.Everyone, OverviewTests.Only(charted.Units[1], charted.Units[2]) }.SelectMany(reader => Days.Select(on => (reader, on))))
            {
                await world.InAsync((Db db) => AgreeAsync(db, reader, charted, on, $"{seed} on {on:yyyy-MM-dd}"));
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_filter_leaves_in_every_chart_what_the_list_of_the_same_filter_leaves(string database)
    {
        await using var world = await World.CreateAsync(database);
        var charted = await Charted.HaveAsync(world, 5, 20);
        await world.InAsync(async (Db db) =>
        {
            foreach (var (unit, aspect) in new (Guid?, int?)[] { (charted.Units[0].Id, null), (charted.Units[3].Id, 2), (null, 3) })
            {
                var ask = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, Days[2]) with { Unit = unit, Aspect = aspect };
                var list = await ItemList.AllAsync(db, SmallProgramme.Everyone, charted.Programme.Id, ask.Filter, Days[2], Ct);
                Assert.InRange(list.Count, 1, 19);
                var (all, done, late) = (list.Count, list.Count(ChartTasks.IsDone), list.Count(row => row.Status is ItemStatus.Overdue));
                var titles = list.Select(row => row.Title).Order(StringComparer.Ordinal).ToList();
                Assert.Equal(titles, Titles((await CloseOutChart.ReadAsync(ask, Ct)).Table.Rows.SkipLast(1), 1)); // and the sum
                var units = (UnitsChart)await UnitsChart.OfPlacesAsync(ask, Ct);
                Assert.Equal((all, done, late), ((int)units.Table.Rows[^1][2]!, (int)units.Table.Rows[^1][3]!, (int)units.Table.Rows[^1][5]!));
                var lines = units.Lines.Concat(((UnitsChart)await UnitsChart.OfDepartmentsAsync(ask, Ct)).Lines).ToDictionary(line => line.Unit);
                var heat = (HeatChart)await HeatChart.ReadAsync(ask, Ct);
                Assert.Equal(lines.Keys.Order(), heat.Lines.Select(line => line.Unit).Order());
                Assert.All(heat.Lines, line => Assert.Equal(lines[line.Unit] switch { { Red: > 0 and var red } => red, { Yellow: > 0 and var yellow } => yellow, { Green: > 0 and var green } => green, var none => none.All }, line.Cells[^1].Count));
                var burn = (BurnUpChart)await BurnUpChart.ReadAsync(ask, Ct);
                Assert.Equal((list.Count(row => row.DueOn <= Days[2]), done, list.Count(row => row.DueOn is null)), (burn.Now.Due, burn.Now.Done, burn.Undated));

                // The road map by aspect and by unit has the same rows, and the calendar of a year the nodes of these that fall into it.
                var road = (await RoadMapChart.ReadAsync(ask, Ct)).Table.Rows;
                Assert.Equal(titles.Distinct(), Titles(road, 1).Distinct());
                Assert.Equal(road.Select(Told).Order(StringComparer.Ordinal), (await RoadMapChart.ReadAsync(ask with { ByUnit = true }, Ct)).Table.Rows.Select(Told).Order(StringComparer.Ordinal));
                foreach (var year in new[] { 2018, 2019, 2020 })
                {
                    var nodes = (NodesChart)await NodesChart.ReadAsync(ask with { Year = year }, Ct);
                    Assert.Equal(
                        road.Where(row => row[7] is DateOnly due && due.Year == year).Select(row => $"{row[7]} {row[1]} {row[6]}").Order(StringComparer.Ordinal),
                        nodes.Table.Rows.Select(row => $"{row[0]} {row[3]} {row[5]}").Order(StringComparer.Ordinal));
                }
            }
        });

        // The Gantt chart has those of the list that have a schedule.
        var planned = await charted.PlanAsync(world);
        await world.InAsync(async (Db db) =>
        {
            foreach (var (unit, aspect) in new (Guid?, int?)[] { (null, null), (charted.Units[0].Id, null), (charted.Units[3].Id, 2), (null, 3) })
            {
                var ask = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, world.Clock.Today) with { Unit = unit, Aspect = aspect };
                var list = (await ItemList.AllAsync(db, SmallProgramme.Everyone, charted.Programme.Id, ask.Filter, ask.On, Ct)).Select(row => row.Id).ToHashSet();
                var gantt = await GanttSheet.ReadAsync(ask, Ct);
                var rows = gantt.Table.Rows;
                List<Item> mine = [.. planned.Where(task => list.Contains(task.Id))];
                Assert.InRange(mine.Count, 1, unit is null && aspect is null ? 10 : 9);
                Assert.Equal(mine.Select(task => task.Title), rows.Select(row => row[1]));
                var late = 0;
                foreach (var (task, row) in mine.Zip(rows))
                {
                    var of = (await ScheduleReading.OfItemAsync(db, SmallProgramme.Everyone, task.Id, ask.On, Ct))!;
                    Assert.Equal((of.Dates.All.Min(one => one.EarlyStart), of.Dates.All.Max(one => one.EarlyFinish), of.DueOn), ((DateOnly)row[2]!, (DateOnly)row[3]!, (DateOnly?)row[5]));
                    late += of.IsOpen && of.Dates.TooLate.Any() ? 1 : 0;
                }

                Assert.Equal(ask.Words["charts.gantt.says", mine.Count, late], gantt.Says);
                Assert.Equal(late, gantt.Draw(Sheet.A3).Sum(sheet => sheet.Groups.Where(group => group.Href is not null).Sum(group => group.Marks.Count(mark => mark is Box { Fill: Ink.Red }))));
                Assert.True(unit is not null || aspect is not null || late > 0);
            }

            var one = await GanttSheet.ReadAsync(Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, world.Clock.Today) with { Item = planned[0].Id }, Ct);
            Assert.Equal(["A1", "B1", "C1"], one.Table.Rows.Select(row => row[0]));
        });

        static IEnumerable<string> Titles(IEnumerable<object?[]> rows, int column) => rows.Select(row => (string)row[column]!).Order(StringComparer.Ordinal);
        static string Told(object?[] row) => string.Join('|', row);
    }

    [Theory, EveryDatabase]
    public async Task Every_chart_of_a_day_has_the_deadlines_that_were_in_force_on_it_whatever_was_decided_later(string database)
    {
        await using var world = await World.CreateAsync(database);
        var charted = await Charted.HaveAsync(world, 3, 24);
        var tasks = charted.Tasks.Where(item => item.Kind is ItemKind.Task).OrderBy(item => item.SortKey, StringComparer.Ordinal).ToList();
        var (moved, counted) = (0, 0);
        foreach (var on in Days)
        {
            var due = tasks.ConvertAll(task => charted.DueOn(task.Id, on));
            moved += tasks.Zip(due).Count(pair => pair.First.DueOn != pair.Second);
            var texts = tasks.Zip(due, (task, day) => day ?? (object?)task.DeadlineText).ToList();
            await world.InAsync(async (Db db) =>
            {
                var ask = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, on);
                var closing = await CloseOutChart.ReadAsync(ask, Ct);
                Assert.Equal(texts, closing.Table.Rows.Take(tasks.Count).Select(row => row[3]));
                var road = await RoadMapChart.ReadAsync(ask, Ct);
                Assert.Equal(tasks.Zip(texts, (task, text) => $"{task.Title} {text}").ToHashSet(), road.Table.Rows.Select(row => $"{row[1]} {row[3]}").ToHashSet());
                var burn = (BurnUpChart)await BurnUpChart.ReadAsync(ask, Ct);
                Assert.All(burn.Points, point => Assert.Equal(due.Count(day => day <= point.On), point.Due));

                // The overview, and the list behind its figure.
                var overview = await Overview.ReadAsync(db, SmallProgramme.Everyone, charted.Programme.Id, on, Ct);
                Assert.Equal((due.Count(day => day <= on), burn.Now.Due), (overview.Due.Count, overview.Due.Count));
                Assert.All(overview.Curve, point => Assert.Equal(due.Count(day => day <= point.On), point.Due));
                foreach (var figure in new[] { overview.Due, overview.DueDone })
                {
                    Assert.Equal(figure.Count, (await ItemList.CountAsync(db, SmallProgramme.Everyone, charted.Programme.Id, figure.Rows, on, Ct)).Count);
                    Assert.Equal(figure.Count, (await ItemList.PageAsync(db, SmallProgramme.Everyone, charted.Programme.Id, ItemQuery.Read(Http(ItemQuery.Href("/", figure.Rows))), on, Ct)).Ids.Count);
                }

                counted += overview.Due.Rows.DueBy is null ? 0 : 1;
            });
        }

        Assert.True(moved > 3 && counted > 1, $"{moved} deadlines of a day are other than today's, {counted} days have a list of their own");
    }

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Http(string href) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(href[(href.IndexOf('?', StringComparison.Ordinal) + 1)..]);

    [Fact]
    public async Task A_closing_stands_where_its_acts_have_brought_it_and_on_a_day_before_where_it_stood_then()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var before = world.Clock.Today;
        var id = await closing.HaveAtAsync(world, task, "accept");
        var there = world.Clock.Today;
        await StandsAsync();
        await closing.GoAsync(world, id, "sign");
        await StandsAsync();
        await closing.GoAsync(world, id);
        await StandsAsync();
        Assert.Equal((0, null), await AtAsync(before.AddDays(-20)));
        Assert.Equal(4, (await AtAsync(there)).Taken);

        async Task StandsAsync()
        {
            var (one, (taken, now)) = (await closing.ClosureAsync(world, id), await AtAsync(world.Clock.Today));
            Assert.Equal((one.StepNo, one.StepNo == 11 ? null : (int?)one.StepNo), (taken, now));
        }

        Task<(int Taken, int? Now)> AtAsync(DateOnly on) => world.InAsync(async (Db db) =>
        {
            var ask = Charted.Ask(db, closing.People["office"], closing.Programme, on);
            var (taken, now) = (await CloseOutSteps.ReadAsync(ask, Ct)).Of((await ask.TasksAsync(Ct)).Rows.Single(row => row.Id == task));
            return (taken, now);
        });
    }

    private static async Task AgreeAsync(Db db, Access reader, Charted charted, DateOnly on, string when)
    {
        var overview = await Overview.ReadAsync(db, reader, charted.Programme.Id, on, Ct);
        var ask = Charted.Ask(db, reader, charted.Programme, on);

        var closing = (CloseOutChart)await CloseOutChart.ReadAsync(ask, Ct);
        var close = closing.Steps.Index().First(step => step.Item.Kind is StepKind.Close).Index;
        Assert.True((overview.Done.Count, overview.Closed.Count) == (closing.Counts[0], closing.Counts[close]), $"{when}: {overview.Done.Count} done and {overview.Closed.Count} closed, but {string.Join(' ', closing.Counts)}");
        Assert.Equal(closing.Counts.OrderDescending(), closing.Counts);

        foreach (var read in new[] { UnitsChart.OfPlacesAsync, (Func<ChartAsk, CancellationToken, Task<Chart>>)UnitsChart.OfDepartmentsAsync })
        {
            var units = (UnitsChart)await read(ask, Ct);
            foreach (var line in units.Lines)
            {
                var known = overview.ByUnit.Single(one => one.Key == line.Unit.ToString());
                Assert.Equal(
                    (known.Name, known.All.Count, known.Done.Count, known.Closed.Count, known.Overdue.Count, known.Green.Count, known.Yellow.Count, known.Red.Count, known.Share),
                    (line.Name, line.All, line.Done, line.Closed, line.Overdue, line.Green, line.Yellow, line.Red, line.Share));
            }

            var whole = units.Table.Rows[^1];
            Assert.Equal((overview.Tasks.Count, overview.Done.Count, overview.Closed.Count, overview.Overdue.Count), ((int)whole[2]!, (int)whole[3]!, (int)whole[4]!, (int)whole[5]!));
        }

        Assert.Equal(
            overview.ByUnit.Count,
            ((UnitsChart)await UnitsChart.OfPlacesAsync(ask, Ct)).Lines.Count + ((UnitsChart)await UnitsChart.OfDepartmentsAsync(ask, Ct)).Lines.Count);

        var heat = (HeatChart)await HeatChart.ReadAsync(ask, Ct);
        foreach (var (i, month) in heat.Days.Index())
        {
            // Every month is as the overview of its last day.
            var lines = (month == on ? overview : await Overview.ReadAsync(db, reader, charted.Programme.Id, month, Ct)).ByUnit.ToDictionary(one => one.Key);
            foreach (var line in heat.Lines)
            {
                var known = lines[line.Unit.ToString()];
                var (worst, count) = known.Red.Count > 0 ? (Light.Red, known.Red.Count) : known.Yellow.Count > 0 ? (Light.Yellow, known.Yellow.Count) : known.Green.Count > 0 ? (Light.Green, known.Green.Count) : (Light.None, known.All.Count);
                Assert.Equal(new HeatChart.Cell(worst, count), line.Cells[i]);
            }
        }

        var burn = (BurnUpChart)await BurnUpChart.ReadAsync(ask, Ct);
        Assert.Equal((on, overview.Due.Count, overview.Done.Count, overview.Closed.Count), (burn.Now.On, burn.Now.Due, burn.Now.Done, burn.Now.Closed));
        foreach (var point in burn.Points.Where(point => point.On <= on).TakeLast(3))
        {
            var then = await Overview.ReadAsync(db, reader, charted.Programme.Id, point.On, Ct);
            Assert.Equal((then.Done.Count, then.Closed.Count), (point.Done, point.Closed));
        }

        var road = (RoadMapChart)await RoadMapChart.ReadAsync(ask, Ct);
        Assert.Equal(await MilestoneList.CountAsync(db, reader, charted.Programme.Id, MilestoneList.Which.Missed, null, null, on, Ct), road.Count(NodeState.Missed));
        Assert.Equal(
            await MilestoneList.CountAsync(db, reader, charted.Programme.Id, MilestoneList.Which.All, null, null, on, Ct), Enum.GetValues<NodeState>().Sum(road.Count));

        // Each of them is drawn once, whether a task has it or a part of one, beside the signs of the legend.
        var sheets = road.Draw(Sheet.A3);
        var signs = road.Table.Rows.Any(row => row[4] is string { Length: > 0 }) ? 5 : 4;
        Assert.Equal(Enum.GetValues<NodeState>().Sum(road.Count), sheets.Sum(sheet => sheet.Marks.Count(mark => mark is Shape { Places.Count: 4 }) - signs));
        var tasks = (RoadMapChart)await RoadMapChart.ReadAsync(ask with { Parts = false }, Ct);
        Assert.Equal(road.Table.Rows.Count(row => row[5] is not null && row[4] is ""), Enum.GetValues<NodeState>().Sum(tasks.Count));
        var first = new DateOnly(on.Year, 1, 1);
        var nodes = (NodesChart)await NodesChart.ReadAsync(ask, Ct);
        Assert.Equal(await MilestoneList.CountAsync(db, reader, charted.Programme.Id, MilestoneList.Which.All, first, first.AddYears(1).AddDays(-1), on, Ct), nodes.Table.Rows.Count);
    }
}
