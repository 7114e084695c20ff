using System.Text.RegularExpressions;

namespace Rectify.Reading;

/// <summary>Brings the lines and tables of pages into reading order as paragraphs and tables.</summary>
internal static partial class PdfFlow
{
    private const double Slack = 2.2; // in units of the size: what may stay free at the end of a full line
    private const double Padding = 1.2; // in units of the size: margins of cells, and unevenness

    public static List<Block> Blocks(List<PdfPage> pages, Draft draft)
    {
        var margins = pages.GroupBy(page => Math.Round(page.Width)).ToDictionary(same => same.Key, same => Margins([.. same.SelectMany(page => page.Lines)]));
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
            var (left, right) = margins[Math.Round(page.Width)];
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
                    PdfTables.Add(table, above, blocks, Place(page), draft);
                    above = table;
                }
            }
        }

        Close();
        return Renumbered(blocks);
    }

    // Tables put together over pages leave gaps and jumps in the ids.
    private static List<Block> Renumbered(List<Block> blocks)
    {
        var last = 0;
        return [.. blocks.Select(Again)];

        Block Again(Block block) => block switch
        {
            Paragraph paragraph => paragraph with { Id = ++last },
            Table table => table with { Cells = [.. table.Cells.Select(cell => cell with { Blocks = [.. cell.Blocks.Select(Again)] })] },
            _ => block,
        };
    }

    /// <summary>The lines as one text.</summary>
    public static string Joined(List<PdfLine> lines) => lines.Skip(1).Aggregate(lines[0].Text, (text, line) => Joined(text, line.Text));

    /// <summary>Two lines as one text: a line's end is a space only between Latin words.</summary>
    public static string Joined(string text, string next) =>
        text + (!Han.IsWide(text[^1]) && !Han.IsWide(next[0]) && text[^1] != '-' ? " " : "") + next;

    /// <summary>Whether a text stops in the middle of a sentence that the next one can go on with.</summary>
    public static bool IsUnfinished(string text, string next) => !Ends(text) && !Number().IsMatch(next);

    private static bool GoesOn(PdfLine before, PdfLine next, double left, double right, double width, bool samePage)
    {
        var size = Math.Max(before.Size, next.Size);
        return Math.Abs(before.Size - next.Size) < size * 0.15
            && (!samePage || before.Base - next.Base < size * 3)
            && before.Right > Math.Max(right - Room(next), width * 0.6)
            && next.Left < left + (size * 1.2)
            && !Starts(before, next);
    }

    /// <summary>
    /// How much may be free, in points, at the end of a line whose text goes on with <paramref name="next"/>: what stands
    /// first there, and cannot be parted, did not fit.
    /// </summary>
    public static double Room(PdfLine next) =>
        next.Size * (Padding + Inseparable().Match(next.Text).Value.Sum(c => Han.IsWide(c) ? 1 : 0.55));

    public static bool Starts(PdfLine before, PdfLine next) => Ends(before.Text) && Number().IsMatch(next.Text);

    private static bool Ends(string text) => text[^1] is '。' or '；' or '：' or ':' or ';' or '.' or '！' or '？';

    // The edges of the running text. Left: where many lines begin, first lines being indented. Right: where full lines end,
    // without the few that reach beyond.
    private static (double Left, double Right) Margins(List<PdfLine> lines)
    {
        if (lines.Count == 0)
        {
            return (0, 0);
        }

        var places = lines.GroupBy(line => Math.Round(line.Left / 4)).Select(group => (At: group.Min(line => line.Left), Count: group.Count())).ToList();
        var most = places.Max(place => place.Count);
        double[] ends = [.. lines.Select(line => line.Right).OrderDescending()];
        var full = Array.FindIndex(ends, end => ends.Count(other => other <= end && other > end - (lines[0].Size * Slack)) >= lines.Count * 0.05);
        return (places.Where(place => place.Count * 4 >= most).Min(place => place.At), ends[Math.Max(0, full)]);
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

    // A word or number, or one character, with the marks that may not begin a line.
    [GeneratedRegex(@"^(?:[\u0021-\u02ff]{1,12}|.)?[，。、；：！？）》」』】〕”’％…]*")]
    private static partial Regex Inseparable();

    [GeneratedRegex(@"^(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、．.]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[项条章节]|(?:问题|任务|事项|序号|编号)[：:]?[一二三四五六七八九十百\d]{1,4}[：:、． （])")]
    private static partial Regex Number();
}
