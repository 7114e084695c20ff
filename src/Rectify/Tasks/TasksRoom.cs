using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;

namespace Rectify.Tasks;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class TasksRoom
{
    public static void AddTasks(this IServiceCollection services)
    {
        services.AddScoped<CreateProgramme>();
        services.AddScoped<ChangeRules>();
        services.AddScoped<SaveView>();
        services.AddScoped<DropView>();
        services.AddScoped<PlaceFacts>();
        services.AddScoped<RecordFacts>();
        services.AddScoped<IStandForEntries, ClosedItems>();
        services.AddScoped<IFollowBlackening, BlackenedFacts>();
        services.AddScoped<VoidFact>();
        services.AddScoped<ChangeItem>();
        services.AddScoped<SetQuantity>();
        services.AddScoped<AddSubTask>();
        services.AddJob<RefreshScopes>();
        services.AddScoped<IFillFrame, FillProgramme>();
        services.AddNav(NavPlace.Main, "overview", "/p/{programme}", 10);
        services.AddNav(NavPlace.Main, "items", "/p/{programme}/items", 20, "/items", "/handbooks");
        services.AddNav(NavPlace.Main, "milestones", "/p/{programme}/milestones", 30);
        services.AddNav(NavPlace.Main, "settings", "/programmes/{programme}/settings", 90);
        services.AddNav(NavPlace.Search, "search", "/search", 10);
        services.AddNav(NavPlace.Person, "programmes", "/programmes", 10);
        services.AddScoped<ChangeItemWords>();
        services.AddScoped<ChangeTaskType>();
        services.AddScoped<ChangeItemUnits>();
        services.AddScoped<ChangeItemPersons>();
        services.AddScoped<ChangeMilestones>();
        services.AddScoped<RemoveItem>();
        services.AddSingleton<HandbookJobs>();
    }
}
