namespace Rectify.Grammar;

/// <summary>Tells the overall part of a plan in two parts from the list of measures behind it.</summary>
internal static class OverallPart
{
    private static readonly string[] Headings = ["总体要求", "指导思想", "基本原则", "总体思路", "保障措施", "组织保障", "组织领导", "工作要求", "保障机制"];

    private static readonly string[] Lists = ["清单", "任务表", "一览表", "分解表", "措施表", "台账", "汇总表"];

    /// <summary>Where the list begins, if it names the units of items as the overall part does of its tasks; 0 if the plan has one part.</summary>
    public static int End(IReadOnlyList<Line> lines)
    {
        if (!lines.Any(IsHeading))
        {
            return 0;
        }

        var before = 0;
        var all = lines.Count(NamesUnits);
        var overall = false;
        var last = lines.Index().Where(line => NamesMeasures(line.Item)).Select(line => line.Index).DefaultIfEmpty(-1).Last();
        for (var i = 0; i < lines.Count; i++)
        {
            if (overall && i > 0 && IsListTitle(lines[i]) && all > before && (all - before) * 2 >= before && last > i)
            {
                return i;
            }

            overall |= IsHeading(lines[i]);
            before += NamesUnits(lines[i]) ? 1 : 0;
        }

        return 0;
    }

    private static bool IsHeading(Line line) => !line.Inert && line.Text.Length <= 20 && Contains(line.Text.Folded, Headings);

    // 附件：某市整改措施清单 at the end of the plan and again above the list; 三、整改任务清单 is a section of it.
    private static bool IsListTitle(Line line) =>
        !line.Inert && line.Mark is null && line.Text.Folded.Trim() is { Length: <= 60 } text && text.IndexOfAny(['。', ';', ',']) < 0
        && (text.StartsWith("附件", StringComparison.Ordinal) || Lists.Any(word => text.EndsWith(word, StringComparison.Ordinal)));

    private static bool NamesUnits(Line line) => line.Hits.Any(hit => !hit.Aside && hit.Field is Field.Units or Field.Lead or Field.LeadAndCooperate or Field.UnitsAndPersons);

    private static bool NamesMeasures(Line line) => line.Hits.Any(hit => hit.Field is Field.Measures or Field.GoalAndMeasures);

    private static bool Contains(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));
}
