using System.Globalization;
using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Dated steps inside measures, as plans stage them.</summary>
public sealed class MilestoneTests
{
    private static readonly string[] Steps = ["完成方案设计", "开工建设", "建成投运", "累计完成60%", "全部清退", "通过验收", "实现达标排放"];

    private static readonly string[] Signs = ["；", "，", "。", "；\n"];

    [Theory]
    [InlineData("2024年9月底前完成方案设计；12月底前开工；2025年6月底前完成主体；2025年底前完成。", "2024-09-30 2024-12-31 2025-06-30 2025-12-31")]
    [InlineData("2024年9月底前完成方案设计，12月底前开工，2025年6月底前完成主体，年底前完成。", "2024-09-30 2024-12-31 2025-06-30 2025-12-31")]
    [InlineData("2023年、2024年、2025年分别完成治理任务的20%、50%、100%。", "2023-12-31 2024-12-31 2025-12-31")]
    [InlineData("分三年推进，2023年完成30%，2024年完成60%，2025年全部完成。", "2023-12-31 2024-12-31 2025-12-31")]
    [InlineData("第一阶段（2023年6月底前）：完成研究；第二阶段（2023年12月底前）：完成招投标。", "2023-06-30 2023-12-31")]
    [InlineData("截至2024年底完成50%，2025年底全部完成。", "2024-12-31 2025-12-31")]
    [InlineData("2024年：建设管网10公里；2025年：建设管网20公里。", "2024-12-31 2025-12-31")]
    [InlineData("2024年度完成改造5公里，2025年度完成改造8公里。", "2024-12-31 2025-12-31")]
    [InlineData("2024年计划关停3家，2025年计划关停5家。", "2024-12-31 2025-12-31")]
    [InlineData("2024年一季度完成排查，二季度制定方案，三季度组织实施。", "2024-03-31 2024-06-30 2024-09-30")]
    [InlineData("2024年上半年完成前期工作，下半年开工建设。", "2024-06-30 2024-12-31")]
    [InlineData("2024年5月、9月各完成一次清淤，2025年3月底前完成验收。", "2024-05-31 2024-09-30 2025-03-31")]
    [InlineData("一期工程2024年6月投运，二期工程2025年6月投运。", "2024-06-30 2025-06-30")]
    [InlineData("其中，东片区2024年8月底前完成，西片区2025年8月底前完成。", "2024-08-31 2025-08-31")]
    [InlineData("污水处理厂于2024年6月开工建设，2025年3月完成主体工程，9月底前通水。", "2024-06-30 2025-03-31 2025-09-30")]
    [InlineData("2024年全面启动，2025年取得阶段性成效，2026年全面完成。", "2024-12-31 2025-12-31 2026-12-31")]
    [InlineData("2022年省级督察发现的12个问题，2024年4月底前整改到位，6月底前验收。", "2024-04-30 2024-06-30")]
    [InlineData("2024年汛期前完成清障，2024年10月底前完成加固，2025年3月完成验收。", "2024-10-31 2025-03-31")]
    [InlineData("对2018年建成的设施，2024年5月底前完成评估，8月底前完成改造。", "2024-05-31 2024-08-31")]
    public void Stages_are_found_with_the_year_of_the_date_before(string measure, string days) =>
        Assert.Equal(days, string.Join(' ', Read(measure).Milestones.Select(step => Iso(step.Date))));

    [Fact]
    public void Steps_that_follow_each_other_are_all_found_and_the_last_is_the_deadline() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 7], Gen.Int[0, Steps.Length - 1], Gen.Int[0, Signs.Length - 1], Gen.Bool).Array[2, 6].Sample(drawn =>
        {
            var month = 12 * 2022;
            var year = 0;
            var days = new List<string>();
            var text = "";
            foreach (var (_, later, step, sign, dated) in drawn)
            {
                month += later;
                var (y, m) = (month / 12, (month % 12) + 1);
                text += (dated || y != year ? $"{y}年" : "") + $"{m}月底前{Steps[step]}{Signs[sign]}";
                days.Add(Iso(new(y, m, DateTime.DaysInMonth(y, m))));
                year = y;
            }

            var measure = Read(text.TrimEnd('；', '，', '。', '\n') + "。");
            Assert.Equal(days, measure.Milestones.Select(milestone => Iso(milestone.Date)));
            Assert.Equal(days[^1], measure.Deadline?.Date is { } due ? Iso(due) : null);
        });

    [Fact]
    public void Stages_may_stand_as_columns()
    {
        var item = Assert.Single(PlanGrammar.Read(Doc.Table(
            ["序号", "整改任务", "阶段目标", "<", "责任单位", "整改时限"], ["^", "^", "2023年底前", "2024年底前", "^", "^"], ["1", "治理矿山50座", "完成20座", "完成50座", "甲局", "2024年底前"])).Items);

        Assert.Equal(["2023-12-31 2023年底前完成20座", "2024-12-31 2024年底前完成50座"], item.Milestones.Select(step => $"{Iso(step.Date)} {step.Text}"));
    }

    // One measure without a number, whatever signs stand in it.
    private static (IReadOnlyList<DraftMilestone> Milestones, DraftDeadline? Deadline) Read(string measure)
    {
        var text = Stretch.Of(new Paragraph(1, measure));
        var steps = DeadlineGrammar.Steps(text.Folded, null);
        return (Milestones.Of(text, steps), DeadlineGrammar.Last(text, steps));
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
