using System.Text;
using CsCheck;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Web;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Rectify.Tests.Papers;

public sealed class PdfWriterTests
{
    private const float Mm = 72f / 25.4f;

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly Gen<string> AnyText = Gen.Char["一十督察整改保护，。；：（）《》“”、—…12aZ .%/"].Array[0, 300].Select(chars => new string(chars));

    [Fact]
    public void Text_that_is_read_back_is_the_text_that_was_written() =>
        Gen.Select(Gen.Select(AnyText, Gen.Bool, (text, bold) => new PaperRun(text, bold)).Array[0, 4].Array[0, 6], Gen.Enum<PaperKind>())
            .Sample((paragraphs, kind) =>
            {
                var body = paragraphs.Select(runs => (PaperBlock)new PaperParagraph(runs)).ToList();
                using var pdf = Open(new Paper("标题", SamplePaper.Made, body) { Kind = kind, Words = SamplePaper.Words() });
                var expected = "标题" + string.Concat(paragraphs.SelectMany(runs => runs).Select(run => run.Text));
                return Said(pdf) == Inked(expected);
            }, iter: 25);

    [Fact]
    public void Official_document_says_all_its_parts_in_order()
    {
        var paper = SamplePaper.Official();
        using var pdf = Open(paper);
        var body = paper.Body.Select(block => block is PaperHeading heading ? heading.Text : string.Concat(((PaperParagraph)block).Runs.Select(run => run.Text)));

        Assert.Equal(Inked(string.Concat([.. paper.Mark, paper.Number!, paper.Title, paper.Addressee!, .. body, paper.Signature!, "2019年4月1日"])), Said(pdf));
        Assert.DoesNotContain(Said(pdf), c => c is >= '\u2E80' and <= '\u2FDF');
    }

