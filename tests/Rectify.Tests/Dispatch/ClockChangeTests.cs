using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Bulletins;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Bulletins;
using Rectify.Tests.Notifications;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>The clock goes back and forth by an hour or a day between any two steps: opening, reporting, closing, numbering, telling people.</summary>
public sealed class ClockChangeTests
{
    private static readonly TimeSpan[] Errors = [TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.FromHours(1), TimeSpan.FromDays(-1), TimeSpan.FromDays(1)];

    [Theory, EveryDatabase]
    public Task Whatever_the_clock_does_nothing_is_lost_doubled_or_half_done(string database) =>
        Gen.Int[0, Errors.Length - 1].Array[120].SampleAsync(errors => WalkAsync(database, errors), iter: 2, threads: 1);

    private static async Task WalkAsync(string database, int[] errors)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, 240, 1); // a round is opened in two transactions
        await world.InAsync((SetCycle set) => set.RunAsync("r1", CycleKind.Monthly, new(-3, 0, 2, DayCount.Calendar), new(2026, 3, 1), true, 0, r.Office, Ct));
        var (now, step, drafts) = (world.Clock.GetUtcNow(), 0, new List<Guid>());

        foreach (var month in new DateOnly[] { new(2026, 3, 31), new(2026, 4, 30), new(2026, 5, 31) })
        {
            // Its day to be opened: the server stops half-way, and goes on by another clock.
            await PassAsync(At(month.AddDays(-3)));
            await StepAsync(OpenHalfAsync);
            await StepAsync(RunAsync);
            await StepAsync(RunAsync);
            await RightAsync(RunAsync);
            var round = await world.InAsync((Db db) => db.RoundsFor(r.Office).Where(one => one.To == month).Select(one => one.Id).SingleAsync(Ct));

            // A day before it is due, so that no clock here says that it is over.
            await PassAsync(At(month.AddDays(-1)));
            foreach (var (unit, figure) in new[] { ("C1", month.Month * 10L), ("C2", month.Month * 10L) })
            {
                await StepAsync(() => r.FillAsync(world, round, unit, figure));
                await StepAsync(() => r.SubmitAsync(world, round, unit));
                await StepAsync(RunAsync);
                await StepAsync(() => r.DecideAsync(world, round, unit, ReturnAct.PassUp, "p1"));
                await StepAsync(() => r.DecideAsync(world, round, unit, ReturnAct.Accept, "office"));
            }

            // Closed by one clock or another, once; the other two returns are missing.
            await PassAsync(At(month.AddDays(3)));
            await StepAsync(RunAsync);
            await StepAsync(RunAsync);
            await RightAsync(RunAsync);
            await StepAsync(async () => drafts.Add(await IssueBulletinTests.DraftAsync(world, r, round)));
            await StepAsync(RunAsync);
        }

        // Numbered one after another, each by its own clock.
        foreach (var draft in drafts)
        {
            await StepAsync(() => IssueBulletinTests.IssueAsync(world, r, draft));
            await StepAsync(async () => Assert.Equal(409, (await Assert.ThrowsAsync<Refusal>(() => IssueBulletinTests.IssueAsync(world, r, draft))).Status));
        }

        var told = await world.EverythingAsync();
        await world.ForgetCursorAsync();
        await RightAsync(() => Task.CompletedTask);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal(told, await world.EverythingAsync());
        await world.InAsync(async (Db db) =>
        {
            var rounds = await db.RoundsFor(r.Office).OrderBy(one => one.To).ToListAsync(Ct);
            Assert.Equal([(3, 1, RoundState.Closed), (4, 2, RoundState.Closed), (5, 3, RoundState.Closed)], rounds.Select(one => (one.To.Month, one.No, one.State)));
            Assert.Equal([30L, 40, 50], (await db.FrozenFigures().Where(one => one.QuantityId == r.Plants.Id && one.Accepted).OrderBy(one => one.On).ToListAsync(Ct)).Select(one => one.Value));
            Assert.Equal([30L, 40, 50], (await db.ItemFacts().Where(one => one.ItemId == r.Plants.Id).OrderBy(one => one.On).ToListAsync(Ct)).Select(one => one.Value!.Value));
            foreach (var round in rounds)
            {
                Assert.Equal((244, 244), (await db.ReturnsFor(r.Office).CountAsync(one => one.RoundId == round.Id && one.Closed, Ct),
                    await db.ReturnsFor(r.Office).Where(one => one.RoundId == round.Id).Select(one => one.UnitId).Distinct().CountAsync(Ct)));
                Assert.Equal((245, 245), (await db.FrozenLines().CountAsync(one => one.RoundId == round.Id, Ct),
                    await db.ReturnLines().CountAsync(line => db.ReturnsFor(r.Office).Any(one => one.Id == line.ReturnId && one.RoundId == round.Id), Ct)));
                Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, round.Id, Ct));
            }

            Assert.Equal([1, 2, 3], (await db.BulletinsFor(r.Office).Select(one => one.No!.Value).ToListAsync(Ct)).Order());
            foreach (var (kind, times) in new[] { ("dispatch.round-opened", 3), (RoundClosed.Name, 3), ("bulletin.issued", 3), ("return.step-taken", 18) })
            {
                Assert.Equal((kind, times), (kind, await db.Journal.CountAsync(row => row.Kind == kind, Ct)));
            }

            var entries = await db.Journal.AsNoTracking().Where(row => row.Kind == "bulletin.issued").OrderBy(row => row.Index).ToListAsync(Ct);
            Assert.All(entries.Index(), one => Assert.Contains($"\"no\":{one.Index + 1},", Encoding.UTF8.GetString(one.Item.Body), StringComparison.Ordinal));
        });

        DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new(4, 0)), TimeSpan.Zero);

        // A server that runs notices no jump.
        async Task PassAsync(DateTimeOffset until)
        {
            for (now += TimeSpan.FromDays(7); now < until.AddDays(-1); now += TimeSpan.FromDays(7))
            {
                await RightAsync(RunAsync);
            }

            now = until;
        }

        async Task StepAsync(Func<Task> act)
        {
            world.Clock.AdjustTime(now + Errors[errors[step++ % errors.Length]]);
            await act();
            await world.FollowAsync();
            await world.RemindAsync();
        }

        async Task RightAsync(Func<Task> act)
        {
            world.Clock.AdjustTime(now);
            await act();
            await world.FollowAsync();
            await world.RemindAsync();
        }

        Task RunAsync() => world.InAsync((RunRounds run) => run.RunAsync(Ct));

        // What RunRounds does, killed after the first transaction of returns.
        async Task OpenHalfAsync()
        {
            if (world.Clock.Today < DateOnly.FromDateTime(now.UtcDateTime))
            {
                return;
            }

            var day = DateOnly.FromDateTime(now.UtcDateTime);
            var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, day, null, null, r.Office, Ct));
            await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, 1, Ct));
        }
    }
}
