using static Rectify.Grammar.DeadlineGrammar;

namespace Rectify.Grammar;

/// <summary>Tells a date by which something is to be done from facts of the past, beginnings and the years of documents.</summary>
internal static class DueDate
{
    // 2023年、2024年和2025年分别…: what is said of the last is said of each. No list of dates is longer.
    private const int LongestList = 12;

    // 一期工程2024年6月投运: what it is about may stand before the date.
    private const int LongestSubject = 12;

    // A date before one of these is a fact of the past, a beginning or a document's year.
    private static readonly string[] NotDue =
        ["以来", "之后", "以后", "后,", "起", "版", "印发", "以前年度", "同期", "初至"];

    private static readonly string[] Since = ["自", "从", "较", "比", "与", "以", "始于", "由", "在", "已于", "据", "按", "按照", "列入", "年报", "上述", "针对", "对", "将"];

    private static readonly string[] Aim =
        ["到", "至", "确保", "力争", "计划", "争取", "预计", "拟", "直至", "保证", "务必", "原则上", "分别", "最迟", "不迟于", "不晚于", "计划于", "拟于", "力争于", "预计于", "确保于", "并于", "分别于"];

    // Words that a planned step begins with.
    private static readonly string[] Doing =
    [
        "全面", "完成", "实现", "建成", "达到", "达标", "基本", "消除", "启动", "开工", "开展", "全部", "力争", "计划", "拟", "预计", "确保", "再", "累计", "彻底", "投入", "投运", "投产", "通过", "通水", "取得", "遏制", "退出",
        "关闭", "关停", "取缔", "淘汰", "拆除", "清退", "清理", "清运", "清零", "搬迁", "整改", "制定", "制订", "出台", "编制", "印发实施", "建设", "新建", "新增", "新改", "改造", "扩建", "实施", "湖面", "恢复", "修复", "复绿", "种植", "整治", "治理",
        "处置", "压减", "削减", "降至", "降到", "下降", "减少", "增加", "提高", "提升", "控制", "组织", "将", "形成", "建立", "主体", "竣工", "正式", "各完成", "分别", "分批", "至少", "不少于", "验收", "封场", "销号", "招标", "施工",
        "进场", "试运行", "运行", "安装", "推进", "推广", "落实", "铺设", "敷设", "补植", "发布", "颁布", "上线", "联网", "交付", "移交", "办结", "办理", "取消", "全市", "全县", "全省", "全区", "全州",
    ];

    /// <param name="end">Where the deadline's own words end, 前 included.</param>
    public static bool Is(ReadOnlySpan<char> text, DateSpan span, DateOnly? before, out int end)
    {
        end = span.End;
        if (Follows(text, end, "底前", "末前"))
        {
            end += 2;
            return true;
        }

        if (Follows(text, end, "之前", "以前"))
        {
            end += 2;
            return !Precedes(text, span.Start, "在", "对");
        }

        if (Follows(text, end, "前"))
        {
            end++;
            return true;
        }

        if (span.Range)
        {
            return !Precedes(text, span.Start, Since) && !Precedes(text, span.Start, "截至", "截止", "于") && !Follows(text, end, NotDue) && !Follows(text, end, "度", "的", "间") && AtClause(text, span.Start);
        }

        var said = AfterList(text, span, before);
        if (Follows(text, said, NotDue) || Precedes(text, span.Start, Since))
        {
            return false;
        }

        if (Precedes(text, span.Start, "截至", "截止", "截止到"))
        {
            return Does(text, said);
        }

        if (Precedes(text, span.Start, Aim))
        {
            return !Follows(text, said, "的");
        }

        if (Precedes(text, span.Start, "于"))
        {
            return Does(text, said);
        }

        if (span.Closing)
        {
            return !Follows(text, said, "的") && (AtClause(text, span.Start) || Does(text, said));
        }

        return AtClause(text, span.Start) ? Does(text, said) || Follows(text, said, ":") : BehindSubject(text, span.Start) && Does(text, said);
    }

    private static int AfterList(ReadOnlySpan<char> text, DateSpan span, DateOnly? before)
    {
        for (var count = 0; count < LongestList && span.End < text.Length && text[span.End] is '、' or '和'; count++)
        {
            if (!DateGrammar.TryRead(text, span.End + 1, span.Dated ? span.To : before, out var next) || next.Range)
            {
                break;
            }

            span = next;
        }

        return span.End;
    }

    // 2024年完成, 2024年，完成, 2024年度完成, 2024年内完成; but not 2024年完成的.
    private static bool Does(ReadOnlySpan<char> text, int at)
    {
        if (at < text.Length && text[at] is ',' or '内' or ' ' or '度' or '将')
        {
            at++;
        }

        foreach (var word in Doing)
        {
            if (Follows(text, at, word))
            {
                return !Follows(text, at + word.Length, "的");
            }
        }

        return false;
    }

    private static bool BehindSubject(ReadOnlySpan<char> text, int start)
    {
        for (var i = start - 1; start - i <= LongestSubject + 1; i--)
        {
            if (i < 0 || IsSign(text[i]))
            {
                return start - i > 2;
            }

            if (text[i] is '已' or '的' or '年' or '每' or '第')
            {
                return false;
            }
        }

        return false;
    }

    private static bool AtClause(ReadOnlySpan<char> text, int start)
    {
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 || IsSign(text[start - 1]) || text[start - 1] is '是' || Precedes(text, start, "其中", "并", "和");
    }

    private static bool IsSign(char c) => c is '。' or ';' or ',' or ':' or '\n' or '、' or '.' or ')' or '(';
}
