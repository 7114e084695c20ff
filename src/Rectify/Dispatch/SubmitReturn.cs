using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Submits a unit's return to whoever reviews it first.</summary>
public sealed class SubmitReturn(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The return's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such return, or another unit's. 409: submitted already, closed, or changed meanwhile. 422: lines that are not filled in, or break a rule.</exception>
    public async Task RunAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        var region = await db.ProgrammesFor(Office.Room, Right.Read).Where(p => p.Id == whole.ProgrammeId).Select(p => p.RegionId).SingleAsync(ct);
        var step = whole.Submit(version, region, by.Actor, clock.Today, clock.NowMs);

        var lines = await db.ReturnLines().AsNoTracking().Where(line => line.ReturnId == id).ToListAsync(ct);
        var questions = await Questions.ReadAsync(db, round, [.. lines.Select(line => line.ItemId)], round.AsOf(clock.Today), ct, whole);
        var (open, wrong) = (
            lines.Count(line => !line.Filled),
            lines.Count(line => line.Filled && LineCheck.Faults(questions.For(line.ItemId, whole.UnitId), line.Stated, clock.Today).Any()));
        if (open + wrong > 0)
        {
            db.ChangeTracker.Clear();
            throw Refusal.Invalid("return.incomplete", $"{open} items are not filled in, {wrong} have something to mend.", open, wrong);
        }

        db.Add(step);

        await journal.CommitAsync(new ReturnStepTaken { Subject = id, By = by.Actor, At = step.At, Act = step.Act, State = whole.State }, ct);
    }
}
