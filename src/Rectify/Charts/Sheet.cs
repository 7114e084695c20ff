namespace Rectify.Charts;

/// <summary>What a chart is drawn on.</summary>
/// <param name="Width">In units; a point on paper, a pixel elsewhere.</param>
/// <param name="Height"><see langword="null"/> for as long as it gets.</param>
/// <param name="Em">The size of usual text; all distances follow from it.</param>
internal sealed record Sheet(float Width, float? Height, float Em)
{
    /// <summary>Without title, legend's head and foot: a page stands around it.</summary>
    public bool Bare { get; init; }

    /// <summary>Around everything.</summary>
    public float Margin { get; init; } = Em * 2.4f;

    /// <summary>No word is smaller; 0 for no limit.</summary>
    public float Least { get; init; }

    /// <summary>Whether what fills a part of it alone is drawn larger: paper is looked at from wherever people stand.</summary>
    public bool Grows { get; init; }

    public float Left => Margin;

    public float Right => Width - Margin;

    /// <summary>Inline on a page: the width of a work page, at its text size.</summary>
    public static Sheet Page { get; } = new(1280, null, 12.5f) { Bare = true, Margin = 1 };

    /// <summary>Inline on the page of a phone: what stands side by side elsewhere stands one below the other.</summary>
    public static Sheet Phone { get; } = new(324, null, 12.5f) { Bare = true, Margin = 1 };

    /// <summary>ISO 216, landscape, in points.</summary>
    public static Sheet A3 { get; } = new(1190.55f, 841.89f, 8.5f) { Grows = true };

    /// <summary>Twice the text of A3, and twice the room for it.</summary>
    public static Sheet A0 { get; } = new(3370.39f, 2383.94f, 17f) { Grows = true };

    /// <summary>What a browser prints of a page: A4 landscape within its margins, less a line of its own above and below.</summary>
    public static Sheet A4 { get; } = new(762, 460, 7.5f) { Grows = true, Margin = 3 };

    /// <summary>A part of a screen: usual text has 24 of 1080 parts of a whole one, so that it is read at five metres.</summary>
    public static Sheet Box(int width, int height) => Read(new(width, height, Math.Min(height * 24f / 1080, width * 24f / 1200)));

    /// <summary>A part of a screen with text of a given size: whoever shows it there has margins of its own.</summary>
    public static Sheet Box(int width, int height, int text) => Read(new(width, height, text) { Margin = text * 0.3f });

    // At five metres small words cannot be read, whatever they are.
    private static Sheet Read(Sheet sheet) => sheet with { Least = sheet.Em * 0.96f };
}
