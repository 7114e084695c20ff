using Rectify.Platform.Web;

namespace Rectify.Organisation;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class OrganisationRoom
{
    public static void AddOrganisation(this IServiceCollection services)
    {
        services.AddScoped<CreateUnit>();
        services.AddScoped<ChangeUnit>();
        services.AddScoped<AddAlias>();
        services.AddScoped<RemoveAlias>();
        services.AddScoped<CreatePerson>();
        services.AddScoped<ChangePerson>();
        services.AddScoped<RemovePerson>();
        services.AddScoped<ImportOrganisation>();
        services.AddScoped<OrganisationHistory>();
        services.AddNav(NavPlace.Main, "units", "/units", 80, "/people", "/organisation");

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
