using System.Globalization;
using System.Text;
using Rectify.Papers;

namespace Rectify.Charts;

/// <summary>Drawings as the pages of a PDF: lines stay lines, words can be searched and copied, rows are links.</summary>
/// <remarks>
/// Tagged, for readers that speak: each sheet is a section with its title as heading, a figure that says in words what the sheet shows, the words of its head, legend and foot, and each row or cell as a figure that says what it is.
/// Source: ISO 32000-1 §8 (graphics), §9 (text), §12.5.6.5 and §12.6.4.7 (links), §14.7 and §14.8 (structure). One unit of a drawing is one point.
/// </remarks>
internal static class SheetPdf
{
    /// <param name="site">Where links lead, as <c>https://example.org</c>.</param>
    /// <param name="title">Of the whole; that of the first sheet if not said.</param>
    /// <exception cref="Rectify.Platform.Refusal">409 <c>papers.no-font</c>: no Chinese font is installed.</exception>
    public static void Write(IReadOnlyList<Drawing> sheets, Theme theme, string language, string site, DateTimeOffset made, Stream to, string? title = null)
    {
        using var file = new PdfFile(to);
        var fonts = new PdfFonts(file);
        var (tree, pages) = (file.Reserve(), new List<int>());
        var document = new PdfTag("Document");
        List<Tagged> drawn = [.. sheets.Select(sheet => new Tagged(file.Reserve(), document.Add("Sect"), sheet))];
        foreach (var (sheet, tags) in sheets.Zip(drawn))
        {
            var (page, content) = (tags.Page, Content(sheet, theme, fonts, tags));
            var stream = file.AddStream("", Encoding.Latin1.GetBytes(content));
            var links = string.Concat(sheet.Groups.Where(group => group.Href is not null).Select(group => Link(group, sheet, site)));
            file.Write(page, $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {N(sheet.Width)} {N(sheet.Height)}]/Resources<</Font<<{fonts.Resources}>>>>/Contents {stream} 0 R/StructParents {pages.Count}/Tabs/S"
                + (links.Length > 0 ? $"/Annots[{links}]" : "") + ">>");
            pages.Add(page);
        }

