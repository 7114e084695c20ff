using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Platform;
using Rectify.Platform.Text;
using Rectify.Schedule;

namespace Rectify.Tests.Schedule;

/// <summary>What a schedule says outside of its page: words, rows of a workbook, calendars of other programs, places on a chart. Seen from 26 March 2026, a Thursday.</summary>
public sealed class ScheduleSheetTests
{
    private static readonly DateOnly On = new(2026, 3, 26);

    private static readonly Words English = Words.In(Language.Find("en")!);

    // Five working days from that Thursday on end on Wednesday, 1 April.
    [Theory]
    [InlineData("2026-04-01", "0 days before")]
    [InlineData("2026-04-02", "1 day before")]
    [InlineData("2026-03-31", "1 day after")]
    [InlineData("2026-03-22", "10 days after")]
    public void An_end_is_told_against_the_deadline_and_in_time_on_its_very_day(string due, string told) =>
        Assert.Contains(told, English.Verdict(Of(DateOnly.Parse(due, CultureInfo.InvariantCulture), Work("A1", 5))), StringComparison.Ordinal);

    [Fact]
    public void Words_and_mark_of_an_activity_say_the_same()
    {
        var (done, late, tight, loose) = (
            Work("A1", 2) with { Started = On.AddDays(-2), Finished = On.AddDays(-1) }, Work("A2", 5) with { FinishBy = new(2026, 3, 27) }, Work("A3", 5) with { FinishBy = new(2026, 4, 1) }, Work("A4", 2, "A3 SS"));
        var of = Of(new(2026, 4, 1), done, late, tight, loose);
        Assert.Equal(["Too late by 3 days", "Critical path", "3 days of slack"], new[] { late, tight, loose }.Select(one => English.Standing(of.Dates[one.Id])));
        Assert.Equal(["done", "overdue", "behind", "notstarted"], of.Dates.All.Select(ScheduleWords.Mark));
    }

    [Fact]
    public void A_row_of_the_workbook_has_each_figure_under_its_head()
    {
        var (done, first, last) = (Work("A1", 2) with { Started = On.AddDays(-2), Finished = On.AddDays(-1) }, Work("A2", 5), Work("A3", 10, "A2"));
        var of = Of(new(2026, 6, 30), done, first, last);
        var heads = ScheduleFiles.Columns(English, withItem: false).Select(column => column.Head).ToList();
        var rows = ScheduleFiles.Rows(English, of, new Dictionary<Guid, string>(), withItem: false).ToList();
        object? Cell(int row, string key) => rows[row][heads.IndexOf(English[key])];

        Assert.All(rows, row => Assert.Equal(heads.Count, row.Length));
        foreach (var (i, times) in of.Dates.All.Index().Skip(1))
        {
            Assert.Equal(
                (times.EarlyStart, times.EarlyFinish, times.LateStart, times.LateFinish, times.TotalSlack, times.FreeSlack),
                (Cell(i, "schedule.sheet.early-start"), Cell(i, "schedule.sheet.early-finish"), Cell(i, "schedule.latest.start"), Cell(i, "schedule.sheet.late-finish"), Cell(i, "schedule.slack"), Cell(i, "schedule.free")));
        }

        Assert.True(of.Dates[first.Id].TotalSlack > 0 && of.Dates[first.Id].FreeSlack == 0);
        Assert.All(new[] { "schedule.latest.start", "schedule.sheet.late-finish", "schedule.slack", "schedule.free" }, key => Assert.Null(Cell(0, key))); // what is over has no latest day
        Assert.Equal((done.Started, done.Finished), ((DateOnly?)Cell(0, "schedule.started"), (DateOnly?)Cell(0, "schedule.finished")));
    }

    [Fact]
    public void A_calendar_tells_the_latest_days_of_what_is_open_each_as_one_whole_day()
    {
        var (done, begun, waits, node) = (
            Work("A1", 2) with { Started = On.AddDays(-2), Finished = On.AddDays(-1) }, Work("A2", 5) with { Started = On }, Work("A3", 10, "A2") with { Title = "Pipes; pumps, and \\ more" }, Work("N1", 0, "A3"));
        var of = Of(new(2026, 6, 30), done, begun, waits, node);
        var events = Ical.Net.Calendar.Load(ScheduleFiles.Calendar(English, of))!.Events.ToList();

        Assert.All(events, one => Assert.Equal(one.Start!.Date.AddDays(1), one.End!.Date)); // RFC 5545: the day after the last
        Assert.Equal(
            new[]
            {
                ($"finish-{begun.Id:N}@rectify", of.Dates[begun.Id].LateFinish, "Latest end: Work A2"), ($"start-{waits.Id:N}@rectify", of.Dates[waits.Id].LateStart, "Latest start: Pipes; pumps, and \\ more"),
                ($"finish-{waits.Id:N}@rectify", of.Dates[waits.Id].LateFinish, "Latest end: Pipes; pumps, and \\ more"), ($"finish-{node.Id:N}@rectify", of.Dates[node.Id].LateFinish, "Latest end: Work N1"),
            },
            events.Select(one => (one.Uid!, one.Start!.Date, one.Summary!)));
    }

