using Rectify.Reading;
using SkiaSharp;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class PdfReaderTests
{
    private const float Size = 12;

    /// <summary>Pages drawn with a Chinese typeface; points from the upper left corner of A4.</summary>
    internal static byte[] Pdf(params Action<SKCanvas, SKFont, SKPaint>[] pages)
    {
        using var file = new MemoryStream();
        using (var document = SKDocument.CreatePdf(file))
        {
            using var face = SKTypeface.FromFile("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2);
            using var font = new SKFont(face, Size);
            using var paint = new SKPaint { Color = SKColors.Black };
            foreach (var page in pages)
            {
                page(document.BeginPage(595, 842), font, paint);
                document.EndPage();
            }

            document.Close();
        }

        return file.ToArray();
    }

    private static void Lines(SKCanvas canvas, SKFont font, SKPaint paint, float top, params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            // A leading full-width space is an indent.
            var indent = lines[i].TakeWhile(c => c == '　').Count();
            canvas.DrawText(lines[i].TrimStart('　'), 72 + (indent * Size), top + (i * 20), SKTextAlign.Left, font, paint);
        }
    }

    private static void Grid(SKCanvas canvas, SKFont font, float top, float[] xs, string?[][] rows)
    {
        using var rule = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 0.5f };
        using var ink = new SKPaint();
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                if (rows[row][column] is not { } text)
                {
                    continue; // covered by the cell to the left
                }

                var last = column + 1;
                while (last < rows[row].Length && rows[row][last] is null)
                {
                    last++;
                }

                canvas.DrawRect(new SKRect(xs[column], top + (row * 40), xs[last], top + ((row + 1) * 40)), rule);
                var lines = text.Split('\n');
                for (var i = 0; i < lines.Length; i++)
                {
                    canvas.DrawText(lines[i], xs[column] + 4, top + (row * 40) + 15 + (i * 16), SKTextAlign.Left, font, ink);
                }
            }
        }
    }

    [Fact]
    public void Joins_wrapped_lines_to_paragraphs_without_spaces_between_characters()
    {
        var first = "　　" + new string('整', 35);
        var second = new string('改', 37);
        var read = Files.Read(Pdf((canvas, font, paint) => Lines(canvas, font, paint, 100, "关于整改方案", first, second, "到位。", "　　责任单位：州林业局", "　　整改时限：2019年12月底前")));

        Assert.Equal(["关于整改方案", first.Trim('　') + second + "到位。", "责任单位：州林业局", "整改时限：2019年12月底前"], read.Texts());
        Assert.All(Paragraphs(read.Blocks), paragraph => Assert.Equal("p1", paragraph.Place));
    }

    [Fact]
    public void Takes_out_headers_footers_and_page_numbers() => Assert.Equal(
        ["第1段", "第2段", "第3段"],
        Files.Read(Pdf([.. Enumerable.Range(1, 3).Select(number => (Action<SKCanvas, SKFont, SKPaint>)((canvas, font, paint) =>
        {
            Lines(canvas, font, paint, 40, "某州整改方案");
            Lines(canvas, font, paint, 200, $"　　第{number}段");
            Lines(canvas, font, paint, 810, $"— {number} —");
        }))])).Texts());

    [Fact]
    public void Leaves_out_notes_at_the_foot_and_the_figures_that_refer_to_them()
    {
        var read = Files.Read(Pdf((canvas, font, paint) =>
        {
            using var small = new SKFont(font.Typeface, 8);
            Lines(canvas, font, paint, 100, "园区管网破损", "1.修复管网。", "2.监测45m");
            canvas.DrawText("1", 72 + (6 * Size), 95, SKTextAlign.Left, small, paint);
            canvas.DrawText("3", 72 + font.MeasureText("2.监测45m"), 135, SKTextAlign.Left, small, paint);
            canvas.DrawText("1 指园区一期管网。", 72, 180, SKTextAlign.Left, small, paint);
            canvas.DrawText("数据来源于普查。", 72, 192, SKTextAlign.Left, small, paint);
        }));

        Assert.Equal(["园区管网破损", "1.修复管网。", "2.监测45m3"], read.Texts());
        Assert.Contains(read.Notices, notice => notice.Code == "reading.footnotes-skipped");
    }

    [Fact]
    public void Small_print_that_counts_no_notes_is_text() => Assert.Equal(
        ["整改措施清单如下所列", "1.修复。", "填表说明"],
        Files.Read(Pdf((canvas, font, paint) =>
        {
            using var small = new SKFont(font.Typeface, 8);
            Lines(canvas, font, paint, 100, "整改措施清单如下所列", "1.修复。");
            canvas.DrawText("填表说明", 72, 180, SKTextAlign.Left, small, paint);
        })).Texts());

    [Fact]
    public void Rebuilds_ruled_tables_with_merged_cells_and_goes_on_with_them_on_the_next_page()
    {
        float[] xs = [72, 130, 300, 520];
        var read = Files.Read(Pdf(
            (canvas, font, paint) =>
            {
                Lines(canvas, font, paint, 100, "　　表前");
                Grid(canvas, font, 120, xs, [["整改措施清单", null, null], ["序号", "单位", "措施"], ["1", "州林业局", "清理自然保护区内违规项目恢复生态并\n建立台账。"]]);
            },
            (canvas, font, paint) =>
            {
                Grid(canvas, font, 80, xs, [["序号", "单位", "措施"], ["2", "县政府", "甲"]]);
                Lines(canvas, font, paint, 300, "　　表后");
            }));

        Assert.Equal(
            ["0,0,1,3:整改措施清单", "1,0,1,1:序号", "1,1,1,1:单位", "1,2,1,1:措施", "2,0,1,1:1", "2,1,1,1:州林业局",
                "2,2,1,1:清理自然保护区内违规项目恢复生态并建立台账。", "3,0,1,1:2", "3,1,1,1:县政府", "3,2,1,1:甲"],
            read.OnlyTable().Cells());
        Assert.Equal(["表前", "表后"], read.Blocks.OfType<Paragraph>().Select(paragraph => paragraph.Text));
    }

    [Fact]
    public void Goes_on_with_a_row_that_the_page_cut_in_two() => Assert.Equal(
        ["0,0,1,1:序号", "0,1,1,1:措施", "1,0,1,1:1", "1,1,1,1:1.停止建设。\n2.到2019年底恢复生态。", "2,0,1,1:2", "2,1,1,1:丙"],
        Files.Read(Pdf(
            (canvas, font, paint) => Grid(canvas, font, 120, [72, 130, 300], [["序号", "措施"], ["1", "1.停止建设。\n2.到2019年底"]]),
            (canvas, font, paint) => Grid(canvas, font, 120, [72, 130, 300], [["序号", "措施"], ["", "恢复生态。"], ["2", "丙"]])))
            .OnlyTable().Cells());

    [Fact]
    public void Takes_aligned_columns_for_a_table()
    {
        var table = Files.Read(Pdf((canvas, font, paint) =>
        {
            (string, string)[] rows = [("单位", "任务数"), ("州林业局", "12"), ("县政府", "3")];
            for (var i = 0; i < rows.Length; i++)
            {
                canvas.DrawText(rows[i].Item1, 72, 100 + (i * 20), SKTextAlign.Left, font, paint);
                canvas.DrawText(rows[i].Item2, 300, 100 + (i * 20), SKTextAlign.Left, font, paint);
            }
        })).OnlyTable();
        Assert.Equal(["0,0,1,1:单位", "0,1,1,1:任务数", "1,0,1,1:州林业局", "1,1,1,1:12", "2,0,1,1:县政府", "2,1,1,1:3"], table.Cells());
    }

    [Fact]
    public void Says_that_a_scan_has_no_text_and_which_pages_are_scans()
    {
        static void Scan(SKCanvas canvas, SKFont font, SKPaint paint)
        {
            using var picture = new SKBitmap(50, 50);
            using var image = SKImage.FromBitmap(picture);
            canvas.DrawImage(image, new SKRect(0, 0, 595, 842), SKSamplingOptions.Default);
        }

        Assert.Equal("reading.no-text", Refused(Pdf(Scan)).Code);
        var read = Files.Read(Pdf((canvas, font, paint) => Lines(canvas, font, paint, 100, "甲"), Scan));
        Assert.Contains(read.Notices, notice => notice is { Code: "reading.pages-without-text", Arguments: ["2"] });
    }
}
