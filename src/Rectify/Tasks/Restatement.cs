using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A past day twice: as it was counted then, from what had been recorded by the end of that day, and as it is known now.</summary>
/// <remarks>
/// Figures of a past day move for two reasons: something that happened by then was recorded later, or something recorded then was withdrawn later. Only tasks with such a fact are reckoned anew, by the
/// same function of dated facts that makes all statuses; of all others the status of that day is what it was. Deadlines, milestones, units and margins are taken as they are now: facts alone are looked at.
/// </remarks>
/// <param name="Then">As counted at the end of the day.</param>
/// <param name="Now">As known now.</param>
/// <param name="Rows">The tasks that differ, in the plan's order.</param>
public sealed record Restatement(Restatement.Figures Then, Restatement.Figures Now, IReadOnlyList<Restatement.Row> Rows)
{
    /// <summary>Tasks reckoned anew at a time.</summary>
    private const int Batch = 300;

    /// <param name="Share">Percent done, one decimal, half away from zero.</param>
    public sealed record Figures(int Done, decimal? Share, int Closed, int Overdue);

    /// <param name="Facts">What was recorded or withdrawn after the day and is dated to it or before.</param>
    public sealed record Row(Guid Id, string NumberText, string Title, ItemStatus Then, ItemStatus Now, IReadOnlyList<ItemFact> Facts);

    /// <param name="tasks">All tasks of the programme that the reader may see, with their status of the day as known now.</param>
    /// <returns><see langword="null"/> where no task's status differs, and for a day that is not over.</returns>
    public static async Task<Restatement?> ReadAsync(
        Db db, Access reader, Guid programme, IReadOnlyList<ItemList.Row> tasks, DateOnly day, TimeProvider clock, CancellationToken ct)
    {
        if (day >= clock.Today || tasks.Count == 0)
        {
            return null;
        }

        var next = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(next, clock.LocalTimeZone.GetUtcOffset(next));
        var later = await (
            from fact in db.ItemFacts().AsNoTracking()
            where fact.On <= day && ((fact.RecordedAt >= end && fact.VoidedAt == null) || (fact.RecordedAt < end && fact.VoidedAt >= end))
            join item in db.ItemsFor(reader, Right.Read) on fact.ItemId equals item.Id
            where item.ProgrammeId == programme && (item.Kind == ItemKind.Task || item.Kind == ItemKind.Measure)
            select new { Task = item.Kind == ItemKind.Task ? item.Id : item.ParentId, Fact = fact }).ToListAsync(ct);
        var byTask = later.Where(one => one.Task is not null).ToLookup(one => one.Task!.Value, one => one.Fact);
        var then = new Dictionary<Guid, ItemStatus>();
        foreach (var some in tasks.Where(task => byTask.Contains(task.Id)).Select(task => task.Id).Chunk(Batch))
        {
            await ReckonAsync(db, programme, some, day, end, then, ct);
        }

        var rows = tasks.Where(task => then.TryGetValue(task.Id, out var status) && status != task.Status)
            .Select(task => new Row(task.Id, task.NumberText, task.Title, then[task.Id], task.Status, [.. byTask[task.Id].OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence)])).ToList();
        return rows.Count == 0 ? null : new(
            FiguresOf([.. tasks.Select(task => then.GetValueOrDefault(task.Id, task.Status))]), FiguresOf([.. tasks.Select(task => task.Status)]), rows);
    }

    private static async Task ReckonAsync(Db db, Guid id, Guid[] tasks, DateOnly on, DateTimeOffset end, Dictionary<Guid, ItemStatus> then, CancellationToken ct)
    {
        var everything = Access.OfSystem(Platform.Actor.System(nameof(Restatement)));
        var programme = await db.ProgrammesFor(everything, Right.Read).AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var items = await db.ItemsFor(everything, Right.Read).AsNoTracking()
            .Where(item => tasks.Contains(item.Id) || (item.Kind == ItemKind.Measure && item.ParentId != null && tasks.Contains(item.ParentId.Value))).ToListAsync(ct);
        var ids = items.Select(item => item.Id).ToArray();
        var milestones = (await db.ItemMilestones().AsNoTracking().Where(node => tasks.Contains(node.ItemId)).ToListAsync(ct)).ToLookup(node => node.ItemId);
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => ids.Contains(fact.ItemId) && fact.RecordedAt < end && (fact.VoidedAt == null || fact.VoidedAt >= end)).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        var children = items.Where(item => item.ParentId is not null).ToLookup(item => item.ParentId!.Value);
        foreach (var task in items.Where(item => tasks.Contains(item.Id)))
        {
            then[task.Id] = ItemTimeline.Compute(ItemDerivation.Input(programme, task, children[task.Id], milestones[task.Id], facts)).On(on).Status;
        }
    }

    private static Figures FiguresOf(IReadOnlyCollection<ItemStatus> tasks)
    {
        var done = tasks.Count(Overview.DoneStatuses.Contains);
        return new(done, Overview.ShareOf(done, tasks.Count), tasks.Count(Overview.ClosedStatuses.Contains), tasks.Count(status => status is ItemStatus.Overdue));
    }
}
