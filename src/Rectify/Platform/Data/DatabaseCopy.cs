using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Rectify.Platform.Data;

/// <summary>Copies the whole database into one file while it is used, and that file into an empty database.</summary>
/// <remarks>
/// A copy shows one moment: SQLite's VACUUM INTO and PostgreSQL's pg_dump both read in one transaction, and writers go on meanwhile.
/// Sources: https://www.sqlite.org/lang_vacuum.html, https://www.postgresql.org/docs/15/app-pgdump.html.
/// </remarks>
internal static class DatabaseCopy
{
    /// <summary>Which database it is: a copy of one kind is no use to the other.</summary>
    public static string KindOf(Db db) => db is SqliteDb ? "sqlite" : "postgres";

    /// <summary>The name of the copy.</summary>
    public static string FileOf(Db db) => db is SqliteDb ? "database.sqlite" : "database.pgdump";

    /// <param name="path">A file that does not exist. It is on disk before this returns.</param>
    /// <exception cref="Refusal">422: there is no database, or PostgreSQL's tools are missing or refuse.</exception>
    public static async Task SaveAsync(Db db, string path, CancellationToken ct)
    {
        if (db is not SqliteDb)
        {
            await RunAsync("pg_dump", db, ["--format=custom", "--no-owner", "--no-privileges", $"--file={path}"], ct);
            return;
        }

        if (!File.Exists(SqliteFile(db))) // SQLite would make an empty one and copy that
        {
            throw Refusal.Invalid("backup.no-database", $"There is no database {SqliteFile(db)}.", SqliteFile(db));
        }

#pragma warning disable RS0030 // copies, changes nothing
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {path}", ct);
#pragma warning restore RS0030
        await using var written = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    /// <summary>Whether nothing would be overwritten.</summary>
    public static async Task<bool> IsEmptyAsync(Db db, CancellationToken ct) => db is SqliteDb
        ? !File.Exists(SqliteFile(db))
        : await db.Database.SqlQuery<long>(
            $"""
            SELECT count(*) AS "Value" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            """).SingleAsync(ct) == 0;

    /// <summary>Fills an empty database, wholly or not at all.</summary>
    /// <exception cref="Refusal">422: PostgreSQL's tools are missing or refuse.</exception>
    public static async Task LoadAsync(Db db, string path, CancellationToken ct)
    {
        if (db is SqliteDb)
        {
            var file = SqliteFile(db);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Copy(path, file + ".part", overwrite: true);
            await using (var written = new FileStream(file + ".part", FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(file + ".part", file);
            return;
        }

        await RunAsync(
            "pg_restore", db,
            ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", $"--dbname={Server(db).Database}", path], ct);
    }

    private static string SqliteFile(Db db) => Path.GetFullPath(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource);

    private static NpgsqlConnectionStringBuilder Server(Db db) => new(db.Database.GetConnectionString());

    private static async Task RunAsync(string tool, Db db, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Find(tool), arguments) { RedirectStandardError = true };
        foreach (var (name, value) in Environment(Server(db)))
        {
            start.Environment[name] = value; // not as arguments: everyone on the machine could read the password there
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Refusal.Invalid("backup.no-tool", $"There is no {tool} on this machine.", tool);
        }

        using (process)
        {
            try
            {
                var said = await process.StandardError.ReadToEndAsync(ct);
                await process.WaitForExitAsync(ct);
                if (process.ExitCode != 0)
                {
                    var why = said.Trim().ReplaceLineEndings(" ");
                    throw Refusal.Invalid("backup.tool-failed", $"{tool}: {why}", tool, why);
                }
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    // Debian keeps the programs of each version in a folder of its own, which may not be on the PATH.
    private static string Find(string tool)
    {
        var paths = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var n) ? n : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        return paths.Concat(debian).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists) ?? tool;
    }

    private static IEnumerable<(string Name, string? Value)> Environment(NpgsqlConnectionStringBuilder server) =>
        from variable in new (string Name, string? Value)[]
        {
            ("PGHOST", server.Host),
            ("PGPORT", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("PGDATABASE", server.Database),
            ("PGUSER", server.Username),
            ("PGPASSWORD", server.Password),
            ("PGPASSFILE", server.Passfile),
            ("PGSSLROOTCERT", server.RootCertificate),
            ("PGSSLMODE", server.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            }),
        }
        where !string.IsNullOrEmpty(variable.Value)
        select variable;
}
