using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Schedule;

/// <summary>What became of something between two plans.</summary>
public enum ScheduleChange
{
    Same,

    /// <summary>Both have it, and something of it differs: dates, duration, dependencies, deadlines, words, who answers for it, what it carries out.</summary>
    Changed,

    Added,

    /// <summary>The earlier plan had it, the later has it no more.</summary>
    Removed,
}

/// <summary>One item's schedule in an earlier version beside that of a day, with what was taken out since.</summary>
/// <param name="Before">The earlier version; its dates are those computed when it was made.</param>
public sealed record ScheduleComparison(ItemTimetable Now, ScheduleVersion Before, IReadOnlyList<ScheduleComparison.Row> Rows)
{
    /// <param name="Was">As it stood in the earlier version; <see langword="null"/> for what was added since.</param>
    /// <param name="Is">As it stands; <see langword="null"/> for what was taken out.</param>
    public sealed record Row(PlannedActivity? Was, PlannedDates? WasDates, PlannedActivity? Is, Networks.Times? IsDates)
    {
        public ScheduleChange Change =>
            Was is null ? ScheduleChange.Added
            : Is is null ? ScheduleChange.Removed
            : Moved != 0 || Was.Days != Is.Days || Was.Kind != Is.Kind || Was.After != Is.After || WasDates!.EarlyStart != IsDates!.EarlyStart || Fields.Any() ? ScheduleChange.Changed
            : ScheduleChange.Same;

        /// <summary>What differs beside dates, duration and dependencies, as keys of <c>schedule.…</c> texts.</summary>
        public IEnumerable<string> Fields => Was is null || Is is null ? [] : new (string Key, bool Differs)[]
        {
            ("code", Was.Code != Is.Code), ("title", Was.Title != Is.Title), ("unit", Was.Unit != Is.Unit), ("milestone", Was.Milestone != Is.Milestone), ("measure", Was.Measure != Is.Measure),
            ("not-before", Was.NotBefore != Is.NotBefore), ("not-finished-before", Was.NotFinishedBefore != Is.NotFinishedBefore), ("finish-by", Was.FinishBy != Is.FinishBy),
            ("started", Was.Started != Is.Started && !(Was.Started is null && Is.Measure is not null && Is.Started == WasDates?.EarlyStart)),
            ("finished", Was.Finished != Is.Finished && !(Was.Finished is null && (Is.Measure is not null || Is.Milestone is not null) && Is.Finished == WasDates?.EarlyFinish)), // a node or measure may have been known to be so then
            ("remaining", Was.Remaining != Is.Remaining),
        }.Where(one => one.Differs).Select(one => one.Key);

        /// <summary>Days of the calendar by which its end moved; positive is later.</summary>
        public int Moved => WasDates is null || IsDates is null ? 0 : IsDates.EarlyFinish.DayNumber - WasDates.EarlyFinish.DayNumber;
    }

    public DateOnly? FinishBefore => Rows.Max(row => row.WasDates?.EarlyFinish);

    /// <param name="no">The version to compare with; <see langword="null"/> for the one that stood on <paramref name="then"/>, and without that for the one approved by <paramref name="on"/>, else the first.</param>
    /// <exception cref="Refusal">404: the item has no schedule, or none that they may read, or there is no such version.</exception>
    public static async Task<ScheduleComparison> ReadAsync(Db db, Access reader, Guid item, int? no, DateOnly? then, DateOnly on, CancellationToken ct)
    {
        var now = await ScheduleReading.OfItemAsync(db, reader, item, on, ct) ?? throw Refusal.NotFound("schedule", item);
        var versions = db.ScheduleVersions().AsNoTracking().Where(version => version.ScheduleId == now.Schedule.Id);
        var wanted = no ?? (then is null ? (await ScheduleReading.ApprovedAsync(db, now.Schedule, on, ct))?.No : null) ?? 1;
        var before = await (no is null && then is { } day ? versions.Where(version => version.On <= day).OrderByDescending(version => version.No)
                : versions.Where(version => version.No == wanted).OrderBy(version => version.No)).FirstOrDefaultAsync(ct)
            ?? throw Refusal.NotFound("schedule", no?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"{then:yyyy-MM-dd}");
        return new(now, before, Compare(before, now.Plan, now.Dates));
    }

