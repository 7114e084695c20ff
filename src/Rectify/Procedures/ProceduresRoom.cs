namespace Rectify.Procedures;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class ProceduresRoom
{
    public static void AddProcedures(this IServiceCollection services) => services.AddScoped<SetProcedure>();
}
