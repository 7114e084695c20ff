using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;

namespace Rectify.CommandLine;

/// <summary>Puts a backup back where nothing is: into an empty data folder and, for PostgreSQL, an empty database.</summary>
internal sealed class Restore(Db db, IOptions<DataOptions> data)
{
    /// <exception cref="Refusal">
    /// 409: something is there already. 422: no backup, a damaged one, one of the other database or of a newer program.
    /// Whatever is refused leaves the target as it was.
    /// </exception>
    public async Task<BackupNote> RunAsync(string source, CancellationToken ct)
    {
        source = Path.GetFullPath(source);
        var folder = Path.GetFullPath(data.Value.Folder);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw Refusal.Conflict("restore.target", $"{folder} is not empty.", folder);
        }

        var (note, files) = await BackupFolder.CheckAsync(source, ct);
        if (note.Database != DatabaseCopy.KindOf(db))
        {
            throw note.Database == "sqlite"
                ? Refusal.Invalid("restore.sqlite", "This is a backup of a SQLite database.")
                : Refusal.Invalid("restore.postgres", "This is a backup of a PostgreSQL database.");
        }

        if (!db.Database.GetMigrations().Contains(note.LastMigration))
        {
            throw Refusal.Invalid("restore.newer", "The backup was made by a newer version of the program.");
        }

        if (!await DatabaseCopy.IsEmptyAsync(db, ct))
        {
            throw Refusal.Conflict("restore.database", "The database is not empty.");
        }

        // The database last: without it nobody can take half of a folder for the whole.
        BackupFolder.Create(folder);
        try
        {
            foreach (var (name, hash) in files.Where(file => IsKept(file.Key)))
            {
                await using var content = File.OpenRead(Path.Combine(source, name));
                if (await BackupFolder.WriteAsync(content, Path.Combine(folder, name), ct) != hash)
                {
                    throw BackupFolder.Damaged(name);
                }
            }

            await DatabaseCopy.LoadAsync(db, Path.Combine(source, DatabaseCopy.FileOf(db)), ct);
        }
        catch
        {
            foreach (var kept in Directory.GetDirectories(folder))
            {
                Directory.Delete(kept, recursive: true); // it was empty before
            }

            throw;
        }

        return note;
    }

    private static bool IsKept(string name) =>
        name.StartsWith("files/", StringComparison.Ordinal) || name.StartsWith("keys/", StringComparison.Ordinal);
}
