using Microsoft.AspNetCore.Components;

namespace Rectify.Portal.Pages;

/// <summary>What every public page has: the open programme of its address, and links that keep the language asked for.</summary>
public abstract class PublicPageBase : ComponentBase
{
    [CascadingParameter] public required HttpContext Http { get; set; }

    [Inject] public required PublicSite Site { get; set; }

    protected string At(string href) => PublicAddress.At(Http, href);

    protected PublicQuery Asked => PublicQuery.Read(Http.Request.Query);
}

internal static class PublicAddress
{
    /// <summary>A path on this site in the language that this page's address asks for.</summary>
    public static string At(HttpContext http, string href) =>
        http.Request.Query["lang"] is [{ Length: > 0 and < 12 } lang] ? Add(href, Uri.EscapeDataString(lang)) : href;

    /// <summary>This page in another language.</summary>
    public static string In(HttpContext http, string language) => Add(PublicQuery.Read(http.Request.Query).Href(http.Request.Path), language);

    private static string Add(string href, string lang) => $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={lang}";
}
