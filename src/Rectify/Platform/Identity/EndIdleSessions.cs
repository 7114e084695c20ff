using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Ends sessions that nobody has used for long, and forgets old ones.</summary>
public sealed class EndIdleSessions(Db db, JournalWriter journal, TimeProvider clock) : IJob
{
    /// <summary>Rows per run: bounds memory and the time of one transaction.</summary>
    private const int Batch = 500;

    /// <summary>How many years the list of sign-ins goes back, as the sign-in page says.</summary>
    private const int KeptYears = 3;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.NowMs;
        var idle = await db.SessionsIdleSince(now - Sessions.Idle).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
        idle.ForEach(session => session.EndedAt = session.SeenAt + Sessions.Idle);
        var old = await db.SessionsEndedBefore(now.AddYears(-KeptYears)).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
        db.RemoveRange(old);

        await journal.SaveBookkeepingAsync(ct);
        return idle.Count + old.Count;
    }
}
