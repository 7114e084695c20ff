using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Rectify.Platform.Data;

/// <summary>Sets each SQLite connection so that no committed act is lost with the power, and writers wait for one another.</summary>
/// <remarks>
/// FULL: a commit returns after the disk has it; NORMAL would lose the last acts. WAL: readers do not wait for a writer; it is kept
/// in the file, but a file made by VACUUM INTO, such as a restored backup, has lost it. Without a busy time SQLite answers at
/// once that it is busy, and the driver above tries again only every 150 ms.
/// A cache of 16 MB for each connection, since SQLite's own 2 MB hold less than the upper levels of a large programme's indexes.
/// Source: https://www.sqlite.org/pragma.html#pragma_synchronous.
/// </remarks>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    private const string Always = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;";

    // A pool hands the same handle out again, and what was set stays set.
    private static readonly ConditionalWeakTable<object, object> Settled = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection); // a file: nothing to wait for
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && !Settled.TryAdd(handle, handle))
        {
            return;
        }

        using var settings = connection.CreateCommand();
        settings.CommandText = connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase)
            ? Always
            : Always + " PRAGMA journal_mode = WAL;";
        settings.ExecuteNonQuery();
    }
}
