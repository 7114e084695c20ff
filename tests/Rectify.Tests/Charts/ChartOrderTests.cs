using Microsoft.EntityFrameworkCore;
using Rectify.Charts;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>In which order, of which time and of which units charts show things, and what of the record they take.</summary>
public sealed class ChartOrderTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    [Theory, EveryDatabase]
    public async Task Units_come_by_kind_and_share_months_without_gaps_and_dates_in_order(string database)
    {
        await using var world = await World.CreateAsync(database);
        var charted = await Charted.HaveAsync(world, 4, 30);
        foreach (var on in new DateOnly[] { new(2018, 5, 2), new(2018, 9, 30), new(2019, 3, 31), new(2020, 6, 15) })
        {
            await world.InAsync(async (Db db) =>
            {
                var ask = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, on);
                var places = (UnitsChart)await UnitsChart.OfPlacesAsync(ask, Ct);
                var departments = (UnitsChart)await UnitsChart.OfDepartmentsAsync(ask, Ct);
                Assert.Equal([UnitKind.Prefecture, UnitKind.County, UnitKind.CorpsDivision, UnitKind.Park], places.Lines.Select(line => line.Kind).Distinct());
                Assert.Equal([UnitKind.Department, UnitKind.StateEnterprise], departments.Lines.Select(line => line.Kind).Distinct().Order());
                foreach (var lines in new[] { places.Lines, departments.Lines })
                {
                    Assert.Equal(lines.OrderBy(line => line.Kind).ThenByDescending(line => line.Share).ThenByDescending(line => line.All).ThenBy(line => line.Path, StringComparer.Ordinal), lines);
                }

                // The worst light of a unit at the end of each month is what the overview of that day says.
                var heat = (HeatChart)await HeatChart.ReadAsync(ask, Ct);
                Assert.Equal(on, heat.Days[^1]);
                Assert.All(heat.Days.SkipLast(1), day => Assert.Equal(1, day.AddDays(1).Day));
                Assert.All(heat.Days.Zip(heat.Days.Skip(1)), pair => Assert.Equal(Month(pair.First) + 1, Month(pair.Second)));
                Assert.Equal(Math.Max(Month(on) - 23, Month(new(2018, 5, 1))), Month(heat.Days[0])); // two years, or since the approval
                Assert.Equal(heat.Lines.OrderBy(line => line.Kind).Select(line => line.Kind), heat.Lines.Select(line => line.Kind));
                foreach (var (i, day) in heat.Days.Index().TakeLast(5))
                {
                    var overview = await Overview.ReadAsync(db, SmallProgramme.Everyone, charted.Programme.Id, day, Ct);
                    foreach (var line in heat.Lines)
                    {
                        var known = overview.ByUnit.Single(one => one.Key == line.Unit.ToString());
                        var worst = known.Red.Count > 0 ? Light.Red : known.Yellow.Count > 0 ? Light.Yellow : known.Green.Count > 0 ? Light.Green : Light.None;
                        Assert.Equal((day, worst), (day, line.Cells[i].Worst));
                    }
                }

                // What is due after the day is drawn too, and what has no date is told.
                var burn = (BurnUpChart)await BurnUpChart.ReadAsync(ask, Ct);
                var due = (await ask.TasksAsync(Ct)).Rows.Select(row => row.DueOn).ToList();
                Assert.All(burn.Points, point => Assert.Equal(due.Count(day => day <= point.On), point.Due));
                Assert.All(burn.Points, point => Assert.Equal(point.On > on, point.Done is null && point.Closed is null));
                Assert.True(burn.Points[^1].On >= due.Max());
                Assert.Equal(due.Count(day => day is null), burn.Undated);

                var road = (RoadMapChart)await RoadMapChart.ReadAsync(ask with { ByUnit = true }, Ct);
                var tasks = await ask.TasksAsync(Ct);
                var groups = road.Table.Rows.Select(row => (string)row[0]!).Distinct().Select(number => tasks.Lead(tasks.Rows.Single(row => ask.Words.Number(row) == number).Id)!.Name).GroupBy(name => name).Select(group => group.Count()).ToList();
                Assert.Equal(groups.OrderDescending(), groups);

                var nodes = (NodesChart)await NodesChart.ReadAsync(ask with { Year = 2019 }, Ct);
                Assert.Equal((2019, true), (nodes.Year, nodes.Table.Rows.Count > 0));
                Assert.All(nodes.Table.Rows, row => Assert.Equal(2019, ((DateOnly)row[0]!).Year));
                Assert.Equal(nodes.Table.Rows.Select(row => row[0]).Order(), nodes.Table.Rows.Select(row => row[0]));
            });
        }

        static int Month(DateOnly day) => (day.Year * 12) + day.Month;
    }

    [Theory, EveryDatabase]
    public async Task A_node_is_missed_from_the_day_after_and_reached_while_its_record_stands(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, due) = (r.Tasks[0].Id, new DateOnly(2026, 3, 31));
        r.Today(world, due.AddDays(1));
        await ExpectAsync(due, "未到期");
        await ExpectAsync(due.AddDays(1), "逾期未交账");
        await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.MilestoneReached, due, No: 1)], r.Office, Ct));
        await ExpectAsync(due, "已交账");
        await ExpectAsync(due.AddDays(-1), "未到期");
        var fact = await world.InAsync((Db db) => db.ItemFacts().Select(one => one.Id).SingleAsync(Ct));
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(fact, "in error", r.Office, Ct));
        await ExpectAsync(due, "未到期");

        // The node of a part goes with the part.
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(task, ItemKind.SubTask, new("", null, "A part.") { Deadline = new("2026-05-31", DeadlineKind.Fixed, null, new(2026, 5, 31), null) }, [], r.Office, Ct));
        await world.InAsync((ChangeMilestones change) => change.RunAsync(part, 0, [new(null, "half of it", new(2026, 4, 30))], r.Office, Ct));
        Assert.Equal(2, (await NodesAsync(due.AddDays(1))).Count);
        await world.InAsync((RemoveItem remove) => remove.RunAsync(part, 1, "not needed", r.Office, Ct));
        Assert.Single(await NodesAsync(due.AddDays(1)));

        async Task ExpectAsync(DateOnly on, string state) => Assert.Equal((on, state), (on, (string)(await NodesAsync(on)).Single()[6]!));
        Task<IReadOnlyList<object?[]>> NodesAsync(DateOnly on) => world.InAsync(async (Db db) => (await NodesChart.ReadAsync(Charted.Ask(db, r.Office, r.Programme, on), Ct)).Table.Rows);
    }

    [Theory, EveryDatabase]
    public async Task A_task_closed_by_documents_stands_where_its_record_says_now(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        r.Today(world, Today.AddDays(20));
        var (task, day) = (r.Tasks[0].Id, Today);
        var (apply, accept) = await world.InAsync(async (Db db) =>
        {
            var steps = (await CloseOutSteps.ReadAsync(Charted.Ask(db, r.Office, r.Programme, Today), Ct)).Steps.Index().ToList();
            return (steps.Last(step => step.Item.Kind is StepKind.Apply).Index + 1, steps.Last(step => step.Item.Kind is StepKind.Acceptance).Index + 1);
        });
        await FactAsync(FactKind.Completed);
        await FactAsync(FactKind.Applied);
        await FactAsync(FactKind.Accepted);
        await ExpectAsync(accept, accept);
        var accepted = await world.InAsync((Db db) => db.ItemFacts().Where(fact => fact.Kind == FactKind.Accepted).Select(fact => fact.Id).SingleAsync(Ct));
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(accepted, "in error", Access.OfSystem(Setup), Ct));
        await ExpectAsync(apply, apply);
        await FactAsync(FactKind.Returned);
        await ExpectAsync(1, 1); // declared it stays, and goes the way from there
        await FactAsync(FactKind.Applied);
        await ExpectAsync(apply, apply);
        await FactAsync(FactKind.Reopened);
        await ExpectAsync(0, null);
        await FactAsync(FactKind.Completed);
        await ExpectAsync(1, 1);

        // What does not concern its units is over, and nothing of it is worked on.
        task = r.Tasks[1].Id;
        await FactAsync(FactKind.NotInvolved);
        await ExpectAsync(1, null);

        Task FactAsync(FactKind kind) => world.InAsync((RecordFacts record) => record.RunAsync(task, [new(kind, day = day.AddDays(1), Note: "as it is", Document: "No. 1")], Access.OfSystem(Setup), Ct));
        Task ExpectAsync(int taken, int? now) => world.InAsync(async (Db db) =>
        {
            var ask = Charted.Ask(db, r.Office, r.Programme, day);
            Assert.Equal((taken, now), ((await CloseOutSteps.ReadAsync(ask, Ct)).Of((await ask.TasksAsync(Ct)).Rows.Single(row => row.Id == task)) is var standing ? standing.Taken : 0, standing.Now));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_task_is_named_by_the_unit_that_leads_and_where_none_does_by_the_first_of_many(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await ExpectAsync("Unit C1", ("C2", DraftRole.Responsible), ("C1", DraftRole.Lead), ("D1", DraftRole.Responsible));
        await ExpectAsync("Unit C2", ("C2", DraftRole.Responsible), ("C1", DraftRole.Responsible), ("D1", DraftRole.Cooperate));
        await ExpectAsync("Unit C2等3个", ("C2", DraftRole.Responsible), ("C1", DraftRole.Responsible), ("D1", DraftRole.Responsible));
        await ExpectAsync("Unit D1", ("D1", DraftRole.Cooperate));

        async Task ExpectAsync(string name, params (string Unit, DraftRole Role)[] units)
        {
            var task = await world.InAsync((Db db) => db.ItemsFor(r.Office, Right.Read).AsNoTracking().SingleAsync(item => item.Id == r.Tasks[0].Id, Ct));
            await world.InAsync((ChangeItemUnits change) => change.RunAsync(task.Id, task.Version, [.. units.Select(unit => new StatedUnit(null, $"Unit {unit.Unit}", unit.Role))], r.Office, Ct));
            Assert.Equal(name, await world.InAsync(async (Db db) => (await Charted.Ask(db, r.Office, r.Programme, Today).TasksAsync(Ct)).LeadName(task.Id, Words.In(Language.Default))));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_gantt_chart_has_the_plans_of_its_programme_and_filter_with_their_ends_against_the_deadline(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        foreach (var task in r.Tasks.Take(2))
        {
            await world.InAsync((SetSchedule set) => set.RunAsync(task.Id, new([new(Guid.CreateVersion7(), "A1", "Work", 5)]), "planned", 0, r.Office, Ct)); // ends on 1 April
        }

        var other = await Charted.HaveAsync(world, 1, 2, "r2");
        foreach (var (due, told) in new[] { (new DateOnly(2026, 4, 2), "比时限早1天"), (new(2026, 4, 1), "比时限早0天"), (new(2026, 3, 31), "比时限晚1天") })
        {
            await Decided.MoveDeadlineAsync(world, r.Tasks[0].Id, Today, due, r.Office);
            Assert.Equal((new DateOnly(2026, 4, 1), told), (await RowsAsync()).Select(row => ((DateOnly)row[3]!, (string)row[6]!)).First());
        }

        Assert.Equal(2, (await RowsAsync()).Count);
        Assert.Equal("2", (await RowsAsync(ask => ask with { Unit = r.Units["C2"].Id })).Single()[0]);
        Assert.Equal("A1", (await RowsAsync(ask => ask with { Item = r.Tasks[0].Id })).Single()[0]);
        Assert.Equal("schedule.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((Db db) =>
            GanttSheet.ReadAsync(Charted.Ask(db, SmallProgramme.Everyone, other.Programme, Today) with { Item = r.Tasks[0].Id }, Ct)))).Code);

        Task<IReadOnlyList<object?[]>> RowsAsync(Func<ChartAsk, ChartAsk>? which = null) => world.InAsync(async (Db db) =>
            (await GanttSheet.ReadAsync((which ?? (ask => ask))(Charted.Ask(db, r.Office, r.Programme, Today)), Ct)).Table.Rows);
    }

    [Fact]
    public async Task What_an_address_asks_for_is_what_the_chart_writes_into_its_addresses()
    {
        await using var world = await World.CreateAsync("sqlite");
        var charted = await Charted.HaveAsync(world, 3, 4);
        await world.InAsync(async (Db db) =>
        {
            var plain = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, Today);
            foreach (var ask in new[] { plain, plain with { Unit = charted.Units[0].Id }, plain with { Aspect = 2 }, plain with { Item = charted.Tasks[0].Id }, plain with { Year = 2019 }, plain with { ByUnit = true }, plain with { Parts = false } })
            {
                var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://x" + ChartKinds.Query(ask, "/")).Query);
                var read = await ChartKinds.AskAsync(db, SmallProgramme.Everyone, charted.Programme.Code, Today, ask.Today, query, ask.Words, Ct);
                Assert.Equal((ask.Unit, ask.Aspect, ask.Item, ask.Year, ask.ByUnit, ask.Parts), (read.Unit, read.Aspect, read.Item, read.Year, read.ByUnit, read.Parts));
                Assert.Equal(ask is { Unit: null, Aspect: null, Item: null, Parts: true }, read.Filtered.Length == 0); // what a chart leaves out it says
            }
        });
    }

    [Fact]
    public void A_state_that_lasts_began_with_the_first_of_its_statuses_without_a_break()
    {
        StatusSpan[] spans =
        [
            Span(1, 5, ItemStatus.OnTrack), Span(5, 9, ItemStatus.Done), Span(9, 12, ItemStatus.Reopened), Span(12, 15, ItemStatus.Done), Span(15, 20, ItemStatus.Accept), Span(20, 31, ItemStatus.Closed),
        ];
        foreach (var (on, done, closed) in new (int, int?, int?)[] { (4, null, null), (5, 5, null), (8, 5, null), (9, null, null), (12, 12, null), (19, 12, null), (20, 12, 20), (30, 12, 20) })
        {
            DateOnly? Since(IReadOnlyList<ItemStatus> statuses) => ChartNodes.Since(spans, statuses, new(2026, 3, on));
            Assert.Equal((on, done, closed), (on, Since(Overview.DoneStatuses)?.Day, Since(Overview.ClosedStatuses)?.Day));
        }

        static StatusSpan Span(int from, int until, ItemStatus status) => new()
        {
            ItemId = Guid.Empty,
            From = new(2026, 3, from),
            Until = new(2026, 3, until),
            Status = status,
            Light = Light.None,
            Reason = "",
            ProgrammeId = Guid.Empty,
            Kind = ItemKind.Task,
            SortKey = "",
        };
    }

    [Fact]
    public void Days_of_a_time_scale_are_equally_long_and_fill_it()
    {
        var scale = new TimeScale(new(2026, 3, 1), new(2026, 3, 31), 100, 410);
        Assert.Equal((100f, 410f), (scale.X(scale.First), scale.End(scale.Last)));
        for (var day = scale.First; day <= scale.Last; day = day.AddDays(1))
        {
            Assert.Equal(scale.X(day) + 10, scale.End(day), 0.01f);
            Assert.Equal(scale.End(day), scale.X(day.AddDays(1)), 0.01f);
        }

        Assert.Equal((100f, 410f), (scale.End(scale.First.AddDays(-9)), scale.X(scale.Last.AddDays(9)))); // what lies beyond stands at the edge
    }
}