    // The week of a calendar with its exceptions is the pattern, day by day.
    [Fact]
    public void Calendars_go_to_other_programs_with_holidays_made_up_days_and_stops()
    {
        WorkPattern[] patterns =
        [
            new(WorkingCalendar.StateCouncil), new(WorkingCalendar.StateCouncil, WorkWeek.EveryDay),
            new(WorkingCalendar.StateCouncil, WorkWeek.WorkingDays, [new SeasonStop(11, 15, 3, 15)], [new DatedStop(new(2026, 7, 1), new(2026, 7, 20)), new DatedStop(new(2026, 8, 5), new(2026, 8, 5))]),
        ];
        var network = new Network(patterns.Select((pattern, i) => new Activity { Id = Guid.CreateVersion7(), Title = $"{i}", Days = 1, Pattern = pattern }), []);
        var plan = new ActivityPlan([.. network.Activities.Select(one => new PlannedActivity(one.Id, $"A{one.Title}", one.Title, 1))]);
        var file = ProjectXml.Write(new(null!, null!, null!, plan, Timetable.Of(network, On), null, null, true), "x").Root!;
        var ns = file.Name.Namespace;
        foreach (var (pattern, calendar) in patterns.Zip(file.Element(ns + "Calendars")!.Elements()))
        {
            string Text(XElement of, string name) => of.Element(ns + name)!.Value;
            var days = calendar.Element(ns + "WeekDays")!.Elements().ToList();
            var week = days.Where(day => Text(day, "DayType") != "0").ToDictionary(day => int.Parse(Text(day, "DayType"), CultureInfo.InvariantCulture), day => Text(day, "DayWorking") == "1");
            var others = days.Where(day => Text(day, "DayType") == "0").Select(day => (
                From: DateOnly.Parse(Text(day.Element(ns + "TimePeriod")!, "FromDate")[..10], CultureInfo.InvariantCulture), To: DateOnly.Parse(Text(day.Element(ns + "TimePeriod")!, "ToDate")[..10], CultureInfo.InvariantCulture),
                Works: Text(day, "DayWorking") == "1")).ToList();
            for (var day = new DateOnly(2025, 1, 1); day.Year < 2028; day = day.AddDays(1))
            {
                var works = others.Where(other => other.From <= day && day <= other.To).Select(other => (bool?)other.Works).SingleOrDefault() ?? week[(int)day.DayOfWeek + 1];
                Assert.True(pattern.IsWorking(day) == works, $"{day:yyyy-MM-dd}: {works}");
            }
        }
    }

    [Fact]
    public void Slack_goes_to_other_programs_as_it_is_and_a_node_has_no_length()
    {
        var (first, last, node) = (Work("A1", 5), Work("A2", 10, "A1"), Work("N1", 0, "A2"));
        var of = Of(new(2026, 6, 30), first, last, node);
        var file = ProjectXml.Write(of, "x").Root!;
        var ns = file.Name.Namespace;
        foreach (var (times, task) in of.Dates.All.Zip(file.Element(ns + "Tasks")!.Elements()))
        {
            string Text(string name) => task.Element(ns + name)!.Value;
            Assert.Equal($"{times.TotalSlack * 4800} {times.FreeSlack * 4800}", $"{Text("TotalSlack")} {Text("FreeSlack")}"); // tenths of minutes of work
            Assert.Equal(times.Activity.IsNode, Text("Start") == Text("Finish"));
        }
    }

    [Fact]
    public void Days_of_a_chart_are_equally_long_and_follow_one_another() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[-400, 400], Gen.Bool).Sample((first, second, due, phone) =>
        {
            var chart = new GanttChart(Of(null, Work("A1", first), Work("A2", second, "A1")).Dates, On.AddDays(due), phone);
            var days = Enumerable.Range(-500, 1_000).Select(On.AddDays).Where(day => chart.X(day) > chart.Left && chart.End(day) <= chart.Right + 0.001).ToList();
            Assert.NotEmpty(days);
            Assert.All(days, day => Assert.Equal(chart.End(day), chart.X(day.AddDays(1)), 6));
            Assert.All(days, day => Assert.Equal(chart.End(days[0]) - chart.X(days[0]), chart.End(day) - chart.X(day), 6));
            Assert.All(chart.Dates.All, times => Assert.True(chart.X(times.EarlyStart) >= chart.Left && chart.End(times.EarlyFinish) <= chart.Right));

            // What stands at the left edge because it lies before it says so; the first day itself does not.
            Assert.All(Enumerable.Range(-500, 1_000).Select(On.AddDays), day => Assert.Equal(chart.IsBefore(day), chart.End(day) <= chart.Left));
        }, iter: 100);

    private static PlannedActivity Work(string code, int days, string after = "") => new(Guid.CreateVersion7(), code, $"Work {code}", days) { After = after };

    private static ItemTimetable Of(DateOnly? due, params PlannedActivity[] activities)
    {
        var (plan, pattern) = (new ActivityPlan(activities).Checked(), new WorkPattern(WorkingCalendar.StateCouncil));
        var network = new Network(
            plan.Activities.Select(one => new Activity { Id = one.Id, Title = one.Title, Days = one.Days, Pattern = pattern, FinishBy = one.FinishBy ?? due, Started = one.Started, Finished = one.Finished }), plan.Links());
        var dates = Timetable.Of(network, On);
        return new(null!, null!, ScheduleVersion.Create(Guid.CreateVersion7(), 3, "x", ScheduleVersion.Write(plan), dates, Actor.System("test"), On, new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero)), plan, dates, due, null, true);
    }
}
