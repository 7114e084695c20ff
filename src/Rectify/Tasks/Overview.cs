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
    public sealed record Line(
        string Key, string Name, Figure All, Figure Done, Figure Closed, Figure Overdue, Figure Green, Figure Yellow, Figure Red, decimal? Share)
    {
        /// <summary>The unit's kind, where the line is a unit's.</summary>
        public UnitKind? Kind { get; init; }
    }

    /// <summary>One month end of the curve: tasks due by then by the deadlines in force on the day looked at, and tasks done on that day.</summary>
    /// <param name="Done"><see langword="null"/> after the day looked at.</param>
    public sealed record Point(DateOnly On, int Due, int? Done);

    /// <summary>A task as a cell: one for each task in the plan's order.</summary>
    public sealed record Cell(Guid Id, int? Number, string NumberText, string Title, ItemStatus Status, Light Light, string Reason)
    {
        /// <summary>The units that answer for it, as the plan writes them, the lead first; only where <see cref="Light"/> is red or yellow.</summary>
        public IReadOnlyList<string> Units { get; init; } = [];
    }

    public required DateOnly On { get; init; }

    public required Figure Tasks { get; init; }

    /// <summary>Completed by the day: declared complete or further on the way, not reopened since. 基本完成 does not count.</summary>
    public required Figure Done { get; init; }

    /// <summary>Percent done, one decimal, half away from zero.</summary>
    public required decimal? Share { get; init; }

    /// <summary>Closed by the day, those with a lasting duty among them.</summary>
    public required Figure Closed { get; init; }

    /// <summary>Of those closed, the ones with a lasting duty.</summary>
    public required Figure Standing { get; init; }

    /// <summary>Due on the day or before it, by the deadline in force on it.</summary>
    public required Figure Due { get; init; }

    /// <summary>Of those due, the ones done.</summary>
    public required Figure DueDone { get; init; }

    public required Figure Overdue { get; init; }

    /// <summary>Not done on the day.</summary>
    public required Figure Open { get; init; }

    public required IReadOnlyList<(ItemStatus Status, Figure Figure)> ByStatus { get; init; }

    public required IReadOnlyList<(Light Light, Figure Figure)> ByLight { get; init; }

    public required IReadOnlyList<Line> ByAspect { get; init; }

    /// <summary>By unit that leads or cooperates. One task can have several: the lines add up to more than the whole.</summary>
    public required IReadOnlyList<Line> ByUnit { get; init; }

    public required IReadOnlyList<Line> ByUnitKind { get; init; }

    public required IReadOnlyList<Line> ByDueYear { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>Month by month from the first to the last that matters; empty while nothing is due and nothing done.</summary>
    public required IReadOnlyList<Point> Curve { get; init; }

    /// <summary>Aspects of what was found and of what was advised.</summary>
    public required int FindingAspects { get; init; }

    public required int AdviceAspects { get; init; }

    /// <summary>Units that answer for at least one task, by kind: those that lead, cooperate or are named responsible.</summary>
    public required IReadOnlyDictionary<UnitKind, int> ResponsibleUnits { get; init; }

    /// <summary>
    /// Units that answer for the programme's tasks: those that lead or cooperate; where no task names a lead, those named
    /// responsible. Places that carry out a part of a led task (落实单位) are not counted.
    /// </summary>
    public required int AnsweringUnits { get; init; }

    /// <summary>What was counted then and what is known now, where a past day's figures were restated; <see langword="null"/> where they stand.</summary>
    public Restatement? Restated { get; init; }

    /// <summary>The statuses that count as done on their day.</summary>
    public static IReadOnlyList<ItemStatus> DoneStatuses { get; } =
    [
        ItemStatus.Done, ItemStatus.Accept, ItemStatus.Returned, ItemStatus.Notice, ItemStatus.Objected, ItemStatus.Signing,
        ItemStatus.Filed, ItemStatus.Closed, ItemStatus.Standing, ItemStatus.NotInvolved,
    ];

    /// <summary>The statuses that count as closed.</summary>
    public static IReadOnlyList<ItemStatus> ClosedStatuses { get; } = [ItemStatus.Closed, ItemStatus.Standing];

    /// <summary>The statuses that do not count as done.</summary>
    public static IReadOnlyList<ItemStatus> OpenStatuses { get; } = [.. Enum.GetValues<ItemStatus>().Except(DoneStatuses)];

    /// <summary>Percent, one decimal, half away from zero; <see langword="null"/> of nothing.</summary>
    public static decimal? ShareOf(int part, int whole) =>
        whole == 0 ? null : Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);

    /// <summary>Reads the overview; what the reader may not see is not counted.</summary>
    /// <param name="clock">To restate a past day; without it the day is told as known now alone.</param>
    public static async Task<Overview> ReadAsync(Db db, Access reader, Guid programme, DateOnly on, CancellationToken ct, TimeProvider? clock = null)
    {
        var tasks = await ItemList.AllAsync(db, reader, programme, new(), on, ct);
        var due = await db.ItemsFor(reader, Right.Read)
            .Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task)
            .Select(item => new { item.Id, item.DeadlineDate }).AsNoTracking().ToDictionaryAsync(item => item.Id, item => item.DeadlineDate, ct);
        var aspects = await db.AspectsOf(programme).AsNoTracking().OrderBy(aspect => aspect.No).ToListAsync(ct);
        var parts = await (
            from part in db.ItemUnits()
            join item in db.ItemsFor(reader, Right.Read) on part.ItemId equals item.Id
            where item.ProgrammeId == programme && item.Kind == ItemKind.Task
                && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Responsible)
            join unit in db.Units() on part.UnitId equals unit.Id
            select new { part.ItemId, part.Role, unit.Id, unit.ShortName, unit.Kind, unit.Path }).AsNoTracking().ToListAsync(ct);

        // The list goes by the deadlines now in force: where one was changed after the day, it is asked for those of the day.
        var dueBy = tasks.Exists(task => task.DueOn != task.DueNow) ? new ItemFilter { DueBy = on } : new() { DueTo = on };
        await ItemList.AddUnitsAsync(db, [.. tasks.Where(task => task.Light is Light.Red or Light.Yellow)], ct);
        var byId = tasks.ToDictionary(task => task.Id);
        var held = parts.Where(part => byId.ContainsKey(part.ItemId)).ToList();
        return new()
        {
            On = on,
            Tasks = new(tasks.Count, new()),
            Done = new(tasks.Count(IsDone), new() { Statuses = DoneStatuses }),
            Share = ShareOf(tasks.Count(IsDone), tasks.Count),
            Closed = Count(tasks, new() { Statuses = ClosedStatuses }),
            Standing = Count(tasks, new() { Statuses = [ItemStatus.Standing] }),
            Due = new(tasks.Count(task => task.DueOn <= on), dueBy),
            DueDone = new(tasks.Count(task => task.DueOn <= on && IsDone(task)), dueBy with { Statuses = DoneStatuses }),
            Overdue = Count(tasks, new() { Statuses = [ItemStatus.Overdue] }),
            Open = Count(tasks, new() { Statuses = OpenStatuses }),
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
                   select (light, new Figure(tasks.Count(task => task.Light == light), new() { Lights = [light] })),
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
                       unit.Select(part => part.ItemId).Distinct().Select(id => byId[id]), new() { UnitId = unit.Key.Id, Roles = ItemFilter.Responsible }) with
                       {
                           Kind = unit.Key.Kind,
                       },
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
            Cells = [.. tasks.Select(task => new Cell(task.Id, task.NumberValue, task.NumberText, task.Title, task.Status, task.Light, task.Reason)
            {
                Units = [.. task.Units.Select(unit => unit.Text)],
            })],
            Restated = clock is null ? null : await Restatement.ReadAsync(db, reader, programme, tasks, on, clock, ct),
            Curve = await CurveAsync(db, reader, programme, tasks, on, ct),
            AnsweringUnits = held.Where(part => part.Role != DraftRole.Responsible || !held.Exists(other => other.Role == DraftRole.Lead))
                .Select(part => part.Id).Distinct().Count(),
            FindingAspects = aspects.Count(aspect => aspect.Kind is AspectKind.Finding),
            AdviceAspects = aspects.Count(aspect => aspect.Kind is AspectKind.Advice),
            ResponsibleUnits = held.GroupBy(part => part.Kind).ToDictionary(kind => kind.Key, kind => kind.Select(part => part.Id).Distinct().Count()),
        };
    }

    private static bool IsDone(ItemList.Row task) => DoneStatuses.Contains(task.Status);

    // By statuses and lights alone, in memory, as the list of the same filter counts in the database.
    private static Figure Count(IEnumerable<ItemList.Row> tasks, ItemFilter rows) => new(
        tasks.Count(task => (rows.Statuses.Count == 0 || rows.Statuses.Contains(task.Status)) && (rows.Lights.Count == 0 || rows.Lights.Contains(task.Light))),
        rows);

    private static Line LineOf(string key, string name, IEnumerable<ItemList.Row> tasks, ItemFilter rows)
    {
        var list = tasks.ToList();
        Figure By(Light light) => Count(list, rows with { Lights = [light] });
        var (all, done) = (Count(list, rows), Count(list, rows with { Statuses = DoneStatuses }));
        return new(
            key, name, all, done, Count(list, rows with { Statuses = ClosedStatuses }), Count(list, rows with { Statuses = [ItemStatus.Overdue] }),
            By(Light.Green), By(Light.Yellow), By(Light.Red), ShareOf(done.Count, all.Count));
    }

    private static async Task<IReadOnlyList<Point>> CurveAsync(
        Db db, Access reader, Guid programme, List<ItemList.Row> tasks, DateOnly on, CancellationToken ct)
    {
        var items = db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task); // one that was taken out has spans until then
        var spans = db.StatusSpans().Where(span =>
            span.ProgrammeId == programme && span.Kind == ItemKind.Task && DoneStatuses.Contains(span.Status) && span.From <= on);
        var done = await (
            from span in spans
            join item in items on span.ItemId equals item.Id
            select new { span.From, span.Until }).AsNoTracking().ToListAsync(ct);
        var dates = tasks.Select(task => task.DueOn).OfType<DateOnly>().Concat(done.Select(span => span.From)).ToList();
        if (dates.Count == 0)
        {
            return [];
        }

        var (first, last) = (MonthEnd(dates.Min()).AddMonths(-1), MonthEnd(dates.Append(on).Max()));
        var ends = new List<DateOnly>();
        for (var end = MonthEnd(first); end <= last && ends.Count < 240; end = MonthEnd(end.AddDays(1)))
        {
            ends.Add(end);
        }

        return
        [
            .. ends.Append(on).Distinct().Order().Select(end => new Point(
                end, tasks.Count(task => task.DueOn <= end), end > on ? null : done.Count(span => span.From <= end && span.Until > end))),
        ];
    }

    private static DateOnly MonthEnd(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1);
}
