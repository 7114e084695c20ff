using CsCheck;
using Rectify.Reading;

namespace Rectify.Tests.Reading;

public sealed class PlainTextReaderTests
{
    private const string Plan = "一、整改目标：到2019年底前，完成自然保护区内违规项目清理。\n责任单位：州林业局、县人民政府\n整改时限：2019年12月底前";
    private const string Traditional = "一、整改目標：到2019年底前，完成自然保護區內違規項目清理。\n責任單位：縣人民政府\n整改時限：2019年12月底前";

    [Theory]
    [InlineData("utf-8", Plan)]
    [InlineData("utf-16", Plan)]
    [InlineData("utf-16BE", Plan)]
    [InlineData("gb18030", Plan)]
    [InlineData("gbk", Plan)]
    [InlineData("big5", Traditional)]
    [InlineData("gb18030", Traditional)]
    public void Tells_the_encoding_from_the_content(string encoding, string text) =>
        Assert.Equal(text.Split('\n'), Files.Read(Encodings.Get(encoding).GetBytes(text)).Texts());

    [Fact]
    public void Takes_tabs_and_pipes_for_tables_only_where_lines_agree()
    {
        var read = Files.Read(Encodings.Get("utf-8").GetBytes("题目\t甲\n\n序号\t措施\n1\ta\n2\tb\n\n| 序号 | 单位 |\n|---|:--:|\n| 1 | x<br>y |\n末"));

        Assert.Equal(["题目\t甲", "末"], read.Blocks.OfType<Paragraph>().Select(paragraph => paragraph.Text));
        Assert.Equal(
            [["0,0,1,1:序号", "0,1,1,1:措施", "1,0,1,1:1", "1,1,1,1:a", "2,0,1,1:2", "2,1,1,1:b"], ["0,0,1,1:序号", "0,1,1,1:单位", "1,0,1,1:1", "1,1,1,1:x\ny"]],
            read.Blocks.OfType<Table>().Select(table => table.Cells()));
    }

    [Fact]
    public void Writes_radicals_as_the_characters_that_they_stand_for() =>
        Assert.Equal(["整改方案长期工作"], Files.Read(Encodings.Get("utf-8").GetBytes("整改⽅案⻓期⼯作")).Texts());

    [Fact]
    public void Plain_lines_come_back_as_they_are_in_utf_8_and_gb18030() =>
        Gen.Select(SameContentTests.Line.Array[1, 20], Gen.Bool).Sample((lines, wide) =>
            Files.Read(Encodings.Get(wide ? "gb18030" : "utf-8").GetBytes("督察整改方案的责任单位\n" + string.Join("\r\n", lines)))
                .Texts().Skip(1).SequenceEqual(lines));
}
