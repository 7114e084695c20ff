using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rectify.Dispatch;
using Rectify.Platform.Data;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>The program itself, killed as kill -9 does while it closes a round with many returns: nothing is half done, and the next start ends it.</summary>
public sealed class KilledClosingTests
{
    private const int Many = 120;

    private const int Key = 4711;

    // The closing stands still as its first figure is written, with every return written before: PostgreSQL waits for the test, SQLite counts for hours.
    private static readonly string HoldPostgres = $"""
        CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock({Key}); RETURN NEW; END $$;
        CREATE TRIGGER hold BEFORE INSERT ON "FrozenFigure" FOR EACH ROW EXECUTE FUNCTION hold();
        """;

    private const string HoldSqlite = """
        CREATE TRIGGER hold BEFORE INSERT ON "FrozenFigure"
        BEGIN SELECT count(*) FROM "ReturnLine" a, "ReturnLine" b, "ReturnLine" c, "ReturnLine" d, "ReturnLine" e, "ReturnLine" f; END;
        """;

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
        var connection = await world.InAsync((Db db) => Task.FromResult(db.Database.GetConnectionString()!));
        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(database is "sqlite" ? HoldSqlite : HoldPostgres, Ct));

        await using (await HeldAsync(database, connection))
        {
            await RunUntilAsync(world.Folder, connection, () => database is "sqlite" ? IsWritingAsync(connection) : IsWaitingAsync(connection));
        }

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Open, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => one.Closed, Ct));
            Assert.Equal((0, 0, 0), (await db.FrozenLines().CountAsync(Ct), await db.FrozenFigures().CountAsync(Ct), await db.FrozenTasks().CountAsync(Ct)));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
        });

        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(database is "sqlite" ? "DROP TRIGGER hold" : "DROP TRIGGER hold ON \"FrozenFigure\"", Ct));
        await RunUntilAsync(world.Folder, connection, () => world.InAsync((Db db) => db.RoundsFor(r.Office).AnyAsync(one => one.State == RoundState.Closed, Ct)));

        await world.InAsync(async (Db db) =>
        {
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => !one.Closed, Ct));
            Assert.Equal(5 + Many, await db.FrozenLines().CountAsync(Ct));
            Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
            Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, round, Ct));
            Assert.Equal((35, 1), ((await db.FrozenFigures().SingleAsync(figure => figure.QuantityId == r.Plants.Id, Ct)).Value, await db.ItemFacts().CountAsync(fact => fact.ItemId == r.Plants.Id, Ct)));
        });
    }

    private static Process Start(string folder, string connection)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rectify")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "serve", "--data", folder, "--urls", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__Db"] = connection;
        var program = new Process { StartInfo = start };
        program.OutputDataReceived += (_, _) => { };
        program.ErrorDataReceived += (_, _) => { };
        program.Start();
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return program;
    }

    // Starts the program, and kills it as soon as it is so.
    private static async Task RunUntilAsync(string folder, string connection, Func<Task<bool>> so)
    {
        using var program = Start(folder, connection);
        try
        {
            for (var waited = Stopwatch.StartNew(); !await so(); await Task.Delay(100, Ct))
            {
                Assert.False(program.HasExited, "the program ended by itself");
                Assert.True(waited.Elapsed < TimeSpan.FromMinutes(4), "nothing came in four minutes");
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(CancellationToken.None);
        }
    }

    // While it is held, so is whoever writes a figure on PostgreSQL.
    private static async Task<IAsyncDisposable?> HeldAsync(string database, string connection)
    {
        if (database is "sqlite")
        {
            return null;
        }

        var holder = new NpgsqlConnection($"{connection};Pooling=False");
        await holder.OpenAsync(Ct);
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({Key})", holder);
        await hold.ExecuteNonQueryAsync(Ct);
        return holder;
    }

    private static async Task<bool> IsWaitingAsync(string connection)
    {
        await using var asking = new NpgsqlConnection(connection);
        await asking.OpenAsync(Ct);
        await using var ask = new NpgsqlCommand(
            $"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {Key} AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", asking);
        return (long)(await ask.ExecuteScalarAsync(Ct))! > 0;
    }

    // Whoever writes for two seconds on end is the closing: all other transactions of the program take milliseconds.
    private static async Task<bool> IsWritingAsync(string connection)
    {
        for (var i = 0; i < 20; i++)
        {
            await using var asking = new SqliteConnection($"{connection};Pooling=False;Default Timeout=0");
            await asking.OpenAsync(Ct);
            try
            {
                await using var take = asking.CreateCommand();
                take.CommandText = "BEGIN IMMEDIATE; ROLLBACK;";
                take.CommandTimeout = 1;
                await take.ExecuteNonQueryAsync(Ct);
                return false;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5)
            {
                await Task.Delay(100, Ct);
            }
        }

        return true;
    }
}
