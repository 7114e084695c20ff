using System.Text.RegularExpressions;

namespace Rectify.Consistency;

/// <summary>What is said has to do with the goal: its indicator comes back, and so do its words.</summary>
/// <remarks>
/// Published notices say "reached" of a share of good water and count kilometres of pipe, or state work that has nothing to do with the duty that was the goal. A goal of
/// which one single character comes back is left alone: a rule that guessed at meanings would be overruled by habit.
/// </remarks>
internal static partial class GoalRule
{
    // Said of any goal: they tell nothing of this one.
    private static readonly string[] Empty =
    [
        "立行立改", "长期坚持", "进一步", "整改", "完成", "目标", "任务", "措施", "问题", "工作", "全面", "全部", "确保", "加强", "强化", "推进", "落实", "提升", "提高", "达到", "要求", "年底", "月底", "之前", "以前",
        "持续", "有效", "切实", "不断", "严格", "相关", "有关", "及时", "开展", "建立", "健全", "完善", "防止", "反弹", "成效", "生态", "环境", "保护", "我省", "我市", "我县", "我区", "全省", "全市", "全县", "全区",
    ];

    /// <summary>Characters of a goal, without those said of any, from which its words can be told.</summary>
    private const int LeastOfGoal = 4;

    /// <summary>Letters that have to be said before silence about the goal says something.</summary>
    private const int LeastSaid = 20;

    /// <param name="said">All that is said of the closing: result, answers to goals and measures.</param>
    public static IEnumerable<Contradiction> Check(IReadOnlyList<PlannedPart> goals, string said)
    {
        if (said.Count(char.IsLetterOrDigit) < LeastSaid)
        {
            yield break;
        }

        for (var i = 0; i < goals.Count; i++)
        {
            var planned = goals[i].Planned;
            foreach (var indicator in Indicators().Matches(planned).Select(match => match.Value).Distinct())
            {
                // 国控断面水质优良率 is spoken of where 优良率 is.
                if (!said.Contains(indicator[^Math.Min(3, indicator.Length)..], StringComparison.Ordinal))
                {
                    yield return new(ConsistencyRule.Unrelated, StatementField.Goal, i + 1, planned, indicator);
                }
            }

            var own = Empty.Aggregate(planned, (text, word) => text.Replace(word, " ", StringComparison.Ordinal));
            var letters = own.Where(letter => letter is >= '\u4e00' and <= '\u9fff').ToHashSet();
            if (letters.Count >= LeastOfGoal && !letters.Overlaps(said))
            {
                yield return new(ConsistencyRule.Unrelated, StatementField.Goal, i + 1, planned, own.Split([' ', '。', '，', '；', '、'], StringSplitOptions.TrimEntries).MaxBy(word => word.Length)!);
            }
        }
    }

    // 优良率, 综合利用率: the share itself, not 效率 or 频率 and the like.
    [GeneratedRegex("[\u4e00-\u9fff]{1,4}(?<![效频功汇税])率")]
    private static partial Regex Indicators();
}
