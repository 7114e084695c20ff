using System.Text;

namespace Rectify.Papers;

/// <summary>Text as a document can hold it.</summary>
internal static class CleanText
{
    /// <summary>
    /// Leaves out what XML 1.0 §2.2 forbids (control characters, lone surrogates, U+FFFE, U+FFFF) and makes every line end <c>\n</c>.
    /// </summary>
    public static string Of(string text)
    {
        var dirty = false;
        for (var i = 0; i < text.Length && !dirty; i++)
        {
            dirty = text[i] == '\r' || !Allowed(text, i);
        }

        if (!dirty)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                _ = i + 1 < text.Length && text[i + 1] == '\n' ? kept : kept.Append('\n');
            }
            else if (Allowed(text, i))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    /// <summary>The cleaned text, line by line.</summary>
    public static string[] Lines(string text) => Of(text).Split('\n');

    private static bool Allowed(string text, int i) => text[i] switch
    {
        '\t' or '\n' => true,
        < ' ' or '\uFFFE' or '\uFFFF' => false,
        var c when char.IsHighSurrogate(c) => i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]),
        var c when char.IsLowSurrogate(c) => i > 0 && char.IsHighSurrogate(text[i - 1]),
        _ => true,
    };
}
