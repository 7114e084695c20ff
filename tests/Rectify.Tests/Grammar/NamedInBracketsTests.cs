using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Numbers and labels in unusual dress: 【问题4】, 【整改措施】 within a line, numbers before problems, values below a tab.</summary>
public sealed class NamedInBracketsTests
{
    [Fact]
    public void Items_and_labels_may_stand_in_brackets()
    {
        var items = Read(Doc.Of(
            "【问题4】养殖污染", "【整改目标】达标。", "【整改时限】2024年6月", "【责任单位】县农业农村局【整改措施】①建设设施；②种养结合；", "【问题5】农膜残留", "【整改目标】回收。", "【责任单位】县农业农村局", "【整改措施】", "①建立网点；"));

        Assert.Equal([4, 5], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["养殖污染", "农膜残留"], items.Select(item => item.Problem.Text));
        Assert.Equal(["①", "②"], items[0].Measures.Select(measure => measure.Number));
    }

    [Fact]
    public void A_heading_of_problems_and_measures_is_the_title_of_a_list()
    {
        var items = Read(Doc.Of(
            "一、反馈问题及整改措施", "（一）水源地问题突出", "督察发现：", "1.7个未划定保护区；", "2.3个保护区内有居民；", "整改目标：完成划定。", "责任单位：甲局", "整改时限：2020年底前", "整改措施：", "1.划定。", "2.搬迁。",
            "（二）保护区违法", "督察发现有采矿权5宗。", "整改目标：退出。", "责任单位：乙局", "整改时限：2019年底前", "整改措施：", "1.注销。"));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal([2, 1], items.Select(item => item.Measures.Count));
    }

    [Fact]
    public void Without_a_column_of_numbers_the_number_stands_before_the_problem()
    {
        var items = Read(Doc.Table(
            ["整改任务", "牵头单位", "完成时限"], ["（一）治理废气。", "甲局", "2022年6月"], ["（二）雨污分流，包括：（1）新建；（2）改造。", "乙局", "2022年12月"]));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal("治理废气。", items[0].Problem.Text);
    }

    [Theory]
    [InlineData("\t")]
    [InlineData("")]
    public void A_line_below_values_behind_tabs_goes_on_with_them(string indent)
    {
        var item = Assert.Single(Read(Doc.Of(
            "八、岸线破坏。", "责任单位：\t甲局（牵头）、\n\t乙局", "整改时限：\t2024年12月底前", "整改措施：\t1.拆除违建。", indent + "2.植被恢复。")));

        Assert.Equal(["甲局", "乙局"], item.Units.Select(unit => unit.Text));
        Assert.Equal(["拆除违建。", "植被恢复。"], item.Measures.Select(measure => measure.Text.Text));
    }

    private static IReadOnlyList<DraftItem> Read(SourceDocument source) => PlanGrammar.Read(source).Items;
}
