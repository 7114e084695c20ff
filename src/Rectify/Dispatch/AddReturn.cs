using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Gives a unit that has nothing open any more a return in an open round, for what it has to correct of closed ones.</summary>
public sealed class AddReturn(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <returns>The new return. It has no lines.</returns>
    /// <exception cref="Refusal">404: no such round, or no unit of theirs whose accepted returns it could correct. 409: the round takes no returns, or the unit has one.</exception>
    public async Task<Guid> RunAsync(Guid id, Access by, CancellationToken ct)
    {
        var round = await db.RoundsFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("round", id);
        round.DemandOpen();
        var unit = await UnitAsync(db, round, by, ct) ?? throw Refusal.NotFound("return", id);
        var region = await db.ProgrammesFor(Office.Room, Right.Read).Where(p => p.Id == round.ProgrammeId).Select(p => p.RegionId).SingleAsync(ct);
        var reporting = await db.ReturnsFor(Office.Room).Where(one => one.RoundId == id).Select(one => one.UnitId).ToListAsync(ct);
        var one = db.Add(UnitReturn.Create(round, unit, (await ReviewLevels.ReadAsync(db, region, reporting, clock.Today, ct)).Above(unit), 0, clock.NowMs)).Entity;

        await journal.CommitAsync(round.Make(1, round.Expected + 1, by.Actor, clock.NowMs), ct);
        return one.Id;
    }

    /// <summary>The unit for which someone could ask: they report for it, it has no return in the round, and returns of it were accepted in closed ones.</summary>
    internal static async Task<Guid?> UnitAsync(Db db, DispatchRound round, Access by, CancellationToken ct)
    {
        if (round.State is not RoundState.Open)
        {
            return null;
        }

        var all = db.ReturnsFor(Office.Room).Where(one => one.ProgrammeId == round.ProgrammeId);
        return await db.ReturnsToWriteFor(by).Where(one => one.ProgrammeId == round.ProgrammeId && one.State == ReturnState.Accepted && one.Closed
            && !all.Any(other => other.RoundId == round.Id && other.UnitId == one.UnitId)).OrderBy(one => one.UnitId).Select(one => (Guid?)one.UnitId).FirstOrDefaultAsync(ct);
    }
}
