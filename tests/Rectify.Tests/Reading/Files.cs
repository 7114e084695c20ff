using System.IO.Compression;
using System.Security;
using System.Text;
using Rectify.Platform;
using Rectify.Reading;

namespace Rectify.Tests.Reading;

/// <summary>Small files of every format, and a short spelling of what was read from them.</summary>
internal static class Files
{
    public const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static SourceDocument Read(byte[] bytes, string name = "方案", ReadingLimits? limits = null) =>
        DocumentReader.Read(new MemoryStream(bytes), name, limits, TestContext.Current.CancellationToken);

    public static Refusal Refused(byte[] bytes, string name = "方案", ReadingLimits? limits = null) =>
        Assert.Throws<Refusal>(() => Read(bytes, name, limits));

    /// <summary>All paragraphs in reading order, those in cells too.</summary>
    public static string[] Texts(this SourceDocument document) => [.. Paragraphs(document.Blocks).Select(paragraph => paragraph.Text)];

    public static IEnumerable<Paragraph> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        Paragraph paragraph => [paragraph],
        Table table => table.Cells.SelectMany(cell => Paragraphs(cell.Blocks)),
        _ => Enumerable.Empty<Paragraph>(),
    });

    /// <summary>A table's cells as <c>row,column,rows,columns:text</c>.</summary>
    public static string[] Cells(this Table table) =>
        [.. table.Cells.Select(cell => $"{cell.Row},{cell.Column},{cell.RowSpan},{cell.ColumnSpan}:{cell.Text}")];

    public static Table OnlyTable(this SourceDocument document) => Assert.Single(document.Blocks.OfType<Table>());

    public static string Escape(string text) => SecurityElement.Escape(text);

    /// <summary>A Word file around a body, with parts beside it by name, such as <c>numbering</c>.</summary>
    public static byte[] Docx(string body, params (string Part, string Xml)[] parts) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        ("_rels/.rels", Relations([("d", "officeDocument", "word/document.xml")])),
        ("word/document.xml", $"""
            <w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
              xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>
            """),
        ("word/_rels/document.xml.rels", Relations([.. parts.Select(part => (part.Part, part.Part, part.Part + ".xml"))])),
        .. parts.Select(part => ($"word/{part.Part}.xml", part.Xml)),
    ]);

    public static string P(string text, string properties = "") =>
        $"<w:p>{(properties.Length > 0 ? $"<w:pPr>{properties}</w:pPr>" : "")}<w:r><w:t xml:space=\"preserve\">{Escape(text)}</w:t></w:r></w:p>";

    public static string Part(string root, string inner) => $"<w:{root} xmlns:w=\"{W}\">{inner}</w:{root}>";

    /// <summary>A workbook of sheets given as their inner XML.</summary>
    public static byte[] Xlsx(string styles, string strings, params (string Name, string State, string Inner)[] sheets) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        ("_rels/.rels", Relations([("w", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", $"<workbook xmlns='{S}' xmlns:r='{R}'><sheets>{string.Concat(sheets.Select((sheet, i) =>
            $"<sheet name='{Escape(sheet.Name)}' sheetId='{i + 1}' state='{sheet.State}' r:id='s{i}'/>"))}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Relations(
        [
            ("st", "styles", "styles.xml"), ("ss", "sharedStrings", "sharedStrings.xml"),
            .. sheets.Select((_, i) => ($"s{i}", "worksheet", $"/xl/worksheets/sheet{i}.xml")),
        ])),
        ("xl/styles.xml", $"<styleSheet xmlns='{S}'>{styles}</styleSheet>"),
        ("xl/sharedStrings.xml", $"<sst xmlns='{S}'>{strings}</sst>"),
        .. sheets.Select((sheet, i) => ($"xl/worksheets/sheet{i}.xml", $"<worksheet xmlns='{S}'>{sheet.Inner}</worksheet>")),
    ]);

    public static byte[] Zip(params (string Path, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in entries)
            {
                using var stream = zip.CreateEntry(path).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    /// <summary>A package with one entry put in or replaced.</summary>
    public static byte[] With(byte[] package, string path, string text)
    {
        using var file = new MemoryStream();
        file.Write(package);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(path)?.Delete();
            using var stream = zip.CreateEntry(path).Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }

    private static string Relations((string Id, string Kind, string Target)[] relations) =>
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + string.Concat(relations.Select(relation =>
            $"<Relationship Id='{relation.Id}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation.Kind}' Target='{relation.Target}'/>"))
        + "</Relationships>";
}
