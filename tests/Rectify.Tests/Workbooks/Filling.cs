using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Rectify.Reading;
using Rectify.Workbooks;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using CellKind = DocumentFormat.OpenXml.Spreadsheet.CellValues;

namespace Rectify.Tests.Workbooks;

/// <summary>Fills a workbook in as people and other programs do.</summary>
internal sealed class Filling : IDisposable
{
    private readonly MemoryStream stream = new();
    private readonly SpreadsheetDocument document;

    private Filling(byte[] file)
    {
        stream.Write(file);
        document = SpreadsheetDocument.Open(stream, isEditable: true);
    }

    public static byte[] Edit(byte[] file, Action<Filling> act)
    {
        using var filling = new Filling(file);
        act(filling);
        filling.document.Dispose();
        return filling.stream.ToArray();
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Types a text, a number or a day into a cell, or empties it; the lock does not hold it back.</summary>
    public void Set(BookSheet sheet, string key, BookColumn column, object? value)
    {
        var cell = CellOf(sheet, key, column);
        cell.RemoveAllChildren();
        cell.DataType = null;
        switch (value)
        {
            case null:
                break;
            case DateOnly day:
                cell.CellValue = new CellValue((day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture));
                break;
            case string text:
                cell.DataType = CellKind.InlineString;
                cell.InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
                break;
            default:
                cell.CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    /// <summary>A formula with the value that a program computed for it, or none.</summary>
    public void SetFormula(BookSheet sheet, string key, BookColumn column, string formula, string? value, bool error = false)
    {
        var cell = CellOf(sheet, key, column);
        cell.RemoveAllChildren();
        cell.DataType = error ? CellKind.Error : null;
        cell.CellFormula = new CellFormula(formula);
        cell.CellValue = value is null ? null : new CellValue(value);
    }

    /// <summary>As an error names it: 填报!F7.</summary>
    public string NameOf(BookSheet sheet, string key, BookColumn column)
    {
        var part = PartOf(sheet);
        var id = document.WorkbookPart!.GetIdOfPart(part);
        var name = document.WorkbookPart.Workbook!.Descendants<Sheet>().Single(one => one.Id == id).Name;
        return $"{name}!{CellOf(sheet, key, column).CellReference}";
    }

    public void DeleteRow(BookSheet sheet, string key) => RowOf(sheet, key).Remove();

    /// <summary>The row once more, at the end of the sheet.</summary>
    public void CopyRow(BookSheet sheet, string key, string? newKey = null)
    {
        var rows = PartOf(sheet).Worksheet!.GetFirstChild<SheetData>()!;
        var (copy, number) = ((Row)RowOf(sheet, key).CloneNode(deep: true), rows.Elements<Row>().Max(row => row.RowIndex!.Value) + 3);
        copy.RowIndex = number;
        foreach (var cell in copy.Elements<Cell>())
        {
            cell.CellReference = new string([.. cell.CellReference!.Value!.TakeWhile(char.IsLetter)]) + number.ToString(CultureInfo.InvariantCulture);
        }

        if (newKey is not null)
        {
            copy.Elements<Cell>().First().InlineString = new InlineString(new Text(newKey));
        }

        rows.Append(copy);
    }

    /// <summary>The workbook as a program would write it that keeps nothing but what stands in cells: shared strings, its own prefixes,
    /// columns moved to the right and about, rows in reverse order with empty ones between them, and sheets under other names.</summary>
    public static byte[] WrittenByHand(byte[] file)
    {
        XNamespace x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        XNamespace package = "http://schemas.openxmlformats.org/package/2006/relationships", types = "http://schemas.openxmlformats.org/package/2006/content-types";
        var sheets = WorkbookCells.Read(new MemoryStream(file), "x", ReadingLimits.Default, TestContext.Current.CancellationToken);
        var (strings, parts) = (new List<string>(), new List<XElement>());
        foreach (var sheet in sheets)
        {
            var memory = sheet.Name == BookMemory.SheetName;
            var width = sheet.Cells.Max(cell => cell.Column) + 1;
            var data = sheet.Cells.GroupBy(cell => cell.Row).Select(row =>
            {
                var number = memory || row.Key < 4 ? row.Key : 1_000 - (2 * row.Key);
                return (Number: number, Cells: row.Select(cell => (Column: memory ? cell.Column : cell.Column == 0 ? width + 3 : width - cell.Column, Cell: cell)).OrderBy(cell => cell.Column));
            }).OrderBy(row => row.Number);
            parts.Add(new(x + "worksheet", new XAttribute(XNamespace.Xmlns + "x", x.NamespaceName), new XElement(x + "sheetData", data.Select(row => new XElement(
                x + "row", new XAttribute("r", row.Number + 1), row.Cells.Select(one =>
                {
                    var at = new XAttribute("r", SheetCell.NameOf(row.Number, one.Column));
                    if (one.Cell.Day is { } day)
                    {
                        return new XElement(x + "c", at, new XAttribute("s", 1), new XElement(x + "v", day.DayNumber - new DateOnly(1899, 12, 30).DayNumber));
                    }

                    if (one.Cell.Number is { } number)
                    {
                        return new XElement(x + "c", at, new XElement(x + "v", number.ToString("G17", CultureInfo.InvariantCulture)));
                    }

                    strings.Add(one.Cell.Text.Replace("_x", "_x005F_x", StringComparison.Ordinal) + " ");
                    return new XElement(x + "c", at, new XAttribute("t", "s"), new XElement(x + "v", strings.Count - 1));
                }))))));
        }

        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, XElement xml)
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                xml.Save(part);
            }

            const string Kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
            XElement Relation(string id, string kind, string target) => new(package + "Relationship", new XAttribute("Id", id), new XAttribute("Type", Kind + kind), new XAttribute("Target", target));
            Add("[Content_Types].xml", new(types + "Types", new XElement(types + "Default", new XAttribute("Extension", "xml"), new XAttribute("ContentType", "application/xml"))));
            Add("_rels/.rels", new(package + "Relationships", Relation("a", "officeDocument", "/xl/wb.xml")));
            Add("xl/wb.xml", new(x + "workbook", new XAttribute(XNamespace.Xmlns + "x", x.NamespaceName), new XAttribute(XNamespace.Xmlns + "r", r.NamespaceName), new XElement(
                x + "sheets", sheets.Select((_, i) => new XElement(x + "sheet", new XAttribute("name", $"Sheet{i + 1}"), new XAttribute("sheetId", i + 1), new XAttribute(r + "id", $"s{i}"))))));
            Add("xl/_rels/wb.xml.rels", new(package + "Relationships",
                Relation("st", "styles", "st.xml"), Relation("ss", "sharedStrings", "ss.xml"), parts.Select((_, i) => Relation($"s{i}", "worksheet", $"s{i}.xml"))));
            Add("xl/st.xml", new(x + "styleSheet", new XElement(x + "cellXfs", new XElement(x + "xf", new XAttribute("numFmtId", 0)), new XElement(x + "xf", new XAttribute("numFmtId", 14)))));
            Add("xl/ss.xml", new(x + "sst", strings.Select(text => new XElement(x + "si", new XElement(x + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text)))));
            foreach (var (i, part) in parts.Index())
            {
                Add($"xl/s{i}.xml", part);
            }
        }

        return made.ToArray();
    }

    private WorksheetPart PartOf(BookSheet sheet) => document.WorkbookPart!.WorksheetParts.Single(part =>
        part.Worksheet!.Descendants<Cell>().Any(cell => cell.CellReference == "A3" && cell.InnerText == $"rectify:{sheet.ToString().ToLowerInvariant()}"));

    private Row RowOf(BookSheet sheet, string key) =>
        PartOf(sheet).Worksheet!.Descendants<Row>().Single(row => row.RowIndex!.Value > 4 && row.Elements<Cell>().First().InnerText == key);

    private Cell CellOf(BookSheet sheet, string key, BookColumn column)
    {
        var name = PartOf(sheet).Worksheet!.Descendants<Row>().Single(row => row.RowIndex!.Value == 3).Elements<Cell>().Single(cell => cell.InnerText == $"{column}").CellReference!.Value!;
        var row = RowOf(sheet, key);
        return row.Elements<Cell>().Single(cell => cell.CellReference == $"{name[..^1]}{row.RowIndex}");
    }
}
