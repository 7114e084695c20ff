using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Documents that have both what was found and the tasks made of it.</summary>
public sealed class FindingTests
{
    private static readonly string[] Header = ["序号", "反馈问题", "整改任务", "责任单位", "整改时限"];

    [Fact]
    public void A_merged_finding_stands_above_the_tasks_beside_it()
    {
        var items = Read(Doc.Table(
            Header,
            ["1", "某河水质长期超标。", "封堵入河排口。", "市水利局", "2023年3月底前"],
            ["2", "^", "建成污水处理厂。", "市住建局", "2024年底前"],
            ["3", "某矿山未恢复。", "完成复绿。", "某县人民政府", "2024年底前"]));

        Assert.Equal(
            [(1, "封堵入河排口。", "某河水质长期超标。"), (2, "建成污水处理厂。", "某河水质长期超标。"), (3, "完成复绿。", "某矿山未恢复。")],
            items.Select(item => (item.Number.Value ?? 0, item.Problem.Text, item.Finding?.Text ?? "")));
        Assert.Equal(["市水利局", "市住建局", "某县人民政府"], items.Select(item => Assert.Single(item.Units).Text));
        Assert.All(items, item => Assert.NotEmpty(item.Finding!.At));
    }

    [Theory]
    [InlineData("某河水质长期超标。")]
    [InlineData("")]
    public void A_finding_may_be_repeated_or_left_blank(string below)
    {
        var items = Read(Doc.Table(
            ["问题编号", "问题描述", "任务编号", "整改事项", "责任单位"],
            ["三", "某河水质长期超标。", "3-1", "封堵入河排口。", "市水利局"],
            ["三", "某河水质长期超标。", "3-2", "建成污水处理厂。", "市住建局"],
            [below.Length > 0 ? "三" : "", below, "3-3", "清理河道。", "某县人民政府"],
            ["四", "某矿山未恢复。", "4-1", "完成复绿。", "某县人民政府"]));

        Assert.Equal(["3-1", "3-2", "3-3", "4-1"], items.Select(item => item.Number.Text));
        Assert.Equal([3, 3, 3, 4], items.Select(item => item.Finding?.Value ?? 0));
        Assert.Equal("某河水质长期超标。", items[2].Finding?.Text);
    }

