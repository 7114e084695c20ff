using System.Globalization;
using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>A number with its unit in a text: 218处, 1 842.6公顷, 3万立方米.</summary>
/// <param name="Kind">What it measures. Amounts of one kind can be compared: 亩 and 公顷 are both land; 处 and 座 are kinds of their own.</param>
/// <param name="Value">In the kind's smallest unit.</param>
/// <param name="Start">Its place in the text.</param>
internal readonly record struct Amount(string Kind, decimal Value, int Start, int End)
{
    // Longer spellings before shorter ones.
    private static readonly (string Unit, string Kind, decimal Scale)[] Units =
    [
        ("平方公里", "land", 1_000_000), ("平方千米", "land", 1_000_000), ("平方米", "land", 1), ("公顷", "land", 10_000), ("亩", "land", 10_000m / 15),
        ("立方米", "volume", 1), ("方", "volume", 1), ("公斤", "mass", 1), ("千克", "mass", 1), ("吨", "mass", 1_000),
        ("公里", "length", 1_000), ("千米", "length", 1_000), ("米", "length", 1), ("元", "money", 1),
        ("处", "处", 1), ("座", "座", 1), ("家", "家", 1), ("台", "台", 1), ("口", "口", 1), ("户", "户", 1), ("头", "头", 1), ("条", "条", 1), ("艘", "艘", 1),
        ("眼", "眼", 1), ("栋", "栋", 1), ("辆", "辆", 1), ("起", "起", 1), ("块", "块", 1), ("片", "片", 1), ("宗", "宗", 1), ("套", "套", 1), ("根", "根", 1),
        ("个", "个", 1),
    ];

    // 3个月, 两个方面 and 一个工作专班 count nothing that could be left over.
    private static readonly string[] NotCounted = ["月", "工作日", "方面", "季度", "小时", "星期", "环节", "专班", "小组", "工作组", "阶段", "批次", "文件", "方案", "例", "层面"];

    public static List<Amount> All(string folded)
    {
        var dates = DateGrammar.All(folded, null);
        var all = new List<Amount>();
        for (var at = 0; at < folded.Length; at++)
        {
            if (dates.FirstOrDefault(date => date.Start <= at && at < date.End) is { End: > 0 } date)
            {
                at = date.End - 1;
                continue;
            }

            if (Begins(folded, at) && Number(folded, at, out var end, out var value))
            {
                if (Measured(folded, end, value) is { } amount)
                {
                    all.Add(amount with { Start = at });
                    end = amount.End;
                }

                at = end - 1;
            }
        }

        return all;
    }

    // 第3项, GB18918, 〔2018〕3号, -2002 and 3.5% begin no amount here.
    private static bool Begins(string text, int at)
    {
        var before = at > 0 ? text[at - 1] : ' ';
        return (char.IsAsciiDigit(text[at]) || ChineseNumber.IsHan(text[at]))
            && !char.IsAsciiLetterOrDigit(before) && !ChineseNumber.IsHan(before) && before is not ('第' or '-' or '.' or '/' or '〔' or '[' or '(');
    }

    private static bool Number(string text, int at, out int end, out decimal value)
    {
        (end, value) = (at, 0);
        if (char.IsAsciiDigit(text[at]))
        {
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || (end + 1 < text.Length && text[end] is '.' or ',' or ' ' && Groups(text, end))))
            {
                end++;
            }

            if (!decimal.TryParse(text[at..end].Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
            {
                end = at + 1;
                return false;
            }
        }
        else if (ChineseNumber.TryRead(text, at, out var length, out var whole))
        {
            (end, value) = (at + length, whole);
        }
        else
        {
            end = at + 1;
            return false;
        }

        foreach (var (word, factor) in (ReadOnlySpan<(string, decimal)>)[("万", 10_000), ("亿", 100_000_000)])
        {
            if (end < text.Length && text.AsSpan(end).StartsWith(word))
            {
                (end, value) = (end + 1, value * factor);
            }
        }

        return value < 1_000_000_000_000_000m;
    }

    // A point with a digit after it, or a separator before exactly three digits.
    private static bool Groups(string text, int at) =>
        text[at] is '.'
            ? char.IsAsciiDigit(text[at + 1])
            : at + 3 < text.Length && text.AsSpan(at + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]));

    private static Amount? Measured(string text, int at, decimal value)
    {
        var here = at;
        while (here < text.Length && text[here] is ' ' or '余' or '多')
        {
            here++;
        }

        foreach (var (unit, kind, scale) in Units)
        {
            if (text.AsSpan(here).StartsWith(unit))
            {
                var end = here + unit.Length;
                return kind is "个" && NotCounted.Any(word => text.AsSpan(end).StartsWith(word)) ? null : new(kind, value * scale, at, end);
            }
        }

        return null;
    }
}
