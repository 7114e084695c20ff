using System.Globalization;
using System.Xml;

namespace Rectify.Reading;

/// <summary>A cell as the file has it.</summary>
/// <param name="Type">Kind of value: <c>n</c>, <c>s</c>, <c>str</c>, <c>inlineStr</c>, <c>b</c>, <c>e</c>, <c>d</c>.</param>
/// <param name="Style">Number of its style, or -1.</param>
internal readonly record struct ScannedCell(int Row, int Column, string Type, string Value, int Style, bool IsFormula, bool InHiddenRow)
{
    private static readonly NumberFormat Plain = new("General");

    /// <summary>Whether it is a formula that was never computed.</summary>
    public bool LacksValue => IsFormula && Value.Length == 0 && Type is not "str";

    /// <summary>What the cell shows.</summary>
    public string Shown(List<string> strings, List<NumberFormat> formats, bool from1904)
    {
        var format = Style >= 0 && Style < formats.Count ? formats[Style] : Plain;
        return Type switch
        {
            _ when Value.Length == 0 => "",
            "s" => int.TryParse(Value, out var index) && index >= 0 && index < strings.Count ? format.Text(strings[index]) : "",
            "str" => format.Text(WorkbookReader.Unescape(Value)),
            "inlineStr" => format.Text(Value), // its runs were read through their escapes already
            "b" => Value is "1" or "true" ? "TRUE" : "FALSE",
            "e" => Value,
            "d" when DateTime.TryParse(Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var day) =>
                format.Number((day - new DateTime(1899, 12, 30)).TotalDays - (from1904 ? 1462 : 0), from1904),
            _ => double.TryParse(Value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? format.Number(number, from1904)
                : Value,
        };
    }
}

/// <summary>Goes through a sheet's cells and merged ranges as they stand in the file.</summary>
internal sealed class SheetScan(Package package)
{
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    private Action<ScannedCell> take = _ => { };

    /// <param name="take">Called for every cell, empty ones too.</param>
    /// <param name="merge">Called for every merged range, as <c>A1:B2</c>.</param>
    /// <returns>Whether there is a worksheet at <paramref name="path"/>.</returns>
    public bool Run(string? path, Action<ScannedCell> take, Action<string> merge)
    {
        this.take = take;
        using var reader = package.Reader(path);
        if (reader is not { LocalName: "worksheet" })
        {
            return false;
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
                    merge(reader.GetAttribute("ref") ?? "");
                    reader.Read();
                    break;
                default:
                    reader.Read();
                    break;
            }
        }

        return true;
    }

    private void Rows(XmlReader reader)
    {
        var (row, column, hidden) = (-1, -1, false);
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
                column = -1;
                hidden = reader.GetAttribute("hidden") is "1" or "true";
                reader.Read();
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                (row, column) = Address(reader.GetAttribute("r")) ?? (Math.Max(0, row), column + 1);
                Cell(reader, row, column, hidden);
            }
            else
            {
                reader.Read();
            }
        }
    }

    // Leaves the reader behind the cell.
    private void Cell(XmlReader reader, int row, int column, bool hidden)
    {
        var type = reader.GetAttribute("t") ?? "n";
        var style = int.TryParse(reader.GetAttribute("s"), out var number) ? number : -1;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
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

        take(new(row, column, type, value, style, formula, hidden));
    }

    public static (int Row, int Column)? Address(string? text)
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

    /// <summary>A column's letters; the first is number 0.</summary>
    public static string ColumnName(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : ColumnName((column / 26) - 1) + ColumnName(column % 26);

    private static int Bounded(int index, int count) =>
        index >= 0 && index < count ? index : throw new InvalidDataException("A cell lies outside the sheet.");
}
