using AngleSharp.Dom;

namespace Rectify.Reading;

/// <summary>What stands around the article of a web page: navigation, the path to the page, sharing, related pages, the footer.</summary>
/// <remarks>
/// A part is left out for its name (HTML Living Standard §4.3, ARIA landmarks, or the class names that sites use), or because
/// it holds nothing but links. What holds most of the page's own words is never left out.
/// </remarks>
internal sealed class HtmlFurniture(IElement body)
{
    private const int LongestLinks = 400; // characters

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "nav", "navbar", "navigation", "menu", "topnav", "subnav", "mainnav", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "crumbnav", "location", "position", "weizhi", "dqwz", "curpos",
        "share", "bdshare", "bdsharebuttonbox", "fenxiang", "foot", "footer", "footnav", "copyright", "sidebar", "aside", "toolbar", "related", "xgwz", "recommend", "prevnext", "pagination",
        "qrcode", "ewm", "erweima", "search", "searchbox", "login", "banner", "friendlink", "links", "print",
    };

    private readonly int most = Own(body) / 2;

    public bool Is(IElement element)
    {
        if (element.LocalName is "a" or "body" or "main" or "article" or "tr" or "td" or "th" or "tbody")
        {
            return false;
        }

        if (IsNamed(element))
        {
            return Own(element) <= most;
        }

        return element.LocalName is "ul" or "ol" or "div" or "p" or "dl" && IsOnlyLinks(element);
    }

    private static bool IsNamed(IElement element) =>
        element.LocalName is "nav" or "footer" or "aside"
        || element.GetAttribute("role") is "navigation" or "contentinfo" or "search" or "banner"
        || Parts(element.Id).Concat(Parts(element.ClassName)).Any(Words.Contains);

    private static string[] Parts(string? names) => names?.Split([' ', '-', '_', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    // Two links or more and hardly a word beside them. A link alone may be an annex.
    private static bool IsOnlyLinks(IElement element)
    {
        var (all, linked, links) = (0, 0, 0);
        foreach (var node in element.Descendants())
        {
            if (node is IElement { LocalName: "table" } || all > LongestLinks)
            {
                return false;
            }

            links += node is IElement { LocalName: "a" } ? 1 : 0;
            if (node is IText text && Count(text) is > 0 and var count)
            {
                all += count;
                linked += text.ParentElement!.Closest("a") is not null ? count : 0;
            }
        }

        return links > 1 && linked * 10 >= all * 7;
    }

    private static int Own(IElement element) => element.Descendants<IText>().Sum(Count);

    private static int Count(IText text) =>
        text.ParentElement is { LocalName: not "script" and not "style" and not "noscript" } ? text.Data.Count(c => !char.IsWhiteSpace(c)) : 0;
}
