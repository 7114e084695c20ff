using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class NumberTests
{
    [Theory]
    [InlineData("十", 10)]
    [InlineData("十一", 11)]
    [InlineData("二十七", 27)]
    [InlineData("一百零三", 103)]
    [InlineData("一百二", 120)]
    [InlineData("一百一十", 110)]
    [InlineData("二〇一八", 2018)]
    [InlineData("二零二二", 2022)]
    [InlineData("两", 2)]
    [InlineData("廿三", 23)]
    [InlineData("一万二千", 12000)]
    [InlineData("①", 1)]
    [InlineData("⑿", 12)]
    [InlineData("㈤", 5)]
    [InlineData("１２", 12)]
    [InlineData("364", 364)]
    public void Numbers_are_read(string text, int value) => Assert.Equal(value, ChineseNumber.Parse(Fold.Of(text)));

    [Fact]
    public void Spoken_numbers_up_to_9999_are_read_as_they_are_said() => Gen.Int[1, 9999].Sample(value =>
        ChineseNumber.Parse(Said(value)) == value);

    [Theory]
    [InlineData("六、对小水电清理不力", "Han", 6, "六、")]
    [InlineData("（二）巩固成效", "HanBracket", 2, "（二）")]
    [InlineData("1.省、市、县", "Digit", 1, "1.")]
    [InlineData("12、督促", "Digit", 12, "12、")]
    [InlineData("(3)调查", "DigitBracket", 3, "(3)")]
    [InlineData("2）调查", "DigitBracket", 2, "2）")]
    [InlineData("④疏通", "Circled", 4, "④")]
    [InlineData("二是加强", "Ordinal", 2, "二是")]
    [InlineData("第七项 对", "Item", 7, "第七项")]
    [InlineData("第27项整改任务", "Item", 27, "第27项")]
    [InlineData("序号三十一：对", "Item", 31, "序号三十一")]
    [InlineData("编号8:入湖河流", "Item", 8, "编号8")]
    [InlineData("问题三：散煤", "Item", 3, "问题三")]
    [InlineData("2.2024年9月底前完成", "Digit", 2, "2.")]
    [InlineData("1.1 钢铁企业改造滞后", "Decimal", 1, "1.1")]
    [InlineData("2.3.4农村污水", "Decimal", 4, "2.3.4")]
    [InlineData("问题（二）：散煤", "Item", 2, "问题（二）")]
    [InlineData("反馈意见一", "Item", 1, "反馈意见一")]
    [InlineData("（序号21）尾矿库", "Item", 21, "（序号21）")]
    public void Marks_are_read(string text, string style, int value, string written)
    {
        var mark = Mark.TryRead(Fold.Of(text), 0);
        Assert.NotNull(mark);
        Assert.Equal((style, value, written), (mark.Value.Style.ToString(), mark.Value.Value, text[mark.Value.Start..mark.Value.End]));
    }

    [Theory]
    [InlineData("1.2万户")]
    [InlineData("1.2 万户")]
    [InlineData("3.6公里截污管")]
    [InlineData("2018年")]
    [InlineData("（2018年）")]
    [InlineData("问题编号 202302-43-N1")]
    [InlineData("一定要")]
    [InlineData("十三五")]
    public void Other_beginnings_are_no_marks(string text) => Assert.Null(Mark.TryRead(Fold.Of(text), 0));

    [Theory]
    [InlineData("六、", 6, null, null, null)]
    [InlineData("第二十七项", 27, null, null, null)]
    [InlineData("序号43", 43, null, null, null)]
    [InlineData("序号十", 10, null, null, null)]
    [InlineData("364(35-11)", 364, 35, 11, null)]
    [InlineData("编号364（35-11）", 364, 35, 11, null)]
    [InlineData("问题编号十一、措施序号38", 11, null, null, 38)]
    [InlineData("（省序号16）", 16, null, null, null)]
    [InlineData("202302-43-N1-007-MD-0018", null, null, null, null)]
    [InlineData("35-11", null, 35, 11, null)]
    [InlineData("12", 12, null, null, null)]
    public void Item_numbers_are_understood(string text, int? value, int? parent, int? child, int? measure)
    {
        var number = ItemNumber.Read(Stretch.Of(new Paragraph(1, text)));
        Assert.Equal((value, parent, child, measure), (number.Value, number.Parent, number.Child, number.Measure));
    }

    [Theory]
    [InlineData("反馈意见第二十七项整改任务,经县委", 27)]
    [InlineData("督察反馈意见(序号21)整改情况的公示", 21)]
    [InlineData("任务第43项已整改完成", 43)]
    public void Numbers_are_found_in_sentences(string text, int value) => Assert.Equal(value, ItemNumber.Search(Stretch.Of(new Paragraph(1, text)))?.Value);

    private static string Said(int value)
    {
        const string digits = "零一二三四五六七八九";
        var said = "";
        var zero = false;
        foreach (var (unit, name) in new[] { (1000, "千"), (100, "百"), (10, "十"), (1, "") })
        {
            var digit = value / unit % 10;
            if (digit == 0)
            {
                zero = said.Length > 0;
                continue;
            }

            said += (zero ? "零" : "") + digits[digit] + name;
            zero = false;
        }

        return said;
    }
}
