using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Dispatch;
using Rectify.Notices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Schedule;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>Holidays of a year, entered once for the product: what is open moves in every room, what is over stays.</summary>
public sealed class HolidaysTests
{
    private const string Extra = "2027-03-30～2027-03-31 \u653e\u5047\n2027-04-02 off\n2027-03-25 off\n2027-04-10 \u4e0a\u73ed\n";

    [Theory, EveryDatabase]
    public async Task Holidays_that_are_announced_move_open_days_of_every_room_and_nothing_that_is_over(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"), on: new(2027, 2, 1));
        var office = closing.People["office"];

        // One closing is over before, and so is a round.
        var closed = await closing.HaveAtAsync(world, closing.Tasks[2].Id);
        var over = await OpenRoundAsync(CycleKind.Monthly, new(2027, 2, 10), new(2027, 4, 2), new(2027, 4, 2));
        await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(over, int.MaxValue, Ct));
        await world.InAsync((CloseRound close) => close.RunAsync(over, office, Ct));

        Closing.Today(world, new(2027, 3, 8));
        var notice = await NoticeTests.HaveStandingAsync(world, closing);
        Closing.Today(world, new(2027, 3, 19));
        var waiting = await closing.HaveAtAsync(world, closing.Tasks[1].Id, "material", unit: "C1");
        Closing.Today(world, new(2027, 3, 24));
        var (round, byHand) = (await OpenRoundAsync(CycleKind.Monthly, new(2027, 3, 10)), await OpenRoundAsync(CycleKind.Quarterly, new(2027, 3, 10), new(2027, 3, 30), new(2027, 4, 2)));
        await world.InAsync((SetSchedule set) => set.RunAsync(closing.Tasks[3].Id, new([new(Guid.CreateVersion7(), "A1", "Design", 6)]), "planned", 0, office, Ct));
        var before = await ReadAsync();
        Assert.Equal((new DateOnly(2027, 3, 31), new DateOnly(2027, 4, 5)), before.Rounds[round]);

        Assert.Equal("calendar.office", await NoAsync(() => SetAsync(Extra, 0, "county")));
        Assert.Equal("calendar.line", await NoAsync(() => SetAsync("2027-03-30 closed", 0)));
        Assert.Equal("calendar.line", await NoAsync(() => SetAsync("2027-03-30 off\n2027-03-29~2027-03-31 work", 0)));
        Assert.Equal("calendar.outside", await NoAsync(() => SetAsync("2028-01-01 off", 0)));
        Assert.Equal("calendar.year", await NoAsync(() => world.InAsync((SetHolidays set) => set.RunAsync(2100, "", 0, office, Ct))));

        // What is shown before is what happens; showing changes nothing.
        var shown = await world.InAsync((SetHolidays set) => set.PreviewAsync(2027, Extra, 0, office, Ct));
        Assert.Equal(before, await ReadAsync(), Same);
        var moved = await SetAsync(Extra, 0);
        Assert.Equal(shown.Select(one => (one.Kind, one.Subject, one.Before, one.After)), moved.Select(one => (one.Kind, one.Subject, one.Before, one.After)));
        Assert.Equal("stale", await NoAsync(() => SetAsync("", 0)));
        Assert.Equal("calendar.same", await NoAsync(() => SetAsync(Extra, 1)));

        var calendar = WorkingCalendar.StateCouncil.With("2027-03-30\toff\n2027-03-31\toff\n2027-04-02\toff\n2027-03-25\toff\n2027-04-10\twork");
        var after = await ReadAsync();
        Assert.Equal(before with { Rounds = after.Rounds, Notice = after.Notice, Step = after.Step, End = after.End }, after, Same); // nothing else
        Assert.Equal((new DateOnly(2027, 3, 29), new DateOnly(2027, 4, 6)), after.Rounds[round]); // the last working day of March is the 29th
        Assert.Equal((before.Rounds[byHand], before.Rounds[over]), (after.Rounds[byHand], after.Rounds[over]));
        Assert.NotEqual(before.Notice, after.Notice);
        Assert.Equal(calendar.AddWorkingDays(before.From, 10, firstDayCounts: true), after.Notice);
        Assert.Equal(before.Announced, after.Announced);
        Assert.NotEqual(before.Step, after.Step);
        Assert.Equal(calendar.AddWorkingDays(before.Since, before.Limit, firstDayCounts: false), after.Step);
        Assert.Equal(calendar.AddWorkingDays(new(2027, 3, 24), 6, firstDayCounts: true), after.End);
        Assert.Equal(
            [(MovedKind.RoundDue, round), (MovedKind.RoundCloses, round), (MovedKind.Notice, after.ClosureNotice), (MovedKind.Step, waiting), (MovedKind.Schedule, after.Schedule)],
            moved.Select(one => (one.Kind, one.Subject)).OrderBy(one => one.Kind));

