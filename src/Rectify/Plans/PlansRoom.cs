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
    }
}
