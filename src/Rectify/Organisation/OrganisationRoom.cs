using Rectify.Platform.Web;

namespace Rectify.Organisation;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class OrganisationRoom
{
    public static void AddOrganisation(this IServiceCollection services)
    {
        services.AddScoped<ManagedAccounts>();
        services.AddScoped<CreateAccount>();
        services.AddScoped<DisableAccount>();
        services.AddScoped<ResetPassword>();
        services.AddScoped<GiveDuty>();
        services.AddScoped<EndDuty>();
        services.AddScoped<IFillFrame, FillReader>();
        services.AddNav(NavPlace.Person, "accounts", "/admin/accounts", 20);
    }
}
