using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>Every goal and measure is answered, and what is said to be done is not said to be to come.</summary>
internal static class AnswerRule
{
    private static readonly string[] Open =
        ["尚未", "未完成", "未整改到位", "未达到", "未达标", "正在推进", "正在实施", "正在建设", "正在施工", "正在办理", "正在开展", "正在整改", "有序推进", "预计", "拟于", "计划于", "将于", "待气温", "待审批", "待资金", "成活率不高", "成活率低", "成活率较低"];

    public static IEnumerable<Contradiction> Answers(IReadOnlyList<PlannedPart> parts, StatementField field)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (!parts[i].Answer.Any(char.IsLetterOrDigit))
            {
                yield return new(ConsistencyRule.Unanswered, field, i + 1, "", parts[i].Planned);
            }
        }
    }

    /// <param name="on">The day on which it is said to be done; a day after it is a day to come.</param>
    public static IEnumerable<Contradiction> Unfinished(string text, bool standing, StatementField field, int no, DateOnly? on)
    {
        var clauses = new Clauses(text);
        var found = new List<(int At, Contradiction One)>();
        foreach (var word in Open)
        {
            for (var at = clauses.Folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = clauses.Folded.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                var (start, end) = clauses.Around(at);
                if (!IsDenied(clauses.Folded, at) && !(standing && word.StartsWith("正在", StringComparison.Ordinal)) && !(standing && word is "有序推进"))
                {
                    found.Add((start, new(ConsistencyRule.Unfinished, field, no, text[start..end].Trim(), word)));
                }
            }
        }

        if (on is { } day && !standing)
        {
            foreach (var date in DateGrammar.All(clauses.Folded, day).Where(date => date.Dated && date.From > day))
            {
                var (start, end) = clauses.Around(date.Start);
                found.Add((start, new(ConsistencyRule.Unfinished, field, no, text[start..end].Trim(), text[date.Start..date.End])));
            }
        }

        // One passage is one contradiction, however many words in it say so.
        return found.OrderBy(one => one.At).Select(one => one.One).DistinctBy(one => one.Quote);
    }

    // 无未完成事项, 没有尚未整改的点位.
    private static bool IsDenied(string text, int at) => text[Math.Max(0, at - 3)..at].ContainsAny("无", "没有", "不存在");
}
