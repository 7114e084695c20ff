using Rectify.Calendars;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;

namespace Rectify.Dispatch;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class DispatchRoom
{
    public static void AddDispatch(this IServiceCollection services)
    {
        services.AddScoped<SetCycle>();
        services.AddScoped<ConfirmClock>();
        services.AddScoped<OpenRound>();
        services.AddScoped<PrepareReturns>();
        services.AddScoped<AddReturn>();
        services.AddScoped<SaveLine>();
        services.AddScoped<KeepDraft>();
        services.AddScoped<SaveLines>();
        services.AddScoped<SaveCorrections>();
        services.AddScoped<SubmitReturn>();
        services.AddScoped<RecallReturn>();
        services.AddScoped<DecideReturn>();
        services.AddScoped<CloseRound>();
        services.AddScoped<ICountWorkingDays, RecountRounds>();
        services.AddScoped<IFollowBlackening, SealRounds>();
        services.AddJob<RunRounds>();
        services.AddJob<CheckFrozen>();
        services.AddHealthChecks().AddCheck<FrozenHealth>("frozen-figures").AddCheck<ClockHealth>("rounds-clock");
        services.AddNav(NavPlace.Main, "dispatch", "/p/{programme}/dispatch", 40, "/dispatch", "/returns", "/bulletins");
    }
}