    [Fact]
    public void One_task_of_each_finding_is_one_text_as_ever()
    {
        var items = Read(Doc.Table(
            Header, ["1", "某河水质长期超标。", "封堵入河排口。", "市水利局", "2023年"], ["2", "某矿山未恢复。", "完成复绿。", "某县人民政府", "2024年"]));

        Assert.All(items, item => Assert.Null(item.Finding));
        Assert.StartsWith("某河水质长期超标。", items[0].Problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_beside_a_merged_task_are_the_tasks()
    {
        var items = Read(Doc.Table(
            ["反馈问题", "整改任务具体要求", "整改措施", "责任单位"],
            ["（一）某河水质长期超标。", "1.封堵排口。", "排查。", "市水利局"],
            ["^", "^", "封堵。", "市住建局"],
            ["^", "2.建成污水厂。", "开工。", "市住建局"],
            ["（二）某矿山未恢复。", "3.复绿。", "种树。", "某县人民政府"]));

        Assert.Equal([(1, "封堵排口。", 2), (2, "建成污水厂。", 1), (3, "复绿。", 1)], items.Select(item => (item.Number.Value ?? 0, item.Problem.Text, item.Measures.Count)));
        Assert.Equal([("（一）", 1), ("（一）", 1), ("（二）", 2)], items.Select(item => (item.Finding!.Number, item.Finding.Value ?? 0)));
    }

    [Fact]
    public void A_finding_without_a_task_is_an_item_of_its_own()
    {
        var items = Read(Doc.Table(
            Header, ["1", "某河水质长期超标。", "封堵排口。", "市水利局", "2023年"], ["2", "^", "清理河道。", "市水利局", "2023年"], ["3", "某矿山未恢复。", "", "某县人民政府", "2024年"]));

        Assert.Equal(["封堵排口。", "清理河道。", "某矿山未恢复。"], items.Select(item => item.Problem.Text));
        Assert.Null(items[2].Finding);
        Assert.Equal("某县人民政府", Assert.Single(items[2].Units).Text);
    }

    [Fact]
    public void Findings_go_on_over_a_page_with_its_header()
    {
        var items = Read(new Doc()
            .Rows(Header, ["1", "某河水质长期超标。", "封堵排口。", "市水利局", "2023年"], ["2", "^", "清理河道。", "市水利局", "2023年"])
            .Rows(Header, ["3", "某河水质长期超标。", "监测水质。", "市水利局", "2023年"], ["4", "某矿山未恢复。", "复绿。", "某县人民政府", "2024年"]).Source);

        Assert.Equal(["某河水质长期超标。", "某河水质长期超标。", "某河水质长期超标。", "某矿山未恢复。"], items.Select(item => item.Finding?.Text ?? ""));
    }

    [Fact]
    public void Running_text_may_list_tasks_below_a_finding()
    {
        var items = Read(Doc.Of(
            "某市整改方案", "一、反馈问题：某河水质长期超标。", "（一）整改任务：封堵入河排口。", "责任单位：市水利局", "整改时限：2023年3月底前", "整改措施：", "1.排查。", "2.封堵。",
            "（二）整改任务：建成污水处理厂。", "责任单位：市住建局", "整改时限：2024年底前", "整改措施：开工建设。",
            "二、反馈问题：某矿山未恢复。", "（一）整改任务：完成复绿。", "责任单位：某县人民政府", "整改时限：2024年底前", "整改措施：种树。"));

        Assert.Equal(
            [("封堵入河排口。", 1, 2), ("建成污水处理厂。", 1, 1), ("完成复绿。", 2, 1)],
            items.Select(item => (item.Problem.Text, item.Finding?.Value ?? 0, item.Measures.Count)));
        Assert.Equal(["某河水质长期超标。", "某河水质长期超标。", "某矿山未恢复。"], items.Select(item => item.Finding!.Text));
        Assert.Equal(["市水利局", "市住建局", "某县人民政府"], items.Select(item => Assert.Single(item.Units).Text));
    }

    [Fact]
    public void A_label_table_may_have_several_tasks()
    {
        var items = Read(Doc.Table(
            ["反馈问题", "某河水质长期超标。"], ["整改任务", "封堵入河排口。"], ["责任单位", "市水利局"], ["整改时限", "2023年"],
            ["整改任务", "建成污水处理厂。"], ["责任单位", "市住建局"], ["整改时限", "2024年"]));

        Assert.Equal([("封堵入河排口。", "市水利局"), ("建成污水处理厂。", "市住建局")], items.Select(item => (item.Problem.Text, Assert.Single(item.Units).Text)));
        Assert.All(items, item => Assert.Equal("某河水质长期超标。", item.Finding?.Text));
    }

    [Theory]
    [InlineData("364(35-11)", "35", 35)]
    [InlineData("364（35-11）", "35", 35)]
    [InlineData("三百六十四（三十五-十一）", "35", 35)]
    [InlineData("364", null, null)]
    [InlineData("35-11", null, null)]
    public void A_number_may_name_the_finding(string number, string? text, int? value)
    {
        var item = Assert.Single(Read(Doc.Table(["序号", "整改问题", "责任单位"], [number, "某河水质长期超标。", "市水利局"])));

        Assert.Equal((text, value, text is null ? null : ""), (item.Finding?.Number, item.Finding?.Value, item.Finding?.Text));
        Assert.Equal("某河水质长期超标。", item.Problem.Text);
    }

    // Whatever the tree: each task of the document is one item, beneath the finding whose cell stands beside it.
    [Fact]
    public void Each_task_is_an_item_beneath_its_finding() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 5], Gen.Bool, Gen.Bool).Where((counts, _, _) => counts.Any(count => count > 1)).Sample((counts, merged, numbered) =>
        {
            var rows = new List<string[]> { numbered ? Header : Header[1..] };
            var wanted = new List<(string, string)>();
            foreach (var (finding, count) in counts.Index())
            {
                foreach (var task in Enumerable.Range(0, count))
                {
                    var (found, done) = ($"第{finding}处河段水质超标。", $"整治{finding}号河段{task}号排口。");
                    wanted.Add((found, done));
                    string[] row = [$"{rows.Count}", merged && task > 0 ? "^" : found, done, "市水利局", "2023年"];
                    rows.Add(numbered ? row : row[1..]);
                }
            }

            Assert.Equal(wanted, Read(Doc.Table([.. rows])).Select(item => (item.Finding?.Text ?? "", item.Problem.Text)));
        });

    private static IReadOnlyList<DraftItem> Read(SourceDocument source) => PlanGrammar.Read(source).Items;
}
