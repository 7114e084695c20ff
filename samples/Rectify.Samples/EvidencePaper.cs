using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using SkiaSharp;

namespace Rectify.Samples;

/// <summary>Short documents that serve as evidence: a head, a number, a title, paragraphs, who issued it and when.</summary>
internal sealed record EvidencePaper(string Issuer, string Number, string Title, IReadOnlyList<string> Paragraphs, DateOnly On)
{
    // A4 with the margins of official documents, in points. Source: GB/T 9704—2012 §5.
    private const float Width = 595.3f, Height = 841.9f, Left = 79.4f, Right = 73.7f, Top = 104.9f, Size = 16f, Line = 28.95f;

    /// <summary>Dots to the inch of a scan.</summary>
    private const int Dots = 120;

    // Above 100 pictures are kept as they are.
    private const int Lossless = 101;

    private string Day => string.Create(CultureInfo.InvariantCulture, $"{On.Year}年{On.Month}月{On.Day}日");

    public byte[] ToDocx()
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = word.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rId1");
            main.Document = new Document(new Body(
            [
                Word.Paragraph(WordStyles.Title, Title),
                .. Number.Length > 0 ? [Word.Paragraph(WordStyles.Note, Number)] : Array.Empty<Paragraph>(),
                .. Paragraphs.Select(text => Word.Paragraph(WordStyles.Text, text)),
                Word.Paragraph(WordStyles.Signature, Issuer),
                Word.Paragraph(WordStyles.Signature, Day),
            ]));
            main.AddNewPart<StyleDefinitionsPart>("rId1").Styles = WordStyles.Styles();
            PackageParts.AddProperties(word, Title, Issuer, On, "Rectify.Samples");
        }

        return StillZip.Repack(stream);
    }

    /// <summary>A PDF whose text can be searched.</summary>
    public byte[] ToPdf() => Pdf(Draw);

    /// <summary>A PDF as a scanner in an office makes it: a picture of the page, black on white.</summary>
    public byte[] ToScan() => Pdf(canvas =>
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(Width * Dots / 72), (int)(Height * Dots / 72), SKColorType.Gray8, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Dots / 72f);
        Draw(surface.Canvas);
        using var page = surface.Snapshot();
        canvas.DrawImage(page, new SKRect(0, 0, Width, Height), new SKSamplingOptions(SKFilterMode.Nearest));
    });

    private byte[] Pdf(Action<SKCanvas> draw)
    {
        var made = On.ToDateTime(new(1, 0), DateTimeKind.Utc);
        using var stream = new MemoryStream();
        using (var pdf = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = Title, Author = Issuer, Creation = made, Modified = made, RasterDpi = 72, EncodingQuality = Lossless }))
        {
            draw(pdf.BeginPage(Width, Height));
            pdf.EndPage();
            pdf.Close();
        }

        return stream.ToArray();
    }

    private void Draw(SKCanvas canvas)
    {
        using var text = new SKFont(Faces.Paper, Size) { Edging = SKFontEdging.Alias };
        using var head = new SKFont(Faces.Paper, 22) { Edging = SKFontEdging.Alias };
        using var ink = new SKPaint { Color = SKColors.Black };
        var y = Top;
        void Centre(string line, SKFont font) => canvas.DrawText(line, Width / 2, y, SKTextAlign.Center, font, ink);
        foreach (var line in Lines(Title, head, Width - Left - Right))
        {
            Centre(line, head);
            y += 34;
        }

        Centre(Number, text);
        y += Line * 2;
        foreach (var line in Paragraphs.SelectMany(paragraph => Lines("　　" + paragraph, text, Width - Left - Right)))
        {
            canvas.DrawText(line, Left, y, SKTextAlign.Left, text, ink);
            y += Line;
        }

        y += Line;
        canvas.DrawText(Issuer, Width - Right, y, SKTextAlign.Right, text, ink);
        canvas.DrawText(Day, Width - Right, y + Line, SKTextAlign.Right, text, ink);
    }

    // A line never begins with a mark that ends something.
    private static IEnumerable<string> Lines(string paragraph, SKFont font, float width)
    {
        for (var from = 0; from < paragraph.Length;)
        {
            var length = 1;
            while (from + length < paragraph.Length && font.MeasureText(paragraph.AsSpan(from, length + 1)) <= width)
            {
                length++;
            }

            if (from + length < paragraph.Length && "，。；：、）”".Contains(paragraph[from + length], StringComparison.Ordinal))
            {
                length--;
            }

            yield return paragraph.Substring(from, length);
            from += length;
        }
    }
}
