using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>Corrects what is said about a piece of evidence and which items it proves. The files stay as they are.</summary>
internal sealed class ChangeEvidence(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="items">The items of those that they may prove; others that the piece proves stay.</param>
    /// <param name="version">The version that the person saw.</param>
    /// <exception cref="Refusal">404: no such piece of their units. 409: withdrawn, or changed meanwhile. 422: details that cannot be, or no item.</exception>
    public async Task RunAsync(Guid id, PieceDetails details, IReadOnlyCollection<Guid> items, int version, Access by, CancellationToken ct)
    {
        var piece = await Own.PieceAsync(db, id, version, by, ct);
        var uses = await db.PieceUses().Where(use => use.PieceId == id).ToListAsync(ct);
        var used = uses.Select(use => use.ItemId).ToList();
        var theirs = await db.ItemsToProve(by).Where(item => used.Contains(item.Id)).Select(item => item.Id).ToListAsync(ct);
        var added = items.Except(used).ToList();
        if (added.Count > 0)
        {
            var (proves, _) = await AddEvidence.ProvesAsync(db, added, by, ct);
            if (proves[0].ProgrammeId != piece.ProgrammeId)
            {
                throw Refusal.Invalid("evidence.programmes", "The items belong to one programme.");
            }
        }

        var gone = uses.Where(use => theirs.Contains(use.ItemId) && !items.Contains(use.ItemId)).ToList();
        var stay = used.Except(gone.Select(use => use.ItemId)).Concat(added).ToList();
        if (stay.Count is 0 or > AddEvidence.MostItems)
        {
            throw Refusal.Invalid("evidence.items", $"A piece of evidence proves 1 to {AddEvidence.MostItems} items.", AddEvidence.MostItems);
        }

        piece.Change(details, clock.Today);
        db.RemoveRange(gone);
        uses.ForEach(use => use.Take(piece));
        db.AddRange(added.Select(item => PieceUse.Of(piece, item)));
        var names = await db.ItemsFor(Access.OfSystem(Actor.System(nameof(ChangeEvidence))), Right.Read)
            .Where(item => stay.Contains(item.Id)).Select(item => item.PublicId).ToListAsync(ct);
        await journal.CommitAsync(
            new EvidenceChanged
            {
                Subject = piece.Id,
                By = by.Actor,
                At = clock.NowMs,
                Piece = JournalBytes.Text(piece.PublicId),
                Items = [.. names.Select(JournalBytes.Text).Order(StringComparer.Ordinal)],
            },
            ct);
    }
}

/// <summary>Puts a further file in the place of the newest one. The earlier ones stay.</summary>
internal sealed class AddEvidenceVersion(Db db, JournalWriter journal, Uploads uploads, FileStore files, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 404: no such piece of their units, or no such upload. 409: withdrawn, changed meanwhile, the same file, or not arrived whole. 422: no reason, or a program.
    /// </exception>
    public async Task RunAsync(Guid id, Guid upload, string reason, int version, Access by, CancellationToken ct)
    {
        var piece = await Own.PieceAsync(db, id, version, by, ct);
        var arrived = await uploads.CompleteAsync(upload, by.Actor, ct);
        if (await db.PieceVersions().AnyAsync(one => one.PieceId == id && one.No == piece.Newest && one.FileHash == arrived.FileHash, ct))
        {
            throw Refusal.Conflict("evidence.same-file", "This is the file that stands there already.");
        }

        var next = await AddEvidence.VersionAsync(db, piece, reason, arrived, files, by, clock.NowMs, ct);
        db.Add(next);
        db.Remove(arrived);
        await PieceMarks.CommitAsync(
            db, journal,
            new EvidenceVersionAdded
            {
                Subject = piece.Id,
                By = by.Actor,
                At = clock.NowMs,
                Piece = JournalBytes.Text(piece.PublicId),
                No = next.No,
                Files = [JournalFile.Of(next.FileHash, next.Sm3)],
            },
            [next.FileHash], ct);
    }
}

/// <summary>Withdraws a piece of evidence. It stays readable, struck out, with the reason and its files.</summary>
internal sealed class WithdrawEvidence(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such piece of their units. 409: withdrawn already, or changed meanwhile. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string reason, int version, Access by, CancellationToken ct)
    {
        var piece = await Own.PieceAsync(db, id, version, by, ct);
        piece.Withdraw(reason, clock.NowMs);
        (await db.PieceUses().Where(use => use.PieceId == id).ToListAsync(ct)).ForEach(use => use.Take(piece));
        var files = await db.PieceVersions().Where(version => version.PieceId == id).Select(version => version.FileHash).ToListAsync(ct); // others may be the first with them now
        await PieceMarks.CommitAsync(
            db, journal, new EvidenceWithdrawn { Subject = piece.Id, By = by.Actor, At = clock.NowMs, Piece = JournalBytes.Text(piece.PublicId) }, files, ct);
    }
}

internal static class Own
{
    /// <summary>A piece of one's own units, as the person saw it.</summary>
    public static async Task<Piece> PieceAsync(Db db, Guid id, int version, Access by, CancellationToken ct)
    {
        var piece = await db.PiecesOf(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("evidence", id);
        return piece.Version == version ? piece : throw Refusal.Conflict("stale", "Someone else changed this. Load it again.");
    }
}
