using CsCheck;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

/// <summary>A table of items gives its items, whatever its heads, the order of its columns and the way measures stand in it.</summary>
public sealed class TablePropertyTests
{
    private static readonly string[] Problems =
        ["某县污水处理厂未按期建成。", "某河水质长期超标。", "某园区渗滤液外溢。", "某矿区生态修复滞后。", "某市扬尘管控粗放。", "某镇垃圾随意堆放。", "某企业超标排放。"];

    private static readonly string[] Deeds = ["完成主体工程", "新建管网20公里", "封堵入河排口3处", "完成防渗改造", "完成清运", "建立巡查制度", "取缔企业12家"];

    private static readonly string[] Units = ["甲县人民政府", "市水利局", "乙市住建局", "市林业和草原局"];

    private static readonly string[] Han = ["零", "一", "二", "三", "四", "五", "六", "七"];

    private static readonly string[][] Heads =
    [
        ["序号", "问题编号", "整改任务编号"],
        ["反馈问题", "整改问题", "整改任务", "整改事项", "问题描述"],
        ["整改措施", "具体措施", "工作措施"],
        ["责任单位", "整改责任单位", "主体责任单位", "牵头单位", "责任部门"],
        ["整改时限", "整改期限", "完成时限"],
        ["整改目标", "工作目标"],
    ];

    /// <summary>How measures stand.</summary>
    private enum Way
    {
        /// <summary>All in one cell, a line each.</summary>
        Lines,

        /// <summary>All in one cell, in one paragraph.</summary>
        Paragraph,

        /// <summary>A row each, beside merged cells.</summary>
        Merged,

        /// <summary>A row each, beside cells left empty.</summary>
        Empty,
    }

    private static readonly Gen<(int[] Columns, int[] Heads, int[] Counts, Way Way, bool HanNumber, bool Title)> Tables = Gen.Select(
        Gen.Shuffle(new[] { 2, 3, 4, 5 }, 2, 4).Where(columns => columns.Contains(2)), Gen.Int[0, 4].Array[6], Gen.Int[1, 4].Array[1, 6],
        Gen.Enum<Way>(), Gen.Bool, Gen.Bool);

    [Fact]
    public void Every_item_and_every_measure_of_a_table_of_rows_is_found() => Tables.Sample(table =>
    {
        int[] columns = [0, 1, .. table.Columns];
        var rows = new List<string[]>();
        if (table.Title)
        {
            rows.Add(["某市督察整改措施清单", .. columns.Skip(1).Select(_ => "<")]);
        }

        rows.Add([.. columns.Select(column => Heads[column][table.Heads[column] % Heads[column].Length])]);
        foreach (var (i, count) in table.Counts.Index())
        {
            var measures = Enumerable.Range(1, count).Select(no => $"{no}.{Deeds[(i + no) % Deeds.Length]}。").ToArray();
            var spread = table.Way is Way.Merged or Way.Empty ? count : 1;
            for (var row = 0; row < spread; row++)
            {
                rows.Add([.. columns.Select(column => column == 2
                    ? spread > 1 ? measures[row] : string.Join(table.Way is Way.Paragraph ? "" : "\n", measures)
                    : row > 0 ? table.Way is Way.Merged ? "^" : ""
                    : column switch
                    {
                        0 => table.HanNumber ? Han[i + 1] : $"{i + 1}",
                        1 => Problems[i],
                        3 => Units[i % Units.Length],
                        4 => "2026年12月底前",
                        _ => "稳定达标。",
                    })]);
            }
        }

        Check(PlanGrammar.Read(Doc.Table([.. rows])), table.Counts, table.Columns, string.Join('\n', rows.Select(row => string.Join(" | ", row))));
    }, iter: 2_000);

