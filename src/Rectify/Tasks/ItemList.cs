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

    /// <summary>A count of rows.</summary>
    /// <param name="More">Whether counting stopped before the end.</param>
    public sealed record Total(int Count, bool More);

    /// <summary>One page of a list.</summary>
    public sealed record Page(IReadOnlyList<Guid> Ids, Total Total, bool HasNext, bool HasPrevious)
    {
        public IReadOnlyList<Row> Rows { get; init; } = [];
    }

    /// <summary>One line of the list.</summary>
    /// <param name="Key">Where the next page goes on: the sort key.</param>
    public sealed record Row(
        Guid Id, string Key, ItemKind Kind, string NumberText, int? NumberValue, string Title, int? AspectNo, string DeadlineText,
        DateOnly? DueOn, bool Standing, ItemStatus Status, Light Light, string Reason)
    {
        public IReadOnlyList<UnitName> Units { get; set; } = [];

        /// <summary>How often its deadline was changed.</summary>
        public int DeadlineChanges { get; init; }

        /// <summary>Last day by the plan first approved; only of lists read whole.</summary>
        internal DateOnly? PlannedOn { get; init; }

        /// <summary>Last day by what is decided now; only of lists read whole.</summary>
        internal DateOnly? DueNow { get; init; }

        /// <summary>The finding that a task stands beneath; <see langword="null"/> if none.</summary>
        public FindingName? Finding { get; set; }
    }

    /// <summary>A finding as a list shows it.</summary>
    public sealed record FindingName(Guid Id, string NumberText, string Title);

    /// <summary>A unit as a list shows it.</summary>
    public sealed record UnitName(Guid ItemId, string Text, DraftRole Role, Guid? UnitId);

    /// <summary>The rows that a filter leaves on a day, in the plan's order, without units; deadlines are those in force on the day. For lists read whole.</summary>
    public static async Task<List<Row>> AllAsync(Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on, CancellationToken ct)
    {
        var rows = await RowsOf(Joined(Items(db, reader, programme, filter, on), Spans(db, programme, filter, on)).OrderBy(row => row.Item.SortKey)).ToListAsync(ct);
        var changed = rows.Where(row => row.DeadlineChanges > 0).Select(row => row.Id).ToArray();
        if (changed.Length == 0)
        {
            return rows;
        }

        var changes = (await db.ItemFacts().AsNoTracking()
            .Where(fact => EF.Parameter(changed).Contains(fact.ItemId) && fact.Kind == FactKind.DeadlineChanged && fact.VoidedAt == null && fact.On <= on)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).Select(fact => new { fact.ItemId, fact.To }).ToListAsync(ct)).ToLookup(fact => fact.ItemId, fact => fact.To);
        return rows.ConvertAll(row => row.DeadlineChanges > 0 ? row with { DueOn = changes[row.Id].LastOrDefault() ?? row.PlannedOn } : row);
    }

    // Made by its members: a query goes on from those, not from a constructor.
    internal sealed class ItemOnDay
    {
        public required Item Item { get; init; }

        public required StatusSpan Span { get; init; }
    }

    internal static IQueryable<ItemOnDay> Joined(IQueryable<Item> items, IQueryable<StatusSpan> spans) =>
        from item in items.AsNoTracking()
        join span in spans on item.Id equals span.ItemId
        select new ItemOnDay { Item = item, Span = span };

    private static IQueryable<Row> RowsOf(IQueryable<ItemOnDay> items) => items.Select(row => new Row(
        row.Item.Id, row.Item.SortKey, row.Item.Kind, row.Item.NumberText, row.Item.NumberValue, row.Item.Title, row.Item.AspectNo,
        row.Item.DeadlineText, row.Item.DueOn, row.Item.Standing, row.Span.Status, row.Span.Light, row.Span.Reason)
    {
        DeadlineChanges = row.Item.DeadlineChanges,
        PlannedOn = row.Item.DeadlineDate,
        DueNow = row.Item.DueOn,
    });

    /// <summary>One page of the list.</summary>
    public static async Task<Page> PageAsync(
        Db db, Access reader, Guid programme, ItemQuery query, DateOnly on, CancellationToken ct, int size = PageSize)
    {
        var keys = await new ItemKeys(db, reader, programme, query.Filter, on).PageAsync(query, size, ct);
        return keys with { Rows = await RowsAsync(db, reader, on, [.. keys.Ids], ct) };
    }

    /// <summary>How many rows the filter leaves, as far as counting goes.</summary>
    public static Task<Total> CountAsync(Db db, Access reader, Guid programme, ItemFilter filter, DateOnly on, CancellationToken ct) =>
        new ItemKeys(db, reader, programme, filter, on).CountAsync(ct);

    /// <summary>The rows with these ids, in their order.</summary>
    internal static async Task<IReadOnlyList<Row>> RowsAsync(Db db, Access reader, DateOnly on, Guid[] ids, CancellationToken ct)
    {
        // Two queries: with a list of ids on both sides of one join, SQLite compares each with each.
        var spans = await db.StatusSpans().AsNoTracking()
            .Where(span => EF.Parameter(ids).Contains(span.ItemId) && span.From <= on && span.Until > on)
            .Select(span => new { span.ItemId, span.Status, span.Light, span.Reason }).ToDictionaryAsync(span => span.ItemId, ct);
        var items = await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => EF.Parameter(ids).Contains(item.Id))
            .Select(item => new
            {
                item.Id,
                item.SortKey,
                item.Kind,
                item.NumberText,
                item.NumberValue,
                item.Title,
                item.AspectNo,
                item.DeadlineText,
                item.DueOn,
                item.Standing,
                item.DeadlineChanges,
            }).ToListAsync(ct);
        var rows = items.Where(item => spans.ContainsKey(item.Id)).Select(item => new Row(
            item.Id, item.SortKey, item.Kind, item.NumberText, item.NumberValue, item.Title, item.AspectNo, item.DeadlineText, item.DueOn, item.Standing,
            spans[item.Id].Status, spans[item.Id].Light, spans[item.Id].Reason)
        {
            DeadlineChanges = item.DeadlineChanges,
        }).ToList();
        await AddUnitsAsync(db, rows, ct);
        await AddFindingsAsync(db, reader, rows, ct);
        var places = ids.Index().ToDictionary(id => id.Item, id => id.Index);
        return [.. rows.OrderBy(row => places[row.Id])];
    }

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

    private static async Task AddFindingsAsync(Db db, Access reader, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        // Below the top a task has its finding's place in its own.
        var ids = rows.Where(row => row.Kind is ItemKind.Task && row.Key.Contains('.', StringComparison.Ordinal)).Select(row => row.Id).ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        var items = db.ItemsFor(reader, Right.Read).AsNoTracking();
        var above = await (
            from task in items
            where EF.Parameter(ids).Contains(task.Id)
            join finding in items on task.ParentId equals finding.Id
            where finding.Kind == ItemKind.Finding
            select new { task.Id, Finding = new FindingName(finding.Id, finding.NumberText, finding.Title) }).ToDictionaryAsync(pair => pair.Id, pair => pair.Finding, ct);
        foreach (var row in rows)
        {
            row.Finding = above.GetValueOrDefault(row.Id);
        }
    }

    /// <summary>The spans of a day that the filter's statuses and lights leave: one for each item.</summary>
    internal static IQueryable<StatusSpan> Spans(Db db, Guid programme, ItemFilter filter, DateOnly on)
    {
        var spans = db.StatusSpans().Where(span =>
            span.ProgrammeId == programme && span.Kind == filter.Kind && span.From <= on && span.Until > on);
        if (filter.Statuses.Count > 0)
        {
            spans = spans.Where(span => filter.Statuses.Contains(span.Status));
        }

        return filter.Lights.Count > 0 ? spans.Where(span => filter.Lights.Contains(span.Light)) : spans;
    }

    /// <summary>The items that the rest of the filter leaves, as far as the reader may see them.</summary>
    /// <param name="on">The day on which they stood in the plan; <see langword="null"/> for any day.</param>
    /// <param name="common">Terms that almost every text has.</param>
    /// <param name="inPlanOrder">
    /// Whether the plan's order is walked: then days are compared so that their index does not tempt the database to sort fifty thousand
    /// items for fifty.
    /// </param>
    internal static IQueryable<Item> Items(
        Db db, Access reader, Guid programme, ItemFilter filter, DateOnly? on, IReadOnlyCollection<string>? common = null, bool inPlanOrder = false)
    {
        var items = db.ItemsFor(reader, Right.Read)
            .Where(item => item.ProgrammeId == programme && item.Kind == filter.Kind);
        if (filter.AspectNo is { } aspect)
        {
            items = items.Where(item => item.AspectNo == aspect);
        }

        if (filter.FindingId is { } finding)
        {
            items = items.Where(item => item.ParentId == finding);
        }

        if (filter.DueFrom is { } from)
        {
            items = inPlanOrder ? items.Where(item => (item.DueOn ?? DateOnly.MinValue) >= from) : items.Where(item => item.DueOn >= from);
        }

        if (filter.DueTo is { } to)
        {
            items = inPlanOrder ? items.Where(item => (item.DueOn ?? DateOnly.MaxValue) <= to) : items.Where(item => item.DueOn <= to);
        }

        if (filter.DueBy is { } by)
        {
            items = items.Where(item => (item.DeadlineChanges == 0 && item.DueOn <= by)
                || (item.DeadlineChanges > 0 && (db.ItemFacts().Where(fact => fact.ItemId == item.Id && fact.Kind == FactKind.DeadlineChanged && fact.VoidedAt == null && fact.On <= by)
                    .OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Sequence).Select(fact => fact.To).FirstOrDefault() ?? item.DeadlineDate) <= by));
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

        items = ByText(db, ByUnit(db, items, filter), filter.Text, common ?? []);
        return on is { } day ? items.StandingOn(day) : items;
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

    private static IQueryable<Item> ByText(Db db, IQueryable<Item> items, string text, IReadOnlyCollection<string> common)
    {
        var terms = SearchTerms.Of(text);
        if (text.Length > 0 && terms.Count == 0)
        {
            return items.Where(_ => false); // nothing to look for is nowhere
        }

        foreach (var term in terms)
        {
            if (common.Contains(term))
            {
                // Almost every item has it: looked up item by item, a page is full after a few.
                items = items.Where(item => db.SearchTexts.Any(hit => hit.Subject == item.Id && hit.Folded.Contains(term)));
            }
            else
            {
                var hits = db.Matching(term).Select(hit => hit.Subject);
                items = items.Where(item => hits.Contains(item.Id));
            }
        }

        return items;
    }
}
