using System.Text.RegularExpressions;

namespace Rectify.Reading;

/// <summary>Reads plain text: one paragraph a line, and tables where lines plainly form one.</summary>
internal static partial class PlainTextReader
{
    public static SourceDocument Read(string text, Draft draft)
    {
        var blocks = new List<Block>();
        var lines = WrappedLines.Joined(text.ReplaceLineEndings("\n").Split('\n'));
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].Contains('\f') && blocks.Count > 0)
            {
                blocks.Add(new Break(""));
            }

            var (rows, taken) = TableAt(lines, i);
            if (rows.Count > 0)
            {
                blocks.Add(Build(rows, draft));
                i += taken;
                continue;
            }

            if (draft.Paragraph(lines[i++].Replace('\f', ' ').Replace('\v', ' ')) is { } paragraph)
            {
                blocks.Add(paragraph);
            }
        }

        return draft.Finish(SourceFormat.Text, blocks);
    }

    private static (List<string[]> Rows, int Taken) TableAt(string[] lines, int start)
    {
        List<string[]> rows = [];
        var i = start;

        // Two lines or more with the same number of tabs between texts: what a table pasted from Word leaves.
        var tabs = Tabs(lines[i]);
        while (tabs > 0 && i < lines.Length && Tabs(lines[i]) == tabs)
        {
            rows.Add(lines[i++].Split('\t'));
        }

        if (rows.Count >= 2)
        {
            return (rows, i - start);
        }

        rows.Clear();
        for (i = start; i < lines.Length && Pipes(lines[i]) is { } cells; i++)
        {
            if (!cells.All(cell => Rule().IsMatch(cell)))
            {
                rows.Add(cells);
            }
        }

        return rows.Count >= 1 && i - start >= 2 ? (rows, i - start) : Spaced(lines, start);
    }

    // Three lines or more whose texts, parted by wide spaces, begin in the same places: a table set with spaces.
    private static (List<string[]> Rows, int Taken) Spaced(string[] lines, int start)
    {
        var places = WrappedLines.Places(lines[start]);
        if (places.Count < 3)
        {
            return ([], 0);
        }

        var rows = new List<string[]>();
        for (var i = start; i < lines.Length && WrappedLines.Places(lines[i]) is var found && found.Count == places.Count
            && found.Zip(places).All(pair => Math.Abs(pair.First.Column - pair.Second.Column) <= 2); i++)
        {
            rows.Add([.. found.Select(place => place.Text)]);
        }

        return rows.Count >= 3 ? (rows, rows.Count) : ([], 0);
    }

    // A tab in front is an indent, not a column.
    private static int Tabs(string line) => line.Length > 0 && line[0] == '\t' ? 0 : line.AsSpan().Count('\t');

    private static string[]? Pipes(string line)
    {
        var trimmed = line.Trim();
        return trimmed.Length > 2 && trimmed[0] == '|' && trimmed[^1] == '|'
            ? [.. BarePipe().Split(trimmed[1..^1]).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))]
            : null;
    }

    private static Table Build(List<string[]> rows, Draft draft)
    {
        var cells = new List<Cell>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                draft.CountCell();
                var text = LineBreak().Replace(rows[row][column], "\n");
                cells.Add(new(row, column, 1, 1, draft.Paragraph(text) is { } paragraph ? [paragraph] : []));
            }
        }

        return new(rows.Count, rows.Max(row => row.Length), cells);
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex BarePipe();

    [GeneratedRegex("^:?-+:?$")]
    private static partial Regex Rule();

    [GeneratedRegex("<br */?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();
}
