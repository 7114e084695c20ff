using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Rectify.Papers;

namespace Rectify.Workbooks;

/// <summary>Writes a return's workbook as a file: what is given is locked, what is to be filled in is not.</summary>
/// <remarks>
/// The protection has no password: it keeps from accidents, and what comes back is checked cell by cell. Sheets are found again by a
/// hidden row that names the columns and a hidden column that names the rows. Source: ECMA-376 part 1 §18.2, §18.3.
/// </remarks>
internal static class BookWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public const string MarkOfLines = "rectify:lines";
    public const string MarkOfFigures = "rectify:figures";
    public const string MarkOfNodes = "rectify:nodes";
    public const string MarkOfMeasures = "rectify:measures";

    /// <summary>Stands in the hidden column beside the heads.</summary>
    public const string HeadKey = "#";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Paragraphs of the instructions: the texts <c>workbook.help.1</c> and so on.</summary>
    private const int HelpTexts = 11;

    /// <summary>Of the instructions' column, in characters.</summary>
    private const int HelpWidth = 100;

    /// <param name="made">The moment of which the workbook shows the state.</param>
    public static byte[] Write(ReturnBook book, DateTimeOffset made)
    {
        var sheets = new List<(string Name, string Xml, bool Hidden)> { (book.Words["workbook.sheet.Help"], Help(book), false) };
        sheets.AddRange(book.Tables.Select((table, i) => (book.Words[$"workbook.sheet.{table.Sheet}"], new BookSheetXml(book, table, selected: i == 0).Write(), false)));
        sheets.Add((BookMemory.SheetName, Memory(BookMemory.Of(book, made)), true));

        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            Add(zip, "[Content_Types].xml", Declaration + $"<Types xmlns=\"{Package}/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kinds}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{Kinds}.styles+xml\"/>"
                + string.Concat(sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{Kinds}.worksheet+xml\"/>")) + "</Types>");
            Add(zip, "_rels/.rels", Declaration + $"<Relationships xmlns=\"{Package}/relationships\">"
                + $"<Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", Workbook(sheets, book));
            Add(zip, "xl/_rels/workbook.xml.rels", Declaration + $"<Relationships xmlns=\"{Package}/relationships\">"
                + string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
                + $"<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Add(zip, "xl/styles.xml", BookStyles.Xml());
            foreach (var (i, sheet) in sheets.Index())
            {
                Add(zip, $"xl/worksheets/sheet{i + 1}.xml", sheet.Xml);
            }
        }

        return file.ToArray();
    }

    /// <summary>A text as an attribute or element holds it.</summary>
    public static string Escape(string text) => SecurityElement.Escape(CleanText.Of(text));

    private static string Workbook(List<(string Name, string Xml, bool Hidden)> sheets, ReturnBook book)
    {
        var xml = new StringBuilder(Declaration + $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookProtection lockStructure=\"1\"/><bookViews><workbookView activeTab=\"1\"/></bookViews><sheets>");
        foreach (var (i, sheet) in sheets.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{Escape(sheet.Name)}\" sheetId=\"{i + 1}\"{(sheet.Hidden ? " state=\"veryHidden\"" : "")} r:id=\"rId{i + 1}\"/>");
        }

        xml.Append("</sheets><definedNames>");
        foreach (var (i, table) in book.Tables.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{i + 1}\">'{Escape(sheets[i + 1].Name)}'!$4:$4</definedName>");
        }

        return xml.Append("</definedNames></workbook>").ToString();
    }

    private static string Help(ReturnBook book)
    {
        var words = book.Words;
        var xml = new StringBuilder(Declaration + $"<worksheet xmlns=\"{Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
            + "<sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"/></sheetViews><cols><col min=\"1\" max=\"1\" width=\"5\" customWidth=\"1\"/>" + $"<col min=\"2\" max=\"2\" width=\"{HelpWidth}\" customWidth=\"1\"/></cols><sheetData>");
        xml.Append("<row r=\"1\" ht=\"32\" customHeight=\"1\">");
        Text(xml, "A1", words["workbook.help.title"], BookStyles.Title);
        xml.Append("</row><row r=\"2\">");
        Text(xml, "A2", book.Facts, BookStyles.Facts);
        xml.Append("</row>");
        foreach (var no in Enumerable.Range(1, HelpTexts))
        {
            var text = words[$"workbook.help.{no}"];
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{no + 3}\" ht=\"{BookSheetXml.Height(1, [(text, HelpWidth)]) + 6}\">");
            Text(xml, $"A{no + 3}", no.ToString(CultureInfo.InvariantCulture), BookStyles.HelpHead);
            Text(xml, $"B{no + 3}", text, BookStyles.Help);
            xml.Append("</row>");
        }

        return xml.Append("</sheetData>").Append(BookSheetXml.Protection)
            .Append("<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>")
            .Append("<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>")
            .ToString();
    }

    private static string Memory(BookMemory memory)
    {
        var xml = new StringBuilder(Declaration + $"<worksheet xmlns=\"{Main}\"><sheetData>");
        foreach (var (i, row) in memory.ToRows().Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{i + 1}\">");
            foreach (var (column, text) in row.Index())
            {
                if (text.Length > 0)
                {
                    Text(xml, $"{XlsxWriter.ColumnName(column + 1)}{i + 1}", text, 0);
                }
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData>").Append(BookSheetXml.Protection).Append("</worksheet>").ToString();
    }

    internal static void Text(StringBuilder xml, string at, string text, int style) => XlsxWriter.AppendText(xml, text, style, at);

    private static void Add(ZipArchive zip, string name, string xml)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var part = entry.Open();
        part.Write(Encoding.UTF8.GetBytes(xml));
    }
}
