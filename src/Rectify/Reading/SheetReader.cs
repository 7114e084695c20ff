using System.Globalization;
using System.Xml;

namespace Rectify.Reading;

/// <summary>Reads one sheet as a stream of rows into a table of the range that holds anything.</summary>
internal sealed class SheetReader(
    Package package, Draft draft, string name, List<string> strings, List<NumberFormat> formats, bool from1904)
{
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    private static readonly NumberFormat Plain = new("General");

    private readonly List<(int Row, int Column, string Text)> filled = [];
    private readonly List<(int Row, int Column, int Rows, int Columns)> merges = [];
    private int hiddenRows;
    private int formulasWithoutValue;

    /// <summary>The table, or <see langword="null"/> if the sheet is empty or no worksheet.</summary>
    public Table? Read(string? path)
    {
        using (var reader = package.Reader(path))
        {
            if (reader is not { LocalName: "worksheet" })
            {
                return null;
            }

            reader.Read();
            while (!reader.EOF)
            {
                switch (reader.NodeType, reader.LocalName)
                {
                    case (XmlNodeType.Element, "sheetData"):
                        Rows(reader);
                        break;
                    case (XmlNodeType.Element, "mergeCell"):
                        Merge(reader.GetAttribute("ref") ?? "");
                        reader.Read();
                        break;
                    default:
                        reader.Read();
                        break;
                }
            }
        }

        Note("reading.hidden-rows", hiddenRows);
        Note("reading.formulas-without-value", formulasWithoutValue);
        return filled.Count == 0 ? null : Build();
    }

    private void Rows(XmlReader reader)
    {
        var (row, column, counted, hidden) = (-1, -1, false, false);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        reader.Read();
        while (!(reader.NodeType is XmlNodeType.EndElement && reader.LocalName is "sheetData") && !reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                row = int.TryParse(reader.GetAttribute("r"), out var told) ? Bounded(told - 1, LastRow) : row + 1;
                (column, counted) = (-1, false);
                hidden = reader.GetAttribute("hidden") is "1" or "true";
                reader.Read();
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                (row, column) = Address(reader.GetAttribute("r")) ?? (Math.Max(0, row), column + 1);
                if (Cell(reader) is { Length: > 0 } text)
                {
                    draft.CountCell();
                    filled.Add((row, column, text));
                    hiddenRows += hidden && !counted ? 1 : 0;
                    counted = true;
                }
            }
            else
            {
                reader.Read();
            }
        }
    }

    // Leaves the reader behind the cell.
    private string Cell(XmlReader reader)
    {
        var type = reader.GetAttribute("t") ?? "n";
        var format = int.TryParse(reader.GetAttribute("s"), out var style) && style >= 0 && style < formats.Count ? formats[style] : Plain;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var (value, formula, depth) = ("", false, reader.Depth);
        reader.Read();
        while (!reader.EOF && reader.Depth > depth)
        {
            switch (reader.NodeType, reader.LocalName)
            {
                case (XmlNodeType.Element, "v"):
                    value = reader.ReadElementContentAsString();
                    break;
                case (XmlNodeType.Element, "is"):
                    value = WorkbookReader.Text(package.Tree(reader));
                    break;
                case (XmlNodeType.Element, "f"):
                    formula = true;
                    reader.Skip();
                    break;
                default:
                    reader.Read();
                    break;
            }
        }

        if (reader.NodeType is XmlNodeType.EndElement)
        {
            reader.Read();
        }

        formulasWithoutValue += formula && value.Length == 0 && type is not "str" ? 1 : 0;
        return Draft.Tidy(Shown(type, value, format));
    }

    private string Shown(string type, string value, NumberFormat format) => type switch
    {
        _ when value.Length == 0 => "",
        "s" => int.TryParse(value, out var index) && index >= 0 && index < strings.Count ? format.Text(strings[index]) : "",
        "str" or "inlineStr" => format.Text(WorkbookReader.Unescape(value)),
        "b" => value is "1" or "true" ? "TRUE" : "FALSE",
        "e" => value,
        "d" when DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var day) =>
            format.Number((day - new DateTime(1899, 12, 30)).TotalDays - (from1904 ? 1462 : 0), from1904),
        _ => double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? format.Number(number, from1904)
            : value,
    };

    private void Merge(string reference)
    {
        if (reference.Split(':') is [var from, var to] && Address(from) is var (top, left) && Address(to) is var (bottom, right)
            && bottom >= top && right >= left)
        {
            draft.CountCell();
            merges.Add((top, left, bottom - top + 1, right - left + 1));
        }
    }

    private Table Build()
    {
        // Sorted, because damaged files and some programs write rows in any order.
        filled.Sort((a, b) => (a.Row, a.Column).CompareTo((b.Row, b.Column)));
        var (rows, columns) = (new SheetAxis(filled.Select(cell => cell.Row)), new SheetAxis(filled.Select(cell => cell.Column)));
        var spans = merges.GroupBy(merge => (merge.Row, merge.Column)).ToDictionary(group => group.Key, group => group.First());

        // Only the first cell of a merged range is shown; what stands below it is not.
        var covered = new HashSet<(int Row, int Column)>();
        var cells = new List<Cell>(filled.Count);
        (int Row, int Column) before = (-1, -1);
        foreach (var (row, column, text) in filled)
        {
            var (gridRow, gridColumn) = (rows.Place(row), columns.Place(column));
            if ((row, column) == before || covered.Contains((gridRow, gridColumn)))
            {
                continue;
            }

            before = (row, column);
            var (height, width) = (1, 1);
            if (spans.TryGetValue((row, column), out var merge))
            {
                height = rows.Place(row + merge.Rows - 1) - gridRow + 1;
                width = columns.Place(column + merge.Columns - 1) - gridColumn + 1;
                draft.CountCell((long)height * width);
                covered.UnionWith(
                    from r in Enumerable.Range(gridRow, height)
                    from c in Enumerable.Range(gridColumn, width)
                    select (r, c));
            }

            var place = $"{name}!{ColumnName(column)}{row + 1}";
            cells.Add(new(gridRow, gridColumn, height, width, [draft.CellParagraph(text, place)]));
        }

        return new(rows.Count, columns.Count, cells, $"{name}!{ColumnName(columns.First)}{rows.First + 1}");
    }

    private void Note(string code, int count)
    {
        if (count > 0)
        {
            draft.Note(code, name, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static (int Row, int Column)? Address(string? text)
    {
        var letters = 0;
        var column = 0;
        var bare = (text ?? "").Replace("$", "", StringComparison.Ordinal);
        while (letters < bare.Length && letters < 3 && bare[letters] is >= 'A' and <= 'Z')
        {
            column = (column * 26) + bare[letters++] - 'A' + 1;
        }

        return letters > 0 && int.TryParse(bare.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (Bounded(row - 1, LastRow), Bounded(column - 1, LastColumn))
            : null;
    }

    private static int Bounded(int index, int count) =>
        index >= 0 && index < count ? index : throw new InvalidDataException("A cell lies outside the sheet.");

    private static string ColumnName(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : ColumnName((column / 26) - 1) + ColumnName(column % 26);
}
