namespace Rectify.Papers;

/// <summary>A line of a text: characters from <paramref name="Start"/> up to <paramref name="End"/>, spaces at its end among them.</summary>
internal readonly record struct LineSpan(int Start, int End);

/// <summary>Breaks text into lines by the rules of Chinese typesetting.</summary>
/// <remarks>
/// A closing mark does not begin a line and an opening one does not end it; Latin words and numbers stay whole; dashes and dots
/// of two characters stay together. Only when a line offers no such place is a word broken, and only when there is nothing but
/// marks is a mark left alone. Source: W3C, Requirements for Chinese Text Layout, §3.1.6 (prohibition rules for line start and end).
/// </remarks>
internal static class LineBreaker
{
    private const string NotFirst = "、，。．；：！？）》〉】〕」』〗”’…～·％‰℃々〃,.;:!?)]}%";
    private const string NotLast = "（《〈【〔「『〖“‘￥([{";
    private const string HalfBlank = "、，。．；：）》〉】〕」』〗";

    public static bool MayBegin(int rune) => rune > char.MaxValue || !NotFirst.Contains((char)rune);

    public static bool MayEnd(int rune) => rune > char.MaxValue || !NotLast.Contains((char)rune);

    /// <summary>What of a closing mark at a line's end may stand out: its right half, which is blank.</summary>
    public static float Overhang(int rune, float width) => rune <= char.MaxValue && HalfBlank.Contains((char)rune) ? width / 2 : 0;

    /// <param name="runes">The text without line ends.</param>
    /// <param name="widths">The width of each.</param>
    /// <param name="first">Room in the first line.</param>
    /// <param name="rest">Room in the others.</param>
    /// <returns>Lines that join to the whole text; one empty line for an empty text.</returns>
    public static List<LineSpan> Break(ReadOnlySpan<int> runes, ReadOnlySpan<float> widths, float first, float rest)
    {
        var lines = new List<LineSpan>();
        var (start, place, width) = (0, 0, 0f);
        for (var i = 0; i < runes.Length; i++)
        {
            if (i > start && MayBreak(runes, i))
            {
                place = i;
            }

            width += widths[i];
            var room = (lines.Count == 0 ? first : rest) + 0.01f;
            if (i > start && !IsSpace(runes[i]) && width - Overhang(runes[i], widths[i]) > room)
            {
                var end = place > start ? place : Forced(runes, start, i);
                lines.Add(new LineSpan(start, end));
                (start, place, width) = (end, end, 0);
                i = end - 1;
            }
        }

        lines.Add(new LineSpan(start, runes.Length));
        return lines;
    }

    private static bool MayBreak(ReadOnlySpan<int> runes, int at)
    {
        var (before, after) = (runes[at - 1], runes[at]);
        return !IsSpace(after)
            && MayBegin(after)
            && MayEnd(LastInk(runes, at))
            && !(before == after && before is '—' or '…')
            && !(IsWord(before) && IsWord(after))
            && !(IsWord(before) && after == '—')
            && !(before == '—' && IsWord(after));
    }

    private static int LastInk(ReadOnlySpan<int> runes, int at)
    {
        var i = at - 1;
        while (i > 0 && IsSpace(runes[i]))
        {
            i--;
        }

        return runes[i];
    }

    // The last place at which at least no mark stands wrongly; else where the room ends.
    private static int Forced(ReadOnlySpan<int> runes, int start, int end)
    {
        for (var i = end; i > start; i--)
        {
            if (MayBegin(runes[i]) && MayEnd(runes[i - 1]) && !IsSpace(runes[i]))
            {
                return i;
            }
        }

        return end;
    }

    private static bool IsWord(int rune) => rune < 0x2000 && rune != '·' && !IsSpace(rune);

    public static bool IsSpace(int rune) => rune is ' ' or '\t' or '\u00A0' or '\u3000';
}
