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

        var saved = await LineSaving.TakeAsync(db, whole, [(line, version, stated)], by, clock, ct);

        await journal.CommitAsync(saved[0], ct);
    }
}
