using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Papers;
using Rectify.Platform.Web;
using SkiaSharp;

namespace Rectify.Tests.Papers;

public sealed class DocxWriterTests
{
    private static readonly Gen<string> AnyText = Gen.Char["整改，。（）“”\0\u0007\r\n\t<&>\"' ab1\uD83D\uDE00\uFFFF"].Array[0, 30].Select(chars => new string(chars));

    private static readonly Gen<PaperBlock> AnyBlock = Gen.OneOf<PaperBlock>(
        Gen.Select(Gen.Int[1, 4], AnyText, (level, text) => (PaperBlock)new PaperHeading(level, text)),
        Gen.Select(Gen.Select(AnyText, Gen.Bool, (text, bold) => new PaperRun(text, bold)).Array[0, 4], Gen.Enum<PaperAlign>(),
            (runs, align) => (PaperBlock)new PaperParagraph(runs, align)),
        Gen.Select(AnyText, AnyText, KeyValuePair.Create).Array[1, 4].Select(rows => (PaperBlock)new KeyValueTable(rows)),
        Gen.Select(Gen.Int[1, 5], Gen.Select(AnyText, Gen.Int[-1, 4], (head, span) => new ColumnGroup(head, span)).Array[0, 3], AnyText.Array[0, 6].Array[0, 4],
            (columns, groups, rows) => (PaperBlock)new DataTable([.. Enumerable.Range(0, columns).Select(i => new PaperColumn($"列{i}", i))], rows) { Groups = groups }),
        Gen.Const((PaperBlock)new PaperPageBreak()),
        Gen.Int[1, 4].Select(depth => (PaperBlock)new PaperContents(depth)));

    [Fact]
    public void Any_paper_is_a_valid_document() =>
        Gen.Select(AnyBlock.Array[0, 8], Gen.Enum<PaperKind>(), Gen.Enum<PaperTurn>()).Sample((blocks, kind, turn) =>
        {
            using var document = Open(Write(new Paper("标题", SamplePaper.Made, blocks)
            {
                Kind = kind,
                Turn = turn,
                Words = SamplePaper.Words(),
                Mark = ["某某文件"],
                Number = "某〔2019〕1号",
                Signature = "某某",
                Date = new(2019, 4, 1),
                Header = new("项目", null, "", null),
                Code = blocks.Length % 2 == 0 ? new("https://zg.example.gov.cn", "扫码<核对>&\0") : null,
            }));
            Assert.Empty(Errors(document));
        }, iter: 30);

