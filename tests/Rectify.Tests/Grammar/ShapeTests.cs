using System.Diagnostics;
using System.Globalization;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class ShapeTests
{
    [Fact]
    public void Labels_may_be_numbered_below_the_item()
    {
        var items = Read(Doc.Of(
            "某市整改方案", "（一）某河水质超标", "1.整改目标：稳定达标。", "2.责任单位：市水利局", "3.整改时限：2023年6月底前", "4.整改措施：", "（1）封堵排口。", "（2）清淤。",
            "（二）某园区渗漏", "1.整改目标：修复。", "2.责任单位：某园区管委会", "3.整改时限：2024年", "4.整改措施：", "（1）防渗。", "（2）监测。"));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["某河水质超标", "某园区渗漏"], items.Select(item => item.Problem.Text));
        Assert.All(items, item => Assert.Equal(["（1）", "（2）"], item.Measures.Select(measure => measure.Number)));
        Assert.Equal("某园区管委会", Assert.Single(items[1].Units).Text);
    }

    [Fact]
    public void Items_and_measures_may_be_numbered_alike()
    {
        var items = Read(Doc.Of(
            "1、某河水质超标。", "责任单位：市水利局", "整改措施：", "1、封堵排口。", "2、清淤。", "3、监测。",
            "2、某园区渗漏。", "责任单位：某园区管委会", "整改措施：", "1、防渗。", "2、监测。",
            "3、某矿未恢复。", "责任单位：某县人民政府", "整改措施：", "1、复绿。"));

        Assert.Equal(["某河水质超标。", "某园区渗漏。", "某矿未恢复。"], items.Select(item => item.Problem.Text));
        Assert.Equal([3, 2, 1], items.Select(item => item.Measures.Count));
    }

    [Fact]
    public void Labels_may_stand_alone_with_their_values_below()
    {
        var item = Assert.Single(Read(Doc.Of(
            "三、某河水质超标。", "责任单位", "市水利局（牵头）", "市住建局", "整改时限", "2023年6月底前", "整改目标", "稳定达标。", "整改措施", "1.封堵排口。", "2.清淤。")));

        Assert.Equal(3, item.Number.Value);
        Assert.Equal([("市水利局", DraftRole.Lead), ("市住建局", DraftRole.Cooperate)], item.Units.Select(unit => (unit.Text, unit.Role)));
        Assert.Equal("2023-06-30", Iso(item.Deadline?.Date));
        Assert.Equal(2, item.Measures.Count);
    }

    [Fact]
    public void Aspects_are_sections_and_belong_to_no_measure()
    {
        var items = Read(Doc.Of(
            "一、大气方面", "1.散煤复燃。", "责任单位：甲县", "整改时限：立行立改", "整改措施：", "（1）收缴。", "（2）巡查。",
            "2.扬尘。", "责任单位：乙县", "整改时限：立行立改", "整改措施：", "（1）苫盖。",
            "二、水方面", "3.黑臭水体。", "责任单位：丙县", "整改时限：立行立改", "整改措施：", "（1）清淤。"));

        Assert.Equal(["散煤复燃。", "扬尘。", "黑臭水体。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["一、大气方面", "一、大气方面", "二、水方面"], items.Select(item => item.Section.Text));
        Assert.Equal("苫盖。", Assert.Single(items[1].Measures).Text.Text);
    }

    [Fact]
    public void Each_measure_may_have_its_own_unit_and_date_below_it()
    {
        var items = Read(Doc.Of(
            "一、某河水质超标。", "整改目标：稳定达标。", "整改措施：", "1.封堵排口。", "责任单位：市住建局", "完成时限：2023年3月底前", "2.清淤。", "责任单位：市水利局", "完成时限：2023年9月底前",
            "二、某矿未恢复。", "整改目标：复绿。", "整改措施：", "1.复绿。", "责任单位：某县", "完成时限：2024年"));

        Assert.Equal(2, items.Count);
        Assert.Equal(["市住建局", "市水利局"], items[0].Measures.Select(measure => Assert.Single(measure.Units).Text));
        Assert.Equal(["2023-03-31", "2023-09-30"], items[0].Measures.Select(measure => Iso(measure.Deadline?.Date)));
        Assert.Equal("2023-09-30", Iso(items[0].Deadline?.Date));
    }

    [Fact]
    public void A_measure_may_name_its_unit_and_date_in_brackets()
    {
        var item = Assert.Single(Read(Doc.Of(
            "一、某河水质超标。", "责任单位：某市", "整改时限：2023年底前", "整改措施：", "1.封堵排口。（责任单位：市住建局；完成时限：2023年3月底前）", "2.清淤。（市水利局牵头，各县（市、区）政府配合）")));

        Assert.Equal(["市住建局"], item.Measures[0].Units.Select(unit => unit.Text));
        Assert.Equal("2023-03-31", Iso(item.Measures[0].Deadline?.Date));
        Assert.Equal([("市水利局", DraftRole.Lead), ("各县（市、区）政府", DraftRole.Cooperate)], item.Measures[1].Units.Select(unit => (unit.Text, unit.Role)));
    }

    [Fact]
    public void A_stage_in_a_measure_is_a_milestone_and_the_last_is_the_deadline()
    {
        var item = Assert.Single(Read(Doc.Of(
            "二十六、污水处理厂。", "责任单位：某市", "整改时限：2025年12月底前", "整改措施：2024年9月底前完成方案设计；2024年12月底前开工；2025年12月底前，建成投运。")));

        Assert.Equal(["2024-09-30 2024年9月底前完成方案设计", "2024-12-31 2024年12月底前开工", "2025-12-31 2025年12月底前，建成投运"],
            item.Milestones.Select(step => Iso(step.Date) + " " + step.Text));
        Assert.Equal("2025-12-31", Iso(Assert.Single(item.Measures).Deadline?.Date));
    }

    [Fact]
    public void Two_header_rows_and_merged_cells_make_one_item_of_several_rows()
    {
        var items = Read(Doc.Table(
            ["某市整改措施清单", "<", "<", "<", "<", "<"],
            ["序号", "反馈问题", "整改措施", "责任单位", "<", "整改时限"],
            ["^", "^", "^", "牵头单位", "配合单位", "^"],
            ["1", "某河水质超标。", "1.封堵排口。", "市住建局", "市财政局", "2023年3月底前"],
            ["^", "^", "2.清淤。", "市水利局", "", "2023年9月底前"],
            ["2", "某矿未恢复。", "复绿。", "某县人民政府", "市林业局、市自然资源局", "2024年"],
            ["注：涉密内容略。", "<", "<", "<", "<", "<"]));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal([2, 1], items.Select(item => item.Measures.Count));
        Assert.Equal(["2023-03-31", "2023-09-30"], items[0].Measures.Select(measure => Iso(measure.Deadline?.Date)));
        Assert.Equal(["Lead 市住建局", "Cooperate 市财政局"], items[0].Measures[0].Units.Select(unit => $"{unit.Role} {unit.Text}"));
        Assert.Equal(["Lead 某县人民政府", "Cooperate 市林业局", "Cooperate 市自然资源局"], items[1].Units.Select(unit => $"{unit.Role} {unit.Text}"));
    }

    [Fact]
    public void One_merged_unit_and_date_beside_several_measures_is_the_items()
    {
        var item = Assert.Single(Read(Doc.Table(
            ["序号", "反馈问题", "整改措施", "责任单位", "整改时限"],
            ["1", "某河水质超标。", "1.封堵排口。", "市住建局", "2023年9月底前"],
            ["^", "^", "2.清淤。", "^", "^"])));

        Assert.Equal("市住建局", Assert.Single(item.Units).Text);
        Assert.Equal("2023-09-30", Iso(item.Deadline?.Date));
        Assert.All(item.Measures, measure => Assert.Empty(measure.Units));
    }

    [Fact]
    public void A_table_goes_on_over_a_page_with_or_without_its_header()
    {
        var items = Read(new Doc()
            .Rows(["序号", "反馈问题", "整改措施", "责任单位"], ["1", "某河水质超标。", "封堵排口。", "市住建局"])
            .Rows(["2", "某矿未恢复。", "复绿。", "某县"])
            .Rows(["序号", "反馈问题", "整改措施", "责任单位"], ["3", "散煤。", "收缴。", "某区"]).Source);

        Assert.Equal([1, 2, 3], items.Select(item => item.Number.Value ?? 0));
    }

    [Fact]
    public void Label_tables_may_have_two_or_four_columns()
    {
        var items = Read(new Doc()
            .Lines("六、某河水质超标。")
            .Rows(["责任单位", "市水利局", "责任人", "主要负责同志"], ["整改时限", "2023年底前", "验收单位", "省水利厅"], ["整改措施", "1.封堵。\n2.清淤。", "<", "<"])
            .Lines("七、某矿未恢复。")
            .Rows(["责任\n单位", "某县人民政府"], ["整改时限", "2024年"], ["整改措施", "复绿。"]).Source);

        Assert.Equal([6, 7], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["某河水质超标。", "某矿未恢复。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["Responsible 市水利局", "Accept 省水利厅"], items[0].Units.Select(unit => $"{unit.Role} {unit.Text}"));
        Assert.Equal([2, 1], items.Select(item => item.Measures.Count));
    }

    [Fact]
    public void The_result_is_no_measure_and_the_signature_no_result()
    {
        var item = Assert.Single(Read(Doc.Of(
            "关于第二十七项整改任务完成情况的公示", "一、整改任务", "某河水质超标。", "二、整改措施", "封堵排口。", "三、整改完成情况", "1.已封堵12个排口。", "2.已清淤。",
            "现将整改情况予以公示，公示期为7天（2020年3月27日至4月2日）。", "某县水利局", "2020年3月27日")));

        Assert.Equal(27, item.Number.Value);
        Assert.Equal("封堵排口。", Assert.Single(item.Measures).Text.Text);
        Assert.Equal("1.已封堵12个排口。\n2.已清淤。", item.Result.Text);
        Assert.Equal(("2020-03-27", "2020-04-02", 7, "calendar"), (Iso(item.Notice?.From), Iso(item.Notice?.To), item.Notice?.Days, item.Notice?.Unit));
    }

    [Fact]
    public void Prose_about_rectification_has_no_items() => Assert.Empty(Read(Doc.Of(
        "一、总体要求", "（一）指导思想。坚持问题导向。", "二、主要任务", "（一）推进水环境治理。2023年底前基本消除黑臭水体。", "三、保障措施", "加强组织领导，各责任单位要落实整改措施。")));

    [Fact]
    public void Ten_thousand_rows_are_read_in_a_moment()
    {
        var rows = Enumerable.Range(1, 10_000).Select(i => new[]
        {
            i.ToString(CultureInfo.InvariantCulture), $"第{i}处排口废水直排，水质连续{i % 12 + 1}个月超标，涉及{i % 97}家企业。", $"1.封堵{i}号排口。\n2.2023年{i % 12 + 1}月底前完成清淤，并按月监测。", "市水利局（牵头）、市住建局", "2023年底前",
        });
        var watch = Stopwatch.StartNew();

        var draft = PlanGrammar.Read(Doc.Table([["序号", "反馈问题", "整改措施", "责任单位", "整改时限"], .. rows]));

        Assert.Equal(10_000, draft.Items.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }

    private static IReadOnlyList<DraftItem> Read(SourceDocument source) => PlanGrammar.Read(source).Items;

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
