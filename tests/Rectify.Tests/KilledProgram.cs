using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rectify.Platform.Data;

namespace Rectify.Tests;

/// <summary>The program itself on a world's database and folder, killed as kill -9 does in the middle of an act.</summary>
internal static class KilledProgram
{
    private const int Key = 4711;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts the program and kills it while a transaction of its own has written and not committed: as it puts its first row into a table.</summary>
    /// <param name="once">What is done to it once it answers; what comes of it is not waited for.</param>
    public static async Task KillAtAsync(World world, string database, string table, Func<HttpClient, Task>? once = null)
    {
        var connection = await ConnectionAsync(world);

        // Whoever writes a row there stands still: PostgreSQL waits for the test, SQLite counts for hours.
        var hold = database is "sqlite"
            ? $"""
               CREATE TRIGGER hold BEFORE INSERT ON "{table}"
               BEGIN SELECT count(*) FROM "Journal" a, "Journal" b, "Journal" c, "Journal" d, "Journal" e, "Journal" f, "Journal" g; END;
               """
            : $"""
               CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock({Key}); RETURN NEW; END $$;
               CREATE TRIGGER hold BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION hold();
               """;
        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(hold, Ct));
        await using (await HeldAsync(database, connection))
        {
            await RunUntilAsync(world, () => database is "sqlite" ? IsWritingAsync(connection) : IsWaitingAsync(connection), once);
        }

        var free = database is "sqlite" ? "DROP TRIGGER hold" : $"DROP TRIGGER hold ON \"{table}\"";
        await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(free, Ct));
    }

    /// <summary>Starts the program, and kills it as soon as it is so.</summary>
    /// <param name="settings">As <c>Section__Key=value</c>.</param>
    public static async Task RunUntilAsync(World world, Func<Task<bool>> so, Func<HttpClient, Task>? once = null, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        using var program = Start(world.Folder, await ConnectionAsync(world), address, settings);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        var asked = Task.CompletedTask;
        try
        {
            if (once is not null)
            {
                await WaitAsync(program, () => AnswersAsync(client));
                asked = once(client);
            }

            await WaitAsync(program, so);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(CancellationToken.None);
            await asked.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default); // its line is cut
        }
    }

    private static async Task WaitAsync(Process program, Func<Task<bool>> so)
    {
        for (var waited = Stopwatch.StartNew(); !await so(); await Task.Delay(100, Ct))
        {
            Assert.False(program.HasExited, "the program ended by itself");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(4), "nothing came in four minutes");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health", Ct)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private static Task<string> ConnectionAsync(World world) => world.InAsync((Db db) => Task.FromResult(db.Database.GetConnectionString()!));

    private static Process Start(string folder, string connection, Uri address, string[] settings)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rectify")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "serve", "--data", folder, "--urls", address.ToString().TrimEnd('/') })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__Db"] = connection;
        foreach (var setting in settings)
        {
            start.Environment[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        }

        var program = new Process { StartInfo = start };
        program.OutputDataReceived += (_, _) => { };
        program.ErrorDataReceived += (_, _) => { };
        program.Start();
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return program;
    }

    // While it is held, so is whoever writes such a row on PostgreSQL.
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

    // Whoever writes for two seconds on end is held: all other transactions of the program take milliseconds.
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
