using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Schedule;

/// <summary>Schedules of items: versions, who plans, what they take from the record, calendars, lists. Task 1 is due on 31 December 2026; today is 26 March 2026.</summary>
public sealed class ScheduleTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    [Theory, EveryDatabase]
    public async Task A_plan_stands_in_versions_and_is_read_as_it_stood_on_any_day_with_what_is_known_to_have_happened(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[0].Id;
        var (design, build, node) = (Work("A1", "Design", 10), Work("B1", "Build", 40, after: "A1", kind: DayKind.Site), Work("N1", "Built", 0, after: "B1"));
        Assert.Equal(1, await SetAsync(world, task, [design, build, node], 0, r.People["c1"]));
        Assert.Equal("stale", await NoAsync(() => SetAsync(world, task, [design], 0, r.People["c1b"])));
        Assert.Equal("schedule.unchanged", await NoAsync(() => SetAsync(world, task, [design, build, node], 1, r.People["c1"])));

        await world.InAsync(async (Db db) =>
        {
            var of = (await ScheduleReading.OfItemAsync(db, r.Office, task, Today, Ct))!;
            Assert.Equal((new DateOnly(2026, 12, 31), r.Units["C1"].Id, true), (of.DueOn, of.Lead, of.IsOpen));
            Assert.Equal((Today, new DateOnly(2026, 4, 9)), (of.Dates[design.Id].EarlyStart, of.Dates[design.Id].EarlyFinish)); // Tomb-sweeping Day is a holiday on 6 April
            Assert.All(of.Dates.All, times => Assert.True(times.IsCritical && !times.IsTooLate && times.TotalSlack > 0));
            Assert.True(of.Dates[build.Id].LateFinish < new DateOnly(2026, 11, 15)); // in winter nothing is built
            Assert.Null(await ScheduleReading.OfItemAsync(db, r.Office, task, Today.AddDays(-1), Ct));
        });

        // Later: the design is done on a day before that on which it was recorded; the building takes longer, the node goes.
        r.Today(world, new(2026, 4, 20));
        await ChangeAsync(world, task, design with { Started = new(2026, 3, 27), Finished = new(2026, 4, 8) }, 1, r.People["c1"]);
        await ChangeAsync(world, task, build with { Days = 60, Code = "B2" }, 2, r.People["c1b"]);
        await world.InAsync((SetSchedule set) => set.RemoveAsync(task, node.Id, "no node", 3, r.Office, Ct));

        await world.InAsync(async (Db db) =>
        {
            var then = (await ScheduleReading.OfItemAsync(db, r.Office, task, new(2026, 4, 10), Ct))!;
            Assert.Equal((1, 3), (then.Version.No, then.Dates.All.Count));
            Assert.Equal((ActivityState.Finished, new DateOnly(2026, 4, 8)), (then.Dates[design.Id].State, then.Dates[design.Id].EarlyFinish));
            Assert.Equal((40, new DateOnly(2026, 4, 10)), (then.Dates[build.Id].Activity.Days, then.Dates[build.Id].EarlyStart));
            var now = (await ScheduleReading.OfItemAsync(db, r.Office, task, new(2026, 4, 20), Ct))!;
            Assert.Equal((4, 2, "A1", 60), (now.Version.No, now.Dates.All.Count, now.Plan.Find("B2")!.After, now.Dates[build.Id].Activity.Days));
            Assert.Equal(Today.AddDays(14), (await db.ScheduleVersions().SingleAsync(version => version.No == 1, Ct)).PlannedDates[design.Id].EarlyFinish);
            Assert.Equal(4, await db.Journal.CountAsync(row => row.Kind == "schedule.planned", Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task Responsible_units_and_the_office_plan_and_only_the_office_approves(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[1].Id; // C2 leads, C1 cooperates, D1 has nothing to do with it
        var work = Work("A1", "Work", 5);
        Assert.Equal("item.not-found", await NoAsync(() => SetAsync(world, task, [work], 0, r.People["d1"])));
        await SetAsync(world, task, [work], 0, r.People["c1"]);
        await SetAsync(world, task, [work with { Days = 6 }], 1, r.People["c2"]);
        await SetAsync(world, task, [work with { Days = 7 }], 2, r.People["p1"]); // the prefecture above
        await SetAsync(world, task, [work with { Days = 8 }], 3, r.Office);
        Assert.Equal("schedule.not-found", await NoAsync(() => ApproveAsync(r.People["d1"], 4, Today)));
        Assert.Equal("schedule.office", await NoAsync(() => ApproveAsync(r.People["c2"], 4, Today)));
        Assert.Equal("schedule.not-found", await NoAsync(() => ApproveAsync(r.Office, 5, Today)));
        Assert.Equal("schedule.approved-on", await NoAsync(() => ApproveAsync(r.Office, 4, Today.AddDays(1))));
        await ApproveAsync(r.Office, 4, Today);
        Assert.Equal("schedule.approved", await NoAsync(() => ApproveAsync(r.People["office2"], 4, Today)));

        Assert.Equal("item.not-found", await NoAsync(() => SetAsync(world, r.Tasks[3].Id, [work], 0, r.People["c1"])));
        Assert.Equal(
            ("schedule.code", "schedule.title", "schedule.after", "network.cycle", "schedule.order", "schedule.future", "schedule.part", "schedule.reason", "activity.days"),
            (await WrongAsync(work with { Code = "A 1" }), await WrongAsync(work with { Title = " " }), await WrongAsync(work with { After = "Z9" }),
                await WrongAsync(work with { After = "B1" }, Work("B1", "other", 1, after: "A1")), await WrongAsync(work with { Started = Today, Finished = Today.AddDays(-1) }),
                await WrongAsync(work with { Started = Today.AddDays(1) }), await WrongAsync(work with { Milestone = 9 }),
                await NoAsync(() => world.InAsync((SetSchedule set) => set.RunAsync(task, new([work]), " ", 4, r.Office, Ct))), NoDays()));

        Task ApproveAsync(Access by, int no, DateOnly on) => world.InAsync((ApproveSchedule approve) => approve.RunAsync(task, no, on, by, Ct));
        Task<string> WrongAsync(params PlannedActivity[] plan) => NoAsync(() => SetAsync(world, task, plan, 4, r.Office));
        string NoDays() => Assert.Throws<Refusal>(() => new ActivityPlan([work with { Days = -1 }]).Checked()).Code;
    }

    [Theory, EveryDatabase]
    public async Task Deadlines_nodes_and_measures_of_the_record_hold_in_the_plan(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[0].Id; // its node 1 is due on 31 March
        var (plants, node, crews) = (Work("A1", "Plants", 3), Work("N1", "Three run", 0, after: "A1") with { Milestone = 1 }, Work("C1", "Crews", 5) with { Measure = r.Crews.Id, Unit = r.Units["C2"].Id });
        await SetAsync(world, task, [plants, node, crews], 0, r.People["c1"]);
        await ReadAsync(Today, of =>
        {
            Assert.Equal((new DateOnly(2026, 3, 31), new DateOnly(2026, 3, 31), 1), (of.Dates[plants.Id].LateFinish, of.Dates[node.Id].LateFinish, of.Dates[plants.Id].TotalSlack));
            Assert.Equal([plants.Id, node.Id], of.Dates.MustStartThisMonth().Select(times => times.Activity.Id));
        });

        // On the last days of the month it is too late; the list of the programme says so, by unit.
        await ReadAsync(new(2026, 3, 30), of => Assert.Equal([(plants.Id, -1), (node.Id, -1)], of.Dates.TooLate.Select(times => (times.Activity.Id, times.TotalSlack))));
        r.Today(world, new(2026, 3, 31));
        await world.InAsync(async (Db db) =>
        {
            var all = await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, new(2026, 3, 31), null, Ct);
            Assert.Equal((1, 3), (all.Items.Count, all.Without));
            Assert.Equal(["Unit C1", "Unit C1"], all.Rows(ScheduleWhich.Late).Select(row => row.Unit));
            Assert.Empty(all.Rows(ScheduleWhich.Late, r.Units["C2"].Id));
            Assert.Empty((await ProgrammeSchedule.ReadAsync(db, r.People["d1"], r.Programme.Id, new(2026, 3, 31), null, Ct)).Items);
        });

        await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.MilestoneReached, new(2026, 3, 30), No: 1)], r.People["c1"], Ct));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Crews.Id, [new(FactKind.Started, new(2026, 3, 27))], r.Office, Ct));
        await ReadAsync(new(2026, 3, 31), of =>
        {
            Assert.Equal((ActivityState.Finished, new DateOnly(2026, 3, 30)), (of.Dates[node.Id].State, of.Dates[node.Id].EarlyFinish));
            Assert.Equal((ActivityState.Underway, new DateOnly(2026, 3, 27), new DateOnly(2026, 4, 2)), (of.Dates[crews.Id].State, of.Dates[crews.Id].EarlyStart, of.Dates[crews.Id].EarlyFinish));
            Assert.Empty(of.Dates.TooLate);
        });
        await ReadAsync(new(2026, 3, 29), of => Assert.Equal(ActivityState.Waiting, of.Dates[node.Id].State));

        // What is completed is in no list any more.
        await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Completed, new(2026, 3, 31))], r.People["c1"], Ct));
        await world.InAsync(async (Db db) => Assert.Empty((await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, new(2026, 3, 31), null, Ct)).Rows(ScheduleWhich.Items)));

        Task ReadAsync(DateOnly on, Action<ItemTimetable> look) => world.InAsync(async (Db db) => look((await ScheduleReading.OfItemAsync(db, r.Office, task, on, Ct))!));
    }

    [Theory, EveryDatabase]
    public async Task A_unit_builds_by_its_own_calendar_or_that_of_the_unit_above_and_new_holidays_move_open_work_alone(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        r.Today(world, new(2027, 1, 4));
        var task = r.Tasks[1].Id; // due on 31 December 2027
        var (done, c1, c2, desk) = (
            Work("A1", "Done", 3) with { Started = new(2026, 12, 30), Finished = new(2027, 1, 4) }, Work("B1", "C1 builds", 5, kind: DayKind.Site) with { Unit = r.Units["C1"].Id },
            Work("B2", "C2 builds", 5, kind: DayKind.Site) with { Unit = r.Units["C2"].Id }, Work("D1", "At the desk", 5, after: "A1"));
        await SetAsync(world, task, [done, c1, c2, desk], 0, r.Office);
        await DatesAsync(new(2027, 3, 16), new(2027, 3, 16), new(2027, 1, 5), new(2027, 1, 11));

        Assert.Equal("schedule.office", await NoAsync(() => CalendarAsync("C1", new(true, "", ""), 0, "c1")));
        Assert.Equal("schedule.stop", await NoAsync(() => CalendarAsync("C1", new(true, "11-31~03-01", ""), 0)));
        await CalendarAsync("P1", new(false, "12-01～02-28", ""), 0); // both counties lie below
        await CalendarAsync("C2", new(true, "", "2027-01-04~2027-01-09"), 0);
        await world.InAsync(async (Db db) =>
        {
            var calendars = await ScheduleCalendars.ReadAsync(db, r.Office, r.Programme.Id, [r.Units["D1"].Id], Ct);
            Assert.All(new Guid?[] { r.Units["D1"].Id, null }, unit => Assert.False(calendars.For(DayKind.Site, unit).IsWorking(new(2027, 3, 2)))); // no county's calendar is theirs
        });
        await CalendarAsync("R", new(false, "11-15~03-15", ""), 0);
        await world.InAsync((SetHolidays set) => set.RunAsync(2027, "2027-01-06~2027-01-07 off\n2027-01-09 work", 0, r.Office, Ct));
        Assert.Equal("stale", await NoAsync(() => CalendarAsync("R", new(false, "11-15~03-15", ""), 0)));

        await DatesAsync(new(2027, 3, 1), new(2027, 1, 10), new(2027, 1, 5), new(2027, 1, 12));

        async Task DatesAsync(DateOnly first, DateOnly second, DateOnly from, DateOnly to) => await world.InAsync(async (Db db) =>
        {
            var of = (await ScheduleReading.OfItemAsync(db, r.Office, task, new(2027, 1, 4), Ct))!;
            Assert.Equal((first, second, from, to), (of.Dates[c1.Id].EarlyStart, of.Dates[c2.Id].EarlyStart, of.Dates[desk.Id].EarlyStart, of.Dates[desk.Id].EarlyFinish));
            Assert.Equal((new DateOnly(2026, 12, 30), new DateOnly(2027, 1, 4)), (of.Dates[done.Id].EarlyStart, of.Dates[done.Id].EarlyFinish));
        });
        Task CalendarAsync(string unit, StatedCalendar stated, int version, string by = "office") => world.InAsync((SetScheduleCalendar set) =>
            set.RunAsync("r1", r.Units[unit].Id, stated, version, r.People[by], Ct));
    }

    [Theory, EveryDatabase]
    public async Task A_plan_is_compared_with_any_earlier_one_and_what_was_taken_out_is_shown(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[1].Id;
        var (a, b, c) = (Work("A1", "Design", 10), Work("B1", "Build", 20, after: "A1"), Work("C1", "Move out", 3));
        await SetAsync(world, task, [a, b, c], 0, r.Office);
        await world.InAsync((ApproveSchedule approve) => approve.RunAsync(task, 1, Today, r.Office, Ct));
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(task, ItemKind.SubTask, new("", null, "A part."), [], r.Office, Ct));
        var east = await world.InAsync((AddSubTask add) => add.RunAsync(r.Crews.Id, ItemKind.Point, new("", null, "The east pump."), [], r.Office, Ct));
        r.Today(world, new(2026, 4, 20));
        await SetAsync(world, task, [a with { Finished = new(2026, 4, 9) }, b with { Days = 25 }, Work("D1", "New", 1)], 1, r.Office);
        await world.InAsync((RemoveItem remove) => remove.RunAsync(part, 0, "not needed", r.Office, Ct));
        await PlanChangesAsync(world, r, east);

        await world.InAsync(async (Db db) =>
        {
            var comparison = await ScheduleComparison.ReadAsync(db, r.People["c2"], task, null, null, new(2026, 4, 20), Ct);
            Assert.Equal(1, comparison.Before.No);
            Assert.Equal(
                [("A1", ScheduleChange.Changed), ("B1", ScheduleChange.Changed), ("D1", ScheduleChange.Added), ("C1", ScheduleChange.Removed)],
                comparison.Rows.Select(row => ((row.Is ?? row.Was)!.Code, row.Change)));
            Assert.True(comparison.Rows[1].Moved > 0);
            Assert.Equal((0, "finished"), (comparison.Rows[0].Moved, comparison.Rows[0].Fields.Single())); // as planned, and now it is known
            Assert.Equal(2, (await ScheduleComparison.ReadAsync(db, r.Office, task, 2, null, new(2026, 4, 20), Ct)).Before.No);
            Assert.Equal(1, (await ScheduleComparison.ReadAsync(db, r.Office, task, null, new(2026, 4, 19), new(2026, 4, 20), Ct)).Before.No);
            Assert.Equal("schedule.not-found", await NoAsync(() => ScheduleComparison.ReadAsync(db, r.Office, task, null, Today.AddDays(-1), new(2026, 4, 20), Ct)));
            Assert.Equal("schedule.not-found", await NoAsync(() => ScheduleComparison.ReadAsync(db, r.People["d1"], task, null, null, new(2026, 4, 20), Ct)));

            var all = await ProgrammeComparison.ReadAsync(db, r.Office, r.Programme.Id, Today, new(2026, 4, 20), all: false, world.Clock, Ct);
            var first = r.Tasks[0].Id;
            (string, ScheduleChange)[] ofFirst =
            [
                ("Task 1./three plants run", ScheduleChange.Removed), ("Task 1./five plants run", ScheduleChange.Added), ("Build 9 plants.", ScheduleChange.Removed), ("Train all crews.", ScheduleChange.Changed),
                ("The east pump.", ScheduleChange.Removed), ("The west pump.", ScheduleChange.Added),
            ];
            (string, ScheduleChange)[] ofTask = [("Task 2.", ScheduleChange.Changed), ("A part.", ScheduleChange.Removed)];
            Assert.Equal([.. ofFirst, .. ofTask], all.Rows.Select(Told));
            Assert.Equal([null, null, first, first, r.Crews.Id, r.Crews.Id, null, task], all.Rows.Select(row => row.Above?.Id));
            Assert.Equal([3], all.Rows.Index().Where(row => row.Item.WordsDiffer).Select(row => row.Index));
            Assert.Equal((new DateOnly(2026, 3, 31), null, null, new DateOnly(2026, 5, 31)), (all.Rows[0].DueWas, all.Rows[0].DueIs, all.Rows[1].DueWas, all.Rows[1].DueIs));
            Assert.True(all.Rows[6].FinishIs > all.Rows[6].FinishWas);
            Assert.Equal(11, (await ProgrammeComparison.ReadAsync(db, r.Office, r.Programme.Id, Today, new(2026, 4, 20), all: true, world.Clock, Ct)).Rows.Count);

            // The units of the tasks read what was taken out of them too, and nobody else does.
            foreach (var (name, count) in new (string, (string, ScheduleChange)[])[] { ("c2", ofTask), ("c1", [.. ofFirst, .. ofTask]), ("p1", [.. ofFirst, .. ofTask]), ("d1", []) })
            {
                var theirs = await ProgrammeComparison.ReadAsync(db, r.People[name], r.Programme.Id, Today, new(2026, 4, 20), all: false, world.Clock, Ct);
                Assert.Equal((name, string.Join(", ", count)), (name, string.Join(", ", theirs.Rows.Select(Told))));
            }

            // Between two days before any of it nothing differs, and the other way round what was added is taken out.
            Assert.DoesNotContain((await ProgrammeComparison.ReadAsync(db, r.Office, r.Programme.Id, new(2026, 4, 18), new(2026, 4, 19), all: false, world.Clock, Ct)).Rows, row => row.Item.Id != task);
        });

        static (string, ScheduleChange) Told(ProgrammeComparison.Row row) => (row.Node is { } node ? $"{row.Item.Text}/{node.Text}" : row.Item.Text, row.Change);
    }

    // A measure is taken out and another reworded, as a version of the plan does; a point beneath it is taken out and another added; a node is taken away and another given.
    private static async Task PlanChangesAsync(World world, Reporting r, Guid east)
    {
        var (first, today) = (r.Tasks[0].Id, new DateOnly(2026, 4, 20));
        await world.InAsync((AddSubTask add) => add.RunAsync(r.Crews.Id, ItemKind.Point, new("", null, "The west pump."), [], r.Office, Ct));
        await world.InAsync((RemoveItem remove) => remove.RunAsync(east, 0, "not needed", r.Office, Ct));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var tree = await ItemTree.LoadAsync(db, [await db.ItemsFor(r.Office, Right.Read).SingleAsync(item => item.Id == first, Ct)], Ct);
            tree.Items.Single(item => item.Id == r.Plants.Id).Remove(today);
            tree.Items.Single(item => item.Id == r.Crews.Id).Reword("", "Train all crews.", "");
            await ItemDerivation.RefreshAsync(db, r.Programme, tree, isNew: false, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ItemChanged { Subject = first, By = r.Office.Actor, At = world.Clock.NowMs, Item = JournalBytes.Text(tree.Items.Single(item => item.Id == first).PublicId) }, Ct);
        });
        var version = await world.InAsync((Db db) => db.ItemsFor(r.Office, Right.Read).Where(item => item.Id == first).Select(item => item.Version).SingleAsync(Ct));
        await world.InAsync((ChangeMilestones change) => change.RunAsync(first, version, [new(1, "", null)], r.Office, Ct));
        await world.InAsync((ChangeMilestones change) => change.RunAsync(first, version + 1, [new(null, "five plants run", new(2026, 5, 31))], r.Office, Ct));
    }

    [Theory, EveryDatabase]
    public async Task A_change_that_moves_no_date_is_a_change_all_the_same(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[0].Id;
        var work = Work("A1", "Build", 2);
        PlannedActivity[] others =
        [
            work with { Title = "Build it" }, work with { Code = "A2" }, work with { Unit = r.Units["C2"].Id }, work with { Milestone = 1 }, work with { Measure = r.Crews.Id },
            work with { FinishBy = new(2026, 6, 30) }, work with { NotBefore = Today }, work with { NotFinishedBefore = Today }, work with { Started = Today }, work with { Remaining = 2, RemainingOn = Today },
        ];
        string[] keys = ["title", "code", "unit", "milestone", "measure", "finish-by", "not-before", "not-finished-before", "started", "remaining"];
        await SetAsync(world, task, [work], 0, r.Office);
        foreach (var (i, other) in others.Index())
        {
            await SetAsync(world, task, [other], 1 + (2 * i), r.Office);
            await world.InAsync(async (Db db) =>
            {
                var row = (await ScheduleComparison.ReadAsync(db, r.Office, task, 1, null, Today, Ct)).Rows.Single();
                Assert.Equal((keys[i], ScheduleChange.Changed, 0), (row.Fields.Single(), row.Change, row.Moved));
            });
            await SetAsync(world, task, [work], 2 + (2 * i), r.Office);
            await world.InAsync(async (Db db) => Assert.Equal(ScheduleChange.Same, (await ScheduleComparison.ReadAsync(db, r.Office, task, 1, null, Today, Ct)).Rows.Single().Change));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_baseline_of_a_past_day_is_the_one_that_was_approved_by_then(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[0].Id;
        var work = Work("A1", "Build", 5);
        await SetAsync(world, task, [work], 0, r.Office);
        r.Today(world, new(2026, 4, 1));
        await SetAsync(world, task, [work with { Days = 6 }], 1, r.Office);
        await ApproveAsync(1, new(2026, 3, 30));
        r.Today(world, new(2026, 4, 20));
        await SetAsync(world, task, [work with { Days = 7 }], 2, r.Office);
        await ApproveAsync(3, new(2026, 4, 20));
        await world.InAsync(async (Db db) =>
        {
            foreach (var (on, no, approved) in new (DateOnly, int?, DateOnly?)[]
            {
                (Today, null, null), (new(2026, 3, 29), null, null), (new(2026, 3, 30), 1, new(2026, 3, 30)), (new(2026, 4, 19), 1, new(2026, 3, 30)), (new(2026, 4, 20), 3, new(2026, 4, 20)),
            })
            {
                var of = (await ScheduleReading.OfItemAsync(db, r.Office, task, on, Ct))!;
                var baseline = await ScheduleReading.ApprovedAsync(db, of.Schedule, on, Ct);
                Assert.Equal((on, no, approved), (on, baseline?.No, baseline?.On));
                Assert.Equal((on, no ?? 1), (on, (await ScheduleComparison.ReadAsync(db, r.Office, task, null, null, on, Ct)).Before.No));
            }
        });

        Task ApproveAsync(int no, DateOnly on) => world.InAsync((ApproveSchedule approve) => approve.RunAsync(task, no, on, r.Office, Ct));
    }

    [Theory, EveryDatabase]
    public async Task What_has_no_deadline_does_not_have_to_begin_this_month(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(r.Tasks[1].Id, ItemKind.SubTask, new("", null, "At once and ever after."), [], r.Office, Ct));
        await SetAsync(world, part, [Work("A1", "Begin", 3), Work("B1", "Go on", 3, after: "A1")], 0, r.Office);
        await world.InAsync(async (Db db) =>
        {
            var all = await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct);
            Assert.Null(Assert.Single(all.Items).DueOn);
            Assert.Empty(all.Rows(ScheduleWhich.Month));
            Assert.Empty(all.Rows(ScheduleWhich.Late));
        });

        // A deadline after it makes it a duty.
        await SetAsync(world, part, [Work("A1", "Begin", 3), Work("B1", "Go on", 3, after: "A1") with { FinishBy = new(2026, 4, 8) }, Work("C1", "Tell", 1, after: "B1")], 1, r.Office);
        await world.InAsync(async (Db db) => Assert.Equal(["A1"], (await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct)).Rows(ScheduleWhich.Month).Select(row => row.Activity.Code)));
    }

    // C1 reads tasks 1 and 2, C2 task 2 alone.
    [Theory, EveryDatabase]
    public async Task A_circle_across_items_is_named_by_number_and_title_as_far_as_the_reader_may_read_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (first, second) = (r.Tasks[0].Id, r.Tasks[1].Id);
        var (a, b) = (Work("A1", "Boiler", 10), Work("B1", "Connect", 5));
        await SetAsync(world, first, [a], 0, r.People["c1"]);
        await SetAsync(world, second, [b with { After = "1#A1" }], 0, r.People["c1"]);
        var no = await Assert.ThrowsAsync<Refusal>(() => SetAsync(world, first, [a with { After = "2#B1" }], 1, r.People["c1"]));
        Assert.Equal(("network.cycle", "1#A1 Boiler → 2#B1 Connect → 1#A1 Boiler"), (no.Code, Named(no.Arguments[0]!.ToString()!)));
        var own = await Assert.ThrowsAsync<Refusal>(() => SetAsync(world, first, [a with { After = "C1" }, Work("C1", "Boiler", 1, after: "A1")], 1, r.People["c1"]));
        Assert.Equal("A1 Boiler → C1 Boiler → A1 Boiler", Named(own.Arguments[0]!.ToString()!));

        // Closed all the same, as two acts at once could: each is told for itself, and everybody is told of the circle.
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var schedule = await db.SchedulesFor(ScheduleReading.Room, Right.Read).SingleAsync(one => one.ItemId == first, Ct);
            var last = await db.ScheduleVersions().SingleAsync(one => one.ScheduleId == schedule.Id, Ct);
            var dates = (await ScheduleReading.OfItemAsync(db, r.Office, first, Today, Ct))!.Dates;
            db.Add(schedule.Next(new([a with { After = "2#B1" }]), "past the check", 1, last, dates, r.Office.Actor, Today, world.Clock.GetUtcNow()));
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new SchedulePlanned { Subject = schedule.Id, By = r.Office.Actor, At = world.Clock.GetUtcNow(), Item = "x", No = 2, Activities = 1 }, Ct);
        });
        await world.InAsync(async (Db db) =>
        {
            foreach (var (name, circle) in new[] { ("office", "1#A1 Boiler → 2#B1 Connect → 1#A1 Boiler"), ("c1", "1#A1 Boiler → 2#B1 Connect → 1#A1 Boiler"), ("c2", "2#B1 Connect → … → 2#B1 Connect") })
            {
                var all = await ProgrammeSchedule.ReadAsync(db, r.People[name], r.Programme.Id, Today, null, Ct);
                Assert.Equal((name, circle), (name, Named(all.Circle!)));
                Assert.Equal(circle, Named((await ScheduleReading.OfItemAsync(db, r.People[name], second, Today, Ct))!.Circle!));
                Assert.DoesNotContain(name == "c2" ? "Boiler" : "…", all.Circle!, StringComparison.Ordinal);
            }
        });

        // Another item's plan is not refused for it, and who changes one of the two ends it.
        await SetAsync(world, r.Tasks[3].Id, [Work("D1", "Elsewhere", 3)], 0, r.Office);
        await world.InAsync(async (Db db) => Assert.Null((await ScheduleReading.OfItemAsync(db, r.Office, r.Tasks[3].Id, Today, Ct))!.Circle));
        await SetAsync(world, first, [a], 2, r.Office);
        await world.InAsync(async (Db db) => Assert.Null((await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct)).Circle));

        // A circle begins anywhere: told from its first name.
        static string Named(string circle)
        {
            var names = circle.Split(" → ")[1..];
            var start = Array.IndexOf(names, names.Order(StringComparer.Ordinal).First());
            return string.Join(" → ", names[start..].Concat(names[..start]).Append(names[start]));
        }
    }

    [Theory, EveryDatabase]
    public async Task Of_two_plans_that_are_saved_at_once_and_together_close_a_circle_one_is_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var ids = r.Tasks.Take(3).Select(task => task.Id).ToArray();
        var works = new[] { Work("A1", "One", 3), Work("A1", "Two", 3), Work("A1", "Three", 3) };
        var seen = new int[3];
        foreach (var i in new[] { 0, 1, 2 })
        {
            seen[i] = await SetAsync(world, ids[i], [works[i]], 0, r.Office);
        }

        // The third waits for the second, and the second for the first in half of the rounds: the way from one to the other leads through a plan that neither saves.
        for (var round = 0; round < 8; round++)
        {
            var far = round % 2 == 0;
            seen[2] = await SetAsync(world, ids[2], [works[2] with { After = "2#A1", Days = 4 + round }], seen[2], r.Office);
            var last = far ? 2 : 1;
            seen[1] = await SetAsync(world, ids[1], [works[1] with { Days = 4 + round }], seen[1], r.Office);
            var results = await Task.WhenAll(TryAsync(0, $"{last + 1}#A1", seen[0]), TryAsync(1, "1#A1", seen[1]));
            Assert.InRange(results.Count(one => one), 0, 1);
            await world.InAsync(async (Db db) => Assert.Null((await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct)).Circle));
            foreach (var i in new[] { 0, 1 })
            {
                seen[i] += results[i] ? 1 : 0;
                seen[i] = await SetAsync(world, ids[i], [works[i] with { Days = 40 + round }], seen[i], r.Office);
            }
        }

        async Task<bool> TryAsync(int i, string after, int no)
        {
            await Task.Yield();
            try
            {
                await SetAsync(world, ids[i], [works[i] with { After = after }], no, r.Office);
                return true;
            }
            catch (Refusal refused) when (refused.Code is "stale" or "taken" or "network.cycle")
            {
                return false;
            }
        }
    }

    // C1 plans task 1 and reads task 2; C2 leads task 2 and does not see task 1.
    [Theory, EveryDatabase]
    public async Task Items_of_a_programme_wait_for_one_another_and_a_deadline_reaches_back_through_them(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (first, second) = (r.Tasks[0].Id, r.Tasks[1].Id);
        var (a, b) = (Work("A1", "1# boiler", 10), Work("B1", "Connect", 5, after: "1#A1 FS+2") with { FinishBy = new(2026, 4, 20) });
        Assert.Equal("schedule.outward", await NoAsync(() => SetAsync(world, second, [b], 0, r.Office))); // task 1 has no plan yet
        await SetAsync(world, first, [a], 0, r.People["c1"]);
        Assert.Equal("schedule.outward", await NoAsync(() => SetAsync(world, second, [b], 0, r.People["c2"])));
        Assert.Equal("schedule.outward", await NoAsync(() => SetAsync(world, second, [b with { After = "1#A2" }], 0, r.People["c1"])));
        await SetAsync(world, second, [b], 0, r.People["c1"]);
        Assert.Equal("network.cycle", await NoAsync(() => SetAsync(world, first, [a with { After = "2#B1" }], 1, r.People["c1"])));

        await world.InAsync(async (Db db) =>
        {
            var one = (await ScheduleReading.OfItemAsync(db, r.People["c1"], first, Today, Ct))!;
            Assert.Equal((new DateOnly(2026, 4, 9), new DateOnly(2026, 4, 9), 0), (one.Dates[a.Id].EarlyFinish, one.Dates[a.Id].LateFinish, one.Dates[a.Id].TotalSlack));
            Assert.Single(one.Dates.All);
            var effect = WhatIf.Delayed(one.Whole, a.Id, 1);
            Assert.Equal([a.Id, b.Id], effect.Changes.Select(change => change.Activity.Id));
            Assert.All(effect.Changes, change => Assert.True(change.BecomesTooLate));
            foreach (var reader in new[] { r.Office, r.People["c2"] }) // the dates are the same, whoever reads them
            {
                var two = (await ScheduleReading.OfItemAsync(db, reader, second, Today, Ct))!;
                Assert.Equal((new DateOnly(2026, 4, 14), new DateOnly(2026, 4, 20)), (two.Dates[b.Id].EarlyStart, two.Dates[b.Id].EarlyFinish));
                Assert.Equal(reader == r.Office ? 2 : 1, (await ScheduleReading.OfProgrammeAsync(db, reader, r.Programme.Id, Today, Ct)).Count);
            }

            Assert.Equal(new(2026, 4, 14), (await db.ScheduleVersions().SingleAsync(version => version.Content.Contains("1#A1"), Ct)).PlannedDates[b.Id].EarlyStart);
            Assert.All(await ScheduleReading.OfProgrammeAsync(db, r.Office, r.Programme.Id, Today, Ct), one => Assert.Empty(one.Lapsed));
        });

        // The other plan drops what is waited for: the dates go on without it, and say so until the plan that waits is put right.
        r.Today(world, Today.AddDays(1));
        await SetAsync(world, first, [Work("A2", "2# boiler", 10)], 1, r.People["c1"]);
        await world.InAsync(async (Db db) =>
        {
            var all = await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today.AddDays(1), null, Ct);
            var of = Assert.Single(all.Lapsed());
            Assert.Equal((second, (b.Id, "1#A1 FS+2")), (of.Item.Id, of.Lapsed.Select(one => (one.Activity.Id, one.On)).Single()));
            Assert.Equal(Today.AddDays(1), of.Dates[b.Id].EarlyStart);
            Assert.Empty(all.Lapsed(r.Units["D1"].Id));
            Assert.Empty((await ScheduleReading.OfItemAsync(db, r.Office, second, Today, Ct))!.Lapsed); // the day before it stood
        });
        await SetAsync(world, second, [b with { After = "1#A2 FS+2" }], 1, r.People["c1"]);
        await world.InAsync(async (Db db) => Assert.Empty((await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today.AddDays(1), null, Ct)).Lapsed()));
    }

    private static PlannedActivity Work(string code, string title, int days, string after = "", DayKind kind = DayKind.Office) =>
        new(Guid.CreateVersion7(), code, title, days) { After = after, Kind = kind };

    private static Task<int> SetAsync(World world, Guid item, IReadOnlyList<PlannedActivity> plan, int seen, Access by) =>
        world.InAsync((SetSchedule set) => set.RunAsync(item, new(plan), "planned", seen, by, Ct));

    private static Task<int> ChangeAsync(World world, Guid item, PlannedActivity activity, int seen, Access by) =>
        world.InAsync((SetSchedule set) => set.ChangeAsync(item, activity, "changed", seen, by, Ct));

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
