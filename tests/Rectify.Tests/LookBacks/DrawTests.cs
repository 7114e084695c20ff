using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>Plans of looking back: chosen by hand, or by a draw whose list is fixed before its seed is known.</summary>
public sealed class DrawTests
{
    private const string Seed = "05 12 23 28 31 + 09";

    private static readonly DrawDetails Details = new(DrawParts.None, 3, "The state lottery of 1 April, in the order drawn", new(2026, 4, 1), "", new(2026, 6, 30), null, "");

    [Theory, EveryDatabase]
    public async Task A_list_is_fixed_before_its_seed_and_the_lots_follow_from_both(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await ClosedAsync(world);
        var plan = await PlanAsync(world, c);
        await world.InAsync((ChooseItems choose) => choose.RunAsync(plan, [c.Tasks[1].Id], null, "", new(2026, 6, 30), c.Office, Ct));
        foreach (var (wrong, code) in new[]
        {
            (Details with { SeedOn = new(2026, 3, 26) }, "draw.day"), (Details with { Each = 0 }, "draw.each"), (Details with { Source = " " }, "draw.source"), (Details with { Commitment = "abc" }, "draw.commitment"),
            (Details with { DueOn = new(2026, 3, 31) }, "draw.due"), (Details with { Unit = Guid.NewGuid() }, "unit.not-found"),
        })
        {
            Assert.Equal(code, await Closings.NoAsync(() => ListAsync(world, c, plan, wrong)));
        }

        Assert.Equal("draw.empty", await Closings.NoAsync(() => ListAsync(world, c, plan, Details, new(From: new(2026, 3, 26)))));
        Assert.Equal("lookback.office", await Closings.NoAsync(() => ListAsync(world, c, plan, Details, by: "c1")));
        var id = await ListAsync(world, c, plan, Details);
        var draw = await DrawAsync(world, c, id);
        Assert.Equal(c.Tasks.Where((_, i) => i is not (1 or 7)).Select(item => $"- {JournalBytes.Text(item.PublicId)}\n").Order(StringComparer.Ordinal), draw.List.Split('\n')[..^1].Select(line => $"{line}\n"));
        Assert.Equal((Lot.Hex(draw.List), 6, DrawState.Listed), (draw.ListHash, draw.Candidates, draw.State));
        Assert.Equal("draw.stands", await Closings.NoAsync(() => ListAsync(world, c, plan, Details)));
        Assert.Equal("draw.early", await Closings.NoAsync(() => SeedAsync(world, c, id, Seed)));

        Closings.Today(world, new(2026, 4, 1));
        Assert.Equal("draw.seed", await Closings.NoAsync(() => SeedAsync(world, c, id, " ")));
        Assert.Equal("lookback.office", await Closings.NoAsync(() => SeedAsync(world, c, id, Seed, "above")));
        await SeedAsync(world, c, id, $" {Seed} ");
        Assert.Equal("draw.step", await Closings.NoAsync(() => SeedAsync(world, c, id, "another", version: 1)));
        draw = await DrawAsync(world, c, id);
        var drawn = Lot.Draw(Seed, Lot.Read(draw.List), 3).Where(one => one.Drawn).Select(one => one.Candidate.Id).Order(StringComparer.Ordinal);
        var checks = await world.InAsync((Db db) => db.ChecksFor(c.Office).Where(check => check.DrawId == id).Join(db.ItemsFor(c.Office, Right.Read), check => check.ItemId, item => item.Id, (check, item) => new { check, item }).ToListAsync(Ct));
        Assert.Equal(drawn, checks.Select(one => JournalBytes.Text(one.item.PublicId)).Order(StringComparer.Ordinal));
        Assert.All(checks, one => Assert.Equal((one.item.NumberValue % 2 == 1 ? c.Units["C1"].Id : c.Units["C2"].Id, CheckState.Open, Details.DueOn), (one.check.UnitId, one.check.State, one.check.DueOn)));

        // Whoever reads the programme recomputes it, but finds only their own checks and items behind the lots.
        await world.InAsync(async (Db db) =>
        {
            var view = await DrawView.ReadAsync(db, c.People["c2"], id, Ct);
            Assert.Equal((6, 3), (view.Lines.Count, view.Lines.Count(line => line.Drawn)));
            Assert.All(view.Lines, line => Assert.True(line.Item is null or { NumberValue: 2 or 4 or 6 }));
            Assert.All((await LookBackView.ReadAsync(db, c.People["c2"], plan, "", world.Clock.Today, Ct)).Checks, row => Assert.Equal(c.Units["C2"].Id, row.Check.UnitId));
            Assert.Equal("draw.not-found", await Closings.NoAsync(() => DrawView.ReadAsync(db, c.People["team"], id, Ct)));
        });
    }

