using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class DeadlinesRoom
{
    public static void AddDeadlines(this IServiceCollection services)
    {
        services.AddScoped<AskDeadline>();
        services.AddScoped<WithdrawDeadline>();
        services.AddScoped<DecideDeadline>();
        services.AddScoped<SetDeadlineReasons>();
        services.AddScoped<IItemLink, DeadlineLink>();
        services.AddNav(NavPlace.Main, "deadlines", "/p/{programme}/deadlines", 35, "/deadlines");
    }
}
