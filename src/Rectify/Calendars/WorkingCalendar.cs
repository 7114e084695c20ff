using System.Collections.Frozen;
using System.Globalization;
using Rectify.Platform;

namespace Rectify.Calendars;

/// <summary>
/// Which days are working days (工作日): Monday to Friday, less public holidays, plus the weekend days made up for them (调休).
/// </summary>
/// <remarks>
/// Source of the table: the notices "关于…年部分节假日安排的通知" which the General Office of the State Council issues in
/// autumn for the year to come. In a year without data only weekends count, and <see cref="IsCertain"/> says so.
/// Immutable, safe to share between threads. The days are days of the region's legal time.
/// </remarks>
public sealed class WorkingCalendar
{
    private static readonly Lazy<WorkingCalendar> Embedded = new(LoadEmbedded);

    private readonly FrozenDictionary<DateOnly, bool> exceptions;
    private readonly FrozenSet<int> years;
    private readonly DateOnly[] daysOff;
    private readonly DateOnly[] madeUp;

    private WorkingCalendar(IReadOnlyDictionary<DateOnly, bool> days)
    {
        exceptions = days.ToFrozenDictionary();
        daysOff = [.. days.Where(day => !day.Value && IsWeekday(day.Key)).Select(day => day.Key).Order()];
        madeUp = [.. days.Where(day => day.Value && !IsWeekday(day.Key)).Select(day => day.Key).Order()];

        // A notice for the coming year moves days in the last week of this one, so December alone proves nothing.
        years = days.Keys.Where(day => day.Month < 12).Select(day => day.Year).ToFrozenSet();
    }

    /// <summary>The years shipped with the product, 2016 to 2026.</summary>
    public static WorkingCalendar StateCouncil => Embedded.Value;

    /// <summary>A calendar that knows weekends alone and is certain of nothing.</summary>
    public static WorkingCalendar WeekendsOnly { get; } = new(new Dictionary<DateOnly, bool>());

    /// <summary>The years whose holidays are known, in order.</summary>
    public IEnumerable<int> KnownYears => years.Order();

    /// <summary>A calendar read from text alone; the format is that of <see cref="With"/>.</summary>
    /// <exception cref="Refusal">422 <c>calendar.line</c>: a line cannot be read, or contradicts an earlier one.</exception>
    public static WorkingCalendar Parse(string text) => WeekendsOnly.With(text);

    /// <summary>This calendar with the days of <paramref name="text"/> added; where both name a day, the text wins.</summary>
    /// <param name="text">
    /// One day a line, <c>2027-01-01⇥off</c> or <c>2027-02-14⇥work</c>, parted by tab. A header <c>date⇥kind</c>, empty lines
    /// and lines beginning with <c>#</c> are passed over. Weekend days named <c>off</c> are allowed and change nothing.
    /// </param>
    /// <exception cref="Refusal">422 <c>calendar.line</c>: a line cannot be read, or contradicts an earlier one.</exception>
    public WorkingCalendar With(string text)
    {
        var added = new Dictionary<DateOnly, bool>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line is "" or ['#', ..] or "date\tkind")
            {
                continue;
            }

            var works = line.Split('\t') switch
            {
                [_, "work"] => true,
                [_, "off"] => false,
                _ => throw Unreadable(number, line),
            };
            if (!DateOnly.TryParseExact(line[..line.IndexOf('\t')], "yyyy-MM-dd", CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out var day)
                || (!added.TryAdd(day, works) && added[day] != works))
            {
                throw Unreadable(number, line);
            }
        }

        return new(exceptions.Where(day => !added.ContainsKey(day.Key)).Concat(added).ToDictionary());
    }

    public bool IsWorking(DateOnly day) => exceptions.TryGetValue(day, out var works) ? works : IsWeekday(day);

    /// <summary>Writes for each day from the one numbered <paramref name="first"/> on whether it is a working day.</summary>
    internal void Mark(Span<bool> works, int first)
    {
        for (var i = 0; i < works.Length; i++)
        {
            works[i] = (first + i) % 7 < 5; // day 0 was a Monday
        }

        foreach (var (day, kind) in exceptions)
        {
            if (day.DayNumber - first is >= 0 and var i && i < works.Length)
            {
                works[i] = kind;
            }
        }
    }

    /// <summary>Whether the holidays of the day's year are known. If not, <see cref="IsWorking"/> is a forecast.</summary>
    public bool IsCertain(DateOnly day) => years.Contains(day.Year);

    /// <summary>How many working days lie in the period, both ends included; 0 if it ends before it begins.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) =>
        to < from ? 0 : UpTo(to.DayNumber) - UpTo(from.DayNumber - 1);

    /// <summary>The last day of a period of <paramref name="n"/> working days; always a working day itself.</summary>
    /// <param name="from">The day of the act: publication, receipt. Need not be a working day.</param>
    /// <param name="n">1 or more.</param>
    /// <param name="firstDayCounts">
    /// Whether <paramref name="from"/> is day 1 if it is a working day, as for a public notice (公示), or counting begins the day
    /// after, as for answering a letter.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1, or the period ends after the year 9999.</exception>
    public DateOnly AddWorkingDays(DateOnly from, int n, bool firstDayCounts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var before = UpTo(from.DayNumber - (firstDayCounts ? 1 : 0));
        var (low, high) = (from.DayNumber, DateOnly.MaxValue.DayNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, UpTo(high) - before);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = UpTo(middle) - before >= n ? (low, middle) : (middle + 1, high);
        }

        return DateOnly.FromDayNumber(low);
    }

    /// <summary>The last day of a period of <paramref name="n"/> calendar days (自然日, 1 or more).</summary>
    /// <inheritdoc cref="AddWorkingDays" path="/param[@name='firstDayCounts']"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1, or the period ends after the year 9999.</exception>
    public static DateOnly AddCalendarDays(DateOnly from, int n, bool firstDayCounts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return from.AddDays(firstDayCounts ? n - 1 : n);
    }

    /// <summary>The last calendar day of the month, quarter, half-year or year that <paramref name="day"/> lies in.</summary>
    public static DateOnly LastDayOf(CalendarPeriod period, DateOnly day)
    {
        var months = period switch
        {
            CalendarPeriod.Month => 1,
            CalendarPeriod.Quarter => 3,
            CalendarPeriod.Half => 6,
            CalendarPeriod.Year => 12,
        };
        var last = (day.Month + months - 1) / months * months;
        return new(day.Year, last, DateTime.DaysInMonth(day.Year, last));
    }

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    // Working days from 0001-01-01, a Monday, to the day inclusive. Closed form, so that long periods cost no more than short.
    private int UpTo(int dayNumber)
    {
        if (dayNumber < 0)
        {
            return 0;
        }

        var weekdays = ((dayNumber + 1) / 7 * 5) + Math.Min((dayNumber + 1) % 7, 5);
        var day = DateOnly.FromDayNumber(dayNumber);
        return weekdays + CountUpTo(madeUp, day) - CountUpTo(daysOff, day);
    }

    private static int CountUpTo(DateOnly[] days, DateOnly day)
    {
        var at = Array.BinarySearch(days, day);
        return at >= 0 ? at + 1 : ~at;
    }

    private static Refusal Unreadable(int number, string line) =>
        Refusal.Invalid("calendar.line", $"Line {number} is not a day with 'off' or 'work', or contradicts an earlier line: '{line}'.");

    private static WorkingCalendar LoadEmbedded()
    {
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream("Rectify.Calendars.holidays.tsv")
            ?? throw new InvalidOperationException("The table of holidays is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
