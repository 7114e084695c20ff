using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Papers;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using PdfPage = UglyToad.PdfPig.Content.Page;

namespace Rectify.Tests.Papers;

/// <summary>What stands under a paper's text: the signing body's name, the date and the code; and what of a text stands alone on a page.</summary>
public sealed class SignatureTests
{
    private const float Mm = 72f / 25.4f;

    private const string Office = "云岭自治区环境保护督察整改工作领导小组办公室";

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly Gen<Paper> AnyPaper = Gen.Select(Gen.Char[Office].Array[1, 60], Gen.Bool, Gen.Bool, (name, code, date) => Signed(new string(name), code, date));

    [Fact]
    public async Task A_name_of_any_length_is_read_whole_and_stands_within_the_margins()
    {
        await AnyPaper.SampleAsync(async paper =>
        {
            var bytes = Pdf(paper);
            using var pdf = PdfDocument.Open(bytes);
            var name = paper.Signature!;
            Assert.Contains("正文。" + name + (paper.Date is null ? "" : "2019年4月1日"), string.Concat((await PdfText.ReadAsync(bytes)).Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
            foreach (var letter in pdf.GetPages().SelectMany(Typed))
            {
                Assert.InRange(letter.StartBaseLine.X, (28 * Mm) - 0.1, (184 * Mm) + 0.3);
                Assert.InRange(letter.EndBaseLine.X, (28 * Mm) - 0.1, (184 * Mm) + 0.3);
                Assert.InRange(letter.StartBaseLine.Y, 35 * Mm, 260 * Mm);
            }

            // On one line as long as it fits there; else on lines of like length, each centred on the others.
            var lines = Typed(pdf.GetPages().Last()).Where(letter => letter.PointSize > 15).GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).OrderByDescending(line => line.Key)
                .Select(line => (Text: string.Concat(line.Select(letter => letter.Value)), Middle: (line.Min(letter => letter.StartBaseLine.X) + line.Max(letter => letter.EndBaseLine.X)) / 2))
                .SkipWhile(line => line.Text != "正文。").Skip(1).Take((name.Length + 27) / 28).ToList();
            Assert.Equal(name, string.Concat(lines.Select(line => line.Text)));
            Assert.InRange(lines.Max(line => line.Text.Length) - lines.Min(line => line.Text.Length), 0, lines.Count);
            Assert.All(lines, line => Assert.InRange(line.Middle - lines[0].Middle, -0.5, 0.5));

            // The code lies over none of it.
            if (paper.Code is not null)
            {
                var squares = pdf.GetPages().Last().Paths.Where(path => path.IsFilled).SelectMany(path => path).Select(part => part.GetBoundingRectangle()!.Value).ToList();
                var (right, top, bottom) = (squares.Max(one => one.Right), squares.Max(one => one.Top), squares.Min(one => one.Bottom));
                Assert.DoesNotContain(Typed(pdf.GetPages().Last()), letter => letter.StartBaseLine.X < right && letter.StartBaseLine.Y < top && letter.StartBaseLine.Y > bottom);
            }
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void The_document_gives_the_name_the_same_room() => AnyPaper.Sample(paper =>
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(Docx(paper)), isEditable: false);
        var body = document.MainDocumentPart!.Document!.Body!;
        var name = body.Descendants<Paragraph>().Single(one => one.InnerText == paper.Signature);
        var at = name.Ancestors<TableCell>().SingleOrDefault();
        var width = at is null ? 156 * Mm : int.Parse(at.TableCellProperties!.TableCellWidth!.Width!.Value!, null) / 20f;
        var free = width - (Twips(name.ParagraphProperties!.Indentation!.Left) + Twips(name.ParagraphProperties.Indentation.Right));
        var one = 156 * Mm / 28;
        var lines = (paper.Signature!.Length + 27) / 28;

        Assert.InRange(free, (Math.Ceiling(paper.Signature.Length / (double)lines) * one) - 0.2, (156 * Mm) + 0.2);
        Assert.Equal(lines > 1, name.ParagraphProperties.Justification!.Val! == JustificationValues.Center);
        Assert.NotNull(body.Elements<Paragraph>().Single(text => text.InnerText == "正文。").ParagraphProperties!.KeepNext);
        Assert.True(name.ParagraphProperties.KeepNext!.Val!.Value); // the date follows on the same page
    }, iter: 60, threads: 1);

    [Fact]
    public void No_page_has_the_signature_and_nothing_of_the_text() => Gen.Select(Gen.Int[1, 120].Array[1, 25], Gen.Bool).Sample((lengths, code) =>
    {
        var paper = Signed(Office, code, true) with { Body = [.. lengths.Select(length => new PaperParagraph(new string('文', length)))] };
        using var pdf = PdfDocument.Open(Pdf(paper));
        Assert.Equal(lengths.Sum(), pdf.GetPages().SelectMany(Typed).Count(letter => letter.Value == "文"));
        Assert.Contains(Typed(pdf.GetPages().Last()), letter => letter.Value == "文");
    }, iter: 60, threads: 1);

    [Fact]
    public void No_row_of_a_table_stands_alone_on_the_last_page()
    {
        for (var rows = 2; rows < 60; rows++)
        {
            var table = new DataTable([new("栏", 1)], [.. Enumerable.Range(0, rows).Select(row => (IReadOnlyList<string>)[row % 3 == 0 ? "行\n一\n二" : "行"])]);
            var paper = new Paper("题", SamplePaper.Made, [new PaperParagraph("正文。"), new PaperHeading(1, "表"), table]) { Words = SamplePaper.Words() };
            using var pdf = PdfDocument.Open(Pdf(paper));
            var counts = pdf.GetPages().Select(page => Typed(page).Count(letter => letter.Value == "行")).ToList();
            Assert.Equal(rows, counts.Sum());
            Assert.InRange(counts[^1], 2, rows);

            using var document = WordprocessingDocument.Open(new MemoryStream(Docx(paper)), isEditable: false);
            var kept = document.MainDocumentPart!.Document!.Descendants<TableRow>().Skip(1).Select(row => row.Descendants<ParagraphProperties>().All(line => line.KeepNext is not null)).ToList();
            Assert.Equal([.. Enumerable.Repeat(false, rows - 2), true, false], kept);
        }
    }

    private static Paper Signed(string name, bool code, bool date) => new("关于第三项整改任务完成情况的公示", SamplePaper.Made, [new PaperParagraph("正文。")])
    {
        Kind = PaperKind.Official,
        Mark = [Office],
        Number = "云整改公示〔2018〕35号",
        Signature = name,
        Date = date ? new DateOnly(2019, 4, 1) : null,
        Code = code ? new("https://zg.example.gov.cn/public/notices/29c2e2ab-05e3-bb62-9f1e-5a659b29bc7e", "扫码查看本公示的最新情况和剩余天数。") : null,
        Words = SamplePaper.Words(),
    };

    private static byte[] Pdf(Paper paper)
    {
        using var to = new MemoryStream();
        PdfWriter.Write(paper, to, ct: Ct);
        return to.ToArray();
    }

    private static byte[] Docx(Paper paper)
    {
        using var to = new MemoryStream();
        DocxWriter.Write(paper, to);
        return to.ToArray();
    }

    // The page number stands outside the type area.
    private static IEnumerable<Letter> Typed(PdfPage page) => page.Letters.Where(letter => letter.StartBaseLine.Y > 23.6 * Mm && letter.Value.Trim().Length > 0);

    private static float Twips(DocumentFormat.OpenXml.StringValue? value) => int.Parse(value?.Value ?? "0", null) / 20f;
}
