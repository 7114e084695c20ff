using System.Globalization;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>What surrounds the items of a document: pages of a site, overall parts, titles; and dates that lead up to a deadline.</summary>
public sealed class PageTests
{
    [Fact]
    public void Lines_of_the_page_around_an_article_belong_to_no_item()
    {
        var item = Assert.Single(Read(Doc.Of(
            "您当前的位置：首页 > 政务公开 > 督察整改", "浏览次数：128 字体：大 中 小", "整改任务清单", "三、河道垃圾清理不力。", "责任单位：某县人民政府", "整改时限：立行立改", "整改措施：", "1.清理。", "2.巡查。",
            "分享到：微信 微博", "主办单位：某市人民政府 承办单位：某市政府办公室", "某ICP备05000000号")));

        Assert.Equal(3, item.Number.Value);
        Assert.Equal("河道垃圾清理不力。", item.Problem.Text);
        Assert.Equal(["清理。", "巡查。"], item.Measures.Select(measure => measure.Text.Text));
        Assert.Equal(["某县人民政府"], item.Units.Select(unit => unit.Text));
    }

    [Fact]
    public void Sections_of_the_overall_part_are_no_items_beside_a_table_of_items()
    {
        var doc = new Doc().Lines("某县整改方案", "一、工作目标", "整改时限内全面完成。", "二、组织实施", "（一）整改措施：实行清单化管理。", "附件")
            .Rows(["序号", "反馈问题", "整改措施", "责任单位", "整改时限"], ["一", "采砂混乱。", "规范采砂。", "县水利局", "2021年10月底"]);

        var item = Assert.Single(Read(doc.Source));

        Assert.Equal("采砂混乱。", item.Problem.Text);
    }

    [Fact]
    public void A_label_alone_above_the_list_is_its_title()
    {
        var items = Read(Doc.Of(
            "督察整改任务", "1. 裸土未覆盖。整改目标：全部覆盖。整改措施：加强巡查。责任单位：区住建局。整改时限：立行立改。",
            "2. 收运不规范。整改目标：规范收运。整改措施：签订协议。责任单位：区城管局。整改时限：2024年3月底前。"));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal("裸土未覆盖。", items[0].Problem.Text);
    }

    [Fact]
    public void Objections_from_the_day_of_the_notice_on_are_no_result()
    {
        var item = Assert.Single(Read(Doc.Of(
            "某区整改任务公示", "我单位承担的问题编号十一、措施序号38整改任务已完成，现公示如下：整改任务：锅炉改造。", "整改措施：提标。", "整改完成情况：已完成改造。", "自公示之日起10个工作日内，如有异议请反馈。")));

        Assert.Equal((11, 38), (item.Number.Value, item.Number.Measure));
        Assert.Equal("锅炉改造。", item.Problem.Text);
        Assert.Equal("已完成改造。", item.Result.Text);
        Assert.Equal((10, "working"), (item.Notice?.Days, item.Notice?.Unit));
    }

    [Fact]
    public void Each_dated_measure_is_a_step_towards_the_deadline()
    {
        var item = Assert.Single(Read(Doc.Of(
            "六、污水厂扩建滞后。", "责任单位：某市", "整改时限：2025年12月底前", "整改措施：", "1.2024年9月底前，完成设计。", "2.2025年12月底前，投入运行。", "3.加强监管。")));

        Assert.Equal(["2024-09-30", "2025-12-31"], item.Milestones.Select(step => Iso(step.Date)));
    }

    [Fact]
    public void A_measure_that_only_repeats_the_deadline_is_no_step()
    {
        var item = Assert.Single(Read(Doc.Of("六、污水厂扩建滞后。", "责任单位：某市", "整改时限：2025年12月底前", "整改措施：", "1.2025年底前建成。", "2.加强监管。")));

        Assert.Empty(item.Milestones);
    }

    [Fact]
    public void A_missing_year_is_that_of_the_item_before_or_of_the_title()
    {
        var items = Read(Doc.Of(
            "2018年整改清单", "一、扬尘大。", "责任单位：甲局", "整改时限：5月底前", "整改措施：", "1.3月底前完成摸底，4月底前完成整治。", "二、锅炉未淘汰。", "责任单位：乙局", "整改时限：2019年10月底前", "整改措施：", "1.淘汰。",
            "三、散煤多。", "责任单位：丙局", "整改时限：11月底前", "整改措施：", "1.清零。"));

        Assert.Equal(["2018-05-31", "2019-10-31", "2019-11-30"], items.Select(item => Iso(item.Deadline?.Date)));
        Assert.Equal("1.", Assert.Single(items[0].Measures).Number);
        Assert.Equal(["2018-03-31", "2018-04-30"], items[0].Milestones.Select(step => Iso(step.Date)));
    }

    [Fact]
    public void Post_of_a_column_of_persons_is_a_person()
    {
        var item = Assert.Single(Read(Doc.Table(
            ["序号", "子问题", "整改措施", "责任单位", "责任人", "整改时限"], ["1", "采砂混乱。", "规范。", "县水利局", "分管领导", "2021年"])));

        Assert.Equal("分管领导", Assert.Single(item.Persons).Text);
        Assert.Equal("采砂混乱。", item.Problem.Text);
    }

    private static IReadOnlyList<DraftItem> Read(SourceDocument source) => PlanGrammar.Read(source).Items;

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
