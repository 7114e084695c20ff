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
        var told = new HashSet<Field>();
        foreach (var field in parts.Fields)
        {
            if (field.Field == Field.Problem)
            {
                item.Fields.Add(field with { Value = entry.Text });
            }
            else if (Lines(field.Value) is { } lines && lines.Count == count && lines[0].Mark.Style == MarkStyle.Item)
            {
                item.Fields.Add(field with { Value = lines[entry.Mark.Value - 1].Text });
                told.Add(field.Field);
            }
            else
            {
                // What is told of each problem by itself leaves a sentence about all of them beside it.
                item.Fields.Add(told.Contains(field.Field) ? field with { Field = Field.Other } : field);
            }
        }

        item.Unread.AddRange(parts.Unread);
        item.Rows.AddRange(parts.Rows);
        return item;
    }

    // 点位一（编号）：
    private static Stretch WithoutCode(Stretch text)
    {
        var colon = text.Folded.IndexOf("):", StringComparison.Ordinal);
        return text.Folded.StartsWith('(') && colon is > 0 and < 40 ? text.Slice(colon + 2, text.Length) : text;
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

            list.Add((mark, WithoutCode(line.Slice(mark.Rest, line.Length)).Trim(":", "")));
        }

        return list;
    }
}