    /// <param name="before"><see langword="null"/> where there was none.</param>
    internal static IReadOnlyList<Row> Compare(ScheduleVersion? before, ActivityPlan now, Networks.Timetable dates)
    {
        var (was, then) = (before?.Plan ?? ActivityPlan.Empty, before?.PlannedDates ?? new Dictionary<Guid, PlannedDates>());
        return
        [
            .. now.Activities.Select(one => new Row(was.Find(one.Id), then.GetValueOrDefault(one.Id), one, dates[one.Id])),
            .. was.Activities.Where(one => now.Find(one.Id) is null).Select(one => new Row(one, then.GetValueOrDefault(one.Id), null, null)),
        ];
    }
}

/// <summary>What a plan from elsewhere would change, for people to look at before it is saved.</summary>
/// <param name="No">The newest version; 0 where there is none.</param>
/// <param name="Rows">The plan in force as it was computed when it was made, beside this one as computed today.</param>
public sealed record SchedulePreview(Item Item, int No, ActivityPlan Plan, IReadOnlyList<ScheduleComparison.Row> Rows)
{
    public DateOnly? FinishBefore => Rows.Max(row => row.WasDates?.EarlyFinish);

    public DateOnly? Finish => Rows.Max(row => row.IsDates?.EarlyFinish);

    public int Count(ScheduleChange change) => Rows.Count(row => row.Change == change);
}

/// <summary>A programme's plan as it stood on an earlier day beside a later one: tasks with all their parts and hand-over nodes, their deadlines, words and ends of schedules, and what was taken out or came in between.</summary>
public sealed record ProgrammeComparison(DateOnly Then, DateOnly On, IReadOnlyList<ProgrammeComparison.Row> Rows, bool More)
{
    /// <summary>Rows that a comparison has at most.</summary>
    public const int Most = 1_000;

    /// <param name="FinishWas">The end that the schedule of that day had by its own reckoning; <see langword="null"/> without one.</param>
    public sealed record Row(Item Item, ScheduleChange Change, DateOnly? DueWas, DateOnly? DueIs, DateOnly? FinishWas, DateOnly? FinishIs)
    {
        /// <summary>What the item is a part of; <see langword="null"/> for a task.</summary>
        public Item? Above { get; init; }

        /// <summary>The item's hand-over node of which the row speaks; <see langword="null"/> where it speaks of the item itself.</summary>
        public ItemMilestone? Node { get; init; }

        /// <summary>Whether number, title, text or goal differ.</summary>
        public bool WordsDiffer { get; init; }
    }

