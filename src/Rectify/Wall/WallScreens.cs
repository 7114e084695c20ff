using Microsoft.AspNetCore.Routing.Patterns;

namespace Rectify.Wall;

/// <summary>One screen of the wall.</summary>
/// <param name="Key">Its word is the text <c>wall.screen.</c>key, of a chart the chart's title; <c>screen</c> in the address.</param>
/// <param name="IsChart">Drawn by the charts of the programme, and shown where they are served.</param>
internal sealed record WallScreen(string Key, bool IsChart)
{
    /// <summary>The screens in the order in which they take turns.</summary>
    private static readonly WallScreen[] All =
    [
        .. new[] { "overview", "lights" }.Select(key => new WallScreen(key, false)),
        .. new[] { "road-map", "closing", "heat", "burn-up", "prefectures", "nodes" }.Select(key => new WallScreen(key, true)),
    ];

    /// <summary>Room for a chart in wall units of 1/1080 of the height; and the size of its usual text: one part of 43 of the screen's height.</summary>
    private const int Width = 1832, Height = 850, Text = 25;

    /// <summary>The screens that this server has.</summary>
    public static IReadOnlyList<WallScreen> On(EndpointDataSource endpoints) => Charts(endpoints) is null ? [.. All.Where(screen => !screen.IsChart)] : All;

    /// <summary>Where this screen's picture is drawn.</summary>
    public string Picture(EndpointDataSource endpoints, string code, DateOnly on) => Charts(endpoints) is not { } route ? "" : "/" + string.Join('/', route.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "code" } => Uri.EscapeDataString(code),
            _ => Key,
        })))) + $"?theme=wall&width={Width}&height={Height}&text={Text}&turn=1&on={on:yyyy-MM-dd}";

    // The charts are another room's: the wall takes them from the routes that there are.
    private static RoutePattern? Charts(EndpointDataSource endpoints) => endpoints.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern)
        .FirstOrDefault(route => route.RawText is { } path && path.Contains("/{code}/charts/{", StringComparison.Ordinal) && path.EndsWith("}.svg", StringComparison.Ordinal));
}
