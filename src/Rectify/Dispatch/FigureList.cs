using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>The cumulative figures of a programme on a day, twice: as the last closed round stated them, and as known now.</summary>
/// <remarks>
/// As stated is what the last day by then says. Where rounds of several kinds end on that day, the one closed last counts, and of two closed in one
/// moment the one of the longer period; what the others state stands beside it.
/// </remarks>
public static class FigureList
{
    /// <summary>What a round of another kind states for the same day.</summary>
    public sealed record Other(Guid Round, CycleKind Kind, decimal Stated);

    /// <param name="Quantity">The item or measure whose figure it is; <paramref name="Item"/> is the line's.</param>
    /// <param name="Stated">As frozen in the last round that ended by the day.</param>
    /// <param name="StatedOn">The last day of that round's period.</param>
    /// <param name="Known">By all facts of days up to the day, later corrections too; <see langword="null"/> if there are none.</param>
    public sealed record Row(
        Guid Quantity, Guid Item, string Number, string Title, string Name, string Unit, int Scale, bool IsPercent, decimal Stated, DateOnly StatedOn, decimal? Known)
    {
        /// <summary>The round whose figure it is.</summary>
        public Guid Round { get; init; }

        public CycleKind Kind { get; init; }

        /// <summary>Rounds of other kinds that end on the same day and state another figure; none in most cases.</summary>
        public IReadOnlyList<Other> Others { get; init; } = [];

        /// <summary>What it was on <see cref="StatedOn"/> by all that is known now; <see langword="null"/> if nothing is.</summary>
        public decimal? KnownThen { get; init; }

        /// <summary>Whether it turned out to have been another on the day for which it was stated. What came after that day corrects nothing.</summary>
        public bool Corrected => KnownThen is not null && KnownThen != Stated;

        /// <summary>Whether it went on after the day for which it was stated.</summary>
        public bool WentOn => Known != KnownThen;
    }

    public static async Task<List<Row>> ReadAsync(Db db, Access reader, Programme programme, DateOnly on, CancellationToken ct)
    {
        var mine = db.ReturnsFor(reader).Where(one => one.ProgrammeId == programme.Id).Select(one => one.Id);
        var stated = db.FrozenFigures().Where(figure => figure.Accepted && figure.On <= on && mine.Contains(figure.ReturnId));

        // Of all rounds only what none after it states anew; rounds of two kinds may end on one day.
        var last = (await stated.AsNoTracking().Where(figure => !stated.Any(later => later.QuantityId == figure.QuantityId && later.IsPercent == figure.IsPercent && later.On > figure.On))
                .Join(db.RoundsFor(Office.Room), figure => figure.RoundId, round => round.Id, (figure, round) => new { figure, round.Kind, round.ClosedAt }).ToListAsync(ct))
            .OrderByDescending(one => one.ClosedAt).ThenByDescending(one => one.Kind).ToLookup(one => (one.figure.QuantityId, one.figure.IsPercent));
        var frozen = last.Select(same => same.First().figure).ToList();
        var ids = frozen.Select(figure => figure.QuantityId).Concat(frozen.Select(figure => figure.ItemId)).Distinct().ToList();
        var (items, facts) = (new Dictionary<Guid, Item>(), new List<ItemFact>());
        foreach (var batch in ids.Chunk(500))
        {
            foreach (var item in await db.ItemsFor(Office.Room, Right.Read).AsNoTracking().Where(item => batch.Contains(item.Id)).ToListAsync(ct))
            {
                items[item.Id] = item;
            }

            facts.AddRange(await db.ItemFacts().AsNoTracking()
                .Where(fact => batch.Contains(fact.ItemId) && fact.VoidedAt == null && fact.On <= on && (fact.Kind == FactKind.Measured || fact.Kind == FactKind.Progress))
                .ToListAsync(ct));
        }

        var known = facts.OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToLookup(fact => (fact.ItemId, fact.Kind is FactKind.Progress));
        return
        [
            .. from figure in frozen
               let item = items[figure.ItemId]
               let quantity = items[figure.QuantityId]
               let all = known[(figure.QuantityId, figure.IsPercent)]
               let same = last[(figure.QuantityId, figure.IsPercent)]
               orderby item.SortKey, quantity.SortKey
               select new Row(
                   figure.QuantityId, figure.ItemId, item.NumberText, item.Title, quantity.QuantityName, figure.IsPercent ? "%" : quantity.QuantityUnit, figure.Scale,
                   figure.IsPercent, ItemDerivation.AtScale(figure.Value, figure.Scale), figure.On, Last(all, @on, figure.Scale))
               {
                   Round = figure.RoundId,
                   Kind = same.First().Kind,
                   Others = [.. same.Where(one => one.figure.Value != figure.Value).Select(one => new Other(one.figure.RoundId, one.Kind, ItemDerivation.AtScale(one.figure.Value, figure.Scale)))],
                   KnownThen = Last(all, figure.On, figure.Scale),
               },
        ];
    }

    /// <summary>The nodes reached and measures done by a day, twice as well: as the last closed round that speaks of them states them, and as known now.</summary>
    public static async Task<List<FrozenStatement>> DaysAsync(Db db, Access reader, Programme programme, DateOnly on, CancellationToken ct)
    {
        var mine = db.ReturnsFor(reader).AsNoTracking().Where(one => one.ProgrammeId == programme.Id && db.RoundsFor(Office.Room).Any(round => round.Id == one.RoundId && round.To <= on));
        return
        [
            .. (await FrozenStatement.ReadAsync(db, mine, days: true, null, ct)).GroupBy(one => (one.Kind, one.Part.Id, one.No))
                .Select(same => same.OrderByDescending(one => one.Round.To).ThenByDescending(one => one.Round.ClosedAt).ThenByDescending(one => one.Round.Kind).First())
                .Select(one => one.KnownOn > on ? one with { KnownOn = null } : one)
                .OrderBy(one => one.Item.SortKey, StringComparer.Ordinal).ThenBy(one => one.Kind).ThenBy(one => one.Part.SortKey, StringComparer.Ordinal).ThenBy(one => one.No),
        ];
    }

    private static decimal? Last(IEnumerable<ItemFact> facts, DateOnly by, int scale) =>
        facts.LastOrDefault(fact => fact.On <= by)?.Value is { } value ? ItemDerivation.AtScale(value, scale) : null;
}
