using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>Sets the classes of reasons from which a programme's units choose. Requests keep the class that they were asked with.</summary>
public sealed class SetDeadlineReasons(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="names">Keys of <see cref="DeadlineReasons.Usual"/>, or words of one's own.</param>
    /// <param name="version">The version that the person saw; 0 for the usual list.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile. 422: too many, too long, none.</exception>
    public async Task RunAsync(string code, IReadOnlyList<string> names, int version, Access by, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, by, code, ct);
        await DecideDeadline.DemandOfficeAsync(db, programme.Id, by, ct);
        var reasons = await db.DeadlineReasonsFor(by).SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct) ?? db.Add(DeadlineReasons.Create(programme.Id)).Entity;
        if (reasons.Version != version)
        {
            throw Refusal.Stale();
        }

        reasons.Change(names);

        await journal.CommitAsync(new DeadlineReasonsChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Count = reasons.Names.Count }, ct);
    }
}
