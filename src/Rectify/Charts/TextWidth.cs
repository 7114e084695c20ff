namespace Rectify.Charts;

/// <summary>How wide a text is, where it may be set in whatever face the reader has: estimated on the wide side.</summary>
internal static class TextWidth
{
    private const string Cut = "…";

    /// <summary>In ems: full-width characters one, others as the widest of the usual faces have them.</summary>
    public static float Of(string text, bool bold = false)
    {
        var width = 0f;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value switch
            {
                ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or 'i' or 'l' or 'j' or 'I' or '!' or '\u00A0' or '\u202F' => 0.31f,
                'm' or 'M' or 'W' or 'w' or '%' or '@' => 0.93f,
                >= 'A' and <= 'Z' => 0.7f,
                < 0x2000 => 0.58f,
                _ => 1f,
            };
        }

        return bold ? width * 1.03f : width;
    }

    public static float Of(string text, float size, bool bold = false) => Of(text, bold) * size;

    /// <summary>The text as far as it goes into a width, with a sign where it was cut.</summary>
    public static string Fit(string text, float width, float size, bool bold = false)
    {
        if (Of(text, size, bold) <= width)
        {
            return text;
        }

        var (end, taken) = (0, Of(Cut, size, bold));
        foreach (var rune in text.EnumerateRunes())
        {
            taken += Of(rune.ToString(), size, bold);
            if (taken > width)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return end == 0 ? "" : text[..end] + Cut;
    }
}
