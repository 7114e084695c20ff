using CsCheck;
using Rectify.Grammar;
using Rectify.Plans;
using Rectify.Tests.Grammar;

namespace Rectify.Tests.Plans;

/// <summary>A plan read, revised and read again: the difference tells what was revised and nothing else.</summary>
public sealed class RevisedPlanTests
{
    private static readonly string[] Problems =
    [
        "甲县污水处理厂长期超负荷运行，雨季溢流入河", "乙市沿江砂石码头扬尘管控缺失，物料露天堆放", "丙园区危险废物贮存不规范，台账与实际不符", "丁矿区生态修复进度滞后，边坡裸露",
        "戊区餐饮油烟投诉居高不下，净化设施闲置", "己县农村黑臭水体治理后反弹，管护经费不落实", "庚港区船舶污染物转运联单缺失", "辛镇垃圾中转站渗滤液直排沟渠",
    ];

    private enum Act { Keep, Remove, Later, Reword, AnotherUnit }

    private static readonly Gen<(Act[] Acts, int[] New, bool Table)> Revisions = Gen.Select(Gen.Enum<Act>().Array[5], Gen.Shuffle(new[] { 5, 6, 7 }, 0, 2), Gen.Bool);

    [Fact]
    public void The_difference_tells_what_was_revised_and_nothing_else() => Revisions.Sample(revision =>
    {
        var (acts, added, table) = revision;
        // What comes under the number of an item that goes is taken for that item reworded, so a revision here adds or removes.
        added = acts.Contains(Act.Remove) ? [] : added;
        var before = Enumerable.Range(0, 5).Select(Of).ToList();
        // New items come first, so that all that stay are numbered anew.
        var after = added.Select(Of).Concat(before.Select((item, i) => acts[i] switch
        {
            Act.Later => item with { Deadline = "2027年6月底前" },
            Act.Reword => item with { Problem = item.Problem + "，群众反映强烈" },
            Act.AnotherUnit => item with { Unit = "市生态环境局" },
            _ => item,
        }).Where((_, i) => acts[i] != Act.Remove)).ToList();

        var changes = PlanDifference.Between(Read(before, table), Read(after, table));

        Assert.Equal(added.Length, changes.Count(change => change is { Field: "item", Kind: ChangeKind.Added }));
        Assert.Equal(acts.Count(act => act == Act.Remove), changes.Count(change => change is { Field: "item", Kind: ChangeKind.Removed }));
        Assert.Equal(acts.Count(act => act == Act.Later), changes.Count(change => change.Field == "due"));
        Assert.Equal(acts.Count(act => act == Act.Reword), changes.Count(change => change.Field == "problem"));
        Assert.Equal(acts.Count(act => act == Act.AnotherUnit), changes.Count(change => change is { Field: "unit", Kind: ChangeKind.Added }));
        Assert.All(changes, change => Assert.Contains(change.Field, (string[])["item", "number", "due", "deadline", "problem", "unit"]));
        return true;
    }, iter: 500);

    [Fact]
    public void An_item_split_in_two_stays_itself_once_and_is_added_once()
    {
        Item[] before = [Of(0), Of(1)];
        Item[] after = [Of(0) with { Problem = "甲县污水处理厂长期超负荷运行" }, Of(0) with { Problem = "甲县雨季污水溢流入河" }, Of(1)];

        var changes = PlanDifference.Between(Read(before, table: false), Read(after, table: false));

        Assert.Single(changes, change => change is { Field: "item", Kind: ChangeKind.Added });
        Assert.DoesNotContain(changes, change => change is { Field: "item", Kind: ChangeKind.Removed });
        Assert.Single(changes, change => change.Field == "problem");
    }

    private sealed record Item(string Problem, string Unit, string Deadline);

    private static Item Of(int i) => new(Problems[i], "某县人民政府", $"{2024 + (i % 3)}年12月底前");

    private static PlanContent Read(IReadOnlyList<Item> items, bool table)
    {
        var source = table
            ? Doc.Table([["序号", "反馈问题", "整改措施", "责任单位", "整改时限"], .. items.Select((item, i) => new[] { $"{i + 1}", item.Problem + "。", "1.限期整改。\n2.加强监管。", item.Unit, item.Deadline })])
            : Doc.Of([.. items.SelectMany((item, i) => new[] { $"第{i + 1}项 {item.Problem}。", "责任单位：" + item.Unit, "整改时限：" + item.Deadline, "整改措施：", "1.限期整改。", "2.加强监管。" })]);
        return PlanContent.Of(PlanGrammar.Read(source));
    }
}
