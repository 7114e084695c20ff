using Rectify.Platform.Jobs;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class LookBacksRoom
{
    public static void AddLookBacks(this IServiceCollection services)
    {
        services.AddScoped<PlaceRebound>();
        services.AddScoped<PlaceChecks>();
        services.AddScoped<HandInCheck>();
        services.AddScoped<ReviewCheck>();
        services.AddScoped<StateRebound>();
        services.AddScoped<PlanLookBack>();
        services.AddScoped<ChooseItems>();
        services.AddScoped<PublishList>();
        services.AddScoped<EnterSeed>();
        services.AddScoped<VoidDraw>();
        services.AddScoped<SetCheckRules>();
        services.AddJob<MakeChecks>();
        services.AddScoped<IItemLink, LookBackLink>();
        services.AddScoped<IItemNews, LookBackNews>();
        services.AddNav(NavPlace.Main, "lookbacks", "/p/{programme}/lookbacks", 60, "/checks", "/lookbacks", "/draws");
    }
}
