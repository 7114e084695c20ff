using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

/// <summary>When an issued bulletin was last compared with the journal, and with what result.</summary>
public sealed class BulletinCheck : IBookkeeping
{
    public required Guid BulletinId { get; init; }

    public DateTimeOffset CheckedAt { get; set; }

    public FrozenResult Result { get; set; }

    /// <summary>When a check first found what stands in <see cref="Result"/>, if that is not <see cref="FrozenResult.Intact"/>.</summary>
    public DateTimeOffset? FailedAt { get; set; }
}

/// <summary>Compares each issued bulletin once a day with what its issuing recorded in the journal: text, number, day, and which files it was issued as.</summary>
/// <remarks>
/// A bulletin that was tampered with, and one that is intact again, is an act of the journal, once; health and the bulletin's page show it as long as it lasts.
/// The bytes of its files are looked at by the check of files.
/// </remarks>
internal sealed partial class CheckBulletins(Db db, JournalWriter journal, TimeProvider clock, ILogger<CheckBulletins> log) : IJob
{
    private static readonly Actor Me = Actor.System("check-bulletins");

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        // A check of a time to come was made before the clock was set back: it says nothing.
        var (now, since, done) = (clock.NowMs, clock.NowMs.AddDays(-1), 0);
        var fresh = db.BulletinChecks().Where(check => check.CheckedAt > since && check.CheckedAt <= now).Select(check => check.BulletinId);
        foreach (var id in await db.BulletinsFor(Office.Room).Where(bulletin => bulletin.State != BulletinState.Draft && !fresh.Contains(bulletin.Id))
            .OrderBy(bulletin => bulletin.Id).Select(bulletin => bulletin.Id).ToListAsync(ct))
        {
            db.ChangeTracker.Clear();
            try
            {
                await CheckAsync(id, ct);
                done++;
            }
            catch (Refusal other) when (other.Status is StatusCodes.Status409Conflict)
            {
                // Another server checked it in the same moment.
            }
        }

        return done;
    }

    private async Task CheckAsync(Guid id, CancellationToken ct)
    {
        var check = await db.BulletinChecks().SingleOrDefaultAsync(one => one.BulletinId == id, ct) ?? db.Add(new BulletinCheck { BulletinId = id }).Entity;
        var before = check.Result;
        var bulletin = await db.BulletinsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == id, ct);
        (check.Result, check.CheckedAt) = (await ReadAsync(db, bulletin, ct), clock.NowMs);
        if (check.Result == before)
        {
            await journal.SaveBookkeepingAsync(ct);
            return;
        }

        check.FailedAt = check.Result is FrozenResult.Intact ? null : check.CheckedAt;
        if (check.Result is not FrozenResult.Intact)
        {
            Failed(id);
        }

        await journal.CommitAsync(new BulletinChecked { Subject = id, By = Me, At = check.CheckedAt, Result = check.Result }, ct);
    }

    /// <summary>Compares what is stored of an issued bulletin with the journal; changes nothing.</summary>
    internal static async Task<FrozenResult> ReadAsync(Db db, Bulletin bulletin, CancellationToken ct)
    {
        if (await db.Journal.AsNoTracking().Where(row => row.Subject == bulletin.Id && row.Kind == "bulletin.issued").Select(row => new { row.EntryId, row.Body }).SingleOrDefaultAsync(ct) is not { } issued)
        {
            return FrozenResult.Tampered;
        }

        using var entry = JsonDocument.Parse(issued.Body);
        var said = entry.RootElement.GetProperty("data");
        var files = await db.BulletinFiles().AsNoTracking().Where(file => file.BulletinId == bulletin.Id).ToListAsync(ct);
        var (opened, destroyed) = await db.FilesOfEntryAsync(issued.EntryId, ct);
        var commitments = opened.Select(JournalBytes.Commitment).Concat(destroyed)
            .Concat(files.Where(file => file.Salt.Length > 0).Select(file => JournalBytes.Commitment(new JournalFile(file.FileHash, file.Sm3, file.Salt)))); // of a version before
        var now = SealBulletins.HashOf(bulletin);
        return said.GetProperty("content").GetString() == bulletin.ContentHash && (now == bulletin.ContentHash || await db.IsBlackenedAsync(bulletin.Id, nameof(Bulletin.Content), now, ct))
            && said.GetProperty("year").GetInt32() == bulletin.Year && said.GetProperty("no").GetInt32() == bulletin.No
            && DateOnly.TryParseExact(said.GetProperty("on").GetString(), "yyyy-MM-dd", out var on) && on == bulletin.IssuedOn
            && entry.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()).ToHashSet()
                .SetEquals(commitments)
            && opened.TrueForAll(one => files.Exists(file => (file.FileHash, file.Sm3) == (one.Sha256, one.Sm3)))
                ? FrozenResult.Intact
                : FrozenResult.Tampered;
    }

    [LoggerMessage(LogLevel.Critical, "Bulletin {Bulletin} is not what its issuing recorded: compare with a backup")]
    private partial void Failed(Guid bulletin);
}

/// <summary>Degraded while an issued bulletin is not what its issuing recorded.</summary>
internal sealed class BulletinsHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.BulletinChecks().CountAsync(check => check.Result != FrozenResult.Intact, cancellationToken) is > 0 and var failed
            ? HealthCheckResult.Degraded($"{failed} issued bulletins were changed.")
            : HealthCheckResult.Healthy();
}
