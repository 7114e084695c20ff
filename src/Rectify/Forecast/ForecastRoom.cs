using Rectify.Organisation;
using Rectify.Tasks;

namespace Rectify.Forecast;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class ForecastRoom
{
    public static void AddForecast(this IServiceCollection services)
    {
        services.AddScoped<IItemLink, ForecastLink>();
    }
}

/// <summary>The way from an open task with a date to its forecast.</summary>
internal sealed class ForecastLink : IItemLink
{
    public Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct) =>
        Task.FromResult(item is { Kind: ItemKind.Task, DeadlineDate: not null } ? new ItemLink("forecast.link", 0, $"/items/{item.Id}/forecast") : null);
}
