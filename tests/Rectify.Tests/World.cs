using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Tests;

/// <summary>A product with an empty, migrated database of its own and a clock that the test moves.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}");

    private World(string connection)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddDatabase(connection);
        collection.AddScoped<JournalWriter>();
        collection.AddScoped<NumberEntries>();
        collection.AddText();
        collection.Configure<DataOptions>(data => data.Folder = folder);
        collection.AddSingleton<FileStore>();
        collection.AddAccounts();
        collection.AddOrganisation();
        collection.AddTasks();
        collection.AddPlans();
        collection.AddDispatch();
        collection.AddSingleton<TimeProvider>(Clock);
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public static async Task<World> CreateAsync(string database)
    {
        return new World(database is "sqlite" ? await EmptyDatabase.SqliteAsync() : await EmptyDatabase.PostgresAsync());
    }

    /// <summary>Does one thing in a scope of its own, as one request would.</summary>
    public async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="InAsync{TService}" />
    public async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await InAsync((Db db) => db.Database.EnsureDeletedAsync());
        await services.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
