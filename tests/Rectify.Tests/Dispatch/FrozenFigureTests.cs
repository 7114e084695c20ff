using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Whatever units report, correct or leave out: frozen figures never change, and cumulative figures are the sum of what the periods added.</summary>
public sealed class FrozenFigureTests
{
    /// <param name="Up">What the month adds to the figure; below zero with a reason.</param>
    /// <param name="Corrects">By how much the last frozen figure is corrected; 0 for not at all.</param>
    /// <param name="Accepted">Whether the return comes all the way, or is left with the prefecture when the round closes.</param>
    private sealed record Month(int Up, int Corrects, bool Accepted);

    private static readonly Gen<Month[]> Months = Gen.Select(Gen.Int[-5, 30], Gen.Int[-3, 3], Gen.Bool)
        .Select(one => new Month(one.Item1, one.Item2, one.Item3)).Array[1, 4];

    [Theory, EveryDatabase]
    public async Task Frozen_figures_never_change_and_cumulative_figures_are_the_sum_of_the_accepted_periods(string database)
    {
        var runs = new List<Month[]> { new Month[] { new(20, 0, true), new(10, -2, true), new(5, 0, false), new(5, 1, true) } };
        Months.Sample(months => runs.Add(months), iter: 2, threads: 1);
        foreach (var months in runs)
        {
            await CheckAsync(database, months);
        }
    }

    private static async Task CheckAsync(string database, Month[] months)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var frozen = new Dictionary<Guid, string>();
        var (figure, sum, lastFrozen) = (0L, 0L, (long?)null);
        foreach (var (i, month) in months.Index())
        {
            var day = new DateOnly(2026, 3, 28).AddMonths(i);
            r.Today(world, day);
            var round = await r.OpenAsync(world, day);
            var wasFrozen = lastFrozen is not null && await FrozenLastMonthAsync(world, r, round);
            var corrects = wasFrozen && month.Corrects != 0 ? lastFrozen + month.Corrects : null;
            figure = (corrects ?? figure) + month.Up;
            await r.FillAsync(world, round, "C1", figure, line => line with
            {
                Figures = [.. line.Figures.Select(one => one with { Reason = "checked", Corrects = corrects, CorrectsReason = "counted again" })],
            });
            await r.SubmitAsync(world, round, "C1");
            if (month.Accepted)
            {
                await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
                await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
            }

            await r.CloseAsync(world, round);
            var stated = await world.InAsync((Db db) => db.FrozenFigures().SingleAsync(one => one.RoundId == round && one.QuantityId == r.Plants.Id, Ct));
            Assert.Equal((figure, month.Accepted), (stated.Value, stated.Accepted));
            if (month.Accepted)
            {
                sum += (corrects - lastFrozen ?? 0) + stated.Added;
                Assert.Equal(figure, sum);
                lastFrozen = figure;
            }
            else
            {
                figure = sum; // what was not accepted does not count, the next month goes on from what was
            }

            frozen[stated.Id] = stated.ToText();
            await world.InAsync(async (Db db) =>
            {
                Assert.Equal(frozen.Values.Order(), (await db.FrozenFigures().Where(one => one.QuantityId == r.Plants.Id).ToListAsync(Ct)).Select(one => one.ToText()).Order());
                var known = await db.ItemFacts().Where(fact => fact.ItemId == r.Plants.Id && fact.Kind == FactKind.Measured).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).LastOrDefaultAsync(Ct);
                Assert.Equal(sum, known?.Value ?? 0);
            });
        }
    }

    // Only the figure of the round just before can be corrected.
    private static async Task<bool> FrozenLastMonthAsync(World world, Reporting r, Guid round) => await world.InAsync(async (Db db) =>
    {
        var now = await db.RoundsFor(r.Office).SingleAsync(one => one.Id == round, Ct);
        return (await Questions.ReadAsync(db, now, [r.Tasks[0].Id], now.From, Ct)).For(r.Tasks[0].Id, r.Units["C1"].Id).Figures[0].Frozen is not null;
    });
}
