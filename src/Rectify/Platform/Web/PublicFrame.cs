using Microsoft.AspNetCore.Diagnostics;
using Rectify.Platform.Text;

namespace Rectify.Platform.Web;

/// <summary>What stands around a page that the whole world may read: whose it is, its parts, where to turn. One for each request.</summary>
public sealed class PublicFrame
{
    /// <summary>The programme's public title; <see langword="null"/> on pages of the whole site.</summary>
    public string? Title { get; set; }

    /// <summary>Where <see cref="Title"/> leads.</summary>
    public string Home { get; set; } = "/public";

    /// <summary>Parts of the programme by their texts' keys, in order.</summary>
    public List<PublicPart> Parts { get; } = [];

    /// <summary>The address of the part that this page belongs to.</summary>
    public string? Current { get; set; }

    /// <summary>All public programmes, for whoever asked for a page that is not there; empty on every other page.</summary>
    public List<PublicWay> Programmes { get; } = [];

    /// <summary>Lines of the foot that are no links.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Links of the foot.</summary>
    public List<PublicPart> Foot { get; } = [];

    /// <summary>The frame of the page that is asked for. It is filled before the page is drawn: both read by one connection, which takes one question at a time.</summary>
    public static PublicFrame Of(HttpContext http) => http.Items[typeof(PublicFrame)] as PublicFrame ?? new();

    internal static async Task FillAsync(HttpContext http)
    {
        var frame = new PublicFrame();
        foreach (var room in http.RequestServices.GetServices<IFillPublicFrame>())
        {
            await room.FillAsync(frame, http, http.RequestAborted);
        }

        http.Items[typeof(PublicFrame)] = frame;
    }
}

/// <param name="Key">A text.</param>
/// <param name="Href">A path on this site.</param>
public sealed record PublicPart(string Key, string Href);

/// <param name="Title">The programme's public title.</param>
/// <param name="Href">Its first page, a path on this site.</param>
/// <param name="Search">Where its items are searched.</param>
public sealed record PublicWay(string Title, string Href, string Search);

/// <summary>A room's part of the public frame, filled once for each page.</summary>
public interface IFillPublicFrame
{
    ValueTask FillAsync(PublicFrame frame, HttpContext http, CancellationToken ct);
}

/// <summary>Addresses of public pages. Their language stands in the address (<c>lang=en</c>), so that an answer is the same for every reader.</summary>
public static class PublicAddress
{
    /// <summary>How public pages and files are kept and tagged: the name of the policy.</summary>
    public const string Kept = "public";

    /// <summary>What the address of a public page may ask for. Answers are kept by these and nothing else of a stranger's address stands in them.</summary>
    public static readonly string[] Asked = ["lang", "q", "unit", "aspect", "status", "after"];

    extension(HttpContext http)
    {
        /// <summary>This site as whoever asks reaches it, as <c>https://zg.example.gov.cn</c>.</summary>
        public string Site => $"{http.Request.Scheme}://{http.Request.Host}";

        /// <summary>The path that was asked for, also where the page says that there is none.</summary>
        public PathString Asked => new(http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? http.Request.Path);
    }

    /// <summary>A path on this site in the language that this page's address asks for.</summary>
    public static string At(HttpContext http, string href) => http.Request.Query["lang"] is [{ Length: > 0 and < 12 } lang] ? Add(href, Uri.EscapeDataString(lang)) : href;

    /// <summary>This page in another language.</summary>
    public static string In(HttpContext http, Language language)
    {
        var query = http.Request.Query;
        var kept = Asked.Where(name => name != "lang" && query[name] is [{ Length: > 0 and <= 200 } text] && !text.Contains('\0', StringComparison.Ordinal));
        return Add(http.Asked + QueryString.Create(kept.Select(name => KeyValuePair.Create(name, (string?)query[name].ToString()))), language.Tag);
    }

    private static string Add(string href, string lang)
    {
        var (path, part) = href.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (href[..at], href[at..]) : (href, "");
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={lang}{part}";
    }
}
