using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Forecast;

/// <summary>What has been recorded of a programme's tasks, so that it can be told as it was known on any day.</summary>
/// <remarks>
/// Known on a day is what is dated to it or before, was recorded by its end and was not withdrawn by then. Deadlines of the plan, hand-over nodes and the measures that
/// there are, are taken as they stand now; deadlines that were changed later are those of their day.
/// </remarks>
public sealed class TaskRecords
{
    private static readonly Access Room = Access.OfSystem(Actor.System("forecast"));

    private readonly Programme programme;
    private readonly TimeProvider clock;
    private readonly List<Item> tasks;
    private readonly ILookup<Guid?, Item> measures;
    private readonly ILookup<Guid, ItemMilestone> nodes;
    private readonly List<ItemFact> facts;
    private readonly Dictionary<Guid, Guid> leads;

    private TaskRecords(Programme programme, TimeProvider clock, List<Item> items, IEnumerable<ItemMilestone> nodes, List<ItemFact> facts, Dictionary<Guid, Guid> leads)
    {
        (this.programme, this.clock, this.facts, this.leads, this.nodes) = (programme, clock, facts, leads, nodes.ToLookup(node => node.ItemId));
        (tasks, measures) = ([.. items.Where(item => item.Kind is ItemKind.Task)], items.Where(item => item.Kind is ItemKind.Measure).ToLookup(item => item.ParentId));
    }

    /// <summary>The days on which forecasts were due in the past: those on which rounds closed, at most the last two years of months.</summary>
    public required IReadOnlyList<DateOnly> RoundDays { get; init; }

    /// <param name="programme">One that the caller has found readable. History is the whole programme's, whoever reads one task of it.</param>
    public static async Task<TaskRecords> ReadAsync(Db db, Programme programme, TimeProvider clock, CancellationToken ct)
    {
        var ours = db.ItemsFor(Room, Right.Read).Where(item => item.ProgrammeId == programme.Id && (item.Kind == ItemKind.Task || item.Kind == ItemKind.Measure));
        var items = await ours.AsNoTracking().ToListAsync(ct);
        var nodes = await db.ItemMilestones().AsNoTracking().Join(ours, node => node.ItemId, item => item.Id, (node, _) => node).ToListAsync(ct);
        var facts = await db.ItemFacts().AsNoTracking().Join(ours, fact => fact.ItemId, item => item.Id, (fact, _) => fact).ToListAsync(ct);
        var units = await db.ItemUnits().AsNoTracking().Where(part => part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible))
            .Join(ours.Where(item => item.Kind == ItemKind.Task), part => part.ItemId, item => item.Id, (part, _) => new { part.ItemId, part.Role, part.Order, Unit = part.UnitId!.Value }).ToListAsync(ct);
        var closed = await db.RoundsFor(Room).Where(round => round.ProgrammeId == programme.Id && round.ClosedAt != null).Select(round => round.ClosedAt!.Value).ToListAsync(ct);
        var zone = clock.LocalTimeZone;
        return new(
            programme, clock, items, nodes, facts,
            units.OrderBy(part => part.Role is not DraftRole.Lead).ThenBy(part => part.Order).GroupBy(part => part.ItemId).ToDictionary(group => group.Key, group => group.First().Unit))
        {
            RoundDays = [.. closed.Select(at => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime)).Distinct().Order().TakeLast(24)],
        };
    }

    /// <summary>The tasks as they were known at the end of a day; those that do not concern their units are left out.</summary>
    public IReadOnlyList<KnownTask> KnownOn(DateOnly day)
    {
        var known = FactsOn(day);
        return [.. Standing(day).Select(task => Known(task, day, known)).OfType<KnownTask>()];
    }

    /// <summary>Forecasts of past days that were made before a day, against what was known on it.</summary>
    public Calibration Calibrate(DateOnly now)
    {
        var known = FactsOn(now);
        var standing = Standing(now).ToDictionary(task => task.Id);
        return Calibration.Replay(
            RoundDays.Where(day => day < now), now, KnownOn,
            (id, day) => standing.TryGetValue(id, out var task) && ItemState.On(Input(task, known), day) is { Phase: not Phase.NotInvolved } state ? state.IsComplete : null);
    }

    private IEnumerable<Item> Standing(DateOnly day) => tasks.Where(task => (task.AddedOn ?? day) <= day && (task.RemovedOn ?? DateOnly.MaxValue) > day);

    private ILookup<Guid, ItemFact> FactsOn(DateOnly day)
    {
        var next = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(next, clock.LocalTimeZone.GetUtcOffset(next));
        return facts.Where(fact => fact.On <= day && fact.RecordedAt < end && (fact.VoidedAt == null || fact.VoidedAt >= end)).ToLookup(fact => fact.ItemId);
    }

    private TimelineInput Input(Item task, ILookup<Guid, ItemFact> known) => ItemDerivation.Input(programme, task, measures[task.Id], nodes[task.Id], known);

    private KnownTask? Known(Item task, DateOnly day, ILookup<Guid, ItemFact> known)
    {
        var input = Input(task, known);
        var (state, progress) = (new ItemState(input), new List<(DateOnly, int)>());
        DateOnly? doneOn = null;

        // Each month's last day, once nothing dated to it or before is still to come.
        void Note(DateOnly until)
        {
            while (state.StartedOn is { } start && doneOn is null && (progress.Count == 0 ? MonthEnd(start) : MonthEnd(progress[^1].Item1.AddDays(1))) is var end && end < until)
            {
                progress.Add((end, Progress.Percent(state) ?? 0));
            }
        }

        foreach (var fact in ItemState.InOrder(input).TakeWhile(fact => fact.On <= day))
        {
            Note(fact.On);
            state.Apply(fact);
            doneOn = state.IsComplete ? doneOn ?? fact.On : null;
        }

        Note(day.AddDays(1));
        var due = nodes[task.Id].Where(node => node.Due <= day).ToList();
        return state.Phase is Phase.NotInvolved ? null : new KnownTask(task.Id)
        {
            Kind = task.TaskType.Length > 0 ? task.TaskType : task.AspectNo is { } aspect ? $"#{aspect}" : "",
            Lead = leads.TryGetValue(task.Id, out var lead) ? lead : null,
            StartedOn = state.StartedOn,
            DueOn = state.Deadline,
            DoneOn = doneOn,
            Progress = progress,
            Percent = Progress.Percent(state),
            Nodes = (due.Count, due.Count(node => state.ReachedOn(node.No) is not { } reached || reached > node.Due)),
        };
    }

    private static DateOnly MonthEnd(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1);
}

