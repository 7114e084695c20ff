using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Deadlines;

/// <summary>Takes a request back before it is decided.</summary>
public sealed class WithdrawDeadline(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The request's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such request, or another unit's. 409: decided already.</exception>
    public async Task RunAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var request = await db.DeadlineRequestsOf(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("deadline", id);
        var withdrawn = request.Withdraw(version, by.Actor, clock.Today, clock.NowMs);
        (await db.DeadlineMoves().Where(move => move.RequestId == id).ToListAsync(ct)).ForEach(move => move.OpenFor = null);

        await journal.CommitAsync(withdrawn, ct);
    }
}
