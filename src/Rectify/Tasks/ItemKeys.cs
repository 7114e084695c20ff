using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Search;

namespace Rectify.Tasks;

/// <summary>Finds the items of one page, and counts, by the index that fits the filter best.</summary>
/// <remarks>
/// Both databases plan a join by guesses, and a wrong guess reads a million rows for fifty. So this asks what is rare: a filter
/// that leaves few items gives their ids, and everything else is checked on those. If nothing is rare, a page is full after a
/// short walk along an index that has the list's order: a unit's, a status's, a light's or the plan's own.
/// </remarks>
internal sealed class ItemKeys(Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on)
{
    /// <summary>Up to here a set of ids is carried from one query to the next.</summary>
    public int Few { get; init; } = 1_000;

    /// <summary>Texts a term may stand in before it counts as common.</summary>
    private const int Common = 5_000;

    /// <summary>More units than these are not walked one by one.</summary>
    private const int MostWalks = 20;

    /// <summary>Counting by item looks at so many; along one index alone it goes to <see cref="ItemList.MostCounted"/>.</summary>
    public int MostLookedAt { get; init; } = 2_000;

    /// <summary>The same where each item's texts have to be read.</summary>
    private const int MostRead = 1_000;

    private readonly List<string> common = [];

    // Made by its members: a query goes on from those, not from a constructor.
    private sealed class Found
    {
        public required Guid Id { get; init; }

        public required DateOnly? DueOn { get; init; }

        public required string Key { get; init; }
    }

    private bool NeedsSpan => filter.Statuses.Count > 0 || filter.Lights.Count > 0;

    private bool IsEverywhere => reader.IsEverywhere(Right.Read);

    // What only the item itself can answer.
    private bool NeedsItem => !IsEverywhere || AsksOfItem;

    private bool AsksOfItem => !(filter with { Statuses = [], Lights = [], UnitId = null }).IsEmpty;

    /// <summary>The page's ids in order; its rows are read by whoever shows them.</summary>
    /// <param name="counted">Whether the total is wanted: a list that is read whole needs none.</param>
    public async Task<ItemList.Page> PageAsync(ItemQuery query, int size, CancellationToken ct, bool counted = true)
    {
        List<Found> found;
        ItemList.Total total;
        if (await RareAsync(ct) is { } rare)
        {
            var all = await Checked(rare).ToListAsync(ct);
            total = new(all.Count, false);
            found = Part(all, query, size + 1);
        }
        else
        {
            total = counted ? await CountCommonAsync(ct) : new(0, true);
            found = query.Order is ItemOrder.Due ? await ByDueAsync(query, size + 1, ct) : await ByNumberAsync(query, size + 1, ct);
        }

        if (total.More && total.Count < found.Count)
        {
            total = total with { Count = found.Count }; // the page itself shows that many
        }

        var (full, back) = (found.Count > size, query.Before is not null);
        found = found.Count <= size ? found : back ? found[^size..] : found[..size];
        return new([.. found.Select(item => item.Id)], total, back || full, back ? full : query.After is not null);
    }

    public async Task<ItemList.Total> CountAsync(CancellationToken ct) =>
        await RareAsync(ct) is { } rare ? new(await Checked(rare).CountAsync(ct), false) : await CountCommonAsync(ct);

    /// <summary>The ids that one part of the filter leaves, if they are few; <see langword="null"/> if none does.</summary>
    private async Task<Guid[]?> RareAsync(CancellationToken ct)
    {
        foreach (var term in SearchTerms.Of(filter.Text))
        {
            // One text more or less tells nothing of items: an item has several.
            var hits = await db.Matching(term, Common + 1).Select(text => text.Subject).ToListAsync(ct);
            if (hits.Count > Common)
            {
                common.Add(term);
            }
            else if (hits.Distinct().ToArray() is var ids && ids.Length <= Few)
            {
                return ids;
            }
        }

        foreach (var part in Parts())
        {
            var ids = await part.Take(Few + 1).ToArrayAsync(ct);
            if (ids.Length <= Few)
            {
                return ids;
            }
        }

        return null;
    }

