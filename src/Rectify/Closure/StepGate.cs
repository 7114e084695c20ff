using Microsoft.EntityFrameworkCore;
using Rectify.Dossiers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

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
