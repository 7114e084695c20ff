using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>Which dossiers a list shows.</summary>
/// <param name="Lacking">Only those that are not whole.</param>
/// <param name="Unit">Only of items that concern the unit.</param>
/// <param name="TaskType">Only of this type of task; empty for all.</param>
internal sealed record DossierFilter(bool Lacking = false, Guid? Unit = null, string TaskType = "")
{
    public static DossierFilter Read(IQueryCollection query) => new(
        query["which"] == "lacking", Guid.TryParse(query["unit"], out var unit) ? unit : null, query["type"].ToString() is { Length: <= 40 } type ? type : "");

    public string Query => string.Concat(
        Lacking ? "&which=lacking" : "", Unit is { } unit ? $"&unit={unit}" : "", TaskType.Length > 0 ? $"&type={Uri.EscapeDataString(TaskType)}" : "");
}

/// <summary>The dossiers of a programme's tasks in the plan's order, one page at a time.</summary>
internal sealed class DossierList(Db db, DossierMemory memory, Access reader, Programme programme, DateOnly day, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Dossiers read at once: those of a page, and one that says whether there is another page.</summary>
    private const int Batch = PageSize + 1;

    /// <param name="Next">Where the next page goes on; <see langword="null"/> on the last.</param>
    public sealed record Page(IReadOnlyList<DossierStates> Rows, string? Next);

    /// <param name="after">The key of the last row of the page before; empty for the first page.</param>
    public async Task<Page> PageAsync(DossierFilter filter, string after, CancellationToken ct)
    {
        var rows = new List<DossierStates>();
        await foreach (var dossier in ReadAsync(filter, after, ct))
        {
            if (rows.Count == PageSize)
            {
                return new(rows, rows[^1].Item.SortKey);
            }

            rows.Add(dossier);
        }

        return new(rows, null);
    }

    /// <summary>All that the filter lets through, read a batch at a time.</summary>
    public async IAsyncEnumerable<DossierStates> ReadAsync(DossierFilter filter, string after, [EnumeratorCancellation] CancellationToken ct)
    {
        var reading = new DossierReading(db, reader, day, clock);
        for (var (key, more) = (after, true); more;)
        {
            var from = key;
            var items = await Items(filter).Where(item => string.Compare(item.SortKey, from) > 0).OrderBy(item => item.SortKey).Take(Batch).ToListAsync(ct);
            foreach (var dossier in await reading.StatesAsync(memory, programme, items, ct))
            {
                if (!filter.Lacking || !dossier.IsWhole)
                {
                    yield return dossier;
                }
            }

            more = items.Count == Batch;
            key = more ? items[^1].SortKey : key;
        }
    }

    /// <summary>The types of task that the programme's items and requirements name, in order.</summary>
    public async Task<List<string>> TypesAsync(CancellationToken ct)
    {
        var used = await db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme.Id && item.TaskType != "").Select(item => item.TaskType).Distinct().OrderBy(type => type).Take(200).ToListAsync(ct);
        var (_, requirements) = await new DossierReading(db, reader, day, clock).RequirementsAsync(programme.Id, ct);
        return [.. used.Concat(requirements.List.Select(one => one.TaskType)).Where(type => type.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    private IQueryable<Item> Items(DossierFilter filter)
    {
        var on = day;
        var items = db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => item.ProgrammeId == programme.Id && item.Kind == ItemKind.Task
            && (item.RemovedOn == null || item.RemovedOn > on) && (item.AddedOn == null || item.AddedOn <= on));
        if (filter.Unit is { } unit)
        {
            items = items.Where(item => db.ItemScopes().Any(scope => scope.ItemId == item.Id && scope.UnitId == unit));
        }

        return filter.TaskType.Length > 0 ? items.Where(item => item.TaskType == filter.TaskType) : items;
    }
}

/// <summary>The filtered list as a workbook: one sheet of dossiers, one of what each lacks.</summary>
internal sealed class DossierExport(DossierList list, DossierFilter filter, Words words, DateOnly day)
{
    private static readonly (string Key, double Width)[] Columns =
        [("number", 14), ("title", 50), ("type", 16), ("required", 8), ("present", 8), ("missing", 8), ("expired", 8), ("duplicate", 8), ("notyet", 8), ("pieces", 8), ("whole", 8), ("on", 12)];

    private static readonly (string Key, double Width)[] LackColumns =
        [("number", 14), ("title", 40), ("folder", 12), ("requirement", 40), ("target", 40), ("state", 8), ("count", 8), ("have", 8), ("due", 12)];

    public Task WriteAsync(Stream to, CancellationToken ct) => XlsxWriter.WriteAsync(
        to,
        [
            new(words["dossier.list"], [.. Columns.Select(column => new SheetColumn(words[$"dossier.export.{column.Key}"], column.Width))], RowsAsync(ct)),
            new(words["dossier.lacks"], [.. LackColumns.Select(column => new SheetColumn(words[$"dossier.export.{column.Key}"], column.Width))], LacksAsync(ct)),
        ],
        ct);

    private async IAsyncEnumerable<object?[]> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in list.ReadAsync(filter, "", ct))
        {
            yield return
            [
                one.Item.NumberText, one.Item.Title, one.Item.TaskType, one.Required, one.Count(RequirementState.Present), one.Count(RequirementState.Missing),
                one.Count(RequirementState.Expired), one.Count(RequirementState.Duplicate), one.Count(RequirementState.NotYet), one.PieceCount,
                words[one.IsWhole ? "export.yes" : "export.no"], day,
            ];
        }
    }

    private async IAsyncEnumerable<object?[]> LacksAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in list.ReadAsync(filter, "", ct))
        {
            foreach (var line in one.Lines.Where(line => line.State is not (RequirementState.Present or RequirementState.NotYet)))
            {
                yield return
                [
                    one.Item.NumberText, one.Item.Title, line.Requirement.Folder, line.Requirement.Title,
                    line.Target == one.Item.Id ? "" : one.Parts.FirstOrDefault(part => part.Id == line.Target)?.Title, words[$"dossier.state.{line.State}"],
                    line.Requirement.Count, line.Have, line.DueOn,
                ];
            }
        }
    }
}
