using System.Text.RegularExpressions;
using Rectify.Grammar;

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

    /// <summary>Letters of an answer to one goal that has no word of it: a short one leans on what stands beside it.</summary>
    private const int LeastOfAnswer = 50;

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

            var own = OwnWords(planned);
            var letters = own.Where(letter => letter is >= '\u4e00' and <= '\u9fff').ToHashSet();
            if (letters.Count >= LeastOfGoal && !letters.Overlaps(said))
            {
                yield return new(ConsistencyRule.Unrelated, StatementField.Goal, i + 1, planned, Longest(own));
            }
            else if (goals[i].Answer.Count(char.IsLetterOrDigit) >= LeastOfAnswer && Pairs(own) is { Count: >= LeastOfGoal } pairs && !pairs.Exists(pair => goals[i].Answer.Contains(pair, StringComparison.Ordinal)))
            {
                // The answer to the goal itself speaks of something else: studies and campaigns where waste was to be treated (江夏 2025).
                yield return new(ConsistencyRule.Unrelated, StatementField.Goal, i + 1, planned, Longest(own));
            }
        }
    }

    /// <summary>The plan's measures against the goal that they are to reach.</summary>
    /// <param name="due">The day by which the item is to be done; <see langword="null"/> for none.</param>
    public static IEnumerable<Contradiction> Measures(IReadOnlyList<PlannedPart> goals, IReadOnlyList<PlannedPart> measures, DateOnly? due)
    {
        if (measures.Count == 0)
        {
            yield break;
        }

        var all = string.Join('。', measures.Select(measure => measure.Planned));
        var counted = Amount.All(Fold.Of(all)).ToLookup(amount => amount.Kind);
        for (var i = 0; i < goals.Count; i++)
        {
            var planned = goals[i].Planned;
            var own = OwnWords(planned);
            var letters = own.Where(letter => letter is >= '\u4e00' and <= '\u9fff').ToHashSet();
            if (letters.Count >= LeastOfGoal && all.Count(char.IsLetterOrDigit) >= LeastSaid && !letters.Overlaps(all))
            {
                yield return new(ConsistencyRule.Measures, StatementField.Goal, i + 1, planned, Longest(own));
            }

            foreach (var kind in Amount.All(Fold.Of(planned)).Where(amount => amount.Value > 1).GroupBy(amount => amount.Kind))
            {
                var most = kind.MaxBy(amount => amount.Value);
                if (counted[kind.Key].ToList() is { Count: > 0 } same && same.Sum(amount => amount.Value) < most.Value)
                {
                    yield return new(
                        ConsistencyRule.Measures, StatementField.Goal, i + 1, planned[most.Start..most.End], string.Join('、', same.Select(amount => all[amount.Start..amount.End]).Distinct(StringComparer.Ordinal)));
                }
            }
        }

        // The last day that the measures name, against the one by which all is to be done.
        for (var i = 0; due is { } last && i < measures.Count; i++)
        {
            var planned = measures[i].Planned;
            if (!measures[i].Standing && DateGrammar.All(Fold.Of(planned), last).Where(date => date.Dated && date.To > last).Select(date => (DateSpan?)date).FirstOrDefault() is { } late)
            {
                yield return new(ConsistencyRule.Measures, StatementField.Measure, i + 1, planned[late.Start..late.End], last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static string OwnWords(string planned) => Empty.Aggregate(planned, (text, word) => text.Replace(word, " ", StringComparison.Ordinal));

    private static string Longest(string own) => own.Split([' ', '。', '，', '；', '、', ',', ';'], StringSplitOptions.TrimEntries).MaxBy(word => word.Length)!;

    private static List<string> Pairs(string own) =>
        [.. Enumerable.Range(0, Math.Max(0, own.Length - 1)).Select(at => own.Substring(at, 2)).Where(pair => pair.All(letter => letter is >= '\u4e00' and <= '\u9fff')).Distinct()];

    // 优良率, 综合利用率: the share itself, not 效率 or 频率 and the like.
    [GeneratedRegex("[\u4e00-\u9fff]{1,4}(?<![效频功汇税])率")]
    private static partial Regex Indicators();
}
