using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Grammar;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Schedule;

/// <summary>One item's schedule with all its dates on a day: what pages, lists and charts are drawn from.</summary>
/// <param name="Version">The plan that was in force on the day.</param>
/// <param name="Plan">Its activities with what is known to have begun and ended until the day.</param>
/// <param name="Dates">All dates, seen from the day; its network's activities have the ids of the plan's.</param>
/// <param name="DueOn">The item's deadline in force on the day.</param>
/// <param name="Lead">The unit that leads the item; <see langword="null"/> if none is known.</param>
/// <param name="IsOpen">Whether something is still to be done: the item was neither completed nor taken out.</param>
public sealed record ItemTimetable(
    Item Item, ItemSchedule Schedule, ScheduleVersion Version, ActivityPlan Plan, Timetable Dates, DateOnly? DueOn, Guid? Lead, bool IsOpen)
{
    /// <summary>The dates of all that is computed together: where items wait for one another, those of the whole programme. What is tried is tried on this.</summary>
    public Timetable Whole { get; init; } = Dates;

    /// <summary>What its activities still wait for although it is gone: the other item's plan dropped it, or has no plan any more. Their dates are computed without it.</summary>
    public IReadOnlyList<LapsedWait> Lapsed { get; init; } = [];

    /// <summary>The circle in which items of the programme wait for one another, where this one waits or is waited for: its dates are computed without what joins items. <see langword="null"/> if there is none.</summary>
    public string? Circle { get; init; }

    /// <summary>The unit that answers for an activity.</summary>
    public Guid? UnitOf(Guid activity) => Plan.Find(activity)?.Unit ?? Lead;
}

/// <summary>An activity that waits for one of another item that is gone.</summary>
/// <param name="On">As the plan writes it: 27#A3.</param>
public sealed record LapsedWait(PlannedActivity Activity, string On);

/// <summary>Reads schedules with their dates: one item's, or those of a whole programme in a fixed number of queries.</summary>
public static class ScheduleReading
{
    internal static readonly Access Room = Access.OfSystem(Actor.System("schedule"));

    /// <summary>The schedule of an item as it stood on a day; <see langword="null"/> if it had none then, or is not theirs to read.</summary>
    public static async Task<ItemTimetable?> OfItemAsync(Db db, Access reader, Guid item, DateOnly on, CancellationToken ct) =>
        (await ReadAsync(db, await db.SchedulesFor(reader, Right.Read).AsNoTracking().Where(one => one.ItemId == item).ToListAsync(ct), on, alone: false, ct, reader: reader)).FirstOrDefault();

    /// <summary>The schedules of a programme's items as they stood on a day, in the plan's order.</summary>
    /// <param name="holidays">Others than the product's, to see what they would do.</param>
    public static async Task<IReadOnlyList<ItemTimetable>> OfProgrammeAsync(Db db, Access reader, Guid programme, DateOnly on, CancellationToken ct, WorkingCalendar? holidays = null) =>
        await ReadAsync(db, await db.SchedulesFor(reader, Right.Read).AsNoTracking().Where(one => one.ProgrammeId == programme).ToListAsync(ct), on, alone: false, ct, holidays, reader);

    /// <summary>The version that was the approved one on a day; <see langword="null"/> if none was by then.</summary>
    /// <remarks>A schedule keeps the last approval alone. What it put aside stands in the journal.</remarks>
    public static async Task<(int No, DateOnly On)?> ApprovedAsync(Db db, ItemSchedule schedule, DateOnly on, CancellationToken ct)
    {
        if (schedule is not { ApprovedNo: { } last, ApprovedOn: { } day })
        {
            return null;
        }

        if (day <= on)
        {
            return (last, day);
        }

        foreach (var body in await db.Journal.AsNoTracking().Where(row => row.Subject == schedule.Id && row.Kind == ScheduleApproved.Name).OrderByDescending(row => row.N).Select(row => row.Body).ToListAsync(ct))
        {
            using var entry = JsonDocument.Parse(body);
            var said = entry.RootElement.GetProperty("data");
            if (DateOnly.ParseExact(said.GetProperty("on").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture) is var from && from <= on)
            {
                return (said.GetProperty("no").GetInt32(), from);
            }
        }

        return null;
    }

