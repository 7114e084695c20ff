using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Rectify.Platform.Data;

/// <summary>What a database says when two writers met, or when it has no room.</summary>
internal static class WriteConflict
{
    // Extended result codes. Source: https://www.sqlite.org/rescode.html.
    private const int SqliteFull = 13;
    private const int SqliteForeignKey = 787;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;

    /// <summary>Whether a row that was to change had changed or gone, or the other writer was in the way.</summary>
    public static bool IsStale(Exception failure) => Causes(failure).Any(cause => cause switch
    {
        DbUpdateConcurrencyException => true,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteForeignKey,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.ForeignKeyViolation
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        _ => false,
    });

    /// <summary>Whether a key that may stand once stood already.</summary>
    public static bool IsTaken(Exception failure) => Causes(failure).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation,
        _ => false,
    });

    /// <summary>Whether the disk on which the database lies is full.</summary>
    public static bool IsFull(Exception failure) => Causes(failure).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteFull,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DiskFull,
        _ => false,
    });

    // EF Core wraps what the driver says once or twice.
    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
