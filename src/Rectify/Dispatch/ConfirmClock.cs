using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Days between two runs of <see cref="RunRounds"/> after which the server's clock is not believed until somebody confirms it: what is closed by a clock that jumped stays closed.</summary>
internal static class ClockJump
{
    /// <summary>Longer than any run of holidays.</summary>
    public const int Days = 10;

    private const string Job = nameof(RunRounds);

    /// <summary>The last day on which rounds were opened and closed by themselves; <see langword="null"/> before the first time.</summary>
    public static async Task<DateOnly?> LastAsync(Db db, CancellationToken ct) =>
        await db.Cursors().AsNoTracking().SingleOrDefaultAsync(cursor => cursor.Job == Job, ct) is { } cursor ? DateOnly.FromDayNumber((int)cursor.Next) : null;

    /// <summary>The last day, where it lies so far back that nothing is opened or closed now.</summary>
    public static async Task<DateOnly?> SinceAsync(Db db, DateOnly today, CancellationToken ct) =>
        await LastAsync(db, ct) is { } last && today.DayNumber - last.DayNumber > Days ? last : null;

    /// <summary>Remembers that the clock was believed today. The caller saves. A clock set back takes nothing back.</summary>
    public static async Task BelieveAsync(Db db, DateOnly today, CancellationToken ct)
    {
        var cursor = await db.Cursors().SingleOrDefaultAsync(one => one.Job == Job, ct) ?? db.Add(new Cursor { Job = Job }).Entity;
        cursor.Next = Math.Max(cursor.Next, today.DayNumber);
    }
}

/// <summary>The office says that the server's clock is right, after it seemed to have jumped: rounds open and close by themselves again.</summary>
public sealed class ConfirmClock(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: nothing is to be confirmed.</exception>
    public async Task RunAsync(string code, Access by, CancellationToken ct)
    {
        var programme = await Office.ProgrammeAsync(db, code, by, ct);
        var last = await ClockJump.SinceAsync(db, clock.Today, ct) ?? throw Refusal.Conflict("round.clock", "Nobody doubts the clock.");
        await ClockJump.BelieveAsync(db, clock.Today, ct);

        await journal.CommitAsync(new ClockConfirmed { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Last = last, Today = clock.Today }, ct);
    }
}

/// <summary>Degraded while rounds are neither opened nor closed because the clock seems to have jumped.</summary>
internal sealed class ClockHealth(Db db, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await ClockJump.SinceAsync(db, clock.Today, cancellationToken) is { } last
            ? HealthCheckResult.Degraded($"Rounds last ran on {last:yyyy-MM-dd} and the clock says {clock.Today:yyyy-MM-dd}: confirm it on the page of rounds.")
            : HealthCheckResult.Healthy();
}