    // Cut sets are taken whole or not at all, so any order does that a limit may have. All rows agree in what they are ordered by: it costs nothing.
    private IEnumerable<IQueryable<Guid>> Parts()
    {
        if (filter.FindingId is not null)
        {
            yield return ItemList.Items(db, reader, programme, new() { Kind = filter.Kind, FindingId = filter.FindingId }, on)
                .OrderBy(item => item.ProgrammeId).Select(item => item.Id);
        }

        if (filter is { UnitId: { } unit, Roles.Count: > 0 })
        {
            yield return db.ItemUnits().Where(part => part.UnitId == unit && filter.Roles.Contains(part.Role)).OrderBy(part => part.UnitId).Select(part => part.ItemId);
        }
        else if (filter.UnitId is { } within)
        {
            yield return Scopes(within).OrderBy(scope => scope.UnitId).Select(scope => scope.ItemId);
        }

        if (!IsEverywhere)
        {
            var units = reader.UnitIds(Right.Read);
            yield return db.ItemScopes().Where(scope =>
                units.Contains(scope.UnitId) && scope.ProgrammeId == programme && scope.Kind == filter.Kind)
                .OrderBy(scope => scope.ProgrammeId).Select(scope => scope.ItemId);
        }

        if (NeedsSpan)
        {
            yield return ItemList.Spans(db, programme, filter, on).OrderBy(span => span.ProgrammeId).Select(span => span.ItemId);
        }

        if (filter.DueFrom is not null || filter.DueTo is not null)
        {
            yield return ItemList.Items(db, reader, programme, new() { Kind = filter.Kind, DueFrom = filter.DueFrom, DueTo = filter.DueTo }, on)
                .OrderBy(item => item.ProgrammeId).Select(item => item.Id);
        }
    }

    // Few ids: their texts are looked up item by item. Beside a list of all hits SQLite reads every item of the programme.
    private IQueryable<Found> Checked(Guid[] ids) =>
        OnDay(ItemList.Items(db, reader, programme, filter, on, SearchTerms.Of(filter.Text)).AsNoTracking()).Where(item => EF.Parameter(ids).Contains(item.Id)).Select(item => new Found { Id = item.Id, DueOn = item.DueOn, Key = item.SortKey });

    private async Task<ItemList.Total> CountCommonAsync(CancellationToken ct)
    {
        // A covering index answers alone; where each item has to be looked at, counting stops earlier.
        if (!NeedsItem && filter.UnitId is null)
        {
            return await UpToAsync(ItemList.Spans(db, programme, filter, on).OrderBy(span => span.ProgrammeId).Select(span => span.ItemId), ItemList.MostCounted, ct);
        }

        if (!NeedsSpan && filter is { UnitId: { } unit, Roles.Count: 0 } && !NeedsItem)
        {
            return await UpToAsync(OnDay(Scopes(unit)).OrderBy(scope => scope.UnitId).Select(scope => scope.ItemId), ItemList.MostCounted, ct);
        }

        if (!NeedsSpan && reader.UnitIds(Right.Read) is [var only] && !IsEverywhere && filter.IsEmpty)
        {
            return await UpToAsync(OnDay(Scopes(only)).OrderBy(scope => scope.UnitId).Select(scope => scope.ItemId), ItemList.MostCounted, ct);
        }

        // What two units share would be counted twice along their walks.
        return await CountWalksAsync(Within().Length <= 1 ? [.. Walks()] : [WholeWalk()], ct);
    }

    // The index that has the list's order is also the one that leaves fewest items to be looked at; its beginning is counted.
    private async Task<ItemList.Total> CountWalksAsync(IReadOnlyCollection<Walk> walks, CancellationToken ct)
    {
        var (count, more) = (0, false);
        var most = (common.Count > 0 ? MostRead : MostLookedAt) / walks.Count;
        foreach (var (keys, items) in walks)
        {
            var end = await keys.Order().Skip(most).FirstOrDefaultAsync(ct);
            count += await (end is null ? items : items.Where(item => string.Compare(item.Key, end) < 0)).CountAsync(ct);
            more |= end is not null;
        }

        return new(count, more);
    }

