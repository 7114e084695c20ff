using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Redaction;

/// <summary>Looks for bytes in all that a database and a folder keep.</summary>
internal static class KeptBytes
{
    public static RedactOpenings Redacting(IServiceProvider services) => new(
        services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), new BlackenDocuments(services.GetRequiredService<Db>(), services.GetServices<IFollowBlackening>()));

    /// <summary>The files of the database and of its log that hold them: on PostgreSQL tables, indexes, and the log that it would recover from.</summary>
    public static Task<List<string>> HoldingAsync(World world, byte[] wanted) => world.InAsync(async (Db db) =>
    {
        if (db is SqliteDb)
        {
            var path = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
            return new[] { path, $"{path}-wal" }.Where(path => File.Exists(path) && Holds(path, wanted)).ToList();
        }

        var folder = await db.Database.SqlQueryRaw<string>("SELECT current_setting('data_directory') AS \"Value\"").SingleAsync(Ct);
        var own = await db.Database.SqlQueryRaw<string>("SELECT 'base/' || oid::text AS \"Value\" FROM pg_database WHERE datname = current_database()").SingleAsync(Ct);
        return new[] { own, "pg_wal" }.SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, part))).Where(path => Holds(path, wanted)).ToList();
    });

    /// <summary>The files of a folder that hold one of them.</summary>
    public static List<string> Holding(string folder, params byte[][] wanted) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => wanted.Any(one => Holds(path, one)))];

    private static bool Holds(string path, byte[] wanted)
    {
        try
        {
            using var open = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            open.CopyTo(bytes);
            return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(wanted) >= 0;
        }
        catch (FileNotFoundException)
        {
            return false; // a segment of the log that the server took away meanwhile
        }
    }
}
