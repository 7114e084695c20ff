using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>The hand-over nodes (交账节点) of a programme by date, one page at a time.</summary>
public static class MilestoneList
{
    public const int PageSize = 100;

    /// <param name="Status">The item's on that day.</param>
    public sealed record Row(
        Guid ItemId, string Key, int? Number, string NumberText, string Title, int No, string Text, DateOnly Due, ItemStatus Status, Light Light)
    {
        /// <summary>The unit that leads, as the plan writes it.</summary>
        public string Lead { get; set; } = "";

        /// <summary>The day it was reached, as known on the day looked at.</summary>
        public DateOnly? ReachedOn { get; set; }
    }

    /// <summary>Which nodes: all, those not reached by the day, or those whose date passed unreached.</summary>
    public enum Which { All, Open, Missed }

    /// <summary>Where the next page goes on.</summary>
    public readonly record struct Place(DateOnly Due, string Key, int No)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Due:yyyy-MM-dd}~{Key}~{No}");

        public static Place? Read(string? text) => text?.Split('~') is [var due, { Length: > 0 and <= 60 } key, var no]
            && ItemQuery.DayOf(due) is { } day && int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(day, key, number)
            : null;
    }

    public static async Task<List<Row>> PageAsync(
        Db db, Access reader, Guid programme, Which which, DateOnly? from, DateOnly? to, Place? after, DateOnly on, CancellationToken ct)
    {
        var rows = await Query(db, reader, programme, which, from, to, after, on)
            .OrderBy(row => row.Node.Due).ThenBy(row => row.Item.SortKey).ThenBy(row => row.Node.No).Take(PageSize)
            .Select(row => new Row(
                row.Item.Id, row.Item.SortKey, row.Item.NumberValue, row.Item.NumberText, row.Item.Title, row.Node.No, row.Node.Text, row.Node.Due,
                row.Span.Status, row.Span.Light))
            .ToListAsync(ct);
        await FillAsync(db, rows, on, ct);
        return rows;
    }

    /// <summary>How many there are, as far as <see cref="ItemList.MostCounted"/> and one more.</summary>
    public static Task<int> CountAsync(Db db, Access reader, Guid programme, Which which, DateOnly? from, DateOnly? to, DateOnly on, CancellationToken ct) =>
        Query(db, reader, programme, which, from, to, null, on).OrderBy(row => row.Item.ProgrammeId).Take(ItemList.MostCounted + 1).CountAsync(ct); // any order does: all are of one programme

    private sealed class NodeOnDay
    {
        public required ItemMilestone Node { get; init; }

        public required Item Item { get; init; }

        public required StatusSpan Span { get; init; }
    }

    private static IQueryable<NodeOnDay> Query(
        Db db, Access reader, Guid programme, Which which, DateOnly? from, DateOnly? to, Place? after, DateOnly on)
    {
        var nodes = db.ItemMilestones();
        if (from is { } first)
        {
            nodes = nodes.Where(node => node.Due >= first);
        }

        if (to is { } last)
        {
            nodes = nodes.Where(node => node.Due <= last);
        }

        if (which is Which.Missed)
        {
            nodes = nodes.Where(node => node.Due < on);
        }

        if (which is not Which.All)
        {
            nodes = nodes.Where(node => !db.ItemFacts().Any(fact => fact.ItemId == node.ItemId && fact.Kind == FactKind.MilestoneReached
                && fact.No == node.No && fact.VoidedAt == null && fact.On <= on));
        }

        var items = db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme);
        var spans = db.StatusSpans().Where(span => span.From <= on && span.Until > on);
        if (which is not Which.All)
        {
            // A node of an item that is done is settled with it, reached or not.
            spans = spans.Where(span => Overview.OpenStatuses.Contains(span.Status));
        }

        var rows =
            from node in nodes.AsNoTracking()
            join item in items on node.ItemId equals item.Id
            join span in spans on item.Id equals span.ItemId
            select new NodeOnDay { Node = node, Item = item, Span = span };
        return after is { } place
            ? rows.Where(row => row.Node.Due >= place.Due && (row.Node.Due > place.Due || string.Compare(row.Item.SortKey, place.Key) > 0
                || (row.Item.SortKey == place.Key && row.Node.No > place.No)))
            : rows;
    }

    private static async Task FillAsync(Db db, List<Row> rows, DateOnly on, CancellationToken ct)
    {
        var ids = rows.Select(row => row.ItemId).Distinct().ToArray();
        var leads = (await db.ItemUnits().AsNoTracking().Where(unit => EF.Parameter(ids).Contains(unit.ItemId)
                && (unit.Role == DraftRole.Lead || unit.Role == DraftRole.Responsible)).OrderBy(unit => unit.Order)
            .Select(unit => new { unit.ItemId, unit.Text }).ToListAsync(ct)).ToLookup(unit => unit.ItemId, unit => unit.Text);
        var reached = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId)
                && fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null && fact.On <= on)
            .Select(fact => new { fact.ItemId, fact.No, fact.On }).ToListAsync(ct)).ToLookup(fact => (fact.ItemId, fact.No), fact => fact.On);
        foreach (var row in rows)
        {
            row.Lead = leads[row.ItemId].FirstOrDefault() ?? "";
            row.ReachedOn = reached[(row.ItemId, row.No)].Select(day => (DateOnly?)day).Min();
        }
    }
}
