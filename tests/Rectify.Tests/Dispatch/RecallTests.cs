using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Taking a return back, and the hour that decides whether it was late.</summary>
public sealed class RecallTests
{
    private static readonly DateOnly March = new(2026, 3, 31);

    [Theory, EveryDatabase]
    public async Task A_unit_takes_its_return_back_while_nobody_has_decided_and_then_it_never_was_submitted(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35);
        Assert.Equal("return.step", await NoAsync(() => RecallAsync(world, r, round, "c1"))); // not submitted yet
        await r.SubmitAsync(world, round, "C1");
        foreach (var who in new[] { "c2", "p1", "office", "d1" })
        {
            Assert.Equal("return.not-found", await NoAsync(() => RecallAsync(world, r, round, who)));
        }

        await RecallAsync(world, r, round, "c1b");

        var whole = await r.ReturnAsync(world, round, "C1");
        Assert.Equal((ReturnState.Draft, r.Units["C1"].Id, null, null), (whole.State, whole.AtId, whole.SubmittedOn, whole.SubmittedBy));
        await r.FillAsync(world, round, "C1", 40); // writable again
        await r.SubmitAsync(world, round, "C1");
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        Assert.Equal("return.decided", await NoAsync(() => RecallAsync(world, r, round, "c1")));
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
        Assert.Equal("return.step", await NoAsync(() => RecallAsync(world, r, round, "c1")));
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(
                [ReturnAct.Submit, ReturnAct.Recall, ReturnAct.Submit, ReturnAct.PassUp, ReturnAct.Accept],
                await db.ReturnSteps().OrderBy(step => step.At).ThenBy(step => step.Id).Select(step => step.Act).ToListAsync(Ct));
            Assert.Equal(5, await db.Journal.CountAsync(row => row.Kind == "return.step-taken", Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task Of_recalling_and_deciding_in_the_same_moment_one_wins(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");
        var whole = await r.ReturnAsync(world, round, "C1");

        async Task<string> TryAsync(Func<Task> act)
        {
            try
            {
                await act();
                return "done";
            }
            catch (Refusal no)
            {
                return no.Code;
            }
        }

        var answers = await Task.WhenAll(
            Task.Run(() => TryAsync(() => world.InAsync((RecallReturn recall) => recall.RunAsync(whole.Id, whole.Version, r.People["c1"], Ct)))),
            Task.Run(() => TryAsync(() => world.InAsync((DecideReturn decide) => decide.RunAsync(whole.Id, ReturnAct.SendBack, whole.Version, "check", r.People["p1"], Ct)))));

        Assert.Single(answers, "done");
        Assert.Contains(answers.Single(answer => answer != "done"), (string[])["stale", "taken", "return.stale", "return.step", "return.not-waiting"]);
        await world.InAsync(async (Db db) => Assert.Equal(2, await db.ReturnSteps().CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Lateness_is_decided_by_the_moment_and_a_return_that_was_sent_back_keeps_its_first_one(string database)
    {
        await using var world = await World.CreateAsync(database);
        world.Clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var r = await Reporting.HaveAsync(world);
        var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, March, March, new(2026, 4, 3), r.Office, Ct, new(17, 30)));
        await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
        foreach (var unit in new[] { "C1", "C2", "D1" })
        {
            await r.FillAsync(world, round, unit, 10);
        }

        world.Clock.AdjustTime(new(2026, 3, 31, 9, 30, 0, TimeSpan.Zero)); // 17:30 in the region
        await r.SubmitAsync(world, round, "C1");
        await r.SubmitAsync(world, round, "C2");
        await r.DecideAsync(world, round, "C2", ReturnAct.SendBack, "p1", "check");
        Assert.Equal((4, 0, 0), await CountsAsync(world, r, round));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await r.SubmitAsync(world, round, "D1");
        await RecallAsync(world, r, round, "c1");
        await r.SubmitAsync(world, round, "C1");
        await r.SubmitAsync(world, round, "C2");
        await RecallAsync(world, r, round, "c2");

        Assert.Equal((4, 2, 1), await CountsAsync(world, r, round)); // C1 recalled and D1 are late, P1 is missing, C2 was in time at first
        await world.InAsync(async (Db db) =>
        {
            var late = await RoundView.ReadAsync(db, r.Office, round, ReturnFilter.Late, null, world.Clock, Ct);
            Assert.Equal(["Unit C1", "Unit D1"], late.Rows.Select(row => row.Unit).Order(StringComparer.Ordinal));
            Assert.All(late.Rows, row => Assert.True(row.Late));
            Assert.Equal(new DateTimeOffset(2026, 3, 31, 9, 30, 0, TimeSpan.Zero), late.Round.DueAt);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_round_from_before_there_was_an_hour_is_due_until_the_end_of_its_day(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, March, March, new(2026, 4, 3), r.Office, Ct));
        await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync("UPDATE \"DispatchRound\" SET \"DueAt\" = NULL", Ct));
        await r.FillAsync(world, round, "C1", 10);
        await r.FillAsync(world, round, "D1", 10);

        world.Clock.AdjustTime(new(2026, 3, 31, 23, 59, 59, TimeSpan.Zero));
        await r.SubmitAsync(world, round, "C1");
        Assert.Equal((4, 0, 0), await CountsAsync(world, r, round));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await r.SubmitAsync(world, round, "D1");

        Assert.Equal((4, 1, 2), await CountsAsync(world, r, round));
    }

    [Theory, EveryDatabase]
    public async Task A_round_is_not_opened_for_an_hour_that_is_over(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        world.Clock.AdjustTime(new(2026, 3, 26, 18, 0, 0, TimeSpan.Zero));
        Task<string> CodeAsync(DateOnly due) => NoAsync(() => world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, March, due, new(2026, 4, 3), r.Office, Ct)));

        Assert.Equal("round.days", await CodeAsync(new(2026, 3, 26)));
        await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, March, new(2026, 3, 26), new(2026, 4, 3), r.Office, Ct, new(18, 1)));
    }

    private static async Task RecallAsync(World world, Reporting r, Guid round, string who)
    {
        var whole = await r.ReturnAsync(world, round, who is "c2" && (await r.ReturnAsync(world, round, "C2")).State is ReturnState.Submitted ? "C2" : "C1");
        await world.InAsync((RecallReturn recall) => recall.RunAsync(whole.Id, whole.Version, r.People[who], Ct));
    }

    private static async Task<(int All, int Late, int Missing)> CountsAsync(World world, Reporting r, Guid round) => await world.InAsync(async (Db db) =>
        (await RoundView.ReadAsync(db, r.Office, round, ReturnFilter.All, null, world.Clock, Ct)).Counts is var counts ? (counts.All, counts.Late, counts.Missing) : default);

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