/// <summary>The forecasts of a programme's open tasks that somebody may read.</summary>
/// <param name="Rows">The least likely first; those that have passed their deadline before them all.</param>
/// <param name="Silent">Open tasks of which nothing is said.</param>
public sealed record ForecastList(IReadOnlyList<ForecastList.Row> Rows, IReadOnlyList<ForecastList.Row> Silent, Calibration Calibration)
{
    /// <summary>One open task.</summary>
    public sealed record Row(Item Item, KnownTask Task, ItemForecast? Forecast, NoForecast? Because, string Lead);

    public static async Task<ForecastList> ReadAsync(Db db, Access reader, Programme programme, DateOnly day, TimeProvider clock, CancellationToken ct)
    {
        var records = await TaskRecords.ReadAsync(db, programme, clock, ct);
        var known = records.KnownOn(day);
        var items = await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => item.ProgrammeId == programme.Id && item.Kind == ItemKind.Task).ToDictionaryAsync(item => item.Id, ct);
        var units = await db.Units().AsNoTracking().Select(unit => new { unit.Id, unit.ShortName }).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        var rows = (
            from task in known
            where task.DoneOn is null && items.ContainsKey(task.Id)
            let said = ForecastModel.Of(task, known, day)
            let item = items[task.Id]
            orderby item.SortKey
            select new Row(item, task, said.Forecast, said.Because, task.Lead is { } lead ? units.GetValueOrDefault(lead, "") : "")).ToList();
        return new(
            [.. rows.Where(row => row.Forecast is not null).OrderBy(row => row.Forecast!.Chance).ThenBy(row => row.Task.DueOn).ThenBy(row => row.Item.SortKey, StringComparer.Ordinal)],
            [.. rows.Where(row => row.Forecast is null)], records.Calibrate(day));
    }
}
