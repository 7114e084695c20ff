using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Deadlines;

/// <summary>Records what the approving body decided on a request. Where it agreed, the new dates become facts of the items, in force from the day of the decision.</summary>
public sealed class DecideDeadline(Db db, JournalWriter journal, TimeProvider clock, PlaceFacts place)
{
    /// <param name="version">The request's version that the person saw.</param>
    /// <exception cref="Refusal">
    /// 404: no such request. 403: another office's, or one's own request. 409: decided already, or a date was changed meanwhile. 422: no number or remarks, a day to come,
    /// a date that passes the deadline above, or that something below would pass.
    /// </exception>
    public async Task RunAsync(Guid id, DeadlineDecision decision, int version, Access by, CancellationToken ct)
    {
        var request = await db.DeadlineRequestsFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("deadline", id);
        await DemandOfficeAsync(db, request.ProgrammeId, by, ct);
        var moves = await db.DeadlineMoves().Where(move => move.RequestId == id).ToListAsync(ct);
        var decided = request.Decide(decision, version, by.Actor, clock.Today, clock.NowMs);
        moves.ForEach(move => move.OpenFor = null);
        IReadOnlyList<Fact> also = decision.Agrees ? await MoveAsync(request, moves, by, ct) : [];

        await journal.CommitAsync(decided, [.. also], ct);
    }

    // The highest first: the rule that nothing is due after what stands above it then finds the new date there.
    private async Task<IReadOnlyList<Fact>> MoveAsync(DeadlineRequest request, List<DeadlineMove> moves, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Read).AsNoTracking().SingleAsync(one => one.Id == request.ItemId, ct);
        var family = await DeadlineCheck.FamilyAsync(db, item, moves.Select(move => move.ItemId), ct);
        if (moves.Exists(move => family.Find(one => one.Id == move.ItemId)?.DueOn != move.From))
        {
            throw Refusal.Conflict("deadline.meanwhile", "A date of this request was changed meanwhile. Let it be asked for anew.");
        }

        await DeadlineCheck.DemandOrderAsync(db, family, moves.ToDictionary(move => move.ItemId, move => move.To), ct);
        return await place.RunAsync(
            [
                .. moves.OrderBy(move => family.FindIndex(one => one.Id == move.ItemId)).Select(move => (move.ItemId, (IReadOnlyList<StatedFact>)
                [
                    new StatedFact(FactKind.DeadlineChanged, request.DecidedOn!.Value, To: move.To, Note: request.Explanation, Document: request.Document),
                ])),
            ],
            by, by.Actor, ct);
    }

    /// <exception cref="Refusal">403: another office's.</exception>
    internal static async Task<Programme> DemandOfficeAsync(Db db, Guid id, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("programme", id);
        return IsOffice(programme, by) ? programme : throw Refusal.NotAllowed("deadline.office", "Only the programme's own office does this.");
    }

    internal static bool IsOffice(Programme programme, Access by) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(programme.RegionId);
}
