using System.Globalization;

namespace Rectify.Bench;

/// <summary>How far the process's memory rose while something ran, in MiB: what the system gave, not what a collector counts.</summary>
internal static class Memory
{
    public static async Task<double> RiseAsync(Func<Task> act)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak begins anew here: proc(5)
        var before = Status("VmRSS");
        await act();
        return (Status("VmHWM") - before) / 1024.0;
    }

    private static long Status(string name) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
