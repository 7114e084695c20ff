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
    /// <summary>Pieces that a form offers unasked besides those chosen.</summary>
    public const int Few = 10;

    /// <summary>Pieces that a search shows at most.</summary>
    public const int Most = 50;

    /// <summary>Of the pieces that lines name, those that are evidence of the line's item, its measures and points at any depth; withdrawn ones too.</summary>
    /// <returns>By item, newest date first. Whoever may open the return may see what it names.</returns>
    public static async Task<ILookup<Guid, LineEvidence>> NamedAsync(Db db, IReadOnlyCollection<(Guid Item, Guid Piece)> named, CancellationToken ct)
    {
        var found = new List<(Guid Item, LineEvidence Piece)>();
        foreach (var batch in named.Distinct().Chunk(500))
        {
            var pieces = batch.Select(one => one.Piece).Distinct().ToArray();
            var rows = await (
                from piece in db.PiecesFor(Office.Room)
                where pieces.Contains(piece.Id)
                join use in db.PieceUses() on piece.Id equals use.PieceId
                join item in db.ItemsFor(Office.Room, Right.Read) on use.ItemId equals item.Id
                select new
                {
                    Item = item.Id,
                    Whole = (item.Kind == ItemKind.Measure || item.Kind == ItemKind.Point) && item.RemovedOn == null ? item.ParentId : null,
                    Piece = new LineEvidence(piece.Id, piece.Title, piece.EffectiveOn, piece.Newest, piece.WithdrawnAt != null),
                }).AsNoTracking().ToListAsync(ct);
            var of = rows.ToLookup(row => row.Piece.Id);
            // Most evidence is of the item itself or of what stands directly below it; only what is not is followed further up.
            var above = new Dictionary<Guid, Guid?>();
            for (var level = Next(rows.Select(row => row.Whole)); level.Length > 0; level = Next(level.Select(id => above.GetValueOrDefault(id))))
            {
                var parts = await db.ItemsFor(Office.Room, Right.Read).Where(item => EF.Parameter(level).Contains(item.Id))
                    .Select(item => new { item.Id, Whole = (item.Kind == ItemKind.Measure || item.Kind == ItemKind.Point) && item.RemovedOn == null ? item.ParentId : null }).ToListAsync(ct);
                parts.ForEach(part => above[part.Id] = part.Whole);
            }

            found.AddRange(
                from one in batch
                let row = of[one.Piece].FirstOrDefault(row => row.Item == one.Item || IsBelow(row.Whole, one.Item))
                where row is not null
                select (one.Item, row.Piece));

            Guid[] Next(IEnumerable<Guid?> wholes) => batch.All(one => of[one.Piece].Any(row => row.Item == one.Item || IsBelow(row.Whole, one.Item)))
                ? []
                : [.. wholes.OfType<Guid>().Distinct().Where(id => !above.ContainsKey(id))];
            bool IsBelow(Guid? whole, Guid item)
            {
                while (whole is { } part && part != item)
                {
                    whole = above.GetValueOrDefault(part);
                }

                return whole is not null;
            }
        }

        return found.OrderByDescending(one => one.Piece.EffectiveOn).ThenBy(one => one.Piece.Id).ToLookup(one => one.Item, one => one.Piece);
    }

    /// <summary>
    /// What the form of a line offers: the pieces chosen, and of the others of its item, measures and points the <see cref="Few"/> handed in last, or those that a search finds.
    /// </summary>
    /// <param name="find">What title, issuer, document number or place hold; empty to offer the last ones.</param>
    /// <returns>The chosen ones first; whether there are more than are shown.</returns>
    public static async Task<(IReadOnlyList<LineEvidence> Pieces, bool More)> ChoiceAsync(Db db, Guid item, IReadOnlyCollection<Guid> chosen, string find, CancellationToken ct)
    {
        var items = (await EvidenceList.ItemsAsync(db, Office.Room, item, ct)).ConvertAll(one => one.Id);
        var named = await NamedAsync(db, [.. chosen.Select(piece => (item, piece))], ct);
        var (query, most) = find.Length > 0 ? (new PieceQuery { Text = find }, Most) : (new() { Order = PieceOrder.Added }, Few);
        var others = await EvidenceList.FirstAsync(
            db, Office.Room, items, query, uses => query.Filter(uses.Where(use => use.WithdrawnAt == null && !chosen.Contains(use.PieceId)), db, Office.Room, DateTimeOffset.MaxValue), most + 1, ct);
        return ([.. named[item], .. others.Take(most).Select(piece => new LineEvidence(piece.Id, piece.Title, piece.EffectiveOn, piece.Newest, false))], others.Count > most);
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
