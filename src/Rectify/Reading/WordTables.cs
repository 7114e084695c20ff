using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>A cell of a Word table with its place in the grid.</summary>
internal sealed record WordCell(XElement Element, int Column)
{
    public int Rows { get; set; } = 1;

    public int Columns { get; set; } = 1;
}

/// <summary>Finds the grid of a Word table from its spans and merges; deleted rows and cells do not count.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §17.4.17 (gridSpan), §17.4.84 (vMerge), §17.4.22 (hMerge).</remarks>
internal static class WordTables
{
    private const int MostColumns = 1000; // Word itself stops at 63

    public static List<List<WordCell>> Place(XElement table, Action noteChange)
    {
        var rows = new List<List<WordCell>>();
        var open = new Dictionary<int, WordCell>(); // by first column: cells that a row below may continue
        foreach (var row in Unwrapped(table, "tr"))
        {
            var properties = row.Element("trPr");
            if (properties?.Element("del") is not null)
            {
                noteChange();
                continue;
            }

            if (properties?.Element("hidden") is { } hidden && WordStyles.IsOn(hidden.Attribute("val"), absent: true))
            {
                continue;
            }

            var cells = Row(row, open);
            if (cells is not null)
            {
                rows.Add(cells);
            }
        }

        return rows;
    }

    private static List<WordCell>? Row(XElement row, Dictionary<int, WordCell> open)
    {
        var cells = new List<WordCell>();
        var continued = new HashSet<int>();
        var column = Bounded(row.Element("trPr")?.Element("gridBefore"), 0);
        WordCell? before = null;
        var any = false;
        foreach (var element in Unwrapped(row, "tc"))
        {
            var properties = element.Element("tcPr");
            if (properties?.Element("cellDel") is not null)
            {
                continue;
            }

            any = true;
            var span = Math.Max(1, Bounded(properties?.Element("gridSpan"), 1));
            var (vertical, horizontal) = (properties?.Element("vMerge"), properties?.Element("hMerge"));
            if (Continues(horizontal) && before is not null)
            {
                before.Columns += span;
            }
            else if (Continues(vertical) && open.TryGetValue(column, out var above))
            {
                above.Rows++;
                continued.Add(column);
                before = null;
            }
            else
            {
                before = new(element, column) { Columns = span };
                cells.Add(before);
                open.Remove(column);
                if (vertical is not null)
                {
                    open[column] = before;
                    continued.Add(column);
                }
            }

            column += span;
        }

        foreach (var closed in open.Keys.Where(key => !continued.Contains(key)).ToList())
        {
            open.Remove(closed);
        }

        return any ? cells : null;
    }

    private static bool Continues(XElement? merge) => merge is not null && WordStyles.Value(merge) is null or "continue";

    private static int Bounded(XElement? element, int absent) =>
        Math.Clamp(WordStyles.Number(element) ?? absent, 0, MostColumns);

    // Content controls and insertions may wrap whole rows and cells.
    private static IEnumerable<XElement> Unwrapped(XElement element, string name) =>
        element.Elements().SelectMany(child => child.Name.LocalName switch
        {
            "sdt" => Unwrapped(child.Element("sdtContent") ?? child, name),
            "customXml" or "ins" or "moveTo" => Unwrapped(child, name),
            "AlternateContent" => WordText.Chosen(child) is { } chosen ? Unwrapped(chosen, name) : [],
            var other => other == name ? [child] : [],
        });
}
