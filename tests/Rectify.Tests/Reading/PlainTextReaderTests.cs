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
    public void Takes_columns_set_with_spaces_for_a_table()
    {
        var read = Files.Read(Encodings.Get("utf-8").GetBytes("序号    任务          单位\n1       油烟扰民      甲局\n2       违建          乙街道办\n末"));

        Assert.Equal(["0,0,1,1:序号", "0,1,1,1:任务", "0,2,1,1:单位", "1,0,1,1:1", "1,1,1,1:油烟扰民", "1,2,1,1:甲局", "2,0,1,1:2", "2,1,1,1:违建", "2,2,1,1:乙街道办"], read.OnlyTable().Cells());
        Assert.Equal("末", Assert.Single(read.Blocks.OfType<Paragraph>()).Text);
    }

    [Fact]
    public void Puts_lines_together_that_were_broken_at_a_width()
    {
        var texts = Files.Read(Encodings.Get("utf-8").GetBytes(
            "　　一、部分小水电未落实生态流量，减脱水河段长达八\n公里。\n　　督导单位：市水利局、市生态环境局、市发展和改革委\n员会\n　　整改措施：\n　　1.完成方案编制并报市水利局备案，完成泄流设施改\n造。\n　　2.巡查。\n")).Texts();

        Assert.Equal(
            ["一、部分小水电未落实生态流量，减脱水河段长达八公里。", "督导单位：市水利局、市生态环境局、市发展和改革委员会", "整改措施：", "1.完成方案编制并报市水利局备案，完成泄流设施改造。", "2.巡查。"], texts);
    }

    [Fact]
    public void Lines_without_indents_are_left_as_they_are()
    {
        string[] lines = ["甲县人民政府要按照方案要求全面推进整改工作落实", "乙县人民政府要按照方案要求全面推进整改工作落实", "丙县人民政府要按照方案要求全面推进整改工作落实", "完"];

        Assert.Equal(lines, Files.Read(Encodings.Get("utf-8").GetBytes(string.Join('\n', lines))).Texts());
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
