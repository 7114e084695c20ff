using System.Globalization;
using System.Text.RegularExpressions;

namespace Rectify.Reading;

/// <summary>Takes out what stands on every page and belongs to none: headers, footers, page numbers.</summary>
internal static partial class PdfMargins
{
    private const double Zone = 0.12; // of the page's height, at its top and bottom

    public static void Remove(List<PdfPage> pages, Draft draft)
    {
        var repeated = (
            from page in pages
            from line in page.Lines
            where InZone(page, line)
            group page.Number by Key(page, line) into same
            where same.Distinct().Count() >= Math.Max(2, pages.Count * 0.4)
            select same.Key).ToHashSet();
        var removed = 0;
        foreach (var page in pages)
        {
            // A page may hold nothing else; then the line is its text.
            var kept = page.Lines.Where(line => !(InZone(page, line)
                && (PageNumber().IsMatch(line.Text) || repeated.Contains(Key(page, line))))).ToList();
            if (kept.Count > 0 || page.Tables.Count > 0 || pages.Count > 1)
            {
                removed += page.Lines.Count - kept.Count;
                page.Lines.Clear();
                page.Lines.AddRange(kept);
            }
        }

        if (removed > 0)
        {
            draft.Note("reading.page-marks-removed", removed.ToString(CultureInfo.InvariantCulture));
        }
    }

    // Odd and even pages mirror their footers, so only the height counts, and not the number.
    private static (string, int) Key(PdfPage page, PdfLine line) =>
        (Digits().Replace(line.Text, "#"), (int)Math.Round((line.Base < page.Height / 2 ? line.Base : page.Height - line.Base) / 6));

    private static bool InZone(PdfPage page, PdfLine line) =>
        line.Base < page.Height * Zone || line.Base > page.Height * (1 - Zone);

    [GeneratedRegex(@"^\s*(?:[-—–－―·]+\s*\d{1,4}\s*[-—–－―·]+|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4})\s*$")]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
