using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Notices;

/// <summary>Moves the last days of notices that stand with the holidays. The day that was announced stays beside it.</summary>
internal sealed class RecountNotices(Db db, NoticeWork work) : ICountWorkingDays
{
    public async Task<IReadOnlyList<MovedDay>> RecountAsync(WorkingCalendar before, WorkingCalendar after, Actor by, CancellationToken ct)
    {
        var moved = new List<MovedDay>();
        var running = await db.NoticesFor(NoticeWork.Room).Where(one => one.State == NoticeState.Open || one.State == NoticeState.Suspended).ToListAsync(ct);
        var ids = running.Select(one => one.Id).ToArray();
        var objections = (await db.Objections().AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.NoticeId)).ToListAsync(ct)).ToLookup(one => one.NoticeId);
        foreach (var notice in running.Where(one => one.Working))
        {
            // While the clock stands still there is no last day to move: it is found when the objection is decided.
            if (notice.EndsOn is not { } was || notice.Last(NoticeWork.Clock(notice, objections[notice.Id], after)) is not { } becomes || becomes == was)
            {
                continue;
            }

            await work.ReckonAsync(notice, [.. objections[notice.Id]], ct, after);
            moved.Add(new(
                MovedKind.Notice, notice.ClosureNoticeId ?? notice.Id, notice.Title, $"/notices/{notice.Id}", was, becomes,
                new NoticeDaysMoved { Subject = notice.Id, By = by, At = work.Now, Notice = JournalBytes.Text(notice.PublicId), LastDay = becomes }));
        }

        return moved;
    }
}
