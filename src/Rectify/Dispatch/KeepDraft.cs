using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Keeps what someone has typed of a line so far (自动保存). Changes nothing of the return, so that the journal is not filled with half sentences.</summary>
public sealed class KeepDraft(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The line's version from which the typing began.</param>
    /// <returns>When it was kept.</returns>
    /// <exception cref="Refusal">404: no such line, or another unit's. 409: submitted, closed, or saved by someone meanwhile. 422: too long.</exception>
    public async Task<DateTimeOffset> RunAsync(Guid whole, Guid id, int version, LineTyping typing, Access by, CancellationToken ct)
    {
        var line = await db.ReturnLines().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.ReturnId == whole, ct) ?? throw Refusal.NotFound("line", id);
        var of = await db.ReturnsToWriteFor(by).AsNoTracking().SingleOrDefaultAsync(one => one.Id == line.ReturnId, ct) ?? throw Refusal.NotFound("line", id);
        (await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == of.RoundId, ct)).DemandOpen();
        of.DemandWritable();
        if (line.Version != version)
        {
            throw Refusal.Conflict("return.stale", "Someone else changed or submitted this return meanwhile. Load it again.");
        }

        var text = typing.ToText();
        if (text.Length > LineDraft.Longest)
        {
            throw Refusal.Invalid("return.long", "A text has at most 4,000 characters, a reason 500.");
        }

        var draft = await db.LineDrafts().SingleOrDefaultAsync(one => one.LineId == id && one.By == by.Actor, ct)
            ?? db.Add(new LineDraft { LineId = id, By = by.Actor }).Entity;
        (draft.Version, draft.At, draft.Fields) = (version, clock.NowMs, text);
        await journal.SaveBookkeepingAsync(ct);
        return draft.At;
    }
}
