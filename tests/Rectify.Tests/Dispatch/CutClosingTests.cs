using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>The database goes away in the middle of closing a round, and the clock goes back: nothing is half done, and the next try ends it.</summary>
public sealed class CutClosingTests
{
    // PostgreSQL ends the connection itself as the figures are written, as it does when its process is killed; SQLite reports a broken write.
    private const string CutPostgres = """
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
        CREATE TRIGGER cut BEFORE INSERT ON "FrozenFigure" FOR EACH ROW EXECUTE FUNCTION cut();
        """;

    private const string CutSqlite = """CREATE TRIGGER cut BEFORE INSERT ON "FrozenFigure" BEGIN SELECT RAISE(ROLLBACK, 'the disk is gone'); END;""";

    [Theory, EveryDatabase]
    public Task A_connection_cut_while_few_rows_are_frozen_leaves_the_round_open(string database) => CutAsync(database, 0);

    [Theory, EveryDatabase]
    public Task A_connection_cut_while_many_rows_are_frozen_leaves_the_round_open(string database) => CutAsync(database, 120);

    private static async Task CutAsync(string database, int more)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, more, 1);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);
        await SqlAsync(world, database is "sqlite" ? CutSqlite : CutPostgres);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => r.CloseAsync(world, round));
        Assert.IsNotType<Refusal>(fault);

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Open, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => one.Closed, Ct));
            Assert.Equal((0, 0), (await db.FrozenLines().CountAsync(Ct), await db.FrozenFigures().CountAsync(Ct)));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
        });
        await SqlAsync(world, database is "sqlite" ? "DROP TRIGGER cut" : "DROP TRIGGER cut ON \"FrozenFigure\"");
        await r.FillAsync(world, round, "C2", 20); // units go on as if nothing had been
        await r.CloseAsync(world, round);

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(5 + more, await db.FrozenLines().CountAsync(Ct));
            Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
            Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, round, Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_clock_set_back_between_the_steps_of_a_return_loses_and_doubles_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        void Back() => world.Clock.AdjustTime(world.Clock.GetUtcNow().AddHours(-5));
        await r.FillAsync(world, round, "C1", 35);
        Back();
        await r.SubmitAsync(world, round, "C1");
        Back();
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        Back();
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
        Back();
        await world.InAsync((RunRounds run) => run.RunAsync(Ct)); // not its day, less than before
        Assert.Equal(RoundState.Open, (await world.InAsync((Db db) => db.RoundsFor(r.Office).SingleAsync(Ct))).State);

        await r.CloseAsync(world, round);
        Back();
        await world.InAsync((RunRounds run) => run.RunAsync(Ct));

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Closed, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.Equal(35, (await db.FrozenFigures().SingleAsync(figure => figure.QuantityId == r.Plants.Id, Ct)).Value);
            Assert.Equal(1, await db.ItemFacts().CountAsync(fact => fact.ItemId == r.Plants.Id, Ct));
            Assert.Equal(3, await db.ReturnSteps().CountAsync(Ct));
        });
    }

    private static Task SqlAsync(World world, string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));
}
