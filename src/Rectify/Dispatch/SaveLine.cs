using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Saves what a unit states of one item. A draft may break rules that a submitted return may not.</summary>
public sealed class SaveLine(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The line's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such line, or another unit's. 409: submitted, closed or changed meanwhile. 422: a text too long, a figure that is not asked for.</exception>
    public async Task RunAsync(Guid id, int version, StatedLine stated, Access by, CancellationToken ct)
    {
        var line = await db.ReturnLines().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("line", id);
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == line.ReturnId, ct) ?? throw Refusal.NotFound("line", id);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        whole.DemandWritable();
        var asked = (await Questions.ReadAsync(db, round, [line.ItemId], round.AsOf(clock.Today), ct)).For(line.ItemId, whole.UnitId);
        if (stated.Figures.Any(figure => !asked.Figures.Any(one => one.Quantity.Id == figure.Quantity)) || stated.Nodes.Any(node => !asked.Nodes.Any(one => one.No == node.No))
            || stated.Measures.Any(done => !asked.Measures.Any(one => one.Measure.Id == done.Measure)) || (stated.Percent is not null && !asked.AsksPercent))
        {
            throw Refusal.Invalid("return.not-asked", "This unit is not asked for that figure, node or measure.");
        }

        // What was chosen before stays, withdrawn or not: the page shows that it was withdrawn.
        var kept = line.Stated.Evidence;
        if (stated.Evidence.Except(kept).ToList() is { Count: > 0 } chosen
            && chosen.Except((await LineEvidence.OfAsync(db, line.ItemId, ct)).Where(piece => !piece.Withdrawn).Select(piece => piece.Id)).Any())
        {
            throw Refusal.Invalid("return.evidence", "That piece is no evidence of this item, or was withdrawn.");
        }

        var first = !line.Filled;
        line.Save(stated, version);
        db.RemoveRange(await db.LineDrafts().Where(draft => draft.LineId == id && draft.By == by.Actor).ToListAsync(ct));

        await journal.CommitAsync(whole.Save(line, first, by.Actor, clock.NowMs), ct);
    }
}