    [Fact]
    public void Every_item_and_every_measure_of_tables_of_labels_is_found() => Tables.Sample(table =>
    {
        var doc = new Doc();
        var told = "";
        if (table.Title)
        {
            doc.Lines("某市督察整改措施清单");
        }

        foreach (var (i, count) in table.Counts.Index())
        {
            var measures = Enumerable.Range(1, count).Select(no => $"{no}.{Deeds[(i + no) % Deeds.Length]}。");
            string[][] rows =
            [
                .. new[] { 0, 1 }.Concat(table.Columns).Select(column => new[]
                {
                    Heads[column][table.Heads[column] % Heads[column].Length],
                    column switch
                    {
                        0 => table.HanNumber ? Han[i + 1] : $"{i + 1}",
                        1 => Problems[i],
                        2 => string.Join(table.Way is Way.Paragraph ? "" : "\n", measures),
                        3 => Units[i % Units.Length],
                        4 => "2026年12月底前",
                        _ => "稳定达标。",
                    },
                }),
            ];
            doc.Rows(rows);
            told += string.Join('\n', rows.Select(row => string.Join(" | ", row))) + "\n";
        }

        Check(PlanGrammar.Read(doc.Source), table.Counts, table.Columns, told);
    }, iter: 2_000);

    [Fact]
    public void What_stands_merged_beside_several_items_belongs_to_each() => Gen.Select(
        Gen.Int[2, 7], Gen.Int[0, 3].Array[7], Gen.Int[0, 3].Array[7], Gen.Bool).Sample((count, unitRuns, dateRuns, unitFirst) =>
    {
        // Every run of items shares one cell; a run's length is 1 to 4.
        var (units, dates) = (Runs(unitRuns, count), Runs(dateRuns, count));
        string[] columns = unitFirst ? ["责任单位", "序号", "反馈问题", "整改措施", "整改时限"] : ["序号", "反馈问题", "整改措施", "责任单位", "整改时限"];
        var rows = new List<string[]> { columns };
        for (var i = 0; i < count; i++)
        {
            rows.Add([.. columns.Select(column => column switch
            {
                "责任单位" => i > 0 && units[i] == units[i - 1] ? "^" : Units[units[i] % Units.Length],
                "整改时限" => i > 0 && dates[i] == dates[i - 1] ? "^" : $"{2023 + dates[i]}年底前",
                "序号" => $"{i + 1}",
                "反馈问题" => Problems[i],
                _ => Deeds[i] + "。",
            })]);
        }

        var items = PlanGrammar.Read(Doc.Table([.. rows])).Items;
        Assert.Equal(count, items.Count);
        foreach (var (i, item) in items.Index())
        {
            Assert.Equal((i + 1, Problems[i]), (item.Number.Value ?? 0, item.Problem.Text));
            Assert.Equal(Units[units[i] % Units.Length], Assert.Single(item.Units).Text);
            Assert.Equal(new DateOnly(2023 + dates[i], 12, 31), item.Deadline?.Date);
            Assert.Equal(Deeds[i] + "。", Assert.Single(item.Measures).Text.Text);
        }

        return true;
    }, iter: 1_000);

    private static List<int> Runs(int[] lengths, int count) => [.. lengths.SelectMany((length, run) => Enumerable.Repeat(run, length + 1)).Take(count)];

    private static void Check(PlanDraft draft, int[] counts, int[] columns, string written)
    {
        var items = draft.Items;
        var told = written + "\n=>\n" + string.Join('\n', items.Select(item =>
            $"{item.Number.Text}|{item.Problem.Text}|{string.Join(" / ", item.Measures.Select(m => m.Text.Text))}|{string.Join(" ", item.Units.Select(u => u.Text))}|{item.Deadline?.Text}"));
        Assert.True(items.Count == counts.Length, told);
        foreach (var (i, item) in items.Index())
        {
            Assert.True(item.Number.Value == i + 1, told);
            Assert.True(item.Problem.Text.TrimEnd('。') == Problems[i].TrimEnd('。'), told);
            Assert.True(item.Measures.Count == counts[i], told);
            Assert.True(item.Measures.Index().All(one => one.Item.Text.Text.TrimEnd('。') == Deeds[(i + one.Index + 1) % Deeds.Length]), told);
            Assert.True(!columns.Contains(3) || item.Units.Any(unit => unit.Text == Units[i % Units.Length]), told);
            Assert.True(!columns.Contains(4) || item.Deadline?.Date == new DateOnly(2026, 12, 31), told);
        }
    }
}
