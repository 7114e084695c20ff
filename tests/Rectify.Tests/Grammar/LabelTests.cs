using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class LabelTests
{
    [Theory]
    [InlineData("责任单位", "Units")]
    [InlineData("责 任\n单 位", "Units")]
    [InlineData("整改责任单位：", "Units")]
    [InlineData("主体责任单位", "Units")]
    [InlineData("市级责任单位", "Units")]
    [InlineData("牵头部门(责任单位)", "Lead")]
    [InlineData("牵头督导单位", "Supervise")]
    [InlineData("省级验收单位", "Accept")]
    [InlineData("责任单位及责任人", "UnitsAndPersons")]
    [InlineData("包抓督办领导", "Persons")]
    [InlineData("整改期限", "Deadline")]
    [InlineData("完成时限（年月）", "Deadline")]
    [InlineData("整改目标和措施", "GoalAndMeasures")]
    [InlineData("整改任务具体要求", "Measures")]
    [InlineData("整改措施落实情况", "Result")]
    [InlineData("逐个目标达成情况", "Result")]
    [InlineData("整改主要工作及成效", "Result")]
    [InlineData("目前进展情况及存在问题", "Result")]
    [InlineData("整改效果（或整改完成情况）", "Result")]
    [InlineData("下一步持续深化整改措施", "Other")]
    [InlineData("反馈意见建议", "Problem")]
    [InlineData("點位的基本問題", "Problem")]
    [InlineData("責任單位", "Units")]
    [InlineData("省序号", "Number")]
    public void Labels_are_known(string text, string field) => Assert.Equal(field, Labels.Whole(Fold.Of(text))?.ToString());

    [Theory]
    [InlineData("县（市、区）")]
    [InlineData("整改措施落实到位")]
    [InlineData("1")]
    [InlineData("省水利厅")]
    public void Other_cells_are_no_labels(string text) => Assert.Null(Labels.Whole(Fold.Of(text)));

    [Theory]
    [InlineData("责任单位：A局　责任人：B　整改时限：2022年", "Units Persons Deadline")]
    [InlineData("二、 整改责任单位", "Units")]
    [InlineData("（一）整改措施。1.加快建设", "Measures")]
    [InlineData("【整改目标】清零", "Goal")]
    [InlineData("一、督察组反馈的具体问题", "Problem")]
    [InlineData("整改目标：清零。整改措施：1.排查。", "Goal Measures")]
    [InlineData("责任单位：某局责任人：某人", "Units Persons")]
    [InlineData("主要采取以下整改措施:一是排查", "")]
    [InlineData("整改措施落实到位。", "")]
    [InlineData("1.制定整改措施", "")]
    public void Labels_are_found_in_lines(string text, string fields) =>
        Assert.Equal(fields, string.Join(' ', Line.Read(Stretch.Of(new Paragraph(1, text))).Hits.Select(hit => hit.Field)));

    [Theory]
    [InlineData("公示时间（2020年3月27日-4月2日）", "2020-03-27 2020-04-02  ")]
    [InlineData("公示期：2023年8月17日-2023年8月30日（10个工作日）", "2023-08-17 2023-08-30 10 working")]
    [InlineData("公示期限：2019年12月18日至2019年12月22日，共5天。", "2019-12-18 2019-12-22 5 calendar")]
    [InlineData("自公布之日起5个工作日内提出", "  5 working")]
    [InlineData("公示期为七天", "  7 calendar")]
    [InlineData("公示期为2018522日至2018528日", "2018-05-22 2018-05-28  ")]
    [InlineData("公示时间为2018年5月22日至28日", "2018-05-22 2018-05-28  ")]
    [InlineData("现从2023年5月8日到5月14日进行公示，公示7天。", "2023-05-08 2023-05-14 7 calendar")]
    [InlineData("公示期限为7日（2024年5月6日8:00至2024年5月12日18:00）", "2024-05-06 2024-05-12 7 calendar")]
    [InlineData("公示期自2019年3月1日开始，至2019年3月7日结束。", "2019-03-01 2019-03-07  ")]
    [InlineData("公示时限：五个工作日，2023年2月13日起至2023年2月17日止。", "2023-02-13 2023-02-17 5 working")]
    public void Notices_have_a_window(string text, string window)
    {
        var notice = NoticeGrammar.Read([Stretch.Of(new Paragraph(1, text))], null);
        Assert.NotNull(notice);
        Assert.Equal(window, FormattableString.Invariant($"{notice.From:yyyy-MM-dd} {notice.To:yyyy-MM-dd} {notice.Days} {notice.Unit}"));
    }

    [Theory]
    [InlineData("1.A事。2.B事。", "1.|A事。 2.|B事。")]
    [InlineData("（一）A事。1.a；2.b。\n（二）B事。", "（一）|A事。1.a；2.b。 （二）|B事。")]
    [InlineData("一是A事；二是B事。", "一是|A事； 二是|B事。")]
    [InlineData("①A②B", "①|A ②|B")]
    [InlineData("具体措施如下：\n1.A事\n2.B事", "1.|A事 2.|B事")]
    [InlineData("A事。\nB事。", "|A事。 |B事。")]
    [InlineData("A事分\n两行。", "|A事分\n两行。")]
    [InlineData("1.建成1.5万立方米。2.2024年9月底前完成。", "1.|建成1.5万立方米。 2.|2024年9月底前完成。")]
    [InlineData("3.只有一条。", "3.|只有一条。")]
    [InlineData("第一，A事。第二，B事。", "第一|A事。 第二|B事。")]
    [InlineData("1.甲事.2.乙事.3.丙事.", "1.|甲事. 2.|乙事. 3.|丙事.")]
    [InlineData("要求全面清理并恢复原来的面貌。1.甲事；2.乙事。", "|要求全面清理并恢复原来的面貌。 1.|甲事； 2.|乙事。")]
    [InlineData("1\n甲事。\n2\n乙事。", "1|甲事。 2|乙事。")]
    public void Measures_are_cut_at_the_outermost_numbers(string text, string pieces) =>
        Assert.Equal(pieces, string.Join(' ', Measures.Split(Stretch.Of(new Paragraph(1, text))).Select(piece => piece.Number.Text + "|" + piece.Text.Text)));
}
