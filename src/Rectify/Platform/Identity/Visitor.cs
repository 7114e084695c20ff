namespace Rectify.Platform.Identity;

/// <summary>Where a sign-in comes from, as the list of sessions shows it.</summary>
/// <param name="Address">The network address; at most 45 characters.</param>
/// <param name="Device">Browser and system, such as <c>Chrome, Windows</c>.</param>
public sealed record Visitor(string Address, string Device)
{
    // Order matters: most browsers also call themselves Chrome or Safari.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger", "WeChat"), ("QQBrowser", "QQ"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
        ("HeadlessChrome", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static Visitor Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : "-";
        return new(address.Length <= 45 ? address : address[..45], DeviceOf(http.Request.Headers.UserAgent.ToString()));
    }

    /// <summary>Browser and system in words; <c>-</c> for what says nothing we know.</summary>
    public static string DeviceOf(string userAgent)
    {
        string[] known =
        [
            .. new[] { Named(Browsers, userAgent), Named(Systems, userAgent) }.OfType<string>(),
        ];
        return known.Length == 0 ? "-" : string.Join(", ", known);
    }

    private static string? Named((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
