using System.Globalization;
using CsCheck;
using Rectify.Calendars;
using Rectify.Dispatch;
using Rectify.Platform.Text;

namespace Rectify.Tests.Dispatch;

public sealed class PeriodTests
{
    private static readonly Gen<DateOnly> Day = Gen.Int[new DateOnly(2016, 1, 1).DayNumber, new DateOnly(2027, 12, 31).DayNumber].Select(DateOnly.FromDayNumber);

    private static readonly Gen<RoundRules> Rules = Gen.Select(Gen.Int[-30, 30], Gen.Int[0, 15], Gen.Int[0, 15], Gen.Enum<DayCount>())
        .Select(one => new RoundRules(one.Item1, one.Item1 + one.Item2, one.Item1 + one.Item2 + one.Item3, one.Item4));

    [Fact]
    public void Every_day_lies_in_one_period_of_each_kind_and_periods_follow_without_a_gap() =>
        Gen.Select(Gen.Enum<CycleKind>(), Day).Sample((kind, day) =>
        {
            var period = ReportPeriod.Of(kind, day);
            return period.From <= day && day <= period.To && period.Next.From == period.To.AddDays(1)
                && ReportPeriod.Of(kind, period.From) == period && ReportPeriod.Of(kind, period.To) == period;
        });

    [Fact]
    public void A_period_can_be_printed() => Assert.Equal("Monthly 2026-03-01 2026-03-31", $"{ReportPeriod.Of(CycleKind.Monthly, new(2026, 3, 9))}");

    [Fact]
    public void No_two_periods_of_a_kind_have_the_same_year_and_number() =>
        Gen.Select(Gen.Enum<CycleKind>(), Day, Day).Sample((kind, one, other) =>
        {
            var (a, b) = (ReportPeriod.Of(kind, one), ReportPeriod.Of(kind, other));
            return a == b == ((a.Year, a.Number) == (b.Year, b.Number));
        });

    [Fact]
    public void A_round_opens_is_due_and_closes_in_this_order_and_later_for_a_later_period() =>
        Gen.Select(Gen.Enum<CycleKind>(), Day, Rules).Sample((kind, day, rules) =>
        {
            var period = ReportPeriod.Of(kind, day);
            var (now, next) = (rules.For(period, WorkingCalendar.StateCouncil), rules.For(period.Next, WorkingCalendar.StateCouncil));
            return rules.IsValid && now.Opens <= now.Due && now.Due <= now.Closes && now.Opens <= next.Opens && now.Closes <= next.Closes;
        });

    [Fact]
    public void Days_in_working_days_are_working_days() =>
        Gen.Select(Gen.Enum<CycleKind>(), Day, Rules).Sample((kind, day, rules) =>
        {
            var days = (rules with { Count = DayCount.Working }).For(ReportPeriod.Of(kind, day), WorkingCalendar.StateCouncil);
            return new[] { days.Opens, days.Due, days.Closes }.All(WorkingCalendar.StateCouncil.IsWorking);
        });

    [Fact]
    public void A_month_is_called_by_its_name_in_each_language() => Assert.All(Enumerable.Range(1, 12), month =>
    {
        var period = ReportPeriod.Of(CycleKind.Monthly, new(2026, month, 15));
        Assert.Equal(
            (CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month), $"{month}月"),
            (Words.In(Language.Find("en")!).Name(period), Words.In(Language.Default).Name(period)));
    });

    [Fact]
    public void Make_up_days_count_and_holidays_do_not()
    {
        // September 2025 ends on a Tuesday; 1 to 8 October are off, Sunday 28 September and Saturday 11 October are worked.
        var days = new RoundRules(-2, 0, 3, DayCount.Working).For(ReportPeriod.Of(CycleKind.Monthly, new(2025, 9, 10)), WorkingCalendar.StateCouncil);
        Assert.Equal(new RoundDays(new(2025, 9, 28), new(2025, 9, 30), new(2025, 10, 11)), days);
    }

    [Fact]
    public void A_week_belongs_to_the_year_of_its_Thursday()
    {
        var week = ReportPeriod.Of(CycleKind.Weekly, new(2018, 12, 31));
        Assert.Equal((new DateOnly(2018, 12, 31), new DateOnly(2019, 1, 6), 2019, 1), (week.From, week.To, week.Year, week.Number));
    }

    [Fact]
    public void No_walk_is_accepted_without_being_submitted_last_and_nothing_follows_acceptance() =>
        Gen.Enum<ReturnAct>().Array[0, 40].Sample(acts =>
        {
            var (state, last) = (ReturnState.Draft, (ReturnAct?)null);
            foreach (var act in acts)
            {
                if (ReturnFlow.Next(state, act) is { } to)
                {
                    if (state is ReturnState.Accepted || (to is ReturnState.Accepted && last is not (ReturnAct.Submit or ReturnAct.PassUp)))
                    {
                        return false;
                    }

                    (state, last) = (to, act);
                }
            }

            return true;
        });
}
