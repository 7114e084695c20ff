using System.Text;

namespace Rectify.Reading;

/// <summary>A glyph on a page; points from the lower left corner. <c>Base</c> is the height of its base line.</summary>
internal sealed record PdfGlyph(string Text, double Left, double Right, double Base, double Size)
{
    public double Middle => Base + (Size * 0.35);

    public double Centre => (Left + Right) / 2;
}

/// <summary>Glyphs on one base line; <c>Runs</c> are its pieces between wide gaps.</summary>
internal sealed record PdfLine(string Text, double Left, double Right, double Base, double Size, IReadOnlyList<(double Left, string Text)> Runs);

/// <summary>A cell of a ruled table; <c>Lines</c> from top to bottom.</summary>
internal sealed record PdfCell(int Row, int Column, int Rows, int Columns, double Left, double Right, IReadOnlyList<PdfLine> Lines);

/// <summary>A ruled table: where its columns begin and end, and its cells in row, then column order.</summary>
internal sealed record PdfTable(double Top, double Bottom, double[] Edges, int Rows, IReadOnlyList<PdfCell> Cells);

/// <summary>One page: lines and tables from top to bottom.</summary>
internal sealed record PdfPage(int Number, double Width, double Height, List<PdfLine> Lines, List<PdfTable> Tables)
{
    private const double WideGap = 1.8; // in units of the size: wider than any justified space

    public static PdfPage From(int number, double width, double height, List<PdfGlyph> glyphs, List<PdfGrid> grids)
    {
        var rest = glyphs;
        var tables = new List<PdfTable>();
        foreach (var grid in grids)
        {
            var inside = rest.Where(glyph => grid.Holds(glyph.Centre, glyph.Middle)).ToList();
            if (inside.Count == 0)
            {
                continue;
            }

            rest = [.. rest.Where(glyph => !grid.Holds(glyph.Centre, glyph.Middle))];
            var byCell = inside.ToLookup(glyph => grid.CellAt(glyph.Centre, glyph.Middle));
            tables.Add(new(grid.Top, grid.Bottom, grid.Xs, grid.Rows,
                [.. grid.Cells.Select((cell, i) => new PdfCell(cell.Row, cell.Column, cell.Rows, cell.Columns,
                    grid.Xs[cell.Column], grid.Xs[cell.Column + cell.Columns], LinesOf(byCell[i])))]));
        }

        return new(number, width, height, LinesOf(rest), tables);
    }

    /// <summary>Groups glyphs by base line, from top to bottom.</summary>
    public static List<PdfLine> LinesOf(IEnumerable<PdfGlyph> glyphs)
    {
        var lines = new List<PdfLine>();
        var line = new List<PdfGlyph>();
        var middle = 0.0;
        foreach (var glyph in glyphs.OrderByDescending(glyph => glyph.Middle))
        {
            if (line.Count > 0 && middle - glyph.Middle > 0.5 * Math.Max(glyph.Size, line[0].Size))
            {
                lines.Add(Line(line));
                line.Clear();
            }

            // The running mean follows slight slopes but not from line to line.
            middle = line.Count == 0 ? glyph.Middle : middle + ((glyph.Middle - middle) / (line.Count + 1));
            line.Add(glyph);
        }

        if (line.Count > 0)
        {
            lines.Add(Line(line));
        }

        return lines;
    }

    private static PdfLine Line(List<PdfGlyph> glyphs)
    {
        glyphs.Sort((a, b) => a.Left.CompareTo(b.Left));
        var usual = glyphs.Select(glyph => glyph.Size).Order().ElementAt(glyphs.Count / 2);
        var plain = glyphs[0];
        glyphs.RemoveAll(glyph =>
        {
            var mark = PdfNotes.IsMark(glyph, plain, usual);
            plain = mark ? plain : glyph;
            return mark;
        });

        var text = new StringBuilder();
        var run = new StringBuilder();
        var runs = new List<(double, string)>();
        var runLeft = glyphs[0].Left;
        for (var i = 0; i < glyphs.Count; i++)
        {
            var glyph = glyphs[i];
            if (i > 0)
            {
                var before = glyphs[i - 1];
                var gap = (glyph.Left - before.Right) / Math.Max(before.Size, glyph.Size);
                if (gap > WideGap)
                {
                    runs.Add((runLeft, run.ToString()));
                    run.Clear();
                    runLeft = glyph.Left;
                }

                if (gap > Space(before.Text[^1], glyph.Text[0]))
                {
                    text.Append(' ');
                    run.Append(run.Length > 0 ? " " : "");
                }
            }

            text.Append(glyph.Text);
            run.Append(glyph.Text);
        }

        runs.Add((runLeft, run.ToString()));
        var size = glyphs.Select(glyph => glyph.Size).Order().ElementAt(glyphs.Count / 2);
        return new(text.ToString(), glyphs[0].Left, glyphs.Max(glyph => glyph.Right), glyphs.Min(glyph => glyph.Base), size, runs);
    }

    // The gap, in units of the size, that is a space: office programs set Chinese and Latin a quarter apart by themselves.
    private static double Space(char before, char after) => (Han.IsWide(before), Han.IsWide(after)) switch
    {
        (true, true) => 0.9,
        (false, false) => 0.15,
        _ => 0.5,
    };
}
