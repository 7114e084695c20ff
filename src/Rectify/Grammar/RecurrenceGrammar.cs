namespace Rectify.Grammar;

/// <summary>How often a duty comes back: 每月, 每季度至少1次, 每半年, 每年3-12月, 按月, 每年10月至次年3月.</summary>
internal static class RecurrenceGrammar
{
    private static readonly (string Word, string Every)[] Periods =
    [
        ("半个月", "other"), ("半月", "other"), ("半年", "half"), ("季度", "quarter"), ("个季度", "quarter"), ("季", "quarter"),
        ("个月", "month"), ("月", "month"), ("周", "week"), ("星期", "week"), ("旬", "other"), ("日", "day"), ("天", "day"), ("年度", "year"), ("年", "year"),
    ];

    private static readonly string[] Seasons =
        ["春", "夏", "秋", "冬", "汛期", "采暖", "供暖", "取暖", "枯水", "丰水", "灌溉", "封冻"];

    /// <summary>The first recurrence of a folded text, with the place it stands.</summary>
    public static (int Start, int End, string Every, int Times)? Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ('每' or '按' or '逐') && Read(text, i) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static (int Start, int End, string Every, int Times)? Read(ReadOnlySpan<char> text, int at)
    {
        var scanner = new Scanner(text, at + 1);
        if (text[at] != '每')
        {
            // 按月调度, but not 按年度推进 or 按月亮.
            foreach (var (word, every) in new[] { ("季度", "quarter"), ("季", "quarter"), ("月", "month"), ("周", "week"), ("日", "day") })
            {
                if (scanner.Take(word))
                {
                    return scanner.Next is '度' or '份' or '常' or '照' ? null : (at, scanner.At, every, Times(text, scanner.At, out _));
                }
            }

            return null;
        }

        var several = scanner.TakeNumber(2, 100, out var count) || scanner.TakeNumber(1, 1, out count);
        foreach (var (word, period) in Periods)
        {
            if (!scanner.Take(word))
            {
                continue;
            }

            if (IsAmount(text, scanner.At))
            {
                return null;
            }

            var every = several && count > 1 ? (period == "month" && count == 3 ? "quarter" : period == "month" && count == 6 ? "half" : "other") : period;
            var end = scanner.At;
            if (every == "year")
            {
                (every, end) = InYear(text, end);
            }

            var times = Times(text, end, out var counted);
            return (at, counted ?? end, every, times);
        }

        return null;
    }

    // 每年3-12月 and 每年春、秋两季 are seasons; 每年一季度 and 每年10月15日前 come once a year.
    private static (string Every, int End) InYear(ReadOnlySpan<char> text, int at)
    {
        foreach (var season in Seasons)
        {
            if (text[at..].StartsWith(season))
            {
                return ("season", at + season.Length);
            }
        }

        if (DateGrammar.TryRead(text, at, new DateOnly(2001, 1, 1), out var span) && !span.Dated)
        {
            return (span.Range ? "season" : "year", text[span.End..].StartsWith("前") ? span.End + 1 : span.End);
        }

        return ("year", at);
    }

    // 每季度至少专题研究1次: the count stands within the clause.
    private static int Times(ReadOnlySpan<char> text, int at, out int? end)
    {
        end = null;
        for (var i = at; i < Math.Min(text.Length, at + 16) && text[i] is not ('。' or ';' or '\n' or ','); i++)
        {
            if (ChineseNumber.TryRead(text, i, out var length, out var times))
            {
                if (i + length < text.Length && text[i + length] is ('次' or '轮' or '遍' or '期' or '回') && times is > 0 and < 1000)
                {
                    end = i + length + 1;
                    return times;
                }

                i += length - 1;
            }
        }

        return 1;
    }

    private static bool IsAmount(ReadOnlySpan<char> text, int at)
    {
        // 每日处理量不低于300吨 says how much, not how often.
        var quantity = text[at..Math.Min(text.Length, at + 8)].IndexOf('量');
        if (quantity >= 0 && at + quantity + 1 < text.Length && text[at + quantity + 1] is '不' or '达' or '约' or '为' or '控' or '在' or '超')
        {
            return true;
        }

        var i = at;
        while (i < text.Length && i < at + 5 && text[i] is ('约' or '近' or '超' or '达' or '为' or '处' or '理' or ' '))
        {
            i++;
        }

        if (!ChineseNumber.TryRead(text, i, out var length, out _))
        {
            return false;
        }

        i += length;
        if (i + 1 < text.Length && text[i] == '.' && ChineseNumber.TryRead(text, i + 1, out length, out _))
        {
            i += 1 + length;
        }

        // 规模每日2万吨 is an amount and no duty.
        return Amounts.Follow(text, i);
    }
}
