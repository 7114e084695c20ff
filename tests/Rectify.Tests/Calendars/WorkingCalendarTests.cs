using CsCheck;
using Rectify.Calendars;
using Rectify.Platform;

namespace Rectify.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.StateCouncil;

    private static readonly Gen<DateOnly> Days =
        Gen.Int[new DateOnly(2015, 1, 1).DayNumber, new DateOnly(2028, 12, 31).DayNumber].Select(DateOnly.FromDayNumber);

    // Published closure notices that state their length and both dates.
    [Theory]
    [InlineData("2025-01-21", "2025-02-08", 10)] // 东丽: across the Spring Festival, ends on a made-up Saturday
    [InlineData("2023-01-09", "2023-01-20", 10)] // 濮阳
    [InlineData("2023-08-17", "2023-08-30", 10)] // 武汉
    [InlineData("2017-11-27", "2017-12-01", 5)] // 临湘
    public void A_published_notice_has_the_working_days_it_states(string from, string to, int stated)
    {
        var (first, last) = (DateOnly.ParseExact(from, "yyyy-MM-dd"), DateOnly.ParseExact(to, "yyyy-MM-dd"));

        Assert.Equal(stated, Calendar.WorkingDaysBetween(first, last));
        Assert.Equal(last, Calendar.AddWorkingDays(first, stated, firstDayCounts: true));
    }

    [Theory]
    [InlineData("2025-01-26")] // Sunday before the Spring Festival
    [InlineData("2025-09-28")] // Sunday before the National Day
    [InlineData("2016-02-06")]
    public void A_weekend_day_made_up_counts(string day) => Assert.True(Calendar.IsWorking(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [Fact]
    public void Adding_and_counting_working_days_are_inverse() =>
        Gen.Select(Days, Gen.Int[1, 300]).Sample((from, n) =>
            Calendar.WorkingDaysBetween(from, Calendar.AddWorkingDays(from, n, firstDayCounts: true)) == n
            && Calendar.WorkingDaysBetween(from.AddDays(1), Calendar.AddWorkingDays(from, n, firstDayCounts: false)) == n);

    [Fact]
    public void A_period_ends_on_a_working_day_and_a_longer_one_ends_later() =>
        Gen.Select(Days, Gen.Int[1, 300], Gen.Bool).Sample((from, n, first) =>
        {
            var last = Calendar.AddWorkingDays(from, n, first);
            return Calendar.IsWorking(last)
                && last < Calendar.AddWorkingDays(from, n + 1, first)
                && last <= Calendar.AddWorkingDays(from.AddDays(1), n, first);
        });

    [Fact]
    public void Counting_agrees_with_asking_every_day() =>
        Gen.Select(Days, Gen.Int[-5, 500]).Sample((from, length) =>
            Calendar.WorkingDaysBetween(from, from.AddDays(length))
                == Enumerable.Range(0, Math.Max(0, length + 1)).Count(n => Calendar.IsWorking(from.AddDays(n))));

    [Fact]
    public void Outside_the_known_years_only_weekends_count_and_nothing_is_certain() =>
        Gen.Int[1, 3000].Where(year => year is < 2016 or > 2026).Select(Gen.Int[1, 365]).Sample((year, n) =>
        {
            var day = new DateOnly(year, 1, 1).AddDays(n - 1);
            return !Calendar.IsCertain(day) && Calendar.IsWorking(day) == day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        });

    [Fact]
    public void Knows_2016_to_2026() => Assert.Equal(Enumerable.Range(2016, 11), Calendar.KnownYears);

    [Fact]
    public void A_new_year_is_added_from_text_and_leaves_the_old_calendar_alone()
    {
        var holiday = new DateOnly(2027, 1, 1);

        var next = Calendar.With("date\tkind\r\n2027-01-01\toff\r\n2027-01-02\toff\r\n2027-01-10\twork\r\n");

        Assert.False(next.IsWorking(holiday));
        Assert.True(next.IsWorking(new(2027, 1, 10)));
        Assert.True(next.IsCertain(holiday));
        Assert.Equal(6, next.WorkingDaysBetween(holiday, new(2027, 1, 10)));
        Assert.True(Calendar.IsWorking(holiday));
        Assert.False(Calendar.IsCertain(holiday));
    }

    [Fact]
    public void Days_of_December_alone_do_not_make_a_year_certain() =>
        Assert.False(WorkingCalendar.Parse("2026-12-31\toff").IsCertain(new(2026, 6, 1)));

    [Theory]
    [InlineData("2027-13-01\toff")]
    [InlineData("2027-01-01 off")]
    [InlineData("2027-01-01\tholiday")]
    [InlineData("2027-01-01\toff\n2027-01-01\twork")]
    public void Refuses_a_line_that_it_cannot_read(string text) =>
        Assert.Equal("calendar.line", Assert.Throws<Refusal>(() => Calendar.With(text)).Code);

    [Fact]
    public void Calendar_days_count_the_first_or_not()
    {
        Assert.Equal(new(2018, 8, 7), WorkingCalendar.AddCalendarDays(new(2018, 8, 1), 7, firstDayCounts: true));
        Assert.Equal(new(2018, 8, 8), WorkingCalendar.AddCalendarDays(new(2018, 8, 1), 7, firstDayCounts: false));
    }

    [Fact]
    public void The_last_day_of_a_period_is_the_last_that_lies_in_it() =>
        Gen.Select(Gen.Enum<CalendarPeriod>(), Days).Sample((period, day) =>
        {
            var months = period switch
            {
                CalendarPeriod.Month => 1,
                CalendarPeriod.Quarter => 3,
                CalendarPeriod.Half => 6,
                CalendarPeriod.Year => 12,
            };
            var last = WorkingCalendar.LastDayOf(period, day);
            return last >= day && last.Year == day.Year && (last.Month - 1) / months == (day.Month - 1) / months
                && last.AddDays(1).Day == 1 && last.Month % months == 0;
        });
}
