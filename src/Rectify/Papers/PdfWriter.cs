using System.Globalization;
using System.Security;
using System.Text;

namespace Rectify.Papers;

/// <summary>What came out of printing: how many pages, and on which page each heading stands, counted from 1.</summary>
public sealed record PrintedPaper(int Pages, IReadOnlyList<int> HeadingPages);

/// <summary>Writes a paper as PDF: fonts embedded, text that can be searched and copied, bookmarks, tags.</summary>
/// <remarks>
/// Follows PDF/A-2b (ISO 19005-2) and tags headings, paragraphs and tables. Equal papers give equal bytes on one computer. No
/// personal name goes into the properties; they name the fonts. Chinese, Latin and Cyrillic; scripts that need shaping (Uyghur)
/// are not set right.
/// </remarks>
public static class PdfWriter
{
    /// <summary>Writes the PDF; the stream need not seek, is written synchronously and is left open.</summary>
    /// <param name="progress">Percent done, 0 to 100.</param>
    /// <exception cref="Rectify.Platform.Refusal">409 <c>papers.no-font</c>: no Chinese font is installed.</exception>
    public static PrintedPaper Write(Paper paper, Stream to, IProgress<int>? progress = null, CancellationToken ct = default) =>
        Write(paper, to, FaceShelf.OfThisComputer, progress, ct);

    internal static PrintedPaper Write(Paper paper, Stream to, FaceShelf shelf, IProgress<int>? progress, CancellationToken ct) =>
        Write(paper, to, shelf, paper.CountsPages ? Write(paper, Stream.Null, shelf, 0, null, ct).Pages : 0, progress, ct); // set twice: the first page names the last

    private static PrintedPaper Write(Paper paper, Stream to, FaceShelf shelf, int total, IProgress<int>? progress, CancellationToken ct)
    {
        using var file = new PdfFile(to);
        var fonts = new PdfFonts(file);
        var flow = new PageFlow(paper, file, fonts, shelf, total);
        var setter = new Typesetter(paper, flow, shelf, progress, ct);
        setter.Set();

        var tree = file.Reserve();
        for (var i = 0; i < flow.Pages.Count; i++)
        {
            flow.Pages[i].Write(tree, i, heading => (setter.Headings[heading].Page.Object, setter.Headings[heading].Top));
        }

        file.Write(tree, $"<</Type/Pages/Count {flow.Pages.Count}/Kids[{string.Join(' ', flow.Pages.Select(page => $"{page.Object} 0 R"))}]>>");
        fonts.Write();
        var tags = PdfTag.WriteTree(file, setter.Document, [.. flow.Pages.Select(page => page.Marks)]);
        var outline = Outline(file, paper.Form, setter);
        var colours = file.AddStream("/N 3", SrgbProfile.Bytes());
        var about = string.Join(", ", fonts.Families);
        var metadata = file.AddStream("/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes(Metadata(paper, about)), plain: true);
        var info = file.Add($"<</Title{PdfFile.Text(CleanText.Of(paper.Title))}/Subject{PdfFile.Text(about)}/Producer(Rectify)"
            + $"/CreationDate{PdfFile.Date(paper.Made)}/ModDate{PdfFile.Date(paper.Made)}>>");
        var catalog = file.Add($"<</Type/Catalog/Pages {tree} 0 R/Metadata {metadata} 0 R/Lang{PdfFile.Text(paper.Words.Language.Tag)}"
            + $"/MarkInfo<</Marked true>>/StructTreeRoot {tags} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
            + $"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile {colours} 0 R>>]"
            + (outline > 0 ? $"/Outlines {outline} 0 R/PageMode/UseOutlines" : "") + ">>");
        file.Finish(catalog, info);
        progress?.Report(100);
        return new PrintedPaper(flow.Pages.Count, [.. setter.Headings.Select(heading => heading.Number)]);
    }

    // A bookmark for each heading, nested by level; only the first level stands open.
    private static int Outline(PdfFile file, PaperForm form, Typesetter setter)
    {
        var count = setter.Headings.Count;
        if (count == 0)
        {
            return 0;
        }

        var root = file.Reserve();
        var items = setter.Headings.Select(heading => (heading.Heading.Level, Object: file.Reserve(), Kids: new List<int>())).ToArray();
        var (parents, top, open) = (new int[count], new List<int>(), new Stack<int>());
        for (var i = 0; i < count; i++)
        {
            while (open.TryPeek(out var above) && items[above].Level >= items[i].Level)
            {
                open.Pop();
            }

            parents[i] = open.TryPeek(out var parent) ? parent : -1;
            (parents[i] < 0 ? top : items[parents[i]].Kids).Add(i);
            open.Push(i);
        }

        for (var i = 0; i < count; i++)
        {
            var (kids, siblings) = (items[i].Kids, parents[i] < 0 ? top : items[parents[i]].Kids);
            var at = siblings.BinarySearch(i);
            var heading = setter.Headings[i];
            file.Write(items[i].Object, $"<</Title{PdfFile.Text(CleanText.Of(heading.Heading.Text).Replace('\n', ' '))}"
                + $"/Parent {(parents[i] < 0 ? root : items[parents[i]].Object)} 0 R"
                + (at > 0 ? $"/Prev {items[siblings[at - 1]].Object} 0 R" : "")
                + (at + 1 < siblings.Count ? $"/Next {items[siblings[at + 1]].Object} 0 R" : "")
                + (kids.Count > 0 ? $"/First {items[kids[0]].Object} 0 R/Last {items[kids[^1]].Object} 0 R/Count -{kids.Count}" : "")
                + $"/Dest[{heading.Page.Object} 0 R/XYZ 0 {PdfFile.Number(form.Height - heading.Top)} null]>>");
        }

        file.Write(root, $"<</Type/Outlines/First {items[top[0]].Object} 0 R/Last {items[top[^1]].Object} 0 R/Count {top.Count}>>");
        return root;
    }

    private static string Metadata(Paper paper, string about)
    {
        var made = paper.Made.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(CleanText.Of(paper.Title))}</rdf:li></rdf:Alt></dc:title>
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(about)}</rdf:li></rdf:Alt></dc:description>
            <pdf:Producer>Rectify</pdf:Producer>
            <xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
            <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """;
    }
}
