using System.Globalization;
using Rectify.Networks;

namespace Rectify.Schedule;

/// <summary>Where everything of a Gantt chart stands, in the units of its drawing: a page, and later a printed chart, draws it.</summary>
/// <remarks>
/// The time scale takes in all dates of the rows, the day looked at and the deadline; but latest dates that are long past would press everything else together:
/// they stand at its edge, and <see cref="IsBefore"/> says so. A row is 24 units high, the head 40.
/// </remarks>
public sealed class GanttChart
{
    public const int Width = 1240, RowHeight = 24, Head = 40;

    /// <summary>Where the time scale begins and ends; names stand before it, words behind.</summary>
    public const int Left = 330, Right = 1090;

    private readonly int first;
    private readonly int last;

    public GanttChart(Timetable dates, DateOnly? due)
    {
        (Dates, Due) = (dates, due);
        var days = dates.All.SelectMany(one => one.State is ActivityState.Finished ? [one.EarlyStart, one.EarlyFinish] : new[] { one.EarlyStart, one.EarlyFinish, one.LateStart, one.LateFinish })
            .Append(dates.On).Concat(due is { } day ? [day] : []).ToList();
        var earliest = dates.All.Select(one => one.EarlyStart).Append(dates.On).Min().DayNumber;
        last = days.Max().AddDays(3).DayNumber;
        first = Math.Max(days.Min().AddDays(-3).DayNumber, earliest - Math.Max(60, (last - earliest) / 3));
    }

    public Timetable Dates { get; }

    public DateOnly? Due { get; }

    public int Height => Head + (Dates.All.Count * RowHeight) + 8;

    /// <summary>First days of months, quarters or years with where they stand: so many that their names do not run into one another.</summary>
    public IEnumerable<(DateOnly On, double X)> Ticks
    {
        get
        {
            var step = (last - first) switch { <= 400 => 1, <= 1_200 => 3, <= 2_400 => 6, _ => 12 };
            for (var month = new DateOnly(DateOnly.FromDayNumber(first).Year, 1, 1); month.DayNumber <= last; month = month.AddMonths(step))
            {
                if (month.DayNumber >= first)
                {
                    yield return (month, X(month));
                }
            }
        }
    }

    /// <summary>Whether a day lies before the time scale.</summary>
    public bool IsBefore(DateOnly day) => day.DayNumber < first;

    /// <summary>The morning of a day.</summary>
    public double X(DateOnly day) => At(day.DayNumber);

    /// <summary>The evening of a day.</summary>
    public double End(DateOnly day) => At(day.DayNumber + 1);

    /// <summary>The middle of a row, counted from 0.</summary>
    public static int Y(int row) => Head + (row * RowHeight) + (RowHeight / 2);

    private double At(int instant) => Left + ((Right - Left) * (double)Math.Max(0, instant - first) / (last + 1 - first));

    public static string Number(double place) => Math.Round(place, 1).ToString(CultureInfo.InvariantCulture);
}
