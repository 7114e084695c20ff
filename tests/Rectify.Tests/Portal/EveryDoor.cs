using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Rectify.Tests.Portal;

/// <summary>Every address of the product that is asked for by GET, with every value that its places may take.</summary>
internal static class EveryDoor
{
    /// <param name="ids">Every id that somebody may try.</param>
    /// <param name="names">Every name of a file.</param>
    /// <param name="most">How many addresses are made of one route.</param>
    public static IEnumerable<string> Of(ServedProduct served, IReadOnlyList<string> ids, IReadOnlyList<string> names, int most)
    {
        var routes = served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
            .Where(route => route.RoutePattern.RawText is not null && !route.RoutePattern.Parameters.Any(part => part.IsCatchAll));
        foreach (var route in routes)
        {
            var addresses = new List<string> { "" };
            foreach (var segment in route.RoutePattern.PathSegments)
            {
                var texts = segment.Parts.Aggregate(new List<string> { "" }, (before, part) => [.. before.SelectMany(text => Values(part, ids, names).Select(value => text + value))]);
                addresses = [.. addresses.SelectMany(address => texts.Select(text => $"{address}/{text}")).Take(most)];
            }

            foreach (var address in addresses)
            {
                yield return address.Length == 0 ? "/" : address;
            }
        }
    }

    private static IEnumerable<string> Values(RoutePatternPart part, IReadOnlyList<string> ids, IReadOnlyList<string> names) => part switch
    {
        RoutePatternLiteralPart literal => [literal.Content],
        RoutePatternSeparatorPart separator => [separator.Content],
        RoutePatternParameterPart { Name: "code" or "Code" or "programme" } => ["r1", "none"],
        RoutePatternParameterPart { Name: "name" or "hash" } => names,
        RoutePatternParameterPart { Name: "kind" } => ["pdf", "docx"],
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "int") => ["1"],
        _ => ids,
    };
}
