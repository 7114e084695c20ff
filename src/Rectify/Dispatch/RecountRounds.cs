using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Dispatch;

/// <summary>Moves the days of open rounds with the holidays.</summary>
/// <remarks>
/// A day stays if a person set it, that is if the cycle's rules do not give it by the old holidays, and if it is over. No day is moved to before the present moment: units keep the time to report.
/// </remarks>
internal sealed class RecountRounds(Db db, TimeProvider clock) : ICountWorkingDays
{
    public async Task<IReadOnlyList<MovedDay>> RecountAsync(WorkingCalendar before, WorkingCalendar after, Actor by, CancellationToken ct)
    {
        var words = Words.In(Language.Default);
        var cycles = await db.CyclesFor(Office.Room).AsNoTracking().ToDictionaryAsync(cycle => (cycle.ProgrammeId, cycle.Kind), cycle => cycle.Rules, ct);
        var moved = new List<MovedDay>();
        foreach (var round in await db.RoundsFor(Office.Room).Where(round => round.State != RoundState.Closed).ToListAsync(ct))
        {
            var rules = cycles.GetValueOrDefault((round.ProgrammeId, round.Kind), OpenRound.Usual);
            var (was, becomes) = (rules.For(round.Period, before), rules.For(round.Period, after));
            DateTimeOffset? At(DateOnly day) => round.DueAt is { } at ? (becomes with { Due = day }).DueAt(TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).TimeOfDay), clock.LocalTimeZone) : null;
            bool Over(DateOnly day) => At(day) is { } at ? at <= clock.GetUtcNow() : day < clock.Today;

            var due = round.DueOn == was.Due && !Over(round.DueOn) && !Over(becomes.Due) ? becomes.Due : round.DueOn;
            var closes = round.ClosesOn == was.Closes && becomes.Closes >= clock.Today ? becomes.Closes : round.ClosesOn;
            if ((due == round.DueOn && closes == round.ClosesOn) || closes < due)
            {
                continue;
            }

            var (dueWas, closesWas) = (round.DueOn, round.ClosesOn);
            var fact = round.Move(due, At(due), closes, by, clock.NowMs);
            if (due != dueWas)
            {
                moved.Add(new(MovedKind.RoundDue, round.Id, words.Title(round), $"/dispatch/{round.Id}", dueWas, due, fact));
            }

            if (closes != closesWas)
            {
                moved.Add(new(MovedKind.RoundCloses, round.Id, words.Title(round), $"/dispatch/{round.Id}", closesWas, closes, due != dueWas ? null : fact));
            }
        }

        return moved;
    }
}
