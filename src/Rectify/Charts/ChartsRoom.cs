using Rectify.Platform.Web;

namespace Rectify.Charts;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class ChartsRoom
{
    public static void AddCharts(this IServiceCollection services) => services.AddNav(NavPlace.Main, "charts", "/programmes/{programme}/charts", 38);
}
