using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class EvidenceRoom
{
    public static void AddEvidence(this IServiceCollection services)
    {
        services.AddOptions<EvidenceOptions>().BindConfiguration("Evidence");
        services.AddSingleton<PreviewFiles>();
        services.AddScoped<AddEvidence>();
        services.AddScoped<AddEvidenceVersion>();
        services.AddScoped<ChangeEvidence>();
        services.AddScoped<WithdrawEvidence>();
        services.AddJob<MakePreviews>();
        services.AddJob<CheckFiles>();
        services.AddScoped<IKeepFiles, PieceFiles>();
        services.AddScoped<IForgetFiles, ForgetPieceFiles>();
        services.AddHealthChecks().AddCheck<FilesHealth>("evidence");
        services.AddScoped<IItemLink, EvidenceLink>();
        services.AddScoped<IItemNews, EvidenceNews>();
        services.AddNav(NavPlace.Person, "evidence-checks", "/evidence/checks", 30);
    }
}
