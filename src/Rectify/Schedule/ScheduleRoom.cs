using Rectify.Calendars;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class ScheduleRoom
{
    public static void AddSchedule(this IServiceCollection services)
    {
        services.AddScoped<SetSchedule>();
        services.AddScoped<ApproveSchedule>();
        services.AddScoped<SetScheduleCalendar>();
        services.AddScoped<IItemLink, ScheduleLink>();
        services.AddScoped<IItemNews, ScheduleNews>();
        services.AddScoped<ICountWorkingDays, RecountSchedules>();
        services.AddNav(NavPlace.Main, "schedule", "/p/{programme}/schedule", 37, "/p/{programme}/forecast");
    }
}
