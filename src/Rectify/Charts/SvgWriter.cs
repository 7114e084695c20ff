using System.Globalization;
using System.Security;
using System.Text;

namespace Rectify.Charts;

/// <summary>A drawing as SVG: texts are texts, rows are links.</summary>
internal static class SvgWriter
{
    private const string Faces = "Segoe UI, PingFang SC, Microsoft YaHei UI, Microsoft YaHei, HarmonyOS Sans SC, Source Han Sans SC, Noto Sans CJK SC, sans-serif";

    /// <summary>A file of its own.</summary>
    /// <param name="width">Its size in pixels; 0 for its own.</param>
    public static string File(Drawing drawing, Theme theme, float width = 0, float height = 0) => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Write(
        drawing, theme, string.Create(CultureInfo.InvariantCulture, $" xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width > 0 ? width : drawing.Width)}\" height=\"{N(height > 0 ? height : drawing.Height)}\" role=\"graphics-document\""), "chart", ground: true);

    /// <summary>Within a page.</summary>
    /// <param name="id">Unlike any other on the page.</param>
    public static string Inline(Drawing drawing, Theme theme, string id) => Write(drawing, theme, " class=\"chart\" role=\"graphics-document\"", id, ground: false);

    private static string Write(Drawing drawing, Theme theme, string attributes, string id, bool ground)
    {
        var svg = new StringBuilder(64 * 1024);
        svg.Append("<svg").Append(attributes).Append(CultureInfo.InvariantCulture, $" viewBox=\"0 0 {N(drawing.Width)} {N(drawing.Height)}\" font-family=\"{Faces}\" aria-labelledby=\"{id}-title {id}-says\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-title\">{Escape(drawing.Title)}</title><desc id=\"{id}-says\">{Escape(drawing.Says)}</desc>\n");
        if (ground)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{N(drawing.Width)}\" height=\"{N(drawing.Height)}\" fill=\"{theme[Ink.Paper]}\"/>\n");
        }

        foreach (var group in drawing.Groups)
        {
            svg.Append(group.Href is { } href ? $"<a href=\"{Escape(href)}\">" : "<g>");
            if (group.Title is { } title)
            {
                svg.Append("<title>").Append(Escape(title)).Append("</title>");
            }

            foreach (var mark in group.Marks)
            {
                Append(svg, mark, theme);
            }

            svg.Append(group.Href is null ? "</g>\n" : "</a>\n");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, Mark mark, Theme theme)
    {
        switch (mark)
        {
            case Box box:
                svg.Append("<rect x=\"").Append(N(box.X)).Append("\" y=\"").Append(N(box.Y)).Append("\" width=\"").Append(N(box.Width)).Append("\" height=\"").Append(N(box.Height));
                Paint(svg, theme, box.Fill, box.Edge, box.Thick);
                break;
            case Disc disc:
                svg.Append("<circle cx=\"").Append(N(disc.X)).Append("\" cy=\"").Append(N(disc.Y)).Append("\" r=\"").Append(N(disc.Radius));
                Paint(svg, theme, disc.Fill, disc.Edge, disc.Thick);
                break;
            case Shape shape:
                svg.Append("<path d=\"");
                Path(svg, shape.Places);
                svg.Append('z');
                Paint(svg, theme, shape.Fill, shape.Edge, shape.Thick);
                break;
            case Stroke stroke:
                svg.Append("<path d=\"");
                Path(svg, stroke.Places);
                if (stroke.Dash is not Dash.None)
                {
                    var (on, off) = Dashes(stroke);
                    svg.Append("\" stroke-dasharray=\"").Append(N(on)).Append(' ').Append(N(off));
                }

                Paint(svg, theme, Ink.None, stroke.Ink, stroke.Thick);
                break;
            case Label label:
                svg.Append("<text x=\"").Append(N(label.X)).Append("\" y=\"").Append(N(label.Y)).Append("\" font-size=\"").Append(N(label.Size));
                svg.Append(label.Anchor switch { Anchor.Middle => "\" text-anchor=\"middle", Anchor.End => "\" text-anchor=\"end", _ => "" });
                svg.Append(label.Bold ? "\" font-weight=\"600" : "").Append("\" fill=\"").Append(theme[label.Ink]).Append("\">").Append(Escape(label.Text)).Append("</text>");
                break;
        }
    }

    /// <summary>How long dashes and gaps are.</summary>
    internal static (float On, float Off) Dashes(Stroke stroke) => stroke.Dash is Dash.Dotted ? (stroke.Thick, stroke.Thick * 2) : (stroke.Thick * 3.5f, stroke.Thick * 2.5f);

    private static void Path(StringBuilder svg, IReadOnlyList<Place> places)
    {
        for (var i = 0; i < places.Count; i++)
        {
            svg.Append(i == 0 ? 'M' : 'L').Append(N(places[i].X)).Append(' ').Append(N(places[i].Y));
        }
    }

    private static void Paint(StringBuilder svg, Theme theme, Ink fill, Ink edge, float thick)
    {
        svg.Append("\" fill=\"").Append(theme[fill]);
        if (edge is not Ink.None)
        {
            svg.Append("\" stroke=\"").Append(theme[edge]).Append("\" stroke-width=\"").Append(N(thick));
        }

        svg.Append("\"/>");
    }

    private static string Escape(string text) => SecurityElement.Escape(Papers.CleanText.Of(text));

    private static string N(float number) => MathF.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
