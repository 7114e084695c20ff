using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>Makes the first or the next version of an item's schedule: from a template, by hand, or from another program.</summary>
public sealed class SetSchedule(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The newest version that the person saw; 0 where there was none.</param>
    /// <returns>The number of the new version.</returns>
    /// <exception cref="Refusal">
    /// 404: no such item, or none of theirs. 403: none of their units is responsible. 409: changed meanwhile, or nothing differs. 422: a plan that cannot be.
    /// </exception>
    public async Task<int> RunAsync(Guid item, ActivityPlan plan, string reason, int seen, Access by, CancellationToken ct)
    {
        var (one, schedule, last) = await LoadAsync(db, item, by, ct);
        var clean = plan.Checked();
        await DemandPartsAsync(one, clean, ct);
        return await SaveAsync(one, schedule, last, clean, reason, seen, by, ct);
    }

    /// <summary>What a plan would change if it became the next version. Saves nothing.</summary>
    /// <exception cref="Refusal">As <see cref="RunAsync"/>, but for what nobody can know before it is saved.</exception>
    public async Task<SchedulePreview> PreviewAsync(Guid item, ActivityPlan plan, Access by, CancellationToken ct)
    {
        var (one, schedule, last) = await LoadAsync(db, item, by, ct);
        var clean = plan.Checked();
        await DemandPartsAsync(one, clean, ct);
        return new(one, schedule?.No ?? 0, clean, ScheduleComparison.Compare(last, clean, await DatesAsync(one, clean, by, ct)));
    }

    /// <summary>Changes one activity of the version in force, its dates too; a new id adds one at the end.</summary>
    /// <inheritdoc cref="RunAsync" />
    public async Task<int> ChangeAsync(Guid item, PlannedActivity changed, string reason, int seen, Access by, CancellationToken ct)
    {
        var (one, schedule, last) = await LoadAsync(db, item, by, ct);
        var plan = last?.Plan ?? ActivityPlan.Empty;
        var before = plan.Find(changed.Id);

        // Whoever depends on it goes on to do so under its new code.
        var others = before is not null && before.Code != changed.Code.Trim()
            ? plan.Activities.Select(other => other with
            {
                After = LinkText.Write(LinkText.Read(other.After).Select(part => part.Item is null && part.Code == before.Code ? part with { Code = changed.Code.Trim() } : part)),
            })
            : plan.Activities;
        var clean = new ActivityPlan(before is null ? [.. others, changed] : [.. others.Select(other => other.Id == changed.Id ? changed : other)]).Checked();
        await DemandPartsAsync(one, clean, ct);
        return await SaveAsync(one, schedule, last, clean, reason, seen, by, ct);
    }

    /// <summary>Takes one activity out; what depended on it depends on nothing in its place.</summary>
    /// <inheritdoc cref="RunAsync" />
    public async Task<int> RemoveAsync(Guid item, Guid activity, string reason, int seen, Access by, CancellationToken ct)
    {
        var (one, schedule, last) = await LoadAsync(db, item, by, ct);
        var plan = last?.Plan ?? ActivityPlan.Empty;
        var gone = plan.Find(activity) ?? throw Refusal.NotFound("activity", activity);
        var clean = new ActivityPlan([.. plan.Activities.Where(other => other.Id != activity).Select(other => other with
        {
            After = LinkText.Write(LinkText.Read(other.After).Where(part => part.Item is not null || part.Code != gone.Code)),
        })]).Checked();
        return await SaveAsync(one, schedule, last, clean, reason, seen, by, ct);
    }

    private async Task<int> SaveAsync(Item item, ItemSchedule? schedule, ScheduleVersion? last, ActivityPlan plan, string reason, int seen, Access by, CancellationToken ct)
    {
        await ScheduleReading.HoldAsync(db, item, plan, ct);
        var (today, dates) = (clock.Today, await DatesAsync(item, plan, by, ct));
        if (schedule is null)
        {
            schedule = db.Add(ItemSchedule.Create(item.ProgrammeId, item.Id)).Entity;
        }

        var next = db.Add(schedule.Next(plan, reason, seen, last, dates, by.Actor, today, clock.NowMs)).Entity;
        await journal.CommitAsync(
            new SchedulePlanned
            {
                Subject = schedule.Id,
                By = by.Actor,
                At = next.MadeAt,
                Item = JournalBytes.Text(item.PublicId),
                No = next.No,
                Activities = plan.Activities.Count,
                Finish = dates.Finish,
            },
            ct);
        return next.No;
    }

    private async Task<Networks.Timetable> DatesAsync(Item item, ActivityPlan plan, Access by, CancellationToken ct)
    {
        var today = clock.Today;
        return plan.Activities.FirstOrDefault(one => one.Started > today || one.Finished > today) is { } early
            ? throw Refusal.Invalid("schedule.future", $"{early.Code}: what has not come yet cannot have begun or ended.", early.Code)
            : await ScheduleReading.DatesAsync(db, by, item, plan, today, ct);
    }

    private async Task DemandPartsAsync(Item item, ActivityPlan plan, CancellationToken ct)
    {
        var room = ScheduleReading.Room;
        var milestones = await db.ItemMilestones().Where(one => one.ItemId == item.Id).Select(one => one.No).ToListAsync(ct);
        var measures = await db.ItemsFor(room, Right.Read).Where(one => one.ParentId == item.Id).Select(one => one.Id).ToListAsync(ct);
        var units = plan.Activities.Select(one => one.Unit).OfType<Guid>().Distinct().ToArray();
        var known = await db.Units().CountAsync(unit => EF.Parameter(units).Contains(unit.Id), ct);
        if (plan.Activities.FirstOrDefault(one => (one.Milestone is { } no && !milestones.Contains(no)) || (one.Measure is { } measure && !measures.Contains(measure))) is { } wrong || known < units.Length)
        {
            throw Refusal.Invalid("schedule.part", "An activity carries out a measure or reaches a node of its own item, for a unit that there is.");
        }
    }

    /// <summary>An item whose schedule someone may change, with what stands of it.</summary>
    /// <exception cref="Refusal">404: no such item, or none of theirs. 403: none of their units is responsible.</exception>
    internal static async Task<(Item Item, ItemSchedule? Schedule, ScheduleVersion? Last)> LoadAsync(Db db, Guid id, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Report).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.RemovedOn == null && one.Kind != ItemKind.Finding, ct)
            ?? throw Refusal.NotFound("item", id);
        if (!await MayAsync(db, item, by, ct))
        {
            throw Refusal.NotAllowed("schedule.not-responsible", "The units that are responsible for the item plan its schedule, and the office.");
        }

        var schedule = await db.SchedulesFor(by, Right.Report).SingleOrDefaultAsync(one => one.ItemId == id, ct);
        return (item, schedule, schedule is null ? null : await db.ScheduleVersions().AsNoTracking().SingleAsync(one => one.ScheduleId == schedule.Id && one.No == schedule.No, ct));
    }

    /// <summary>Whether someone plans the item: for a unit that leads, does or helps with it or what it is part of, or for the office.</summary>
    internal static async Task<bool> MayAsync(Db db, Item item, Access by, CancellationToken ct)
    {
        if (item.RemovedOn is not null || item.Kind is ItemKind.Finding || !by.Has(Right.Report))
        {
            return false;
        }

        if (by.IsEverywhere(Right.Report) || by.IsEverywhere(Right.Plan))
        {
            return true;
        }

        var ids = new List<Guid> { item.Id };
        for (var above = item.ParentId; above is { } id;)
        {
            ids.Add(id);
            above = await db.ItemsFor(ScheduleReading.Room, Right.Read).Where(one => one.Id == id).Select(one => one.ParentId).SingleOrDefaultAsync(ct);
        }

        var paths = await db.ItemUnits()
            .Where(part => ids.Contains(part.ItemId) && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible || part.Role == DraftRole.Cooperate))
            .Join(db.Units(), part => part.UnitId, unit => unit.Id, (_, unit) => unit.Path).ToListAsync(ct);
        var scopes = by.ScopePaths(Right.Report);
        return paths.Exists(path => scopes.Any(scope => path.StartsWith(scope, StringComparison.Ordinal)));
    }
}