    /// <summary>The dates of a plan that is not saved, on a day: for trying something, and for keeping the dates with a version.</summary>
    /// <exception cref="Refusal">422: it waits for something that is not there, or not theirs to read, or that waits for it in turn.</exception>
    internal static async Task<Timetable> DatesAsync(Db db, Access by, Item item, ActivityPlan plan, DateOnly on, CancellationToken ct)
    {
        var parts = await Parts.ReadAsync(db, item.ProgrammeId, [item], [plan], on, ct);
        var ids = plan.Activities.Select(one => one.Id).ToList();
        List<ItemTimetable> others = [];
        HashSet<Guid> readable = [item.Id];
        if (plan.Outward().Any() || await AnyOutwardAsync(db, item.ProgrammeId, ct))
        {
            others = [.. (await ReadAsync(db, await db.SchedulesFor(Room, Right.Read).AsNoTracking().Where(one => one.ProgrammeId == item.ProgrammeId && one.ItemId != item.Id).ToListAsync(ct), on, alone: true, ct))];
            readable.UnionWith(await ReadableAsync(db, by, item.ProgrammeId, ct));
            foreach (var (one, part) in plan.Outward())
            {
                if (others.Find(other => other.Item.Kind is ItemKind.Task && other.Item.NumberValue == part.Item && readable.Contains(other.Item.Id))?.Plan.Find(part.Code) is null)
                {
                    throw Refusal.Invalid("schedule.outward", $"{one.Code} waits for {LinkText.Write(part)}, which is no activity of another item.", one.Code, LinkText.Write(part));
                }
            }
        }

        var own = (item, plan, parts.Network(item, plan, on));
        var rest = others.ConvertAll(other => (other.Item, other.Plan, other.Dates.Network));
        try
        {
            return Timetable.Of(Together([own, .. rest], readable), on).Part(ids);
        }
        catch (Refusal no) when (no.Code == "network.cycle" && Circle(rest, readable) is not null)
        {
            return Timetable.Of(own.Item3, on); // the others wait for one another without this one: it is not refused for that
        }
    }

    private static async Task<List<Guid>> ReadableAsync(Db db, Access reader, Guid programme, CancellationToken ct) =>
        await db.SchedulesFor(reader, Right.Read).Where(one => one.ProgrammeId == programme).Select(one => one.ItemId).ToListAsync(ct);

    /// <summary>Counts an item that waits for others, and all items that it waits for in turn: of two plans that are saved at the same time and together close a circle, one is refused as stale.</summary>
    /// <remarks>Has to come before the plans of the others are read.</remarks>
    internal static async Task HoldAsync(Db db, Item item, ActivityPlan plan, CancellationToken ct)
    {
        HashSet<Guid> held = [];
        while (plan.Outward().Any())
        {
            var more = (await WaitedForAsync(db, item, plan, ct)).Where(held.Add).ToArray();
            if (more.Length == 0)
            {
                return;
            }

            foreach (var one in await db.ItemsFor(Room, Right.Read).Where(one => EF.Parameter(more).Contains(one.Id)).ToListAsync(ct))
            {
                one.Reckon();
            }
        }
    }

