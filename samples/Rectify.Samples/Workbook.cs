using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Rectify.Samples;

/// <summary>Looks of a cell; the number is its place among the cell formats.</summary>
internal enum Look : uint
{
    Plain,
    Title,
    Header,
    Text,
    Centred,
}

internal sealed record CellText(string Text, Look Look);

/// <summary>A row of a sheet; a cell that is null is empty and without a frame. Height in points, or null for the program's own.</summary>
internal sealed record SheetRow(IReadOnlyList<CellText?> Cells, double? Height = null);

/// <param name="Widths">Column widths in characters.</param>
/// <param name="HeaderRows">Rows, with the title, that stay when one scrolls and are repeated on every printed page.</param>
/// <param name="Merged">Ranges such as <c>A1:D1</c>.</param>
internal sealed record SheetContent(
    string Name, IReadOnlyList<double> Widths, int HeaderRows, IReadOnlyList<SheetRow> Rows, IReadOnlyList<string> Merged);

/// <summary>Writes sheets into a workbook whose bytes depend on nothing but their content.</summary>
internal static class WorkbookWriter
{
    public static byte[] Make(string title, string creator, DateOnly on, IReadOnlyList<SheetContent> sheets)
    {
        using var stream = new MemoryStream();
        using (var package = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var part = package.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
            var texts = new SharedTexts();
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
            {
                part.AddNewPart<WorksheetPart>($"rId{i + 1}").Worksheet = Worksheet(sheet, texts, first: i is 0);
            }

            part.AddNewPart<WorkbookStylesPart>($"rId{sheets.Count + 1}").Stylesheet = WorkbookStyles.Stylesheet();
            part.AddNewPart<SharedStringTablePart>($"rId{sheets.Count + 2}").SharedStringTable = texts.Table();
            part.Workbook = new Workbook(
                new BookViews(new WorkbookView { ActiveTab = 0U }),
                new Sheets(sheets.Select((s, i) => new Sheet { Name = s.Name, SheetId = (uint)i + 1, Id = $"rId{i + 1}" })),
                new DefinedNames(sheets.Select((s, i) => new DefinedName($"'{s.Name}'!$1:${s.HeaderRows}")
                {
                    Name = "_xlnm.Print_Titles",
                    LocalSheetId = (uint)i,
                })));
            PackageParts.AddProperties(package, title, creator, on, "Rectify.Samples");
        }

        return StillZip.Repack(stream);
    }

    /// <summary>A cell's address from its column and row, both counted from 1.</summary>
    public static string Address(int column, int row) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column - 1)}{row}");

    private static Worksheet Worksheet(SheetContent sheet, SharedTexts texts, bool first)
    {
        var below = Address(1, sheet.HeaderRows + 1);
        var worksheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(new SheetView(
                new Pane { VerticalSplit = sheet.HeaderRows, TopLeftCell = below, ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen },
                new Selection { Pane = PaneValues.BottomLeft, ActiveCell = below, SequenceOfReferences = new() { InnerText = below } })
            { TabSelected = first, WorkbookViewId = 0U }),
            new SheetFormatProperties { DefaultRowHeight = 18, CustomHeight = true },
            new Columns(sheet.Widths.Select((width, i) => new Column
            {
                Min = (uint)i + 1,
                Max = (uint)i + 1,
                Width = width,
                CustomWidth = true,
            })),
            new SheetData(sheet.Rows.Select((row, i) => Row(row, i + 1, texts))));
        if (sheet.Merged.Count > 0)
        {
            worksheet.Append(new MergeCells(sheet.Merged.Select(range => new MergeCell { Reference = range })) { Count = (uint)sheet.Merged.Count });
        }

        worksheet.Append(
            new PrintOptions { HorizontalCentered = true },
            new PageMargins { Left = 0.4, Right = 0.4, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 },
            new PageSetup { PaperSize = 9U, Orientation = OrientationValues.Landscape, FitToWidth = 1U, FitToHeight = 0U },
            new HeaderFooter(new OddFooter("&C第 &P 页，共 &N 页")));
        return worksheet;
    }

    private static Row Row(SheetRow row, int number, SharedTexts texts)
    {
        var made = new Row(row.Cells.Select((cell, i) => cell is null ? null : Cell(cell, Address(i + 1, number), texts)).OfType<Cell>())
        {
            RowIndex = (uint)number,
        };
        if (row.Height is { } height)
        {
            made.Height = height;
            made.CustomHeight = true;
        }

        return made;
    }

    private static Cell Cell(CellText cell, string address, SharedTexts texts) => cell.Text.Length is 0
        ? new Cell { CellReference = address, StyleIndex = (uint)cell.Look }
        : new Cell(new CellValue(texts.Place(cell.Text)))
        {
            CellReference = address,
            StyleIndex = (uint)cell.Look,
            DataType = CellValues.SharedString,
        };

    private sealed class SharedTexts
    {
        private readonly Dictionary<string, int> places = [];
        private uint uses;

        public int Place(string text)
        {
            uses++;
            if (!places.TryGetValue(text, out var place))
            {
                places[text] = place = places.Count;
            }

            return place;
        }

        public SharedStringTable Table() =>
            new(places.OrderBy(p => p.Value).Select(p => new SharedStringItem(new Text(p.Key) { Space = SpaceProcessingModeValues.Preserve })))
            {
                Count = uses,
                UniqueCount = (uint)places.Count,
            };
    }
}
