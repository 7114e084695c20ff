namespace Rectify.Tasks;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class TasksRoom
{
    public static void AddTasks(this IServiceCollection services)
    {
        services.AddScoped<CreateProgramme>();
        services.AddScoped<RecordFacts>();
        services.AddScoped<VoidFact>();
        services.AddScoped<ChangeItem>();
        services.AddScoped<SetQuantity>();
        services.AddScoped<AddSubTask>();
        services.AddScoped<ChangeItemWords>();
        services.AddScoped<ChangeItemUnits>();
        services.AddScoped<ChangeItemPersons>();
        services.AddScoped<ChangeMilestones>();
        services.AddScoped<RemoveItem>();
        services.AddSingleton<HandbookJobs>();
    }
}
