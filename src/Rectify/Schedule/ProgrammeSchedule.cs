using Microsoft.EntityFrameworkCore;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>Which activities of a programme a list shows.</summary>
public enum ScheduleWhich
{
    /// <summary>What has to begin this month, or for a node be reached (本月必须开工).</summary>
    Month,

    /// <summary>What can no longer be done in time with the durations planned (已来不及).</summary>
    Late,

    /// <summary>All items with a schedule.</summary>
    Items,
}

/// <summary>The schedules of a programme's items on a day, and the lists made of them.</summary>
/// <param name="Without">Open tasks that have no schedule.</param>
public sealed record ProgrammeSchedule(DateOnly On, IReadOnlyList<ItemTimetable> Items, IReadOnlyDictionary<Guid, string> Units, int Without)
{
    /// <param name="Unit">The unit that answers for it, by its short name; empty if none is known.</param>
    public sealed record Row(ItemTimetable Of, PlannedActivity Activity, Times Times, string Unit);

    /// <param name="unit">Only of this unit; <see langword="null"/> for all.</param>
    public static async Task<ProgrammeSchedule> ReadAsync(Db db, Access reader, Guid programme, DateOnly on, Guid? unit, CancellationToken ct)
    {
        var items = await ScheduleReading.OfProgrammeAsync(db, reader, programme, on, ct);
        var names = await UnitsAsync(db, items, ct);
        var (schedules, open) = (db.SchedulesFor(reader, Right.Read), Overview.OpenStatuses);
        var without = await db.ItemsFor(reader, Right.Read)
            .Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task && (item.RemovedOn == null || item.RemovedOn > on) && (item.AddedOn == null || item.AddedOn <= on))
            .CountAsync(item => !schedules.Any(one => one.ItemId == item.Id) && db.StatusSpans().Any(span => span.ItemId == item.Id && span.From <= on && span.Until > on && open.Contains(span.Status)), ct);
        return new(on, unit is { } only ? [.. items.Where(one => one.Plan.Activities.Any(activity => one.UnitOf(activity.Id) == only))] : items, names, without);
    }

    /// <summary>The short names of the units that answer for activities.</summary>
    public static Task<Dictionary<Guid, string>> UnitsAsync(Db db, IReadOnlyList<ItemTimetable> items, CancellationToken ct)
    {
        var ids = items.SelectMany(one => one.Plan.Activities.Select(activity => one.UnitOf(activity.Id))).OfType<Guid>().Distinct().ToArray();
        return db.Units().Where(one => EF.Parameter(ids).Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.ShortName, ct);
    }

    /// <summary>The circle in which items wait for one another; <see langword="null"/> if there is none.</summary>
    public string? Circle => Items.Select(one => one.Circle).FirstOrDefault(circle => circle is not null);

    /// <summary>Open items with activities that wait for something that is gone, in the plan's order.</summary>
    public IReadOnlyList<ItemTimetable> Lapsed(Guid? unit = null) =>
        [.. Items.Where(one => one.IsOpen && one.Lapsed.Any(wait => unit is null || one.UnitOf(wait.Activity.Id) == unit))];

    /// <summary>Activities of open items, by unit and then by their latest day.</summary>
    public IReadOnlyList<Row> Rows(ScheduleWhich which, Guid? unit = null) =>
    [
        .. Items.Where(one => one.IsOpen).SelectMany(one => (which is ScheduleWhich.Month ? one.Dates.MustStartThisMonth() : which is ScheduleWhich.Late ? one.Dates.TooLate : one.Dates.CriticalPath)
                .Select(times => new Row(one, one.Plan.Find(times.Activity.Id)!, times, one.UnitOf(times.Activity.Id) is { } id ? Units.GetValueOrDefault(id, "") : "")))
            .Where(row => unit is null || row.Of.UnitOf(row.Activity.Id) == unit)
            .OrderBy(row => row.Unit, StringComparer.Ordinal).ThenBy(row => row.Times.LateStart).ThenBy(row => row.Of.Item.SortKey, StringComparer.Ordinal),
    ];
}