    [Fact]
    public void Says_what_the_paper_says()
    {
        var paper = SamplePaper.Official();
        using var document = Open(Write(paper));
        var paragraphs = document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().ToList();

        Assert.Equal(
            [.. paper.Mark, paper.Number!, paper.Title, paper.Addressee!, .. paper.Body.Select(Said), paper.Signature!, "2019年4月1日"],
            paragraphs.Select(paragraph => paragraph.InnerText));
        Assert.Equal(
            paper.Body.OfType<PaperHeading>().Select(heading => $"Heading{heading.Level}"),
            paragraphs.Select(paragraph => paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Where(style => style?.StartsWith("Heading", StringComparison.Ordinal) == true));
        Assert.Equal("牵头单位要切实履行牵头责任。", string.Concat(document.MainDocumentPart.Document.Descendants<Run>()
            .Where(run => run.RunProperties?.Bold is not null).Select(run => run.InnerText)));
        Assert.Empty(Errors(document));
    }

    [Fact]
    public void Table_heads_repeat_and_rows_do_not_split()
    {
        using var document = Open(Write(SamplePaper.Manual(5)));
        var table = document.MainDocumentPart!.Document!.Body!.Elements<Table>().First();
        var rows = table.Elements<TableRow>().ToList();

        Assert.Equal(7, rows.Count);
        Assert.Equal([true, true, false, false, false, false, false], rows.Select(row => row.TableRowProperties!.Elements<TableHeader>().Any()));
        Assert.All(rows, row => Assert.Single(row.TableRowProperties!.Elements<CantSplit>()));
        Assert.Equal(["序号", "整改任务", "牵头单位", "时限", "进展（个）"], rows[0].Elements<TableCell>().Select(cell => cell.InnerText));
        Assert.Equal(["", "", "", "", "应完成", "已完成"], rows[1].Elements<TableCell>().Select(cell => cell.InnerText));
    }

    [Fact]
    public void Contents_lead_to_the_headings()
    {
        using var document = Open(Write(SamplePaper.Manual(3), [2, 3, 3, 4, 5]));
        var body = document.MainDocumentPart!.Document!.Body!;
        var links = body.Descendants<Hyperlink>().ToList();
        var marks = body.Descendants<BookmarkStart>().ToDictionary(mark => mark.Name!.Value!, mark => mark.Parent!.InnerText);

        Assert.Equal(5, links.Count);
        Assert.All(links, link => Assert.StartsWith(marks[link.Anchor!.Value!], link.InnerText, StringComparison.Ordinal));
        Assert.Equal(["2", "3", "3", "4", "5"], links.Select(link => link.Descendants<Text>().Last().Text));
        Assert.Equal(body.Descendants<FieldChar>().Count(mark => mark.FieldCharType! == FieldCharValues.Begin),
            body.Descendants<FieldChar>().Count(mark => mark.FieldCharType! == FieldCharValues.End));
    }

    [Fact]
    public void Measures_are_those_of_the_standard()
    {
        using var document = Open(Write(SamplePaper.Official()));
        var main = document.MainDocumentPart!;
        var section = main.Document!.Descendants<SectionProperties>().Single();
        var margin = section.GetFirstChild<PageMargin>()!;

        // GB/T 9704-2012: top 37 mm, left 28 mm, type area 156 by 225 mm with 22 lines; a twip is 1/1440 inch.
        Assert.Equal([2098, 1984], [margin.Top!.Value, margin.Bottom!.Value]);
        Assert.Equal([1587u, 1474u], [margin.Left!.Value, margin.Right!.Value]);
        Assert.Equal(580, section.GetFirstChild<DocGrid>()!.LinePitch!.Value);
        Assert.Equal(2, main.FooterParts.Count());
        Assert.All(main.FooterParts, part => Assert.Contains("PAGE", part.Footer!.InnerText, StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_papers_give_equal_bytes_and_no_name_stands_in_the_properties()
    {
        var bytes = Write(SamplePaper.Manual(2));
        Assert.Equal(bytes, Write(SamplePaper.Manual(2)));

        using var document = Open(bytes);
        Assert.Equal("整改任务交账手册", document.PackageProperties.Title);
        Assert.True(string.IsNullOrEmpty(document.PackageProperties.Creator + document.PackageProperties.LastModifiedBy));
        Assert.Equal(SamplePaper.Made.UtcDateTime, document.PackageProperties.Created!.Value.ToUniversalTime());
        Assert.Contains("打印人：某某某", document.MainDocumentPart!.HeaderParts.Single().Header!.InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_under_a_paper_is_its_address_as_a_picture_with_words()
    {
        const string Address = "https://zg.example.gov.cn/public/central/items/7/verify#k=key&h=hash";
        var bytes = Write(SamplePaper.Official() with { Code = new(Address, "扫码核对“这次”销号。") });
        Assert.Equal(bytes, Write(SamplePaper.Official() with { Code = new(Address, "扫码核对“这次”销号。") }));
        using var document = Open(bytes);
        Assert.Empty(Errors(document));
        var main = document.MainDocumentPart!;
        Assert.Equal("扫码核对“这次”销号。", main.Document!.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().Single().Description!.Value);
        Assert.EndsWith("扫码核对“这次”销号。https://zg.example.gov.cn/public/central/items/7/verify", main.Document.Body!.InnerText, StringComparison.Ordinal);

        using var stream = main.ImageParts.Single().GetStream();
        using var picture = SKBitmap.Decode(stream);
        var code = QrCode.Of(Address);
        var module = picture.Width / code.Size;
        Assert.Equal((code.Size * module, code.Size * module), (picture.Width, picture.Height));
        var dark = code.Runs.SelectMany(run => Enumerable.Range(run.X, run.Width).Select(x => (x, run.Y))).ToHashSet();
        Assert.All(
            from x in Enumerable.Range(0, code.Size) from y in Enumerable.Range(0, code.Size) select (x, y),
            at => Assert.Equal(dark.Contains(at), picture.GetPixel((at.x * module) + (module / 2), (at.y * module) + (module / 2)).Red < 128));
    }

    private static string Said(PaperBlock block) => block switch
    {
        PaperHeading heading => heading.Text,
        PaperParagraph paragraph => string.Concat(paragraph.Runs.Select(run => run.Text)),
        _ => "",
    };

    private static byte[] Write(Paper paper, IReadOnlyList<int>? pages = null)
    {
        using var to = new MemoryStream();
        DocxWriter.Write(paper, to, pages);
        return to.ToArray();
    }

    private static WordprocessingDocument Open(byte[] bytes) => WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);

    private static List<string> Errors(WordprocessingDocument document) =>
        [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken)
            .Select(error => $"{error.Path?.XPath}: {error.Description}")];
}
