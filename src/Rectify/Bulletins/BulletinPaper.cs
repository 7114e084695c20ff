using Rectify.Papers;
using Rectify.Platform.Text;

namespace Rectify.Bulletins;

/// <summary>Sets a bulletin's content as an official document with a red head.</summary>
internal static class BulletinPaper
{
    public static Paper Of(BulletinContent content, DateTimeOffset made) => new(content.Title, made, [.. content.Body.Select(Block)])
    {
        Kind = PaperKind.Official,
        Mark = [content.Mark],
        Issue = new(content.Issue, content.Issuer, content.Date),
        Colophon = new(content.Receivers, content.Issuer, content.Printed, content.Copies),
        Words = Words.In(Language.Find(content.Language) ?? Language.Default),
    };

    private static PaperBlock Block(ContentBlock block) => block switch
    {
        { Heading: { } heading } => new PaperHeading(1, heading),
        { Columns: { } columns, Rows: { } rows } => new DataTable(
            [.. columns.Select(column => new PaperColumn(column.Head, column.Width, column.Figures ? PaperAlign.Right : PaperAlign.Left))],
            [.. rows.Select(row => row.Select(cell => cell.Text).ToList())])
        {
            Caption = block.Caption,
        },
        _ => new PaperParagraph([.. (block.Paragraph ?? []).Select(part => new PaperRun(part.Text))]),
    };

    /// <summary>The file as bytes.</summary>
    /// <param name="ending"><c>docx</c> or <c>pdf</c>.</param>
    /// <exception cref="Platform.Refusal">409: no font on this computer.</exception>
    public static byte[] Write(BulletinContent content, DateTimeOffset made, string ending, CancellationToken ct)
    {
        using var file = new MemoryStream();
        if (ending == "pdf")
        {
            PdfWriter.Write(Of(content, made), file, null, ct);
        }
        else
        {
            DocxWriter.Write(Of(content, made), file);
        }

        return file.ToArray();
    }
}
