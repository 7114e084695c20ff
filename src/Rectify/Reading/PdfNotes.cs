using System.Globalization;

namespace Rectify.Reading;

/// <summary>Takes out footnotes, which stand in smaller print at the foot of a page, and the small raised figures that refer to them.</summary>
internal static class PdfNotes
{
    private const double Smaller = 0.9; // of the size of the running text

    /// <summary>Removes the notes of all pages, and says how many there were.</summary>
    public static void Remove(List<PdfPage> pages, Draft draft)
    {
        var sizes = pages.SelectMany(page => page.Lines).GroupBy(line => Math.Round(line.Size * 2) / 2).ToList();
        if (sizes.Count < 2)
        {
            return;
        }

        var usual = sizes.MaxBy(same => same.Sum(line => line.Text.Length))!.Key;
        var notes = 0;
        foreach (var page in pages)
        {
            var from = page.Lines.Count;
            while (from > 0 && page.Lines[from - 1] is var line && line.Size < usual * Smaller)
            {
                from--;
            }

            // Small print is a note from the first line on that has a figure in front.
            var first = page.Lines.FindIndex(from, line => IsNumbered(line.Text));
            if (first >= from && first > 0 && page.Tables.TrueForAll(table => table.Bottom > page.Lines[first].Base))
            {
                notes += page.Lines.Skip(first).Count(line => IsNumbered(line.Text));
                page.Lines.RemoveRange(first, page.Lines.Count - first);
            }
        }

        if (notes > 0)
        {
            draft.Note("reading.footnotes-skipped", notes.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether a glyph is a small raised figure behind a Chinese word: the mark of a note, and not the 3 of m³.</summary>
    public static bool IsMark(PdfGlyph glyph, PdfGlyph before, double usual) =>
        glyph.Size < usual * 0.8 && glyph.Base > before.Base + (usual * 0.15) && IsFigure(glyph.Text) && !char.IsAsciiLetter(before.Text[^1]);

    private static bool IsFigure(string text) => text.All(c => char.IsAsciiDigit(c) || c is '[' or ']' or '*' or '①' or '②' or '③' or '④' or '⑤' or '⑥' or '⑦' or '⑧' or '⑨');

    // 1 指…, [2] 数据…, ①…, 注1：…, but no 2019年… and no 1.5万.
    private static bool IsNumbered(string text)
    {
        var words = text.AsSpan().TrimStart();
        if (words.StartsWith("注"))
        {
            return words.Length > 1 && (words[1] is '：' or ':' || char.IsAsciiDigit(words[1]));
        }

        if (words.Length > 2 && words[0] is '*' or (>= '①' and <= '⑳'))
        {
            return true;
        }

        var open = words.Length > 0 && words[0] is '[' or '〔' or '［';
        words = open ? words[1..] : words;
        var figures = 0;
        while (figures < words.Length && char.IsAsciiDigit(words[figures]))
        {
            figures++;
        }

        return figures is 1 or 2 && words.Length > figures + 2 && (open || words[figures] is ' ' || (Han.IsWide(words[figures]) && words[figures] is not ('、' or '．' or '）' or '年' or '月')));
    }
}
