using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Search;

namespace Rectify.Tasks;

/// <summary>Finds a text in all programmes that someone may read, and units by name.</summary>
public sealed record SearchEverywhere
{
    /// <summary>Items and units shown; whoever needs more says more.</summary>
    public const int Most = 50;

    /// <summary>Up to here what a term leaves is carried as ids.</summary>
    private const int Few = 2_000;

    /// <param name="Hits">Where the text stands; empty where the title shows it.</param>
    public sealed record Item(ItemList.Row Row, string Code, string Programme, IReadOnlyList<SearchHit> Hits);

    public sealed record FoundUnit(Guid Id, string Name, string ShortName, UnitKind Kind);

    public required IReadOnlyList<Item> Items { get; init; }

    /// <summary>Whether there are more items than shown.</summary>
    public required bool More { get; init; }

    public required IReadOnlyList<FoundUnit> Units { get; init; }

    public static async Task<SearchEverywhere> RunAsync(Db db, Access reader, string text, DateOnly on, CancellationToken ct)
    {
        var terms = SearchTerms.Of(text);
        if (terms.Count == 0)
        {
            return new() { Items = [], More = false, Units = [] };
        }

        var rows = await ItemsAsync(db, reader, terms, on, ct);
        var shown = rows.Take(Most).ToList();
        await ItemList.AddUnitsAsync(db, [.. shown.Select(row => row.Row)], ct);
        var hits = await SearchHits.OfAsync(db, [.. shown.Select(row => row.Row)], text, ct);
        return new()
        {
            Items = [.. shown.Select(row => new Item(row.Row, row.Code, row.Programme, [.. hits[row.Row.Id]]))],
            More = rows.Count > Most,
            Units = await UnitsAsync(db, text, ct),
        };
    }

    private static async Task<List<(ItemList.Row Row, string Code, string Programme)>> ItemsAsync(
        Db db, Access reader, IReadOnlyList<string> terms, DateOnly on, CancellationToken ct)
    {
        var items = db.ItemsFor(reader, Right.Read).Where(item => item.RemovedOn == null);
        Guid[]? rare = null;
        if (!reader.IsEverywhere(Right.Read))
        {
            var units = reader.UnitIds(Right.Read);
            rare = await FewAsync(db.ItemScopes().Where(scope => units.Contains(scope.UnitId)).OrderBy(scope => scope.UnitId).Select(scope => scope.ItemId).Take(Few + 1), ct);
        }

        foreach (var term in terms)
        {
            rare ??= await FewAsync(db.Matching(term, Few + 1).Select(hit => hit.Subject), ct);
            items = items.Where(item => db.SearchTexts.Any(hit => hit.Subject == item.Id && hit.Folded.Contains(term)));
        }

        if (rare is not null)
        {
            items = items.Where(item => EF.Parameter(rare).Contains(item.Id));
        }

        // In a word that stands almost everywhere the first items that have it are as good as any.
        var ids = await (rare is null ? items.OrderBy(item => item.Id) : items.OrderBy(item => item.ProgrammeId).ThenBy(item => item.SortKey))
            .Select(item => item.Id).Take(Most + 1).ToArrayAsync(ct);
        var day = on;
        var rows =
            from item in db.ItemsFor(reader, Right.Read)
            where EF.Parameter(ids).Contains(item.Id)
            join programme in db.ProgrammesFor(reader, Right.Read) on item.ProgrammeId equals programme.Id
            join span in db.StatusSpans() on item.Id equals span.ItemId
            where span.From <= day && span.Until > day
            select new
            {
                Row = new ItemList.Row(
                    item.Id, item.SortKey, item.Kind, item.NumberText, item.NumberValue, item.Title, item.AspectNo, item.DeadlineText,
                    item.DueOn, item.Standing, span.Status, span.Light, span.Reason),
                programme.Code,
                programme.ShortName,
            };
        return [.. (await rows.AsNoTracking().ToListAsync(ct)).OrderBy(row => row.Code, StringComparer.Ordinal).ThenBy(row => row.Row.Key, StringComparer.Ordinal)
            .Select(row => (row.Row, row.Code, row.ShortName))];
    }

    // All of them, or none if there are more than a few.
    private static async Task<Guid[]?> FewAsync(IQueryable<Guid> fewAndOne, CancellationToken ct)
    {
        var few = await fewAndOne.ToListAsync(ct);
        return few.Count > Few ? null : [.. few.Distinct()];
    }

    // Units are a few thousand at most and known to whoever is signed in.
    private static async Task<List<FoundUnit>> UnitsAsync(Db db, string text, CancellationToken ct)
    {
        var key = UnitName.Key(text);
        var aliased = await db.Aliases().AsNoTracking().Where(alias => alias.Key.Contains(key)).OrderBy(alias => alias.Key).ThenBy(alias => alias.UnitId).Select(alias => alias.UnitId).Take(Most).ToListAsync(ct);
        var name = text.Trim();
        return await db.Units().AsNoTracking()
            .Where(unit => !unit.Dissolved && (unit.Name.Contains(name) || unit.ShortName.Contains(name) || aliased.Contains(unit.Id)))
            .OrderBy(unit => unit.Path).Take(Most).Select(unit => new FoundUnit(unit.Id, unit.Name, unit.ShortName, unit.Kind)).ToListAsync(ct);
    }
}
