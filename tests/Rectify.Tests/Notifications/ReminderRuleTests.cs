using CsCheck;
using Rectify.Calendars;
using Rectify.Dispatch;
using Rectify.Notifications;

namespace Rectify.Tests.Notifications;

public sealed class ReminderRuleTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.StateCouncil;

    private static readonly Gen<ReminderRule> Rules = Gen.Select(
        Gen.Int[1, 40].Array[0, 4], Gen.Int[1, 12].Array[0, 3], Gen.Bool, Gen.Int[0, 9], Gen.Bool,
        (days, working, onTheDay, every, workingAfter) => new ReminderRule
        {
            Days = days,
            WorkingDays = working,
            OnTheDay = onTheDay,
            AfterEvery = every,
            AfterCount = workingAfter ? DayCount.Working : DayCount.Calendar,
        });

    // 2023 to 2026 have all kinds of holidays and make-up days.
    private static readonly Gen<DateOnly> Dues = Gen.Int[new DateOnly(2023, 3, 1).DayNumber, new DateOnly(2026, 6, 30).DayNumber].Select(DateOnly.FromDayNumber);

    /// <summary>Whether a day is one of the rule's, found by walking from day to day.</summary>
    private static bool IsNamed(ReminderRule rule, DateOnly due, DateOnly day)
    {
        if (day == due)
        {
            return rule.OnTheDay;
        }

        var (calendar, working) = (0, 0);
        if (day < due)
        {
            for (var walk = day; walk < due; walk = walk.AddDays(1))
            {
                calendar++;
                working += Calendar.IsWorking(walk) ? 1 : 0;
            }

            return rule.Days.Contains(calendar) || (Calendar.IsWorking(day) && rule.WorkingDays.Contains(working));
        }

        for (var walk = due.AddDays(1); walk <= day; walk = walk.AddDays(1))
        {
            calendar++;
            working += Calendar.IsWorking(walk) ? 1 : 0;
        }

        return rule.AfterEvery > 0 && (rule.AfterCount is DayCount.Calendar
            ? calendar % rule.AfterEvery == 0
            : Calendar.IsWorking(day) && working % rule.AfterEvery == 0);
    }

    [Fact]
    public void A_reminder_is_of_the_last_day_that_the_rule_names() => Gen.Select(Rules, Dues, Gen.Int[-60, 60]).Sample((rule, due, offset) =>
    {
        var today = due.AddDays(offset);
        DateOnly? named = null;
        for (var day = due.AddDays(-70); day <= today; day = day.AddDays(1))
        {
            named = IsNamed(rule, due, day) ? day : named;
        }

        Assert.Equal(named, rule.OccasionAt(due, today, Calendar));
    });

    [Fact]
    public void A_machine_that_sleeps_over_days_reminds_once_for_all_of_them() => Gen.Select(Rules, Dues, Gen.Bool.Array[100]).Sample((rule, due, awake) =>
    {
        var told = new List<DateOnly>();
        var named = 0;
        for (var i = 0; i < awake.Length; i++)
        {
            var day = due.AddDays(i - 70);
            named += IsNamed(rule, due, day) ? 1 : 0;
            if (!awake[i])
            {
                continue;
            }

            if (rule.OccasionAt(due, day, Calendar) is { } occasion && !told.Contains(occasion))
            {
                Assert.True(named > 0, "told without a day of the rule since the last time awake");
                told.Add(occasion);
            }
            else
            {
                Assert.Equal(0, named);
            }

            named = 0;
        }

        Assert.Equal(told.Order(), told);
    });

    [Fact]
    public void Three_working_days_before_the_end_of_a_holiday_week_skip_the_holidays() =>
        // 1 to 7 October 2025 with the eighth are off, 28 September and 11 October are worked.
        Assert.Equal(new DateOnly(2025, 9, 29), ReminderRule.WorkingDaysBefore(new(2025, 10, 9), 2, Calendar));

    [Fact]
    public void The_usual_rules_are_those_of_the_manual()
    {
        var (items, nodes, returns) = ReminderRules.Usual;
        var due = new DateOnly(2026, 3, 31); // a Tuesday
        DateOnly[] Days(ReminderRule rule) => [.. Enumerable.Range(-40, 56).Select(i => due.AddDays(i)).Where(day => rule.OccasionAt(due, day, Calendar) == day)];
        DateOnly[] expected = [new(2026, 3, 1), new(2026, 3, 16), new(2026, 3, 24), new(2026, 3, 30), new(2026, 3, 31), new(2026, 4, 7), new(2026, 4, 14)];
        Assert.Equal(expected, Days(items));
        Assert.Equal(expected, Days(nodes));
        Assert.Equal([new(2026, 3, 26), new(2026, 3, 30), new(2026, 3, 31)], Days(returns).Where(day => day <= due));
    }
}
