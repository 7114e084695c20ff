using System.Globalization;
using System.Text;

namespace Rectify.Papers;

/// <summary>A page being drawn. Places are points from its upper left corner.</summary>
internal sealed class PdfPage(PdfFile file, PdfFonts fonts, PaperForm form)
{
    private readonly StringBuilder content = new();
    private readonly List<(float X, float Y, float Width, float Height, int Heading)> links = [];
    private readonly List<PdfTag> marks = [];
    private int stream;

    /// <summary>The number of the page's object in the file.</summary>
    public int Object { get; } = file.Reserve();

    public IReadOnlyList<PdfTag> Marks => marks;

    /// <summary>What is drawn up to <see cref="End"/> belongs to an element, or is decoration.</summary>
    public void Begin(PdfTag? tag)
    {
        if (tag is null)
        {
            content.Append("/Artifact BMC\n");
            return;
        }

        content.Append(CultureInfo.InvariantCulture, $"/Span<</MCID {marks.Count}>>BDC\n");
        tag.Holds(Object, marks.Count);
        marks.Add(tag);
    }

    public void End() => content.Append("EMC\n");

    /// <summary>Sets glyphs in a row.</summary>
    /// <param name="extra">What is added after each glyph.</param>
    public void Text(ReadOnlySpan<Glyph> glyphs, ReadOnlySpan<float> extra, float size, float x, float baseline, bool red = false)
    {
        for (var i = 0; i < glyphs.Length;)
        {
            var (face, thicken) = (glyphs[i].Face, glyphs[i].Thicken);
            content.Append(red ? "1 0 0 rg " : "0 g ").Append("BT /").Append(fonts.Name(face)).Append(' ').Append(PdfFile.Number(size)).Append(" Tf ");
            content.Append(thicken ? $"2 Tr {PdfFile.Number(size / 30)} w " : "").Append("1 0 0 1 ").Append(PdfFile.Number(x)).Append(' ')
                .Append(PdfFile.Number(form.Height - baseline)).Append(" Tm [<");
            for (; i < glyphs.Length && glyphs[i].Face == face && glyphs[i].Thicken == thicken; i++)
            {
                content.Append(fonts.Use(glyphs[i]).ToString("X4", CultureInfo.InvariantCulture));
                var advance = glyphs[i].Width + extra[i];
                x += advance;

                // The difference to the font's own advance, in thousandths of the size, to the left.
                var shift = (face.Glyph(glyphs[i].Rune).Advance - (advance / size)) * 1000;
                if (MathF.Abs(shift) > 0.05f)
                {
                    content.Append('>').Append(PdfFile.Number(shift)).Append('<');
                }
            }

            content.Append(">] TJ ").Append(thicken ? "0 Tr " : "").Append("ET\n");
        }
    }

    public void Line(float x1, float y1, float x2, float y2, float thick, bool red = false) => content.Append(red ? "1 0 0 RG " : "0 G ")
        .AppendLine(CultureInfo.InvariantCulture, $"{PdfFile.Number(thick)} w {At(x1, y1)} m {At(x2, y2)} l S");

    public void Shade(float x, float y, float width, float height) => content.AppendLine(CultureInfo.InvariantCulture,
        $"0.95 g {At(x, y + height)} {PdfFile.Number(width)} {PdfFile.Number(height)} re f");

    /// <summary>Black rectangles, as one shape.</summary>
    /// <param name="unit">The length of one unit of them.</param>
    public void Fill(IReadOnlyList<(int X, int Y, int Width)> rectangles, float x, float y, float unit)
    {
        content.Append("0 g\n");
        foreach (var one in rectangles)
        {
            content.Append(CultureInfo.InvariantCulture, $"{At(x + (one.X * unit), y + ((one.Y + 1) * unit))} {PdfFile.Number(one.Width * unit)} {PdfFile.Number(unit)} re\n");
        }

        content.Append("f\n");
    }

    /// <summary>A click here leads to a heading.</summary>
    public void Link(float x, float y, float width, float height, int heading) => links.Add((x, y, width, height, heading));

    /// <summary>Whether page numbers of headings are still to be drawn.</summary>
    public bool IsAwaited => links.Count > 0;

    /// <summary>Nothing more is drawn: the content goes into the file, so that a long paper does not stay in memory.</summary>
    public void Seal()
    {
        if (stream == 0)
        {
            stream = file.AddStream("", Encoding.Latin1.GetBytes(content.ToString()));
            content.Clear();
            content.Capacity = 0;
        }
    }

    /// <param name="index">Counts pages from 0.</param>
    /// <param name="target">Gives a heading's page object and its place from the top.</param>
    public void Write(int pages, int index, Func<int, (int Page, float Top)> target)
    {
        Seal();
        var annotations = string.Concat(links.Select(link =>
        {
            var (page, top) = target(link.Heading);
            return $"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{At(link.X, link.Y + link.Height)} {At(link.X + link.Width, link.Y)}]"
                + $"/Dest[{page} 0 R/XYZ 0 {PdfFile.Number(form.Height - top)} null]>>";
        }));
        file.Write(Object, $"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {PdfFile.Number(form.Width)} {PdfFile.Number(form.Height)}]"
            + $"/Resources<</Font<<{fonts.Resources}>>>>/Contents {stream} 0 R/StructParents {index}"
            + (annotations.Length > 0 ? $"/Annots[{annotations}]" : "") + ">>");
    }

    private string At(float x, float y) => $"{PdfFile.Number(x)} {PdfFile.Number(form.Height - y)}";
}
