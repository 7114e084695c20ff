using Microsoft.EntityFrameworkCore;
using Rectify.Bulletins;
using Rectify.Calendars;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.CommandLine;

/// <summary>Plays the sample's rounds: opened by the office, filled in and submitted by units, reviewed, closed with frozen figures.</summary>
internal sealed class SampleRounds(SampleFiles files, SampleCast cast, SampleStage stage, IServiceScopeFactory scopes, IReadOnlyList<SampleTaskPlay> tasks)
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.StateCouncil;

    private string Programme => files.Plan.Programme.Id;

    /// <summary>Sets the cycles of the programme as they were, or ends them: later rounds open by hand only.</summary>
    public Task CyclesAsync(DateTime at, bool active, CancellationToken ct) => stage.PlayAsync(
        at,
        async (scope, token) =>
        {
            foreach (var cycle in files.Dispatch.Cycles)
            {
                var kind = cycle.Cycle == "quarter" ? CycleKind.Quarterly : CycleKind.Monthly;
                var known = await scope.Db.CyclesFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(one => one.Kind == kind, token);
                if (known is null || known.Active != active)
                {
                    await scope.Get<SetCycle>().RunAsync(
                        Programme, kind, new(cycle.Opens, cycle.Due, cycle.Closes, DayCount.Working), scope.Today, active, known?.Version ?? 0, cast.Office, token);
                    scope.Db.ChangeTracker.Clear();
                }
            }
        },
        ct);

    public async Task OpenAsync(SampleRound round, CancellationToken ct)
    {
        if (await FindAsync(round, ct) is { State: not RoundState.Opening })
        {
            return;
        }

        await stage.PlayAsync(
            SampleTaskPlay.At(round.OpenedOn, 9),
            async (scope, token) =>
            {
                var id = (await FindAsync(round, token))?.Id
                    ?? await scope.Get<OpenRound>().RunAsync(Programme, round.Kind, round.AsOf, round.DueOn, ClosesOn(round), cast.Office, token);
                await scope.Get<PrepareReturns>().RunAsync(id, int.MaxValue, token);
            },
            ct);
    }

    /// <summary>Opens a round for today, so that there is one to try the forms with.</summary>
    public async Task OpenForTodayAsync(IServiceProvider services, DateOnly today, CancellationToken ct)
    {
        var id = (await FindAsync(CycleKind.Monthly, ReportPeriod.Of(CycleKind.Monthly, today).From, ct))?.Id
            ?? await services.GetRequiredService<OpenRound>().RunAsync(Programme, CycleKind.Monthly, today, today.AddDays(14), today.AddDays(30), cast.Office, ct);
        await services.GetRequiredService<PrepareReturns>().RunAsync(id, int.MaxValue, ct);
    }

    /// <summary>Records what the round's returns do not ask for.</summary>
    public async Task UnaskedAsync(SampleRound round, CancellationToken ct)
    {
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<Db>();
        var id = (await FindAsync(round, ct))!.Id;
        var leads = await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Code, unit => unit.Id, ct);
        var asked = (await db.ReturnsFor(cast.Office).Where(one => one.RoundId == id)
            .Join(db.ReturnLines(), one => one.Id, line => line.ReturnId, (one, line) => new { one.UnitId, line.ItemId }).ToListAsync(ct))
            .Select(line => (line.UnitId, line.ItemId)).ToHashSet();
        var known = await SampleKnown.ReadAsync(db, ct);
        await stage.PlayAsync(
            tasks.Where(task => !asked.Contains((leads[task.Task.Units.Single(unit => unit.Role == "lead").Unit], task.Item.Id)))
                .Select(task => task.Unasked(round, known)).OfType<SampleAct>(),
            ct);
    }

    /// <summary>Plays the way of every return, and closes the round.</summary>
    public async Task ReportAsync(SampleRound round, CancellationToken ct)
    {
        if (await FindAsync(round, ct) is not { State: RoundState.Open } open)
        {
            return;
        }

        await using (var services = scopes.CreateAsyncScope())
        {
            var db = services.ServiceProvider.GetRequiredService<Db>();
            var returns = await db.ReturnsFor(cast.Office).AsNoTracking().Where(one => one.RoundId == open.Id)
                .Join(db.Units(), one => one.UnitId, unit => unit.Id, (one, unit) => new { one, unit.Code, unit.ParentId }).ToListAsync(ct);
            var codes = await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.Code, ct);
            var steps = (await db.ReturnSteps().AsNoTracking().Where(step => step.RoundId == open.Id).ToListAsync(ct)).ToLookup(step => step.ReturnId);
            var now = await db.StatusSpans().AsNoTracking().Where(span => span.From <= round.AsOf && span.Until > round.AsOf).ToDictionaryAsync(span => span.ItemId, span => (span.Status, span.Light), ct);
            var reached = (await db.ItemFacts().AsNoTracking().Where(fact => fact.Kind == FactKind.MilestoneReached).Select(fact => new { fact.ItemId, fact.No }).ToListAsync(ct))
                .Select(fact => (fact.ItemId, fact.No)).ToHashSet();
            var words = new SampleLines(files, tasks, round, now, reached);
            await stage.PlayAsync(
                from one in returns
                let whole = new SampleReturn(files, cast, round, words, one.one.Id, one.Code, codes[one.one.AboveId], steps[one.one.Id].Count())
                from act in whole.Acts(DaysOf(round))
                select act,
                ct);
        }

        await stage.PlayAsync(SampleTaskPlay.At(ClosesOn(round), 18), (scope, token) => scope.Get<CloseRound>().RunAsync(open.Id, cast.Office, token), ct);
    }

    /// <summary>Begins the bulletin on a closed round, writes what it asks for, and issues it.</summary>
    public Task BulletinAsync(CancellationToken ct)
    {
        var told = files.Dispatch.Bulletin;
        var round = files.History.Rounds.Single(one => one.Id == told.Round);
        return stage.PlayAsync(
            SampleTaskPlay.At(told.IssuedOn, 15),
            async (scope, token) =>
            {
                var id = (await FindAsync(round, token))!.Id;
                var bulletin = await scope.Db.BulletinsFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(one => one.RoundId == id, token);
                if (bulletin is null)
                {
                    await scope.Get<DraftBulletin>().RunAsync(id, cast.Office, token);
                    bulletin = await scope.Db.BulletinsFor(cast.Office).AsNoTracking().SingleAsync(one => one.RoundId == id, token);
                }

                if (bulletin is { State: BulletinState.Draft, Version: 0 })
                {
                    scope.Db.ChangeTracker.Clear();
                    await scope.Get<ChangeBulletin>().RunAsync(
                        bulletin.Id, bulletin.Written with { Report = told.Report, Distribute = told.Distribute, Copies = told.Copies, Requirements = told.Requirements }, bulletin.Version, cast.Office, token);
                    bulletin = await scope.Db.BulletinsFor(cast.Office).AsNoTracking().SingleAsync(one => one.RoundId == id, token);
                }

                if (bulletin.State is BulletinState.Draft)
                {
                    scope.Db.ChangeTracker.Clear();
                    await scope.Get<IssueBulletin>().RunAsync(bulletin.Id, bulletin.Version, cast.Office, token);
                }
            },
            ct);
    }

    public static DateOnly ClosesOn(SampleRound round) => Calendar.AddWorkingDays(round.DueOn, 3, firstDayCounts: false);

    // The working days on which returns come and go: from the first after the period to the last on which they are taken.
    private static List<DateOnly> DaysOf(SampleRound round)
    {
        var days = new List<DateOnly>();
        for (var day = round.AsOf.AddDays(1); day <= ClosesOn(round); day = day.AddDays(1))
        {
            if (Calendar.IsWorking(day))
            {
                days.Add(day);
            }
        }

        return days;
    }

    private Task<DispatchRound?> FindAsync(SampleRound round, CancellationToken ct) => FindAsync(round.Kind, ReportPeriod.Of(round.Kind, round.AsOf).From, ct);

    private async Task<DispatchRound?> FindAsync(CycleKind kind, DateOnly from, CancellationToken ct)
    {
        await using var services = scopes.CreateAsyncScope();
        return await services.ServiceProvider.GetRequiredService<Db>().RoundsFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(one => one.Kind == kind && one.From == from, ct);
    }
}
