using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Rectify.Platform.Data;

/// <summary>A lock of PostgreSQL that goes with its connection.</summary>
internal sealed class SessionLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly long key;

    private SessionLock(NpgsqlConnection connection, long key) => (this.connection, this.key) = (connection, key);

    /// <returns><see langword="null"/> if another session has it.</returns>
    public static async Task<SessionLock?> TryTakeAsync(string database, string name, CancellationToken ct)
    {
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"rectify:{name}")));
        var connection = new NpgsqlConnection(database);
        try
        {
            await connection.OpenAsync(ct);
            await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = key } } };
            if (await take.ExecuteScalarAsync(ct) is true)
            {
                return new(connection, key);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var free = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = key } } };
            await free.ExecuteScalarAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }

        await connection.DisposeAsync();
    }
}

/// <summary>A file that one process at a time holds open. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class LockFile : IAsyncDisposable
{
    private readonly FileStream held;

    private LockFile(FileStream held) => this.held = held;

    /// <returns><see langword="null"/> if somebody has it.</returns>
    public static LockFile? TryTake(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException busy) when (Files.Disk.IsBusy(busy))
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
