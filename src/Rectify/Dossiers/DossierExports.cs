using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dossiers;

/// <summary>When a dossier was last exported as a package, and what changed in it since: an export is an act of the journal, which is read for it.</summary>
/// <param name="At">When it was handed out.</param>
/// <param name="Pieces">How many originals it held.</param>
/// <param name="Added">Pieces and newer files handed in since.</param>
/// <param name="Gone">Pieces withdrawn since.</param>
internal sealed record DossierExports(DateTimeOffset At, int Pieces, int Added, int Gone)
{
    public static async Task<DossierExports?> LastAsync(Db db, Access reader, Dossier dossier, CancellationToken ct)
    {
        var last = await db.Journal.AsNoTracking().Where(row => row.Subject == dossier.Item.Chain && row.Kind == DossierExported.Name).OrderByDescending(row => row.N)
            .Select(row => new { row.At, row.Body }).FirstOrDefaultAsync(ct);
        if (last is null)
        {
            return null;
        }

        using var said = JsonDocument.Parse(last.Body);
        var (at, parts) = (last.At, dossier.Parts.Select(part => part.Id).ToArray());
        var gone = await db.PiecesFor(reader).CountAsync(piece => piece.AddedAt <= at && piece.WithdrawnAt > at && db.PieceUses().Any(use => use.PieceId == piece.Id && EF.Parameter(parts).Contains(use.ItemId)), ct);
        return new(at, said.RootElement.GetProperty("data").GetProperty("pieces").GetInt32(), dossier.Pieces.Values.Count(piece => piece.File.AddedAt > at), gone);
    }
}

/// <summary>Records that a dossier was handed out as a package.</summary>
internal sealed class RecordExport(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <remarks>An export goes on where nothing can be recorded just now, as on a full disk: it reads only.</remarks>
    public async Task RunAsync(Dossier dossier, Access by, CancellationToken ct)
    {
        try
        {
            await journal.CommitAsync(new DossierExported { Subject = dossier.Item.Chain, By = by.Actor, At = clock.NowMs, Item = JournalBytes.Text(dossier.Item.PublicId), Pieces = dossier.Pieces.Count }, ct);
        }
        catch (Refusal no) when (no.Status is StatusCodes.Status409Conflict or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage)
        {
            db.ChangeTracker.Clear();
        }
    }
}
