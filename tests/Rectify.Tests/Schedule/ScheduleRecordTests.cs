using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Grammar;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Schedule;

/// <summary>What a schedule takes from the record and what it does not, and who plans. Task 1 is due on 31 December 2026; today is 26 March 2026, a Thursday.</summary>
public sealed class ScheduleRecordTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    [Theory, EveryDatabase]
    public async Task What_is_known_now_is_not_known_on_a_day_before_it_happened(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, work) = (r.Tasks[0].Id, Work("A1", 10));
        await SetAsync(world, task, [work], 0, r.Office);
        r.Today(world, new(2026, 4, 20));
        await SetAsync(world, task, [work with { Started = new(2026, 3, 30), Finished = new(2026, 4, 8) }], 1, r.Office);
        foreach (var (on, state) in new[]
        {
            (new DateOnly(2026, 3, 29), ActivityState.Waiting), (new DateOnly(2026, 3, 30), ActivityState.Underway), (new DateOnly(2026, 4, 7), ActivityState.Underway), (new DateOnly(2026, 4, 8), ActivityState.Finished),
        })
        {
            var of = await ReadAsync(world, r.Office, task, on);
            Assert.Equal((on, state), (on, of.Dates[work.Id].State));
            var known = of.Plan.Find(work.Id)!;
            Assert.Equal((on, state is not ActivityState.Waiting, state is ActivityState.Finished), (on, known.Started is not null, known.Finished is not null));
        }
    }

    // Four working days from Monday on end on Thursday: asked on any of these days, as long as the work goes on.
    [Theory, EveryDatabase]
    public async Task What_remains_is_counted_from_the_day_for_which_it_was_said_and_no_earlier(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, work) = (r.Tasks[0].Id, Work("A1", 10) with { Started = Today, Remaining = 8, RemainingOn = Today });
        await SetAsync(world, task, [work], 0, r.Office);
        r.Today(world, new(2026, 4, 16));
        await SetAsync(world, task, [work with { Remaining = 4, RemainingOn = new(2026, 4, 13) }], 1, r.Office);
        foreach (var day in Enumerable.Range(13, 4))
        {
            Assert.Equal(new DateOnly(2026, 4, 16), (await ReadAsync(world, r.Office, task, new(2026, 4, day))).Dates[work.Id].EarlyFinish);
        }

        foreach (var before in new[] { Today, new(2026, 4, 2) })
        {
            Assert.Equal(new DateOnly(2026, 4, 7), (await ReadAsync(world, r.Office, task, before)).Dates[work.Id].EarlyFinish); // as the eight days had it then; the sixth is a holiday
        }

        Assert.Equal(new DateOnly(2026, 4, 17), (await ReadAsync(world, r.Office, task, new(2026, 4, 17))).Dates[work.Id].EarlyFinish); // not ended yet: today at the earliest
    }

    [Theory, EveryDatabase]
    public async Task A_measure_is_begun_done_and_due_in_the_plan_as_its_record_says_now(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, crews) = (r.Tasks[0].Id, Work("C1", 5) with { Measure = r.Crews.Id });
        await SetAsync(world, task, [crews], 0, r.Office);
        r.Today(world, new(2026, 4, 10));
        await Decided.MoveDeadlineAsync(world, r.Crews.Id, new(2026, 4, 1), new(2026, 6, 30), r.Office);
        await Decided.MoveDeadlineAsync(world, r.Crews.Id, new(2026, 4, 2), new(2026, 5, 29), r.Office);
        Assert.Equal(new DateOnly(2026, 6, 30), (await ReadAsync(world, r.Office, task, new(2026, 4, 1))).Dates[crews.Id].LateFinish);
        Assert.Equal(new DateOnly(2026, 5, 29), (await ReadAsync(world, r.Office, task, new(2026, 4, 2))).Dates[crews.Id].LateFinish);

        await RecordAsync(FactKind.Started, 3);
        await RecordAsync(FactKind.Completed, 7);
        await RecordAsync(FactKind.Reopened, 9);
        await ExpectAsync(7, ActivityState.Finished);
        await ExpectAsync(9, ActivityState.Underway); // taken up again

        await world.InAsync(async (VoidFact withdraw) => await withdraw.RunAsync(await FactAsync(FactKind.Reopened), "in error", r.Office, Ct));
        await world.InAsync(async (VoidFact withdraw) => await withdraw.RunAsync(await FactAsync(FactKind.Completed), "in error", r.Office, Ct));
        await world.InAsync(async (VoidFact withdraw) => await withdraw.RunAsync(await FactAsync(FactKind.Started), "in error", r.Office, Ct));
        await ExpectAsync(9, ActivityState.Waiting);

        Task RecordAsync(FactKind kind, int day) => world.InAsync((RecordFacts record) => record.RunAsync(r.Crews.Id, [new(kind, new(2026, 4, day), Note: "It is so.")], r.Office, Ct));
        Task<Guid> FactAsync(FactKind kind) => world.InAsync((Db db) => db.ItemFacts().Where(fact => fact.ItemId == r.Crews.Id && fact.Kind == kind).Select(fact => fact.Id).SingleAsync(Ct));
        async Task ExpectAsync(int day, ActivityState state) => Assert.Equal(state, (await ReadAsync(world, r.Office, task, new(2026, 4, day))).Dates[crews.Id].State);
    }

    [Theory, EveryDatabase]
    public async Task A_node_is_reached_by_its_own_record_alone(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var item = await ItemAsync(world, r.Tasks[0].Id);
        await world.InAsync((ChangeMilestones change) => change.RunAsync(item.Id, item.Version, [new(null, "nine plants run", new(2026, 9, 30))], r.Office, Ct));
        var (first, second) = (Work("N1", 0) with { Milestone = 1 }, Work("N2", 0) with { Milestone = 2 });
        await SetAsync(world, item.Id, [first, second], 0, r.Office);
        await world.InAsync((RecordFacts record) => record.RunAsync(item.Id, [new(FactKind.MilestoneReached, Today, No: 1)], r.Office, Ct));
        var of = await ReadAsync(world, r.Office, item.Id, Today);
        Assert.Equal((ActivityState.Finished, ActivityState.Waiting, new DateOnly(2026, 9, 30)), (of.Dates[first.Id].State, of.Dates[second.Id].State, of.Dates[second.Id].LateFinish));
    }

    [Theory, EveryDatabase]
    public async Task Units_above_in_the_plan_plan_for_its_parts_and_who_only_supervises_plans_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        Assert.Equal(1, await SetAsync(world, r.Plants.Id, [Work("A1", 5)], 0, r.People["c1"])); // a measure names no unit of its own
        var whole = await world.InAsync((AddSubTask add) => add.RunAsync(r.Tasks[0].Id, ItemKind.SubTask, new("", null, "A part."), [], r.Office, Ct));
        var small = await world.InAsync((AddSubTask add) => add.RunAsync(whole, ItemKind.SubTask, new("", null, "A part of it."), [], r.Office, Ct));
        Assert.Equal(1, await SetAsync(world, small, [Work("A1", 5)], 0, r.People["c1"]));
        var task = await ItemAsync(world, r.Tasks[0].Id);
        await world.InAsync((ChangeItemUnits change) => change.RunAsync(
            task.Id, task.Version, [new(null, "Unit C2", DraftRole.Responsible), new(null, "Unit C1", DraftRole.Lead), new(null, "Unit D1", DraftRole.Supervise)], r.Office, Ct));
        Assert.Equal("schedule.not-responsible", await NoAsync(() => SetAsync(world, task.Id, [Work("A1", 5)], 0, r.People["d1"])));
        await SetAsync(world, task.Id, [Work("A1", 5)], 0, r.People["c2"]);
        Assert.Equal(r.Units["C1"].Id, (await ReadAsync(world, r.Office, task.Id, Today)).Lead); // who leads, in whatever order they stand

        var part = await world.InAsync((AddSubTask add) => add.RunAsync(task.Id, ItemKind.SubTask, new("", null, "A part."), [], r.Office, Ct));
        await SetAsync(world, part, [Work("A1", 5)], 0, r.Office);
        await world.InAsync((RemoveItem remove) => remove.RunAsync(part, 0, "not needed", r.Office, Ct));
        Assert.Equal("item.not-found", await NoAsync(() => SetAsync(world, part, [Work("A1", 6)], 1, r.Office)));
        await world.InAsync(async (Db db) => Assert.Null(await ScheduleReading.OfItemAsync(db, r.Office, part, Today, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_version_is_approved_from_its_day_on_and_what_is_compared_is_the_approved_one(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, work) = (r.Tasks[0].Id, Work("A1", 5));
        await SetAsync(world, task, [work], 0, r.Office);
        r.Today(world, Today.AddDays(4));
        await SetAsync(world, task, [work with { Days = 6 }], 1, r.Office);
        await SetAsync(world, task, [work with { Days = 7 }], 2, r.Office);
        Task ApproveAsync(DateOnly on) => world.InAsync((ApproveSchedule approve) => approve.RunAsync(task, 2, on, r.Office, Ct));
        Assert.Equal("schedule.approved-on", await NoAsync(() => ApproveAsync(Today.AddDays(3))));
        await ApproveAsync(Today.AddDays(4));

        Assert.Equal((2, 1, 3), (await BeforeAsync(null), await BeforeAsync(Today), await BeforeAsync(Today.AddDays(4))));
        Assert.Equal(1, await BeforeAsync(Today.AddDays(3)));
        await world.InAsync(async (Db db) =>
        {
            var item = await db.ItemsFor(r.Office, Right.Read).SingleAsync(one => one.Id == task, Ct);
            var link = new ScheduleLink(db);
            Assert.Equal(1, (await link.OfAsync(item, r.Office, Today, Ct))!.Count);
            Assert.Equal(0, (await link.OfAsync(item, r.Office, Today.AddDays(-1), Ct))!.Count);
        });

        Task<int> BeforeAsync(DateOnly? then) => world.InAsync(async (Db db) => (await ScheduleComparison.ReadAsync(db, r.Office, task, null, then, Today.AddDays(4), Ct)).Before.No);
    }

    [Theory, EveryDatabase]
    public async Task Deadlines_of_two_days_stand_beside_each_other_as_they_were_in_force_with_the_ends_that_were_planned(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, decided) = (r.Tasks[0].Id, Today.AddDays(5));
        await SetAsync(world, task, [Work("A1", 5)], 0, r.Office);
        r.Today(world, Today.AddDays(10));
        await Decided.MoveDeadlineAsync(world, task, decided, new(2027, 6, 30), r.Office);
        foreach (var (then, due) in new[] { (decided.AddDays(-1), new DateOnly(2026, 12, 31)), (decided, new DateOnly(2027, 6, 30)) })
        {
            var row = (await world.InAsync((Db db) => ProgrammeComparison.ReadAsync(db, r.Office, r.Programme.Id, then, Today.AddDays(10), all: true, world.Clock, Ct))).Rows.Single(one => one.Item.Id == task && one.Node is null);
            Assert.Equal((due, new DateOnly(2027, 6, 30), new DateOnly(2026, 4, 1)), (row.DueWas, row.DueIs, row.FinishWas)); // five working days from 26 March on
        }
    }

    [Theory, EveryDatabase]
    public async Task What_waits_for_another_item_goes_on_to_when_an_activity_of_the_same_code_is_called_otherwise_or_goes(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, own, last) = (r.Tasks[1].Id, Work("A1", 5), Work("B1", 5, "A1; 1#A1 FS+2"));
        await SetAsync(world, r.Tasks[0].Id, [Work("A1", 5)], 0, r.Office);
        await SetAsync(world, task, [own, last], 0, r.Office);
        await world.InAsync((SetSchedule set) => set.ChangeAsync(task, own with { Code = "A9" }, "renamed", 1, r.Office, Ct));
        Assert.Equal("A9; 1#A1 FS+2", (await ReadAsync(world, r.Office, task, Today)).Plan.Find(last.Id)!.After);
        await world.InAsync((SetSchedule set) => set.ChangeAsync(task, own, "renamed", 2, r.Office, Ct));
        await world.InAsync((SetSchedule set) => set.RemoveAsync(task, own.Id, "gone", 3, r.Office, Ct));
        Assert.Equal("1#A1 FS+2", (await ReadAsync(world, r.Office, task, Today)).Plan.Find(last.Id)!.After);

        // What has ended waits for nothing any more, though the other item's plan drops it.
        await SetAsync(world, r.Tasks[0].Id, [Work("A2", 5)], 1, r.Office);
        Assert.Single((await ReadAsync(world, r.Office, task, Today)).Lapsed);
        await world.InAsync((SetSchedule set) => set.ChangeAsync(task, last with { After = "1#A2", Finished = Today }, "done", 4, r.Office, Ct));
        await SetAsync(world, r.Tasks[0].Id, [Work("A3", 5)], 2, r.Office);
        Assert.Empty((await ReadAsync(world, r.Office, task, Today)).Lapsed);
    }

    [Theory, EveryDatabase]
    public async Task A_plan_names_measures_of_its_own_item_known_units_and_no_end_to_come(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        foreach (var (code, wrong) in new[]
        {
            ("schedule.part", Work("A1", 5) with { Measure = r.Plants.Id }), ("schedule.part", Work("A1", 5) with { Unit = Guid.CreateVersion7() }), ("schedule.future", Work("A1", 5) with { Finished = Today.AddDays(1) }),
        })
        {
            Assert.Equal(code, await NoAsync(() => SetAsync(world, r.Tasks[1].Id, [wrong], 0, r.Office)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Lists_of_a_programme_have_the_units_own_by_their_latest_day_and_count_open_tasks_without_a_plan(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (loose, tight, other) = (Work("A1", 5) with { FinishBy = new(2026, 4, 30) }, Work("A2", 5) with { FinishBy = new(2026, 4, 3) }, Work("A3", 5) with { Unit = r.Units["C2"].Id });
        await SetAsync(world, r.Tasks[0].Id, [loose, tight, other], 0, r.Office);
        await SetAsync(world, r.Tasks[3].Id, [Work("A1", 5)], 0, r.Office);
        await ExpectAsync(null, 2, 2);
        await ExpectAsync(r.Units["C2"].Id, 1, 2);
        await world.InAsync(async (Db db) =>
        {
            var all = await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct);
            Assert.Equal(["A2", "A1"], all.Rows(ScheduleWhich.Items, r.Units["C1"].Id).Select(row => row.Activity.Code)); // both critical: each to its own deadline
            Assert.Empty(all.Rows(ScheduleWhich.Late));
        });

        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[2].Id, [new(FactKind.Completed, Today)], r.Office, Ct));
        await ExpectAsync(null, 2, 1); // nobody plans what is done

        Task ExpectAsync(Guid? unit, int items, int without) => world.InAsync(async (Db db) =>
        {
            var all = await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, unit, Ct);
            Assert.Equal((items, without), (all.Items.Count, all.Without));
        });
    }

    [Theory, EveryDatabase]
    public async Task Holidays_move_the_ends_of_open_plans_alone_and_say_from_which_day_to_which(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        r.Today(world, new(2027, 3, 1));
        foreach (var task in r.Tasks.Skip(1))
        {
            await SetAsync(world, task.Id, [Work("A1", 5)], 0, r.Office);
        }

        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[2].Id, [new(FactKind.Completed, new(2027, 3, 1))], r.Office, Ct));
        var moved = await world.InAsync((SetHolidays set) => set.RunAsync(2027, "2027-03-03 off", 0, r.Office, Ct));
        Assert.Equal(
            [(new DateOnly(2027, 3, 5), new DateOnly(2027, 3, 8)), (new DateOnly(2027, 3, 5), new DateOnly(2027, 3, 8))],
            moved.Where(one => one.Kind is MovedKind.Schedule).Select(one => (one.Before, one.After)));
    }

    [Theory, EveryDatabase]
    public async Task Before_a_plan_is_approved_its_schedules_are_open_work(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world, unapproved: true);
        var work = Work("A1", 3) with { FinishBy = new(2026, 3, 31) };
        await SetAsync(world, r.Tasks[0].Id, [work], 0, r.Office);
        await world.InAsync(async (Db db) => Assert.Equal([work.Id], (await ProgrammeSchedule.ReadAsync(db, r.Office, r.Programme.Id, Today, null, Ct)).Rows(ScheduleWhich.Month).Select(row => row.Activity.Id)));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_may_be_a_single_day(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await world.InAsync((SetScheduleCalendar set) => set.RunAsync("r1", r.Units["R"].Id, new(true, "", "2026-07-01~2026-07-01"), 0, r.Office, Ct));
        var site = (await world.InAsync((Db db) => ScheduleCalendars.ReadAsync(db, r.Office, r.Programme.Id, [], Ct))).For(DayKind.Site, null);
        Assert.Equal([true, false, true], new[] { new DateOnly(2026, 6, 30), new(2026, 7, 1), new(2026, 7, 2) }.Select(site.IsWorking));
    }

    private static PlannedActivity Work(string code, int days, string after = "") => new(Guid.CreateVersion7(), code, $"Work {code}", days) { After = after };

    private static Task<int> SetAsync(World world, Guid item, IReadOnlyList<PlannedActivity> plan, int seen, Access by) => world.InAsync((SetSchedule set) => set.RunAsync(item, new(plan), "planned", seen, by, Ct));

    private static async Task<ItemTimetable> ReadAsync(World world, Access reader, Guid item, DateOnly on) => (await world.InAsync((Db db) => ScheduleReading.OfItemAsync(db, reader, item, on, Ct)))!;

    private static Task<Item> ItemAsync(World world, Guid id) => world.InAsync((Db db) => db.ItemsFor(Access.OfSystem(Setup), Right.Read).AsNoTracking().SingleAsync(item => item.Id == id, Ct));

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
