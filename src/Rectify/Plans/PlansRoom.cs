using Microsoft.AspNetCore.Http.Features;
using Rectify.Platform.Web;

namespace Rectify.Plans;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class PlansRoom
{
    public static void AddPlans(this IServiceCollection services)
    {
        services.AddScoped<StartImport>();
        services.AddScoped<CorrectImport>();
        services.AddScoped<DropImport>();
        services.AddScoped<ConfirmImport>();
        services.AddScoped<RecordPlanStep>();
        services.AddNav(NavPlace.Main, "plan", "/p/{programme}/plan", 70);
        services.AddScoped<IFillFrame, FillPlan>();

        // A task with a hundred measures is one form.
        services.Configure<FormOptions>(form => form.ValueCountLimit = 8_192);
    }
}
