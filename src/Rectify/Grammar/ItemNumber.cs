namespace Rectify.Grammar;

/// <summary>The numbers that people quote: 六、, 第二十七项, 序号43, 问题编号十一、措施序号38, 364(35-11), codes.</summary>
internal static class ItemNumber
{
    public static readonly DraftNumber None = new("", null, null, null, null, []);

    private static readonly string[] Named =
        ["整改任务编号", "反馈问题编号", "问题编号", "任务编号", "问题序号", "任务序号", "省序号", "市序号", "序号", "编号"];

    private static readonly string[] MeasureNames = ["措施序号", "措施编号", "措施"];

    /// <summary>A number that stands alone: a mark in front of a heading, or a cell.</summary>
    public static DraftNumber Read(Stretch text)
    {
        var written = text.Trim(" ", ":");
        if (written.IsBlank)
        {
            return None;
        }

        var folded = written.Folded;
        if (Search(written) is { } named && named.Text.Length >= written.Length - 2)
        {
            return named;
        }

        if (Mark.TryRead(folded, 0) is { Style: MarkStyle.Item } item && item.End == folded.Length && !folded.Contains('-', StringComparison.Ordinal))
        {
            return new(written.Text, item.Value, null, null, null, written.At);
        }

        var at = 0;
        while (at < folded.Length && folded[at] is '第' or '(' or ' ' or '序' or '号')
        {
            at++;
        }

        if (!ChineseNumber.TryRead(folded, at, out var length, out var value))
        {
            return new(written.Text, null, null, null, null, written.At);
        }

        var rest = folded.AsSpan(at + length).Trim();
        return rest switch
        {
            _ when Pair(rest, out var parent, out var child) => new(written.Text, value, parent, child, null, written.At),
            _ when rest.Length > 1 && rest[0] is '-' or '.' && ChineseNumber.Parse(rest[1..].TrimEnd('.')) is { } own && !rest[1..].Contains('-') =>
                new(written.Text, null, value, own, null, written.At),
            "" or "." or "、" or ")" or "项" or ":" or "号" or "条" or "题" or ")." or ")、" or "," => new(written.Text, value, null, null, null, written.At),
            _ when rest.StartsWith("项") || rest.StartsWith(".") || rest.StartsWith("、") => new(written.Text, value, null, null, null, written.At),
            _ => new(written.Text, null, null, null, null, written.At),
        };
    }

    /// <summary>The number that a title or opening sentence names: 第二十七项整改任务, （序号43）, 问题编号十一、措施序号38.</summary>
    public static DraftNumber? Search(Stretch text)
    {
        var folded = text.Folded.AsSpan();
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] == '第' && ChineseNumber.TryReadSpaced(folded, i + 1, out var length, out var value)
                && i + 1 + length < folded.Length && folded[i + 1 + length] == '项' && !folded[(i + length + 2)..].StartsWith("规定"))
            {
                return WithMeasure(text, i, i + length + 2, value, null, null);
            }

            foreach (var name in Named)
            {
                if (!folded[i..].StartsWith(name) || (i > 1 && folded[(i - 2)..i] is "措施"))
                {
                    continue;
                }

                var number = i + name.Length;
                while (number < folded.Length && folded[number] is ':' or ' ' or '为')
                {
                    number++;
                }

                if (ChineseNumber.TryRead(folded, number, out length, out value) && !IsCode(folded, number + length))
                {
                    var end = number + length;
                    if (folded[end..].IndexOf(')') is > 0 and < 12 and var close && Pair(folded.Slice(end, close + 1), out var parent, out var child))
                    {
                        return WithMeasure(text, i, end + close + 1, value, parent, child);
                    }

                    return WithMeasure(text, i, end, value, null, null);
                }

                break;
            }
        }

        return null;
    }

    private static DraftNumber WithMeasure(Stretch text, int start, int end, int value, int? parent, int? child)
    {
        var folded = text.Folded.AsSpan();
        int? measure = null;
        var scanner = new Scanner(folded, end);
        scanner.TakeAny("、", ",", "(", "的", ";");
        if (scanner.TakeAny(MeasureNames))
        {
            scanner.Take(":");
            if (scanner.TakeNumber(1, 9999, out var found))
            {
                (measure, end) = (found, scanner.At);
            }
        }

        var written = text.Slice(start, end).Trim();
        return new(written.Text, value, parent, child, measure, written.At);
    }

    // 202302-43-N1-007 is a code of which no plain number can be told.
    private static bool IsCode(ReadOnlySpan<char> text, int at) => at < text.Length && (text[at] is '-' || char.IsAsciiLetter(text[at]));

    private static bool Pair(ReadOnlySpan<char> rest, out int parent, out int child)
    {
        (parent, child) = (0, 0);
        if (rest.Length < 5 || rest[0] != '(' || rest[^1] != ')')
        {
            return false;
        }

        var inside = rest[1..^1];
        return inside.IndexOf('-') is > 0 and var dash
            && ChineseNumber.Parse(inside[..dash].Trim()) is { } first && ChineseNumber.Parse(inside[(dash + 1)..].Trim()) is { } second
            && (parent = first) >= 0 && (child = second) >= 0;
    }
}
