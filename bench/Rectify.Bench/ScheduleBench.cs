using Rectify.Calendars;
using Rectify.Networks;

namespace Rectify.Bench;

/// <summary>All dates, slack and the critical path of one network, beside the longest path through the same graph in plain integers.</summary>
internal static class ScheduleBench
{
    private const int Rounds = 30;
    private static readonly DateOnly On = new(2025, 3, 3);

    public static async Task RunAsync(int size)
    {
        // Thirty units, a third of which build and stop in winter, each with a calendar of its own.
        var random = new Random(7);
        var patterns = Enumerable.Range(0, 30)
            .Select(n => new WorkPattern(WorkingCalendar.StateCouncil, seasons: n % 3 == 0 ? [new(11, 1 + (n % 28), 3, 1 + (n % 28))] : [])).ToList();
        var activities = Enumerable.Range(0, size).Select(n => new Activity
        {
            Id = Guid.CreateVersion7(),
            Title = $"{n}",
            Days = random.Next(0, 30),
            Pattern = patterns[random.Next(patterns.Count)],
            FinishBy = n % 20 == 19 ? On.AddDays(300 + random.Next(900)) : null,
        }).ToList();

        // As in a programme: chains of twenty with side branches; in each hundred some wait for other chains.
        var links = new Dictionary<(int, int), Link>();
        for (var n = 1; n < size; n++)
        {
            for (var i = 0; i < 2; i++)
            {
                var (chain, hundred) = (n - (n % 20), n - (n % 100));
                var from = i == 1 && n % 10 == 5 ? hundred + random.Next(n - hundred) : Math.Max(chain, n - 1 - random.Next(3));
                if (from < n)
                {
                    links.TryAdd((from, n), new(activities[from].Id, activities[n].Id, (LinkKind)random.Next(3), random.Next(-3, 10)));
                }
            }
        }

        Network? network = null;
        var made = await Timing.OnceAsync(() =>
        {
            network = new(activities, links.Values);
            return Task.CompletedTask;
        });
        var first = await Timing.OnceAsync(() => Compute(network!));
        var times = await Timing.RunAsync(1, Rounds, (_, _) => Compute(network!));

        var graph = links.Keys.GroupBy(pair => pair.Item2).ToDictionary(group => group.Key, group => group.Select(pair => pair.Item1).ToArray());
        var bare = await Timing.RunAsync(1, Rounds, (_, _) => LongestPath(activities, graph));
        Report.Row(
            $"network of {size:#,0} activities and {links.Count:#,0} links: dates, slack, critical path", $"p50 {Report.Ms(times.At(0.5))}, p95 {Report.Ms(times.At(0.95))} (first time {Report.Ms(first)})", "≤ 200 ms",
            $"longest path in plain integers {Report.Ms(bare.At(0.5))}; {times.At(0.5) / bare.At(0.5):0} times that; checked and sorted in {Report.Ms(made)}; program's work {Report.Ms(times.ProcessorEach)}");
    }

    private static Task Compute(Network network)
    {
        var plan = Timetable.Of(network, On);
        return plan.CriticalPath.Any() ? Task.CompletedTask : throw new InvalidOperationException("There is no critical path.");
    }

    private static Task LongestPath(List<Activity> activities, Dictionary<int, int[]> into)
    {
        var ends = new int[activities.Count];
        for (var n = 0; n < ends.Length; n++)
        {
            foreach (var from in into.GetValueOrDefault(n, []))
            {
                ends[n] = Math.Max(ends[n], ends[from]);
            }

            ends[n] += activities[n].Days;
        }

        return ends.Max() > 0 ? Task.CompletedTask : throw new InvalidOperationException("Nothing takes a day.");
    }
}
