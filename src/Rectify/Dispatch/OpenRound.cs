using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Opens a round. Its returns are made by <see cref="PrepareReturns"/>, a moment later and many at a time.</summary>
public sealed class OpenRound(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <summary>What a cycle that nobody has set would say: opens on the period's last working day but four, due on the last, closes three later.</summary>
    public static RoundRules Usual { get; } = new(-4, 0, 3, DayCount.Working);

    /// <summary>Opens a round by hand.</summary>
    /// <param name="within">A day of the period to report on.</param>
    /// <param name="due">Last day in time; <see langword="null"/> as the cycle says.</param>
    /// <param name="closes">Last day; <see langword="null"/> as the cycle says.</param>
    /// <param name="dueTime">Until when on the due day; <see langword="null"/> as the cycle says.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: the period has its round. 422: a period to come, days in the past or out of order.</exception>
    public async Task<Guid> RunAsync(string code, CycleKind kind, DateOnly within, DateOnly? due, DateOnly? closes, Access by, CancellationToken ct, TimeOnly? dueTime = null)
    {
        var programme = await Office.ProgrammeAsync(db, code, by, ct);
        var period = ReportPeriod.Of(kind, within);
        var rules = await db.CyclesFor(by).AsNoTracking().SingleOrDefaultAsync(cycle => cycle.ProgrammeId == programme.Id && cycle.Kind == kind, ct);
        var today = clock.Today;
        if (period.From > today)
        {
            throw Refusal.Invalid("round.future", "This period has not begun yet.");
        }

        var time = dueTime ?? (rules?.Rules ?? Usual).DueTime;
        var planned = InTime((rules?.Rules ?? Usual).For(period, await db.CalendarAsync(ct)), time);
        var days = new RoundDays(today, due ?? planned.Due, closes ?? planned.Closes);
        if (days.DueAt(time, clock.LocalTimeZone) <= clock.GetUtcNow() || days.Closes < days.Due)
        {
            throw Refusal.Invalid("round.days", "A round is due later than now, and closes on that day or after it.");
        }

        return await CommitAsync(programme, period, days, time, by, ct);
    }

    /// <summary>Opens a round that a cycle asks for.</summary>
    internal async Task<Guid> RunAsync(Programme programme, DispatchCycle cycle, ReportPeriod period, Access by, CancellationToken ct) =>
        await CommitAsync(programme, period, InTime(cycle.Rules.For(period, await db.CalendarAsync(ct)), cycle.DueTime), cycle.DueTime, by, ct);

    // A server that was down too long must not ask for what was due yesterday: units get as many days as they would have had.
    // Where that is less than a day they have until tomorrow.
    private RoundDays InTime(RoundDays planned, TimeOnly time)
    {
        for (var day = clock.Today; planned.DueAt(time, clock.LocalTimeZone) <= clock.GetUtcNow(); day = day.AddDays(1))
        {
            planned = planned.OpeningOn(day);
        }

        return planned;
    }

    private async Task<Guid> CommitAsync(Programme programme, ReportPeriod period, RoundDays days, TimeOnly time, Access by, CancellationToken ct)
    {
        var rounds = db.RoundsFor(Office.Room).AsNoTracking().Where(round => round.ProgrammeId == programme.Id && round.Kind == period.Kind);
        var taken = rounds.Where(round => round.From == period.From);
        if (await taken.AnyAsync(ct))
        {
            throw Opened();
        }

        var no = (await rounds.MaxAsync(round => (int?)round.No, ct) ?? 0) + 1;
        var round = db.Add(DispatchRound.Create(programme.Id, period, no, days, days.DueAt(time, clock.LocalTimeZone), clock.NowMs)).Entity;
        try
        {
            await journal.CommitAsync(
                new RoundOpened
                {
                    Subject = round.Id,
                    By = by.Actor,
                    At = clock.NowMs,
                    Cycle = period.Kind,
                    From = period.From,
                    To = period.To,
                    No = no,
                    Due = days.Due,
                    Closes = days.Closes,
                },
                ct);
        }
        catch (Refusal lost) when (lost.Status is StatusCodes.Status409Conflict)
        {
            // The unique index let another server's or person's go first.
            db.ChangeTracker.Clear();
            throw await taken.AnyAsync(ct) ? Opened() : lost;
        }

        return round.Id;
    }

    private static Refusal Opened() => Refusal.Conflict("round.exists", "This period has its round already.");
}
