namespace Rectify.Forecast;

/// <summary>How likely each day is to be the one on which an item is finished. What lies beyond five years, or beyond all that was ever seen, is no day.</summary>
internal sealed class FinishCurve(DateOnly on)
{
    /// <summary>Days that are told apart, after the day of the forecast.</summary>
    public const int Horizon = 5 * 366;

    private readonly double[] shares = new double[Horizon + 1];

    public void Add(DateOnly day, double share)
    {
        var at = Math.Max(1, day.DayNumber - on.DayNumber); // it is open on the day itself
        if (at <= Horizon)
        {
            shares[at] += share;
        }
    }

    public void Add(FinishCurve other, double weight)
    {
        for (var at = 1; at <= Horizon; at++)
        {
            shares[at] += weight * other.shares[at];
        }
    }

    /// <summary>The chance to be finished by the end of a day, 0 to 1.</summary>
    public double By(DateOnly day) => Math.Min(1, shares.AsSpan(0, Math.Clamp(day.DayNumber - on.DayNumber, 0, Horizon) + 1).ToArray().Sum());

    /// <summary>The first day by which it is finished with this chance; <see langword="null"/> if that lies beyond what can be said.</summary>
    public DateOnly? Quantile(double chance)
    {
        var sum = 0.0;
        for (var at = 1; at <= Horizon; at++)
        {
            sum += shares[at];
            if (sum >= chance - 1e-9)
            {
                return on.AddDays(at);
            }
        }

        return null;
    }
}
