using System.Globalization;
using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("2022年12月底前", "Fixed", "2022-12-31")]
    [InlineData("2022年年底前", "Fixed", "2022-12-31")]
    [InlineData("2021年10月底", "Fixed", "2021-10-31")]
    [InlineData("2025年12月", "Fixed", "2025-12-31")]
    [InlineData("2019年9月30日前", "Fixed", "2019-09-30")]
    [InlineData("2017年底前", "Fixed", "2017-12-31")]
    [InlineData("2020年", "Fixed", "2020-12-31")]
    [InlineData("２０２０年６月底前", "Fixed", "2020-06-30")]
    [InlineData("二〇二二年十二月底前", "Fixed", "2022-12-31")]
    [InlineData("2022 年 6 月 底前", "Fixed", "2022-06-30")]
    [InlineData("2020.12.31", "Fixed", "2020-12-31")]
    [InlineData("12/31/2022", "Fixed", "2022-12-31")]
    [InlineData("2020-12", "Fixed", "2020-12-31")]
    [InlineData("2020/6/30", "Fixed", "2020-06-30")]
    [InlineData("2022/12/31 0:00:00", "Fixed", "2022-12-31")]
    [InlineData("2023年上半年", "Fixed", "2023-06-30")]
    [InlineData("2023年第一季度", "Fixed", "2023-03-31")]
    [InlineData("2023年一季度末", "Fixed", "2023-03-31")]
    [InlineData("2023年5月上旬", "Fixed", "2023-05-10")]
    [InlineData("2023年5月中旬", "Fixed", "2023-05-20")]
    [InlineData("2024年2月底前", "Fixed", "2024-02-29")]
    [InlineData("“十四五”末", "Fixed", "2025-12-31")]
    [InlineData("立行立改、长期坚持", "ImmediateStanding", null)]
    [InlineData("立行立改,长期坚持,巩固成效", "ImmediateStanding", null)]
    [InlineData("立行立改、持续加强、长期坚持", "ImmediateStanding", null)]
    [InlineData("长期坚持", "ImmediateStanding", null)]
    [InlineData("立行立改", "Immediate", null)]
    [InlineData("立行立改，2018年8月底前完成", "Immediate", "2018-08-31")]
    [InlineData("2024年底前，并长期坚持", "FixedStanding", "2024-12-31")]
    [InlineData("2020年10月底前，分三个阶段实施", "Fixed", "2020-10-31")]
    [InlineData("立行立改，2018年8月榨季前完成", "Immediate", "2018-08-31")]
    [InlineData("2019年6月至8月", "Period", "2019-08-31")]
    [InlineData("2023年11月起，长期坚持", "ImmediateStanding", null)]
    [InlineData("2023年\n10月底前", "Fixed", "2023-10-31")]
    [InlineData("2023年10月底\n前", "Fixed", "2023-10-31")]
    [InlineData("2019年至2020年", "Period", "2020-12-31")]
    [InlineData("2019-2020年", "Period", "2020-12-31")]
    [InlineData("2018年11月至次年3月", "Period", "2019-03-31")]
    [InlineData("每季度至少1次", "Recurring", null)]
    [InlineData("每年3-12月", "Recurring", null)]
    [InlineData("从2017年第4季度开始，每季度至少1次", "Recurring", null)]
    [InlineData("2018年国庆前", "Fixed", null)]
    [InlineData("尽快完成", "Fixed", null)]
    public void Deadlines_are_understood(string text, string kind, string? date)
    {
        var deadline = DeadlineGrammar.Read(Stretch.Of(new Paragraph(1, text)), null);
        Assert.NotNull(deadline);
        Assert.Equal((text, kind, date), (deadline.Text, deadline.Kind.ToString(), Iso(deadline.Date)));
    }

    [Fact]
    public void A_period_has_its_first_day_too() =>
        Assert.Equal("2019-06-01", Iso(DeadlineGrammar.Read(Stretch.Of(new Paragraph(1, "2019年6月至8月")), null)!.From));

    [Theory]
    [InlineData("6月底前", "2018-06-30")]
    [InlineData("年底前", "2018-12-31")]
    [InlineData("月底前", "2018-05-31")]
    [InlineData("次年3月", "2019-03-31")]
    public void A_missing_year_is_that_of_the_date_before(string text, string date) =>
        Assert.Equal(date, Iso(DeadlineGrammar.Read(Stretch.Of(new Paragraph(1, text)), new DateOnly(2018, 5, 29))!.Date));

    [Fact]
    public void Any_month_of_any_year_ends_with_its_last_day() => Gen.Select(Gen.Int[1990, 2098], Gen.Int[1, 12]).Sample((year, month) =>
        DeadlineGrammar.Read(Stretch.Of(new Paragraph(1, $"{year}年{month}月底前")), null)!.Date == new DateOnly(year, month, DateTime.DaysInMonth(year, month)));

    [Theory]
    [InlineData("2024年9月底前完成方案设计；2024年12月底前开工", "2024-09-30 2024-12-31")]
    [InlineData("到2019年底，严格执行养殖分区管理制度", "2019-12-31")]
    [InlineData("2019年6月至8月，开展专项执法行动", "2019-08-31")]
    [InlineData("逐座落实建设资金，3月底前全部复工", "2018-03-31")]
    [InlineData("2018年消除直排，2019年遏制湖面萎缩，2020年年底前恢复到150平方公里", "2018-12-31 2019-12-31 2020-12-31")]
    [InlineData("2018年5月启动，11月底前完成", "2018-05-31 2018-11-30")]
    [InlineData("按照《2016年度工作要点》和国环规〔2017〕4号文件要求推进", "")]
    [InlineData("2016年以来新增的灌溉面积分年度退减", "")]
    [InlineData("2017年排放的废水全部处理", "")]
    [InlineData("截至2021年8月，仍有276万人", "")]
    [InlineData("完成2018年度降耗目标", "")]
    [InlineData("撤销2016年虚报的结论", "")]
    [InlineData("每年10月15日前完成检修", "")]
    public void Only_dates_by_which_something_is_due_are_steps(string text, string dates) =>
        Assert.Equal(dates, string.Join(' ', DeadlineGrammar.Steps(Fold.Of(text), new DateOnly(2018, 5, 29)).Select(step => Iso(step.Date.To))));

    [Theory]
    [InlineData("每周开展1次巡查", "week", 1)]
    [InlineData("每季度至少专题研究1次", "quarter", 1)]
    [InlineData("每月调度2次", "month", 2)]
    [InlineData("每半年评估", "half", 1)]
    [InlineData("每年10月至次年3月", "season", 1)]
    [InlineData("每年春、秋两季输水", "season", 1)]
    [InlineData("每年一季度", "year", 1)]
    [InlineData("每年10月15日前", "year", 1)]
    [InlineData("委托第三方按月监测", "month", 1)]
    [InlineData("每日巡查", "day", 1)]
    public void Recurrences_are_understood(string text, string every, int times)
    {
        var found = RecurrenceGrammar.Find(Fold.Of(text));
        Assert.Equal((every, times), (found?.Every, found?.Times ?? 0));
    }

    [Theory]
    [InlineData("规模每日2万吨")]
    [InlineData("每日处理量不低于300吨")]
    [InlineData("按年度推进")]
    [InlineData("按照要求")]
    public void Amounts_are_no_recurrences(string text) => Assert.Null(RecurrenceGrammar.Find(Fold.Of(text)));

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