    [Theory, EveryDatabase]
    public async Task No_second_draw_while_one_stands_and_what_was_voided_stays_to_be_seen(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await ClosedAsync(world);
        var (plan, other) = (await PlanAsync(world, c), await PlanAsync(world, c));
        var secret = Lot.Hex("the secret");
        var first = await ListAsync(world, c, plan, Details with { SeedOn = new(2026, 3, 26), Commitment = secret, Unit = c.Units["T"].Id, Person = "the team", Each = 2, Parts = DrawParts.Unit });
        Assert.Equal("draw.committed", await Closings.NoAsync(() => SeedAsync(world, c, first, "another")));
        await SeedAsync(world, c, first, "the secret");
        var listed = await DrawAsync(world, c, first);
        Assert.All(listed.Tickets.GroupBy(one => one.Candidate.Part), part => Assert.Equal(2, part.Count(one => one.Drawn)));
        Assert.All(c.Units.Keys, unit => Assert.DoesNotContain(listed.Tickets, one => one.Candidate.Part == unit)); // anyone reads the list, also where the public does not read of a unit

        // The very same list in another plan is refused; the team sees its checks and hands one in.
        Assert.Equal("draw.same-list", await Closings.NoAsync(() => ListAsync(world, c, other, Details with { Parts = DrawParts.Unit })));
        var team = await world.InAsync((Db db) => db.ChecksFor(c.People["team"]).AsNoTracking().OrderBy(check => check.Id).ToListAsync(Ct));
        Assert.Equal((4, "the team"), (team.Count, team[0].Person));
        await c.HandInAsync(world, team[0], CheckResult.Held, "team");
        Assert.Equal("check.own", await Closings.NoAsync(() => c.ReviewAsync(world, team[0].Id, new(CheckResult.Held, ""), "team")));

        Assert.Equal("draw.reason", await Closings.NoAsync(() => VoidAsync(world, c, first, " ", 1)));
        await VoidAsync(world, c, first, "The list lacked a task.", 1);
        Assert.Equal("draw.step", await Closings.NoAsync(() => VoidAsync(world, c, first, "Again.", 2)));
        var second = await ListAsync(world, c, plan, Details with { Parts = DrawParts.Unit, Each = 1 });
        Closings.Today(world, new(2026, 4, 1));
        await SeedAsync(world, c, second, Seed);
        await world.InAsync(async (Db db) =>
        {
            var view = await LookBackView.ReadAsync(db, c.Office, plan, "", world.Clock.Today, Ct);
            Assert.Equal([(1, DrawState.Voided, "the secret"), (2, DrawState.Drawn, Seed)], view.Draws.Select(draw => (draw.No, draw.State, draw.Seed)));
            Assert.Equal(3, view.Checks.Count(row => row.Check.DrawId == first && row.Check is { State: CheckState.Stopped, Remarks: "The list lacked a task." }));
            Assert.Equal(view.Checks.Count(row => row.Check.State is not CheckState.Stopped), view.Checks.Where(row => row.Check.State is not CheckState.Stopped).Select(row => row.Item.Id).Distinct().Count());
        });
    }

