using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Ends sessions of one's own: signing out here, one elsewhere, or all others.</summary>
public sealed class EndSession(Db db, JournalWriter journal, TimeProvider clock, Sessions sessions)
{
    /// <exception cref="Refusal">404: <paramref name="by"/> has no such session.</exception>
    public async Task RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var session = await db.SessionsOf(Owner(by)).SingleOrDefaultAsync(s => s.Id == id, ct)
            ?? throw Refusal.NotFound("session", id);

        session.EndedAt ??= clock.NowMs;

        await journal.SaveBookkeepingAsync(ct);
        sessions.Forget(id);
    }

    /// <param name="keep">The session that goes on, from which this is asked.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> OthersAsync(Guid keep, Actor by, CancellationToken ct)
    {
        var ended = await MarkAsync(db, Owner(by), keep, clock.NowMs, ct);
        await journal.SaveBookkeepingAsync(ct);
        ended.ForEach(sessions.Forget);
        return ended.Count;
    }

    /// <summary>Marks the open sessions of an account as ended; the act that needs it saves.</summary>
    /// <returns>Their ids: to be forgotten by <see cref="Sessions"/> once that is saved.</returns>
    internal static async Task<List<Guid>> MarkAsync(Db db, Guid account, Guid? keep, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.SessionsOf(account).Where(s => s.EndedAt == null && s.Id != keep).ToListAsync(ct);
        open.ForEach(session => session.EndedAt = now);
        return [.. open.Select(session => session.Id)];
    }

    private static Guid Owner(Actor by) =>
        Guid.TryParseExact(by.Id, "N", out var id) ? id : throw Refusal.NotFound("session", by);
}
