using System.Runtime.CompilerServices;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>The filtered evidence of an item as a workbook, with all columns; read and written in batches.</summary>
internal sealed class EvidenceExport(Db db, Words words, Access reader, List<Item> items, PieceQuery query, DateTimeOffset end)
{
    private static readonly (string Key, double Width)[] Columns =
    [
        ("kind", 14), ("title", 40), ("state", 10), ("effective", 12), ("number", 20), ("issuer", 24), ("place", 24), ("spot", 30), ("from", 12), ("to", 12), ("proves", 40), ("unit", 20),
        ("added", 18), ("withdrawn", 18), ("because", 30), ("version", 8), ("file", 40), ("type", 14), ("size", 14), ("sha256", 66), ("sm3", 66), ("taken", 20), ("checked", 10), ("checkedat", 18), ("same", 40),
    ];

    public Task WriteAsync(Stream to, CancellationToken ct) => XlsxWriter.WriteAsync(
        to, words["evidence.title"], [.. Columns.Select(column => new SheetColumn(words[$"evidence.export.{column.Key}"], column.Width))], RowsAsync(ct), ct);

    private async IAsyncEnumerable<object?[]> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = query with { After = null }; ;)
        {
            var page = await EvidenceList.PageAsync(db, reader, items, end, next, ct);
            foreach (var row in page.Rows)
            {
                var (piece, file) = (row.Piece, row.File);
                yield return
                [
                    words[$"evidence.kind.{piece.Kind}"], piece.Title, words[piece.WithdrawnAt < end ? "evidence.state.withdrawn" : row.Elsewhere is null ? "evidence.state.here" : "evidence.state.same"],
                    piece.EffectiveOn, piece.Number, piece.Issuer, piece.Place, piece.Spot is { } spot ? words.Spot(spot) : "", piece.PeriodFrom, piece.PeriodTo,
                    words.List(row.Items.Select(words.Heading)), row.Unit, words.Time(piece.AddedAt), piece.WithdrawnAt is { } at ? words.Time(at) : "", piece.WithdrawnBecause,
                    file.No, file.FileName, words[$"evidence.type.{file.Type}"], file.Size, file.FileHash, file.Sm3, file.TakenAt,
                    row.Check is { } check ? words[$"evidence.check.{check.Result}"] : "", row.Check is { } seen ? words.Time(seen.CheckedAt) : "", row.Elsewhere?.Heading,
                ];
            }

            if (page.Next is not { } more)
            {
                yield break;
            }

            next = more;
        }
    }
}