    private static async Task<ItemList.Total> UpToAsync(IQueryable<Guid> ids, int most, CancellationToken ct)
    {
        var count = await ids.Take(most + 1).CountAsync(ct);
        return new(Math.Min(count, most), count > most);
    }

    private async Task<List<Found>> ByNumberAsync(ItemQuery query, int size, CancellationToken ct)
    {
        var found = new List<Found>();
        foreach (var walk in Walks())
        {
            found.AddRange(await Cut(walk.Items, query).Take(size).ToListAsync(ct));
        }

        return Part([.. found.DistinctBy(item => item.Id)], query, size);
    }

    private static IQueryable<Found> Cut(IQueryable<Found> walk, ItemQuery query) => query switch
    {
        { Before: { } before } => walk.Where(item => string.Compare(item.Key, before.SortKey) < 0).OrderByDescending(item => item.Key),
        { After: { } after } => walk.Where(item => string.Compare(item.Key, after.SortKey) > 0).OrderBy(item => item.Key),
        _ => walk.OrderBy(item => item.Key),
    };

    /// <summary>A way along one index in the plan's order.</summary>
    /// <param name="Keys">The order's keys of all that is passed.</param>
    /// <param name="Items">Those passed that the filter leaves.</param>
    private sealed record Walk(IQueryable<string> Keys, IQueryable<Found> Items);

    // Together the walks pass all items that the filter leaves.
    private IEnumerable<Walk> Walks()
    {
        var units = Within();
        if (units.Length is > 0 and <= MostWalks)
        {
            return units.Select(within => new Walk(
                Scopes(within).Select(scope => scope.SortKey),
                Only(within).Select(scope => new Found { Id = scope.ItemId, DueOn = null, Key = scope.SortKey })));
        }

        // Several statuses are most of the items, and each would be walked until the page is full.
        if (filter.Statuses.Count is > 0 and var statuses && (statuses <= 2 || !NeedsItem))
        {
            return filter.Statuses.Select(status => SpanWalk(filter with { Statuses = [status] }));
        }

        return filter.Lights.Count > 0 && filter.Statuses.Count == 0
            ? filter.Lights.Select(light => SpanWalk(filter with { Lights = [light] }))
            : [WholeWalk()];
    }

    private Walk WholeWalk() => new(
        ItemList.Items(db, reader, programme, new() { Kind = filter.Kind }, on).Select(item => item.SortKey),
        OnDay(Items()).Select(item => new Found { Id = item.Id, DueOn = item.DueOn, Key = item.SortKey }));

    /// <summary>The units whose scopes hold all that the filter leaves; none where everything does.</summary>
    private Guid[] Within() =>
        filter is { UnitId: { } unit, Roles.Count: 0 } ? [unit] : IsEverywhere ? [] : reader.UnitIds(Right.Read);

    private Walk SpanWalk(ItemFilter one)
    {
        var all = ItemList.Spans(db, programme, one, on).AsNoTracking();
        var spans = all;
        if (NeedsItem || filter.UnitId is not null)
        {
            spans = spans.Where(span => Items().Any(item => item.Id == span.ItemId));
        }

        return new(all.Select(span => span.SortKey), spans.Select(span => new Found { Id = span.ItemId, DueOn = null, Key = span.SortKey }));
    }

    private IQueryable<ItemScope> Only(Guid within)
    {
        // What is in the reader's own they may read; a scope stays with an item that was taken out.
        var scopes = Scopes(within).AsNoTracking();
        scopes = AsksOfItem || !(IsEverywhere || reader.UnitIds(Right.Read).Contains(within))
            ? scopes.Where(scope => Items().Any(item => item.Id == scope.ItemId))
            : NeedsSpan ? scopes : OnDay(scopes);
        return NeedsSpan
            ? scopes.Where(scope => ItemList.Spans(db, programme, filter, on).Any(span => span.ItemId == scope.ItemId))
            : scopes;
    }

