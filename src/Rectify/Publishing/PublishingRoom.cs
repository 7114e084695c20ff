using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Publishing;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class PublishingRoom
{
    /// <summary>The jobs and doors of publishing; without a folder and a bucket only <see cref="ProveEntry"/>, which then has no proofs.</summary>
    public static void AddPublishing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PublishingOptions>().BindConfiguration("Publishing");
        services.AddScoped<ProveEntry>();
        if (configuration.GetSection("Publishing").Get<PublishingOptions>() is not { IsOn: true } set)
        {
            return;
        }

        services.AddSingleton<IPublishedStore>(all => string.IsNullOrEmpty(set.Folder)
            ? new S3Store(set.S3)
            : new FolderStore(set.Folder, all.GetService<Disk>() ?? new Disk()));
        services.AddSingleton(all => JournalKeys.Load(set, all.GetRequiredService<IOptions<DataOptions>>().Value));
        services.AddSingleton<PublisherState>();
        services.AddSingleton<WitnessClient>();
        services.AddSingleton<StampClient>();
        services.AddScoped<CheckPublished>();
        services.AddScoped<IGuardNumbers>(all => all.GetRequiredService<CheckPublished>());
        services.AddScoped<ReplayEntries>();
        services.AddScoped<RecoverJournal>();
        services.AddJob<PublishJournal>();
        services.AddJob<AskWitnesses>();
        services.AddJob<StampCheckpoint>();
        services.AddJob<MonitorJournal>();
        services.AddHealthChecks().AddCheck<JournalHealth>("published-journal");
    }

    /// <summary>Before the product serves: refuses to start on a database that is not the one that was published.</summary>
    /// <remarks>A store that does not answer stops nothing: the same is looked at before the first round of publishing.</remarks>
    /// <exception cref="Refusal">409: the database is an older one or another one. 422: the key or the policy cannot be used.</exception>
    public static async Task CheckPublishedAsync(this IServiceProvider services, CancellationToken ct)
    {
        if (services.GetService<IPublishedStore>() is null)
        {
            return;
        }

        await using var scope = services.CreateAsyncScope();
        var check = scope.ServiceProvider.GetRequiredService<CheckPublished>();
        try
        {
            await check.RunAsync(ct);
        }
        catch (Exception unheard) when (unheard is IOException or HttpRequestException or Amazon.Runtime.AmazonClientException or Amazon.Runtime.AmazonServiceException)
        {
            check.CannotBeRead(unheard);
        }
    }
}
