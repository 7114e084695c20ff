using System.Globalization;

namespace Rectify.Platform.Jobs;

/// <summary>What a job is called in the configuration.</summary>
internal sealed record JobName(string Name);

/// <summary>How long each job rests between two runs: as it says itself, or as the operator has it, <c>Jobs:CheckFiles=06:00:00</c>. From a tenth of a second to thirty days.</summary>
internal sealed class JobPauses
{
    private static readonly string[] Shapes = [@"hh\:mm\:ss", @"hh\:mm\:ss\.FFF", @"d\.hh\:mm\:ss"]; // a bare number would be days

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly Dictionary<string, TimeSpan> set;

    /// <exception cref="Refusal">422: no job of that name, or no such pause. The server does not start.</exception>
    public JobPauses(IConfiguration configuration, IEnumerable<JobName> jobs)
    {
        var names = jobs.ToDictionary(job => job.Name, job => job.Name, StringComparer.OrdinalIgnoreCase); // as the configuration takes its keys
        set = configuration.GetSection("Jobs").GetChildren().ToDictionary(
            job => names.GetValueOrDefault(job.Key) ?? throw Refusal.Invalid("jobs.unknown", $"There is no job {job.Key}.", job.Key, string.Join(' ', names.Values.Order(StringComparer.Ordinal))),
            job => Pause(job.Value) ?? throw Refusal.Invalid("jobs.pause", $"{job.Value} is no pause of the job {job.Key}.", job.Key, job.Value));
    }

    public TimeSpan Of<TJob>(TJob job) where TJob : class, IJob => set.GetValueOrDefault(typeof(TJob).Name, job.Every);

    private static TimeSpan? Pause(string? text) =>
        TimeSpan.TryParseExact(text, Shapes, CultureInfo.InvariantCulture, out var pause) && pause >= Shortest && pause <= Longest ? pause : null;
}
