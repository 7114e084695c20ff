using System.Globalization;

namespace Rectify.Platform.Text;

/// <summary>A language the interface speaks: one column of the resource files.</summary>
/// <param name="Tag">BCP 47, as it stands in <c>html lang</c>, in the cookie and at the head of the column.</param>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>.</param>
/// <param name="OwnName">The language's name in itself, for the menu that switches to it.</param>
public sealed record Language(string Tag, string Direction, string OwnName)
{
    /// <summary>The name of the cookie that remembers what a reader chose.</summary>
    public const string Cookie = "lang";

    /// <summary>What is spoken when nobody asked for anything we have.</summary>
    public static Language Default => Resources.Languages[0];

    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(Tag);

    public bool IsRightToLeft => Direction == "rtl";

    /// <summary>The language with this tag, or one that shares its primary part (<c>zh</c>, <c>en-GB</c>); <see langword="null"/> if there is none.</summary>
    public static Language? Find(string? tag) =>
        string.IsNullOrWhiteSpace(tag)
            ? null
            : Resources.Languages.FirstOrDefault(known => known.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))
                ?? Resources.Languages.FirstOrDefault(known => Primary(known.Tag).Equals(Primary(tag), StringComparison.OrdinalIgnoreCase));

    /// <summary>What a request asks for: on public pages their address (<c>lang=en</c>), then its cookie, then <c>Accept-Language</c> by quality, then <see cref="Default"/>.</summary>
    public static Language Of(HttpRequest request)
    {
        if ((request.Path.StartsWithSegments("/public") || request.Path.StartsWithSegments("/error/public")) && request.Query["lang"] is [{ Length: > 0 } asked]
            && Resources.PublicLanguages.FirstOrDefault(known => known.Tag.Equals(asked, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            return named;
        }

        if (Find(request.Cookies[Cookie]) is { } chosen)
        {
            return chosen;
        }

        var wishes = request.GetTypedHeaders().AcceptLanguage.Where(wish => wish.Quality is not 0);
        return wishes.OrderByDescending(wish => wish.Quality ?? 1).Select(wish => Find(wish.Value.Value)).FirstOrDefault(found => found is not null)
            ?? Default;
    }

    private static string Primary(string tag) => tag.Split('-')[0];
}
