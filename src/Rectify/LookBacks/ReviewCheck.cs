using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>What a supervisor or the office says to a check that was handed in.</summary>
/// <param name="Found">What counts; <see langword="null"/> to send it back.</param>
/// <param name="Rebound">Where the problem came back and the office confirms it: takes the item up again with the same act. A supervisor leaves that to the office.</param>
public sealed record CheckReview(CheckResult? Found, string Remarks, StatedRebound? Rebound = null);

/// <summary>Looks at a check that was handed in: sends it back, or says what counts. Never by whoever handed it in.</summary>
internal sealed class ReviewCheck(Db db, JournalWriter journal, TimeProvider clock, PlaceRebound rebound)
{
    /// <param name="version">The check's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such check. 403: neither the office nor a supervisor above the unit, or one's own. 409: not handed in, or changed meanwhile. 422: no remarks; as <see cref="PlaceRebound"/>.</exception>
    public async Task RunAsync(Guid id, CheckReview review, int version, Access by, CancellationToken ct)
    {
        var check = await db.ChecksFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("check", id);
        var programme = await db.ProgrammesFor(LookBackOffice.Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == check.ProgrammeId, ct);
        var path = await db.Units().Where(unit => unit.Id == check.UnitId).Select(unit => unit.Path).SingleAsync(ct);
        if (!LookBackOffice.Reviews(programme, path, by))
        {
            throw Refusal.NotAllowed("check.reviewer", "A supervisor above the unit or the programme's office looks at what was handed in.");
        }

        if (review.Found is not { } found)
        {
            await journal.CommitAsync(check.SendBack(review.Remarks, version, by.Actor, clock.NowMs), ct);
            return;
        }

        var confirmed = check.Confirm(found, review.Remarks, version, by.Actor, clock.NowMs);
        IReadOnlyList<Fact> also = found is CheckResult.CameBack && review.Rebound is { } stated ? (await rebound.RunAsync(check.ItemId, stated, check, by, ct)).Facts : [];

        await journal.CommitAsync(confirmed, [.. also], ct);
    }
}
