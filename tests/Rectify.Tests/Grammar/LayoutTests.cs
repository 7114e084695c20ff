using System.Globalization;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Ways of laying out a plan that stand between the usual shapes.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void The_number_in_front_of_the_problems_label_counts_the_items()
    {
        var items = Read(Doc.Of(
            "某省整改方案", "一、总体要求", "（一）指导思想", "坚持绿色发展。", "（二）整改目标", "1.到2025年，水质优良。", "二、整改任务", "（一）责任落实不到位",
            "1.反馈问题：某县违规采砂。", "责任单位：某县委、县政府", "整改时限：2022年底前", "整改目标：全部取缔。", "整改措施：", "（1）排查。", "（2）复绿。",
            "2.反馈问题：某市渗滤液外溢。", "责任单位：某市委、市政府", "整改时限：2023年底前", "整改目标：达标运行。", "整改措施：", "（1）新建处理站。",
            "（二）水环境短板突出", "3.反馈问题：某园区管网破损。", "责任单位：某市委、市政府", "整改时限：立行立改", "整改目标：修复到位。", "整改措施：", "（1）修复。",
            "三、保障措施", "（一）加强组织领导。"));

        Assert.Equal([1, 2, 3], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["某县违规采砂。", "某市渗滤液外溢。", "某园区管网破损。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["全部取缔。", "达标运行。", "修复到位。"], items.Select(item => item.Goal.Text));
        Assert.Equal([2, 1, 1], items.Select(item => item.Measures.Count));
        Assert.Equal("（二）水环境短板突出", items[2].Section.Text);
    }

    [Fact]
    public void A_number_may_stand_behind_the_number_of_the_list()
    {
        var items = Read(Doc.Of(
            "1.（序号21）尾矿库隐患突出。", "（1）责任单位：县应急局", "（2）整改时限：2023年底前", "（3）整改措施：①闭库（县应急局牵头，2023年10月底前完成）；②完善预案（县环境分局负责，5月底前完成）。",
            "2.（序号22）矿洞涌水污染。", "（1）责任单位：县自然资源局", "（2）整改时限：2024年底前", "（3）整改措施：①封堵；②监测。"));

        Assert.Equal([21, 22], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["尾矿库隐患突出。", "矿洞涌水污染。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["县应急局", "县环境分局"], items[0].Measures.Select(measure => measure.Units.Single().Text));
        Assert.Equal(["2023-10-31", "2023-05-31"], items[0].Measures.Select(measure => Iso(measure.Deadline?.Date)));
    }

    [Fact]
    public void The_number_in_front_of_the_first_label_counts_the_items_whatever_that_label_is()
    {
        var items = Read(Doc.Of(
            "某县整改方案", "（一）责任单位：县委办、县政府办", "整改问题：认识存在偏差。", "整改措施：1、学习；2、巡察。", "整改期限：立行立改",
            "（二）责任分工：县发改局牵头，县财政局配合", "整改问题：淘汰不力。", "整改措施：1、排查。", "整改期限：2018年12月底前"));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["认识存在偏差。", "淘汰不力。"], items.Select(item => item.Problem.Text));
    }

    [Fact]
    public void A_heading_of_an_item_may_call_it_a_result()
    {
        var items = Read(Doc.Of(
            "关于整改完成情况的公示", "一、第17项问题整改情况", "（一）问题内容：废水偷排。", "（二）责任单位：园区管委会", "（三）整改措施：1.封堵暗管。2.安装监控。", "（四）整改完成情况：暗管已封堵。",
            "二、第22项问题整改情况", "（一）问题内容：违规取土。", "（二）责任单位：县水利局", "（三）整改措施：1.停止取土。", "（四）整改完成情况：岸坡已修复。"));

        Assert.Equal([17, 22], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["废水偷排。", "违规取土。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["暗管已封堵。", "岸坡已修复。"], items.Select(item => item.Result.Text));
    }

    [Fact]
    public void A_year_in_the_title_of_a_table_is_that_of_dates_without_one()
    {
        var plan = PlanGrammar.Read(Doc.Table(
            ["某区督察整改问题清单（2019年）", "<", "<", "<"], ["序号", "交办问题", "整改措施", "整改期限"], ["一", "倾倒炉渣。", "清理。", "4月30日前"]));

        Assert.Equal("某区督察整改问题清单（2019年）", plan.Title);
        Assert.Equal("2019-04-30", Iso(Assert.Single(plan.Items).Deadline?.Date));
    }

    [Fact]
    public void A_second_row_of_heads_may_have_one_that_nobody_knows()
    {
        var item = Assert.Single(Read(Doc.Table(
            ["序号", "突出问题", "整改措施", "", "时限", "", "责任单位", ""], ["", "", "序号", "具体措施", "筹备阶段", "完成时间", "牵头", "配合"],
            ["1", "利用率低。", "(1)", "实施工程。", "2023.03", "2023.12", "市能源局", "市水利局"], ["", "", "(2)", "制定办法。", "2023.03", "2023.06", "市水利局", "市能源局"])));

        Assert.Equal("利用率低。", item.Problem.Text);
        Assert.Equal(["实施工程。", "制定办法。"], item.Measures.Select(measure => measure.Text.Text));
        Assert.Equal(["市能源局 市水利局", "市水利局 市能源局"], item.Measures.Select(measure => string.Join(' ', measure.Units.Select(unit => unit.Text))));
    }

    [Fact]
    public void A_cell_may_hold_the_labels_that_its_column_lacks()
    {
        var item = Assert.Single(Read(Doc.Table(
            ["整改任务", "整改内容及完成情况", "整改时限"], ["1.粪污外溢", "整改目标：全面治理。整改措施：1.关停；2.治理。完成情况：已关停5家。", "2021年底"])));

        Assert.Equal(("全面治理。", "已关停5家。"), (item.Goal.Text, item.Result.Text));
        Assert.Equal(["关停；", "治理。"], item.Measures.Select(measure => measure.Text.Text));
    }

    [Fact]
    public void What_is_still_wrong_beside_the_progress_is_not_the_problem()
    {
        var item = Assert.Single(Read(Doc.Table(
            ["序号", "整改事项", "责任单位", "整改时限", "工作进展", "", "整改措施"], ["", "", "", "", "进展情况", "存在问题", ""],
            ["1", "废水超标。", "县农业局", "2024.6.30前", "已采购设备。", "资金缺口较大。", "更换设备。"])));

        Assert.Equal("废水超标。", item.Problem.Text);
        Assert.Equal("资金缺口较大。", Assert.Single(item.Others).Text.Text);
        Assert.Equal("已采购设备。", item.Result.Text);
    }

    [Fact]
    public void What_is_merged_over_several_items_is_said_of_each()
    {
        var items = Read(Doc.Table(
            ["序号", "问题", "整改措施", "责任单位", "整改时限", "验收单位"],
            ["1", "垃圾焚烧。", "巡查。", "县城管局", "2023年6月30日前", "市生态环境局"],
            ["2", "裸土未覆盖。", "覆盖。", "^", "^", "^"],
            ["3", "河道采砂。", "取缔。", "县水利局", "2023年9月30日前", "^"]));

        Assert.Equal(["县城管局 市生态环境局", "县城管局 市生态环境局", "县水利局 市生态环境局"], items.Select(item => string.Join(' ', item.Units.Select(unit => unit.Text))));
        Assert.Equal(["2023-06-30", "2023-06-30", "2023-09-30"], items.Select(item => Iso(item.Deadline?.Date)));
        Assert.All(items, item => Assert.Empty(item.Doubts));
    }

    [Fact]
    public void A_measure_cut_by_the_end_of_a_page_goes_on_in_the_next_table()
    {
        var items = Read(new Doc()
            .Rows(["序号", "问题", "整改措施", "责任单位", "时限"], ["1", "沟道垃圾。", "1.集中清理；2.明确", "县水务局", "2023年\n4月"])
            .Rows(["", "", "保洁责任人；3.定期通报。", "", ""], ["2", "设施缺失。", "配齐。", "县卫健局", "2023年\n7月"]).Source);

        Assert.Equal(["集中清理；", "明确\n保洁责任人；", "定期通报。"], items[0].Measures.Select(measure => measure.Text.Text));
        Assert.Equal(["2023-04-30", "2023-07-31"], items.Select(item => Iso(item.Deadline?.Date)));
    }

    [Fact]
    public void Units_of_the_overall_part_make_no_item_beside_a_table_of_items()
    {
        var item = Assert.Single(Read(new Doc().Lines("某省整改方案", "二、主要任务", "（一）扛起政治责任。", "责任单位：各市党委和政府", "（二）打好攻坚战。", "责任单位：省生态环境厅")
            .Rows(["序号", "反馈问题", "整改措施", "责任单位", "整改时限"], ["一", "某河恶化。", "截污。", "某市政府", "2025年底前"]).Source));

        Assert.Equal("某河恶化。", item.Problem.Text);
        Assert.Empty(item.Doubts);
    }

    [Fact]
    public void Goals_units_and_dates_of_the_overall_part_make_no_item_beside_a_table_of_items()
    {
        var item = Assert.Single(Read(new Doc().Lines("某州整改方案", "一、总体要求", "二、整改目标", "到2025年全部完成。", "三、主要任务", "（一）压实责任。", "责任单位：州委办", "整改时限：长期坚持", "附件：清单", "某州人民政府", "2024年1月5日")
            .Rows(["序号", "区域", "反馈问题", "整改目标", "整改要求", "整改措施", "责任单位", "整改时限", "联系人", "备注"],
                ["1", "甲县", "粉尘污染。", "达标。", "从严从快。", "喷淋。", "甲县政府", "2024年5月底前", "张某 123", "重点"]).Source));

        Assert.Equal(("粉尘污染。", "达标。"), (item.Problem.Text, item.Goal.Text));
        Assert.Equal("甲县政府", Assert.Single(item.Units).Text);
        Assert.Empty(item.Persons);
        Assert.Equal(new[] { "区域 甲县", "整改要求 从严从快。", "联系人 张某 123", "备注 重点" }.Order(StringComparer.Ordinal), item.Others.Select(other => $"{other.Label} {other.Text.Text}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_list_behind_an_overall_part_is_read_alone()
    {
        var item = Assert.Single(Read(Doc.Of(
            "某省整改方案", "一、总体要求", "（一）指导思想", "坚持生态优先。", "二、重点任务", "（一）绿色发展", "责任单位：省发改委", "主要措施：严控。", "三、组织保障", "附件：某省整改措施清单", "某省整改措施清单",
            "一、搬迁滞后。", "整改目标：完成搬迁。", "责任单位：某市政府", "整改时限：2024年12月底前", "整改措施：", "1.制定方案。", "2.搬迁12家。")));

        Assert.Equal((1, "搬迁滞后。"), (item.Number.Value, item.Problem.Text));
        Assert.Equal(2, item.Measures.Count);
    }

    [Fact]
    public void A_table_on_its_side_has_an_item_in_each_column()
    {
        var items = Read(Doc.Table(
            ["任务一览表", "<", "<"], ["问题编号", "问题1", "问题2"], ["反馈问题", "断流。", "停运。"], ["整改措施", "1.清理。\n2.补水。", "检修。"], ["责任单位", "甲局（牵头）、乙局", "丙镇政府"], ["整改时限", "2023年6月底前", "立行立改"]));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["断流。", "停运。"], items.Select(item => item.Problem.Text));
        Assert.Equal([2, 1], items.Select(item => item.Measures.Count));
        Assert.Equal([DeadlineKind.Fixed, DeadlineKind.Immediate], items.Select(item => item.Deadline!.Kind));
    }

    [Fact]
    public void A_table_of_measures_belongs_to_the_item_above_it()
    {
        var items = Read(new Doc()
            .Lines("问题一：蓝藻频发。", "整改目标：下降50%。", "整改时限：2024年10月底前").Rows(["整改措施", "责任单位", "完成时限"], ["1.建站", "甲局", "2023年5月底前"], ["2.补水", "甲局、乙局", "2024年4月底前"])
            .Lines("问题二：岸线被占。", "整改目标：恢复。", "整改时限：2023年12月底前").Rows(["整改措施", "责任单位", "完成时限"], ["拆除", "丙委", "2023年6月底前"], ["复绿", "^", "2023年9月底前"]).Source);

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["2024-10-31", "2023-12-31"], items.Select(item => Iso(item.Deadline?.Date)));
        Assert.Equal(["甲局", "甲局 乙局", "丙委", "丙委"], items.SelectMany(item => item.Measures).Select(measure => string.Join(' ', measure.Units.Select(unit => unit.Text))));
        Assert.Equal(["2023-05-31", "2024-04-30", "2023-06-30", "2023-09-30"], items.SelectMany(item => item.Measures).Select(measure => Iso(measure.Deadline?.Date)));
    }

    [Fact]
    public void A_merged_number_may_stand_beside_labels_and_values()
    {
        var items = Read(Doc.Table(
            ["一", "反馈问题", "烟气超标。"], ["^", "整改措施", "1.安装。\n2.联网。"], ["^", "责任单位", "甲镇政府"], ["^", "整改时限", "2022年8月底前"],
            ["二", "反馈问题", "交叉供水。"], ["^", "整改措施", "隔离。"], ["^", "责任单位", "乙局（牵头）、丙厂"], ["^", "整改时限", "2022年5月底前"]));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["烟气超标。", "交叉供水。"], items.Select(item => item.Problem.Text));
        Assert.Equal([1, 2], items.Select(item => item.Units.Count));
    }

    [Fact]
    public void Numbers_to_the_right_of_a_merged_problem_count_its_measures()
    {
        var item = Assert.Single(Read(Doc.Table(["反馈问题", "序号", "整改措施", "责任单位", "完成时限"], ["二、未批先建。", "3", "处罚。", "甲厅", "2019年12月底前"], ["^", "4", "修复。", "乙市", "2021年12月底前"])));

        Assert.Equal(2, item.Number.Value);
        Assert.Equal(["3", "4"], item.Measures.Select(measure => measure.Number));
    }

    [Fact]
    public void Tasks_may_name_their_unit_and_date_in_brackets_alone()
    {
        var items = Read(Doc.Of("某县任务清单", "（一）大气方面", "1.淘汰锅炉12台。（责任单位：甲局；完成时限：2022年10月底前）", "（二）水方面", "2.整治排口28个。（牵头单位：乙局；配合单位：丙局；完成时限：2023年底前）"));

        Assert.Equal(["淘汰锅炉12台。", "整治排口28个。"], items.Select(item => item.Problem.Text));
        Assert.Equal(["Responsible 甲局", "Lead 乙局 Cooperate 丙局"], items.Select(item => string.Join(' ', item.Units.Select(unit => $"{unit.Role} {unit.Text}"))));
        Assert.Equal(["2022-10-31", "2023-12-31"], items.Select(item => Iso(item.Deadline?.Date)));
    }

    [Theory]
    [InlineData("1、第3号排口超标。", 1, "第3号排口超标。")]
    [InlineData("2.第9号问题：废水偷排。", 9, "废水偷排。")]
    [InlineData("第 十 二 项 废水偷排。", 12, "废水偷排。")]
    public void A_number_counts_the_item_or_belongs_to_its_text(string heading, int number, string problem)
    {
        var item = Assert.Single(Read(Doc.Of(heading, "责任单位：甲局", "整改时限：2022年", "整改措施：封堵。")));

        Assert.Equal((number, problem), (item.Number.Value, item.Problem.Text));
    }

    [Theory]
    [InlineData("1.清运（北坡镇政府，2021年6月底前）；2.封场（甲局牵头，乙局配合）。", "Responsible 北坡镇政府|Lead 甲局 Cooperate 乙局")]
    [InlineData("1.清运（南坡镇、北坡镇）；2.封场（含甲乡、乙镇）。", "|")]
    public void Brackets_name_units_and_not_places(string measures, string units)
    {
        var item = Assert.Single(Read(Doc.Of("一、填埋不规范。", "责任单位：某县", "整改时限：2022年", "整改措施：" + measures)));

        Assert.Equal(units, string.Join('|', item.Measures.Select(measure => string.Join(' ', measure.Units.Select(unit => $"{unit.Role} {unit.Text}")))));
    }

    [Fact]
    public void A_table_of_contents_holds_no_items()
    {
        var items = Read(Doc.Of(
            "某湖整改方案", "目  录", "一、总体要求………………1", "二、整改任务……………2", "（一）蓝藻频发问题……2", "（二）围网反弹问题 ......... 3",
            "一、总体要求", "坚持问题导向。", "二、整改任务", "（一）蓝藻频发问题", "问题描述：蓝藻11次。", "整改措施：", "1.打捞。", "责任单位：市水务局", "整改时限：2024年底前",
            "（二）围网反弹问题", "问题描述：围网1200亩。", "整改措施：", "1.拆除。", "责任单位：市农业农村局", "整改时限：2023年底前"));

        Assert.Equal([1, 2], items.Select(item => item.Number.Value ?? 0));
        Assert.Equal(["蓝藻11次。", "围网1200亩。"], items.Select(item => item.Problem.Text[^(item.Number.Value == 1 ? 6 : 8)..]));
    }

    [Theory]
    [InlineData("建筑垃圾全部清运，恢复河道原貌。1.立即清运；2.落实巡河。", "建筑垃圾全部清运，恢复河道原貌。")]
    [InlineData("消除异味。1.加装设备；2.增加冲洗。", "消除异味。")]
    [InlineData("具体如下：1.加装设备；2.增加冲洗。", "")]
    public void A_goal_before_the_numbers_of_measures_is_kept(string both, string goal)
    {
        var item = Assert.Single(Read(Doc.Of("序号：001", "反馈问题：中转站异味。", "责任单位：区城管局", "整改时限：2023年", "整改目标和措施：" + both)));

        Assert.Equal(goal, item.Goal.Text);
        Assert.Equal(2, item.Measures.Count);
    }

    [Fact]
    public void A_label_may_be_broken_by_a_line_end()
    {
        var item = Assert.Single(Read(Doc.Of("三、河湖乱占。", "责任\n单位：县河长办", "整改\n时限：2024年4月30日", "整改措施：拆除。")));

        Assert.Equal("县河长办", Assert.Single(item.Units).Text);
        Assert.Equal("2024-04-30", Iso(item.Deadline?.Date));
        Assert.Equal("河湖乱占。", item.Problem.Text);
    }

    [Fact]
    public void Units_and_who_answers_may_share_a_field()
    {
        var item = Assert.Single(Read(Doc.Of("七、扬尘管控不严。", "责任单位及责任人：市住建局（主要负责同志）", "整改时限：2023年6月底前", "整改措施：检查。")));

        Assert.Equal("市住建局", Assert.Single(item.Units).Text);
        Assert.Equal("主要负责同志", Assert.Single(item.Persons).Text);
    }

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<DraftItem> Read(SourceDocument source) => PlanGrammar.Read(source).Items;
}
