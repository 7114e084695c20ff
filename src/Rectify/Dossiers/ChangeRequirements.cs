using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>Makes the next version of a programme's requirements for evidence.</summary>
internal sealed class ChangeRequirements(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The number of the version that the person saw; 0 for the usual ones.</param>
    /// <returns>The number of the new version.</returns>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile, or nothing differs. 422: requirements that cannot be.</exception>
    public async Task<int> RunAsync(string code, Requirements requirements, string reason, int seen, Access by, CancellationToken ct)
    {
        var programme = await ProgrammeAsync(db, code, by, ct);
        var last = await db.RequirementSetsFor(by).AsNoTracking().Where(set => set.ProgrammeId == programme.Id).OrderByDescending(set => set.No).FirstOrDefaultAsync(ct);
        if ((last?.No ?? 0) != seen)
        {
            throw Refusal.Stale();
        }

        var next = RequirementSet.Create(programme.Id, seen + 1, requirements, reason, clock.NowMs);
        if (RequirementDifference.Of(last?.Requirements ?? UsualRequirements.Set, next.Requirements).IsEmpty)
        {
            throw Refusal.Conflict("dossier.unchanged", "Nothing differs from the version in force.");
        }

        var items = requirements.List.Select(one => one.ItemId).OfType<Guid>().Distinct().ToList();
        if (await db.ItemsFor(by, Right.Plan).CountAsync(item => item.ProgrammeId == programme.Id && items.Contains(item.Id)
                && (item.Kind == ItemKind.Task || item.Kind == ItemKind.SubTask || item.Kind == ItemKind.Measure), ct) < items.Count)
        {
            throw Refusal.Invalid("dossier.item", "A requirement is for a task, a sub-task or a measure of the programme.");
        }

        db.Add(next);
        await journal.CommitAsync(
            new RequirementsChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs, No = next.No, Count = next.Requirements.List.Count }, ct);
        return next.No;
    }

    /// <summary>A programme whose office someone acts for.</summary>
    /// <exception cref="Refusal">404: no such programme, or none that they read. 403: another office's.</exception>
    internal static async Task<Programme> ProgrammeAsync(Db db, string code, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Code == code, ct) ?? throw Refusal.NotFound("programme", code);
        return Includes(by, programme) ? programme : throw Refusal.NotAllowed("dossier.office", "Only the programme's own office does this.");
    }

    /// <summary>Whether someone acts for the programme's office.</summary>
    internal static bool Includes(Access by, Programme programme) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(programme.RegionId);
}

/// <summary>Says that a piece may use the same file as an earlier one, or takes that back. The office's act, never that of the unit whose piece it is.</summary>
internal sealed class ShareFile(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="file">SHA-256 of the file that the person saw.</param>
    /// <exception cref="Refusal">404: no such piece that they judge. 409: withdrawn, another file meanwhile, no duplicate, or said already. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string file, string reason, Access by, CancellationToken ct)
    {
        var piece = await PieceAsync(id, by, ct);
        var newest = await db.PieceVersions().AsNoTracking().Where(version => version.PieceId == id).OrderByDescending(version => version.No).FirstAsync(ct);
        if (newest.FileHash != file)
        {
            throw Refusal.Stale();
        }

        if (piece.WithdrawnAt is not null || !await db.PieceVersions().AnyAsync(version => version.FileHash == file && version.PieceId != id, ct))
        {
            throw Refusal.Conflict("dossier.no-duplicate", "No other piece has this file.");
        }

        if (await StandingAsync(id, file, ct) is not null)
        {
            throw Refusal.Conflict("dossier.shared", "This file is declared as shared already.");
        }

        db.Add(new SharedFile { PieceId = id, Hash = file, Reason = reason, At = clock.NowMs });
        await CommitAsync(piece, true, by, ct);
    }

    /// <exception cref="Refusal">404: no such piece that they judge. 409: not declared.</exception>
    public async Task TakeBackAsync(Guid id, string file, Access by, CancellationToken ct)
    {
        var piece = await PieceAsync(id, by, ct);
        var shared = await StandingAsync(id, file, ct) ?? throw Refusal.Conflict("dossier.not-shared", "This file is not declared as shared.");
        shared.TakeBack(clock.NowMs);
        await CommitAsync(piece, false, by, ct);
    }

    private async Task<Piece> PieceAsync(Guid id, Access by, CancellationToken ct) =>
        await db.PiecesJudgedBy(by).SingleOrDefaultAsync(piece => piece.Id == id, ct) ?? throw Refusal.NotFound("evidence", id);

    private Task<SharedFile?> StandingAsync(Guid piece, string file, CancellationToken ct) =>
        db.SharedFiles().SingleOrDefaultAsync(one => one.PieceId == piece && one.Hash == file && one.TakenBackAt == null, ct);

    private Task CommitAsync(Piece piece, bool shared, Access by, CancellationToken ct) => PieceMarks.CommitAsync(
        db, journal, new EvidenceShared { Subject = piece.Id, By = by.Actor, At = clock.NowMs, Piece = JournalBytes.Text(piece.PublicId), Shared = shared }, [], ct);
}
