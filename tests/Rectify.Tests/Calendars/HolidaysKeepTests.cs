using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Dispatch;
using Rectify.Notices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tests.Closure;
using Rectify.Tests.Notices;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Calendars;

/// <summary>What holidays leave alone: rounds whose day is over or would be, notices that have ended, and the days that a notice announced.</summary>
public sealed class HolidaysKeepTests
{
    [Theory, EveryDatabase]
    public async Task No_round_is_due_or_closes_before_now_and_one_that_is_over_or_closed_keeps_its_days(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = (await Closing.HaveAsync(world, on: new(2027, 3, 29))).People["office"];
        var (text, version) = ("", 0);
        var opened = new List<(CycleKind Kind, Guid Id)>();

        // The month's last working day would be yesterday.
        await ExpectAsync(CycleKind.Monthly, new(2027, 3, 29), "2027-03-30~2027-03-31 off", new(2027, 3, 30), (new(2027, 3, 31), new(2027, 4, 5)));

        // It was due on Friday, and Saturday is made a working day.
        await ExpectAsync(CycleKind.Weekly, new(2027, 4, 12), "2027-04-17 work", new(2027, 4, 17), (new(2027, 4, 16), new(2027, 4, 21)));

        // It closes today, and would have closed on Saturday.
        await ExpectAsync(CycleKind.Monthly, new(2027, 6, 10), "2027-07-03 work", new(2027, 7, 5), (new(2027, 6, 30), new(2027, 7, 5)));

        // It is closed already, though its days would still move.
        await ExpectAsync(CycleKind.Weekly, new(2027, 8, 2), "2027-08-06 off", new(2027, 8, 3), (new(2027, 8, 6), new(2027, 8, 11)), closed: true);

        async Task ExpectAsync(CycleKind kind, DateOnly opens, string line, DateOnly today, (DateOnly, DateOnly) days, bool closed = false)
        {
            Closing.Today(world, opens);
            var round = await world.InAsync((OpenRound open) => open.RunAsync(Closing.Code, kind, opens, null, null, office, Ct));
            Assert.Equal(days, await DaysAsync(round));
            opened.Add((kind, round));
            foreach (var (_, each) in closed ? opened.Where(one => one.Kind == kind) : []) // those of a kind in their order
            {
                await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(each, int.MaxValue, Ct));
                await world.InAsync((CloseRound close) => close.RunAsync(each, office, Ct));
            }

            Closing.Today(world, today);
            text += $"{line}\n";
            Assert.Empty(await world.InAsync(async (IServiceProvider services) =>
            {
                var shown = await services.GetRequiredService<SetHolidays>().PreviewAsync(2027, text, version, office, Ct);
                Assert.False(services.GetRequiredService<Db>().ChangeTracker.HasChanges()); // nothing of it waits to be saved with something else
                return shown;
            }));
            Assert.Empty(await world.InAsync((SetHolidays set) => set.RunAsync(2027, text, version++, office, Ct)));
            Assert.Equal(days, await DaysAsync(round));
        }

        Task<(DateOnly, DateOnly)> DaysAsync(Guid id) => world.InAsync(async (Db db) =>
        {
            var round = await db.RoundsFor(office).AsNoTracking().SingleAsync(one => one.Id == id, Ct);
            return (round.DueOn, round.ClosesOn);
        });
    }

    [Fact]
    public void What_is_entered_wins_over_what_the_product_brings()
    {
        DateOnly newYear = new(2026, 1, 1), friday = new(2026, 3, 6);
        Assert.Equal((false, true), (WorkingCalendar.StateCouncil.IsWorking(newYear), WorkingCalendar.StateCouncil.IsWorking(friday)));
        var calendar = WorkingCalendar.StateCouncil.With("2026-01-01\twork\n2026-03-06\toff");
        Assert.Equal((true, false), (calendar.IsWorking(newYear), calendar.IsWorking(friday)));
        Assert.Equal((1, 0), (calendar.WorkingDaysBetween(newYear, newYear), calendar.WorkingDaysBetween(friday, friday)));
    }

    [Theory, EveryDatabase]
    public async Task A_notice_stands_at_least_until_the_day_that_it_announced_and_once_ended_moves_no_more(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"), on: new(2027, 3, 1));
        var office = closing.People["office"];
        var other = await closing.HaveAtAsync(world, closing.Tasks[2].Id, "notice");
        var id = await NoticeTests.HaveStandingAsync(world, closing);
        var bare = await closing.OpenNoticeAsync(world, other); // of the closings' own room alone
        var announced = await DaysAsync();
        var saturday = Enumerable.Range(1, 7).Select(announced.Today.AddDays).First(day => day.DayOfWeek is DayOfWeek.Saturday);
        var weekday = Enumerable.Range(1, 7).Select(announced.Today.AddDays).First(day => day.DayOfWeek is DayOfWeek.Wednesday);

        await SetAsync($"{saturday:yyyy-MM-dd} work", 0);
        Assert.Equal(announced, await DaysAsync());
        Assert.Contains(await SetAsync($"{weekday:yyyy-MM-dd} off", 1), one => one.Kind is MovedKind.Notice);
        var moved = await DaysAsync();
        Assert.True(moved.Notice > announced.Notice && moved.Bare > announced.Bare, $"{moved} {announced}");
        await SetAsync($"{saturday:yyyy-MM-dd} work", 2);
        Assert.Equal(announced, await DaysAsync());

        Closing.Today(world, announced.Notice!.Value.AddDays(1));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        await closing.TakeAsync(world, other);
        var ended = await DaysAsync();
        Assert.DoesNotContain(await SetAsync($"{weekday:yyyy-MM-dd} off", 3), one => one.Kind is MovedKind.Notice);
        Assert.Equal(ended, await DaysAsync());

        Task<IReadOnlyList<MovedDay>> SetAsync(string text, int version) => world.InAsync((SetHolidays set) => set.RunAsync(2027, text, version, office, Ct));

        Task<(DateOnly Today, DateOnly? Notice, DateOnly Bare)> DaysAsync() => world.InAsync(async (Db db) => (
            world.Clock.Today, (await db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == id, Ct)).EndsOn, (await db.ClosureNotices().AsNoTracking().SingleAsync(one => one.Id == bare, Ct)).Last));
    }
}