    // The item itself, and whatever it waits for directly or through others.
    private static async Task<List<Guid>> WaitedForAsync(Db db, Item item, ActivityPlan plan, CancellationToken ct)
    {
        var programme = item.ProgrammeId;
        var schedules = db.SchedulesFor(Room, Right.Read).Where(one => one.ProgrammeId == programme);
        var tasks = (await db.ItemsFor(Room, Right.Read).Where(one => one.ProgrammeId == programme && one.Kind == ItemKind.Task && one.NumberValue != null && one.RemovedOn == null)
            .Join(schedules, one => one.Id, schedule => schedule.ItemId, (one, _) => new { one.Id, Number = one.NumberValue!.Value }).ToListAsync(ct)).ToLookup(one => one.Number, one => one.Id);
        var plans = (await schedules.Join(db.ScheduleVersions(), one => new { one.Id, one.No }, version => new { Id = version.ScheduleId, version.No }, (one, version) => new { one.ItemId, version.Content })
            .Where(one => EF.Functions.Like(one.Content, "%#%")).ToListAsync(ct)).ToDictionary(one => one.ItemId, one => ScheduleVersion.Read(one.Content));
        List<Guid> found = [item.Id];
        for (var i = 0; i < found.Count; i++)
        {
            var waits = i == 0 ? plan : plans.GetValueOrDefault(found[i], ActivityPlan.Empty);
            found.AddRange(waits.Outward().SelectMany(wait => tasks[wait.On.Item!.Value]).Distinct().Except(found).ToList());
        }

        return found;
    }

    // Some text with the sign of another item's number: more than those that wait for one, but few.
    private static Task<bool> AnyOutwardAsync(Db db, Guid programme, CancellationToken ct) =>
        db.SchedulesFor(Room, Right.Read).Where(one => one.ProgrammeId == programme)
            .Join(db.ScheduleVersions(), one => new { one.Id, one.No }, version => new { Id = version.ScheduleId, version.No }, (_, version) => version)
            .AnyAsync(version => EF.Functions.Like(version.Content, "%#%"), ct);

    // One network of several items' plans; what waits for an activity that is not there waits for nothing.
    private static Network Together(List<(Item Item, ActivityPlan Plan, Network Network)> items, HashSet<Guid> readable)
    {
        if (items.Count == 1)
        {
            return items[0].Network;
        }

        var tasks = ByNumber(items);
        var planned = items.SelectMany(one => one.Plan.Activities.Select(activity => (one.Item, Activity: activity))).DistinctBy(one => one.Activity.Id).ToDictionary(one => one.Activity.Id);
        return new(
            items.SelectMany(one => one.Network.Activities),
            items.SelectMany(one => one.Network.Links.Concat(one.Plan.Outward()
                .Select(wait => (wait.Activity, wait.On, From: tasks.GetValueOrDefault(wait.On.Item!.Value)?.Find(wait.On.Code)))
                .Where(wait => wait.From is not null && wait.From.Id != wait.Activity.Id)
                .Select(wait => new Link(wait.From!.Id, wait.Activity.Id, wait.On.Kind, wait.On.Lag, wait.On.CalendarDays)))),
            one => Name(planned[one.Id].Item, planned[one.Id].Activity, readable));
    }

    // As dependencies write it, 27#A3, and its title. What somebody may not read has no name.
    private static string Name(Item item, PlannedActivity one, HashSet<Guid> readable) =>
        readable.Contains(item.Id) ? string.Create(CultureInfo.InvariantCulture, $"{item.NumberValue}#{one.Code} {one.Title}") : "…";

    /// <summary>The circle in which items wait for one another; <see langword="null"/> if there is none.</summary>
    private static string? Circle(List<(Item Item, ActivityPlan Plan, Network Network)> items, HashSet<Guid> readable)
    {
        try
        {
            _ = items.Count > 1 ? Together(items, readable) : null;
            return null;
        }
        catch (Refusal no) when (no.Code == "network.cycle")
        {
            return no.Arguments[0]?.ToString();
        }
    }

    private static Dictionary<int, ActivityPlan> ByNumber(IEnumerable<(Item Item, ActivityPlan Plan, Network Network)> items) =>
        items.Where(one => one.Item is { Kind: ItemKind.Task, NumberValue: not null }).GroupBy(one => one.Item.NumberValue!.Value).ToDictionary(group => group.Key, group => group.First().Plan);