        file.Write(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page} 0 R"))}]>>");
        fonts.Write();
        var structure = PdfTag.WriteTree(file, document, [.. drawn.Select(tags => tags.Marks)]);
        var info = file.Add($"<</Title{PdfFile.Text(CleanText.Of(title ?? sheets[0].Title))}/Subject{PdfFile.Text(CleanText.Of(sheets[0].Says))}/Producer(Rectify)/CreationDate{PdfFile.Date(made)}>>");
        file.Finish(file.Add($"<</Type/Catalog/Pages {tree} 0 R/Lang{PdfFile.Text(language)}/MarkInfo<</Marked true>>/StructTreeRoot {structure} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>"), info);
    }

    // The elements of one sheet, and which of its marks each holds.
    private sealed class Tagged
    {
        private readonly PdfTag section;
        private readonly PdfTag heading;
        private readonly PdfTag figure;
        private readonly Label? title;

        public Tagged(int page, PdfTag section, Drawing sheet)
        {
            (Page, this.section, title) = (page, section, sheet.Labels.MaxBy(label => label.Size));
            (heading, figure) = (section.Add("H1"), section.Add("Figure", $"{sheet.Title}\n{sheet.Says}"));
        }

        public int Page { get; }

        public List<PdfTag> Marks { get; } = [];

        /// <summary>A row or cell that says what it is.</summary>
        public PdfTag Row(string says) => section.Add("Figure", says);

        public PdfTag Of(Mark mark) => mark is not Label label ? figure : ReferenceEquals(label, title) ? heading : section.Add("P");

        public string Begin(PdfTag tag)
        {
            tag.Holds(Page, Marks.Count);
            Marks.Add(tag);
            return string.Create(CultureInfo.InvariantCulture, $"/Span<</MCID {Marks.Count - 1}>>BDC\n");
        }
    }

    private static string Content(Drawing sheet, Theme theme, PdfFonts fonts, Tagged tags)
    {
        var content = new StringBuilder();
        content.Append("/Artifact BMC\n");
        content.Append(Colour(theme, Ink.Paper)).Append(" rg ").AppendLine(CultureInfo.InvariantCulture, $"0 0 {N(sheet.Width)} {N(sheet.Height)} re f");
        content.Append("EMC\n1 J 1 j\n");
        foreach (var group in sheet.Groups)
        {
            var row = group.Title is { Length: > 0 } says ? tags.Row(says) : null;
            PdfTag? open = null;
            foreach (var mark in group.Marks)
            {
                var tag = row ?? tags.Of(mark);
                if (tag != open)
                {
                    content.Append(open is null ? "" : "EMC\n").Append(tags.Begin(tag));
                    open = tag;
                }

                Draw(content, mark, sheet, theme, fonts);
            }

            content.Append(open is null ? "" : "EMC\n");
        }

        return content.ToString();
    }

    private static void Draw(StringBuilder content, Mark mark, Drawing sheet, Theme theme, PdfFonts fonts)
    {
        switch (mark)
        {
            case Box box:
                Paint(content, theme, box.Fill, box.Edge, box.Thick, $"{N(box.X)} {N(sheet.Height - box.Y - box.Height)} {N(box.Width)} {N(box.Height)} re");
                break;
            case Disc disc:
                Paint(content, theme, disc.Fill, disc.Edge, disc.Thick, Circle(disc, sheet.Height));
                break;
            case Shape shape:
                Paint(content, theme, shape.Fill, shape.Edge, shape.Thick, Path(shape.Places, sheet.Height) + " h");
                break;
            case Stroke stroke:
                var (on, off) = SvgWriter.Dashes(stroke);
                content.Append(stroke.Dash is Dash.None ? "" : $"[{N(on)} {N(off)}] 0 d 0 J ");
                Paint(content, theme, Ink.None, stroke.Ink, stroke.Thick, Path(stroke.Places, sheet.Height));
                content.Append(stroke.Dash is Dash.None ? "" : "[] 0 d 1 J\n");
                break;
            case Label label:
                Words(content, theme, fonts, label, sheet.Height);
                break;
        }
    }

    private static void Words(StringBuilder content, Theme theme, PdfFonts fonts, Label label, float height)
    {
        var glyphs = SheetFaces.Of(label);
        var x = SheetFaces.Start(label, glyphs);
        for (var i = 0; i < glyphs.Length;)
        {
            var (face, thicken) = (glyphs[i].Face, glyphs[i].Thicken);
            content.Append(Colour(theme, label.Ink)).Append(" rg BT /").Append(fonts.Name(face)).Append(' ').Append(N(label.Size)).Append(" Tf ");
            content.Append(thicken ? $"{Colour(theme, label.Ink)} RG 2 Tr {N(label.Size / 30)} w " : "").Append(N(x)).Append(' ').Append(N(height - label.Y)).Append(" Td <");
            for (; i < glyphs.Length && glyphs[i].Face == face; i++)
            {
                content.Append(fonts.Use(glyphs[i]).ToString("X4", CultureInfo.InvariantCulture));
                x += glyphs[i].Width;
            }

            content.Append("> Tj ").Append(thicken ? "0 Tr " : "").Append("ET\n");
        }
    }

    private static void Paint(StringBuilder content, Theme theme, Ink fill, Ink edge, float thick, string path)
    {
        if (fill is not Ink.None)
        {
            content.Append(Colour(theme, fill)).Append(" rg ");
        }

        if (edge is not Ink.None)
        {
            content.Append(Colour(theme, edge)).Append(" RG ").Append(N(thick)).Append(" w ");
        }

        content.Append(path).Append(fill is Ink.None ? edge is Ink.None ? " n\n" : " S\n" : edge is Ink.None ? " f\n" : " B\n");
    }

    // Four curves come as near to a circle as anybody sees.
    private static string Circle(Disc disc, float height)
    {
        var (x, y, r) = (disc.X, height - disc.Y, disc.Radius);
        var k = r * 0.5523f;
        return $"{N(x + r)} {N(y)} m {N(x + r)} {N(y + k)} {N(x + k)} {N(y + r)} {N(x)} {N(y + r)} c {N(x - k)} {N(y + r)} {N(x - r)} {N(y + k)} {N(x - r)} {N(y)} c "
            + $"{N(x - r)} {N(y - k)} {N(x - k)} {N(y - r)} {N(x)} {N(y - r)} c {N(x + k)} {N(y - r)} {N(x + r)} {N(y - k)} {N(x + r)} {N(y)} c h";
    }

    private static string Path(IReadOnlyList<Place> places, float height) =>
        string.Join(' ', places.Select((place, i) => $"{N(place.X)} {N(height - place.Y)} {(i == 0 ? 'm' : 'l')}"));

    private static string Link(MarkGroup group, Drawing sheet, string site)
    {
        var labels = group.Marks.OfType<Label>().ToList();
        if (labels.Count == 0)
        {
            return "";
        }

        var left = labels.Min(label => SheetFaces.Start(label, SheetFaces.Of(label)));
        var right = labels.Max(label => SheetFaces.Of(label) is var glyphs ? SheetFaces.Start(label, glyphs) + glyphs.Sum(glyph => glyph.Width) : 0);
        var (top, bottom) = (labels.Min(label => label.Y - label.Size), labels.Max(label => label.Y + (label.Size * 0.3f)));
        var address = string.Concat((site + group.Href).Select(c => c is '(' or ')' or '\\' ? $"\\{c}" : c.ToString()));
        var says = group.Title is { Length: > 0 } title ? $"/Contents{PdfFile.Text(CleanText.Of(title))}" : "";
        return $"<</Type/Annot/Subtype/Link/F 4{says}/Border[0 0 0]/Rect[{N(left)} {N(sheet.Height - bottom)} {N(right)} {N(sheet.Height - top)}]/A<</S/URI/URI({address})>>>>";
    }

    private static string Colour(Theme theme, Ink ink)
    {
        var (red, green, blue) = theme.Rgb(ink);
        return $"{N(red / 255f)} {N(green / 255f)} {N(blue / 255f)}";
    }

    private static string N(float value) => PdfFile.Number(value);
}
