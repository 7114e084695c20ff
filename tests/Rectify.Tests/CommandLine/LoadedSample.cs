using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Rectify.CommandLine;
using Rectify.Tests.CommandLine;

[assembly: AssemblyFixture(typeof(LoadedSample))]

namespace Rectify.Tests.CommandLine;

/// <summary>The sample programme, loaded once on each database for all tests that only look at it.</summary>
public sealed class LoadedSample : IAsyncDisposable
{
    public static readonly string Folder = Path.Combine(Tree.Root, "samples/yunling");

    private readonly ConcurrentDictionary<string, Lazy<Task<World>>> worlds = new();

    public Task<World> OnAsync(string database) => worlds.GetOrAdd(database, name => new(async () =>
    {
        var world = await World.CreateAsync(name);
        await LoadAsync(world, TextWriter.Null, CancellationToken.None);
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
}
