using System.IO.Compression;
using System.Security;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Papers;

/// <summary>Writes a paper as a Word document.</summary>
/// <remarks>Equal papers give equal bytes. No personal name goes into the file's properties.</remarks>
public static class DocxWriter
{
    /// <summary>Writes the document; the stream need not seek and is left open.</summary>
    /// <param name="pages">
    /// The page of each heading in order, for the table of contents as first shown; Word counts anew when it opens the file. From
    /// the PDF, or none.
    /// </param>
    public static void Write(Paper paper, Stream to, IReadOnlyList<int>? pages = null)
    {
        using var draft = new MemoryStream();
        using (var document = WordprocessingDocument.Create(draft, WordprocessingDocumentType.Document))
        {
            Fill(document, paper, pages ?? []);
        }

        draft.Position = 0;
        Repack(draft, to, paper.Made);
    }

    private static void Fill(WordprocessingDocument document, Paper paper, IReadOnlyList<int> pages)
    {
        var main = document.AddMainDocumentPart();
        document.ChangeIdOfPart(main, "rIdDocument");
        main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = DocxStyles.Of(paper);
        main.AddNewPart<FontTablePart>("rIdFonts").Fonts = DocxStyles.FontTable();
        main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = DocxStyles.Settings(paper);
        main.AddNewPart<FooterPart>("rIdFooter").Footer = DocxHead.PageNumber(paper, even: false);
        if (paper.Kind == PaperKind.Official)
        {
            main.AddNewPart<FooterPart>("rIdFooterEven").Footer = DocxHead.PageNumber(paper, even: true);
        }

        if (paper.HeaderLine is not null)
        {
            main.AddNewPart<HeaderPart>("rIdHeader").Header = DocxHead.HeaderLine(paper);
        }

        var headings = paper.Body.OfType<PaperHeading>().ToList();
        var body = new Body(DocxHead.Top(paper));
        var heading = 0;
        foreach (var block in paper.Body)
        {
            body.Append(Block(block, paper, headings, pages, ref heading));
        }

        if (paper.Body is [.., PaperParagraph] && DocxHead.HasFoot(paper) && body.LastChild is Paragraph { ParagraphProperties: { } last })
        {
            last.KeepNext = new KeepNext(); // no page has the signature and nothing of the text (此页无正文)
        }

        body.Append(paper.Code is { } code
            ? DocxCode.Of(code, paper, main)
            : [.. DocxHead.Signature(paper, paper.Form.TypeWidth), .. DocxHead.Dated(paper, alone: paper.Signature is not { Length: > 0 })]);
        body.Append(DocxColophon.Of(paper));
        body.Append(DocxHead.Section(paper));
        main.Document = new Document(body);

        var properties = document.AddNewPart<CoreFilePropertiesPart>("rIdProperties");
        using var xml = new StreamWriter(properties.GetStream(FileMode.Create, FileAccess.Write));
        xml.Write($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{SecurityElement.Escape(CleanText.Of(paper.Title))}</dc:title><dc:language>{SecurityElement.Escape(paper.Words.Language.Tag)}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{paper.Made.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{paper.Made.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</dcterms:modified></cp:coreProperties>
            """);
    }

    private static List<OpenXmlElement> Block(
        PaperBlock block, Paper paper, IReadOnlyList<PaperHeading> headings, IReadOnlyList<int> pages, ref int heading)
    {
        switch (block)
        {
            case PaperHeading head:
                heading++;
                return [Heading(head, heading)];
            case PaperParagraph paragraph:
                return [Paragraph(paragraph)];
            case KeyValueTable table:
                // Two tables without a paragraph between them would become one.
                return [DocxTables.Of(table, paper.Form.TypeWidth), new Paragraph()];
            case DataTable table:
                return
                [
                    .. table.Caption is { } caption ? [DocxHead.Styled("Caption", caption)] : Array.Empty<OpenXmlElement>(),
                    DocxTables.Of(table, paper.Form.TypeWidth), new Paragraph(),
                ];
            case PaperPageBreak:
                return [new Paragraph(new Run(new Break { Type = BreakValues.Page }))];
            case PaperContents contents:
                return Contents(contents, paper, headings, pages);
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "No such block.");
        }
    }

    private static Paragraph Heading(PaperHeading head, int number) => new(
        new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = $"Heading{Math.Clamp(head.Level, 1, 4)}" } },
        new BookmarkStart { Id = DocxHead.Number(number), Name = Bookmark(number) },
        Run(head.Text),
        new BookmarkEnd { Id = DocxHead.Number(number) });

    private static Paragraph Paragraph(PaperParagraph paragraph)
    {
        var properties = new ParagraphProperties();
        if (paragraph.Align == PaperAlign.Text)
        {
            properties.ParagraphStyleId = new ParagraphStyleId { Val = "Body" };
        }
        else
        {
            properties.Justification = new Justification
            {
                Val = paragraph.Align switch
                {
                    PaperAlign.Centre => JustificationValues.Center,
                    PaperAlign.Right => JustificationValues.Right,
                    _ => JustificationValues.Left,
                },
            };
        }

        return new Paragraph(new OpenXmlElement[] { properties }.Concat(paragraph.Runs.Select(run => Run(run.Text, run.Bold))));
    }

    private static List<OpenXmlElement> Contents(
        PaperContents contents, Paper paper, IReadOnlyList<PaperHeading> headings, IReadOnlyList<int> pages)
    {
        var depth = Math.Clamp(contents.Depth, 1, 4);
        List<OpenXmlElement> written = [DocxHead.Styled("TOCHeading", paper.Words["papers.contents"])];
        var entries = headings.Select((head, i) => (head, Number: i + 1)).Where(entry => entry.head.Level <= depth).ToList();
        foreach (var (head, number) in entries)
        {
            var link = new Hyperlink(
            [
                Run(CleanText.Of(head.Text).Replace('\n', ' ')), new Run(new TabChar()),
                .. DocxHead.Field($"PAGEREF {Bookmark(number)} \\h", number <= pages.Count ? DocxHead.Number(pages[number - 1]) : ""),
            ])
            { Anchor = Bookmark(number), History = true };
            written.Add(new Paragraph(
                new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = $"TOC{Math.Clamp(head.Level, 1, 4)}" } }, link));
        }

        if (entries.Count > 0)
        {
            // Dirty: Word fills in the page numbers when it opens the paper.
            var field = DocxHead.Field($"TOC \\o \"1-{depth}\" \\h \\z \\u", "", dirty: true).ToList();
            written[1].InsertAfter(field[0], written[1].FirstChild);
            written[1].InsertAfter(field[1], field[0]);
            written[1].InsertAfter(field[2], field[1]);
            written[^1].Append(field[4]);
        }

        return written;
    }

    /// <summary>A run of text; line ends become line breaks.</summary>
    internal static Run Run(string text, bool bold = false)
    {
        var run = new Run();
        if (bold)
        {
            run.RunProperties = new RunProperties { Bold = new Bold() };
        }

        foreach (var (line, i) in CleanText.Lines(text).Select((line, i) => (line, i)))
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    private static string Bookmark(int heading) => $"_Toc{heading:D6}";

    // The packaging library stamps parts with the clock; equal papers must give equal bytes.
    private static void Repack(Stream draft, Stream to, DateTimeOffset made)
    {
        using var from = new ZipArchive(draft, ZipArchiveMode.Read);
        using var held = new MemoryStream();
        using (var zip = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries.OrderBy(part => part.FullName, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(part.FullName, CompressionLevel.Optimal);
                entry.LastWriteTime = made.UtcDateTime.Year is >= 1980 and < 2107 ? made.ToUniversalTime() : new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var source = part.Open();
                using var target = entry.Open();
                source.CopyTo(target);
            }
        }

        held.WriteTo(to);
    }
}
