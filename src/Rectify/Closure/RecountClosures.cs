using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>Moves the time limits of open steps, and the last days of notices that stand, with the holidays. What was signed says what it said.</summary>
internal sealed class RecountClosures(Db db, TimeProvider clock) : ICountWorkingDays
{
    private const int Batch = 300;

    public async Task<IReadOnlyList<MovedDay>> RecountAsync(WorkingCalendar before, WorkingCalendar after, Actor by, CancellationToken ct)
    {
        var words = Words.In(Language.Default);
        var moved = new List<MovedDay>();
        var open = await db.ClosuresFor(ClosureReading.Room)
            .Where(one => (one.State == ClosureState.Drafting || one.State == ClosureState.Running) && (one.StepDue != null || one.NoticeId != null)).ToListAsync(ct);
        foreach (var some in open.Chunk(Batch))
        {
            var cases = await new ClosureReading(db).ReadAsync(some, ct);
            foreach (var one in cases)
            {
                var closure = one.Closure;
                var was = closure.StepDue;
                if (closure.Recount(one.Way, after))
                {
                    moved.Add(new(
                        MovedKind.Step, closure.Id, words.Heading(one), $"/closures/{closure.Id}", was!.Value, closure.StepDue!.Value,
                        new ClosureDaysMoved { Subject = closure.Id, By = by, At = clock.NowMs, Closure = JournalBytes.Text(closure.PublicId), Due = closure.StepDue.Value }));
                }
            }

            // Where the clock of a notice stood still its last day is no plain count: the room of notices counts those.
            var standing = cases.Where(one => one is { Next.Kind: StepKind.Notice, Closure.NoticeId: not null }).GroupBy(one => one.Closure.NoticeId!.Value).ToDictionary(group => group.Key, group => group.First());
            var ids = standing.Keys.ToArray();
            foreach (var notice in await db.ClosureNotices().Where(one => EF.Parameter(ids).Contains(one.Id)).ToListAsync(ct))
            {
                var (stands, last) = (new DaySpan(notice.Days, notice.Working), notice.Last);
                DateOnly Last(WorkingCalendar calendar) => stands.LastDay(notice.From, firstCounts: true, calendar) is var day && day < notice.To ? notice.To : day; // it stands as long as was announced
                if (last == Last(before) && Last(after) is var becomes && becomes != last)
                {
                    notice.MoveTo(becomes);
                    moved.Add(new(MovedKind.Notice, notice.Id, words.Heading(standing[notice.Id].Item), $"/closures/{standing[notice.Id].Closure.Id}", last, becomes));
                }
            }
        }

        return moved;
    }
}
