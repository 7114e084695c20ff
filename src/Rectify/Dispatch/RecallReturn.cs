using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Takes a submitted return back (撤回), while nobody has decided on it.</summary>
public sealed class RecallReturn(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The return's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such return, or another unit's. 409: not submitted, decided on, closed, or changed meanwhile.</exception>
    public async Task RunAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        var step = db.Add(whole.Recall(version, by.Actor, clock.NowMs)).Entity;

        await journal.CommitAsync(new ReturnStepTaken { Subject = id, By = by.Actor, At = step.At, Act = step.Act, State = whole.State }, ct);
    }
}
