using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Samples;

namespace Rectify.Tests.Samples;

/// <summary>The sample programme as the tests read it: the data, and the documents that are kept beside it.</summary>
internal static class SampleFiles
{
    public static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../../../../samples/yunling"));

    public static readonly SampleData Data = SampleData.Load(Path.Combine(Folder, "data"));

    /// <summary>The documents as the data makes them now.</summary>
    public static readonly Dictionary<string, byte[]> Made = MakeSamples.All(Data).ToDictionary(made => made.Name, made => made.Bytes);

    public static byte[] Kept(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Every part of an office document by name, with its time and its bytes uncompressed: compression may differ between runtimes.</summary>
    public static List<(string Name, DateTimeOffset Time, string Content)> Parts(byte[] document)
    {
        using var zip = new ZipArchive(new MemoryStream(document));
        return [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return (entry.FullName, entry.LastWriteTime, Convert.ToHexString(content.ToArray()));
        })];
    }

    /// <summary>The paragraphs as they read with every tracked change accepted, or rejected. Automatic numbers are not part of the text.</summary>
    public static List<string> Paragraphs(string name, bool accepted = true)
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(Kept(name)), isEditable: false);
        return [.. from paragraph in word.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>()
                   let marked = paragraph.ParagraphProperties?.ParagraphMarkRunProperties?.GetFirstChild<Inserted>() is not null
                   where accepted || !marked
                   select string.Concat(paragraph.Descendants().Select(part => part switch
                   {
                       DocumentFormat.OpenXml.Wordprocessing.Text text => accepted || text.Ancestors<InsertedRun>().FirstOrDefault() is null ? text.Text : "",
                       DeletedText deleted => accepted ? "" : deleted.Text,
                       _ => "",
                   }))];
    }

    /// <summary>Rows of a sheet, each cell by its column letter.</summary>
    public static List<Dictionary<char, string>> Rows(string name, string sheet)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(Kept(name)), isEditable: false);
        var part = book.WorkbookPart!;
        var texts = part.SharedStringTablePart!.SharedStringTable!.Elements<SharedStringItem>().Select(i => i.InnerText).ToList();
        var id = part.Workbook!.Descendants<Sheet>().Single(s => s.Name == sheet).Id!.Value!;
        return [.. ((WorksheetPart)part.GetPartById(id)).Worksheet!.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(
            cell => cell.CellReference!.Value![0],
            cell => cell.CellValue is { } value ? texts[int.Parse(value.Text, CultureInfo.InvariantCulture)] : ""))];
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
