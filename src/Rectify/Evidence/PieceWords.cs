using System.Globalization;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>Evidence in the reader's words.</summary>
internal static class PieceWords
{
    // What only counts, places or names inwardly.
    private static readonly HashSet<string> Said =
    [
        nameof(Piece.Title), nameof(Piece.Kind), nameof(Piece.EffectiveOn), nameof(Piece.Issuer), nameof(Piece.Number), nameof(Piece.Place), nameof(Piece.Latitude),
        nameof(Piece.Longitude), nameof(Piece.Datum), nameof(Piece.PeriodFrom), nameof(Piece.PeriodTo),
    ];

    extension(Words words)
    {
        /// <summary>North and east in degrees, and the frame.</summary>
        public string Spot(Spot spot) => words[
            "evidence.spot", Degrees(spot.LatitudeDegrees), Degrees(spot.LongitudeDegrees), words[$"evidence.datum.{spot.Datum}"]];

        /// <summary>2018年10月1日 to 2018年12月31日; empty without either.</summary>
        public string Period(Piece piece) => (piece.PeriodFrom, piece.PeriodTo) switch
        {
            ({ } from, { } to) => words["evidence.period", from, to],
            ({ } from, null) => words["evidence.period.from", from],
            (null, { } to) => words["evidence.period.to", to],
            _ => "",
        };

        /// <summary>A measure or point in a few characters: 措施3.</summary>
        public string Short(Item part) => ItemWords.Bare(part.NumberText) is { Length: > 0 } number ? words["dossier.part", words[$"item.kind.{part.Kind}"], number] : part.Title;

        public HistoryEntry Told(PieceView.Act act, IReadOnlyDictionary<Guid, string> items)
        {
            var made = act.Changes.Any(opening => opening is { Record: nameof(Piece), Field: nameof(Piece.PublicId) });
            var changes = made ? [] : act.Changes.Where(opening => opening.Record == nameof(Piece) && Said.Contains(opening.Field))
                .Select(opening => new Change(words[$"evidence.field.{opening.Field}"], words.Value(opening.Field, opening.Before), words.Value(opening.Field, opening.After)))
                .Concat(act.Changes.Where(opening => opening is { Record: nameof(PieceUse), Field: nameof(PieceUse.ItemId) })
                    .Select(opening => new Change(words["evidence.field.Item"], Named(opening.Before, items), Named(opening.After, items)))
                    .Where(change => change.Old is not null || change.New is not null));
            var remark = act.Changes.FirstOrDefault(opening => opening.Field is nameof(PieceVersion.Reason) or nameof(Piece.WithdrawnBecause))?.After;
            return new(
                act.At, words[$"evidence.act.{act.Kind}"], act.Who.Length > 0 ? act.Who : words["evidence.who.job"], act.Unit, act.Number, [.. changes], remark);
        }

        private string? Value(string field, string? value) => (field, value) switch
        {
            (nameof(Piece.Kind), { } kind) => words[$"evidence.kind.{kind}"],
            (nameof(Piece.Datum), { } datum) => words[$"evidence.datum.{datum}"],
            (nameof(Piece.Latitude) or nameof(Piece.Longitude), { } units) when long.TryParse(units, CultureInfo.InvariantCulture, out var whole) => Degrees(whole / 10_000_000m),
            _ => value,
        };
    }

    private static string Degrees(decimal degrees) => degrees.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? Named(string? item, IReadOnlyDictionary<Guid, string> items) =>
        Guid.TryParse(item, out var id) ? items.GetValueOrDefault(id) : null;
}
