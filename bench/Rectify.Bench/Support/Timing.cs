using System.Diagnostics;

namespace Rectify.Bench;

/// <summary>How long many requests took, sent by several callers at once, each sending the next when it has its answer.</summary>
/// <param name="Processor">Time that all of this process's threads worked: it hardly depends on what else runs on the machine.</param>
internal sealed record Timing(TimeSpan[] Sorted, TimeSpan Whole, TimeSpan Processor)
{
    public double PerSecond => Sorted.Length / Whole.TotalSeconds;

    /// <param name="share">As 0.95.</param>
    public TimeSpan At(double share) => Sorted[Math.Min(Sorted.Length - 1, (int)Math.Ceiling(share * Sorted.Length) - 1)];

    /// <summary>For one request.</summary>
    public TimeSpan ProcessorEach => Processor / Sorted.Length;

    public override string ToString() => $"p50 {Report.Ms(At(0.5))}, p95 {Report.Ms(At(0.95))}";

    /// <param name="act">Gets the caller's number and the request's, both from 0.</param>
    public static async Task<Timing> RunAsync(int callers, int each, Func<int, int, Task> act)
    {
        var times = new TimeSpan[callers * each];
        var (start, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await act(caller, i);
                times[(caller * each) + i] = Stopwatch.GetElapsedTime(began);
            }
        })));
        var (whole, processor) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - worked);
        Array.Sort(times);
        return new(times, whole, processor);
    }

    public static async Task<TimeSpan> OnceAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began);
    }
}
