using System.Globalization;
using System.Text;
using Rectify.Papers;

namespace Rectify.Charts;

/// <summary>Drawings as the pages of a PDF: lines stay lines, words can be searched and copied, rows are links.</summary>
/// <remarks>Source: ISO 32000-1 §8 (graphics), §9 (text), §12.5.6.5 and §12.6.4.7 (links). One unit of a drawing is one point.</remarks>
internal static class SheetPdf
{
    /// <param name="site">Where links lead, as <c>https://example.org</c>.</param>
    /// <exception cref="Rectify.Platform.Refusal">409 <c>papers.no-font</c>: no Chinese font is installed.</exception>
    public static void Write(IReadOnlyList<Drawing> sheets, Theme theme, string language, string site, DateTimeOffset made, Stream to)
    {
        using var file = new PdfFile(to);
        var fonts = new PdfFonts(file);
        var (tree, pages) = (file.Reserve(), new List<int>());
        List<(int Page, string Content)> drawn = [.. sheets.Select(sheet => (file.Reserve(), Content(sheet, theme, fonts)))];
        foreach (var (sheet, (page, content)) in sheets.Zip(drawn))
        {
            var stream = file.AddStream("", Encoding.Latin1.GetBytes(content));
            var links = string.Concat(sheet.Groups.Where(group => group.Href is not null).Select(group => Link(group, sheet, site)));
            file.Write(page, $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {N(sheet.Width)} {N(sheet.Height)}]/Resources<</Font<<{fonts.Resources}>>>>/Contents {stream} 0 R"
                + (links.Length > 0 ? $"/Annots[{links}]" : "") + ">>");
            pages.Add(page);
        }

        file.Write(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page} 0 R"))}]>>");
        fonts.Write();
        var info = file.Add($"<</Title{PdfFile.Text(CleanText.Of(sheets[0].Title))}/Subject{PdfFile.Text(CleanText.Of(sheets[0].Says))}/Producer(Rectify)/CreationDate{PdfFile.Date(made)}>>");
        file.Finish(file.Add($"<</Type/Catalog/Pages {tree} 0 R/Lang{PdfFile.Text(language)}/ViewerPreferences<</DisplayDocTitle true>>>>"), info);
    }

    private static string Content(Drawing sheet, Theme theme, PdfFonts fonts)
    {
        var content = new StringBuilder();
        content.Append(Colour(theme, Ink.Paper)).Append(" rg ").AppendLine(CultureInfo.InvariantCulture, $"0 0 {N(sheet.Width)} {N(sheet.Height)} re f");
        content.Append("1 J 1 j\n");
        foreach (var mark in sheet.Marks)
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

        return content.ToString();
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
        return $"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{N(left)} {N(sheet.Height - bottom)} {N(right)} {N(sheet.Height - top)}]/A<</S/URI/URI({address})>>>>";
    }

    private static string Colour(Theme theme, Ink ink)
    {
        var (red, green, blue) = theme.Rgb(ink);
        return $"{N(red / 255f)} {N(green / 255f)} {N(blue / 255f)}";
    }

    private static string N(float value) => PdfFile.Number(value);
}
