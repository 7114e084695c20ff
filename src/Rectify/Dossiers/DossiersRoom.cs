using Rectify.Dispatch;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class DossiersRoom
{
    public static void AddDossiers(this IServiceCollection services)
    {
        services.AddSingleton<DossierMemory>();
        services.AddScoped<ChangeRequirements>();
        services.AddScoped<ShareFile>();
        services.AddScoped<RecordExport>();
        services.AddScoped<RemindOfDossier>();
        services.AddScoped<IItemLink, DossierLink>();
        services.AddScoped<IRequiredEvidence, RequiredEvidenceOfDossier>();
        services.AddNav(NavPlace.Main, "dossiers", "/p/{programme}/dossiers", 50);
    }
}
