using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform.Data;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>The program itself, killed as kill -9 does while it closes a round with many returns: nothing is half done, and the next start ends it.</summary>
public sealed class KilledClosingTests
{
    private const int Many = 120;

    [Theory, EveryDatabase]
    public async Task Killed_while_a_round_closes_nothing_is_half_done_and_the_next_start_closes_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, Many, 1);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);
        await r.FillAsync(world, round, "C2", 20);
        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync("""UPDATE "DispatchRound" SET "ClosesOn" = '2026-03-01'""", Ct)); // the server's clock is the real one: its day is over

        // Every return is written before the first figure.
        await KilledProgram.KillAtAsync(world, database, "FrozenFigure");

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Open, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => one.Closed, Ct));
            Assert.Equal((0, 0, 0), (await db.FrozenLines().CountAsync(Ct), await db.FrozenFigures().CountAsync(Ct), await db.FrozenTasks().CountAsync(Ct)));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
        });

        await KilledProgram.RunUntilAsync(world, () => world.InAsync((Db db) => db.RoundsFor(r.Office).AnyAsync(one => one.State == RoundState.Closed, Ct)));

        await world.InAsync(async (Db db) =>
        {
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => !one.Closed, Ct));
            Assert.Equal(5 + Many, await db.FrozenLines().CountAsync(Ct));
            Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
            Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, round, Ct));
            Assert.Equal((35, 1), ((await db.FrozenFigures().SingleAsync(figure => figure.QuantityId == r.Plants.Id, Ct)).Value, await db.ItemFacts().CountAsync(fact => fact.ItemId == r.Plants.Id, Ct)));
        });
    }
}
