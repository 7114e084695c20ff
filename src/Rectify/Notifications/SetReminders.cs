using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>Sets by which rules a programme reminds. From the next day's look on, which follows at once.</summary>
public sealed class SetReminders(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw; 0 for rules never set.</param>
    /// <exception cref="Refusal">403: another office's programme. 404: no such programme. 409: someone else changed them. 422: days out of reach.</exception>
    public async Task RunAsync(string code, ReminderRule items, ReminderRule nodes, ReminderRule returns, int version, Access by, CancellationToken ct)
    {
        var programme = await Office.ProgrammeAsync(db, code, by, ct);
        var rules = await db.ReminderRules().SingleOrDefaultAsync(one => one.Id == programme.Id, ct) ?? db.Add(ReminderRules.Of(programme.Id)).Entity;
        if (rules.Version != version)
        {
            throw Refusal.Stale();
        }

        await journal.CommitAsync(rules.Change(items, nodes, returns, by.Actor, clock.NowMs), ct);
    }
}
