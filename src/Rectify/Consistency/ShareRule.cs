using System.Buffers;
using System.Globalization;
using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>Shares and n of m that the plan does not allow, and what is said to be left.</summary>
/// <remarks>
/// A share is held against a share that the plan asks for of the same thing; where the plan names none, against all of it, if the share is one of work done.
/// A share of change (同比下降12%) says nothing about how much is done.
/// </remarks>
internal static class ShareRule
{
    private static readonly string[] Changes = ["同比", "环比", "下降", "减少", "降低", "削减", "增长", "上升", "增加", "增幅", "降幅", "相比", "较上年", "较去年"];

    private static readonly string[] OfWork =
        ["完成", "整改率", "进度", "销号", "办结", "落实率", "拆除", "清理", "清运", "清退", "治理", "回填", "修复", "复绿", "建成", "改造", "达标", "关闭", "退出", "封停"];

    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789. ");

    private static readonly string[] UpTo = ["以下", "以内", "不超过", "不高于", "不大于", "控制在", "低于", "降至", "降到", "下降到", "下降至"];

    private static readonly string[] AtLeast = ["不低于", "不少于", "不小于"]; // 低于 stands in the first of them

    private static readonly string[] Done = ["已完成", "已整改", "完成", "已治理", "已建成", "已拆除", "已销号", "现已"];

    private static readonly string[] Whole = ["全部", "均已", "均完成", "全数", "所有"];

    private static readonly string[] Waiting = ["未", "正在", "剩", "其余", "余下", "尚", "还有", "仍", "待"];

    private static readonly string[] Left = ["剩余", "其余", "余下", "尚有", "还有", "仍有", "尚余", "剩下"];

    private static readonly string[] Settled = ["已完成", "均已", "已全部", "全部完成", "也已", "已于", "不属于", "未发现", "无需", "不需"];

    public static IEnumerable<Contradiction> Check(string text, string planned, StatementField field, int no)
    {
        var clauses = new Clauses(text);
        var found = new List<Contradiction>();
        var plan = Shares(Fold.Of(planned));
        foreach (var share in Shares(clauses.Folded))
        {
            var (start, end) = clauses.Around(share.Start);
            if (Against(clauses.Folded[start..share.End], share.Value, plan, planned) is { } against)
            {
                found.Add(new(ConsistencyRule.Share, field, no, text[start..end].Trim(), against));
            }
        }

        found.AddRange(Fractions(text, field, no));
        found.AddRange(Remainders(text, field, no));
        return found;
    }

    private static string? Against(string clause, decimal value, List<Share> plan, string planned)
    {
        var words = clause.TrimEnd('%').TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ');
        if (words.EndsWithAny("由", "从", "原为", "原来的"))
        {
            return null; // 由64%提高到100%: where it came from
        }

        var level = words.EndsWithAny("至", "到", "为", "达");
        if (!level && Changes.Any(clause.Contains))
        {
            return null;
        }

        // The share of the plan whose words are most like these; a common pair of characters is the least.
        var same = plan.Select(one => (One: one, Like: Common(one.Words, clause))).Where(one => one.Like > 0).OrderByDescending(one => one.Like).FirstOrDefault();
        if (same.Like > 0)
        {
            var (one, limit) = (same.One, same.One.Value);
            return (one.AtMost ? value > limit : value < limit) ? planned[one.Start..one.End] : null;
        }

        return plan.Count == 0 && value < 100 && OfWork.Any(clause.Contains) ? "100%" : null;
    }

    // 6个水体中5个已完成整治; 完成5/6; 应整改6处，已整改5处.
    private static List<Contradiction> Fractions(string text, StatementField field, int no)
    {
        var folded = Fold.Of(text);
        var amounts = Amount.All(folded);
        var found = new List<Contradiction>();
        for (var i = 0; i + 1 < amounts.Count; i++)
        {
            var (whole, part) = (amounts[i], amounts[i + 1]);
            var between = folded[whole.End..part.Start];
            var after = After(folded, part.End);
            var before = Before(folded, whole.Start);
            if (whole.Kind != part.Kind || part.Value >= whole.Value || between.Length > 24 || between.Contains('。'))
            {
                continue;
            }

            // 412座改造完成，其间19座…: what is done is the whole. 12家中9家改造、3家关停: together they are the whole.
            var within = IsAmong(between) || between[(between.LastIndexOfAny([',', '、', ';']) + 1)..].ContainsAny(Done) || before.ContainsAny("应", "需", "共");
            if (within && !between.ContainsAny(Whole) && !AddUp(folded, amounts, i) && (OfWork.Any(word => after.Contains(word) || between.Contains(word)) || after.Contains("整改", StringComparison.Ordinal) || between.Contains("整改", StringComparison.Ordinal)))
            {
                found.Add(new(ConsistencyRule.Share, field, no, text[whole.Start..part.End].Trim(), text[whole.Start..whole.End].Trim()));
            }
        }

        for (var at = folded.IndexOf('/', StringComparison.Ordinal); at > 0; at = folded.IndexOf('/', at + 1))
        {
            var (start, end) = (at, at + 1);
            while (start > 0 && char.IsAsciiDigit(folded[start - 1]))
            {
                start--;
            }

            while (end < folded.Length && char.IsAsciiDigit(folded[end]))
            {
                end++;
            }

            var clauses = new Clauses(text);
            var (from, to) = clauses.Around(start);
            if (start < at && end > at + 1 && end - start < 8 && (end >= folded.Length || folded[end] is not ('/' or '月' or '日')) && (start == 0 || folded[start - 1] is not ('/' or '-' or '.' or '年'))
                && int.Parse(folded[start..at], CultureInfo.InvariantCulture) is var n && int.Parse(folded[(at + 1)..end], CultureInfo.InvariantCulture) is var m
                && n < m && OfWork.Any(folded[from..to].Contains))
            {
                found.Add(new(ConsistencyRule.Share, field, no, text[from..to].Trim(), folded[(at + 1)..end]));
            }
        }

        return found;
    }

