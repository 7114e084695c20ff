namespace Rectify.Forecast;

/// <summary>A forecast that was made on a past day, and what came of it.</summary>
/// <param name="Chance">What it said, 0 to 1.</param>
/// <param name="BaseRate">What whoever knew nothing but the outcomes so far would have said on that day.</param>
/// <param name="Met">Whether the task counted as done at the end of the deadline's day.</param>
public sealed record PastForecast(Guid Task, DateOnly On, double Chance, double BaseRate, bool Met);

/// <summary>Forecasts of past days held against what happened.</summary>
public sealed record Calibration(IReadOnlyList<PastForecast> Cases)
{
    /// <summary>With fewer cases, or of fewer tasks, nothing can be said of the method.</summary>
    public const int FewestCases = 30, FewestTasks = 10;

    /// <summary>A line with fewer cases is shown, and said to be too short.</summary>
    public const int FewestInLine = 10;

    /// <summary>The score of whoever always said "half and half": a method that does worse is worth nothing.</summary>
    public const double HalfAndHalf = 0.25;

    private const int Lines = 5;

    /// <param name="From">The least chance of the line, 0 to 1.</param>
    /// <param name="Said">The mean of what was said; <see langword="null"/> without cases.</param>
    public sealed record Line(double From, double To, int Cases, int Met, double? Said)
    {
        public double? Share => Cases == 0 ? null : (double)Met / Cases;
    }

    /// <summary>Days of the past on which forecasts of tasks were made whose deadlines have not come yet: nobody knows of them.</summary>
    public required int Waiting { get; init; }

    public int Tasks => Cases.Select(one => one.Task).Distinct().Count();

    public int Days => Cases.Select(one => one.On).Distinct().Count();

    public int Met => Cases.Count(one => one.Met);

    public bool IsEnough => Cases.Count >= FewestCases && Tasks >= FewestTasks;

    /// <summary>Said 0–20 %, 20–40 % …: of so many cases so many were in time.</summary>
    public IReadOnlyList<Line> Table =>
    [
        .. from line in Enumerable.Range(0, Lines)
           let cases = Cases.Where(one => Math.Min(Lines - 1, (int)(one.Chance * Lines)) == line).ToList()
           select new Line((double)line / Lines, (line + 1.0) / Lines, cases.Count, cases.Count(one => one.Met), cases.Count == 0 ? null : cases.Average(one => one.Chance)),
    ];

    /// <summary>The mean square of what was said less what happened (Brier 1950): 0 is perfect, 0.25 is what "half and half" always gets. <see langword="null"/> without cases.</summary>
    public double? Brier => Score(one => one.Chance);

    /// <summary>The same of whoever said the share of the outcomes known on that day.</summary>
    public double? BrierThen => Score(one => one.BaseRate);

    /// <summary>The same of whoever had known the share of all these cases beforehand: no one could.</summary>
    public double? BrierAfterwards => Score(_ => (double)Met / Cases.Count);

    private double? Score(Func<PastForecast, double> said) => Cases.Count == 0 ? null : Cases.Average(one => Math.Pow(said(one) - (one.Met ? 1 : 0), 2));

    /// <summary>Makes the forecasts of past days again, each with what was known on its day, and holds those against what is known now whose deadline has passed.</summary>
    /// <param name="known">The tasks as known on a day.</param>
    /// <param name="done">Whether a task counted as done at the end of a day, as known now; <see langword="null"/> if it is no longer there.</param>
    public static Calibration Replay(IEnumerable<DateOnly> days, DateOnly now, Func<DateOnly, IReadOnlyList<KnownTask>> known, Func<Guid, DateOnly, bool?> done)
    {
        var (cases, waiting) = (new List<PastForecast>(), 0);
        foreach (var day in days)
        {
            var tasks = known(day);
            foreach (var task in tasks.Where(task => task.DoneOn is null && task.DueOn >= day))
            {
                var due = task.DueOn!.Value;
                if (due >= now)
                {
                    waiting++;
                }
                else if (done(task.Id, due) is { } met && ForecastModel.Of(task, tasks, day, chanceOnly: true).Forecast is { } forecast)
                {
                    cases.Add(new(task.Id, day, forecast.Chance, (forecast.All.Met + 1.0) / (forecast.All.Ended + 2), met));
                }
            }
        }

        return new(cases) { Waiting = waiting };
    }
}
