using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A filtered list as a workbook, with all columns: one sheet of items, one of their measures. Read and written in batches.</summary>
internal sealed class ItemExport(Db db, Words words, Access reader, Guid programme, ItemQuery query, DateOnly on)
{
    /// <summary>Rows read at once.</summary>
    private const int Batch = 500;

    private static readonly DraftRole[] Roles = [DraftRole.Lead, DraftRole.Cooperate, DraftRole.Responsible, DraftRole.Supervise, DraftRole.Accept];

    public async Task WriteAsync(Stream to, CancellationToken ct)
    {
        var aspects = await db.AspectsOf(programme).AsNoTracking().Where(aspect => aspect.Kind == AspectKind.Task)
            .ToDictionaryAsync(aspect => aspect.No, aspect => aspect.Name, ct);
        await XlsxWriter.WriteAsync(to,
        [
            new(words["items.export.items"], Columns(ItemColumns, key => words[$"export.item.{key}"]), ItemRowsAsync(aspects, ct)),
            new(words["items.export.measures"], Columns(MeasureColumns, key => words[$"export.measure.{key}"]), MeasureRowsAsync(ct)),
        ], ct);
    }

    private static readonly (string Key, double Width)[] ItemColumns =
    [
        ("no", 8), ("number", 14), ("title", 40), ("text", 60), ("goal", 60), ("aspect", 24), ("finding", 40), ("lead", 24), ("cooperate", 24), ("responsible", 24),
        ("supervise", 24), ("accept", 24), ("persons", 24), ("deadline", 24), ("planned", 12), ("due", 12), ("changes", 10), ("standing", 10),
        ("recurs", 16), ("status", 18), ("light", 6), ("reason", 60), ("on", 12),
    ];

    private static readonly (string Key, double Width)[] MeasureColumns =
    [
        ("no", 8), ("title", 40), ("place", 8), ("text", 80), ("units", 30), ("deadline", 24), ("due", 12), ("recurs", 16),
        ("quantity", 20), ("unit", 10), ("baseline", 12), ("target", 12), ("status", 18), ("on", 12),
    ];

    private static List<SheetColumn> Columns((string Key, double Width)[] columns, Func<string, string> head) =>
        [.. columns.Select(column => new SheetColumn(head(column.Key), column.Width))];

    private async IAsyncEnumerable<object?[]> ItemRowsAsync(Dictionary<int, string> aspects, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var rows in BatchesAsync(ct))
        {
            var ids = rows.Select(row => row.Id).ToArray();
            var items = await ItemsAsync(ids, ct);
            var persons = (await db.ItemPersons().AsNoTracking().Where(person => EF.Parameter(ids).Contains(person.ItemId)).OrderBy(person => person.Order)
                .Select(person => new { person.ItemId, person.Text }).ToListAsync(ct)).ToLookup(person => person.ItemId, person => person.Text);
            foreach (var row in rows)
            {
                var item = items[row.Id];
                var units = row.Units.ToLookup(unit => unit.Role, unit => unit.Text);
                var reason = ReasonText.Read(row.Reason);
                yield return
                [
                    row.NumberValue, row.NumberText, row.Title, item.Text, item.Goal,
                    row.AspectNo is { } aspect ? aspects.GetValueOrDefault(aspect, "") : null,
                    row.Finding is { } finding ? words.Finding(finding.NumberText, finding.Title) : null,
                    .. Roles.Select(role => words.List(units[role])),
                    words.List(persons[row.Id]), row.DeadlineText, item.DeadlineDate, row.DueOn, item.DeadlineChanges,
                    words[row.Standing ? "export.yes" : "export.no"], item.RecurrenceText, words[row.Status.TextKey],
                    row.Light is Light.None ? "" : words[row.Light.TextKey],
                    words[reason.TextKey, [.. reason.Arguments(on)]], on,
                ];
            }
        }
    }

    private async IAsyncEnumerable<object?[]> MeasureRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var ids in IdsAsync(ct))
        {
            var day = on;
            var rows = await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => EF.Parameter(ids).Contains(item.Id))
                .Select(item => new { item.Id, item.NumberValue, item.Title }).ToDictionaryAsync(item => item.Id, ct);
            var measures = (await (
                from measure in db.ItemsFor(reader, Right.Read)
                where EF.Parameter(ids).Contains(measure.ParentId!.Value) && measure.Kind == ItemKind.Measure && measure.RemovedOn == null
                join span in db.StatusSpans() on measure.Id equals span.ItemId
                where span.From <= day && span.Until > day
                orderby measure.SortKey
                select new { Item = measure, span.Status }).AsNoTracking().ToListAsync(ct)).ToLookup(measure => measure.Item.ParentId!.Value);
            var parts = measures.SelectMany(task => task).Select(measure => measure.Item.Id).ToArray();
            var units = (await db.ItemUnits().AsNoTracking().Where(unit => EF.Parameter(parts).Contains(unit.ItemId)).OrderBy(unit => unit.Order)
                .Select(unit => new { unit.ItemId, unit.Text }).ToListAsync(ct)).ToLookup(unit => unit.ItemId, unit => unit.Text);
            foreach (var row in ids.Select(id => rows[id]))
            {
                foreach (var (place, measure) in measures[row.Id].Index())
                {
                    var item = measure.Item;
                    yield return
                    [
                        row.NumberValue, row.Title, place + 1, item.Text, words.List(units[item.Id]), item.DeadlineText, item.DueOn, item.RecurrenceText,
                        item.QuantityName, item.QuantityUnit, Figure(item.QuantityBaseline, item), Figure(item.QuantityTarget, item),
                        words[measure.Status.TextKey], on,
                    ];
                }
            }
        }
    }

    private static decimal? Figure(long? value, Item item) => value is { } figure ? ItemDerivation.AtScale(figure, item.QuantityScale) : null;

    private async IAsyncEnumerable<IReadOnlyList<ItemList.Row>> BatchesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var ids in IdsAsync(ct))
        {
            yield return await ItemList.RowsAsync(db, reader, on, ids, ct);
        }
    }

    // The list in its order, a batch at a time; nobody asks how many there are.
    private async IAsyncEnumerable<Guid[]> IdsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var next = query with { After = null, Before = null, Row = 1 };
        while (true)
        {
            var page = await new ItemKeys(db, reader, programme, query.Filter, on).PageAsync(next, Batch, ct, counted: false);
            if (page.Ids.Count > 0)
            {
                yield return [.. page.Ids];
            }

            if (!page.HasNext)
            {
                yield break;
            }

            var last = page.Ids[^1];
            next = next with
            {
                After = await db.ItemsFor(reader, Right.Read).Where(item => item.Id == last).Select(item => (ItemKey?)new ItemKey(item.DueOn, item.SortKey)).SingleAsync(ct),
            };
        }
    }

    private async Task<Dictionary<Guid, Item>> ItemsAsync(Guid[] ids, CancellationToken ct) =>
        await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => EF.Parameter(ids).Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
}
