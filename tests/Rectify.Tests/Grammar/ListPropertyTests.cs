using CsCheck;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

/// <summary>A list of items in running text gives its items, whatever numbers, labels and measures it is written with.</summary>
public sealed class ListPropertyTests
{
    // Styles of numbers as real plans write them; {0} the number in Arabic, {1} in Chinese figures.
    private static readonly (string Written, bool IsHan)[] Numbers =
    [
        ("{1}、", true), ("第{0}项 ", false), ("第{1}项整改任务：", true), ("序号{0} ", false), ("序号{1}：", true), ("编号{0}：", false),
        ("编号{0}（35-{0}）", false), ("{0}（35-{0}）", false), ("{0}(35-{0})", false), ("问题编号{1}：", true), ("{0}.", false), ("{0}、", false), ("（{1}）", true), ("问题{1}：", true), ("问题（{1}）：", true), ("1.{0} ", false),
    ];

    private static readonly string[] Measures = ["{0}.", "{0}、", "（{0}）", "{1}是"];

    private static readonly string[] Problems =
        ["某县污水处理厂未按期建成", "某河水质长期超标", "某园区渗滤液外溢", "某矿区生态修复滞后", "某市扬尘管控粗放", "某镇垃圾随意堆放", "某企业超标排放"];

    private static readonly string[] Deeds =
        ["完成主体工程", "新建管网20公里", "封堵入河排口3处", "完成防渗改造", "2026年6月底前完成清运", "建立巡查制度", "取缔“散乱污”企业12家"];

    private static readonly string[] Han = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    // What stands between problem and measures, in an order that the whole list keeps.
    private static readonly string[] Fields = ["责任单位：某县人民政府", "整改目标：稳定达标", "整改时限：2026年12月底前", "责任人：某县人民政府主要负责同志"];

    private static readonly Gen<(int Number, int Measure, int[] Order, int[] Counts, bool Heading, (int Layout, string Label) Way)> Lists = Gen.Select(
        Gen.Int[0, Numbers.Length - 1], Gen.Int[0, Measures.Length - 1], Gen.Shuffle(new[] { 0, 1, 2, 3 }, 2, 4), Gen.Int[1, 4].Array[2, 6], Gen.Bool,
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3].Select(label => Labels[label])));

    // The problem may have a label behind its number.
    private static string[] Labels => ["", "", "反馈问题：", "问题描述："];

    [Fact]
    public void Every_item_and_every_measure_of_a_list_is_found() => Lists.Sample(list =>
    {
        var (number, measure, order, counts, heading, (way, label)) = list;
        var stop = way % 2 == 0 ? "。" : "";
        // A number alone stands apart from its measures' numbers by its kind; the same kind for both is another test.
        if (Numbers[number].Written == Measures[measure])
        {
            return true;
        }

        var lines = new List<string> { "某市督察整改措施清单" };
        if (heading)
        {
            lines.Add("水污染防治方面");
        }

        foreach (var (i, count) in counts.Index())
        {
            lines.Add(string.Format(null, Numbers[number].Written, i + 1, Han[i + 1]) + label + Problems[i] + stop);
            lines.AddRange(order.Select(field => Fields[field]));
            var measures = Enumerable.Range(1, count).Select(no => string.Format(null, Measures[measure], no, Han[no]) + Deeds[(i + no) % Deeds.Length] + "。").ToList();
            lines.AddRange((way / 2) switch
            {
                0 => ["整改措施：", .. measures], // below the label
                1 => ["整改措施：" + measures[0], .. measures[1..]], // beginning beside it
                _ => ["整改措施：" + string.Concat(measures)], // in one paragraph
            });
        }

        var items = PlanGrammar.Read(Doc.Of([.. lines])).Items;
        var told = string.Join('\n', lines) + "\n=>\n" + string.Join('\n', items.Select(item => $"{item.Number.Text}|{item.Problem.Text}|{string.Join(" / ", item.Measures.Select(m => m.Text.Text))}"));
        Assert.True(items.Count == counts.Length, told);
        foreach (var (i, item) in items.Index())
        {
            Assert.True((item.Number.Value ?? item.Number.Child) == i + 1, told);
            Assert.True(item.Problem.Text.TrimEnd('。') == Problems[i], told);
            Assert.True(item.Measures.Count == counts[i], told);
            Assert.True(item.Measures.Index().All(one => one.Item.Text.Text.TrimEnd('。') == Deeds[(i + one.Index + 1) % Deeds.Length]), told);
            Assert.True(order.Contains(0) == (item.Units.Count > 0), told);
            Assert.True(order.Contains(2) == (item.Deadline?.Date == new DateOnly(2026, 12, 31)), told);
        }

        return true;
    }, iter: 2_000);
}
