using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Opens rounds when their day comes, makes their returns, and closes rounds when their last day is over.</summary>
/// <remarks>
/// What is due is read from the database each time, so days missed while the server was down are made good, and a clock set back
/// opens nothing twice: a period has one round for ever. Several servers may run it; the slower one finds the work done. After a jump of the
/// clock of more than <see cref="ClockJump.Days"/> days it does nothing until the clock is set right or the office confirms it.
/// </remarks>
public sealed partial class RunRounds(Db db, JournalWriter journal, TimeProvider clock, ILogger<RunRounds> log, OpenRound open, PrepareReturns prepare, CloseRound close) : IJob
{
    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (await ClockJump.SinceAsync(db, clock.Today, ct) is { } last)
        {
            Jumped(last, clock.Today);
            return 0;
        }

        if (await ClockJump.LastAsync(db, ct) is not { } before || before < clock.Today)
        {
            await UnlessDoneAsync(async () =>
            {
                await ClockJump.BelieveAsync(db, clock.Today, ct);
                await journal.SaveBookkeepingAsync(ct);
            });
        }

        var by = Access.OfSystem(Actor.System(nameof(RunRounds)));
        var count = 0;
        foreach (var (programme, cycle, period) in await DueAsync(ct))
        {
            count += await UnlessDoneAsync(() => open.RunAsync(programme, cycle, period, by, ct)) ? 1 : 0;
        }

        foreach (var round in await RoundsAsync(RoundState.Opening, DateOnly.MaxValue, ct))
        {
            await UnlessDoneAsync(async () => count += await prepare.RunAsync(round, int.MaxValue, ct));
        }

        foreach (var round in await RoundsAsync(RoundState.Open, clock.Today, ct))
        {
            count += await UnlessDoneAsync(() => close.RunAsync(round, by, ct)) ? 1 : 0;
        }

        return count;
    }

    private async Task<List<(Programme Programme, DispatchCycle Cycle, ReportPeriod Period)>> DueAsync(CancellationToken ct)
    {
        var calendar = await db.CalendarAsync(ct);
        var due = new List<(Programme, DispatchCycle, ReportPeriod)>();
        foreach (var cycle in await db.CyclesFor(Office.Room).AsNoTracking().Where(cycle => cycle.Active).OrderBy(cycle => cycle.Id).ToListAsync(ct))
        {
            var opened = (await db.RoundsFor(Office.Room).Where(round => round.ProgrammeId == cycle.ProgrammeId && round.Kind == cycle.Kind)
                .Select(round => round.From).ToListAsync(ct)).ToHashSet();
            Programme? programme = null;
            for (var period = ReportPeriod.Of(cycle.Kind, cycle.StartsOn); cycle.Rules.For(period, calendar).Opens <= clock.Today; period = period.Next)
            {
                if (!opened.Contains(period.From))
                {
                    programme ??= await db.ProgrammesFor(Office.Room, Right.Read).AsNoTracking().SingleAsync(p => p.Id == cycle.ProgrammeId, ct);
                    due.Add((programme, cycle, period));
                }
            }
        }

        return due;
    }

    private Task<List<Guid>> RoundsAsync(RoundState state, DateOnly closedBefore, CancellationToken ct) => db.RoundsFor(Office.Room)
        .Where(round => round.State == state && round.ClosesOn < closedBefore).OrderBy(round => round.To).ThenBy(round => round.Id).Select(round => round.Id).ToListAsync(ct);

    // Another server or a person was first, or a return changed meanwhile: the next run looks again.
    private async Task<bool> UnlessDoneAsync(Func<Task> act)
    {
        db.ChangeTracker.Clear();
        try
        {
            await act();
            return true;
        }
        catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    [LoggerMessage(LogLevel.Critical, "Rounds last ran on {Last} and the clock says {Today}: nothing is opened or closed until it is confirmed")]
    private partial void Jumped(DateOnly last, DateOnly today);
}
