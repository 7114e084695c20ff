using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Portal;

/// <summary>Where a programme has a public site, nobody signs that a closing is public before the item was published there since it was closed.</summary>
/// <remarks>A programme without one publishes elsewhere, and the step's evidence shows where.</remarks>
internal sealed class PublishGate(Db db) : IStepGate
{
    private static readonly Access Room = Access.OfSystem(Actor.System("portal"));

    public async Task<IReadOnlyList<Obstacle>> BeforeAsync(ItemClosure closure, ProcedureStep upcoming, ClosureActKind act, CancellationToken ct)
    {
        if (upcoming.Kind is not StepKind.Publish || !await db.PublicProgrammes().AnyAsync(open => open.ProgrammeId == closure.ProgrammeId, ct))
        {
            return [];
        }

        var item = await db.ItemsFor(Room, Right.Read).Where(one => one.Id == closure.ItemId).Select(one => one.Kind == ItemKind.Measure || one.Kind == ItemKind.Point ? one.ParentId!.Value : one.Id).SingleAsync(ct);
        var closed = await db.ClosureActs().Where(one => one.ClosureId == closure.Id && one.StepKind == StepKind.Close).OrderByDescending(one => one.No).Select(one => (DateTimeOffset?)one.At).FirstOrDefaultAsync(ct);
        var shown = await db.PublicFor().Where(one => one.ItemId == item && one.State == PublicationState.Published).Select(one => (DateTimeOffset?)one.ChangedAt).SingleOrDefaultAsync(ct);
        return shown is { } at && !(at < closed) ? [] : [new(new("portal.gate"), $"/items/{item}/publication")];
    }
}
