namespace Rectify.Charts;

/// <summary>Days along a line: a day begins in its morning and ends in its evening.</summary>
internal sealed class TimeScale(DateOnly first, DateOnly last, float left, float right)
{
    private static readonly int[] Steps = [1, 3, 6, 12];

    public DateOnly First { get; } = first;

    public DateOnly Last { get; } = last < first ? first : last;

    public float Left { get; } = left;

    public float Right { get; } = right;

    /// <summary>The morning of a day; what lies beyond stands at the edge.</summary>
    public float X(DateOnly day) => At(day.DayNumber);

    /// <summary>The evening of a day.</summary>
    public float End(DateOnly day) => At(day.DayNumber + 1);

    /// <summary>First days of months, quarters, half-years or years: as many as have room for their names.</summary>
    /// <param name="room">What a name needs.</param>
    public IEnumerable<DateOnly> Ticks(float room)
    {
        var months = Math.Max(1, (Last.DayNumber - First.DayNumber) / 30.4f);
        var step = Steps.FirstOrDefault(step => (Right - Left) / months * step >= room, 24);
        for (var day = new DateOnly(First.Year, 1, 1); day <= Last; day = day.AddMonths(step))
        {
            if (day >= First)
            {
                yield return day;
            }
        }
    }

    /// <summary>The head of the scale, and a line down for each of its days.</summary>
    /// <param name="on">The day looked at, whose line no name may cross.</param>
    public void Draw(Pen pen, DateOnly on, float top, float bottom)
    {
        var before = 0;
        foreach (var day in Ticks(pen.Em * 4.2f))
        {
            var (x, name) = (X(day), day.ToString(day.Year == before ? "MM" : "yyyy-MM", null));
            pen.Line(x, top, x, bottom, Ink.Line);
            var end = x + TextWidth.Of(name, pen.Em) + (pen.Em * 0.4f);
            if (end <= Right && (End(on) <= x || End(on) > end))
            {
                pen.Text(x + (pen.Em * 0.25f), top + (pen.Em * 0.8f), name, ink: Ink.Second);
                before = day.Year;
            }
        }
    }

    /// <summary>The day looked at.</summary>
    public void DrawNow(Pen pen, DateOnly on, string words, float top, float bottom)
    {
        var x = End(on);
        pen.Line(x, top, x, bottom, Ink.Text, pen.Em * 0.13f);
        var late = x + TextWidth.Of(words, pen.Em, bold: true) + pen.Em > Right;
        pen.Text(late ? x - (pen.Em * 0.3f) : x + (pen.Em * 0.3f), top + (pen.Em * 0.5f), words, late ? Anchor.End : Anchor.Start, bold: true);
    }

    private float At(int instant) => Left + ((Right - Left) * Math.Clamp(instant - First.DayNumber, 0, Last.DayNumber + 1 - First.DayNumber) / (Last.DayNumber + 1 - First.DayNumber));
}
