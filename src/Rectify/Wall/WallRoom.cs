namespace Rectify.Wall;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class WallRoom
{
    public static void AddWall(this IServiceCollection services)
    {
        services.AddSingleton<WallWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<WallWatch>());
        services.AddScoped<WallReading>();
    }
}
