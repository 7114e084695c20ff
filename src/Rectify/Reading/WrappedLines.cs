using System.Text;
using System.Text.RegularExpressions;

namespace Rectify.Reading;

/// <summary>Puts together the lines of plain text that were broken at a fixed width, as by a mail program or a text exported from a page.</summary>
internal static partial class WrappedLines
{
    private const int Narrowest = 32; // in half-width columns: shorter lines end where their writer ended them

    private const int FewestFull = 3; // lines that reach the same edge

    private const int Slack = 3; // in half-width columns: a wide character or a mark that may not begin a line did not fit

    /// <summary>The lines with those that go on joined to the one before; the same lines where the text is not broken at a width.</summary>
    public static string[] Joined(string[] lines)
    {
        var widths = lines.Select(line => Width(line.TrimEnd())).ToArray();
        var widest = widths.DefaultIfEmpty(0).Max();

        // Where paragraphs are indented, a line without an indent goes on; elsewhere nobody could tell.
        if (widest < Narrowest || widths.Count(width => width >= widest - Slack) < FewestFull || lines.Count(IsIndented) < FewestFull)
        {
            return lines;
        }

        var joined = new List<string>();
        var open = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0 && widths[i - 1] >= widest - Slack && widths[i] > 0 && !IsIndented(lines[i]) && !Begins().IsMatch(lines[i]) && !lines[i].Contains('\t'))
            {
                open.Append(Han.IsWide(open[^1]) || Han.IsWide(lines[i][0]) ? "" : " ").Append(lines[i].TrimEnd());
                continue;
            }

            if (i > 0)
            {
                joined.Add(open.ToString());
            }

            open.Clear().Append(lines[i].TrimEnd());
        }

        return [.. joined, open.ToString()];
    }

    /// <summary>The texts of a line between wide spaces, each with the half-width column in which it begins.</summary>
    public static List<(int Column, string Text)> Places(string line)
    {
        var places = new List<(int, string)>();
        var (column, from, start) = (0, -1, 0);
        for (var i = 0; i <= line.Length; i++)
        {
            var blank = i == line.Length || line[i] is ' ' or '\u3000';
            if (!blank && from < 0)
            {
                (from, start) = (i, column);
            }
            else if (blank && from >= 0)
            {
                var spaces = 0;
                for (var next = i; next < line.Length && line[next] is ' ' or '\u3000'; next++)
                {
                    spaces += line[next] == ' ' ? 1 : 2;
                }

                if (spaces >= 2 || line.AsSpan(i).Trim().IsEmpty)
                {
                    places.Add((start, line[from..i]));
                    from = -1;
                }
            }

            column += i < line.Length ? Han.IsWide(line[i]) ? 2 : 1 : 0;
        }

        return places;
    }

    private static int Width(string line) => line.Sum(c => Han.IsWide(c) || c == '\u3000' ? 2 : 1);

    private static bool IsIndented(string line) => line.Length > 1 && (line[0] is '\u3000' or '\t' || (line[0] == ' ' && line[1] == ' '));

    // A number or a label at the beginning of a line begins something.
    [GeneratedRegex(@"^(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、．.]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[项条章节部]|[\u4e00-\u9fff]{2,10}[：:])")]
    private static partial Regex Begins();
}
