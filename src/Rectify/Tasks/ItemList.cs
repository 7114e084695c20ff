using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Search;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A list of items on a day, one page at a time, in the plan's order.</summary>
public static class ItemList
{
    public const int PageSize = 50;

    /// <summary>Counting stops here: beyond it a page says "more than".</summary>
    public const int MostCounted = 10_000;

    /// <summary>One line of the list.</summary>
    /// <param name="Key">Where the next page goes on: the sort key.</param>
    public sealed record Row(
        Guid Id, string Key, ItemKind Kind, string NumberText, int? NumberValue, string Title, int? AspectNo, string DeadlineText,
        DateOnly? DueOn, bool Standing, ItemStatus Status, Light Light, string Reason)
    {
        public IReadOnlyList<UnitName> Units { get; set; } = [];
    }

    /// <summary>A unit as a list shows it.</summary>
    public sealed record UnitName(Guid ItemId, string Text, DraftRole Role, Guid? UnitId);

    /// <summary>The items that a filter leaves, with their status on <paramref name="on"/>; not ordered.</summary>
    public static IQueryable<Row> Query(Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on)
    {
        // The span comes first: its index holds status, light and the plan's order, and each item has one span on a day.
        var spans = db.StatusSpans().Where(span =>
            span.ProgrammeId == programme && span.Kind == filter.Kind && span.From <= on && span.Until > on);
        if (filter.Statuses.Count > 0)
        {
            spans = spans.Where(span => filter.Statuses.Contains(span.Status));
        }

        if (filter.Light is { } light)
        {
            spans = spans.Where(span => span.Light == light);
        }

        return
            from item in Items(db, reader, programme, filter)
            join span in spans on item.Id equals span.ItemId
            select new Row(
                item.Id, item.SortKey, item.Kind, item.NumberText, item.NumberValue, item.Title, item.AspectNo, item.DeadlineText,
                item.DueOn, item.Standing, span.Status, span.Light, span.Reason);
    }

    /// <param name="after">The last row of the page before, or <see langword="null"/> for the first page.</param>
    public static async Task<List<Row>> PageAsync(
        Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on, ItemOrder order, Row? after, CancellationToken ct)
    {
        var rows = Query(db, reader, programme, filter, on).AsNoTracking();

        // By key, not by offset: page 100 costs what page 1 costs, and rows do not shift between pages.
        if (order is ItemOrder.Due)
        {
            if (after is { DueOn: { } due })
            {
                rows = rows.Where(row => row.DueOn > due || row.DueOn == null
                    || (row.DueOn == due && string.Compare(row.Key, after.Key) > 0));
            }
            else if (after is not null)
            {
                rows = rows.Where(row => row.DueOn == null && string.Compare(row.Key, after.Key) > 0);
            }

            rows = rows.OrderBy(row => row.DueOn == null).ThenBy(row => row.DueOn).ThenBy(row => row.Key);
        }
        else
        {
            if (after is not null)
            {
                rows = rows.Where(row => string.Compare(row.Key, after.Key) > 0);
            }

            rows = rows.OrderBy(row => row.Key);
        }

        var page = await rows.Take(PageSize).ToListAsync(ct);
        await AddUnitsAsync(db, page, ct);
        return page;
    }

    /// <summary>How many rows there are, as far as <see cref="MostCounted"/> and one more.</summary>
    public static Task<int> CountAsync(Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on, CancellationToken ct) =>
        Query(db, reader, programme, filter, on).Take(MostCounted + 1).CountAsync(ct);

    /// <summary>Adds the units of rows that are shown.</summary>
    public static async Task AddUnitsAsync(Db db, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var units = (await db.ItemUnits().AsNoTracking().Where(unit => ids.Contains(unit.ItemId))
                .OrderBy(unit => unit.Order)
                .Select(unit => new UnitName(unit.ItemId, unit.Text, unit.Role, unit.UnitId))
                .ToListAsync(ct))
            .ToLookup(unit => unit.ItemId);
        foreach (var row in rows)
        {
            row.Units = [.. units[row.Id]];
        }
    }

    private static IQueryable<Item> Items(Db db, Access reader, Guid programme, ItemFilter filter)
    {
        var items = db.ItemsFor(reader, Right.Read)
            .Where(item => item.ProgrammeId == programme && item.Kind == filter.Kind && item.RemovedOn == null);
        if (filter.AspectNo is { } aspect)
        {
            items = items.Where(item => item.AspectNo == aspect);
        }

        if (filter.DueFrom is { } from)
        {
            items = items.Where(item => item.DueOn >= from);
        }

        if (filter.DueTo is { } to)
        {
            items = items.Where(item => item.DueOn <= to);
        }

        if (filter.DueYear is { } year)
        {
            var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            items = items.Where(item => item.DeadlineDate >= first && item.DeadlineDate <= last);
        }

        if (filter.HasDate is { } dated)
        {
            items = items.Where(item => (item.DeadlineDate != null) == dated);
        }

        if (filter.Standing is { } standing)
        {
            items = items.Where(item => item.Standing == standing);
        }

        return ByText(db, ByUnit(db, items, filter), filter.Text);
    }

    private static IQueryable<Item> ByUnit(Db db, IQueryable<Item> items, ItemFilter filter)
    {
        if (filter is { UnitId: { } unit, Roles.Count: 0 })
        {
            items = items.Where(item => db.ItemScopes().Any(scope => scope.ItemId == item.Id && scope.UnitId == unit));
        }
        else if (filter is { UnitId: { } inRole })
        {
            items = items.Where(item => db.ItemUnits().Any(part => part.ItemId == item.Id && filter.Roles.Contains(part.Role) && part.UnitId == inRole));
        }

        if (filter.UnitKind is { } kind)
        {
            items = items.Where(item => db.ItemUnits().Any(part => part.ItemId == item.Id
                && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Responsible)
                && db.Units().Any(u => u.Id == part.UnitId && u.Kind == kind)));
        }

        return items;
    }

    private static IQueryable<Item> ByText(Db db, IQueryable<Item> items, string text)
    {
        foreach (var term in SearchTerms.Of(text))
        {
            var hits = db.Matching(term).Select(hit => hit.Subject);
            items = items.Where(item => hits.Contains(item.Id));
        }

        return items;
    }
}
