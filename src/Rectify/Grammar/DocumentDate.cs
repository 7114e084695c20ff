namespace Rectify.Grammar;

/// <summary>The date of the document itself: the one it is signed with, else the one it was published on.</summary>
internal static class DocumentDate
{
    private static readonly string[] Published = ["发布时间", "发布日期", "发表时间", "时间:", "日期:", "发文日期", "成文日期", "印发日期"];

    public static DateOnly? Of(IReadOnlyList<Line> lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (Only(lines[i]) && DateGrammar.TryRead(lines[i].Text.Folded.Trim().Trim('(', ')'), 0, null, out var span))
            {
                return span.To;
            }
        }

        foreach (var line in lines)
        {
            foreach (var word in Published)
            {
                var at = line.Text.Folded.IndexOf(word, StringComparison.Ordinal);
                if (at >= 0 && line.Text.Length < 200 && DateGrammar.All(line.Text.Folded.AsSpan(at), null) is [var date, ..])
                {
                    return date.To;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a line is a day and nothing else.</summary>
    public static bool Only(Line line) =>
        !line.Inert && line.Text.Length is > 5 and < 40 && line.Text.Folded.Trim().Trim('(', ')') is var text
        && DateGrammar.TryRead(text, 0, null, out var span) && span is { Range: false, Grain: Grain.Day } && text[span.End..].Trim().Length == 0;
}
