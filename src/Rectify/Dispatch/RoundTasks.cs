using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>All tasks of a round's programme on the round's day: as frozen once the round is closed, as known now before.</summary>
public static class RoundTasks
{
    /// <param name="Frozen">Whether they stand as stated at closing. Rounds closed before tasks were frozen, and open ones, show what is known now.</param>
    public sealed record Answer(IReadOnlyList<FrozenTask> Tasks, bool Frozen);

    /// <summary>The tasks and parts that someone may read, in the plan's order.</summary>
    public static async Task<Answer> ReadAsync(Db db, Access reader, DispatchRound round, DateOnly today, CancellationToken ct)
    {
        var frozen = await db.FrozenTasks().AsNoTracking().Where(task => task.RoundId == round.Id).OrderBy(task => task.SortKey).ToListAsync(ct);
        var tasks = frozen.Count > 0 ? frozen : await NowAsync(db, round, round.AsOf(today), ct);
        if (!reader.IsEverywhere(Right.Read))
        {
            var mine = (await db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == round.ProgrammeId).Select(item => item.Id).ToListAsync(ct)).ToHashSet();
            tasks = [.. tasks.Where(task => mine.Contains(task.ItemId))];
        }

        return new(tasks, frozen.Count > 0);
    }

    /// <summary>The tasks as known now on a day: what closing freezes.</summary>
    internal static async Task<List<FrozenTask>> NowAsync(Db db, DispatchRound round, DateOnly day, CancellationToken ct)
    {
        var items = db.ItemsFor(Office.Room, Right.Read).AsNoTracking().Where(item => item.ProgrammeId == round.ProgrammeId && item.RemovedOn == null);
        var rows = await (
            from item in items
            where item.Kind == ItemKind.Task || item.Kind == ItemKind.SubTask
            join span in db.SpansSince(day) on item.Id equals span.ItemId // what came later is reported on, so it stands in the table too
            orderby item.SortKey
            select new { Item = item, span.Status, span.Light, span.Reason }).ToListAsync(ct);
        var aspects = await db.AspectsOf(round.ProgrammeId).AsNoTracking().Where(aspect => aspect.Kind == AspectKind.Task).ToDictionaryAsync(aspect => aspect.No, aspect => aspect.Name, ct);
        var below = await items.Where(item => item.Kind != ItemKind.Finding)
            .Select(item => new { item.Id, item.ParentId, item.Kind, item.NumberText, Text = item.Kind == ItemKind.Measure ? item.Text : "", item.SortKey }).ToListAsync(ct);
        var (parents, kinds) = (below.ToDictionary(item => item.Id, item => item.ParentId), below.ToDictionary(item => item.Id, item => item.Kind));
        var measures = below.Where(item => item.Kind is ItemKind.Measure).OrderBy(item => item.SortKey, StringComparer.Ordinal).ToLookup(item => item.ParentId);
        var units = (await (
            from part in db.ItemUnits().AsNoTracking()
            where ItemFilter.Responsible.Contains(part.Role)
            join item in items on part.ItemId equals item.Id
            where item.Kind == ItemKind.Task || item.Kind == ItemKind.SubTask
            join unit in db.Units() on part.UnitId equals unit.Id
            select new { part.ItemId, part.Order, part.Role, unit.Id, unit.ShortName, unit.Path }).ToListAsync(ct)).ToLookup(part => part.ItemId);

        Guid TaskOf(Guid item)
        {
            for (var at = item; ;)
            {
                if (kinds.GetValueOrDefault(at) is ItemKind.Task || parents.GetValueOrDefault(at) is not { } above || !kinds.ContainsKey(above))
                {
                    return at;
                }

                at = above;
            }
        }

        return
        [
            .. rows.Select(row => new FrozenTask
            {
                RoundId = round.Id,
                ItemId = row.Item.Id,
                TaskId = TaskOf(row.Item.Id),
                Kind = row.Item.Kind,
                SortKey = row.Item.SortKey,
                NumberText = row.Item.NumberText,
                Title = row.Item.Title,
                DeadlineText = row.Item.DeadlineText,
                DueOn = row.Item.DueOn,
                AspectNo = row.Item.AspectNo,
                Aspect = row.Item.AspectNo is { } no ? aspects.GetValueOrDefault(no, "") : "",
                Measures = string.Join('\n', measures[row.Item.Id].Select(measure => $"{measure.NumberText}{measure.Text}")),
                Units = FrozenTask.Write(units[row.Item.Id].OrderBy(part => part.Order).Select(part => new TaskUnit(part.Id, part.ShortName, part.Path, part.Role))),
                Status = row.Status,
                Light = row.Light,
                Reason = row.Reason,
            }),
        ];
    }
}
