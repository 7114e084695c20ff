using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>A piece of evidence that a line can name or names.</summary>
/// <param name="File">The newest file, by its number.</param>
public sealed record LineEvidence(Guid Id, string Title, DateOnly? EffectiveOn, int File, bool Withdrawn)
{
    /// <summary>The pieces of an item, its measures and points. Whoever may open the return may see what it can name.</summary>
    public static async Task<List<LineEvidence>> OfAsync(Db db, Guid item, CancellationToken ct) =>
        (await OfAsync(db, [item], ct))[item].ToList();

    /// <inheritdoc cref="OfAsync(Db, Guid, CancellationToken)" />
    public static async Task<ILookup<Guid, LineEvidence>> OfAsync(Db db, IReadOnlyCollection<Guid> items, CancellationToken ct)
    {
        var found = new List<(Guid Item, LineEvidence Piece)>();
        foreach (var batch in items.Distinct().Chunk(500))
        {
            var parts = await db.ItemsFor(Office.Room, Right.Read)
                .Where(part => part.ParentId != null && batch.Contains(part.ParentId.Value) && (part.Kind == ItemKind.Measure || part.Kind == ItemKind.Point) && part.RemovedOn == null)
                .Select(part => new { part.Id, Whole = part.ParentId!.Value }).ToListAsync(ct);
            var whole = parts.ToDictionary(part => part.Id, part => part.Whole);
            Guid[] ids = [.. batch, .. whole.Keys];
            var rows = await db.PieceUses().Where(use => ids.Contains(use.ItemId))
                .Join(db.PiecesFor(Office.Room), use => use.PieceId, piece => piece.Id, (use, piece) => new { use.ItemId, piece.Id, piece.Title, piece.EffectiveOn, piece.Newest, piece.WithdrawnAt })
                .AsNoTracking().ToListAsync(ct);
            found.AddRange(rows.Select(row => (
                Item: whole.GetValueOrDefault(row.ItemId, row.ItemId), new LineEvidence(row.Id, row.Title, row.EffectiveOn, row.Newest, row.WithdrawnAt is not null))).Distinct());
        }

        return found.OrderByDescending(one => one.Piece.EffectiveOn).ThenBy(one => one.Piece.Id).ToLookup(one => one.Item, one => one.Piece);
    }

    /// <summary>Each piece with its newest file, as a closed round keeps it.</summary>
    internal static async Task<Dictionary<Guid, string>> FilesAsync(Db db, IReadOnlyCollection<Guid> pieces, CancellationToken ct)
    {
        var files = new Dictionary<Guid, string>();
        foreach (var batch in pieces.Distinct().Chunk(500))
        {
            foreach (var file in await db.PieceVersions().AsNoTracking()
                .Join(db.PiecesFor(Office.Room).Where(piece => batch.Contains(piece.Id)), version => version.PieceId, piece => piece.Id, (version, piece) => new { version, piece.Newest })
                .Where(one => one.version.No == one.Newest).Select(one => new { one.version.PieceId, one.version.No, one.version.FileHash }).ToListAsync(ct))
            {
                files[file.PieceId] = string.Create(CultureInfo.InvariantCulture, $"{file.PieceId:N} {file.No} {file.FileHash}");
            }
        }

        return files;
    }
}
