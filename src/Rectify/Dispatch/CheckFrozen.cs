using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Hashes the figures and tasks of closed rounds again, each once a day, and compares them with what the closing's entry in the journal says.</summary>
/// <remarks>A round that was tampered with, and one that is intact again, is an act of the journal, once; health and the page of figures show it as long as it lasts.</remarks>
internal sealed partial class CheckFrozen(Db db, JournalWriter journal, TimeProvider clock, ILogger<CheckFrozen> log) : IJob
{
    private static readonly Actor Me = Actor.System("check-frozen");

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        // A check of a time to come was made before the clock was set back: it says nothing.
        var (now, since, done) = (clock.NowMs, clock.NowMs.AddDays(-1), 0);
        var fresh = db.RoundChecks().Where(check => check.CheckedAt > since && check.CheckedAt <= now).Select(check => check.RoundId);
        foreach (var round in await db.RoundsFor(Office.Room).Where(round => round.State == RoundState.Closed && !fresh.Contains(round.Id))
            .OrderBy(round => round.ClosedAt).ThenBy(round => round.Id).Select(round => round.Id).ToListAsync(ct))
        {
            db.ChangeTracker.Clear();
            try
            {
                await CheckAsync(round, ct);
                done++;
            }
            catch (Refusal other) when (other.Status is StatusCodes.Status409Conflict)
            {
                // Another server checked it in the same moment.
            }
        }

        return done;
    }

    /// <summary>Checks one closed round now.</summary>
    public async Task<FrozenResult> CheckAsync(Guid round, CancellationToken ct)
    {
        var check = await db.RoundChecks().SingleOrDefaultAsync(one => one.RoundId == round, ct) ?? db.Add(new RoundCheck { RoundId = round }).Entity;
        var before = check.Result;
        (check.Result, check.CheckedAt) = (await ReadAsync(db, round, ct), clock.NowMs);
        if (check.Result == before)
        {
            await journal.SaveBookkeepingAsync(ct);
            return check.Result;
        }

        check.FailedAt = check.Result is FrozenResult.Intact ? null : check.CheckedAt;
        if (check.Result is not FrozenResult.Intact)
        {
            Failed(round);
        }

        await journal.CommitAsync(new FrozenChecked { Subject = round, By = Me, At = check.CheckedAt, Result = check.Result }, ct);
        return check.Result;
    }

    /// <summary>Compares what is stored of a closed round with the journal; changes nothing.</summary>
    internal static async Task<FrozenResult> ReadAsync(Db db, Guid round, CancellationToken ct)
    {
        var closed = await db.Journal.AsNoTracking().Where(row => row.Subject == round && row.Kind == RoundClosed.Name).Select(row => new { row.Body, row.Act }).SingleOrDefaultAsync(ct);
        if (closed is null)
        {
            return FrozenResult.Tampered;
        }

        // The same act says it of the tasks. Rounds closed before tasks were frozen have neither.
        var programme = await db.RoundsFor(Office.Room).Where(one => one.Id == round).Select(one => one.ProgrammeId).SingleAsync(ct);
        var entry = await db.Journal.AsNoTracking().Where(row => row.Subject == programme && row.Kind == TasksFrozen.Name && row.Act == closed.Act).Select(row => row.Body).SingleOrDefaultAsync(ct);
        var now = await FrozenParts.ReadAsync(db, round, tracked: false, ct);
        return (Said(closed.Body) == now.Figures || await db.IsBlackenedAsync(round, nameof(now.Figures), now.Figures, ct))
            && (now.WordsAreSealed || await db.IsBlackenedAsync(round, nameof(now.Words), now.Words, ct))
            && ((entry is null ? now.TaskCount == 0 : Said(entry) == now.Tasks) || await db.IsBlackenedAsync(round, nameof(now.Tasks), now.Tasks, ct))
                ? FrozenResult.Intact
                : FrozenResult.Tampered;
    }

    private static string? Said(byte[] entry)
    {
        using var said = JsonDocument.Parse(entry);
        return said.RootElement.GetProperty("data").GetProperty("frozen").GetString();
    }

    [LoggerMessage(LogLevel.Critical, "The fixed figures of round {Round} are not what its closing recorded: compare with a backup")]
    private partial void Failed(Guid round);
}

/// <summary>Degraded while the figures of a closed round are not what its closing recorded.</summary>
internal sealed class FrozenHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.RoundChecks().CountAsync(check => check.Result != FrozenResult.Intact, cancellationToken) is > 0 and var failed
            ? HealthCheckResult.Degraded($"The fixed figures of {failed} closed rounds were changed.")
            : HealthCheckResult.Healthy();
}

/// <summary>The rounds whose figures a page shows, looked at again as it shows them.</summary>
internal static class FrozenState
{
    /// <summary>Lines beyond which a page trusts the daily check: hashing takes a second.</summary>
    private const int Most = 5_000;

    /// <param name="Round">The round that was tampered with.</param>
    public sealed record Row(DispatchRound Round, DateTimeOffset? Since);

    /// <summary>Those of the rounds whose figures are not what their closing recorded.</summary>
    public static async Task<List<Row>> AlarmsAsync(Db db, IReadOnlyCollection<Guid> rounds, CancellationToken ct)
    {
        var failed = await db.RoundChecks().AsNoTracking().Where(check => rounds.Contains(check.RoundId) && check.Result != FrozenResult.Intact).ToDictionaryAsync(check => check.RoundId, ct);
        var alarms = new List<Row>();
        foreach (var round in await db.RoundsFor(Office.Room).AsNoTracking().Where(round => rounds.Contains(round.Id)).OrderByDescending(round => round.To).ToListAsync(ct))
        {
            var small = await db.FrozenLines().CountAsync(line => line.RoundId == round.Id, ct) <= Most;
            if (small ? await CheckFrozen.ReadAsync(db, round.Id, ct) is not FrozenResult.Intact : failed.ContainsKey(round.Id))
            {
                alarms.Add(new(round, failed.GetValueOrDefault(round.Id)?.FailedAt));
            }
        }

        return alarms;
    }
}