    [Theory, EveryDatabase]
    public async Task Items_are_chosen_by_hand_once_and_only_while_they_are_closed(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await ClosedAsync(world);
        Assert.Equal("lookback.office", await Closings.NoAsync(() => PlanAsync(world, c, "c1")));
        Assert.Equal("lookback.period", await Closings.NoAsync(() => world.InAsync((PlanLookBack plan) => plan.RunAsync("r1", new("Plan", new(2026, 6, 1), new(2026, 5, 1)), c.Office, Ct))));
        Assert.Equal("lookback.title", await Closings.NoAsync(() => world.InAsync((PlanLookBack plan) => plan.RunAsync("r1", new(" ", new(2026, 6, 1), new(2026, 7, 1)), c.Office, Ct))));
        var id = await PlanAsync(world, c);
        Task<int> ChooseAsync(Guid[] items, DateOnly? due = null, string by = "office") => world.InAsync((ChooseItems choose) => choose.RunAsync(id, items, null, "", due ?? new(2026, 6, 30), c.People[by], Ct));

        Assert.Equal("lookback.items", await Closings.NoAsync(() => ChooseAsync([])));
        Assert.Equal("lookback.due", await Closings.NoAsync(() => ChooseAsync([c.Tasks[0].Id], new(2026, 3, 25))));
        Assert.Equal("lookback.item", await Closings.NoAsync(() => ChooseAsync([c.Tasks[0].Id, c.Tasks[7].Id]))); // the last is open
        Assert.Equal("lookback.office", await Closings.NoAsync(() => ChooseAsync([c.Tasks[0].Id], by: "c1")));
        Assert.Equal("lookback.not-found", await Closings.NoAsync(() => ChooseAsync([c.Tasks[0].Id], by: "team")));
        Assert.Equal(2, await ChooseAsync([c.Tasks[0].Id, c.Tasks[1].Id]));
        Assert.Equal("lookback.item", await Closings.NoAsync(() => ChooseAsync([c.Tasks[0].Id])));
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal((2, 0, 0), (await LookBackList.ReadAsync(db, c.Office, c.Programme.Id, Ct)).Select(row => (row.Checks, row.Done, row.CameBack)).Single());
            Assert.Equal([3, 4, 5, 6, 7], (await LookBackView.ReadAsync(db, c.Office, id, "", world.Clock.Today, Ct)).Rest.Select(choice => choice.Item.NumberValue!.Value));
        });
    }

    // All but the last task are closed, on days in January.
    private static async Task<Closings> ClosedAsync(World world)
    {
        var c = await Closings.HaveAsync(world);
        for (var task = 1; task <= 7; task++)
        {
            await c.CloseAsync(world, task, new(2026, 1, task));
        }

        return c;
    }

    private static Task<Guid> PlanAsync(World world, Closings c, string by = "office") =>
        world.InAsync((PlanLookBack plan) => plan.RunAsync("r1", new("Looking back in spring", new(2026, 4, 1), new(2026, 6, 30)), c.People[by], Ct));

    private static Task<Guid> ListAsync(World world, Closings c, Guid plan, DrawDetails details, CandidateFilter? filter = null, string by = "office") =>
        world.InAsync((PublishList list) => list.RunAsync(plan, details, filter ?? new(), c.People[by], Ct));

    private static Task SeedAsync(World world, Closings c, Guid draw, string seed, string by = "office", int version = 0) => world.InAsync((EnterSeed enter) => enter.RunAsync(draw, seed, version, c.People[by], Ct));

    private static Task VoidAsync(World world, Closings c, Guid draw, string because, int version) => world.InAsync((VoidDraw withdraw) => withdraw.RunAsync(draw, because, version, c.Office, Ct));

    private static Task<LookBackDraw> DrawAsync(World world, Closings c, Guid id) => world.InAsync((Db db) => db.LookBackDrawsFor(c.Office).AsNoTracking().SingleAsync(draw => draw.Id == id, Ct));
}
