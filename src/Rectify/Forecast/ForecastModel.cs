namespace Rectify.Forecast;

/// <summary>Forecasts the finish of a task from what was known on a day. Pure and exact: nothing is drawn by lot, so the same knowledge gives the same forecast.</summary>
/// <remarks>
/// Three voices speak of the day of completion. History: how many days before or after their deadlines other tasks were completed, by Kaplan and Meier, so that
/// those still open count for as long as they have been; tasks of the same kind weigh <see cref="KindWeight"/> more, those of the same unit <see cref="UnitWeight"/>
/// more. Progress: month after month the item gains what it gained in one of its own months or what others gained in one of theirs; own months weigh n in n + <see cref="OthersMonths"/>. And
/// "we do not know": any day up to twice the time that is left, as if <see cref="UnknownTasks"/> more tasks had ended and nobody knew how. The first two share evenly what the third leaves them.
/// More progress never lowers the chance: only the second voice hears of it, and there whoever stands further is never overtaken.
/// </remarks>
public static class ForecastModel
{
    /// <summary>Below so many completed tasks with a date nothing is said.</summary>
    public const int FewestEnded = 8;

    /// <summary>Below so many months of other tasks the voice of progress is silent.</summary>
    public const int FewestMonths = 30;

    public const int KindWeight = 2, UnitWeight = 1, OthersMonths = 6, UnknownTasks = 10;

    private const int Month = 30, MostMonths = 60;

    /// <param name="tasks">All tasks of the programme as known on the day, this one among them or not.</param>
    /// <param name="chanceOnly">Whether only the chance is wanted: then nothing is worked out beyond the deadline.</param>
    public static (ItemForecast? Forecast, NoForecast? Because) Of(KnownTask task, IReadOnlyCollection<KnownTask> tasks, DateOnly on, bool chanceOnly = false)
    {
        if (task.DoneOn is not null)
        {
            return (null, NoForecast.Done);
        }

        if (task.DueOn is not { } due)
        {
            return (null, NoForecast.NoDate);
        }

        var others = tasks.Where(other => other.Id != task.Id).ToList();
        var cases = others.Where(other => other.DueOn is not null).Select(other => new Case(other.DelayOn(on), other.DoneOn is not null, WeightFor(task, other)))
            .OrderBy(one => one.Delay).ThenByDescending(one => one.Ended).ToList();
        if (cases.Count(one => one.Ended) < FewestEnded)
        {
            return (null, NoForecast.TooFew);
        }

        var ended = others.Where(other => other.DueOn < on || (other.DueOn is not null && other.DoneOn is not null)).ToList();
        var (passed, whole) = (on.DayNumber - due.DayNumber, new FinishCurve(on));
        var history = new FinishCurve(on);
        foreach (var (delay, share) in Survival(cases, passed))
        {
            history.Add(due.AddDays(delay), share);
        }

        var progress = Progress(task, others, on, chanceOnly ? (Math.Max(0, -passed) / Month) + 3 : MostMonths);
        var unknown = passed < 0 ? (double)UnknownTasks / (UnknownTasks + ended.Count) : 0;
        whole.Add(history, (1 - unknown) * (progress is null ? 1 : 0.5));
        if (progress is not null)
        {
            whole.Add(progress, (1 - unknown) * 0.5);
        }

        for (var day = 1; day <= -2 * passed; day++)
        {
            whole.Add(on.AddDays(day), unknown / (-2 * passed));
        }

        double Chance(FinishCurve curve) => passed >= 0 ? 0 : curve.By(due);
        return (
            new(task, Chance(whole), whole.Quantile(0.1), whole.Quantile(0.5), whole.Quantile(0.9))
            {
                ByHistory = Chance(history),
                ByProgress = progress is null ? null : Chance(progress),
                Unknown = unknown,
                All = Count(ended),
                Like = Count([.. ended.Where(task.IsLike)]),
                MedianDelay = Median(cases),
                Pace = PaceOf(task, -passed),
                TimeGone = task.StartedOn is { } start && start < due ? Math.Max(0, (int)Math.Round(100.0 * (on.DayNumber - start.DayNumber) / (due.DayNumber - start.DayNumber))) : null,
            }, null);
    }

