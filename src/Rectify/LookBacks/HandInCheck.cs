using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>Hands in what a check found.</summary>
internal sealed class HandInCheck(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The check's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such check, or another unit's. 409: handed in already, or changed meanwhile. 422: a text, a day or a piece that cannot be.</exception>
    public async Task RunAsync(Guid id, CheckReport report, int version, Access by, CancellationToken ct)
    {
        var check = await db.ChecksToHandInFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("check", id);
        var fact = check.HandIn(report, version, by.Actor, clock.Today, clock.NowMs);
        var pieces = report.Proofs.Count == 0 || !await db.ItemsFor(by, Right.Read).AnyAsync(item => item.Id == check.ItemId, ct)
            ? [] : (await EvidenceList.ChoiceAsync(db, by, check.ItemId, "", report.Proofs, ct)).ToDictionary(piece => piece.Id);
        db.RemoveRange(await db.CheckProofs().Where(proof => proof.CheckId == id).ToListAsync(ct));
        db.AddRange(report.Proofs.Distinct().Select(piece => pieces.TryGetValue(piece, out var one)
            ? new CheckProof { CheckId = id, PieceId = piece, FileNo = one.File }
            : throw Refusal.Invalid("check.evidence", "That piece is no evidence of this item, or was withdrawn.")).ToList());

        await journal.CommitAsync(fact, ct);
    }
}
