using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Small documents for tests: a line is a paragraph, an array of cells is a row.</summary>
internal sealed class Doc
{
    private readonly List<Block> blocks = [];
    private int paragraphs;

    public static SourceDocument Of(params string[] lines) => new Doc().Lines(lines).Source;

    public static SourceDocument Table(params string[][] rows) => new Doc().Rows(rows).Source;

    public SourceDocument Source => new("test.txt", SourceFormat.Text, blocks, []);

    public Doc Lines(params string[] lines)
    {
        blocks.AddRange(lines.Select(line => new Paragraph(++paragraphs, line)));
        return this;
    }

    public Doc Heading(string text, int level)
    {
        blocks.Add(new Paragraph(++paragraphs, text, level));
        return this;
    }

    public Doc Sheet(string name)
    {
        blocks.Add(new Break(name));
        return this;
    }

    /// <summary>A cell that says ^ is covered by the one above it, and &lt; by the one to its left.</summary>
    public Doc Rows(params string[][] rows)
    {
        var columns = rows.Max(row => row.Length);
        var cells = new List<Cell>();
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < rows[r].Length; c++)
            {
                if (rows[r][c] is "^" or "<")
                {
                    continue;
                }

                var (high, wide) = (1, 1);
                while (r + high < rows.Length && c < rows[r + high].Length && rows[r + high][c] == "^")
                {
                    high++;
                }

                while (c + wide < rows[r].Length && rows[r][c + wide] == "<")
                {
                    wide++;
                }

                cells.Add(new(r, c, high, wide, [.. rows[r][c].Split('\n').Select(text => new Paragraph(++paragraphs, text))]));
            }
        }

        blocks.Add(new Table(rows.Length, columns, cells));
        return this;
    }
}
