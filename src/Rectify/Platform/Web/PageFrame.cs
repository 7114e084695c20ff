using System.Security.Claims;

namespace Rectify.Platform.Web;

/// <summary>What stands around a page: whose it is, which programme, which day. One for each request.</summary>
/// <remarks>
/// Filled before a page renders by each room's <see cref="IFillFrame"/>; a page that knows better (an item of another
/// programme) changes it and calls <see cref="Show"/>. A cascading value of every component.
/// </remarks>
public sealed class PageFrame
{
    /// <summary>The page's own path and query as the reader's browser shows them, beginning with a slash.</summary>
    public string Address { get; set; } = "/";

    /// <summary>Today by the region's legal time.</summary>
    public DateOnly Today { get; set; }

    /// <summary>The day whose state is shown: the query's <c>on</c>, or today.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>Whether the page shows what is now, whichever day is looked at: it offers no other day.</summary>
    public bool ShowsNow { get; set; }

    /// <summary>Whether the page offers acts: they count for today, so a page that shows another day offers none, and while none is taken no page does.</summary>
    public bool OffersActs => Halted is null && (ShowsNow || AsOf == Today);

    /// <summary>The programme looked at, or <see langword="null"/> outside all programmes.</summary>
    public FrameProgramme? Programme { get; set; }

    /// <summary>The programmes that the reader may open, in the order of the menu.</summary>
    public IReadOnlyList<FrameProgramme> Programmes { get; set; } = [];

    /// <summary><see langword="null"/> while nobody is signed in.</summary>
    public FrameReader? Reader { get; set; }

    /// <summary>Keys of links that this reader may not follow: they are left out.</summary>
    public HashSet<string> Absent { get; } = [];

    /// <summary>The key of the main link under which the page belongs, where its address does not say it.</summary>
    public string? Under { get; set; }

    /// <summary>How many things wait for the reader.</summary>
    public int Todo { get; set; }

    /// <summary>The number of the register's last entry, counted from 1.</summary>
    public long? Register { get; set; }

    /// <summary>The code of what stopped all that adds to the journal; <see langword="null"/> as long as nothing did.</summary>
    public string? Halted { get; set; }

    /// <summary>Adds the class <c>page-wide</c>: the page prints on A4 landscape.</summary>
    public bool Wide { get; set; }

    /// <summary>Raised by <see cref="Show"/>.</summary>
    public event Action? Changed;

    /// <summary>Draws the frame again after a page changed it.</summary>
    public void Show() => Changed?.Invoke();

    /// <summary>An address of this site that keeps the day looked at, if that is not today.</summary>
    public string At(string href) =>
        AsOf == Today ? href : $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}on={AsOf:yyyy-MM-dd}";
}

/// <summary>Marks pages of work that is under way, which show what is now whichever day is looked at.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsNowAttribute : Attribute;

/// <param name="Key">What <c>{programme}</c> becomes in a <see cref="NavEntry.Href"/>.</param>
/// <param name="Items">How many items it has, where that is known.</param>
public sealed record FrameProgramme(string Key, string Name, string Href, int? Items = null);

/// <param name="Name">As it is shown in the bar: 周敏.</param>
/// <param name="Unit">The unit for which the reader acts, or <see langword="null"/> without one.</param>
public sealed record FrameReader(string Name, string? Unit);

/// <summary>A room's part of the frame. Called in the order of registration, once for each page.</summary>
public interface IFillFrame
{
    ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct);
}
