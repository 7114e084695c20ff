using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>What was done to an item's evidence, for the item's history: handed in, replaced, corrected, withdrawn.</summary>
internal sealed class EvidenceNews(Db db) : IItemNews
{
    public async Task<(IReadOnlyList<HistoryEntry> Entries, int Total)> OfAsync(Item item, Access reader, int most, Words words, CancellationToken ct)
    {
        var items = item.Chain == item.Id ? await EvidenceList.ItemsAsync(db, reader, item.Id, ct) : [item];
        var names = items.ToDictionary(one => one.Id, words.Heading);
        var ids = items.ConvertAll(one => one.Id);
        var pieces = await db.PiecesFor(reader).Where(piece => db.PieceUses().Any(use => use.PieceId == piece.Id && ids.Contains(use.ItemId)))
            .Select(piece => new { piece.Id, piece.Title }).ToDictionaryAsync(piece => piece.Id, piece => piece.Title, ct);
        var subjects = pieces.Keys.ToArray();
        var about = db.Journal.AsNoTracking().Where(row => EF.Parameter(subjects).Contains(row.Subject));
        var rows = await about.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most).ToListAsync(ct);
        var acts = await PieceView.ActsAsync(db, rows, ct);
        return (
            [.. acts.Zip(rows).Select(pair => words.Told(pair.First, names) is var told ? told with { Act = words["evidence.history.of", told.Act, pieces[pair.Second.Subject]] } : told)],
            await about.CountAsync(ct));
    }
}
