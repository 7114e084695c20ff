using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Platform.Jobs;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class NoticesRoom
{
    /// <summary>The rate limit on what strangers send: objections, and receipt codes.</summary>
    public const string PublicLimit = "objections";

    /// <summary>The rate limit on a notice's files, which are set anew whenever anything was saved since.</summary>
    public const string PaperLimit = "notice-papers";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static void AddNotices(this IServiceCollection services)
    {
        services.AddScoped<NoticePass>();
        services.AddScoped<NoticeWork>();
        services.AddScoped<SetDesk>();
        services.AddScoped<SetUnitDesk>();
        services.AddScoped<DraftNotice>();
        services.AddScoped<ChangeNotice>();
        services.AddScoped<MaskNotice>();
        services.AddScoped<OverruleContradiction>();
        services.AddScoped<PublishNotice>();
        services.AddScoped<ProveNotice>();
        services.AddScoped<EndNotice>();
        services.AddScoped<ReceiveObjection>();
        services.AddScoped<SettleObjection>();
        services.AddScoped<ReadObjector>();
        services.AddSingleton<ObjectorSeal>();
        services.AddScoped<IStepGate, NoticeGate>();
        services.AddScoped<IClosureReview, ClosureReviews>();
        services.AddScoped<ICountWorkingDays, RecountNotices>();
        services.AddScoped<IItemLink, NoticeLink>();
        services.AddJob<EndNotices>();
        services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<RateLimiterOptions>, Limits>();
    }

    // Sent: as many as a village may send from one connection, and few enough that guessing a code of 80 bits is hopeless.
    // Files: more than an office behind one address loads, and less than keeps one of our processors busy.
    private sealed class Limits(IConfiguration configuration) : Microsoft.Extensions.Options.IConfigureOptions<RateLimiterOptions>
    {
        public void Configure(RateLimiterOptions options)
        {
            var most = configuration.GetValue("Objections:PerTenMinutes", 20);
            options.AddPolicy(PublicLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    http.Connection.RemoteIpAddress?.ToString() ?? "-", _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window })
                : RateLimitPartition.GetNoLimiter("-"));
            var papers = configuration.GetValue("Notices:PapersPerMinute", 60);
            options.AddPolicy(PaperLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "-", _ => new FixedWindowRateLimiterOptions { PermitLimit = papers, Window = TimeSpan.FromMinutes(1) }));
        }
    }
}
