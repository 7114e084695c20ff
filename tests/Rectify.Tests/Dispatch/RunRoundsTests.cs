using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Rounds by themselves: on their day, after down time, never twice, whatever the clock does.</summary>
public sealed class RunRoundsTests
{
    [Theory, EveryDatabase]
    public async Task Several_cycles_open_and_close_on_their_days_and_never_twice(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await SetAsync(world, r, CycleKind.Monthly, new(-3, 0, 2, DayCount.Calendar), new(2026, 3, 1));
        await SetAsync(world, r, CycleKind.Quarterly, new(1, 5, 10, DayCount.Calendar), new(2026, 1, 1));

        await RunAsync(world);
        Assert.Empty(await RoundsAsync(world, r));
        r.Today(world, new(2026, 3, 28));
        await RunAsync(world);
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Open)], await RoundsAsync(world, r));
        r.Today(world, new(2026, 4, 2));
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Open), (CycleKind.Quarterly, 1, RoundState.Open)], await RoundsAsync(world, r));
        r.Today(world, new(2026, 4, 3)); // the month's last day was the second
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Closed), (CycleKind.Quarterly, 1, RoundState.Open)], await RoundsAsync(world, r));
        r.Today(world, new(2026, 3, 28)); // a clock set back opens nothing again
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Closed), (CycleKind.Quarterly, 1, RoundState.Open)], await RoundsAsync(world, r));
    }

    [Theory, EveryDatabase]
    public async Task Rounds_missed_while_the_server_was_down_are_opened_with_the_days_that_units_need(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await SetAsync(world, r, CycleKind.Monthly, new(-3, 0, 2, DayCount.Calendar), new(2026, 3, 1));

        r.Today(world, new(2026, 5, 29));
        await RunAsync(world);

        await world.InAsync(async (Db db) =>
        {
            var rounds = await db.RoundsFor(r.Office).OrderBy(round => round.From).ToListAsync(Ct);
            Assert.Equal([3, 4, 5], rounds.Select(round => round.From.Month));
            Assert.Equal([new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 1), new DateOnly(2026, 5, 31)], rounds.Select(round => round.DueOn)); // three days, as planned
            Assert.All(rounds, round => Assert.Equal(RoundState.Open, round.State));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_clock_that_jumps_ahead_opens_and_closes_nothing_until_it_is_right_or_confirmed(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await SetAsync(world, r, CycleKind.Monthly, new(-10, 0, 2, DayCount.Calendar), new(2026, 3, 1));
        await RunAsync(world);
        List<(CycleKind, int, RoundState)> open = [(CycleKind.Monthly, 1, RoundState.Open)];
        Assert.Equal(open, await RoundsAsync(world, r));
        Assert.Equal("round.clock", (await Assert.ThrowsAsync<Refusal>(() => ConfirmAsync("office"))).Code);

        r.Today(world, new(2031, 3, 26));
        await RunAsync(world);
        await r.FillAsync(world, await world.InAsync((Db db) => db.RoundsFor(r.Office).Select(round => round.Id).SingleAsync(Ct)), "C1", 35); // who works meanwhile confirms nothing
        await RunAsync(world);
        Assert.Equal(open, await RoundsAsync(world, r));
        Assert.Equal("dispatch.office", (await Assert.ThrowsAsync<Refusal>(() => ConfirmAsync("p1"))).Code);

        r.Today(world, new(2026, 4, 3)); // set right
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Closed)], await RoundsAsync(world, r));

        r.Today(world, new(2026, 4, 28)); // the server really was off
        await RunAsync(world);
        Assert.Single(await RoundsAsync(world, r));
        await ConfirmAsync("office");
        await RunAsync(world);
        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Closed), (CycleKind.Monthly, 2, RoundState.Open)], await RoundsAsync(world, r));

        Task ConfirmAsync(string who) => world.InAsync((ConfirmClock confirm) => confirm.RunAsync("r1", r.People[who], Ct));
    }

    [Theory, EveryDatabase]
    public async Task Two_servers_open_a_period_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await SetAsync(world, r, CycleKind.Monthly, new(-10, 0, 2, DayCount.Calendar), new(2026, 3, 1));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(world))));
        await RunAsync(world);

        Assert.Equal([(CycleKind.Monthly, 1, RoundState.Open)], await RoundsAsync(world, r));
        await world.InAsync(async (Db db) => Assert.Equal((4, 5), (await db.ReturnsFor(r.Office).CountAsync(Ct), await db.ReturnLines().CountAsync(Ct))));
    }

    [Theory, EveryDatabase]
    public async Task A_cycle_is_set_by_the_office_alone_with_days_in_order(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        async Task<string> CodeAsync(string who, RoundRules rules, int version = 0) => (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SetCycle set) =>
            set.RunAsync("r1", CycleKind.Weekly, rules, new(2026, 3, 2), true, version, r.People[who], Ct)))).Code;

        Assert.Equal("cycle.days", await CodeAsync("office", new(0, -1, 2, DayCount.Calendar)));
        Assert.Equal("dispatch.office", await CodeAsync("p1", new(0, 1, 2, DayCount.Calendar)));
        Assert.Equal("stale", await CodeAsync("office", new(0, 1, 2, DayCount.Calendar), version: 3));
        await SetAsync(world, r, CycleKind.Weekly, new(0, 1, 2, DayCount.Calendar), new(2026, 3, 2));
        Assert.Equal("stale", await CodeAsync("office", new(0, 1, 3, DayCount.Calendar)));
        await world.InAsync(async (Db db) => Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == "dispatch.cycle-changed", Ct)));
    }

    private static Task SetAsync(World world, Reporting r, CycleKind kind, RoundRules rules, DateOnly starts) =>
        world.InAsync((SetCycle set) => set.RunAsync("r1", kind, rules, starts, true, 0, r.Office, Ct));

    private static Task RunAsync(World world) => world.InAsync((RunRounds run) => run.RunAsync(Ct));

    private static Task<List<(CycleKind, int, RoundState)>> RoundsAsync(World world, Reporting r) => world.InAsync(async (Db db) =>
        (await db.RoundsFor(r.Office).OrderBy(round => round.Kind).ThenBy(round => round.No).ToListAsync(Ct)).ConvertAll(round => (round.Kind, round.No, round.State)));
}
