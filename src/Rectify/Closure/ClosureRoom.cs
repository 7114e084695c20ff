using Rectify.Calendars;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class ClosureRoom
{
    public static void AddClosure(this IServiceCollection services)
    {
        services.AddScoped<ClosureWork>();
        services.AddScoped<BeginClosure>();
        services.AddScoped<SaveDeclaration>();
        services.AddScoped<TakeStep>();
        services.AddScoped<OpenNotice>();
        services.AddScoped<ReturnClosure>();
        services.AddScoped<WithdrawClosure>();
        services.AddScoped<RenewSignature>();
        services.AddScoped<IStepGate, DossierGate>();
        services.AddScoped<IStepGate, SubTaskGate>();
        services.AddScoped<ProveSigner>();
        services.AddScoped<IFactOwner, ClosureGuard>();
        services.AddScoped<IStandForEntries, ClosedClosures>();
        services.AddScoped<IItemLink, ClosureLink>();
        services.AddScoped<IItemNews, ClosureNews>();
        services.AddScoped<ICountWorkingDays, RecountClosures>();
        services.AddNav(NavPlace.Main, "closures", "/p/{programme}/closures", 55, "/closures", "/notices", "/objections", "/p/{programme}/notices");
    }
}
