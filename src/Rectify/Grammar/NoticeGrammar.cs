namespace Rectify.Grammar;

/// <summary>The window of a public notice: 公示时间 2018年5月22日至5月28日, 公示期为5个工作日, 自公布之日起10个工作日.</summary>
internal static class NoticeGrammar
{
    // How far after 公示 its dates and days may stand.
    private const int Reach = 90;

    private static readonly string[] Cues =
        ["公示时间", "公示期", "公示日期", "公示时限", "公示起止", "在公示", "予以公示", "进行公示", "公示如下", "公示", "公布之日", "公开之日", "发布之日", "公告之日"];

    /// <summary>The first window that a document's lines name, or <see langword="null"/>.</summary>
    /// <param name="document">The document's own date, for dates without a year.</param>
    public static DraftNotice? Read(IEnumerable<Stretch> lines, DateOnly? document)
    {
        DraftNotice? days = null;
        foreach (var line in WithNext(lines))
        {
            foreach (var cue in Cues)
            {
                var at = line.Folded.IndexOf(cue, StringComparison.Ordinal);
                while (at >= 0)
                {
                    if (Window(line, at, document) is { } window)
                    {
                        if (window.From is not null)
                        {
                            return window with { Days = window.Days ?? days?.Days, Unit = window.Unit ?? days?.Unit };
                        }

                        days ??= window;
                    }

                    at = line.Folded.IndexOf(cue, at + 1, StringComparison.Ordinal);
                }
            }
        }

        return days;
    }

    // The window may stand in the line below its label.
    private static IEnumerable<Stretch> WithNext(IEnumerable<Stretch> lines)
    {
        Stretch? label = null;
        foreach (var line in lines)
        {
            yield return label is null ? line : Stretch.Join([label, line]);
            label = line.Length < 16 && line.Folded.Contains("公示", StringComparison.Ordinal) ? line : null;
        }
    }

    private static DraftNotice? Window(Stretch line, int at, DateOnly? document)
    {
        var text = line.Folded.AsSpan(at, Math.Min(Reach, line.Length - at));
        var (start, end) = (int.MaxValue, 0);
        DateOnly? from = null, to = null;
        for (var i = 0; i < text.Length && from is null; i++)
        {
            if (DateGrammar.TryRead(text, i, document, out var span))
            {
                if (span is { Range: true, Grain: Grain.Day })
                {
                    (from, to, start, end) = (span.From, span.To, Math.Min(start, span.Start), span.End);
                }
                else if (span.Grain == Grain.Day && text[Math.Max(0, i - 2)..i] is "自从" or "从" or ":自" or "自" or ":从" || (i > 0 && text[i - 1] is '从' or '自' && span.Grain == Grain.Day))
                {
                    (from, start, end) = (span.From, Math.Min(start, span.Start), Math.Max(end, span.End));
                }

                i = span.End - 1;
            }
        }

        if (from is null && Before(line.Folded, at, document) is { } ahead)
        {
            (from, to) = (ahead.From, ahead.To);
        }

        var (days, unit, count) = Days(text);
        if (from is null && days is null)
        {
            return null;
        }

        if (days is not null || start == int.MaxValue)
        {
            (start, end) = (Math.Min(start, count.Start), Math.Max(end, count.End));
        }

        return new(from, to, days, unit, line.Slice(at + start, at + end).Trim().At);
    }

    // 从2023年5月8日到5月14日进行公示: the days stand before the word, in the same clause.
    private static DateSpan? Before(string text, int at, DateOnly? document)
    {
        var start = text.AsSpan(0, at).LastIndexOfAny("。;\n") + 1;
        return DateGrammar.All(text.AsSpan(start, at - start), document).FindLast(span => span is { Range: true, Grain: Grain.Day }) is { End: > 0 } span && at - start - span.End <= 4
            ? span
            : null;
    }

    // 10个工作日, 7天, 五个工作日, 7日; but not the 7日 of 2018年5月7日.
    private static (int? Days, string? Unit, (int Start, int End)) Days(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (DateGrammar.TryRead(text, i, new DateOnly(2001, 1, 1), out var date))
            {
                i = date.End - 1;
                continue;
            }

            if (!ChineseNumber.TryRead(text, i, out var length, out var value))
            {
                continue;
            }

            var scanner = new Scanner(text, i + length);
            scanner.Take("个");
            if (value is > 0 and <= 366)
            {
                if (scanner.TakeAny("工作日", "工作天", "法定工作日"))
                {
                    return (value, "working", (i, scanner.At));
                }

                if (scanner.TakeAny("自然日", "日历日", "日历天", "天") || (scanner.Take("日") && !(i > 0 && text[i - 1] is '月')))
                {
                    return (value, "calendar", (i, scanner.At));
                }
            }

            i += length - 1;
        }

        return (null, null, default);
    }
}
