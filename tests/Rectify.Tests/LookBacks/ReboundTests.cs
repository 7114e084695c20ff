using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>A problem that came back: the item is taken up again from a legal day on, and the closing before it stays whole.</summary>
public sealed class ReboundTests
{
    [Theory, EveryDatabase]
    public async Task A_check_that_found_it_takes_the_item_up_with_the_same_act_and_it_can_be_closed_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 1, 12));
        await Closings.MakeAsync(world);
        var check = await c.CheckAsync(world, 1);
        await c.HandInAsync(world, check, CheckResult.Held, "c1");
        var stated = new StatedRebound(ReboundSource.Check, "", new(2026, 2, 20), "Heaps of sand again.");

        Assert.Equal("rebound.day", await Closings.NoAsync(() => c.ReviewAsync(world, check.Id, new(CheckResult.CameBack, "I saw it.", stated with { On = new(2026, 1, 11) }), "office")));
        Assert.Equal("fact.future", await Closings.NoAsync(() => c.ReviewAsync(world, check.Id, new(CheckResult.CameBack, "I saw it.", stated with { On = new(2026, 3, 27) }), "office")));
        Assert.Equal("item.not-found", await Closings.NoAsync(() => c.ReviewAsync(world, check.Id, new(CheckResult.CameBack, "I saw it.", stated), "above"))); // the office's own act
        await c.ReviewAsync(world, check.Id, new(CheckResult.CameBack, "I saw it.", stated), "office");

        Assert.Equal(CheckState.Done, (await c.ChecksAsync(world, 1)).Single().State);
        Assert.Equal((ItemStatus.Standing, ItemStatus.Standing, ItemStatus.Reopened), (await c.StatusAsync(world, 1, new(2026, 1, 12)), await c.StatusAsync(world, 1, new(2026, 2, 19)), await c.StatusAsync(world, 1, new(2026, 2, 20))));
        await world.InAsync(async (Db db) =>
        {
            var rebound = (await ItemLookBacks.ReadAsync(db, c.People["c1"], c.Tasks[0], world.Clock.Today, Ct)).Rebounds.Single().Rebound;
            Assert.Equal((ReboundSource.Check, (Guid?)check.Id, new DateOnly(2026, 1, 12)), (rebound.Source, rebound.CheckId, rebound.ClosedOn));
            var facts = await db.ItemFacts().Where(fact => fact.ItemId == c.Tasks[0].Id).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(Ct);
            Assert.Equal([FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed, FactKind.Reopened], facts.Select(fact => fact.Kind));
            Assert.All(facts, fact => Assert.Null(fact.VoidedAt));
            Assert.Equal((rebound.FactId, "Heaps of sand again."), (facts[^1].Id, facts[^1].Note));
            var act = await db.Journal.Where(row => row.Kind == "check.confirmed").Select(row => row.Act).SingleAsync(Ct);
            Assert.Equal(["check.confirmed", "item.facts-recorded", "rebound.stated"], (await db.Journal.Where(row => row.Act == act).Select(row => row.Kind).ToListAsync(Ct)).Order(StringComparer.Ordinal));
        });
        Assert.Equal("rebound.check", await Closings.NoAsync(() => world.InAsync((StateRebound again) => again.RunAsync(c.Tasks[0].Id, stated, check.Id, c.Office, Ct))));

        // Nothing is made while it is open; the second closing begins its own periods.
        Assert.Equal(0, await Closings.MakeAsync(world));
        await c.CloseAsync(world, 1, new(2026, 3, 20));
        await Closings.MakeAsync(world);
        Assert.Equal((new DateOnly(2026, 3, 20), new DateOnly(2026, 6, 20)), (await c.CheckAsync(world, 1)) is var next ? (next.Since, next.DueOn) : default);
        Assert.Equal(ItemStatus.Standing, await c.StatusAsync(world, 1, world.Clock.Today));
    }

    [Theory, EveryDatabase]
    public async Task A_petition_takes_up_what_is_closed_and_nothing_else(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 1, 12));
        await c.FactsAsync(world, 3, [FactKind.Completed, FactKind.Applied], new(2026, 1, 12));
        await c.CloseAsync(world, 4, new(2026, 1, 12));
        await c.FactsAsync(world, 5, [FactKind.NotInvolved], new(2026, 1, 12));
        await Closings.MakeAsync(world);
        Task<Guid> StateAsync(int task, StatedRebound stated, string by = "office") => world.InAsync((StateRebound state) => state.RunAsync(c.Tasks[task - 1].Id, stated, null, c.People[by], Ct));
        var petition = new StatedRebound(ReboundSource.Petition, "X2026-014", new(2026, 3, 1), "Dust every night.");

        Assert.Equal("rebound.reference", await Closings.NoAsync(() => StateAsync(1, petition with { Reference = " " })));
        Assert.Equal("rebound.reference", await Closings.NoAsync(() => StateAsync(1, petition with { Source = ReboundSource.Check })));
        Assert.Equal("rebound.reason", await Closings.NoAsync(() => StateAsync(1, petition with { Reason = "" })));
        Assert.Equal("rebound.not-closed", await Closings.NoAsync(() => StateAsync(3, petition)));
        foreach (var who in new[] { "c1", "above", "team", "c2" })
        {
            Assert.Equal("item.not-found", await Closings.NoAsync(() => StateAsync(1, petition, who)));
        }

        await StateAsync(1, petition);
        await StateAsync(4, petition with { Source = ReboundSource.Media, On = new(2026, 1, 12) }); // on the very day it was closed
        await StateAsync(5, petition with { Source = ReboundSource.Inspection });
        Assert.Equal("rebound.not-closed", await Closings.NoAsync(() => StateAsync(1, petition)));
        Assert.Equal(CheckState.Stopped, (await c.ChecksAsync(world, 1)).Single().State);
        Assert.All(new[] { 1, 4, 5 }, task => Assert.Equal(ItemStatus.Reopened, c.StatusAsync(world, task, world.Clock.Today).GetAwaiter().GetResult()));

        // Withdrawn as an error, it is shown as withdrawn, and the item is closed as before.
        await world.InAsync(async (Db db) => Assert.Equal("X2026-014", (await db.ItemFacts().SingleAsync(fact => fact.ItemId == c.Tasks[0].Id && fact.Kind == FactKind.Reopened, Ct)).Document));
        var wrong = await world.InAsync((Db db) => db.ReboundsFor(c.Office).SingleAsync(one => one.ItemId == c.Tasks[0].Id, Ct));
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(wrong.FactId, "Another yard.", c.Office, Ct));
        Assert.Equal(ItemStatus.Standing, await c.StatusAsync(world, 1, world.Clock.Today));
        await world.InAsync(async (Db db) =>
        {
            Assert.True((await ItemLookBacks.ReadAsync(db, c.Office, c.Tasks[0], world.Clock.Today, Ct)).Rebounds.Single().Voided);
            Assert.Empty(await db.ReboundsFor(c.People["team"]).ToListAsync(Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_past_day_is_told_as_counted_then_and_as_known_now(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        var day = new DateOnly(2026, 2, 28);
        Closings.Today(world, day);
        await c.CloseAsync(world, 1, new(2026, 2, 10));
        await c.CloseAsync(world, 2, new(2026, 2, 11));
        await c.FactsAsync(world, 3, [FactKind.Completed], new(2026, 2, 12));
        async Task<Overview> OverviewAsync(DateOnly on, string who = "office") => await world.InAsync((Db db) => Overview.ReadAsync(db, c.People[who], c.Programme.Id, on, Ct, world.Clock));
        var then = await OverviewAsync(day);
        Assert.Null(then.Restated); // the day is not over

        // After it: task 1 did not hold since before, task 3 was recorded in error, task 4 was completed by then and recorded late, task 5 later still.
        Closings.Today(world, new(2026, 3, 26));
        Assert.Null((await OverviewAsync(day)).Restated);
        await world.InAsync((StateRebound state) => state.RunAsync(c.Tasks[0].Id, new(ReboundSource.Media, "The evening news", new(2026, 2, 20), "It came back."), null, c.Office, Ct));
        var wrong = await world.InAsync((Db db) => db.ItemFacts().Where(fact => fact.ItemId == c.Tasks[2].Id).Select(fact => fact.Id).SingleAsync(Ct));
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(wrong, "Another task.", Access.OfSystem(Setup), Ct));
        await c.FactsAsync(world, 4, [FactKind.Completed], new(2026, 2, 27));
        await c.FactsAsync(world, 5, [FactKind.Completed], new(2026, 3, 1));
        await c.FactsAsync(world, 6, [FactKind.Started], new(2026, 3, 2)); // dated after it: changes nothing

        var now = await OverviewAsync(day);
        var restated = now.Restated!;
        Assert.Equal((then.Done.Count, then.Share, then.Closed.Count, then.Overdue.Count), (restated.Then.Done, restated.Then.Share, restated.Then.Closed, restated.Then.Overdue));
        Assert.Equal((now.Done.Count, now.Share, now.Closed.Count, now.Overdue.Count), (restated.Now.Done, restated.Now.Share, restated.Now.Closed, restated.Now.Overdue));
        Assert.Equal((3, 37.5m, 2, 1), (restated.Then.Done, restated.Then.Share, restated.Now.Done, restated.Now.Closed) is var (a, b, d, e) ? (a, b!.Value, d, e) : default);
        Assert.Equal(
            [(c.Tasks[0].Id, ItemStatus.Standing, ItemStatus.Reopened), (c.Tasks[2].Id, ItemStatus.Done, ItemStatus.NotStarted), (c.Tasks[3].Id, ItemStatus.NotStarted, ItemStatus.Done)],
            restated.Rows.Select(row => (row.Id, row.Then, row.Now)));
        Assert.Equal(FactKind.Reopened, restated.Rows[0].Facts.Single().Kind);

        // What one may not see is not counted; a later day has its own two figures.
        Assert.Equal([c.Tasks[3].Id], (await OverviewAsync(day, "c2")).Restated!.Rows.Select(row => row.Id));
        Assert.Equal(5, (await OverviewAsync(new(2026, 3, 3))).Restated!.Rows.Count);
        Assert.Null((await OverviewAsync(new(2026, 2, 5))).Restated);
    }
}
