namespace Rectify.Networks;

/// <summary>The working days of one pattern, numbered, so that counting and moving by working days are single look-ups.</summary>
/// <remarks>
/// An instant is a boundary between days: instant <c>t</c> is the beginning of the day with day number <c>t</c> and the end of the one before. The table
/// covers 2000 to 2079; outside of it every day counts as one of work, so that sums never fail, and <see cref="Timetable"/> refuses what ends after it.
/// </remarks>
internal sealed class DayTable
{
    /// <summary>1 January 2000.</summary>
    public static readonly int First = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>The instant after 31 December 2079.</summary>
    public static readonly int End = new DateOnly(2080, 1, 1).DayNumber;

    private readonly int[] before = new int[End - First + 1];
    private readonly int[] days;

    /// <param name="works">For each day from <see cref="First"/> to the one before <see cref="End"/> whether it is worked on.</param>
    public DayTable(ReadOnlySpan<bool> works)
    {
        days = new int[works.Count(true)];
        var count = 0;
        for (var t = 0; t < works.Length; t++)
        {
            before[t] = count;
            if (works[t])
            {
                days[count++] = First + t;
            }
        }

        before[works.Length] = count;
    }

    /// <summary>The working days from 2000 on that lie before an instant; negative before 2000.</summary>
    public int Before(int instant) =>
        instant < First ? instant - First : instant > End ? days.Length + (instant - End) : before[instant - First];

    /// <summary>The working day with that many working days before it. The inverse of <see cref="Before"/> on working days.</summary>
    public int Day(int index) => index < 0 ? First + index : index >= days.Length ? End + (index - days.Length) : days[index];

    /// <summary>The end of the last working day before an instant.</summary>
    public int EndBefore(int instant) => Day(Before(instant) - 1) + 1;

    /// <summary>The number of the last working day that begins at the instant or before.</summary>
    public int LastBeginning(int instant) => Before(instant + 1) - 1;
}