    // 6个水体中5个, but not 集中处理 and 中心.
    private static bool IsAmong(string between)
    {
        for (var at = between.IndexOf('中', StringComparison.Ordinal); at >= 0; at = between.IndexOf('中', at + 1))
        {
            if ((at == 0 || between[at - 1] is not '集') && (at + 1 == between.Length || between[at + 1] is not ('心' or '央' or '型')))
            {
                return true;
            }
        }

        return false;
    }

    // Whether the parts that follow in the sentence make up the whole, and none of them is said to wait.
    private static bool AddUp(string folded, List<Amount> amounts, int whole)
    {
        var end = folded.IndexOf('。', amounts[whole].End) is var stop && stop < 0 ? folded.Length : stop;
        var sum = 0m;
        foreach (var part in amounts.Skip(whole + 1).TakeWhile(part => part.Start < end))
        {
            sum += part.Kind == amounts[whole].Kind ? part.Value : 0;
            if (sum == amounts[whole].Value)
            {
                var rest = folded.IndexOfAny([',', '、', ';', '。'], part.End) is var pause && pause < 0 ? folded.Length : pause;
                return !folded[amounts[whole].End..rest].ContainsAny(Waiting);
            }
        }

        return false;
    }

    private static List<Contradiction> Remainders(string text, StatementField field, int no)
    {
        var clauses = new Clauses(text);
        var folded = clauses.Folded;
        var found = new List<Contradiction>();
        foreach (var amount in Amount.All(folded))
        {
            var (start, end) = clauses.SentenceAround(amount.Start);
            var words = Math.Max(start, amount.Start - 8);
            if (folded[words..amount.Start].ContainsAny(Left) && amount.Value > 0 && !folded[amount.End..end].ContainsAny(Settled))
            {
                found.Add(new(ConsistencyRule.Remainder, field, no, text[start..end].Trim(), text[amount.Start..amount.End]));
            }
        }

        return found;
    }

    private static string After(string text, int at) => text[at..Math.Min(text.Length, at + 16)];

    private static string Before(string text, int at) => text[Math.Max(0, at - 8)..at];

    /// <summary>A percentage as written, with the words before it in its clause.</summary>
    private readonly record struct Share(decimal Value, int Start, int End, string Words, bool AtMost);

    private static List<Share> Shares(string folded)
    {
        var all = new List<Share>();
        for (var at = folded.IndexOfAny(['%', '‰']); at > 0; at = folded.IndexOfAny(['%', '‰'], at + 1))
        {
            var start = at;
            while (start > 0 && (char.IsAsciiDigit(folded[start - 1]) || folded[start - 1] is '.'))
            {
                start--;
            }

            if (folded[at] is '%' && decimal.TryParse(folded[start..at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 100)
            {
                var clause = start;
                while (clause > 0 && folded[clause - 1] is not (',' or ';' or '。' or '、' or '\n'))
                {
                    clause--;
                }

                var words = folded[clause..start];
                all.Add(new(value, start, at + 1, words, !words.ContainsAny(AtLeast) && UpTo.Any(word => words.Contains(word) || folded.AsSpan(at + 1).StartsWith(word))));
            }
        }

        return all;
    }

    // Longest run of characters that both have, if it is more than a word that everything has.
    private static int Common(string planned, string clause)
    {
        var best = 0;
        for (var i = 0; i < planned.Length; i++)
        {
            for (var length = Math.Max(2, best + 1); i + length <= planned.Length; length++)
            {
                var run = planned.AsSpan(i, length);
                if (run.ContainsAny(Figures) || !clause.AsSpan().Contains(run, StringComparison.Ordinal))
                {
                    break;
                }

                if (run is not ("达到" or "完成" or "实现" or "全市" or "全县" or "全区" or "年底" or "以上"))
                {
                    best = length;
                }
            }
        }

        return best;
    }
}
