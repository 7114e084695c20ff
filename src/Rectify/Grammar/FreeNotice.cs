namespace Rectify.Grammar;

/// <summary>A closure notice in plain sentences, and what notices say outside their labelled fields.</summary>
internal static class FreeNotice
{
    private const int Opening = 8;

    private static readonly string[] TitleWords = ["公示", "方案", "清单", "公告", "一览表", "汇总表", "任务表", "台账", "整改情况", "措施"];

    /// <summary>The document's title: a heading, or a short first line that is no sentence.</summary>
    public static Stretch Title(IReadOnlyList<Line> lines)
    {
        foreach (var line in lines.Take(Opening))
        {
            if (line.Hits.Any(hit => hit.Leads && hit.Mark is not null))
            {
                break;
            }

            var text = line.Text.Folded.AsSpan().Trim();
            if (line.Heading > 0 || (text.Length is > 3 and <= 80 && text.IndexOfAny("。;") < 0 && line.Hits.Count == 0 && line.Mark is null
                && ContainsAny(text, TitleWords) && !text.EndsWith(":") && !text.EndsWith(",")))
            {
                return line.Text.Trim();
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
            if (line.Hits.Any(hit => hit.Leads))
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
        if (!text.Contains("公示", StringComparison.Ordinal) || !text.Contains("整改", StringComparison.Ordinal) || title.Folded.Contains("方案", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new ItemParts();
        if (Subject(title) is { } subject)
        {
            parts.Fields.Add(new(Field.Problem, Stretch.Empty, subject));
        }

        var copy = lines.ToList();
        Signature.Strip(copy);
        var body = copy.TakeWhile((line, i) => i < 2 || !line.Ends).Where(line => !line.Ends && line.Text.Text.Trim() != title.Text.Trim() && line.Text.Folded.Contains('。', StringComparison.Ordinal));
        parts.Fields.Add(new(Field.Result, Stretch.Empty, Stretch.Join(body.Select(line => line.Text))));
        return parts;
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
