using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>Once a day looks at every open matter: a day came that a rule names, a duty began or ended.</summary>
/// <remarks>What is due is read from the database each time. Stopped half-way it begins again and tells nothing twice.</remarks>
internal sealed class RemindDue(Db db, JournalWriter journal, Reckoning reckoning, TimeProvider clock) : IJob
{
    /// <summary>Its cursor holds the number of the day last done.</summary>
    internal const string CursorName = "notices.day";

    private static readonly Access Room = Access.OfSystem(Actor.System("notifications"));

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var today = clock.Today;
        if (await db.Cursors().AsNoTracking().Where(one => one.Job == CursorName).Select(one => (long?)one.Next).SingleOrDefaultAsync(ct) == today.DayNumber)
        {
            return 0;
        }

        var count = 0;
        try
        {
            foreach (var some in (await ReturnsAsync(ct)).Chunk(Reckoning.Batch))
            {
                await reckoning.ReturnsAsync(some, ct);
                count += await SaveAsync(ct);
            }

            foreach (var some in (await ItemsAsync(today, ct)).Chunk(Reckoning.Batch))
            {
                await reckoning.ItemsAsync(some, ct);
                count += await SaveAsync(ct);
            }

            foreach (var some in (await ChecksAsync(ct)).Chunk(Reckoning.Batch))
            {
                await reckoning.ChecksAsync(some, ct);
                count += await SaveAsync(ct);
            }

            foreach (var some in (await new ClosureMatters(db, today).OpenAsync(ct)).Chunk(Reckoning.Batch))
            {
                await reckoning.ClosuresAsync(some, ct);
                count += await SaveAsync(ct);
            }

            foreach (var some in (await new DossierMatters(db, clock).OpenAsync(ct)).Chunk(Reckoning.Batch))
            {
                await reckoning.DossiersAsync(some, ct);
                count += await SaveAsync(ct);
            }

            await reckoning.FilesAsync(ct);
            var cursor = await db.Cursors().SingleOrDefaultAsync(one => one.Job == CursorName, ct) ?? db.Cursors().Add(new() { Job = CursorName }).Entity;
            cursor.Next = today.DayNumber;
            count += await SaveAsync(ct);
        }
        catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
        {
            db.ChangeTracker.Clear(); // another server or a reader was first; the next run looks again
        }

        return count;
    }

    private async Task<int> SaveAsync(CancellationToken ct)
    {
        await reckoning.MailAsync(ct);
        await journal.SaveBookkeepingAsync(ct);
        db.ChangeTracker.Clear();
        return 1;
    }

    private async Task<List<Guid>> ReturnsAsync(CancellationToken ct)
    {
        var open = db.RoundsFor(Room).Where(round => round.State == RoundState.Open).Select(round => round.Id);
        var unsettled = db.AllNotices().Where(notice => notice.MatterKind == MatterKind.Return && notice.SettledAt == null).Select(notice => notice.Matter);
        return await db.ReturnsFor(Room).Where(one => open.Contains(one.RoundId) || unsettled.Contains(one.Id)).Select(one => one.Id).OrderBy(id => id).ToListAsync(ct);
    }

    private async Task<List<Guid>> ChecksAsync(CancellationToken ct)
    {
        var unsettled = db.AllNotices().Where(notice => notice.MatterKind == MatterKind.Check && notice.SettledAt == null).Select(notice => notice.Matter);
        return await db.ChecksFor(Room).Where(check => check.State == CheckState.Open || unsettled.Contains(check.Id)).Select(check => check.Id).OrderBy(id => id).ToListAsync(ct);
    }

    private async Task<List<Guid>> ItemsAsync(DateOnly today, CancellationToken ct)
    {
        var farthest = (await db.ReminderRules().AsNoTracking().ToListAsync(ct)).SelectMany(rules => new[] { rules.Items, rules.Nodes })
            .Concat([ReminderRules.Usual.Items, ReminderRules.Usual.Nodes])
            .SelectMany(rule => rule.Days.Concat(rule.WorkingDays.Select(days => days * 3))).DefaultIfEmpty(0).Max(); // the longest holiday makes no three days of one
        var until = today.AddDays(farthest);
        var unsettled = db.AllNotices().Where(notice => notice.MatterKind == MatterKind.Item && notice.SettledAt == null).Select(notice => notice.Matter);
        return await db.ItemsFor(Room, Right.Read)
            .Where(item => unsettled.Contains(item.Id) || (item.RemovedOn == null && (item.DueOn <= until || db.ItemMilestones().Any(node => node.ItemId == item.Id && node.Due <= until))))
            .Select(item => item.Id).OrderBy(id => id).ToListAsync(ct);
    }
}
