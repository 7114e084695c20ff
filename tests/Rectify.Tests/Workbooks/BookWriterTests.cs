using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Rectify.Platform.Text;
using Rectify.Workbooks;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Rectify.Tests.Workbooks;

/// <summary>A workbook is what Office expects, and what is given is locked while what is asked is not.</summary>
public sealed class BookWriterTests
{
    [Fact]
    public void Every_workbook_keeps_to_the_schema() => Books.One.List[1, 4].Sample(cases =>
    {
        using var document = Open(cases, Language.Default);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2016).Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }, iter: 20);

    [Fact]
    public void What_is_asked_is_open_and_everything_else_is_locked() => Books.One.List[1, 4].Sample(cases =>
    {
        using var document = Open(cases, Language.Find("en")!);
        var looks = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        bool IsOpen(Cell cell) => looks[(int)(cell.StyleIndex?.Value ?? 0)].Protection?.Locked?.Value is false;
        Assert.All(document.WorkbookPart.WorksheetParts, part => Assert.True(part.Worksheet!.GetFirstChild<SheetProtection>()!.Sheet!.Value));
        foreach (var part in document.WorkbookPart.WorksheetParts.Where(part => part.Worksheet!.Descendants<Cell>().Any(cell => cell.CellReference == "A3" && cell.InnerText.StartsWith("rectify:", StringComparison.Ordinal))))
        {
            var rows = part.Worksheet!.Descendants<Row>().ToList();
            var columns = rows[2].Elements<Cell>().Skip(1).ToDictionary(cell => Letters(cell), cell => Enum.Parse<BookColumn>(cell.InnerText));
            Assert.All(rows.Take(4).SelectMany(row => row.Elements<Cell>()), cell => Assert.False(IsOpen(cell)));
            foreach (var cell in rows.Skip(4).SelectMany(row => row.Elements<Cell>()))
            {
                var notAsked = cell.StyleIndex! == (uint)BookStyles.NotAsked;
                Assert.Equal(columns.TryGetValue(Letters(cell), out var column) && column.IsInput && !notAsked, IsOpen(cell));
            }

            var lists = part.Worksheet!.Descendants<DataValidation>().ToList();
            Assert.All(columns.Where(column => column.Value.IsInput), column => Assert.True(
                lists.Exists(one => one.SequenceOfReferences!.InnerText!.StartsWith(column.Key, StringComparison.Ordinal)) || column.Value is BookColumn.Corrects, $"{column.Value} is not checked"));
            Assert.All(
                columns.Where(column => column.Value is BookColumn.Reached or BookColumn.Done or BookColumn.Checked),
                column => Assert.Equal("\"yes,no\"", lists.Single(one => one.SequenceOfReferences!.InnerText!.StartsWith(column.Key, StringComparison.Ordinal)).Formula1!.Text));
            var setup = part.Worksheet!.GetFirstChild<PageSetup>()!;
            Assert.Equal((9u, "landscape"), (setup.PaperSize!.Value, setup.Orientation!.InnerText));
            Assert.Equal("D5", part.Worksheet!.Descendants<Pane>().Single().TopLeftCell!.Value);
        }

        Assert.Equal("veryHidden", document.WorkbookPart.Workbook!.Descendants<Sheet>().Last().State!.InnerText);
        Assert.All(document.WorkbookPart.Workbook.Descendants<DefinedName>(), name => Assert.EndsWith("!$4:$4", name.Text, StringComparison.Ordinal));
    }, iter: 40);

    private static SpreadsheetDocument Open(IReadOnlyList<Books.Case> cases, Language language) =>
        SpreadsheetDocument.Open(new MemoryStream(Books.Typed(cases, language).File), isEditable: false);

    private static string Letters(Cell cell) => new([.. cell.CellReference!.Value!.TakeWhile(char.IsLetter)]);
}
