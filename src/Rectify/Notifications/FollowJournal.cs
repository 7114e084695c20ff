using Microsoft.EntityFrameworkCore;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>Follows the journal: each entry says which matters to look at again.</summary>
/// <remarks>
/// What is told and how far was read are saved in one transaction, so a crash loses nothing and doubles nothing. Of several servers that
/// read the same entries one saves; the others find the cursor moved and are refused, rows and all.
/// </remarks>
internal sealed class FollowJournal(Db db, JournalWriter journal, Reckoning reckoning, TimeProvider clock) : IJob
{
    internal const string CursorName = "notices";

    /// <summary>Entries read in one transaction.</summary>
    private const int Batch = 500;

    private static readonly Access Room = Access.OfSystem(Actor.System("notifications"));

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        while (await StepAsync(ct) is > 0 and var read)
        {
            count += read;
        }

        return count;
    }

    /// <returns>How many entries were read; 0 at the end of the journal.</returns>
    internal async Task<int> StepAsync(CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var cursor = await db.Cursors().SingleOrDefaultAsync(one => one.Job == CursorName, ct) ?? db.Cursors().Add(new() { Job = CursorName }).Entity;
        var next = cursor.Next;
        var entries = await db.Journal.AsNoTracking().Where(row => row.Index >= next).OrderBy(row => row.Index).Take(Batch)
            .Select(row => new { row.Index, row.Kind, row.Subject }).ToListAsync(ct);
        if (entries.Count == 0)
        {
            return 0;
        }

        Guid[] Subjects(Func<string, bool> of) => [.. entries.Where(entry => of(entry.Kind)).Select(entry => entry.Subject).Distinct()];
        var returns = Subjects(kind => kind is "return.step-taken").ToList();
        var rounds = Subjects(kind => kind is "dispatch.round-ready" or "dispatch.round-closed");
        returns.AddRange(await db.ReturnsFor(Room).Where(one => rounds.Contains(one.RoundId)).Select(one => one.Id).ToListAsync(ct));
        var accounts = Subjects(kind => kind is "account.duty-given" or "account.duty-ended" or "account.disabled" or "account.enabled");
        returns.AddRange(await OfAccountsAsync(accounts, ct));
        var requests = Subjects(kind => kind is "deadline.asked" or "deadline.decided" or "deadline.withdrawn").ToList();
        if (accounts.Length > 0)
        {
            requests.AddRange(await db.DeadlineRequestsFor(Room).Where(request => request.State == RequestState.Asked).Select(request => request.Id).ToListAsync(ct));
        }

        var checks = Subjects(kind => kind.StartsWith("check.", StringComparison.Ordinal) && kind is not "check.rules-changed").ToList();
        var rebounds = Subjects(kind => kind is "rebound.stated");
        checks.AddRange(await db.ReboundsFor(Room).Where(rebound => rebounds.Contains(rebound.Id) && rebound.CheckId != null).Select(rebound => rebound.CheckId!.Value).ToListAsync(ct));
        if (accounts.Length > 0)
        {
            checks.AddRange(await db.ChecksFor(Room).Where(check => CheckFlow.Waiting.Contains(check.State)).Select(check => check.Id).ToListAsync(ct));
        }

        await reckoning.ReturnsAsync(returns, ct);
        await reckoning.ItemsAsync(Subjects(kind => kind.StartsWith("item.", StringComparison.Ordinal)), ct);
        await reckoning.DeadlinesAsync(requests, ct);
        await reckoning.ChecksAsync(checks, ct);
        var matters = new ClosureMatters(db, clock.Today);
        var notices = Subjects(kind => kind is "notice.objection-received" or "notice.objection-settled");
        await reckoning.ClosuresAsync(
            [
                .. Subjects(kind => kind.StartsWith("closure.", StringComparison.Ordinal)),
                .. await db.NoticeParts().Where(part => notices.Contains(part.NoticeId)).Select(part => part.ClosureId).ToListAsync(ct),
                .. await matters.TouchedAsync(
                    Subjects(kind => kind.StartsWith("item.", StringComparison.Ordinal)), Subjects(kind => kind is "evidence.changed" or "evidence.version-added" or "evidence.withdrawn"), ct),
            ], ct);
        var asked = Subjects(kind => kind is DossierReminded.Name).ToList();
        if (entries.Exists(entry => entry.Kind.Split('.')[0] is "evidence" or "dossier" or "item"))
        {
            asked.AddRange(await new DossierMatters(db, clock).OpenAsync(ct)); // what was lacking may be there now
        }

        await reckoning.DossiersAsync(asked, ct);
        if (entries.Exists(entry => entry.Kind is "evidence.checked" or "bulletin.file-checked"))
        {
            await reckoning.FilesAsync(ct);
        }

        await reckoning.MailAsync(ct);
        cursor.Next = entries[^1].Index!.Value + 1;
        if (entries.Exists(entry => entry.Kind is "programme.reminders-changed" or "account.duty-given" or "account.duty-ended" or "account.enabled" or "organisation.imported" or "plan.step-taken" or "notices.settings-changed")
            && await db.Cursors().SingleOrDefaultAsync(one => one.Job == RemindDue.CursorName, ct) is { } swept)
        {
            swept.Next = 0; // rules or duties changed: all days are looked at again
        }

        try
        {
            await journal.SaveBookkeepingAsync(ct);
        }
        catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
        {
            return 0; // another server or the reader was first; the next run reads the same entries again
        }

        return entries.Count;
    }

    // Open returns of the units at which the accounts hold or held a duty, or that lie there.
    private async Task<List<Guid>> OfAccountsAsync(Guid[] accounts, CancellationToken ct)
    {
        if (accounts.Length == 0)
        {
            return [];
        }

        var units = await db.Duties().Where(duty => accounts.Contains(duty.AccountId)).Select(duty => duty.UnitId).Distinct().ToListAsync(ct);
        return await db.ReturnsFor(Room).Where(one => !one.Closed && (units.Contains(one.UnitId) || units.Contains(one.AtId))).Select(one => one.Id).ToListAsync(ct);
    }
}
