using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>What a careful reader understood of one text, written by hand and without looking at any parser.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Source">The text, or the invented document, in the block model.</param>
/// <param name="Items">
/// The items. A field that is left out is not scored: the reader was unsure. <see langword="null"/> or an empty list says
/// that there is none.
/// </param>
internal sealed record Expectation(string Name, string Url, string Kind, SourceDocument Source, IReadOnlyList<JsonObject> Items)
{
    private const char SoftBreak = '\v';

    /// <summary>Texts that were really published.</summary>
    public static IReadOnlyList<Expectation> Corpus() => Load("Expectations");

    /// <summary>Invented documents, in the shapes that the published texts lack.</summary>
    public static IReadOnlyList<Expectation> Shapes() => Load("Shapes");

    public static Expectation Parse(string name, string json)
    {
        var file = JsonNode.Parse(json)!.AsObject();
        var blocks = file["source"] is JsonArray source ? FromBlocks(source) : FromText((string)file["text"]!);
        return new(
            name,
            (string?)file["url"] ?? "",
            (string?)file["kind"] ?? "",
            new SourceDocument(name, SourceFormat.Text, blocks, []),
            [.. file["items"]!.AsArray().Select(item => item!.AsObject())]);
    }

    /// <summary>One paragraph a line, none for an empty one. Neighbouring lines with tabs or <c> | </c> are the rows of a table.</summary>
    internal static IReadOnlyList<Block> FromText(string text)
    {
        var paragraphs = new Counter();
        var blocks = new List<Block>();
        var rows = new List<string[]>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (Cells(line) is { Length: > 1 } cells)
            {
                rows.Add(cells);
                continue;
            }

            if (rows.Count == 1)
            {
                blocks.Add(paragraphs.Next(string.Join(" | ", rows[0])));
            }
            else if (rows.Count > 1)
            {
                blocks.Add(Grid(rows, paragraphs));
            }

            rows.Clear();
            if (!string.IsNullOrWhiteSpace(line))
            {
                blocks.Add(paragraphs.Next(line.Trim()));
            }
        }

        return blocks;
    }

    private static string[] Cells(string line) =>
        line.Contains('\t') ? line.Split('\t', StringSplitOptions.TrimEntries) : line.Split(" | ", StringSplitOptions.TrimEntries);

    private static Table Grid(List<string[]> rows, Counter paragraphs) => new(
        rows.Count,
        rows.Max(row => row.Length),
        [.. rows.SelectMany((row, r) => row.Select((text, c) => new Cell(r, c, 1, 1, [paragraphs.Next(text)])))]);

    private static List<Block> FromBlocks(JsonArray source)
    {
        var paragraphs = new Counter();
        return [.. source.Select(node => node!.AsObject()).Select<JsonObject, Block>(block =>
            block["table"] is JsonArray rows ? Spanned(rows, paragraphs)
            : block["break"] is { } name ? new Break((string)name!)
            : paragraphs.Next((string)block["p"]!, (int?)block["h"] ?? 0))];
    }

    // Cells are written as in HTML: a place that a cell from above or from the left covers is not written again.
    private static Table Spanned(JsonArray rows, Counter paragraphs)
    {
        var cells = new List<Cell>();
        var covered = new HashSet<(int Row, int Column)>();
        for (var row = 0; row < rows.Count; row++)
        {
            var column = 0;
            foreach (var cell in rows[row]!.AsArray().Select(cell => cell!.AsObject()))
            {
                while (covered.Contains((row, column)))
                {
                    column++;
                }

                var (high, wide) = ((int?)cell["rs"] ?? 1, (int?)cell["cs"] ?? 1);
                cells.Add(new(row, column, high, wide, [.. ((string)cell["t"]!).Split('\n').Select(text => paragraphs.Next(text))]));
                covered.UnionWith(
                    from r in Enumerable.Range(row, high) from c in Enumerable.Range(column, wide) select (r, c));
            }
        }

        return new(rows.Count, covered.Max(place => place.Column) + 1, cells);
    }

    private static IReadOnlyList<Expectation> Load(string folder, [CallerFilePath] string here = "") =>
        [.. Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(here)!, folder), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];

    private sealed class Counter
    {
        private int last;

        public Paragraph Next(string text, int heading = 0) => new(++last, text.Replace(SoftBreak, '\n'), heading);
    }
}
