using MiniExcelLibs;
using Rectify.Reading;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class WorkbookReaderTests
{
    private const string Styles = """
        <numFmts><numFmt numFmtId='164' formatCode='yyyy"年"m"月"d"日"'/></numFmts>
        <cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='10'/><xf numFmtId='57'/><xf numFmtId='4'/></cellXfs>
        """;

    [Fact]
    public void Shows_what_the_cells_show()
    {
        var read = Files.Read(Xlsx(
            Styles,
            "<si><t>责任单位</t></si><si><r><t>州</t></r><r><t>林业局</t></r><rPh sb='0' eb='1'><t>zhou</t></rPh></si><si><t>一_x000A_二</t></si>",
            ("清单", "visible", """
                <sheetData>
                <row r='2'><c r='B2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c><c r='D2' t='inlineStr'><is><t>内联</t></is></c></row>
                <row r='3'><c r='B3' s='1'><v>43555</v></c><c r='C3' s='2'><v>0.1234</v></c><c r='D3' s='3'><v>43555</v></c><c r='E3' s='4'><v>12345.678</v></c></row>
                <row r='4'><c r='B4'><f>1+1</f><v>2</v></c><c r='C4' t='str'><f>A1</f><v>文</v></c><c r='D4' t='b'><v>1</v></c><c r='E4' t='e'><v>#N/A</v></c></row>
                <row r='5'><c r='B5' t='s'><v>2</v></c><c r='C5'><f>X</f></c></row>
                </sheetData><mergeCells><mergeCell ref='D2:E2'/><mergeCell ref='B5:E6'/></mergeCells>
                """),
            ("藏", "hidden", "<sheetData><row><c><v>1</v></c></row></sheetData>")));

        Assert.Equal(new Break("清单", "清单"), read.Blocks[0]);
        Assert.Equal(
            [
                "0,0,1,1:责任单位", "0,1,1,1:州林业局", "0,2,1,2:内联",
                "1,0,1,1:2019年3月31日", "1,1,1,1:12.34%", "1,2,1,1:2019年3月", "1,3,1,1:12,345.68",
                "2,0,1,1:2", "2,1,1,1:文", "2,2,1,1:TRUE", "2,3,1,1:#N/A", "3,0,1,4:一\n二",
            ],
            read.OnlyTable().Cells());
        Assert.Equal("清单!B2", Paragraphs(read.Blocks).First().Place);
        Assert.Equal(["reading.formulas-without-value", "reading.hidden-sheet"], read.Notices.Select(notice => notice.Code));
    }

    [Fact]
    public void Reads_ten_thousand_rows_written_by_another_program()
    {
        using var file = new MemoryStream();
        file.SaveAs(Enumerable.Range(1, 10_000).Select(i => new { 序号 = i, 单位 = $"单位{i}", 时限 = new DateTime(2019, 12, 31) }));

        var table = Files.Read(file.ToArray()).OnlyTable();

        Assert.Equal((10_001, 3), (table.Rows, table.Columns));
        Assert.Equal("单位9999", table.At(9999, 1)?.Text);
    }

    [Fact]
    public void A_stray_entry_far_away_makes_no_huge_grid()
    {
        var table = Files.Read(Xlsx("", "", ("x", "visible",
            "<sheetData><row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row></sheetData><mergeCells><mergeCell ref='A1:XFD1048570'/></mergeCells>")))
            .OnlyTable();
        Assert.Equal((3, 3), (table.Rows, table.Columns));
    }

    [Theory]
    [InlineData("General", 0.30000000000000004, "0.3")]
    [InlineData("General", 13999999999, "13999999999")]
    [InlineData("General", 123456789012, "1.23457E+11")]
    [InlineData("0.00", 2.675, "2.68")]
    [InlineData("#,##0", 1234567.5, "1,234,568")]
    [InlineData("#,##0.00\"万元\"", 1234.5, "1,234.50万元")]
    [InlineData("0.0,", 12345, "12.3")]
    [InlineData("0%", 0.286, "29%")]
    [InlineData("0;[Red]-0", -3, "-3")]
    [InlineData("#,##0;(#,##0)", -1234, "(1,234)")]
    [InlineData("[>=100]\"多\";\"少\"", 99, "少")]
    [InlineData("000000", 42, "000042")]
    [InlineData("\"第\"0\"项\"", 7, "第7项")]
    [InlineData("# ?/?", 1.5, "1 1/2")]
    [InlineData("0.00E+00", 12345, "1.23E+04")]
    [InlineData("yyyy/m/d", 43555, "2019/3/31")]
    [InlineData("yyyy\"年\"m\"月\"", 43555, "2019年3月")]
    [InlineData("[$-804]yyyy\"年\"m\"月\"d\"日\";@", 43555, "2019年3月31日")]
    [InlineData("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", 43555, "二〇一九年三月三十一日")]
    [InlineData("[$-804]aaaa", 43555, "星期日")]
    [InlineData("yyyy-mm-dd hh:mm:ss", 43555.75, "2019-03-31 18:00:00")]
    [InlineData("h:mm AM/PM", 0.5, "12:00 PM")]
    [InlineData("[h]:mm", 1.25, "30:00")]
    [InlineData("yyyy-mm-dd", 1, "1900-01-01")]
    [InlineData("[DBNum1]General", 364, "三百六十四")]
    [InlineData("¥#,##0.00", 3, "¥3.00")]
    [InlineData("@", 5, "5")]
    public void Writes_numbers_and_dates_as_their_format_says(string format, double value, string shown) =>
        Assert.Equal(shown, new NumberFormat(format).Number(value, from1904: false));
}
