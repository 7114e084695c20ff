using System.Text;
using System.Text.RegularExpressions;

namespace Rectify.Reading;

/// <summary>Brings the lines and tables of pages into reading order as paragraphs and tables.</summary>
internal static partial class PdfFlow
{
    private const double Slack = 2.2; // in units of the size: what may stay free at the end of a full line

    public static List<Block> Blocks(List<PdfPage> pages, Draft draft)
    {
        var right = pages.SelectMany(page => page.Lines).Select(line => line.Right).DefaultIfEmpty().Max();
        var left = Margin(pages.SelectMany(page => page.Lines));
        var blocks = new List<Block>();
        var open = new List<PdfLine>();
        var openPage = pages[0];
        PdfTable? above = null; // the table that a table on the next page may go on with

        void Close()
        {
            if (open.Count > 0 && draft.Paragraph(Joined(open), 0, Place(openPage)) is { } paragraph)
            {
                blocks.Add(paragraph);
            }

            open.Clear();
        }

        foreach (var page in pages)
        {
            var lines = new List<PdfLine>(page.Lines);
            foreach (var table in page.Tables.Append(null))
            {
                var before = lines.TakeWhile(line => table is null || line.Base > table.Top - (line.Size / 2)).ToList();
                lines.RemoveRange(0, before.Count);
                for (var i = 0; i < before.Count;)
                {
                    if (Aligned(before, i) is { Count: > 0 } rows)
                    {
                        Close();
                        blocks.Add(Table(rows, page, draft));
                        (i, above) = (i + rows.Count, null);
                        continue;
                    }

                    var line = before[i++];
                    if (open.Count > 0 && !GoesOn(open[^1], line, left, right, page.Width, samePage: openPage == page))
                    {
                        Close();
                    }

                    openPage = open.Count == 0 ? page : openPage;
                    open.Add(line);
                    above = null;
                }

                if (table is not null)
                {
                    Close();
                    Add(table, above, blocks, page, draft);
                    above = table;
                }
            }
        }

        Close();
        return blocks;
    }

    /// <summary>The lines as one text: a line's end is a space only between Latin words.</summary>
    private static string Joined(List<PdfLine> lines)
    {
        var text = new StringBuilder(lines[0].Text);
        foreach (var line in lines.Skip(1))
        {
            var latin = !Han.IsWide(text[^1]) && !Han.IsWide(line.Text[0]) && text[^1] != '-';
            text.Append(latin ? " " : "").Append(line.Text);
        }

        return text.ToString();
    }

    private static bool GoesOn(PdfLine before, PdfLine next, double left, double right, double width, bool samePage)
    {
        var size = Math.Max(before.Size, next.Size);
        return Math.Abs(before.Size - next.Size) < size * 0.15
            && (!samePage || before.Base - next.Base < size * 3)
            && before.Right > Math.Max(right - (size * Slack), width * 0.6)
            && next.Left < left + (size * 1.2)
            && !Starts(before, next);
    }

    private static bool Starts(PdfLine before, PdfLine next) => Ends(before.Text) && Number().IsMatch(next.Text);

    private static bool Ends(string text) => text[^1] is '。' or '；' or '：' or ':' or ';' or '.' or '！' or '？';

    // The left edge that most lines share: first lines are indented, others are not.
    private static double Margin(IEnumerable<PdfLine> lines)
    {
        var places = lines.GroupBy(line => Math.Round(line.Left / 4)).Select(group => (At: group.Min(line => line.Left), Count: group.Count())).ToList();
        var most = places.Count == 0 ? 0 : places.Max(place => place.Count);
        return places.Where(place => place.Count * 4 >= most).Select(place => place.At).DefaultIfEmpty().Min();
    }

    private static void Add(PdfTable table, PdfTable? above, List<Block> blocks, PdfPage page, Draft draft)
    {
        if (above is not null && blocks is [.., Table last] && SameColumns(above, table))
        {
            // A table that goes on repeats its header rows on each page.
            var header = Rows(last, table);
            var shifted = Cells(table, header, last.Rows, page, draft);
            blocks[^1] = new Table(last.Rows + table.Rows - header, last.Columns, [.. last.Cells, .. shifted], last.Place);
            return;
        }

        blocks.Add(new Table(table.Rows, table.Edges.Length - 1, Cells(table, 0, 0, page, draft), Place(page)));
    }

    private static List<Cell> Cells(PdfTable table, int from, int offset, PdfPage page, Draft draft) =>
    [
        .. from cell in table.Cells
           where cell.Row >= @from
           select new Cell(cell.Row - @from + offset, cell.Column, cell.Rows, cell.Columns,
               [.. Paragraphs(cell).Select(text => draft.Paragraph(text, 0, Place(page))).OfType<Paragraph>()]),
    ];

    private static int Rows(Table last, PdfTable next)
    {
        var same = 0;
        while (same < Math.Min(last.Rows, next.Rows - 1) && next.Cells.Where(cell => cell.Row == same) is var row && row.Any()
            && row.All(cell => cell.Rows == 1 && last.At(same, cell.Column)?.Text == string.Join('\n', Paragraphs(cell))))
        {
            same++;
        }

        return same;
    }

    private static bool SameColumns(PdfTable a, PdfTable b) =>
        a.Edges.Length == b.Edges.Length && a.Edges.Zip(b.Edges).All(pair => Math.Abs(pair.First - pair.Second) < 4);

    private static List<string> Paragraphs(PdfCell cell)
    {
        List<string> texts = [];
        var open = new List<PdfLine>();
        var label = cell.Lines.Count > 1 && cell.Lines.All(line => line.Text.Length <= 4) && cell.Lines.Sum(line => line.Text.Length) <= 10;
        foreach (var line in cell.Lines)
        {
            if (open.Count > 0)
            {
                var free = cell.Right - cell.Left - (open[^1].Right - open[^1].Left);
                if (Starts(open[^1], line) || (!label && free > (open[^1].Size * Slack) + Math.Max(0, line.Left - open[^1].Left)))
                {
                    texts.Add(Joined(open));
                    open.Clear();
                }
            }

            open.Add(line);
        }

        if (open.Count > 0)
        {
            texts.Add(Joined(open));
        }

        return texts;
    }

    // Three lines or more whose pieces begin at the same places are a table without rules.
    private static List<PdfLine> Aligned(List<PdfLine> lines, int from)
    {
        var first = lines[from];
        var rows = first.Runs.Count < 2 ? [] : lines.Skip(from).TakeWhile(line => line.Runs.Count == first.Runs.Count
            && line.Runs.Zip(first.Runs).All(pair => Math.Abs(pair.First.Left - pair.Second.Left) < first.Size)).ToList();
        return rows.Count >= 3 ? rows : [];
    }

    private static Table Table(List<PdfLine> lines, PdfPage page, Draft draft)
    {
        var cells = new List<Cell>();
        for (var row = 0; row < lines.Count; row++)
        {
            for (var column = 0; column < lines[row].Runs.Count; column++)
            {
                draft.CountCell();
                cells.Add(new(row, column, 1, 1, draft.Paragraph(lines[row].Runs[column].Text, 0, Place(page)) is { } text ? [text] : []));
            }
        }

        return new(lines.Count, lines[0].Runs.Count, cells, Place(page));
    }

    private static string Place(PdfPage page) => $"p{page.Number}";

    [GeneratedRegex(@"^(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、．.]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[项条章节])")]
    private static partial Regex Number();
}
