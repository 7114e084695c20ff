using Microsoft.EntityFrameworkCore;
using Rectify.Dossiers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>Something that keeps a step from being taken.</summary>
/// <param name="What">A text that names what is lacking and what to do.</param>
/// <param name="Href">Where to do it.</param>
public sealed record Obstacle(Phrase What, string? Href = null);

/// <summary>A condition of steps: missing evidence, an open objection, a contradiction that nobody explained. Each is registered by itself; all are asked before a step is taken.</summary>
public interface IStepGate
{
    /// <param name="closure">As it is now, before the act.</param>
    /// <param name="act">Taking the step, or opening its notice.</param>
    /// <returns>Everything that is in the way.</returns>
    Task<IReadOnlyList<Obstacle>> BeforeAsync(ItemClosure closure, ProcedureStep upcoming, ClosureActKind act, CancellationToken ct);
}

internal static class StepGates
{
    extension(IEnumerable<IStepGate> gates)
    {
        public async Task<IReadOnlyList<Obstacle>> AllAsync(ItemClosure closure, ProcedureStep step, ClosureActKind act, CancellationToken ct)
        {
            var all = new List<Obstacle>();
            foreach (var gate in gates)
            {
                all.AddRange(await gate.BeforeAsync(closure, step, act, ct));
            }

            return all;
        }
    }
}

/// <summary>An application opens only once the dossier holds all that is due before it: whatever is required up to completion, the days of grace aside.</summary>
internal sealed class DossierGate(Db db, TimeProvider clock) : IStepGate
{
    public async Task<IReadOnlyList<Obstacle>> BeforeAsync(ItemClosure closure, ProcedureStep upcoming, ClosureActKind act, CancellationToken ct)
    {
        if (!upcoming.Dossier || closure.Outcome is ClosureOutcome.NotInvolved)
        {
            return []; // that it does not concern the unit has a proof of its own
        }

        var item = await db.ItemsFor(ClosureReading.Room, Organisation.Right.Read).AsNoTracking().SingleAsync(one => one.Id == closure.ItemId, ct);
        var part = item.Kind is ItemKind.Measure or ItemKind.Point;
        var href = $"/items/{(part ? item.ParentId : item.Id)}/dossier";
        if (await new DossierReading(db, ClosureReading.Room, clock.Today, clock).ReadAsync(part ? item.ParentId!.Value : item.Id, ct) is not ({ } _, { } dossier))
        {
            return [];
        }

        // Of a measure or point only what is asked of itself.
        var names = dossier.Parts.ToDictionary(one => one.Id, one => one.Id == dossier.Item.Id ? "" : one.Title);
        return
        [
            .. from line in dossier.Lines
               where line.Requirement.From is RequiredFrom.Approved or RequiredFrom.Finish or RequiredFrom.Completed && line.Lacking > 0 && (!part || line.Target == item.Id)
               select new Obstacle(new Phrase(
                   names[line.Target].Length == 0 ? "closure.lacks" : "closure.lacks.of", line.Requirement.Title, line.Lacking, names[line.Target]), href),
        ];
    }
}

/// <summary>What was handed down is closed first: a task is neither accepted nor closed while one of its sub-tasks (下级分解任务) is open, nor with its last measure or point.</summary>
internal sealed class SubTaskGate(Db db) : IStepGate
{
    public async Task<IReadOnlyList<Obstacle>> BeforeAsync(ItemClosure closure, ProcedureStep upcoming, ClosureActKind act, CancellationToken ct)
    {
        if (upcoming.Kind is not (StepKind.Acceptance or StepKind.Close))
        {
            return [];
        }

        var item = await db.ItemsFor(ClosureReading.Room, Organisation.Right.Read).AsNoTracking().SingleAsync(one => one.Id == closure.ItemId, ct);
        var part = item is { Kind: ItemKind.Measure or ItemKind.Point, ParentId: not null };
        if (part && upcoming.Kind is not StepKind.Close)
        {
            return [];
        }

        var task = part ? item.ParentId!.Value : item.Id;
        var open = await db.OpenSubTasks(task).OrderBy(one => one.SortKey).ToListAsync(ct);
        if (open.Count == 0 || (part && !await IsLastAsync(closure, item, task, ct)))
        {
            return [];
        }

        return [.. open.Select(one => new Obstacle(new Phrase("closure.subtask", one.Title), $"/items/{one.Id}/closing"))];
    }

    // Only with the last of its parts is the task itself closed.
    private async Task<bool> IsLastAsync(ItemClosure closure, Item item, Guid task, CancellationToken ct)
    {
        var kind = item.Kind;
        var parts = db.ItemsFor(ClosureReading.Room, Organisation.Right.Read).Where(one => one.ParentId == task && one.Kind == kind && one.RemovedOn == null && one.Id != item.Id);
        return !await db.Unclosed(parts).AnyAsync(ct)
            && !await db.ClosuresFor(ClosureReading.Room).AnyAsync(one => one.ItemId == item.Id && one.Id != closure.Id && one.Live != null && one.ClosedOn == null, ct);
    }
}

internal static class SubTasks
{
    extension(Db db)
    {
        /// <summary>A task's sub-tasks in the plan that are not closed, and not found without concern to their units either.</summary>
        public IQueryable<Item> OpenSubTasks(Guid task) => db.Unclosed(db.ItemsFor(ClosureReading.Room, Organisation.Right.Read).AsNoTracking()
            .Where(one => one.ParentId == task && one.Kind == ItemKind.SubTask && one.RemovedOn == null));

        /// <summary>Of some items those whose latest closing, if they have one, was followed by their being taken up again.</summary>
        public IQueryable<Item> Unclosed(IQueryable<Item> items) => items.Where(one => !db.ItemFacts().Any(fact => fact.ItemId == one.Id && fact.VoidedAt == null
            && (fact.Kind == FactKind.Closed || fact.Kind == FactKind.NotInvolved)
            && !db.ItemFacts().Any(later => later.ItemId == one.Id && later.VoidedAt == null && later.Kind == FactKind.Reopened && later.Sequence > fact.Sequence)));
    }
}