        // What opens later counts so from the start; every chain has its entry; taken back, all is as it was.
        Closing.Today(world, new(2027, 3, 29));
        var next = await OpenRoundAsync(CycleKind.Weekly, new(2027, 3, 29));
        Assert.Equal(new(2027, 4, 1), (await ReadAsync()).Rounds[next].Due);
        await world.InAsync(async (Db db) =>
        {
            Assert.False((await db.CalendarAsync(Ct)).IsWorking(new(2027, 3, 30)));
            string[] kinds = ["calendar.holidays-set", "closure.days-moved", "dispatch.round-days-moved", "notice.days-moved"];
            Assert.Equal(kinds, (await db.Journal.AsNoTracking().Where(row => kinds.Contains(row.Kind)).Select(row => row.Kind).ToListAsync(Ct)).Order(StringComparer.Ordinal));
        });
        await SetAsync("", 1);
        var back = await ReadAsync();
        Assert.Equal((before.Rounds[round], new(2027, 4, 2), before.Notice, before.Step), (back.Rounds[round], back.Rounds[next].Due, back.Notice, back.Step));

        Task<IReadOnlyList<MovedDay>> SetAsync(string text, int version, string by = "office") => world.InAsync((SetHolidays set) => set.RunAsync(2027, text, version, closing.People[by], Ct));
        Task<Guid> OpenRoundAsync(CycleKind kind, DateOnly within, DateOnly? due = null, DateOnly? closes = null) => world.InAsync(async (OpenRound open) => await open.RunAsync("r1", kind, within, due, closes, office, Ct));
        Task<Days> ReadAsync() => world.InAsync(async (Db db) =>
        {
            var stands = await db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == notice, Ct);
            var known = await db.ClosureNotices().AsNoTracking().ToDictionaryAsync(one => one.Id, Ct);
            var (one, done) = (await closing.CaseAsync(world, waiting), await closing.ClosureAsync(world, closed));
            Assert.Equal(stands.EndsOn, known[stands.ClosureNoticeId!.Value].Last);
            return new Days(
                await db.RoundsFor(Rectify.Dispatch.Office.Room).AsNoTracking().ToDictionaryAsync(each => each.Id, each => (each.DueOn, each.ClosesOn), Ct),
                stands.From!.Value, stands.To!.Value, stands.EndsOn, stands.ContentHash, stands.ClosureNoticeId.Value, known.Values.Where(each => each.Id != stands.ClosureNoticeId).Select(each => each.Last).Single(),
                one.Closure.StepSince, one.Next!.Limit!.Days, one.Closure.StepDue, (done.StepSince, done.StepDue, done.ClosedOn),
                (await ScheduleReading.OfItemAsync(db, office, closing.Tasks[3].Id, world.Clock.Today, Ct))!.Dates.Finish,
                await db.SchedulesFor(office, Rectify.Organisation.Right.Read).Select(each => each.Id).SingleAsync(Ct),
                (await db.ScheduleVersions().SingleAsync(Ct)).Content);
        });
    }

    private sealed record Days(
        Dictionary<Guid, (DateOnly Due, DateOnly Closes)> Rounds, DateOnly From, DateOnly Announced, DateOnly? Notice, string Hash, Guid ClosureNotice, DateOnly OtherNotice, DateOnly Since, int Limit, DateOnly? Step,
        (DateOnly, DateOnly?, DateOnly?) Closed, DateOnly? End, Guid Schedule, string Version);

    private static bool Same(Days one, Days other) =>
        one.Rounds.OrderBy(each => each.Key).SequenceEqual(other.Rounds.OrderBy(each => each.Key)) && one with { Rounds = other.Rounds } == other;

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
