using CsCheck;
using Rectify.Calendars;
using Rectify.Consistency;
using Rectify.Notices;
using Rectify.Procedures;

namespace Rectify.Tests.Notices;

/// <summary>Days of notices: those of real ones, and any that objections interrupt.</summary>
public sealed class NoticeClockTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.StateCouncil;

    [Theory]
    [InlineData("2025-01-21", "2025-02-08", 10, true)] // Tianjin: two make-up days around the Spring Festival
    [InlineData("2023-01-09", "2023-01-20", 10, true)] // Henan
    [InlineData("2017-11-27", "2017-12-01", 5, true)] // Hunan
    [InlineData("2018-05-22", "2018-05-28", 7, false)] // Jilin
    [InlineData("2018-12-20", "2018-12-26", 7, false)] // Xinjiang
    [InlineData("2020-03-27", "2020-04-02", 7, false)] // Xinjiang
    [InlineData("2022-07-05", "2022-07-12", 8, false)] // Hubei
    public void The_first_day_counts_and_days_made_up_count(string from, string to, int days, bool working)
    {
        var clock = NoticeClock.Of(Day(from), new(days, working), [], Calendar);
        Assert.Equal(Day(to), clock.Last);
        Assert.Equal(Enumerable.Range(1, days), clock.Days.Select(day => day.No).OfType<int>());
        Assert.DoesNotContain(ConsistencyRules.Check(Said(new(Day(from), Day(to), days, working, days)), Calendar), found => found.Rule is ConsistencyRule.NoticeDays);
    }

    [Fact]
    public void However_often_the_clock_stands_still_as_many_days_count_as_have_to()
    {
        var pauses = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 12]).Select((at, length) => (at, length)).List[0, 6];
        Gen.Select(Gen.Int[0, 3_000], Gen.Int[1, 30], Gen.Bool, pauses).Sample((start, days, working, stops) =>
        {
            var from = new DateOnly(2018, 1, 1).AddDays(start);
            List<Pause> all = [.. stops.Select(stop => new Pause(from.AddDays(stop.at), from.AddDays(stop.at + stop.length)))];
            var clock = NoticeClock.Of(from, new(days, working), all, Calendar);
            var counted = clock.Days.Where(day => day.No is not null).ToList();
            Assert.Equal(days, counted.Count);
            Assert.Equal(counted[^1].On, clock.Last);
            Assert.All(counted, day => Assert.True((!working || Calendar.IsWorking(day.On)) && !all.Exists(pause => pause.From <= day.On && day.On <= pause.To)));

            // Open, it has no last day while days are left; what was counted before stays counted.
            var stopped = from.AddDays(days / 2);
            var open = NoticeClock.Of(from, new(days, working), [.. all, new(stopped, null)], Calendar);
            Assert.Equal(clock.Days.Where(day => day.On < stopped), open.Days.Where(day => day.On < stopped));
            Assert.Equal(clock.Last < stopped ? clock.Last : null, open.Last);
            Assert.Equal(days, open.Left(days, stopped) + open.Days.Count(day => day.No is not null && day.On < stopped));
        });
    }

    // What no source says is the programme's to say: ten days from 2 March, an objection on the 4th that is decided on the 6th.
    [Theory]
    [InlineData(ObjectionClock.Suspends, "2026-03-02", "2026-03-14", 8, 7)]
    [InlineData(ObjectionClock.RunsOn, "2026-03-02", "2026-03-11", 5, 4)]
    [InlineData(ObjectionClock.Restarts, "2026-03-02", "2026-03-16", 10, 9)]
    public void An_objection_stops_the_days_by_the_rule_of_the_programme(ObjectionClock rule, string from, string last, int leftOnSeventh, int leftOnEighth)
    {
        var clock = NoticeClock.Of(Day(from), new(10, false), [new(new(2026, 3, 4), new(2026, 3, 6))], Calendar, rule);
        Assert.Equal((Day(last), leftOnSeventh, leftOnEighth), (clock.Last, clock.Left(10, new(2026, 3, 7)), clock.Left(10, new(2026, 3, 8))));

        var open = NoticeClock.Of(Day(from), new(10, false), [new(new(2026, 3, 4), null)], Calendar, rule);
        Assert.Equal(rule is ObjectionClock.RunsOn ? (clock.Last, 7) : ((DateOnly?)null, rule is ObjectionClock.Restarts ? 10 : 8), (open.Last, open.Left(10, new(2026, 3, 5))));
    }

    [Fact]
    public void A_receipt_code_carries_eighty_bits_and_is_read_however_it_is_typed()
    {
        var codes = Enumerable.Range(0, 2_000).Select(_ => ReceiptCode.Make()).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$", code));
        Assert.Equal(32, codes.SelectMany(code => code).Where(c => c is not '-').Distinct().Count());
        Assert.All(codes.Take(50), code => Assert.Equal(ReceiptCode.Hash(code), ReceiptCode.Hash($" {code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()} ")));
        Assert.NotEqual(ReceiptCode.Hash(codes[0]), ReceiptCode.Hash(codes[1]));
    }

    /// <summary>Facts of published notices, each with what is wrong in it; the words are the test's own.</summary>
    [Fact]
    public void Flaws_of_real_notices_are_found()
    {
        (string Place, ClosingStatement Said, ConsistencyRule? Flaw)[] real =
        [
            ("six water bodies, five done, seven days announced and eight given", Said(new(new(2024, 5, 6), new(2024, 5, 13), 7, false, 7)) with { Result = "6个水体中5个已完成整治。" }, ConsistencyRule.NoticeDays),
            ("six water bodies, five done", Said(null) with { Result = "6个水体中5个已完成整治。" }, ConsistencyRule.Share),
            ("a measure at 61.34 percent", Said(null) with { Measures = [new("完成畜禽粪污治理工程", "治理工程已完成61.34%。")] }, ConsistencyRule.Share),
            ("replanting still to come", Said(new(new(2025, 2, 26), new(2025, 3, 11), 10, true, 10)) with { Goals = [new("退耕还林", "已退耕还林，但成活率不高，预计2025年5月补植补造。")] }, ConsistencyRule.Unfinished),
            ("a year before the deadline", Said(new(new(2020, 12, 6), new(2020, 12, 10), 5, false, 5)) with { DeadlineOn = new(2021, 12, 31) }, ConsistencyRule.Early),
            ("before completion", Said(new(new(2020, 3, 27), new(2020, 4, 2), 7, false, 7)) with { Days = new(new(2020, 6, 29), null, null, null, null) }, ConsistencyRule.Order),
            ("the same words in another district", Said(null) with { Measures = [new("摸排", Copied)], Others = [new("第十六项 另一区", Copied)] }, ConsistencyRule.Copied),
            ("three black waters, all done, ten working days", Said(new(new(2023, 1, 9), new(2023, 1, 20), 10, true, 10)) with { Problem = "3处水体黑臭。", Result = "3处黑臭水体均已整改完毕。" }, null),
            ("one boiler, seven days", Said(new(new(2018, 5, 22), new(2018, 5, 28), 7, false, 7)) with { Problem = "1台锅炉未完成提标改造。", Result = "1台锅炉已完成提标改造。" }, null),
        ];
        foreach (var (place, said, flaw) in real)
        {
            var found = ConsistencyRules.Check(said, Calendar).Select(one => one.Rule).ToList();
            Assert.True(flaw is { } rule ? found.Contains(rule) : found.Count == 0, $"{place}: {string.Join(' ', found)}");
        }
    }

    private const string Copied = "对辖区内所有企业逐一开展拉网式摸底排查，建立管理台账，落实网格责任人，每月巡查一次，发现问题立即交办并限期整改到位，确保不留死角。";

    private static ClosingStatement Said(NoticePeriod? notice) => new("", [], [], "", null, new(null, null, null, null, null), notice, [], [], []);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
