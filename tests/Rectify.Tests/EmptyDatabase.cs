using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rectify.Platform.Data;

namespace Rectify.Tests;

/// <summary>Empty, migrated databases: migrated once for a run and copied for each test.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(async () =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"rectify-template-{Guid.CreateVersion7():N}.db");
        await using (var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={path};Pooling=False").Options))
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    });

    private static readonly Lazy<Task<string>> PostgresTemplate = new(async () =>
    {
        var name = $"template_{Guid.CreateVersion7():N}";
        await using (var db = new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql($"{Server};Pooling=False;Database={name}").Options))
        {
            await db.Database.MigrateAsync();
        }

        return name;
    });

    // Two copies of one template at once are refused by PostgreSQL.
    private static readonly SemaphoreSlim Copying = new(1);

    private static string Server => Environment.GetEnvironmentVariable("RECTIFY_TEST_POSTGRES")
        ?? throw new InvalidOperationException("Run ./test, or set RECTIFY_TEST_POSTGRES, e.g. Host=127.0.0.1;Username=postgres");

    /// <returns>The connection string of a database of one's own.</returns>
    public static async Task<string> SqliteAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"t{Guid.CreateVersion7():N}.db");
        File.Copy(await SqliteTemplate.Value, path);
        return new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;
    }

    /// <inheritdoc cref="SqliteAsync" />
    public static async Task<string> PostgresAsync()
    {
        return await PostgresAsync(await PostgresTemplate.Value);
    }

    /// <summary>A database without a table, which nobody has migrated.</summary>
    /// <inheritdoc cref="SqliteAsync" />
    public static Task<string> BarePostgresAsync() => PostgresAsync("template1");

    private static async Task<string> PostgresAsync(string template)
    {
        var name = $"t{Guid.CreateVersion7():N}";
        await Copying.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection($"{Server};Database=postgres");
            await connection.OpenAsync();
            await using var copy = new NpgsqlCommand($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"", connection);
            await copy.ExecuteNonQueryAsync();
        }
        finally
        {
            Copying.Release();
        }

        return $"{Server};Database={name}";
    }
}
