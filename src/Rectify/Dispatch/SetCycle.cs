using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Sets how a programme is dispatched for one kind of cycle: when rounds open, are due and close, or that they no longer open by themselves.</summary>
public sealed class SetCycle(Db db, JournalWriter journal, TimeProvider clock)
{
    private const int MostDaysBack = 366;

    /// <param name="version">The version that the person saw; 0 for a cycle that was never set.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile. 422: days out of reach or order, a first period too far away.</exception>
    public async Task RunAsync(string code, CycleKind kind, RoundRules rules, DateOnly startsOn, bool active, int version, Access by, CancellationToken ct)
    {
        var programme = await Office.ProgrammeAsync(db, code, by, ct);
        var cycle = await db.CyclesFor(by).SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id && one.Kind == kind, ct)
            ?? db.Add(DispatchCycle.Create(programme.Id, kind)).Entity;
        if (cycle.Version != version)
        {
            throw Refusal.Stale();
        }

        // Each period since then gets its round.
        if (startsOn < clock.Today.AddDays(-MostDaysBack) || startsOn > clock.Today.AddDays(MostDaysBack))
        {
            throw Refusal.Invalid("cycle.starts", $"The first period lies within {MostDaysBack} days of today.", MostDaysBack);
        }

        var changed = cycle.Change(rules, startsOn, active, by.Actor, clock.NowMs);

        await journal.CommitAsync(changed, ct);
    }
}
