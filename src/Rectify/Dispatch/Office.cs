using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>The office of a programme: who sets its cycles, opens and closes its rounds.</summary>
internal static class Office
{
    /// <summary>For what the room reads of items once a return's own door has let someone in.</summary>
    public static Access Room { get; } = Access.OfSystem(Actor.System("dispatch"));

    /// <summary>Whether someone acts for the office of a region.</summary>
    public static bool Includes(Access by, Guid region) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(region);

    /// <exception cref="Refusal">404: no such programme, or none that they read. 403: another office's.</exception>
    public static async Task<Programme> ProgrammeAsync(Db db, string code, Access by, CancellationToken ct) =>
        Demand(await db.ProgrammesFor(by, Right.Read).SingleOrDefaultAsync(p => p.Code == code, ct) ?? throw Refusal.NotFound("programme", code), by);

    /// <inheritdoc cref="ProgrammeAsync(Db, string, Access, CancellationToken)" />
    public static async Task<Programme> ProgrammeAsync(Db db, Guid id, Access by, CancellationToken ct) =>
        Demand(await db.ProgrammesFor(by, Right.Read).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw Refusal.NotFound("programme", id), by);

    private static Programme Demand(Programme programme, Access by) => Includes(by, programme.RegionId)
        ? programme
        : throw Refusal.NotAllowed("dispatch.office", "Only the programme's own office does this.");
}
