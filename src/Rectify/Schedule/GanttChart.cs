using System.Globalization;
using Rectify.Networks;

namespace Rectify.Schedule;

/// <summary>Where everything of a Gantt chart stands, in the units of its drawing: a page, and later a printed chart, draws it.</summary>
/// <remarks>
/// The time scale takes in all dates of the rows, the day looked at and the deadline; but latest dates that are long past would press everything else together:
/// they stand at its edge, and <see cref="IsBefore"/> says so. A row is 24 units high, the head 40. On a phone a row is twice as high:
/// its name stands above the bar and its words below, so that the bars have the whole width.
/// </remarks>
public sealed class GanttChart
{
    /// <summary>How much lower the names of the scale stand on a phone: deadline and day looked at have a line each.</summary>
    public const int Lower = 16;

    // What the words at the deadline need before it.
    private const int DueWidth = 130;

    private readonly int first;
    private readonly int last;

    public GanttChart(Timetable dates, DateOnly? due, bool phone = false)
    {
        (Dates, Due, IsPhone) = (dates, due, phone);
        (Width, RowHeight, Left, Right) = phone ? (320, 48, 4, 316) : (1240, 24, 330, 1090);
        var days = dates.All.SelectMany(one => one.State is ActivityState.Finished ? [one.EarlyStart, one.EarlyFinish] : new[] { one.EarlyStart, one.EarlyFinish, one.LateStart, one.LateFinish })
            .Append(dates.On).Concat(due is { } day ? [day] : []).ToList();
        var earliest = dates.All.Select(one => one.EarlyStart).Append(dates.On).Min().DayNumber;
        last = days.Max().AddDays(3).DayNumber;
        first = Math.Max(days.Min().AddDays(-3).DayNumber, earliest - Math.Max(60, (last - earliest) / 3));
    }

    public Timetable Dates { get; }

    public DateOnly? Due { get; }

    public bool IsPhone { get; }

    public int Width { get; }

    public int RowHeight { get; }

    /// <summary>Where the time scale begins; names stand before it.</summary>
    public int Left { get; }

    /// <summary>Where the time scale ends; words stand behind it.</summary>
    public int Right { get; }

    public int Head => IsPhone ? 40 + Lower : 40;

    public int Height => Head + (Dates.All.Count * RowHeight) + 8;

    /// <summary>First days of months, quarters or years with where they stand: so many that their names do not run into one another.</summary>
    public IEnumerable<(DateOnly On, double X)> Ticks
    {
        get
        {
            var step = ((last - first) * (IsPhone ? 2 : 1)) switch { <= 400 => 1, <= 1_200 => 3, <= 2_400 => 6, <= 8_000 => 12, _ => 24 };
            for (var month = new DateOnly(DateOnly.FromDayNumber(first).Year, 1, 1); month.DayNumber <= last; month = month.AddMonths(step))
            {
                if (month.DayNumber >= first)
                {
                    yield return (month, X(month));
                }
            }
        }
    }

    /// <summary>Whether the words of a day have room before its line.</summary>
    public bool HasRoomBefore(DateOnly day) => End(day) >= DueWidth;

    /// <summary>Whether a day lies before the time scale.</summary>
    public bool IsBefore(DateOnly day) => day.DayNumber < first;

    /// <summary>The morning of a day.</summary>
    public double X(DateOnly day) => At(day.DayNumber);

    /// <summary>The evening of a day.</summary>
    public double End(DateOnly day) => At(day.DayNumber + 1);

    /// <summary>The middle of a row, counted from 0: there is its bar.</summary>
    public int Y(int row) => Head + (row * RowHeight) + (RowHeight / 2);

    private double At(int instant) => Left + ((Right - Left) * (double)Math.Max(0, instant - first) / (last + 1 - first));

    public static string Number(double place) => Math.Round(place, 1).ToString(CultureInfo.InvariantCulture);
}
