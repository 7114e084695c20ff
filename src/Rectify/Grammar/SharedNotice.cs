namespace Rectify.Grammar;

/// <summary>A notice that closes several problems at once: 一、反馈问题 1.… 2.…, or 点位一：… 点位二：… under each heading.</summary>
internal static class SharedNotice
{
    /// <summary>One item for each problem of the list. What is not told problem by problem is said of each.</summary>
    public static List<ItemParts> Split(ItemParts parts)
    {
        var problem = parts.Of(Field.Problem).ToList();
        if (problem is not [var only] || !parts.Number.IsBlank || parts.Of(Field.Number).Any() || Lines(only.Value) is not { Count: > 1 } list)
        {
            return [parts];
        }

        return [.. list.Select(entry => Of(parts, entry, list.Count))];
    }

    private static ItemParts Of(ItemParts parts, (Mark Mark, Stretch Text) entry, int count)
    {
        var item = new ItemParts { Section = parts.Section };
        foreach (var field in parts.Fields)
        {
            var value = field.Field == Field.Problem ? entry.Text
                : Lines(field.Value) is { } lines && lines.Count == count && lines[0].Mark.Style == MarkStyle.Item ? lines[entry.Mark.Value - 1].Text
                : field.Value;
            item.Fields.Add(field with { Value = value });
        }

        item.Unread.AddRange(parts.Unread);
        item.Rows.AddRange(parts.Rows);
        return item;
    }

    // Every line numbered, from 1 on; otherwise the text is one problem that has a list in it.
    private static List<(Mark Mark, Stretch Text)>? Lines(Stretch value)
    {
        var list = new List<(Mark Mark, Stretch Text)>();
        foreach (var line in value.Lines())
        {
            if (Mark.TryRead(line.Folded, 0) is not { } mark || mark.Value != list.Count + 1 || mark.Style is MarkStyle.Ordinal or MarkStyle.Part
                || (list.Count > 0 && list[0].Mark.Style != mark.Style))
            {
                return null;
            }

            list.Add((mark, line.Slice(mark.Rest, line.Length).Trim(":", "")));
        }

        return list;
    }
}
