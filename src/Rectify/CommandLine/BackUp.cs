using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;

namespace Rectify.CommandLine;

/// <summary>
/// Copies database and original files into a new folder while the product runs. The database first: files are only ever
/// added, so every record in the copy has its original in it.
/// </summary>
internal sealed class BackUp(Db db, FileStore files, IOptions<DataOptions> data, TimeProvider clock)
{
    /// <param name="Damaged">Originals whose bytes no longer fit their names; they are in the backup as they are.</param>
    public sealed record Done(BackupNote Note, IReadOnlyList<string> Damaged);

    /// <param name="target">A folder that does not exist. It appears with its last byte in it, or not at all.</param>
    /// <param name="withKeys">Whether the keys of cookies and of openings come too. Without them everyone signs in again after a restore, and the history says who changed what and when, not the values.</param>
    /// <exception cref="Refusal">409: the target exists. 422: no database, or PostgreSQL's tools are missing or refuse.</exception>
    public async Task<Done> RunAsync(string target, bool withKeys, CancellationToken ct)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (Path.Exists(target))
        {
            throw Refusal.Conflict("backup.target", $"{target} exists already.", target);
        }

        var part = $"{target}.part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true); // of a backup that was cut off
        }

        BackupFolder.Create(part);
        try
        {
            var done = await FillAsync(part, withKeys, ct);
            Directory.Move(part, target);
            return done;
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private async Task<Done> FillAsync(string folder, bool withKeys, CancellationToken ct)
    {
        var now = clock.NowMs;
        await DatabaseCopy.SaveAsync(db, Path.Combine(folder, DatabaseCopy.FileOf(db)), ct);
        var migration = (await db.Database.GetAppliedMigrationsAsync(ct)).LastOrDefault()
            ?? throw Refusal.Invalid("backup.no-database", "The database is empty.", data.Value.Folder);

        var (kept, damaged) = (0, new List<string>());
        foreach (var hash in files.All())
        {
            if (!files.Exists(hash))
            {
                continue; // an upload that nobody used was swept meanwhile
            }

            await using var content = files.Open(hash);
            if (await BackupFolder.WriteAsync(content, Path.Combine(folder, "files", hash[..2], hash), ct) != hash)
            {
                damaged.Add(hash);
            }

            kept++;
        }

        var keys = Path.Combine(data.Value.Folder, "keys");
        if (withKeys && Directory.Exists(keys))
        {
            BackupFolder.Create(Path.Combine(folder, "keys"));
            foreach (var key in Directory.EnumerateFiles(keys, "*.xml").Concat(Directory.EnumerateFiles(keys, "openings-??.key")))
            {
                await using var content = File.OpenRead(key);
                await BackupFolder.WriteAsync(content, Path.Combine(folder, "keys", Path.GetFileName(key)), ct);
            }
        }

        var note = new BackupNote(1, DatabaseCopy.KindOf(db), now, migration, kept, withKeys);
        await BackupFolder.FollowAsync(folder, note, ct);
        return new(note, damaged);
    }
}
