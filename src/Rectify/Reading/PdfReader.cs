using Rectify.Platform;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;

namespace Rectify.Reading;

/// <summary>Reads the text layer of a PDF: lines, tables and paragraphs are found again from where the glyphs stand.</summary>
internal static class PdfReader
{
    private const int StackBytes = 16 << 20;

    public static SourceDocument Read(byte[] bytes, Draft draft)
    {
        // Damage can send the library into very long loops that look at no token, so it works on a thread of its own.
        var filters = new PdfFilters(draft);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(draft.Ct);
        SourceDocument? document = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    document = Within(bytes, draft, filters, stop.Token);
                }
                catch (Exception caught)
                {
                    failure = caught;
                }
            },
            StackBytes)
        { IsBackground = true };
        thread.Start();
        var left = draft.Limits.PdfTime;
        var step = TimeSpan.FromMilliseconds(50);
        while (!thread.Join(step))
        {
            left -= step;
            if (left <= TimeSpan.Zero || draft.Ct.IsCancellationRequested)
            {
                stop.Cancel();
                draft.Ct.ThrowIfCancellationRequested();
                throw draft.No("reading.too-slow");
            }
        }

        if (filters.Exceeded)
        {
            throw draft.No("reading.bomb");
        }

        return document ?? throw failure switch
        {
            PdfDocumentEncryptedException => draft.No("reading.encrypted"),
            Refusal or OperationCanceledException => failure,
            _ => draft.No("reading.corrupt"),
        };
    }

    private static SourceDocument Within(byte[] bytes, Draft draft, PdfFilters filters, CancellationToken ct)
    {
        using var pdf = PdfDocument.Open(bytes, new ParsingOptions
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            FilterProvider = filters,
        });
        if (pdf.NumberOfPages > draft.Limits.Pages)
        {
            throw draft.TooLarge("pages", draft.Limits.Pages);
        }

        var pages = new List<PdfPage>();
        List<int> without = [];
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            ct.ThrowIfCancellationRequested();
            var page = pdf.GetPage(number);
            var glyphs = Glyphs(page);
            if (glyphs.Count > 0)
            {
                pages.Add(PdfPage.From(number, page.Width, page.Height, glyphs, PdfGrids.Find(page, draft)));
            }
            else if (page.NumberOfImages > 0)
            {
                without.Add(number);
            }
        }

        if (pages.Count == 0)
        {
            throw draft.No("reading.no-text");
        }

        if (without.Count > 0)
        {
            draft.Note("reading.pages-without-text", string.Join('、', without));
        }

        PdfMargins.Remove(pages, draft);
        PdfNotes.Remove(pages, draft);
        return draft.Finish(SourceFormat.Pdf, PdfFlow.Blocks(pages, draft));
    }

    private static List<PdfGlyph> Glyphs(Page page)
    {
        var upright = page.Letters.Where(letter => letter.TextOrientation is TextOrientation.Horizontal).ToList();
        var seen = new HashSet<(string, int, int)>();
        var glyphs = new List<PdfGlyph>(upright.Count);
        foreach (var letter in upright)
        {
            var (from, to) = (letter.StartBaseLine, letter.EndBaseLine);
            var text = Draft.Tidy(letter.Value ?? "");
            var usable = double.IsFinite(from.X) && double.IsFinite(from.Y) && double.IsFinite(to.X) && letter.PointSize is > 0.5 and < 1000
                && Math.Abs(from.X) < 1e6 && Math.Abs(from.Y) < 1e6;

            // Some programs print a glyph twice, a hair apart, to make it bold.
            if (text.Length > 0 && usable && seen.Add((text, (int)Math.Round(from.X / 1.5), (int)Math.Round(from.Y / 1.5))))
            {
                glyphs.Add(new(text, from.X, Math.Max(to.X, from.X), from.Y, letter.PointSize));
            }
        }

        return glyphs;
    }
}
