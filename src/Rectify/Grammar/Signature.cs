namespace Rectify.Grammar;

/// <summary>The end of a document: who signs and the date. It belongs to no item.</summary>
internal static class Signature
{
    public static void Strip(List<Line> lines)
    {
        for (var i = lines.Count - 1; i > 0; i--)
        {
            if (!DocumentDate.Only(lines[i]))
            {
                continue;
            }

            var first = i;
            while (first > 0 && i - first < 3 && IsSigner(lines[first - 1]))
            {
                first--;
            }

            // A bare date in the middle of a text is only a signature if somebody signs above it, or nothing follows.
            if (first < i || i == lines.Count - 1)
            {
                for (var at = first; at <= i; at++)
                {
                    lines[at] = Line.End();
                }
            }

            i = first;
        }
    }

    private static bool IsSigner(Line line) =>
        !line.Inert && line.Hits.Count == 0 && line.Mark is null && line.Heading == 0
        && line.Text.Folded.AsSpan().Trim() is { Length: > 2 and <= 40 } text && text.IndexOfAny("。;,:、") < 0 && UnitList.LooksLikeUnit(text);
}
