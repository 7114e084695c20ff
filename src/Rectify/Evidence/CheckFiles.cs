using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Evidence;

/// <summary>Limits of evidence; under <c>Evidence</c> in the configuration.</summary>
public sealed class EvidenceOptions
{
    /// <summary>Days within which every kept file is read and hashed once.</summary>
    public int CheckDays { get; set; } = 30;

    /// <summary>Seconds that a program may work at one file's pictures.</summary>
    public int PreviewSeconds { get; set; } = 60;

    /// <summary>Memory that such a program may address, in MiB.</summary>
    public int PreviewMemoryMiB { get; set; } = 4_096;

    /// <summary>Pages of a document that are shown.</summary>
    public int PreviewPages { get; set; } = 20;

    /// <summary>Largest file of which pictures are made, in MiB.</summary>
    public int PreviewLargestMiB { get; set; } = 200;
}

/// <summary>Reads the kept files of all rooms again and hashes them: a share each day, failed ones each day, new ones at once.</summary>
/// <remarks>A missing or altered file, and one that is sound again, is an act of the journal, once; health and pages show it as long as it lasts.</remarks>
internal sealed partial class CheckFiles(
    Db db, JournalWriter journal, FileStore files, IEnumerable<IKeepFiles> rooms, IEnumerable<IForgetFiles> forgetting, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<CheckFiles> log) : IJob
{
    private const int Batch = 50;

    private static readonly Actor Me = Actor.System("check-files");

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (now, done) = (clock.NowMs, 0);
        // A check of a time to come was made before the clock was set back: it says nothing.
        var (old, failed, ahead) = (now.AddDays(-options.Value.CheckDays), now.AddDays(-1), now.AddDays(1));
        await DestroyAsync(ct);
        var kept = rooms.Select(room => room.Files).Aggregate(Queryable.Concat);
        while (true)
        {
            // What was never read comes first, then what was read longest ago.
            var due = await (
                from file in kept
                join check in db.FileChecks() on file.Hash equals check.Hash into checks
                from check in checks.DefaultIfEmpty()
                where check == null || check.Result != FileCheckResult.Destroyed && (check.CheckedAt < old || check.CheckedAt > ahead || check.Result != FileCheckResult.Sound && check.CheckedAt < failed)
                select new { file.Hash, At = check == null ? DateTimeOffset.UnixEpoch : check.CheckedAt })
                .Distinct().OrderBy(file => file.At).ThenBy(file => file.Hash).Take(Batch).Select(file => file.Hash).ToListAsync(ct);
            foreach (var hash in due)
            {
                db.ChangeTracker.Clear();
                try
                {
                    await CheckAsync(hash, ct);
                }
                catch (Refusal other) when (other.Status is StatusCodes.Status409Conflict)
                {
                    return done; // another server checks them in the same moment
                }
            }

            if ((done += due.Count) == 0 || due.Count < Batch)
            {
                return done;
            }
        }
    }

    // Destroyed when that was cut off, or handed in again by whoever had a copy.
    private async Task DestroyAsync(CancellationToken ct)
    {
        foreach (var hash in await db.FileChecks().Where(check => check.Result == FileCheckResult.Destroyed).Select(check => check.Hash).ToListAsync(ct))
        {
            RedactFile.Destroy(hash, files, forgetting);
        }
    }

    /// <summary>Reads one file now.</summary>
    public async Task<FileCheckResult> CheckAsync(string hash, CancellationToken ct)
    {
        var sm3 = await rooms.Select(room => room.Files).Aggregate(Queryable.Concat).Where(file => file.Hash == hash).OrderBy(file => file.Sm3).Select(file => file.Sm3).FirstAsync(ct);
        var check = await db.FileChecks().SingleOrDefaultAsync(one => one.Hash == hash, ct);
        if (check is { Result: FileCheckResult.Destroyed })
        {
            return check.Result;
        }

        var before = check?.Result ?? FileCheckResult.Sound;
        if (check is null)
        {
            db.Add(check = new() { Hash = hash });
        }

        (check.Result, check.CheckedAt) = (await ReadAsync(hash, sm3, ct), clock.NowMs);
        if (check.Result == before)
        {
            await journal.SaveBookkeepingAsync(ct);
            return check.Result;
        }

        check.FailedAt = check.Result is FileCheckResult.Sound ? null : check.CheckedAt;
        if (check.Result is not FileCheckResult.Sound)
        {
            Failed(hash, check.Result);
        }

        var facts = new List<Fact>();
        foreach (var room in rooms)
        {
            facts.AddRange(await room.FoundAsync(hash, check.Result.ToString(), Me, check.CheckedAt, ct));
        }

        await journal.CommitAsync(facts[0], facts[1..], ct);
        return check.Result;
    }

    private async Task<FileCheckResult> ReadAsync(string hash, string sm3, CancellationToken ct)
    {
        if (!files.Exists(hash))
        {
            return FileCheckResult.Missing;
        }

        try
        {
            using var running = new RunningHash();
            await using var content = files.Open(hash);
            await running.AppendAsync(content, long.MaxValue, ct);
            return running.Finish() is var found && found.Sha256 == hash && found.Sm3 == sm3 ? FileCheckResult.Sound : FileCheckResult.Altered;
        }
        catch (IOException)
        {
            return FileCheckResult.Altered; // the disk can no longer read what it was given
        }
    }

    [LoggerMessage(LogLevel.Critical, "The file {Hash} is {Result}: restore it from a backup")]
    private partial void Failed(string hash, FileCheckResult result);
}