    private static int WeightFor(KnownTask task, KnownTask other) =>
        1 + (task.IsOfKind(other) ? KindWeight : 0) + (task.Lead is { } lead && lead == other.Lead ? UnitWeight : 0);

    private static (int, int) Count(List<KnownTask> ended) => (ended.Count, ended.Count(one => one.DoneOn <= one.DueOn));

    private static (decimal, decimal)? PaceOf(KnownTask task, int left)
    {
        var steps = task.Steps().ToList();
        return steps.Count == 0 || left <= 0 || task.Percent is not { } percent ? null
            : (Math.Round((decimal)steps.Average(), 1, MidpointRounding.AwayFromZero), Math.Round((100 - percent) * (decimal)Month / Math.Max(left, Month), 1, MidpointRounding.AwayFromZero));
    }

    /// <summary>A task with a deadline: when it ended beside it, or how long it has been open.</summary>
    private readonly record struct Case(int Delay, bool Ended, int Weight);

    // What part of those still open after so many days ends on each later one (Kaplan and Meier 1958), weighted.
    private static IEnumerable<(int Delay, double Share)> Survival(List<Case> cases, int after)
    {
        var (standing, open) = (1.0, cases.Where(one => one.Delay > after).Sum(one => one.Weight));
        foreach (var day in cases.Where(one => one.Delay > after).GroupBy(one => one.Delay)) // in rising order
        {
            var share = standing * day.Where(one => one.Ended).Sum(one => one.Weight) / open;
            open -= day.Sum(one => one.Weight);
            if (share > 0)
            {
                standing -= share;
                yield return (day.Key, share);
            }
        }
    }

    private static int? Median(List<Case> cases)
    {
        var sum = 0.0;
        foreach (var (delay, share) in Survival(cases, int.MinValue))
        {
            sum += share;
            if (sum >= 0.5)
            {
                return delay;
            }
        }

        return null;
    }

    // A deadline is set by how much there is to do: what a task of one year gained in a month a task of two years gains in two.
    private static int Scaled(int step, KnownTask other, KnownTask task) => other.Planned is { } theirs && task.Planned is { } own
        ? (int)Math.Clamp(Math.Round(step * Math.Clamp((double)theirs / own, 0.2, 5), MidpointRounding.AwayFromZero), 0, 100) : step;

    // A walk from where the item stands, all ways at once: how likely it is at each percent after each month.
    private static FinishCurve? Progress(KnownTask task, List<KnownTask> others, DateOnly on, int months)
    {
        var own = task.Steps().ToList();
        var pool = others.SelectMany(other => other.Steps().Select(step => (Step: Scaled(step, other, task), Weight: task.IsOfKind(other) ? 1 + KindWeight : 1))).ToList();
        if (own.Count == 0 || task.Percent is not { } percent || pool.Count < FewestMonths)
        {
            return null;
        }

        // Counted whole first: so the order of the tasks does not matter.
        var (weights, all, mine) = (new long[101], pool.Sum(one => (long)one.Weight), (double)own.Count / (own.Count + OthersMonths));
        pool.ForEach(one => weights[one.Step] += one.Weight);
        var chances = Array.ConvertAll(weights, weight => (1 - mine) * weight / all);
        own.ForEach(step => chances[step] += mine / own.Count);
        var steps = Enumerable.Range(1, 100).Where(step => chances[step] > 0).ToList();

        var (curve, from, at) = (new FinishCurve(on), task.Progress[^1].On, new double[100]);
        at[Math.Clamp(percent, 0, 99)] = 1;
        for (var month = 0; month < months; month++)
        {
            var next = new double[100];
            for (var stand = 0; stand < 100; stand++)
            {
                if (at[stand] == 0)
                {
                    continue;
                }

                next[stand] += at[stand] * chances[0];
                foreach (var step in steps)
                {
                    if (stand + step < 100)
                    {
                        next[stand + step] += at[stand] * chances[step];
                    }
                    else
                    {
                        curve.Add(from.AddDays((month * Month) + (int)Math.Ceiling((double)Month * (100 - stand) / step)), at[stand] * chances[step]);
                    }
                }
            }

            at = next;
        }

        return curve;
    }
}