    // What has begun waits for nothing any more, unless its end does.
    private static List<LapsedWait> Lapsed(ActivityPlan plan, Timetable dates, Dictionary<int, ActivityPlan> tasks) =>
    [
        .. plan.Outward().Where(wait => tasks.GetValueOrDefault(wait.On.Item!.Value)?.Find(wait.On.Code) is null)
            .Where(wait => dates[wait.Activity.Id].State is ActivityState.Waiting || (dates[wait.Activity.Id].State is ActivityState.Underway && wait.On.Kind is LinkKind.FinishToFinish or LinkKind.StartToFinish))
            .Select(wait => new LapsedWait(wait.Activity, LinkText.Write(wait.On))),
    ];

    /// <param name="alone">Whether each is computed for itself: the caller puts them together.</param>
    /// <param name="reader">Who reads it: a circle names what they may read.</param>
    private static async Task<List<ItemTimetable>> ReadAsync(Db db, List<ItemSchedule> schedules, DateOnly on, bool alone, CancellationToken ct, WorkingCalendar? holidays = null, Access? reader = null)
    {
        if (schedules.Count == 0)
        {
            return [];
        }

        // Where items wait for one another, the dates of one depend on the others, whoever reads it.
        var asked = schedules.Select(one => one.Id).ToHashSet();
        var programmes = schedules.Select(one => one.ProgrammeId).Distinct().ToList();
        var together = !alone && programmes.Count == 1 && await AnyOutwardAsync(db, programmes[0], ct);
        if (together)
        {
            var programme = programmes[0];
            schedules = await db.SchedulesFor(Room, Right.Read).AsNoTracking().Where(one => one.ProgrammeId == programme).ToListAsync(ct);
        }

        var ids = schedules.Select(one => one.Id).ToArray();

        // The version of the day, and the newest: what has happened may have been recorded after the day on which it did.
        var standing = (await db.ScheduleVersions().Where(one => EF.Parameter(ids).Contains(one.ScheduleId) && one.On <= on)
            .GroupBy(one => one.ScheduleId).Select(group => new { group.Key, No = group.Max(one => one.No) }).ToListAsync(ct)).ToDictionary(one => one.Key, one => one.No);
        var newest = schedules.ToDictionary(one => one.Id, one => one.No);
        var nos = standing.Values.Concat(newest.Values).Distinct().ToArray();
        var versions = (await db.ScheduleVersions().AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.ScheduleId) && EF.Parameter(nos).Contains(one.No)).ToListAsync(ct))
            .Where(one => one.No == newest[one.ScheduleId] || one.No == standing.GetValueOrDefault(one.ScheduleId)).ToDictionary(one => (one.ScheduleId, one.No));
        var items = schedules.Select(one => one.ItemId).ToArray();
        var byId = (await db.ItemsFor(Room, Right.Read).AsNoTracking()
            .Where(item => EF.Parameter(items).Contains(item.Id) && (item.AddedOn == null || item.AddedOn <= on) && (item.RemovedOn == null || item.RemovedOn > on)).ToListAsync(ct)).ToDictionary(item => item.Id);

        var day = on; // a query takes that word for its own
        var read = (
            from schedule in schedules
            where standing.ContainsKey(schedule.Id) && byId.ContainsKey(schedule.ItemId)
            let version = versions[(schedule.Id, standing[schedule.Id])]
            let last = versions[(schedule.Id, schedule.No)]
            let plan = version.Plan
            select (Item: byId[schedule.ItemId], Schedule: schedule, Version: version, Plan: Known(plan, last == version ? plan : last.Plan, day))).ToList();
        var result = new List<ItemTimetable>();
        foreach (var programme in read.GroupBy(one => one.Item.ProgrammeId))
        {
            var list = programme.ToList();
            var parts = await Parts.ReadAsync(db, programme.Key, list.ConvertAll(one => one.Item), list.ConvertAll(one => one.Plan), on, ct, holidays);
            var networks = list.ConvertAll(one => (one.Item, one.Plan, Network: parts.Network(one.Item, one.Plan, on)));
            var whole = together ? Whole(networks, on) : null;
            var tasks = together ? ByNumber(networks) : [];
            var circle = together && whole is null && reader is not null ? Circle(networks, [.. await ReadableAsync(db, reader, programme.Key, ct)]) : null;
            var waitedFor = circle is null ? [] : networks.SelectMany(one => one.Plan.Outward()).Select(wait => wait.On.Item!.Value).ToHashSet();
            result.AddRange(list.Zip(networks).Where(pair => asked.Contains(pair.First.Schedule.Id)).Select(pair =>
            {
                var (one, dates) = (pair.First, whole?.Part([.. pair.First.Plan.Activities.Select(activity => activity.Id)]) ?? Timetable.Of(pair.Second.Network, on));
                return new ItemTimetable(
                    one.Item, one.Schedule, one.Version, parts.WithFacts(one.Item, one.Plan), dates, parts.DueOn(one.Item), parts.Lead(one.Item.Id), parts.IsOpen(one.Item.Id))
                {
                    Whole = whole ?? dates,
                    Circle = circle is not null && (one.Plan.Outward().Any() || (one.Item is { Kind: ItemKind.Task, NumberValue: { } number } && waitedFor.Contains(number))) ? circle : null,
                    Lapsed = together ? Lapsed(pair.First.Plan, dates, tasks) : [],
                };
            }));
        }

        return [.. result.OrderBy(one => one.Item.SortKey, StringComparer.Ordinal)];
    }

    // On a past day, before a plan changed, items may have waited for one another in a circle that each act by itself did not see: then each is told for itself, and the circle is named.
    private static Timetable? Whole(List<(Item Item, ActivityPlan Plan, Network Network)> networks, DateOnly on)
    {
        try
        {
            return networks.Count > 0 ? Timetable.Of(Together(networks, []), on) : null;
        }
        catch (Refusal no) when (no.Code.StartsWith("network.", StringComparison.Ordinal))
        {
            return null;
        }
    }

    // The plan of the day, with what is known now of what had begun and ended by then.
    private static ActivityPlan Known(ActivityPlan plan, ActivityPlan newest, DateOnly on) => new([.. plan.Activities.Select(one => newest.Find(one.Id) is { } now
        ? one with
        {
            Started = now.Started <= on ? now.Started : null,
            Finished = now.Finished <= on ? now.Finished : null,
            Remaining = now.RemainingOn <= on ? now.Remaining : one.RemainingOn <= on ? one.Remaining : null,
            RemainingOn = now.RemainingOn <= on ? now.RemainingOn : one.RemainingOn,
        }
        : one)]);

    /// <summary>What activities hang on beside the plan: nodes, measures, deadlines, units, calendars.</summary>
    private sealed class Parts
    {
        private readonly Dictionary<(Guid Item, int No), DateOnly> nodes = [];
        private readonly Dictionary<Guid, DateOnly?> due = [];
        private readonly HashSet<Guid> over = [];
        private ILookup<Guid, ItemFact> facts = null!;
        private Dictionary<Guid, Guid> leads = [];
        private ScheduleCalendars calendars = null!;

        public static async Task<Parts> ReadAsync(Db db, Guid programme, IReadOnlyList<Item> items, IReadOnlyList<ActivityPlan> plans, DateOnly on, CancellationToken ct, WorkingCalendar? holidays = null)
        {
            var parts = new Parts();
            var ids = items.Select(item => item.Id).ToArray();
            var measures = plans.SelectMany(plan => plan.Activities).Select(one => one.Measure).OfType<Guid>().Distinct().ToArray();
            foreach (var node in await db.ItemMilestones().AsNoTracking().Where(node => EF.Parameter(ids).Contains(node.ItemId)).ToListAsync(ct))
            {
                parts.nodes[(node.ItemId, node.No)] = node.Due;
            }

            Guid[] all = [.. ids, .. measures];
            parts.facts = (await db.ItemFacts().AsNoTracking()
                .Where(fact => EF.Parameter(all).Contains(fact.ItemId) && fact.On <= on && fact.VoidedAt == null
                    && (fact.Kind == FactKind.MilestoneReached || fact.Kind == FactKind.Started || fact.Kind == FactKind.Completed || fact.Kind == FactKind.DeadlineChanged || fact.Kind == FactKind.Reopened))
                .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
            foreach (var item in items.Concat(await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => EF.Parameter(measures).Contains(item.Id)).ToListAsync(ct)))
            {
                parts.due[item.Id] = parts.facts[item.Id].LastOrDefault(fact => fact.Kind is FactKind.DeadlineChanged)?.To ?? item.DeadlineDate;
            }

            var spans = await db.StatusSpans().Where(span => EF.Parameter(ids).Contains(span.ItemId) && span.From <= on && span.Until > on).Select(span => new { span.ItemId, span.Status }).ToListAsync(ct);
            parts.over.UnionWith(spans.Where(span => span.Status is { IsOpen: false } and not (ItemStatus.Draft or ItemStatus.Stage)).Select(span => span.ItemId));
            var units = await db.ItemUnits().Where(part => EF.Parameter(ids).Contains(part.ItemId) && part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible))
                .OrderBy(part => part.Order).Select(part => new { part.ItemId, Unit = part.UnitId!.Value, part.Role, part.Order }).ToListAsync(ct);
            parts.leads = units.OrderBy(part => part.Role is not DraftRole.Lead).ThenBy(part => part.Order).GroupBy(part => part.ItemId).ToDictionary(group => group.Key, group => group.First().Unit);
            parts.calendars = await ScheduleCalendars.ReadAsync(
                db, Room, programme, [.. parts.leads.Values, .. plans.SelectMany(plan => plan.Activities).Select(one => one.Unit).OfType<Guid>()], ct, holidays);
            return parts;
        }

        public Guid? Lead(Guid item) => leads.TryGetValue(item, out var lead) ? lead : null;

        public bool IsOpen(Guid item) => !over.Contains(item);

        public DateOnly? DueOn(Item item) => due[item.Id];

        /// <summary>A node that was reached and a measure that was begun or completed are so in the plan too, unless it says otherwise itself.</summary>
        public ActivityPlan WithFacts(Item item, ActivityPlan plan) => new([.. plan.Activities.Select(one => one with
        {
            Started = one.Started ?? (one.Measure is { } begun ? Latest(begun, FactKind.Started) : null),
            Finished = one.Finished
                ?? (one.Milestone is { } no ? facts[item.Id].FirstOrDefault(fact => fact.Kind is FactKind.MilestoneReached && fact.No == no)?.On : null)
                ?? (one.Measure is { } measure ? Latest(measure, FactKind.Completed) : null),
        })]);

        public Network Network(Item item, ActivityPlan plan, DateOnly on) => new(
            WithFacts(item, plan).Activities.Select(one => Activity(item, one, on)), plan.Links());

        private Activity Activity(Item item, PlannedActivity one, DateOnly on)
        {
            var pattern = calendars.For(one.Kind, one.Unit ?? Lead(item.Id));
            DateOnly?[] deadlines =
            [
                one.FinishBy, DueOn(item), one.Measure is { } measure ? due.GetValueOrDefault(measure) : null,
                one.Milestone is { } no && nodes.TryGetValue((item.Id, no), out var node) ? node : null,
            ];
            return new()
            {
                Id = one.Id,
                Title = one.Title,
                Days = one.Days,
                Pattern = pattern,
                NotBefore = one.NotBefore,
                NotFinishedBefore = one.NotFinishedBefore,
                FinishBy = deadlines.Min(),
                Started = one.Started,
                Finished = one.Finished,
                Remaining = one is { Remaining: { } left, RemainingOn: { } stated } && stated <= on ? Math.Max(1, left - pattern.DaysBetween(stated, on.AddDays(-1))) : null,
            };
        }

        // What was completed before the item was taken up again is no longer so.
        private DateOnly? Latest(Guid item, FactKind kind)
        {
            var known = facts[item].ToList();
            return known.Skip(kind is FactKind.Completed ? known.FindLastIndex(fact => fact.Kind is FactKind.Reopened) + 1 : 0).FirstOrDefault(fact => fact.Kind == kind)?.On;
        }
    }
}
