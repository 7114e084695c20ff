using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>A return's way: county, prefecture, office; what is refused; what acceptance records.</summary>
public sealed class RoundFlowTests
{
    private static readonly DateOnly March = new(2026, 3, 31);

    [Theory, EveryDatabase]
    public async Task Every_responsible_unit_has_a_return_with_a_line_for_each_open_item(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);

        var round = await r.OpenAsync(world, March);

        Assert.Equal(2, (await r.ReturnAsync(world, round, "C1")).Lines);
        Assert.Equal(r.Units["P1"].Id, (await r.ReturnAsync(world, round, "C1")).AboveId);
        Assert.Equal(r.Units["R"].Id, (await r.ReturnAsync(world, round, "P1")).AboveId);
        await world.InAsync(async (Db db) =>
        {
            var opened = await db.RoundsFor(r.Office).SingleAsync(Ct);
            Assert.Equal((RoundState.Open, 4, 4), (opened.State, opened.Made, opened.Expected));
            Assert.Equal(4, await db.ReturnsFor(r.Office).CountAsync(Ct)); // the supervising region answers for nothing
        });
    }

    [Theory, EveryDatabase]
    public async Task A_prefecture_with_nothing_open_of_its_own_still_looks_at_its_counties_returns_and_one_without_anybody_does_not(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await world.InAsync(async (Db db) => await db.ItemUnits().Where(part => part.UnitId == r.Units["P1"].Id).ExecuteDeleteAsync(Ct));

        var round = await r.OpenAsync(world, March);
        var county = await r.ReturnAsync(world, round, "C1");
        Assert.Equal(r.Units["P1"].Id, county.AboveId);
        Assert.False(await world.InAsync((Db db) => db.ReturnsFor(r.Office).AnyAsync(one => one.UnitId == r.Units["P1"].Id, Ct)));
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");
        await Assert.ThrowsAsync<Refusal>(() => r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office"));
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        Assert.True((await r.ReturnAsync(world, round, "C1")).AtOffice);
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");

        await world.InAsync(async (Db db) => await db.Duties().Where(duty => duty.UnitId == r.Units["P1"].Id).ExecuteDeleteAsync(Ct));
        world.Clock.SetUtcNow(new(2026, 4, 20, 2, 0, 0, TimeSpan.Zero));
        var next = await r.OpenAsync(world, March.AddMonths(1));
        Assert.Equal(r.Units["R"].Id, (await r.ReturnAsync(world, next, "C1")).AboveId);
    }

    [Theory, EveryDatabase]
    public async Task A_county_s_return_goes_to_the_prefecture_then_the_office_and_its_figures_become_facts(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35, line => line.Figures.Count == 0 ? line : line with { Nodes = [new(1, new(2026, 3, 20))] });
        await r.SubmitAsync(world, round, "C1");

        await r.DecideAsync(world, round, "C1", ReturnAct.SendBack, "p1", "Check the figure.");
        Assert.Equal((ReturnState.Returned, r.Units["C1"].Id), ((await r.ReturnAsync(world, round, "C1")).State, (await r.ReturnAsync(world, round, "C1")).AtId));
        await r.SubmitAsync(world, round, "C1");
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        var passed = await r.ReturnAsync(world, round, "C1");
        Assert.Equal((ReturnState.Submitted, true, r.Units["R"].Id), (passed.State, passed.AtOffice, passed.AtId));
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");

        await world.InAsync(async (Db db) =>
        {
            var facts = await db.ItemFacts().ToListAsync(Ct);
            Assert.Contains(facts, fact => fact.ItemId == r.Plants.Id && fact is { Kind: FactKind.Measured, Value: 35 } && fact.On == new DateOnly(2026, 3, 26));
            Assert.Contains(facts, fact => fact.ItemId == r.Tasks[0].Id && fact is { Kind: FactKind.MilestoneReached, No: 1 } && fact.On == new DateOnly(2026, 3, 20));
            Assert.All(facts, fact => Assert.Equal(r.People["c1"].Actor, fact.RecordedBy));
            var steps = await db.ReturnSteps().OrderBy(step => step.At).ThenBy(step => step.Id).Select(step => step.Act).ToListAsync(Ct);
            Assert.Equal([ReturnAct.Submit, ReturnAct.SendBack, ReturnAct.Submit, ReturnAct.PassUp, ReturnAct.Accept], steps);
            Assert.Contains(facts, fact => fact.ItemId == r.Tasks[0].Id && fact.Kind is FactKind.Started);
        });
    }

    [Theory, EveryDatabase]
    public async Task Nobody_reads_writes_or_reviews_what_is_not_theirs(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35);

        await world.InAsync(async (Db db) =>
        {
            foreach (var (who, reads) in new[] { ("c1", new[] { "C1" }), ("c2", ["C2"]), ("d1", ["D1"]), ("p1", ["P1", "C1", "C2"]), ("office", ["P1", "C1", "C2", "D1"]) })
            {
                var seen = await db.ReturnsFor(r.People[who]).Select(one => one.UnitId).ToListAsync(Ct);
                Assert.Equal(reads.Select(code => r.Units[code].Id).Order(), seen.Order());
            }
        });
        var line = (await r.LinesAsync(world, (await r.ReturnAsync(world, round, "C1")).Id))[0];
        var whole = await r.ReturnAsync(world, round, "C1");
        foreach (var who in new[] { "c2", "p1", "d1", "office" })
        {
            Assert.Equal("line.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated, r.People[who], Ct)))).Code);
            Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SubmitReturn submit) => submit.RunAsync(whole.Id, whole.Version, r.People[who], Ct)))).Code);
        }

        await r.SubmitAsync(world, round, "C1");
        whole = await r.ReturnAsync(world, round, "C1");
        foreach (var (who, code) in new[] { ("c2", "return.not-found"), ("d1", "return.not-found"), ("office", "return.not-waiting"), ("c1b", "return.not-waiting") })
        {
            var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((DecideReturn decide) => decide.RunAsync(whole.Id, ReturnAct.PassUp, whole.Version, "", r.People[who], Ct)));
            Assert.Equal(code, no.Code);
        }

        Assert.Equal("return.step", (await Assert.ThrowsAsync<Refusal>(() => r.DecideAsync(world, round, "C1", ReturnAct.Accept, "p1"))).Code);
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_filled_in_or_breaks_a_rule_is_not_submitted_and_saves_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        Assert.Equal([2, 0], (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, "C1"))).Arguments.Cast<int>());

        foreach (var none in new[] { "", "  " })
        {
            await r.FillAsync(world, round, "C1", 95, line => line with { Figures = [.. line.Figures.Select(figure => figure with { Reason = none })] }); // beyond the target without a reason
            Assert.Equal([0, 1], (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, "C1"))).Arguments.Cast<int>());
        }

        await r.FillAsync(world, round, "C1", 95, line => line with { Figures = [.. line.Figures.Select(figure => figure with { Reason = "one more was built" })] });
        await r.SubmitAsync(world, round, "C1");

        Assert.Equal("return.not-yours", (await Assert.ThrowsAsync<Refusal>(() => r.FillAsync(world, round, "C1", 36))).Code);
        Assert.Equal("return.step", (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, "C1"))).Code);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_people_who_submit_the_same_return_one_gets_a_sentence(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35);
        var whole = await r.ReturnAsync(world, round, "C1");

        async Task<string> TryAsync(string who)
        {
            try
            {
                await world.InAsync((SubmitReturn submit) => submit.RunAsync(whole.Id, whole.Version, r.People[who], Ct));
                return "done";
            }
            catch (Refusal no)
            {
                return no.Code;
            }
        }

        var answers = await Task.WhenAll(Task.Run(() => TryAsync("c1")), Task.Run(() => TryAsync("c1b")));

        Assert.Single(answers, "done");
        Assert.Contains(answers.Single(answer => answer != "done"), (string[])["stale", "taken", "return.stale"]);
        await world.InAsync(async (Db db) => Assert.Equal(1, await db.ReturnSteps().CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_submits_does_not_accept(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await world.InAsync((GiveDuty give) => give.RunAsync(Guid.ParseExact(r.Office.Actor.Id, "N"), Role.Responsible, r.Units["D1"].Id, null, null, Setup, Ct));
        var both = await world.InAsync((Db db) => Reader.AccessOf(db, r.Office.Actor, new(2026, 3, 26), Ct));
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "D1", 10);
        var whole = await r.ReturnAsync(world, round, "D1");
        await world.InAsync((SubmitReturn submit) => submit.RunAsync(whole.Id, whole.Version, both, Ct));
        whole = await r.ReturnAsync(world, round, "D1");

        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((DecideReturn decide) => decide.RunAsync(whole.Id, ReturnAct.Accept, whole.Version, "", both, Ct)));

        Assert.Equal("return.own", no.Code);
        await r.DecideAsync(world, round, "D1", ReturnAct.Accept, "office2");
    }

    [Theory, EveryDatabase]
    public async Task Units_report_before_the_plan_is_approved(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world, unapproved: true);
        var round = await r.OpenAsync(world, March);
        await r.ReportAsync(world, round, "C1", 20);
        Assert.Equal(ReturnState.Accepted, (await r.ReturnAsync(world, round, "C1")).State);
    }

    // A plan that came after the period's end is worked on before: its units report.
    [Theory, EveryDatabase]
    public async Task What_came_into_the_plan_after_the_periods_end_is_reported_on_as_well(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(r.Tasks[0].Id, ItemKind.SubTask, new("", null, "Lay the pipes."), [new() { ItemId = default, UnitId = r.Units["C1"].Id, Text = "C1", Role = DraftRole.Lead, Order = 0 }], r.People["c1"], Ct));
        var february = await r.OpenAsync(world, new(2026, 2, 28));

        var line = Assert.Single(await r.LinesAsync(world, (await r.ReturnAsync(world, february, "C1")).Id), one => one.ItemId == part);
        Assert.Equal(ItemStatus.NotStarted, await world.InAsync(async (Db db) => (await Questions.ReadAsync(db, await db.RoundsFor(r.Office).SingleAsync(one => one.Id == february, Ct), [part], new(2026, 2, 28), Ct)).For(part, r.Units["C1"].Id).Status));
        Assert.Equal(0, line.Stated.Percent ?? 0);
    }
}
