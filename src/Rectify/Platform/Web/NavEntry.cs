namespace Rectify.Platform.Web;

/// <summary>Where in the frame a link stands.</summary>
public enum NavPlace
{
    /// <summary>The white bar: 总览 清单 …</summary>
    Main,

    /// <summary>The menu under the reader's name.</summary>
    Person,

    /// <summary>The search field's address, asked with <c>q</c>. The first one counts.</summary>
    Search,

    /// <summary>待办. The first one counts.</summary>
    Todo,

    /// <summary>The footer; open to everyone.</summary>
    Foot,
}

/// <summary>One link of the frame, registered by the room that has the page.</summary>
/// <param name="Key">Its word is the text under <c>nav.</c> and this key; <c>data-nav</c> in the markup, for the keyboard.</param>
/// <param name="Href">A path; <c>{programme}</c> becomes the programme's key, and outside programmes the link is absent.</param>
/// <param name="Order">Smaller stands first.</param>
/// <param name="Also">Beginnings of further addresses that belong under the link.</param>
public sealed record NavEntry(NavPlace Place, string Key, string Href, int Order, IReadOnlyList<string> Also)
{
    /// <summary>The link on this page, or <see langword="null"/> where it leads nowhere.</summary>
    public string? HrefIn(PageFrame frame) => frame.Absent.Contains(Key) ? null : Filled(Href, frame);

    /// <summary>The beginnings of addresses that belong under the link on this page.</summary>
    public IEnumerable<string> BeginningsIn(PageFrame frame) => Also.Prepend(Href).Select(path => Filled(path, frame)).OfType<string>();

    private static string? Filled(string path, PageFrame frame) =>
        !path.Contains("{programme}", StringComparison.Ordinal) ? path
        : frame.Programme is { } programme ? path.Replace("{programme}", Uri.EscapeDataString(programme.Key), StringComparison.Ordinal)
        : null;
}

internal static class NavEntries
{
    /// <summary>Shows a link to a page that exists. The text <c>nav.</c>key must stand in the resources.</summary>
    public static void AddNav(this IServiceCollection services, NavPlace place, string key, string href, int order, params string[] also) =>
        services.AddSingleton(new NavEntry(place, key, href, order, also));

    public static IEnumerable<NavEntry> At(this IEnumerable<NavEntry> entries, NavPlace place) =>
        entries.Where(entry => entry.Place == place).OrderBy(entry => entry.Order);
}
