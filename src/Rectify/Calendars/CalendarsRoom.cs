using Rectify.Platform.Web;

namespace Rectify.Calendars;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class CalendarsRoom
{
    public static void AddCalendars(this IServiceCollection services)
    {
        services.AddScoped<SetHolidays>();
        services.AddNav(NavPlace.Person, "holidays", "/holidays", 30);
    }
}
