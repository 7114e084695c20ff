namespace Rectify.Grammar;

/// <summary>A list without labels, in which each numbered task names its unit and date in brackets: 1.拆除锅炉。（责任单位：甲局；完成时限：2022年6月底前）.</summary>
internal static class NotedTasks
{
    /// <summary>The tasks, where there are several and most of the lines numbered like them have such a note; otherwise none.</summary>
    public static List<ItemParts> Read(IReadOnlyList<Line> lines)
    {
        var noted = lines.Where(line => line is { Inert: false, Mark: not null, Ends: false } && line.Hits.Any(hit => hit.Aside && TableRows.IsUnit(hit.Field))).ToList();
        if (noted.Count < 2 || noted.DistinctBy(line => line.Mark!.Value.Style).Count() > 1 || noted.Exists(line => line.Hits.Any(hit => !hit.Aside)))
        {
            return [];
        }

        return [.. noted.Select(Item)];
    }

    private static ItemParts Item(Line line)
    {
        var (text, mark, hits) = (line.Text, line.Mark!.Value, line.Hits);
        var open = text.Folded.LastIndexOf('(', hits[0].Start);
        var item = new ItemParts { Number = text.Slice(mark.Start, mark.End) };
        item.Fields.Add(new(Field.Problem, Stretch.Empty, text.Slice(mark.Rest, open < 0 ? hits[0].Start : open).Trim()));
        for (var i = 0; i < hits.Count; i++)
        {
            var value = text.Slice(hits[i].Value, i + 1 < hits.Count ? hits[i + 1].Start : text.Length).Trim(",;、", ",;、。");
            item.Fields.Add(new(hits[i].Field, text.Slice(hits[i].Start, hits[i].End), value.Folded.EndsWith(')') && !value.Folded.Contains('(', StringComparison.Ordinal) ? value.Slice(0, value.Length - 1) : value));
        }

        return item;
    }
}
