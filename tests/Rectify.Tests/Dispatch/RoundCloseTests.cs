using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Opening and closing: never twice, never half, and what is frozen stays.</summary>
public sealed class RoundCloseTests
{
    [Theory, EveryDatabase]
    public async Task A_closed_round_takes_nothing_and_the_next_one_corrects_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, march, "C1", 35);
        await r.FillAsync(world, march, "C2", 20);
        r.Today(world, new(2026, 4, 2));
        await r.CloseAsync(world, march);

        Assert.Equal("round.closed", (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, march, "C2"))).Code);
        Assert.Equal("round.closed", (await Assert.ThrowsAsync<Refusal>(() => r.FillAsync(world, march, "C2", 30))).Code);
        r.Today(world, new(2026, 4, 28));
        var april = await r.OpenAsync(world, new(2026, 4, 30));
        await r.ReportAsync(world, april, "C1", 50, line => line with
        {
            Figures = [.. line.Figures.Select(figure => figure with { Corrects = 30, CorrectsReason = "one plant was counted twice" })],
        });

        await world.InAsync(async (Db db) =>
        {
            var frozen = await db.FrozenFigures().SingleAsync(figure => figure.QuantityId == r.Plants.Id, Ct);
            Assert.Equal((35, 0, true, new DateOnly(2026, 3, 31)), (frozen.Value, frozen.Before, frozen.Accepted, frozen.On));
            var stated = await db.FrozenFigures().SingleAsync(figure => figure.QuantityId == r.Tasks[1].Id, Ct);
            Assert.Equal((20, false, true), (stated.Value, stated.Accepted, stated.IsPercent));
            var figures = await FigureList.ReadAsync(db, r.Office, r.Programme, new(2026, 3, 31), Ct);
            var plants = figures.Single(row => row.Quantity == r.Plants.Id);
            Assert.Equal((3.5m, 3.0m, 3.0m, true), (plants.Stated, plants.Known, plants.KnownThen, plants.Corrected));
            Assert.DoesNotContain(figures, row => row.Quantity == r.Tasks[1].Id); // nobody accepted it
            var later = (await FigureList.ReadAsync(db, r.Office, r.Programme, new(2026, 4, 30), Ct)).Single(row => row.Quantity == r.Plants.Id);
            Assert.Equal((3.5m, 5.0m, 3.0m, true), (later.Stated, later.Known, later.KnownThen, later.Corrected));
            Assert.Empty(await FigureList.ReadAsync(db, r.People["c2"], r.Programme, new(2026, 3, 31), Ct) is var own ? own.Where(row => row.Quantity == r.Plants.Id) : []);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_figure_that_only_went_on_after_its_round_is_not_called_corrected(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, march, "C1", 35);
        await r.CloseAsync(world, march);
        r.Today(world, new(2026, 4, 28));
        await r.ReportAsync(world, await r.OpenAsync(world, new(2026, 4, 30)), "C1", 50);

        await world.InAsync(async (Db db) =>
        {
            var plants = (await FigureList.ReadAsync(db, r.Office, r.Programme, new(2026, 4, 30), Ct)).Single(row => row.Quantity == r.Plants.Id);
            Assert.Equal((3.5m, 5.0m, 3.5m), (plants.Stated, plants.Known, plants.KnownThen));
            Assert.Equal((false, true), (plants.Corrected, plants.WentOn));
        });

        // What is void is not known any more.
        var last = await world.InAsync((Db db) => db.ItemFacts().Where(fact => fact.ItemId == r.Plants.Id && fact.Kind == FactKind.Measured).OrderByDescending(fact => fact.On).Select(fact => fact.Id).FirstAsync(Ct));
        await world.InAsync((VoidFact undo) => undo.RunAsync(last, "another county's", r.Office, Ct));
        await world.InAsync(async (Db db) => Assert.Equal(3.5m, (await FigureList.ReadAsync(db, r.Office, r.Programme, new(2026, 4, 30), Ct)).Single(row => row.Quantity == r.Plants.Id).Known));
    }

    [Theory, EveryDatabase]
    public async Task Rounds_of_a_kind_close_one_after_the_other(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, new(2026, 3, 31));
        r.Today(world, new(2026, 4, 28));
        var april = await r.OpenAsync(world, new(2026, 4, 30));
        var week = await r.OpenAsync(world, new(2026, 4, 28), CycleKind.Weekly);

        Assert.Equal("round.earlier", (await Assert.ThrowsAsync<Refusal>(() => r.CloseAsync(world, april))).Code);

        await r.CloseAsync(world, week); // another kind waits for none
        await r.ReportAsync(world, march, "C1", 35);
        await r.CloseAsync(world, march);
        await r.ReportAsync(world, april, "C1", 50);
        await r.CloseAsync(world, april);
        var added = await world.InAsync((Db db) => db.FrozenFigures().Where(figure => figure.QuantityId == r.Plants.Id && figure.Accepted).OrderBy(figure => figure.On).Select(figure => figure.Value - figure.Before).ToListAsync(Ct));
        Assert.Equal([35, 15], added);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_close_one_closes_and_the_figures_stand_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);

        async Task<bool> TryAsync(string who)
        {
            try
            {
                await world.InAsync((CloseRound close) => close.RunAsync(round, r.People[who], Ct));
                return true;
            }
            catch (Refusal no) when (no.Code is "round.closed" or "stale" or "taken")
            {
                return false;
            }
        }

        var done = await Task.WhenAll(Task.Run(() => TryAsync("office")), Task.Run(() => TryAsync("office2")));

        Assert.Single(done, true);
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == "dispatch.round-closed", Ct));
            Assert.Equal(5, await db.FrozenLines().CountAsync(Ct));
            var body = System.Text.Encoding.UTF8.GetString((await db.Journal.SingleAsync(row => row.Kind == "dispatch.round-closed", Ct)).Body);
            Assert.Contains(CloseRound.Digest((await db.RoundsFor(Office.Room).SingleAsync(one => one.Id == round, Ct)).Salt, await db.FrozenLines().ToListAsync(Ct), await db.FrozenFigures().ToListAsync(Ct), []), body, StringComparison.Ordinal);
        });
    }

    [Theory, EveryDatabase]
    public async Task Whoever_changes_a_return_while_its_round_closes_is_refused_or_the_closing_is(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.FillAsync(world, round, "C1", 35);

        async Task<bool> TryAsync(Func<Task> act)
        {
            try
            {
                await act();
                return true;
            }
            catch (Refusal no) when (no.Code is "round.closed" or "stale" or "taken")
            {
                return false;
            }
        }

        await Task.WhenAll(Task.Run(() => TryAsync(() => r.CloseAsync(world, round))), Task.Run(() => TryAsync(() => r.SubmitAsync(world, round, "C1"))));

        await world.InAsync(async (Db db) =>
        {
            if ((await db.RoundsFor(r.Office).SingleAsync(Ct)).State is RoundState.Closed)
            {
                var whole = await r.ReturnAsync(world, round, "C1");
                Assert.All(await db.FrozenLines().Where(line => line.ReturnId == whole.Id).ToListAsync(Ct), line => Assert.Equal(whole.State, line.Return));
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task Opening_goes_on_after_a_crash_between_batches_and_makes_nothing_twice(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, 450, 3);
        var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, new(2026, 3, 31), null, null, r.Office, Ct));

        Assert.Equal(200, await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, 1, Ct)));
        await world.InAsync(async (Db db) =>
        {
            var half = await db.RoundsFor(r.Office).SingleAsync(Ct);
            Assert.Equal((RoundState.Opening, 200, 454), (half.State, half.Made, half.Expected));
        });
        Assert.Equal(254, await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct)));

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Open, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.Equal(454, await db.ReturnsFor(r.Office).Select(one => one.UnitId).Distinct().CountAsync(Ct));
            Assert.Equal((450 * 3) + 5, await db.ReturnLines().CountAsync(Ct));
        });
    }
}