/// <summary>The files of evidence, to be checked.</summary>
internal sealed class PieceFiles(Db db) : IKeepFiles
{
    public IQueryable<RecordedFile> Files => db.PieceVersions().Select(version => new RecordedFile { Hash = version.FileHash, Sm3 = version.Sm3 });

    public async Task<IReadOnlyList<Fact>> FoundAsync(string hash, string result, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        var versions = await db.PieceVersions().AsNoTracking().Where(version => version.FileHash == hash).OrderBy(version => version.Id).ToListAsync(ct);
        var pieces = versions.Select(version => version.PieceId).Distinct().ToList();
        var names = await db.PiecesFor(Organisation.Access.OfSystem(by)).Where(piece => pieces.Contains(piece.Id)).ToDictionaryAsync(piece => piece.Id, piece => piece.PublicId, ct);
        return
        [
            .. versions.Where(version => names.ContainsKey(version.PieceId)).DistinctBy(version => version.PieceId).Select(version => new EvidenceChecked
            {
                Subject = version.PieceId,
                By = by,
                At = at,
                Piece = JournalBytes.Text(names[version.PieceId]),
                No = version.No,
                Result = Enum.Parse<FileCheckResult>(result),
            }),
        ];
    }

    // The page of checks lists pieces by itself, as far as its reader may see them.
    public Task<IReadOnlyList<(string Hash, string Title, string Href)>> PlacesAsync(IReadOnlyCollection<string> hashes, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string, string, string)>>([]);
}

/// <summary>What the room knows of a file and made of it, when it is destroyed.</summary>
internal sealed class ForgetPieceFiles(Db db, PreviewFiles previews) : IForgetFiles
{
    public async Task<IReadOnlyList<string>> ForgetAsync(string hash, DateTimeOffset at, CancellationToken ct)
    {
        var check = await db.FileChecks().SingleOrDefaultAsync(one => one.Hash == hash, ct) ?? db.Add(new FileCheck { Hash = hash }).Entity;
        (check.Result, check.CheckedAt, check.FailedAt) = (FileCheckResult.Destroyed, at, null);
        var preview = await db.Previews().SingleOrDefaultAsync(one => one.Hash == hash, ct) ?? db.Add(new Preview { Hash = hash }).Entity;
        (preview.State, preview.Pages, preview.Why) = (PreviewState.None, 0, "destroyed");
        return [];
    }

    public void Destroy(string hash) => previews.Remove(hash);
}

/// <summary>Degraded while a kept file is missing or altered.</summary>
internal sealed class FilesHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.FileChecks().CountAsync(check => check.Result != FileCheckResult.Sound && check.Result != FileCheckResult.Destroyed, cancellationToken) is > 0 and var failed
            ? HealthCheckResult.Degraded($"{failed} kept files are missing or altered.")
            : HealthCheckResult.Healthy();
}
