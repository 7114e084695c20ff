namespace Rectify.Grammar;

/// <summary>Whole numbers as documents write them: 12, 十一, 一百零三, 二〇一八, 两, 廿三, ①, ⑴, ㈠.</summary>
internal static class ChineseNumber
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>Reads the longest number that begins at a place of a folded text.</summary>
    /// <param name="length">How many characters it takes.</param>
    /// <param name="value">0 to 999 999 999.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, out int length, out int value)
    {
        (length, value) = (0, 0);
        if ((uint)at >= (uint)text.Length)
        {
            return false;
        }

        if (Enclosed(text[at]) is { } enclosed)
        {
            (length, value) = (1, enclosed);
            return true;
        }

        return char.IsAsciiDigit(text[at]) ? Arabic(text[at..], out length, out value) : Han(text[at..], out length, out value);
    }

    /// <summary>The same, where spaces may stand between the figures and around them, as scanning leaves them: 第 十 二 项.</summary>
    public static bool TryReadSpaced(ReadOnlySpan<char> text, int at, out int length, out int value)
    {
        const int Longest = 8;
        if (at >= text.Length || text[at] != ' ')
        {
            return TryRead(text, at, out length, out value);
        }

        Span<char> figures = stackalloc char[Longest];
        var (count, end) = (0, at);
        while (end < text.Length && count < Longest && (text[end] == ' ' || IsHan(text[end]) || char.IsAsciiDigit(text[end])))
        {
            if (text[end] != ' ')
            {
                figures[count++] = text[end];
            }

            end++;
        }

        length = end - at;
        return TryRead(figures[..count], 0, out var read, out value) && read == count;
    }

    /// <summary>The whole text as a number, or <see langword="null"/>.</summary>
    public static int? Parse(ReadOnlySpan<char> text) =>
        TryRead(text, 0, out var length, out var value) && length == text.Length ? value : null;

    public static bool IsHan(char c) => Digit(c) >= 0 || Unit(c) > 0;

    private static bool Arabic(ReadOnlySpan<char> text, out int length, out int value)
    {
        (length, value) = (0, 0);
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            value = length < 9 ? (value * 10) + text[length] - '0' : value;
            length++;
        }

        return length <= 9;
    }

    private static bool Han(ReadOnlySpan<char> text, out int length, out int value)
    {
        (length, value) = (0, 0);
        var run = 0;
        var units = false;
        while (run < text.Length && IsHan(text[run]))
        {
            units |= Unit(text[run]) > 0;
            run++;
        }

        return run > 0 && (units ? Spoken(text[..run], out length, out value) : Listed(text[..run], out length, out value));
    }

    // 二〇一八: digit after digit.
    private static bool Listed(ReadOnlySpan<char> run, out int length, out int value)
    {
        (length, value) = (run.Length, 0);
        if (run.Length > 9)
        {
            return false;
        }

        foreach (var c in run)
        {
            value = (value * 10) + Digit(c);
        }

        return true;
    }

    // 一千零一十一: digits with their units. Stops before what does not fit, so that 十三五 gives 十三.
    private static bool Spoken(ReadOnlySpan<char> run, out int length, out int value)
    {
        (length, value) = (0, 0);
        long total = 0, section = 0;
        var pending = -1;
        var lastUnit = 0L;
        var zero = false;
        foreach (var c in run)
        {
            if (Unit(c) is > 0 and var unit)
            {
                if (unit == 10_000)
                {
                    total = (section + Math.Max(pending, 0)) * unit;
                    (section, pending, lastUnit) = (0, -1, unit);
                }
                else if (lastUnit is > 0 and < 10_000 && unit >= lastUnit)
                {
                    break;
                }
                else
                {
                    section += (pending < 0 ? 1 : pending) * (unit is 20 or 30 ? 1 : unit) * (unit is 20 or 30 ? unit : 1);
                    (pending, lastUnit) = (-1, unit is 20 or 30 ? 10 : unit);
                }

                zero = false;
            }
            else if (Digit(c) == 0)
            {
                zero = true;
            }
            else if (pending >= 0)
            {
                break;
            }
            else
            {
                pending = Digit(c);
            }

            length++;
        }

        // 一百二 is 120, 一百零二 is 102.
        total += section + (pending < 0 ? 0 : pending * (lastUnit >= 100 && !zero ? lastUnit / 10 : 1));
        value = (int)Math.Min(total, 999_999_999);
        return length > 0;
    }

    private static int Digit(char c) => c switch
    {
        '零' => 0,
        '两' => 2,
        '壹' => 1,
        _ => Digits.IndexOf(c),
    };

    private static int Unit(char c) => c switch
    {
        '十' or '拾' => 10,
        '廿' => 20,
        '卅' => 30,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        _ => 0,
    };

    private static int? Enclosed(char c) => c switch
    {
        >= '①' and <= '⑳' => c - '①' + 1,
        >= '⑴' and <= '⒇' => c - '⑴' + 1,
        >= '⒈' and <= '⒛' => c - '⒈' + 1,
        >= '㈠' and <= '㈩' => c - '㈠' + 1,
        >= '㉑' and <= '㉟' => c - '㉑' + 21,
        >= '㊱' and <= '㊿' => c - '㊱' + 36,
        >= '❶' and <= '❿' => c - '❶' + 1,
        _ => null,
    };
}
