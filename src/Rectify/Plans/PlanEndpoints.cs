namespace Rectify.Plans;

internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder app) => app.MapGroup("/api");
}
