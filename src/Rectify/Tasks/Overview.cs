using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A programme on a day: how many tasks, how many done, by aspect, unit, kind of unit and due year.</summary>
/// <remarks>Every number is a count of rows that <see cref="ItemList"/> gives for the filter beside it.</remarks>
public sealed record Overview
{
    /// <summary>A count and the filter that lists its rows.</summary>
    public sealed record Figure(int Count, ItemFilter Rows);

    /// <summary>One line of a breakdown.</summary>
    /// <param name="Share">Percent done, one decimal, half away from zero; <see langword="null"/> of nothing.</param>
    public sealed record Line(string Key, string Name, Figure All, Figure Done, Figure Overdue, Figure Red, decimal? Share);

    /// <summary>A task as a cell: one for each task in the plan's order.</summary>
    public sealed record Cell(Guid Id, int? Number, string NumberText, string Title, ItemStatus Status, Light Light, string Reason);

    public required DateOnly On { get; init; }

    public required Figure Tasks { get; init; }

    /// <summary>Completed by the day: declared complete or further on the way, not reopened since. 基本完成 does not count.</summary>
    public required Figure Done { get; init; }

    /// <summary>Percent done, one decimal, half away from zero.</summary>
    public required decimal? Share { get; init; }

    public required IReadOnlyList<(ItemStatus Status, Figure Figure)> ByStatus { get; init; }

    public required IReadOnlyList<(Light Light, Figure Figure)> ByLight { get; init; }

    public required IReadOnlyList<Line> ByAspect { get; init; }

    /// <summary>By unit that leads or cooperates. One task can have several: the lines add up to more than the whole.</summary>
    public required IReadOnlyList<Line> ByUnit { get; init; }

    public required IReadOnlyList<Line> ByUnitKind { get; init; }

    public required IReadOnlyList<Line> ByDueYear { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>Aspects of what was found and of what was advised.</summary>
    public required int FindingAspects { get; init; }

    public required int AdviceAspects { get; init; }

    /// <summary>Units that answer for at least one task, by kind: those that lead, cooperate or are named responsible.</summary>
    public required IReadOnlyDictionary<UnitKind, int> ResponsibleUnits { get; init; }

    /// <summary>The statuses that count as done on their day.</summary>
    public static IReadOnlyList<ItemStatus> DoneStatuses { get; } =
    [
        ItemStatus.Done, ItemStatus.Accept, ItemStatus.Returned, ItemStatus.Notice, ItemStatus.Objected, ItemStatus.Signing,
        ItemStatus.Filed, ItemStatus.Closed, ItemStatus.Standing, ItemStatus.NotInvolved,
    ];

    /// <summary>Percent, one decimal, half away from zero; <see langword="null"/> of nothing.</summary>
    public static decimal? ShareOf(int part, int whole) =>
        whole == 0 ? null : Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);

    /// <summary>Reads the overview; what the reader may not see is not counted.</summary>
    public static async Task<Overview> ReadAsync(Db db, Access reader, Guid programme, DateOnly on, CancellationToken ct)
    {
        var tasks = await ItemList.Query(db, reader, programme, new(), on).AsNoTracking().OrderBy(row => row.Key).ToListAsync(ct);
        var due = await db.ItemsFor(reader, Right.Read)
            .Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task && item.RemovedOn == null)
            .Select(item => new { item.Id, item.DeadlineDate }).AsNoTracking().ToDictionaryAsync(item => item.Id, item => item.DeadlineDate, ct);
        var aspects = await db.AspectsOf(programme).AsNoTracking().OrderBy(aspect => aspect.No).ToListAsync(ct);
        var parts = await (
            from part in db.ItemUnits()
            join item in db.ItemsFor(reader, Right.Read) on part.ItemId equals item.Id
            where item.ProgrammeId == programme && item.Kind == ItemKind.Task && item.RemovedOn == null
                && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Responsible)
            join unit in db.Units() on part.UnitId equals unit.Id
            select new { part.ItemId, unit.Id, unit.ShortName, unit.Kind, unit.Path }).AsNoTracking().ToListAsync(ct);

        var byId = tasks.ToDictionary(task => task.Id);
        var held = parts.Where(part => byId.ContainsKey(part.ItemId)).ToList();
        return new()
        {
            On = on,
            Tasks = new(tasks.Count, new()),
            Done = new(tasks.Count(IsDone), new() { Statuses = DoneStatuses }),
            Share = ShareOf(tasks.Count(IsDone), tasks.Count),
            ByStatus =
            [
                .. from status in Enum.GetValues<ItemStatus>()
                   let count = tasks.Count(task => task.Status == status)
                   where count > 0
                   select (status, new Figure(count, new() { Statuses = [status] })),
            ],
            ByLight =
            [
                .. from light in Enum.GetValues<Light>()
                   select (light, new Figure(tasks.Count(task => task.Light == light), new() { Light = light })),
            ],
            ByAspect =
            [
                .. from aspect in aspects
                   where aspect.Kind is AspectKind.Task
                   select LineOf(aspect.No.ToString(System.Globalization.CultureInfo.InvariantCulture), aspect.Name,
                       tasks.Where(task => task.AspectNo == aspect.No), new() { AspectNo = aspect.No }),
            ],
            ByUnit =
            [
                .. from part in held
                   group part by (part.Id, part.ShortName, part.Kind, part.Path) into unit
                   orderby unit.Key.Kind, unit.Key.Path
                   select LineOf(unit.Key.Id.ToString(), unit.Key.ShortName,
                       unit.Select(part => part.ItemId).Distinct().Select(id => byId[id]), new() { UnitId = unit.Key.Id, Roles = ItemFilter.Responsible }),
            ],
            ByUnitKind =
            [
                .. from part in held
                   group part by part.Kind into kind
                   orderby kind.Key
                   select LineOf(kind.Key.ToString(), kind.Key.ToString(),
                       kind.Select(part => part.ItemId).Distinct().Select(id => byId[id]), new() { UnitKind = kind.Key }),
            ],
            ByDueYear =
            [
                .. from task in tasks
                   let year = due[task.Id]?.Year
                   group task by year into cohort
                   orderby cohort.Key ?? int.MaxValue
                   select LineOf(cohort.Key?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", "", cohort,
                       cohort.Key is { } year ? new() { DueYear = year } : new() { HasDate = false }),
            ],
            Cells = [.. tasks.Select(task => new Cell(task.Id, task.NumberValue, task.NumberText, task.Title, task.Status, task.Light, task.Reason))],
            FindingAspects = aspects.Count(aspect => aspect.Kind is AspectKind.Finding),
            AdviceAspects = aspects.Count(aspect => aspect.Kind is AspectKind.Advice),
            ResponsibleUnits = held.GroupBy(part => part.Kind).ToDictionary(kind => kind.Key, kind => kind.Select(part => part.Id).Distinct().Count()),
        };
    }

    private static bool IsDone(ItemList.Row task) => DoneStatuses.Contains(task.Status);

    private static Line LineOf(string key, string name, IEnumerable<ItemList.Row> tasks, ItemFilter rows)
    {
        var list = tasks.ToList();
        var done = list.Count(IsDone);
        return new(
            key, name, new(list.Count, rows), new(done, rows with { Statuses = DoneStatuses }),
            new(list.Count(task => task.Status is ItemStatus.Overdue), rows with { Statuses = [ItemStatus.Overdue] }),
            new(list.Count(task => task.Light is Light.Red), rows with { Light = Light.Red }), ShareOf(done, list.Count));
    }
}
