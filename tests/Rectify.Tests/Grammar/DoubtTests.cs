using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class DoubtTests
{
    [Fact]
    public void What_is_missing_is_doubtful() =>
        Assert.Equal(["missing-deadline@deadline", "missing-unit@units", "measure-without-unit@measures[0].units"],
            Codes(Doc.Of("一、某河水质超标。", "整改目标：达标。", "整改措施：清淤。"), 0));

    [Fact]
    public void An_item_that_says_everything_is_not_doubtful() => Assert.Empty(Codes(Doc.Of(Item("一", "某河水质超标。", "清淤。")), 0));

    [Fact]
    public void A_gap_and_a_repeated_number_are_doubtful()
    {
        var source = Doc.Of([.. Item("一", "某河水质超标。", "清淤。"), .. Item("三", "某矿未恢复。", "复绿。"), .. Item("三", "某园区渗漏。", "防渗。")]);

        Assert.Empty(Codes(source, 0));
        Assert.Equal(["number-gap@number"], Codes(source, 1));
        Assert.Equal(["duplicate-number@number"], Codes(source, 2));
    }

    [Fact]
    public void A_notice_closes_some_of_a_plans_items_and_leaves_no_gap() => Assert.Empty(Codes(Doc.Of([
        "关于整改情况的公示", "公示时间：2024年5月1日至5月7日", .. Item("九", "某河水质超标。", "清淤。"), "整改情况：已清淤。", .. Item("十四", "某矿未恢复。", "复绿。"), "整改情况：已复绿。"]), 1));

    [Fact]
    public void A_duty_that_begins_on_a_day_has_no_end_that_a_step_could_pass() => Assert.Empty(Codes(Doc.Of(
        "一、固体废物倾倒多发。", "责任单位：某县人民政府", "整改时限：2023年11月起，长期坚持", "整改措施：布设监控，2024年5月底前完成。"), 0));

    [Fact]
    public void A_step_after_the_items_deadline_is_doubtful() =>
        Assert.Equal(["later-than-parent@measures[0].deadline"],
            Codes(Doc.Of("一、某河水质超标。", "责任单位：某市水利局", "整改时限：2023年6月底前", "整改措施：2023年9月底前完成清淤。"), 0));

    [Fact]
    public void A_deadline_that_no_day_can_be_told_of_is_doubtful() =>
        Assert.Equal(["unreadable-deadline@deadline"],
            Codes(Doc.Of("一、某河水质超标。", "责任单位：某市水利局", "整改时限：2018年国庆前", "整改措施：清淤。"), 0));

    [Fact]
    public void Nearly_identical_texts_are_doubtful()
    {
        const string Long = "制定化工园区地下水污染防治方案，建立自行监测和信息公开制度，对渗漏点逐一开展防渗改造并组织验收";
        var source = Doc.Of([.. Item("一", "甲县某化工园区防渗不到位。", Long + "。"), .. Item("二", "乙市两处渣场未做环评手续。", Long + "工作。")]);

        Assert.Equal(["near-identical@measures"], Codes(source, 1));
    }

    [Fact]
    public void A_number_of_days_that_its_dates_contradict_is_doubtful() =>
        Assert.Contains("notice-days@notice", Codes(Doc.Of(
            [.. Item("一", "某河水质超标。", "清淤。"), "整改完成情况：已清淤。", "公示时间：2024年5月1日至2024年5月8日（7天）"]), 0));

    [Fact]
    public void A_heading_like_the_labels_that_nobody_knows_is_doubtful()
    {
        var source = Doc.Of("一、整改任务", "某河水质超标。", "二、责任单位", "某市水利局", "三、资金安排", "由市财政列支。", "四、整改措施", "清淤。", "五、整改时限", "2023年底前");

        Assert.Equal(["unread-label@others"], Codes(source, 0));
        Assert.Equal(("资金安排", "由市财政列支。"), PlanGrammar.Read(source).Items[0].Others.Select(other => (other.Label, other.Text.Text)).Single());
    }

    [Fact]
    public void Pairs_are_those_that_comparing_everything_would_find() => Gen.String[Gen.Char['一', '三'], 20, 60].Array[2, 12].Sample(
        texts =>
        {
            var found = Likeness.Pairs(texts);
            Assert.All(found, pair => Assert.True(Likeness.Jaccard(Likeness.PairsOf(texts[pair.Later]), Likeness.PairsOf(texts[pair.Earlier]), 0) >= 0.85));
        },
        iter: 300);

    [Fact]
    public void A_text_with_one_word_changed_is_found_among_thousands()
    {
        var random = new Random(7);
        var texts = Enumerable.Range(0, 5000).Select(_ => string.Concat(Enumerable.Range(0, 80).Select(_ => (char)('一' + random.Next(20_000))))).ToList();
        texts.Add(texts[1234][..40] + "另" + texts[1234][41..]);

        Assert.Equal([(5000, 1234)], Likeness.Pairs(texts));
    }

    private static string[] Item(string number, string problem, string measure) =>
        [$"{number}、{problem}", "责任单位：某市水利局", "整改时限：2023年底前", $"整改措施：{measure}"];

    private static string[] Codes(SourceDocument source, int item) =>
        [.. PlanGrammar.Read(source).Items[item].Doubts.Select(doubt => $"{doubt.Code}@{doubt.Field}")];
}