    [Fact]
    public void Fonts_are_embedded_parts()
    {
        var bytes = Write(SamplePaper.Official(), out _);
        var raw = Encoding.Latin1.GetString(bytes);
        using var pdf = PdfDocument.Open(bytes);

        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter => Assert.Matches(@"^[A-Z]{6}\+\w+$", letter.FontName));
        Assert.Equal(Count(raw, "/Type/FontDescriptor"), Count(raw, "/FontFile"));
        Assert.InRange(bytes.Length, 10_000, 300_000);
    }

    [Fact]
    public void Type_area_holds_22_lines_of_28_characters()
    {
        var text = string.Concat(Enumerable.Repeat("整改督察", 7 * 44));
        using var pdf = Open(new Paper("题", SamplePaper.Made, [new PaperPageBreak(), new PaperParagraph(text, PaperAlign.Left)])
        {
            Kind = PaperKind.Official,
            Words = SamplePaper.Words(),
        });
        var lines = Lines(pdf.GetPage(2));

        Assert.Equal(22, lines.Count);
        Assert.All(lines, line => Assert.Equal(28, line.Count));
        Assert.All(lines, line => Assert.InRange(line[0].StartBaseLine.X, 27.5 * Mm, 30 * Mm));
        Assert.All(lines, line => Assert.InRange(line[^1].EndBaseLine.X, 181 * Mm, 184.5 * Mm));
    }

    [Fact]
    public void Lines_are_flush_on_both_sides_and_marks_stand_right()
    {
        using var pdf = Open(SamplePaper.Manual(3));
        foreach (var line in pdf.GetPages().SelectMany(Lines))
        {
            Assert.DoesNotContain(line[0].Value, "、，。；：）》”");
            Assert.DoesNotContain(line[^1].Value, "（《“");
        }

        var paragraph = Lines(pdf.GetPage(2)).First(line => line[0].Value == "坚" && line[0].PointSize > 11);
        Assert.InRange(paragraph[0].StartBaseLine.X - (22 * Mm), 23.9, 24.1);
        Assert.InRange((188 * Mm) - paragraph[^1].EndBaseLine.X, -1, 7);
    }

    [Fact]
    public void Table_heads_repeat_on_each_page_and_rows_do_not_split()
    {
        using var pdf = Open(SamplePaper.Manual(120));
        var withRows = pdf.GetPages().Where(page => Said(page).Contains("实施截污治污工程", StringComparison.Ordinal)).ToList();

        Assert.InRange(withRows.Count, 3, 8);
        Assert.All(withRows, page => Assert.Equal(1, Count(Said(page), "序号整改任务牵头单位时限进展（个）应完成已完成")));
        Assert.All(Enumerable.Range(1, 120), i => Assert.Single(withRows, page =>
            Said(page).Contains($"任务第{i}项：推进湖泊流域保护治理，实施截污治污工程（第{i % 7}标段）生态环境厅2019年12月底{i * 13}{i * 7}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_rows_may_split_every_page_is_filled_and_nothing_is_lost() => Gen.Int[1, 1_500].Array[1, 25].Sample(lengths =>
    {
        var texts = lengths.Select((length, i) => $"第{i}行：" + string.Concat(Enumerable.Range(0, length).Select(at => "整改督察措施"[(at + i) % 6]))).ToList();
        using var pdf = Open(new Paper("题", SamplePaper.Made, [new DataTable([new("栏目", 1, PaperAlign.Left)], [.. texts.Select(text => (IReadOnlyList<string>)[text])]) { RowsSplit = true }])
        {
            Turn = PaperTurn.Landscape,
            Words = SamplePaper.Words(),
        });

        var pages = pdf.GetPages().ToList();
        Assert.All(pages.Skip(1), page => Assert.StartsWith("栏目", Said(page), StringComparison.Ordinal));
        Assert.Equal("题栏目" + string.Concat(texts), Said(pages[0]) + string.Concat(pages.Skip(1).Select(page => Said(page)[2..])));
        Assert.All(pages.SkipLast(1), page => Assert.InRange(InTypeArea(page).Min(letter => letter.StartBaseLine.Y), 22 * Mm, (22 * Mm) + (6 * 13))); // less than a few lines are left empty
    }, iter: 20);

    [Fact]
    public void A_row_taller_than_a_page_runs_over_pages_and_loses_nothing()
    {
        var text = string.Concat(Enumerable.Range(1, 900).Select(i => $"第{i}条措施。"));
        using var pdf = Open(new Paper("题", SamplePaper.Made, [new KeyValueTable([new("整改措施", text), new("备注", "无")])]) { Words = SamplePaper.Words() });

        Assert.InRange(pdf.NumberOfPages, 2, 6);
        Assert.Equal("题整改措施" + text + "备注无", Said(pdf));
    }

    [Fact]
    public void Contents_and_bookmarks_lead_to_the_pages_of_the_headings()
    {
        var paper = SamplePaper.Manual(12);
        var bytes = Write(paper, out var printed);
        using var pdf = PdfDocument.Open(bytes);
        var headings = paper.Body.OfType<PaperHeading>().ToList();

        Assert.Equal(pdf.NumberOfPages, printed.Pages);
        Assert.Equal(headings.Count, printed.HeadingPages.Count);
        var first = Said(pdf.GetPage(1));
        Assert.All(headings.Zip(printed.HeadingPages), entry =>
        {
            Assert.Contains(entry.First.Text, Said(pdf.GetPage(entry.Second)), StringComparison.Ordinal);
            Assert.Contains($"{entry.First.Text}{entry.Second}", NumbersBehindEntries(pdf.GetPage(1)), StringComparison.Ordinal);
        });
        Assert.StartsWith("整改任务交账手册2019年4月1日目录", first, StringComparison.Ordinal);

        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(headings.Select(heading => heading.Text), bookmarks.GetNodes().Select(node => node.Title));
        Assert.Equal(["一、任务总表", "二、任务分述"], bookmarks.Roots.Select(node => node.Title));
    }

    [Fact]
    public void Carries_what_PDF_A_asks_for_and_no_name_in_the_properties()
    {
        var raw = Encoding.UTF8.GetString(Write(SamplePaper.Manual(1), out _));
        Assert.Contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>", raw, StringComparison.Ordinal);
        Assert.Contains("/S/GTS_PDFA1", raw, StringComparison.Ordinal);
        Assert.Contains("/MarkInfo<</Marked true>>", raw, StringComparison.Ordinal);
        Assert.Contains("/S/H1/", raw, StringComparison.Ordinal);
        Assert.Contains("/S/TH/", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("/Author", raw, StringComparison.Ordinal);
        Assert.Contains("Noto Serif CJK SC", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_papers_give_equal_bytes() => Assert.Equal(Write(SamplePaper.Manual(3), out _), Write(SamplePaper.Manual(3), out _));

    [Fact]
    public void Without_a_Chinese_font_says_which_package_to_install()
    {
        var no = Assert.Throws<Refusal>(() => FaceShelf.Find([Path.Combine(AppContext.BaseDirectory, "no-such-fonts")]));
        Assert.Equal("papers.no-font", no.Code);
        Assert.Contains("fonts-noto-cjk", no.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_progress_and_stops_when_asked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var seen = new List<int>();
        var progress = new Inline(percent =>
        {
            seen.Add(percent);
            if (percent >= 50)
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => PdfWriter.Write(SamplePaper.Manual(20), Stream.Null, progress, stop.Token));
        Assert.InRange(seen[^1], 50, 60);
        Assert.Equal(seen.Order(), seen);
    }

    private sealed class Inline(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }

    [Fact]
    public void A_code_under_a_paper_is_its_address_in_squares_and_says_what_it_is_for() =>
        Gen.Select(Gen.Char["0123456789abcdefABC/-"].Array[20, 400].Select(chars => "https://zg.example.gov.cn/" + new string(chars)), Gen.Enum<PaperKind>()).Sample((address, kind) =>
        {
            var bytes = Write(SamplePaper.Official() with { Kind = kind, Code = new(address + "#key", "扫码核对这次销号。") }, out _);
            using var pdf = PdfDocument.Open(bytes);
            var last = pdf.GetPages().Last();
            var unit = 36 * Mm / QrCode.Of(address + "#key").Size;
            var squares = last.Paths.Where(path => path.IsFilled).SelectMany(path => path).Select(part => part.GetBoundingRectangle()!.Value).ToList();
            var (left, top) = (squares.Min(one => one.Left) - (4 * unit), squares.Max(one => one.Top) + (4 * unit));

            Assert.Equal(
                QrCode.Of(address + "#key").Runs.Order(),
                squares.Select(one => ((int)Math.Round((one.Left - left) / unit), (int)Math.Round((top - one.Top) / unit), (int)Math.Round(one.Width / unit))).Order());
            Assert.InRange(top - (36 * Mm), 20 * Mm, 297 * Mm);
            Assert.EndsWith((kind is PaperKind.Official ? "2019年4月1日" : "") + "扫码核对这次销号。" + address, Said(last), StringComparison.Ordinal); // on one page with the date
            Assert.Contains("/S/Figure/P ", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.Contains($"/Alt<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("扫码核对这次销号。"))}>", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }, iter: 10);

    private static byte[] Write(Paper paper, out PrintedPaper printed)
    {
        using var to = new MemoryStream();
        printed = PdfWriter.Write(paper, to, ct: Ct);
        return to.ToArray();
    }

    private static PdfDocument Open(Paper paper) => PdfDocument.Open(Write(paper, out _));

    private static string Said(PdfDocument pdf) => string.Concat(pdf.GetPages().Select(Said));

    private static string Said(Page page) => Inked(string.Concat(InTypeArea(page).Select(letter => letter.Value)));

    // Header line and page number stand outside the type area.
    private static IEnumerable<Letter> InTypeArea(Page page) =>
        page.Letters.Where(letter => letter.StartBaseLine.Y < page.Height - (24 * Mm) && letter.StartBaseLine.Y > 23.6 * Mm);

    private static List<List<Letter>> Lines(Page page) => [.. InTypeArea(page).Where(letter => letter.Value.Trim().Length > 0)
        .Aggregate(new List<List<Letter>>(), (lines, letter) =>
        {
            if (lines.Count == 0 || Math.Abs(lines[^1][^1].StartBaseLine.Y - letter.StartBaseLine.Y) > 0.5)
            {
                lines.Add([]);
            }

            lines[^1].Add(letter);
            return lines;
        })];

    private static string NumbersBehindEntries(Page page) => string.Join('\n', InTypeArea(page).Where(letter => letter.Value.Trim().Length > 0)
        .GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).Select(line => string.Concat(line.OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value))));

    private static string Inked(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
