namespace Rectify.Grammar;

/// <summary>A closure notice in plain sentences, and what notices say outside their labelled fields.</summary>
internal static class FreeNotice
{
    private const int Opening = 8;

    private static readonly string[] Closes = ["公示如下", "特此公示", "公示期", "公示时间", "予以公示", "的公示", "情况公示", "进行公示"];

    private static readonly string[] TitleWords = ["公示", "方案", "清单", "公告", "一览表", "汇总表", "任务表", "台账", "整改情况", "措施"];

    /// <summary>The document's title: a heading, or a short first line that is no sentence.</summary>
    public static Stretch Title(IReadOnlyList<Line> lines)
    {
        for (var i = 0; i < Math.Min(lines.Count, Opening); i++)
        {
            var line = lines[i];
            if (line.Hits.Any(hit => hit.Leads && hit.Mark is not null))
            {
                break;
            }

            var text = line.Text.Folded.AsSpan().Trim();
            if (line.Heading > 0 || (text.Length is > 3 and <= 80 && text.IndexOfAny("。;") < 0 && line.Hits.Count == 0 && line.Mark is null
                && ContainsAny(text, TitleWords) && !text.EndsWith(":") && !text.EndsWith(",")))
            {
                // A long title takes two lines.
                return line.Heading > 0 && !ContainsAny(text, TitleWords) && i + 1 < lines.Count && lines[i + 1] is { Text.Length: < 60 } next
                    && lines[i + 1].Hits.Count == 0 && ContainsAny(next.Text.Folded, TitleWords)
                        ? Stretch.Join([line.Text.Trim(), next.Text.Trim()])
                        : line.Text.Trim();
            }
        }

        return Stretch.Empty;
    }

    /// <summary>The number that the title or the opening sentences name.</summary>
    public static DraftNumber? Number(IReadOnlyList<Line> lines, Stretch title)
    {
        if (ItemNumber.Search(title) is { } titled)
        {
            return titled;
        }

        foreach (var line in lines.Take(Opening))
        {
            if (line.Hits.Any(hit => hit.Leads && hit.Field is not (Field.Other or Field.End)))
            {
                return null;
            }

            if (ItemNumber.Search(line.Text) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>One item without labels: only where the document says that it is a notice of a closing.</summary>
    public static ItemParts? Read(IReadOnlyList<Line> lines, Stretch title)
    {
        var text = string.Concat(lines.Take(40).Select(line => line.Text.Folded));
        var closes = ContainsAny(title.Folded, Closes) || ContainsAny(text, Closes)
            || (Named(lines) is not null && text.Contains("销号", StringComparison.Ordinal));
        if (!closes || !text.Contains("整改", StringComparison.Ordinal) || title.Folded.Contains("方案", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new ItemParts();
        if (Named(lines) is { } named)
        {
            parts.Number = named.Number;
            parts.Fields.Add(new(Field.Problem, Stretch.Empty, named.Problem));
        }
        else if (Subject(title) is { } subject)
        {
            parts.Fields.Add(new(Field.Problem, Stretch.Empty, subject));
        }

        var copy = lines.ToList();
        Signature.Strip(copy);
        var body = copy.TakeWhile((line, i) => i < 2 || !line.Ends).Where(line => !line.Ends && line.Text.Text.Trim() != title.Text.Trim() && line.Text.Folded.Contains('。', StringComparison.Ordinal));
        parts.Fields.Add(new(Field.Result, Stretch.Empty, Stretch.Join(body.Select(line => line.Text))));
        return parts;
    }

    // 反馈意见（即第七十一项）：what follows the number is the problem.
    private static (Stretch Number, Stretch Problem)? Named(IReadOnlyList<Line> lines)
    {
        foreach (var line in lines.Take(Opening))
        {
            if (ItemNumber.Search(line.Text) is not { Text: var number } || line.Text.Text.IndexOf(number, StringComparison.Ordinal) is not (>= 0 and var at))
            {
                continue;
            }

            var scanner = new Scanner(line.Text.Folded, at + number.Length);
            scanner.TakeAny(")", "整改任务", "问题");
            scanner.Take(")");
            if (scanner.Take(":") && line.Text.Length - scanner.At > 10)
            {
                return (line.Text.Slice(at, at + number.Length), line.Text.Slice(scanner.At, line.Text.Length).Trim());
            }
        }

        return null;
    }

    /// <summary>The unit that the opening sentence names: 市生态环境局牵头负责的整改任务.</summary>
    public static Stretch Leader(IReadOnlyList<Line> lines)
    {
        foreach (var line in lines.Take(Opening).TakeWhile(line => !line.Hits.Any(hit => hit.Leads)))
        {
            var end = line.Text.Folded.IndexOf("牵头", StringComparison.Ordinal);
            var start = end < 0 ? -1 : line.Text.Folded.AsSpan(0, end).LastIndexOfAny("。,;:由") + 1;
            if (start >= 0 && line.Text.Slice(start, end).Trim() is var unit && UnitList.LooksLikeUnit(unit.Folded) && !unit.Folded.StartsWith('我'))
            {
                return unit;
            }
        }

        return Stretch.Empty;
    }

    // 关于江南镇沿江10个非正规垃圾堆放点整改的公示.
    private static Stretch? Subject(Stretch title)
    {
        var start = title.Folded.IndexOf("关于", StringComparison.Ordinal);
        var end = title.Folded.IndexOf("整改", Math.Max(start, 0), StringComparison.Ordinal);
        end = end < 0 ? title.Folded.IndexOf("销号", Math.Max(start, 0), StringComparison.Ordinal) : end;
        return start >= 0 && end > start + 4 ? title.Slice(start + 2, end).Trim() : null;
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
