namespace Rectify.Grammar;

/// <summary>The kinds of numbering, from the outermost that plans use to the innermost.</summary>
internal enum MarkStyle
{
    /// <summary>第二部分, 第一章.</summary>
    Part,

    /// <summary>第七项, 问题三：, 任务1：, 序号43, 编号8:, 364（35-11）.</summary>
    Item,

    /// <summary>一、</summary>
    Han,

    /// <summary>（一）</summary>
    HanBracket,

    /// <summary>1. and 1、</summary>
    Digit,

    /// <summary>1.1 and 2.3.1</summary>
    Decimal,

    /// <summary>（1） and 1)</summary>
    DigitBracket,

    /// <summary>①</summary>
    Circled,

    /// <summary>一是, 第一，</summary>
    Ordinal,
}

/// <summary>A number in front of a line or clause.</summary>
/// <param name="Start">Where the mark as written begins.</param>
/// <param name="End">Where the mark as written ends: 第七项, 1., （二）, 一是.</param>
/// <param name="Rest">Where the text after it begins.</param>
internal readonly record struct Mark(MarkStyle Style, int Value, int Start, int End, int Rest)
{
    private static readonly string[] Nouns =
        ["整改任务编号", "反馈问题编号", "问题编号", "任务编号", "整改任务", "整改问题", "反馈问题", "反馈意见", "整改事项", "反馈事项", "问题序号", "任务序号", "省序号", "序号", "编号", "点位", "问题", "任务", "事项"];

    /// <summary>Reads a mark at a place of a folded text; white space before it is passed over.</summary>
    public static Mark? TryRead(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at >= text.Length)
        {
            return null;
        }

        return text[at] switch
        {
            '第' => Ordered(text, at),
            '(' => Bracketed(text, at),
            _ when ChineseNumber.TryRead(text, at, out var length, out var value) => Plain(text, at, length, value),
            _ => Named(text, at),
        };
    }

    private static Mark? Ordered(ReadOnlySpan<char> text, int at)
    {
        if (!ChineseNumber.TryReadSpaced(text, at + 1, out var length, out var value) || At(text, at + 1 + length) is not { } noun)
        {
            return null;
        }

        var end = at + 1 + length;
        if (noun is '号' or '条' && !CountsItems(text, end + 1))
        {
            return null;
        }

        if (noun is '项' or '条' or '号' or '题')
        {
            return new(MarkStyle.Item, value, at, end + 1, AfterSeparators(text, end + 1));
        }

        if (noun is '章' or '节' or '篇' || text[end..].StartsWith("部分"))
        {
            end += noun is '部' ? 2 : 1;
            return new(MarkStyle.Part, value, at, end, AfterSeparators(text, end));
        }

        return noun is ',' or '、' or ':' ? new(MarkStyle.Ordinal, value, at, end, end + 1) : null;
    }

    // 第9号问题 counts an item; 第9号排口 and 第3条支沟 are what the text is about.
    private static bool CountsItems(ReadOnlySpan<char> text, int at)
    {
        if (At(text, at) is null or ' ' or '\t' or '\n' or '、' or '.' or ':' or ',' or '。' or ')' or ']')
        {
            return true;
        }

        foreach (var noun in (string[])["问题", "整改", "任务", "反馈", "事项", "意见", "督察"])
        {
            if (text[at..].StartsWith(noun))
            {
                return true;
            }
        }

        return false;
    }

    private static Mark? Bracketed(ReadOnlySpan<char> text, int at)
    {
        var inside = at + 1;
        while (At(text, inside) is ' ')
        {
            inside++;
        }

        if (!ChineseNumber.TryRead(text, inside, out var length, out var value))
        {
            // （序号21）
            return Named(text, inside) is { } named && At(text, named.End) is ')'
                ? named with { Start = at, End = named.End + 1, Rest = AfterSeparators(text, named.End + 1) }
                : null;
        }

        var end = inside + length;
        while (At(text, end) is ' ')
        {
            end++;
        }

        // （2018年） is no mark, and neither is a postcode in brackets.
        return At(text, end) is ')' && value is > 0 and < 1000
            ? new(ChineseNumber.IsHan(text[inside]) ? MarkStyle.HanBracket : MarkStyle.DigitBracket,
                value, at, end + 1, AfterSeparators(text, end + 1))
            : null;
    }

    private static Mark? Plain(ReadOnlySpan<char> text, int at, int length, int value)
    {
        var end = at + length;
        var next = At(text, end);
        if (!char.IsAsciiDigit(text[at]) && !ChineseNumber.IsHan(text[at]))
        {
            var style = text[at] switch
            {
                >= '⑴' and <= '⒇' => MarkStyle.DigitBracket,
                >= '⒈' and <= '⒛' => MarkStyle.Digit,
                >= '㈠' and <= '㈩' => MarkStyle.HanBracket,
                _ => MarkStyle.Circled,
            };
            return new(style, value, at, end, AfterSeparators(text, end));
        }

        if (value is > 0 and < 10_000 && AfterPair(text, end) is { } pair)
        {
            return new(MarkStyle.Item, value, at, pair, AfterSeparators(text, pair));
        }

        if (value is <= 0 or >= 1000)
        {
            return null;
        }

        if (ChineseNumber.IsHan(text[at]))
        {
            return next switch
            {
                '、' or '.' or ':' => new(MarkStyle.Han, value, at, end + 1, AfterSeparators(text, end + 1)),
                ',' when length > 1 || value > 1 => new(MarkStyle.Han, value, at, end + 1, AfterSeparators(text, end + 1)),
                '是' or '要' => new(MarkStyle.Ordinal, value, at, end + 1, AfterSeparators(text, end + 1)),
                _ => null,
            };
        }

        if (next is '.' && AfterLevels(text, end, out var lowest) is { } levels)
        {
            return new(MarkStyle.Decimal, lowest, at, levels, AfterSeparators(text, levels));
        }

        return next switch
        {
            ')' => new(MarkStyle.DigitBracket, value, at, end + 1, AfterSeparators(text, end + 1)),
            '、' => new(MarkStyle.Digit, value, at, end + 1, AfterSeparators(text, end + 1)),
            // 1.2万户 is a decimal; 2.2024年9月底前 and 1.3月底前 are measures that begin with a date.
            '.' when !char.IsAsciiDigit(At(text, end + 1) ?? ' ') || DateFollows(text, end + 1) =>
                new(MarkStyle.Digit, value, at, end + 1, AfterSeparators(text, end + 1)),
            '\t' or '|' => new(MarkStyle.Digit, value, at, end, AfterSeparators(text, end)),
            ' ' when At(text, end + 1) is '|' => new(MarkStyle.Digit, value, at, end, AfterSeparators(text, end)),
            _ => null,
        };
    }

    private static Mark? Named(ReadOnlySpan<char> text, int at)
    {
        foreach (var noun in Nouns)
        {
            if (!text[at..].StartsWith(noun))
            {
                continue;
            }

            var number = at + noun.Length;
            while (At(text, number) is ' ' or ':')
            {
                number++;
            }

            // 问题（一）：
            var boxed = At(text, number) is '(' && !noun.EndsWith('号');
            number += boxed ? 1 : 0;
            if (ChineseNumber.TryRead(text, number, out var length, out var value) && value is > 0 and < 10_000 && (!boxed || At(text, number + length) is ')'))
            {
                var end = number + length + (boxed ? 1 : 0);
                var code = noun.EndsWith('号');
                if (AfterPair(text, end) is { } pair)
                {
                    return new(MarkStyle.Item, value, at, pair, AfterSeparators(text, pair));
                }

                // 【问题4】 too.
                if (At(text, end) is null or ']' or ':' or '、' or '.' or ' ' or '\n' or ')' or '\t' or '。' || (code && At(text, end) is ',' or ';') || (!code && At(text, end) is '('))
                {
                    return new(MarkStyle.Item, value, at, end, AfterSeparators(text, At(text, end) is ']' ? end + 1 : end));
                }
            }

            return null;
        }

        return null;
    }

    // Where （35-11） behind a serial number ends: the problem's number and its own below it.
    private static int? AfterPair(ReadOnlySpan<char> text, int at)
    {
        while (At(text, at) is ' ')
        {
            at++;
        }

        return At(text, at) is '('
            && ChineseNumber.TryRead(text, at + 1, out var parent, out _) && At(text, at + 1 + parent) is '-'
            && ChineseNumber.TryRead(text, at + 2 + parent, out var child, out _) && At(text, at + 2 + parent + child) is ')'
                ? at + 3 + parent + child
                : null;
    }

    // Where 1.2 or 2.3.1 ends: numbers of a section's parts. 1.2 万户 and 1.5公里 are amounts.
    private static int? AfterLevels(ReadOnlySpan<char> text, int at, out int lowest)
    {
        lowest = 0;
        var levels = 0;
        while (At(text, at) is '.' && char.IsAsciiDigit(At(text, at + 1) ?? ' ') && ChineseNumber.TryRead(text, at + 1, out var length, out lowest)
            && length < 3 && lowest > 0)
        {
            at += 1 + length;
            levels++;
        }

        var stop = At(text, at) is '、' or '.' or '\t' || (At(text, at) is ' ' && !Amounts.Follow(text, at));
        var rest = at;
        while (At(text, rest) is ' ' or '\t' or '、' or '.')
        {
            rest++;
        }

        return levels is 1 or 2 && (stop || levels == 2) && At(text, rest) is >= '一' and <= '龥' ? at : null;
    }

    private static bool DateFollows(ReadOnlySpan<char> text, int at) =>
        ChineseNumber.TryRead(text, at, out var length, out var number)
        && ((length == 4 && number is > 1990 and < 2100 && At(text, at + 4) is '年') || (length <= 2 && number is > 0 and <= 12 && At(text, at + length) is '月'));

    private static int AfterSeparators(ReadOnlySpan<char> text, int at)
    {
        while (At(text, at) is ' ' or '\t' or '、' or '.' or ':' or '|')
        {
            at++;
        }

        return at;
    }

    private static char? At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : null;
}
