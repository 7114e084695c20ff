using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>The product's rooms over a migrated database of their own, which goes with the bed.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Bed(string name, string folder, string connection)
    {
        (Name, Folder) = (name, folder);
        var collection = new ServiceCollection();
        // RECTIFY_BENCH_SQL=1 shows every statement and how long it took: to find out why something is slow.
        var tell = Environment.GetEnvironmentVariable("RECTIFY_BENCH_SQL") is "1";
        collection.AddLogging(logging => _ = tell ? logging.AddConsole() : logging);
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddDatabase(connection);
        collection.AddScoped<JournalWriter>();
        collection.AddScoped<NumberEntries>();
        collection.AddText();
        collection.Configure<DataOptions>(data => data.Folder = folder);
        collection.AddFiles();
        collection.AddAccounts();
        collection.AddOrganisation();
        collection.AddTasks();
        collection.AddPlans();
        collection.AddDispatch();
        collection.AddPortal();
        collection.AddSingleton<TimeProvider>(new RegionClock(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")));
        services = collection.BuildServiceProvider();
    }

    /// <summary>SQLite or PostgreSQL.</summary>
    public string Name { get; }

    /// <summary>A temporary data folder, as <c>serve --data</c> takes it.</summary>
    public string Folder { get; }

    public static Task<Bed> SqliteAsync()
    {
        var folder = NewFolder();
        return MigratedAsync(new("SQLite", folder, new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "rectify.db") }.ConnectionString));
    }

    /// <summary>A database in the cluster that <c>RECTIFY_BENCH_POSTGRES</c> names; bench/run starts one.</summary>
    public static Task<Bed> PostgresAsync() => MigratedAsync(new(
        "PostgreSQL", NewFolder(),
        $"{Environment.GetEnvironmentVariable("RECTIFY_BENCH_POSTGRES") ?? throw new InvalidOperationException("Run bench/run, or set RECTIFY_BENCH_POSTGRES.")};Database=bench_{Guid.CreateVersion7():N}"));

    /// <summary>Does one thing in a scope of its own, as one request would.</summary>
    public async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="InAsync{TService, TResult}" />
    public Task InAsync<TService>(Func<TService, Task> act) where TService : notnull =>
        InAsync(async (TService service) =>
        {
            await act(service);
            return true;
        });

    /// <summary>Runs SQL that is the bench's own, and returns its first value.</summary>
    public Task<object?> SqlAsync(string sql) => InAsync(async (Db db) =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return await command.ExecuteScalarAsync();
    });

    /// <summary>An open connection with the product's settings, for as long as <paramref name="act"/> runs.</summary>
    public Task ConnectedAsync(Func<DbConnection, Task> act) => InAsync(async (Db db) =>
    {
        await db.Database.OpenConnectionAsync();
        await act(db.Database.GetDbConnection());
    });

    public async ValueTask DisposeAsync()
    {
        if (Name == "PostgreSQL")
        {
            NpgsqlConnection.ClearAllPools();
        }

        SqliteConnection.ClearAllPools();
        await InAsync((Db db) => db.Database.EnsureDeletedAsync());
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("rectify-bench-").FullName;

    private static async Task<Bed> MigratedAsync(Bed bed)
    {
        await bed.InAsync((Db db) => db.Database.MigrateAsync());
        return bed;
    }
}
