using System.Globalization;

namespace Rectify.Bench;

/// <summary>One Markdown table: what was measured, how much, what was asked, what bounds it, and how busy the machine was.</summary>
internal static class Report
{
    /// <param name="beside">A limit measured in the same run and the ratio to it; empty if there is none.</param>
    public static void Row(string measure, string result, string budget = "", string beside = "") =>
        Console.WriteLine($"| {measure} | {result} | {budget} | {beside} | {Busy()} |");

    /// <summary>Something worth keeping beside the table.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    public static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString(time.TotalMilliseconds < 1 ? "0.00" : time.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string PerSecond(double rate) => rate.ToString("#,0", CultureInfo.InvariantCulture) + "/s";

    public static string Percent(double part, double whole) => (100 * part / whole).ToString("0", CultureInfo.InvariantCulture) + " %";

    // Of the last minute, for two processors: 2.0 is all of them. Source: proc(5).
    private static string Busy() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