    /// <param name="all">Also what is the same.</param>
    public static async Task<ProgrammeComparison> ReadAsync(Db db, Access reader, Guid programme, DateOnly then, DateOnly on, bool all, TimeProvider clock, CancellationToken ct)
    {
        // What stood in the plan on one of the days at least.
        var items = await db.ItemsFor(reader, Right.Read).AsNoTracking()
            .Where(item => item.ProgrammeId == programme && item.Kind != ItemKind.Finding
                && (((item.AddedOn == null || item.AddedOn <= then) && (item.RemovedOn == null || item.RemovedOn > then)) || ((item.AddedOn == null || item.AddedOn <= on) && (item.RemovedOn == null || item.RemovedOn > on))))
            .OrderBy(item => item.SortKey).Take(Most * 10).ToListAsync(ct);
        var ids = items.Select(item => item.Id).ToArray();
        var byId = items.ToDictionary(item => item.Id);
        var moves = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId) && fact.Kind == FactKind.DeadlineChanged && fact.VoidedAt == null && fact.On <= on)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).Select(fact => new { fact.ItemId, fact.On, fact.To }).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        var nodes = (await db.ItemMilestones().AsNoTracking().Where(node => EF.Parameter(ids).Contains(node.ItemId)).ToListAsync(ct)).ToLookup(node => node.ItemId);
        var (past, present) = (await PastWords.ReadAsync(db, items.Select(item => item.Chain), then, clock, ct), await PastWords.ReadAsync(db, items.Select(item => item.Chain), on, clock, ct));
        var (before, now) = (await EndsThenAsync(db, reader, programme, then, ct), (await ScheduleReading.OfProgrammeAsync(db, reader, programme, on, ct)).ToDictionary(one => one.Item.Id, one => one.Dates.Finish));
        var rows = items.SelectMany(item =>
        {
            var (was, stands) = (Stood(item, then), Stood(item, on));
            DateOnly? DueOn(DateOnly day) => moves[item.Id].LastOrDefault(move => move.On <= day)?.To ?? item.DeadlineDate;
            var row = new Row(
                item, ScheduleChange.Same, was ? DueOn(then) : null, stands ? DueOn(on) : null, was ? before.GetValueOrDefault(item.Id) : null, stands ? now.GetValueOrDefault(item.Id) : null)
            {
                Above = item.Kind is not ItemKind.Task && item.ParentId is { } above ? byId.GetValueOrDefault(above) : null,
                WordsDiffer = was && stands && WordsOf(past.Of(item)) != WordsOf(present.Of(item)),
            };
            row = row with { Change = !was ? ScheduleChange.Added : !stands ? ScheduleChange.Removed : row.DueWas != row.DueIs || row.FinishWas != row.FinishIs || row.WordsDiffer ? ScheduleChange.Changed : ScheduleChange.Same };
            return Pairs(was ? past.Milestones(item.Id, nodes[item.Id]) : [], stands ? present.Milestones(item.Id, nodes[item.Id]) : []).Select(node => new Row(item, ScheduleChange.Same, node.Was?.Due, node.Is?.Due, null, null)
            {
                Above = row.Above,
                Node = node.Is ?? node.Was,
                WordsDiffer = node is { Was: { } old, Is: { } @new } && old.Text != @new.Text,
            }).Select(node => node with { Change = node.DueWas is null ? ScheduleChange.Added : node.DueIs is null ? ScheduleChange.Removed : node.DueWas != node.DueIs || node.WordsDiffer ? ScheduleChange.Changed : ScheduleChange.Same }).Prepend(row);
        }).Where(row => all || row.Change is not ScheduleChange.Same).ToList();
        return new(then, on, [.. rows.Take(Most)], rows.Count > Most);
    }

    private static async Task<Dictionary<Guid, DateOnly?>> EndsThenAsync(Db db, Access reader, Guid programme, DateOnly then, CancellationToken ct)
    {
        var schedules = await db.SchedulesFor(reader, Right.Read).Where(one => one.ProgrammeId == programme).Select(one => new { one.Id, one.ItemId }).ToListAsync(ct);
        var keys = schedules.Select(one => one.Id).ToArray();
        var nos = (await db.ScheduleVersions().Where(version => EF.Parameter(keys).Contains(version.ScheduleId) && version.On <= then)
            .GroupBy(version => version.ScheduleId).Select(group => new { group.Key, No = group.Max(version => version.No) }).ToListAsync(ct)).ToDictionary(one => one.Key, one => one.No);
        var wanted = nos.Values.Distinct().ToArray();
        var old = (await db.ScheduleVersions().AsNoTracking().Where(version => EF.Parameter(keys).Contains(version.ScheduleId) && EF.Parameter(wanted).Contains(version.No)).ToListAsync(ct))
            .Where(version => nos.GetValueOrDefault(version.ScheduleId) == version.No).ToDictionary(version => version.ScheduleId);
        return schedules.Where(one => old.ContainsKey(one.Id)).ToDictionary(one => one.ItemId, one => old[one.Id].PlannedDates.Values.Select(dates => (DateOnly?)dates.EarlyFinish).Max());
    }

    private static (string, string, string, string) WordsOf(Item item) => (item.NumberText, item.Title, item.Text, item.Goal);

    // A node is known by its number while its words or its day stay: a number that became free is given again.
    private static IEnumerable<(ItemMilestone? Was, ItemMilestone? Is)> Pairs(IReadOnlyList<ItemMilestone> was, IReadOnlyList<ItemMilestone> now)
    {
        var rest = was.ToList();
        ItemMilestone? Take(Predicate<ItemMilestone> same)
        {
            var at = rest.FindIndex(same);
            if (at < 0)
            {
                return null;
            }

            var one = rest[at];
            rest.RemoveAt(at);
            return one;
        }

        var pairs = now.Select(one => (Was: Take(old => old.Text == one.Text && old.Due == one.Due), Is: one)).ToList();
        pairs = pairs.ConvertAll(pair => (pair.Was ?? Take(old => old.No == pair.Is.No && (old.Text == pair.Is.Text || old.Due == pair.Is.Due)), pair.Is));
        return pairs.Select(pair => (pair.Was, (ItemMilestone?)pair.Is)).Concat(rest.Select(old => ((ItemMilestone?)old, (ItemMilestone?)null))).OrderBy(pair => (pair.Item2 ?? pair.Item1)!.Due);
    }

    private static bool Stood(Item item, DateOnly on) => (item.AddedOn is not { } from || from <= on) && (item.RemovedOn is not { } gone || gone > on);
}
