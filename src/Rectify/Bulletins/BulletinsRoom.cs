using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class BulletinsRoom
{
    public static void AddBulletins(this IServiceCollection services)
    {
        services.AddScoped<SetSeries>();
        services.AddScoped<DraftBulletin>();
        services.AddScoped<ChangeBulletin>();
        services.AddScoped<IssueBulletin>();
        services.AddScoped<WithdrawBulletin>();
        services.AddScoped<IKeepFiles, BulletinFiles>();
        services.AddScoped<IFollowBlackening, SealBulletins>();
        services.AddJob<CheckBulletins>();
        services.AddHealthChecks().AddCheck<BulletinsHealth>("issued-bulletins");
    }
}
