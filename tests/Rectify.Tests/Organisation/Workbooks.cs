using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Rectify.Tests.Organisation;

/// <summary>Workbooks that tests make: sheets of rows of texts; an empty text is no cell.</summary>
internal static class Workbooks
{
    public static readonly string[] UnitHead = ["编码", "机构名称", "简称", "上级机构", "类别", "别名", "行政区划代码"];

    public static readonly string[] PeopleHead = ["编号", "姓名", "机构", "职务"];

    public static byte[] Make(params (string Name, IEnumerable<string[]> Rows)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            foreach (var (index, (name, rows)) in sheets.Index())
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Index().Select(row => new Row(Cells(row.Index + 1, row.Item)) { RowIndex = (uint)row.Index + 1 })));
                book.Workbook.Sheets!.Append(new Sheet { Name = name, SheetId = (uint)index + 1, Id = book.GetIdOfPart(part) });
            }
        }

        return stream.ToArray();
    }

    private static IEnumerable<Cell> Cells(int row, string[] texts) =>
        from cell in texts.Index()
        where cell.Item.Length > 0
        select new Cell(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(cell.Item)))
        {
            CellReference = $"{(char)('A' + cell.Index)}{row}",
            DataType = CellValues.InlineString,
        };
}
