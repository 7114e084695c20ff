using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Sets the margins of a programme's statuses and lights, and computes all of them anew, past days included.</summary>
public sealed class ChangeRules(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw.</param>
    /// <exception cref="Refusal">404: no such programme, or not theirs to plan. 409: changed meanwhile. 422: a margin out of its range.</exception>
    public async Task RunAsync(string code, int version, StatusRules rules, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Plan).SingleOrDefaultAsync(p => p.Code == code, ct)
            ?? throw Refusal.NotFound("programme", code);
        if (!by.IsEverywhere(Right.Plan) && !by.UnitIds(Right.Plan).Contains(programme.RegionId))
        {
            throw Refusal.NotAllowed("programme.rules-of-others", "The margins hold for the whole region: its own office sets them.");
        }

        if (programme.Version != version)
        {
            throw Refusal.Stale();
        }

        programme.Change(rules);
        await ItemDerivation.RefreshAllAsync(db, programme, ct);

        await journal.CommitAsync(
            new ProgrammeChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Code = programme.Code }, ct);
    }
}
