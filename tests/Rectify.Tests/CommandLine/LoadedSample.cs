using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Rectify.CommandLine;
using Rectify.Tests.CommandLine;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(LoadedSample))]

namespace Rectify.Tests.CommandLine;

/// <summary>The sample programme, loaded once on each database for all tests that only look at it.</summary>
/// <remarks>
/// Each load is stopped again and again and goes on, at other points on either database: what is lost or doubled by that differs
/// from the story's data, which the tests count, and from the other database.
/// </remarks>
public sealed class LoadedSample : IAsyncDisposable
{
    public static readonly string Folder = Path.Combine(Tree.Root, "samples/yunling");

    // After which line of progress, and how many milliseconds later: between two parts of the story, and somewhere within one.
    private static readonly Dictionary<string, (int Line, int Later)[]> Stops = new()
    {
        ["sqlite"] = [(0, 0), (3, 0), (9, 700)],
        ["postgres"] = [(1, 300), (5, 1_500), (13, 400)],
    };

    private readonly ConcurrentDictionary<string, Lazy<Task<World>>> worlds = new();

    public Task<World> OnAsync(string database) => worlds.GetOrAdd(database, name => new(async () =>
    {
        var world = await World.CreateAsync(name);
        foreach (var (line, later) in Stops[name])
        {
            using var stop = new CancellationTokenSource();
            using var progress = new StopAt(line, () => stop.CancelAfter(later));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAsync(world, progress, stop.Token));
        }

        Assert.NotEmpty(await LoadAsync(world, TextWriter.Null, CancellationToken.None));
        return world;
    })).Value;

    public static Task<IReadOnlyList<string>> LoadAsync(World world, TextWriter progress, CancellationToken ct) => world.InAsync((IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<LoadSample>(services).RunAsync(Folder, progress, ct));

    public async ValueTask DisposeAsync()
    {
        foreach (var world in worlds.Values)
        {
            await (await world.Value).DisposeAsync();
        }
    }

    /// <summary>Where the sample is loaded. Its acts run on both databases in their rooms' own tests; to play its year on PostgreSQL too takes minutes more: RECTIFY_SAMPLE_POSTGRES=1 ./test, which bench/soak does.</summary>
    public static IEnumerable<string> Databases => Environment.GetEnvironmentVariable("RECTIFY_SAMPLE_POSTGRES") is "1" ? ["sqlite", "postgres"] : ["sqlite"];

    /// <summary>Stops a load at a line of its progress.</summary>
    private sealed class StopAt(int line, Action stop) : StringWriter
    {
        private int lines;

        public override Task WriteLineAsync(string? value)
        {
            if (lines++ == line)
            {
                stop();
            }

            return Task.CompletedTask;
        }
    }
}

/// <summary>Runs a theory on each database that has the sample.</summary>
public sealed class SampleDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. LoadedSample.Databases.Select(database => new TheoryDataRow<string>(database))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
