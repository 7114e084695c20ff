using System.Globalization;
using System.Text;
using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Workbooks;

/// <summary>The XML of one sheet that is filled in: cells, locks, drop-down lists, checks, print set-up.</summary>
/// <remarks>Rows: 1 title, 2 facts, 3 names of the columns (hidden), 4 heads, from 5 on what is filled in. Column A, hidden, holds the keys of the rows.</remarks>
internal sealed class BookSheetXml(ReturnBook book, BookTable table, bool selected)
{
    /// <summary>Locked but for cells that say otherwise; widths, heights and filters stay free.</summary>
    public const string Protection = "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\" autoFilter=\"0\"/>";

    private const int FirstRow = 5;

    // In points, of the font used. Source of the largest: Excel's limits.
    private const double LineHeight = 14;
    private const double TallestRow = 409;

    private static readonly DateOnly DayZero = new(1899, 12, 30);

    private readonly Words words = book.Words;
    private readonly StringBuilder xml = new(64 * 1024);
    private readonly StringBuilder checks = new();
    private readonly StringBuilder lists = new();
    private int listCount;
    private int priority;

    private int LastRow => FirstRow + table.Rows.Count - 1;

    public string Write()
    {
        xml.Append(CultureInfo.InvariantCulture, $"{BookWriter.Declaration}<worksheet xmlns=\"{BookWriter.Main}\"><sheetPr><tabColor rgb=\"FF2F5D8A\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        xml.Append(CultureInfo.InvariantCulture, $"<sheetViews><sheetView showGridLines=\"0\" {(selected ? "tabSelected=\"1\" " : "")}workbookViewId=\"0\">");
        xml.Append("<pane xSplit=\"3\" ySplit=\"4\" topLeftCell=\"D5\" activePane=\"bottomRight\" state=\"frozen\"/><selection pane=\"topRight\"/><selection pane=\"bottomLeft\"/>");
        var first = table.Columns.FirstOrDefault(column => column.IsInput && table.Rows.Any(row => row.Cells[column].Role is CellRole.Input));
        xml.Append(CultureInfo.InvariantCulture, $"<selection pane=\"bottomRight\" activeCell=\"{At(first, FirstRow)}\" sqref=\"{At(first, FirstRow)}\"/></sheetView></sheetViews>");
        xml.Append("<sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"1\" width=\"8\" hidden=\"1\" customWidth=\"1\"/>");
        foreach (var (i, column) in table.Columns.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 2}\" max=\"{i + 2}\" width=\"{column.Width}\" customWidth=\"1\"/>");
        }

        xml.Append("</cols><sheetData>");
        Heads();
        foreach (var (i, row) in table.Rows.Index())
        {
            Row(row, FirstRow + i);
        }

        Choices();
        var last = XlsxWriter.ColumnName(table.Columns.Count + 1);
        xml.Append(CultureInfo.InvariantCulture, $"</sheetData>{Protection}<autoFilter ref=\"B4:{last}{LastRow}\"/>");
        xml.Append(CultureInfo.InvariantCulture, $"<mergeCells count=\"2\"><mergeCell ref=\"B1:{last}1\"/><mergeCell ref=\"B2:{last}2\"/></mergeCells>{checks}");
        xml.Append(listCount == 0 ? "" : $"<dataValidations count=\"{listCount.ToString(CultureInfo.InvariantCulture)}\">{lists}</dataValidations>");
        xml.Append("<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
        xml.Append("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>");
        xml.Append(CultureInfo.InvariantCulture, $"<headerFooter><oddFooter>{BookWriter.Escape("&L" + book.View.Unit.Replace("&", "&&", StringComparison.Ordinal) + "&C" + words["workbook.page"])}</oddFooter></headerFooter></worksheet>");
        return xml.ToString();
    }

    private void Heads()
    {
        xml.Append("<row r=\"1\" ht=\"32\" customHeight=\"1\">");
        BookWriter.Text(xml, "B1", book.Title, BookStyles.Title);
        xml.Append("</row><row r=\"2\" ht=\"20\" customHeight=\"1\">");
        BookWriter.Text(xml, "B2", book.Facts, BookStyles.Facts);
        xml.Append("</row><row r=\"3\" hidden=\"1\">");
        BookWriter.Text(xml, "A3", table.Sheet switch
        {
            BookSheet.Lines => BookWriter.MarkOfLines,
            BookSheet.Figures => BookWriter.MarkOfFigures,
            BookSheet.Nodes => BookWriter.MarkOfNodes,
            BookSheet.Measures => BookWriter.MarkOfMeasures,
        }, 0);
        foreach (var column in table.Columns)
        {
            BookWriter.Text(xml, At(column, 3), $"{column}", 0);
        }

        xml.Append("</row><row r=\"4\" ht=\"34\" customHeight=\"1\">");
        BookWriter.Text(xml, "A4", BookWriter.HeadKey, 0);
        foreach (var column in table.Columns)
        {
            BookWriter.Text(xml, At(column, 4), book.Head(column), column.IsInput ? BookStyles.InputHead : BookStyles.Head);
        }

        xml.Append("</row>");
    }

    private void Row(BookRow row, int number)
    {
        var least = table.Sheet is BookSheet.Lines ? 3 : 2;
        xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\" ht=\"{Height(least, table.Columns.Select(column => (row.Cells[column].Value as string ?? "", column.Width)))}\">");
        BookWriter.Text(xml, $"A{number}", row.Key, 0);
        var scale = row.Figure?.Quantity.QuantityScale ?? 0;
        foreach (var column in table.Columns)
        {
            var cell = row.Cells[column];
            Cell(At(column, number), cell, cell.Role switch
            {
                CellRole.NotAsked => BookStyles.NotAsked,
                CellRole.Given when cell.Value is decimal => column is BookColumn.No ? BookStyles.GivenMiddle : BookStyles.GivenNumber(scale),
                CellRole.Given => column is BookColumn.Item or BookColumn.Figure or BookColumn.Node or BookColumn.Measure or BookColumn.Evidence ? BookStyles.GivenText : BookStyles.GivenMiddle,
                CellRole.Last => cell.Value is decimal ? BookStyles.LastNumber(scale) : BookStyles.LastText,
                CellRole.Input => column switch
                {
                    BookColumn.Percent or BookColumn.Value or BookColumn.Corrects => BookStyles.InputNumber,
                    BookColumn.On or BookColumn.DoneOn => BookStyles.InputDay,
                    BookColumn.Reached or BookColumn.Done or BookColumn.Checked => BookStyles.InputChoice,
                    _ => BookStyles.InputText,
                },
            });
        }

        xml.Append("</row>");
        Checks(row, number);
    }

    private void Cell(string at, BookCell cell, int style)
    {
        switch (cell.Value)
        {
            case string { Length: > 0 } text:
                BookWriter.Text(xml, at, text, style);
                break;
            case decimal number:
                xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>");
                break;
            case DateOnly day:
                xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{style}\"><v>{day.DayNumber - DayZero.DayNumber}</v></c>");
                break;
            default:
                xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{style}\"/>");
                break;
        }
    }

    // What a line would be told on the page is shown red here: without a line nobody else says it.
    private void Checks(BookRow row, int number)
    {
        if (row.Figure is { } asked)
        {
            var (value, reason, target) = (At(BookColumn.Value, number), At(BookColumn.Reason, number), At(BookColumn.Target, number));
            var scale = asked.Quantity.QuantityScale;
            string Plain(long? figure) => ReturnBook.Plain(ReturnBook.AtScale(figure, asked.Quantity));
            var (back, beyond) = asked.Quantity.QuantityTarget >= (asked.Quantity.QuantityBaseline ?? 0) ? ("<", ">") : (">", "<");
            Red(value, $"AND(ISNUMBER({value}),LEN({reason})=0,OR({value}{(asked.Said is null ? back : "<>")}{Plain(asked.Latest())},{value}{beyond}{target}))");
            var hint = words["workbook.hint.figure", asked.Quantity.QuantityUnit, scale, Plain(asked.Latest()), Plain(asked.Quantity.QuantityTarget)];
            foreach (var column in new[] { BookColumn.Value, BookColumn.Corrects }.Where(column => row.Cells[column].Role is CellRole.Input && table.Columns.Contains(column)))
            {
                Validate(At(column, number), scale == 0 ? "whole" : "decimal", "between", "-999999999999", "999999999999", hint, words["workbook.stop.number", scale]);
            }
        }
        else if (table.Sheet is BookSheet.Lines && row.Line.Asked.Light is Light.Yellow or Light.Red)
        {
            Red(At(BookColumn.Problems, number), $"LEN(TRIM({At(BookColumn.Problems, number)}))=0");
        }
    }

    private void Choices()
    {
        var yes = $"\"{words["workbook.yes"]},{words["workbook.no"]}\"";
        switch (table.Sheet)
        {
            case BookSheet.Lines:
                Validate(Range(BookColumn.Checked), "list", "", yes, null, words["workbook.hint.checked"], words["workbook.stop.choice"]);
                Length(BookColumn.Work, 4_000);
                Length(BookColumn.Problems, 4_000);
                Length(BookColumn.Next, 4_000);
                if (table.Columns.Contains(BookColumn.Percent))
                {
                    Validate(Range(BookColumn.Percent), "whole", "between", "0", "100", words["workbook.hint.percent"], words["workbook.stop.percent"]);
                    Length(BookColumn.PercentReason, 500);
                }

                break;
            case BookSheet.Figures:
                Length(BookColumn.Reason, 500);
                if (table.Columns.Contains(BookColumn.CorrectsReason))
                {
                    Length(BookColumn.CorrectsReason, 500);
                }

                break;
            case BookSheet.Nodes:
                Done(BookColumn.Reached, BookColumn.On, yes);
                break;
            case BookSheet.Measures:
                Done(BookColumn.Done, BookColumn.DoneOn, yes);
                break;
        }
    }

    // Whether, and on which day: red where one stands without the other.
    private void Done(BookColumn whether, BookColumn when, string yes)
    {
        var (done, on) = (At(whether, FirstRow), At(when, FirstRow));
        Validate(Range(whether), "list", "", yes, null, words[$"workbook.hint.{whether}"], words["workbook.stop.choice"]);
        Validate(Range(when), "date", "between", "32874", "TODAY()", words["workbook.hint.on"], words["workbook.stop.day"]);
        Red(Range(when), $"AND({done}=\"{words["workbook.yes"]}\",LEN({on})=0)");
        Red(Range(whether), $"AND({done}<>\"{words["workbook.yes"]}\",LEN({on})>0)");
    }

    private void Length(BookColumn column, int most) =>
        Validate(Range(column), "textLength", "lessThanOrEqual", most.ToString(CultureInfo.InvariantCulture), null, words[$"workbook.hint.{column}"], words["workbook.stop.long", most]);

    // A prompt holds 255 characters. Source: Excel's limits.
    private void Validate(string range, string type, string comparison, string from, string? to, string hint, string stop)
    {
        listCount++;
        lists.Append(CultureInfo.InvariantCulture, $"<dataValidation type=\"{type}\"{(comparison.Length > 0 ? $" operator=\"{comparison}\"" : "")} allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"");
        lists.Append(CultureInfo.InvariantCulture, $" errorTitle=\"{BookWriter.Escape(words["workbook.stop"])}\" error=\"{BookWriter.Escape(Cut(stop))}\" prompt=\"{BookWriter.Escape(Cut(hint))}\" sqref=\"{range}\">");
        lists.Append(CultureInfo.InvariantCulture, $"<formula1>{BookWriter.Escape(from)}</formula1>{(to is null ? "" : $"<formula2>{BookWriter.Escape(to)}</formula2>")}</dataValidation>");
    }

    private void Red(string range, string formula) => checks.Append(
        CultureInfo.InvariantCulture,
        $"<conditionalFormatting sqref=\"{range}\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"{++priority}\"><formula>{BookWriter.Escape(formula)}</formula></cfRule></conditionalFormatting>");

    private string Range(BookColumn column) => $"{At(column, FirstRow)}:{At(column, LastRow)}";

    private string At(BookColumn column, int row) => $"{XlsxWriter.ColumnName(table.Columns.Index().First(one => one.Item == column).Index + 2)}{row.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The height in points that shows the texts whole. Given as a mere hint, so that a row still grows while someone types: not every program finds it by itself.</summary>
    /// <param name="least">Lines shown at least.</param>
    /// <param name="texts">Each with its column's width in characters.</param>
    public static double Height(int least, IEnumerable<(string Text, double Width)> texts)
    {
        var lines = texts.Max(cell => cell.Text.Split('\n').Sum(line => Math.Max(1, Math.Ceiling(CharacterWidth.Of(line) * 2 / (cell.Width - 1)))));
        return Math.Min(TallestRow, (LineHeight * Math.Max(least, lines)) + 4);
    }

    private static string Cut(string text) => text.Length <= 255 ? text : text[..254] + "…";
}