/// <summary>Records that a version of an item's schedule was approved: the baseline (基准计划). The office's act.</summary>
public sealed class ApproveSchedule(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such schedule or version. 403: another office's. 409: approved already. 422: a day that cannot be.</exception>
    public async Task RunAsync(Guid item, int no, DateOnly on, Access by, CancellationToken ct)
    {
        var schedule = await db.SchedulesFor(by, Right.Read).SingleOrDefaultAsync(one => one.ItemId == item, ct) ?? throw Refusal.NotFound("schedule", item);
        if (!await db.SchedulesFor(by, Right.Plan).AnyAsync(one => one.Id == schedule.Id, ct))
        {
            throw Refusal.NotAllowed("schedule.office", "Only the programme's own office does this.");
        }

        var version = await db.ScheduleVersions().AsNoTracking().SingleOrDefaultAsync(one => one.ScheduleId == schedule.Id && one.No == no, ct) ?? throw Refusal.NotFound("schedule", no);

        var approved = schedule.Approve(version, on, by.Actor, clock.Today, clock.NowMs);

        await journal.CommitAsync(approved, ct);
    }
}

/// <summary>States on which days a unit builds. The office's act.</summary>
public sealed class SetScheduleCalendar(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw; 0 where there was none.</param>
    /// <exception cref="Refusal">404: no such programme or unit. 403: another office's. 409: changed meanwhile. 422: a line that cannot be read.</exception>
    public async Task RunAsync(string code, Guid unit, StatedCalendar stated, int version, Access by, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, by, code, ct);
        if (!IsOffice(programme, by))
        {
            throw Refusal.NotAllowed("schedule.office", "Only the programme's own office does this.");
        }

        if (!await db.Units().AnyAsync(one => one.Id == unit, ct))
        {
            throw Refusal.NotFound("unit", unit);
        }

        var calendar = await db.ScheduleCalendarsFor(by).SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id && one.UnitId == unit, ct)
            ?? db.Add(ScheduleCalendar.Create(programme.Id, unit)).Entity;
        calendar.Change(stated, version);

        await journal.CommitAsync(new ScheduleCalendarSet { Subject = calendar.Id, By = by.Actor, At = clock.NowMs }, ct);
    }

    internal static bool IsOffice(Programme programme, Access by) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(programme.RegionId);
}
