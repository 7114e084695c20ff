using System.Threading.RateLimiting;
using Rectify.Platform.Jobs;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class NotificationsRoom
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<Reckoning>();
        services.AddScoped<MailTexts>();
        services.AddScoped<MailLine>();
        services.AddScoped<ReadNotices>();
        services.AddScoped<TellMe>();
        services.AddScoped<SetReminders>();
        services.AddScoped<MailDesk>();
        services.AddJob<FollowJournal>();
        services.AddJob<RemindDue>();
        services.AddJob<MakeDigests>();
        services.AddJob<SendMail>();
        services.AddScoped<IFillFrame, FillInbox>();
        services.AddScoped<IHandbookNews, HandbookNews>();
        services.AddNav(NavPlace.Todo, "todo", "/inbox", 10);
        services.AddNav(NavPlace.Person, "notices", "/account/notices", 20);
        services.AddNav(NavPlace.Person, "mail", "/mail", 40);
        services.AddNav(NavPlace.Main, "reminders", "/p/{programme}/reminders", 95);
        services.AddRateLimiter(limits => limits.AddPolicy(NotificationsEndpoints.FeedLimit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "-", _ => new FixedWindowRateLimiterOptions { PermitLimit = 120, Window = TimeSpan.FromMinutes(1) })));
    }
}