    private async Task<List<Found>> ByDueAsync(ItemQuery query, int size, CancellationToken ct)
    {
        // Rows with a date and rows without stand in two walks: one order over both would fit no index.
        var items = OnDay(Items(inPlanOrder: false)).Select(item => new Found { Id = item.Id, DueOn = item.DueOn, Key = item.SortKey });
        var (dated, open) = (items.Where(item => item.DueOn != null), items.Where(item => item.DueOn == null));
        if (query.Before is { } before)
        {
            var last = before.DueOn is null
                ? await open.Where(item => string.Compare(item.Key, before.SortKey) < 0).OrderByDescending(item => item.Key).Take(size).ToListAsync(ct)
                : [];
            if (last.Count < size)
            {
                var due = before.DueOn;
                var earlier = due is null ? dated : dated.Where(item => item.DueOn <= due && (item.DueOn < due || string.Compare(item.Key, before.SortKey) < 0));
                last.AddRange(await earlier.OrderByDescending(item => item.DueOn).ThenByDescending(item => item.Key).Take(size - last.Count).ToListAsync(ct));
            }

            last.Reverse();
            return last;
        }

        var first = query.After is { DueOn: null }
            ? []
            : await (query.After is { DueOn: { } from } after
                    ? dated.Where(item => item.DueOn >= from && (item.DueOn > from || string.Compare(item.Key, after.SortKey) > 0))
                    : dated)
                .OrderBy(item => item.DueOn).ThenBy(item => item.Key).Take(size).ToListAsync(ct);
        if (first.Count < size)
        {
            var rest = query.After is { DueOn: null } past ? open.Where(item => string.Compare(item.Key, past.SortKey) > 0) : open;
            first.AddRange(await rest.OrderBy(item => item.Key).Take(size - first.Count).ToListAsync(ct));
        }

        return first;
    }

    // In memory what the walks do in the database.
    private static List<Found> Part(List<Found> all, ItemQuery query, int size)
    {
        var byDue = query.Order is ItemOrder.Due;
        int Compare(Found a, Found b)
        {
            var due = byDue ? (a.DueOn ?? DateOnly.MaxValue).CompareTo(b.DueOn ?? DateOnly.MaxValue) : 0;
            return due != 0 ? due : string.CompareOrdinal(a.Key, b.Key);
        }

        all.Sort(Compare);
        if (query.Before is { } before)
        {
            var end = new Found { Id = Guid.Empty, DueOn = before.DueOn, Key = before.SortKey };
            return [.. all.TakeWhile(item => Compare(item, end) < 0).TakeLast(size)];
        }

        var start = query.After is { } after ? new Found { Id = Guid.Empty, DueOn = after.DueOn, Key = after.SortKey } : null;
        return [.. all.SkipWhile(item => start is not null && Compare(item, start) <= 0).Take(size)];
    }

    private IQueryable<Item> Items(bool inPlanOrder = true) => ItemList.Items(db, reader, programme, filter, on, common, inPlanOrder).AsNoTracking();

    // By the item's own index alone: whatever the filter asks of spans is asked elsewhere.
    private IQueryable<ItemScope> OnDay(IQueryable<ItemScope> scopes) =>
        scopes.Where(scope => db.StatusSpans().Any(span => span.ItemId == scope.ItemId && span.From <= on && span.Until > on));

    // Every item has a span on every day on which it stands; only a status or a light has to be looked up.
    private IQueryable<Item> OnDay(IQueryable<Item> items) => NeedsSpan
        ? items.Where(item => ItemList.Spans(db, programme, filter, on).Any(span => span.ItemId == item.Id))
        : items;

    private IQueryable<ItemScope> Scopes(Guid unit) =>
        db.ItemScopes().Where(scope => scope.UnitId == unit && scope.ProgrammeId == programme && scope.Kind == filter.Kind);
}
