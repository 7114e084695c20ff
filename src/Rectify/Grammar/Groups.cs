namespace Rectify.Grammar;

/// <summary>Finds where the items of running text begin: an item is a numbered heading followed by labelled fields.</summary>
/// <remarks>
/// The labels of one item do not repeat, so a label seen again opens the next group of labels. The style of numbering that
/// stands in front of the most groups is that of the items; section headings and the numbers of measures stand in front
/// of few, or of many at once.
/// </remarks>
internal static class Groups
{
    private readonly record struct Group(int First, int Last, HashSet<Field> Fields, MarkStyle? LabelStyle, bool StartsWithProblem);

    /// <summary>The lines at which items begin, in order; the style is that of their numbers, if they have any.</summary>
    public static (List<int> Starts, MarkStyle? Style) Find(IReadOnlyList<Line> lines)
    {
        // A problem, goal or number alone is how a plan's overall part is headed: 一、整改目标 二、主要任务.
        var groups = Typical([.. Split(lines).Where(group => !group.Fields.IsSubsetOf([Field.Problem, Field.Goal, Field.Number]))]);
        if (groups.Count == 0)
        {
            return ([], null);
        }

        if (Numbered(lines, groups) is { } numbers)
        {
            return ([.. groups.Select(group => group.First)], numbers);
        }

        var style = Style(lines, groups);
        var starts = new SortedSet<int>();
        var previous = -1;
        foreach (var group in groups)
        {
            var owner = style is { } s ? Owner(lines, s, group, previous) : null;
            starts.Add(owner ?? Unnumbered(lines, group, previous));
            previous = group.Last;
        }

        if (style is { } known)
        {
            starts.UnionWith(WithoutLabels(lines, known, [.. starts], previous));
        }

        return ([.. starts], style);
    }

    private static List<Group> Split(IReadOnlyList<Line> lines)
    {
        var hits = lines.SelectMany((line, at) => line.Hits.Where(hit => !hit.Aside && hit.Field is not (Field.End or Field.Notice or Field.Other) && !IsTitleOfList(lines, at, hit)).Select(hit => (At: at, Hit: hit))).ToList();
        var anchored = hits.Exists(hit => IsAnchor(hit.Hit.Field));
        // 整改目标 of the overall part stands above the first problem.
        var outside = hits.Count(hit => hit.Hit.Field == Field.Problem) is > 1 and var problems && hits.Count(hit => hit.Hit.Field == Field.Goal) > problems;
        var groups = new List<Group>();
        var seen = new Dictionary<(Field, string), int>();
        var first = 0;
        var under = (Hit?)null;
        for (var i = 0; i < hits.Count; i++)
        {
            var (at, hit) = hits[i];

            // （一）整改目标 below 三、整改完成情况 repeats the goal and opens no item.
            if (under?.Mark is { } outer && hit.Mark is { } inner && inner.Style > outer.Style)
            {
                continue;
            }

            under = hit.Field is Field.Result or Field.MeasuresAndResult or Field.GoalAndResult && hit.Mark is not null
                ? hit
                : hit.Mark is not null ? null : under;
            var anchor = !anchored || IsAnchor(hit.Field) || lines[at].Opens;
            var key = Key(lines[at], hit);
            if (outside && hit is { Field: Field.Problem, Leads: true } && seen.Count > 0 && seen.Keys.All(k => k.Item1 is Field.Goal or Field.Measures or Field.GoalAndMeasures))
            {
                groups.Add(Make(lines, hits, first, i));
                first = i;
                seen.Clear();
            }

            if ((anchor && seen.ContainsKey(key)) || (lines[at].Opens && seen.Count > 0 && hit.Leads && seen.Keys.Any(k => k.Item1 == hit.Field)))
            {
                var start = AfterHeading(lines, hits, i, first) ?? Back(lines, hits, i, first, seen);
                groups.Add(Make(lines, hits, first, start));
                first = start;
                seen.Clear();
                for (var k = first; k < i; k++)
                {
                    seen[Key(lines[hits[k].At], hits[k].Hit)] = k;
                }
            }

            seen.TryAdd(key, i);
        }

        if (hits.Count > 0)
        {
            groups.Add(Make(lines, hits, first, hits.Count));
        }

        return groups;
    }

    // 整改任务 alone above 1.… 整改目标：… is the title of the list and no label of its first item.
    // So is 二、整改任务 above （一）…, where no other label is numbered like it.
    private static bool IsTitleOfList(IReadOnlyList<Line> lines, int at, Hit hit)
    {
        if (hit.Field != Field.Problem || !hit.Leads || hit.Value < lines[at].Text.Length || lines[at].Inert || at + 1 >= lines.Count || lines[at + 1].Inert)
        {
            return false;
        }

        var next = lines[at + 1];
        return hit.Mark is { } mark
            ? (next.Mark ?? (next.Hits.Count > 0 ? next.Hits[0].Mark : null)) is { } inner && inner.Style > mark.Style && inner.Value == 1
                && !lines.Any(line => line.Hits.Any(other => other != hit && other.Leads && other.Mark?.Style == mark.Style && other.Field is not (Field.Other or Field.End or Field.Notice)))
            : next.Mark is not null && next.Hits.Any(inner => IsAnchor(inner.Field));
    }

    // 反馈问题 and 整改任务 may both stand in one item, and 整改目标 beside 整改要求; each of the other fields stands once.
    private static (Field, string) Key(Line line, Hit hit) => (hit.Field, hit.Field switch
    {
        Field.Problem => line.Text.Folded[hit.Start..hit.End].Replace(" ", "", StringComparison.Ordinal),
        Field.Goal when Labels.IsRequirement(line.Text.Folded.AsSpan(hit.Start, hit.End - hit.Start)) => "要求",
        _ => "",
    });

    private static bool IsAnchor(Field field) => field is Field.Problem or Field.Goal or Field.Measures or Field.GoalAndMeasures or Field.GoalAndDeadline;

    // The heading of the next item stands between the last text of this one and the repeated label. A number that counts
    // on in the list of measures is no heading.
    private static int? AfterHeading(IReadOnlyList<Line> lines, List<(int At, Hit Hit)> hits, int at, int first)
    {
        var anchor = at - 1;
        while (anchor > first && !IsAnchor(hits[anchor].Hit.Field))
        {
            anchor--;
        }

        var (line, hit) = hits[anchor];
        var counted = new Dictionary<MarkStyle, int>();
        var stop = anchor + 1 < hits.Count && hits[anchor + 1].At == line ? hits[anchor + 1].Hit.Start : lines[line].Text.Length;
        foreach (var piece in Measures.Split(lines[line].Text.Slice(hit.Value, stop)))
        {
            if (Mark.TryRead(piece.Number.Folded, 0) is { } number)
            {
                counted[number.Style] = number.Value;
            }
        }

        var heading = -1;
        for (var i = line + 1; i <= hits[at].At; i++)
        {
            if (lines[i].Inert || lines[i].Mark is not { } mark)
            {
                heading = lines[i].Heading > 0 && lines[i].Hits.Count == 0 ? i : heading;
                continue;
            }

            // A list inside a list goes inwards; a 1 further out than what was counted begins something else.
            var begins = mark.Value == 1 && !counted.Keys.Any(style => style >= mark.Style) && lines[i].Heading == 0;
            if (lines[i].Hits.Count == 0 && (begins || mark.Value == counted.GetValueOrDefault(mark.Style, -1) + 1))
            {
                counted[mark.Style] = mark.Value;
            }
            else
            {
                heading = i;
            }
        }

        var start = heading < 0 ? -1 : hits.FindIndex(anchor + 1, found => found.At >= heading);
        return start > first && start <= at ? start : null;
    }

    // Labels just before the repeated one that are repeated too begin the new group with it: 序号, 责任单位.
    private static int Back(IReadOnlyList<Line> lines, List<(int At, Hit Hit)> hits, int at, int first, Dictionary<(Field, string), int> seen)
    {
        while (at - 1 > first && seen.TryGetValue(Key(lines[hits[at - 1].At], hits[at - 1].Hit), out var before)
            && (before < at - 1 || hits[at - 1].Hit.Field is Field.Number) && !IsAnchor(hits[at - 1].Hit.Field))
        {
            at--;
        }

        return at;
    }

    private static Group Make(IReadOnlyList<Line> lines, List<(int At, Hit Hit)> hits, int from, int to) => new(
        hits[from].At, hits[to - 1].At, [.. hits.Skip(from).Take(to - from).Select(hit => hit.Hit.Field)], hits[from].Hit.Mark?.Style,
        hits[from].Hit.Field is Field.Problem or Field.Number && hits[from].Hit.Leads);

    // The overall part of a plan has sections called 整改目标 and 整改措施 too; an item has what most items have.
    private static List<Group> Typical(List<Group> groups)
    {
        if (groups.Count < 2)
        {
            return groups;
        }

        var duties = groups.Count(HasDuty);
        if (duties * 2 < groups.Count || duties == 0)
        {
            return groups;
        }

        // What most groups have is what an item of this document has.
        var usual = groups.SelectMany(group => group.Fields).GroupBy(field => field).Where(field => field.Count() * 10 >= groups.Count * 6).Select(field => field.Key).ToList();
        var first = groups.FindIndex(group => (HasDuty(group) || group.StartsWithProblem) && (groups.Count < 4 || usual.Count(group.Fields.Contains) * 2 > usual.Count));
        return groups[Math.Max(first, 0)..];
    }

    private static bool HasDuty(Group group) => group.Fields.Overlaps([Field.Units, Field.Lead, Field.UnitsAndPersons, Field.LeadAndCooperate, Field.Persons, Field.Deadline, Field.Accept]);

    // 1.反馈问题：… 2.反馈问题：…, （一）责任单位：… （二）责任单位：…: the numbers of the labels count the items.
    private static MarkStyle? Numbered(IReadOnlyList<Line> lines, List<Group> groups)
    {
        if (groups.Count < 2 || groups[0].LabelStyle is not { } style || !groups.TrueForAll(group => group.LabelStyle == style && lines[group.First].Hits[0].Leads))
        {
            return null;
        }

        var last = 0;
        foreach (var group in groups)
        {
            var value = lines[group.First].Hits[0].Mark!.Value.Value;
            if ((value != last + 1 && value != 1) || lines.Skip(group.First + 1).Take(group.Last - group.First).Any(line => line.Hits.Any(hit => hit.Mark?.Style == style)))
            {
                return null;
            }

            last = value;
        }

        return style;
    }

    private static MarkStyle? Style(IReadOnlyList<Line> lines, List<Group> groups)
    {
        (MarkStyle Style, int Owned)? best = null;
        foreach (var style in Enum.GetValues<MarkStyle>())
        {
            if (style is MarkStyle.Part or MarkStyle.Ordinal or MarkStyle.Circled)
            {
                continue;
            }

            var owners = new HashSet<int>();
            var previous = -1;
            foreach (var group in groups)
            {
                if (Owner(lines, style, group, previous) is { } owner)
                {
                    owners.Add(owner);
                }

                previous = group.Last;
            }

            if (owners.Count > (best?.Owned ?? 0) || (best is { } b && owners.Count == b.Owned && owners.Count > 0 && Inner(lines, groups, b.Style, style)))
            {
                best = (style, owners.Count);
            }
        }

        return best is { } found && found.Owned * 2 >= groups.Count ? found.Style : null;
    }

    // Two styles stand before every group: 一、大气方面 and below it 1.… The inner one is the items' if it counts on.
    private static bool Inner(IReadOnlyList<Line> lines, List<Group> groups, MarkStyle outer, MarkStyle inner)
    {
        var previous = -1;
        var last = 0;
        foreach (var group in groups)
        {
            if (Owner(lines, outer, group, previous) is not { } title || Owner(lines, inner, group, previous) is not { } item
                || item != title + 1 || !IsTitle(lines[title]) || lines[item].Mark!.Value.Value <= last)
            {
                return false;
            }

            last = lines[item].Mark!.Value.Value;
            previous = group.Last;
        }

        return true;
    }

    /// <summary>Whether a line can be a heading: short, and no sentence.</summary>
    public static bool IsTitle(Line line) =>
        !line.Inert && line.Hits.Count == 0 && line.Text.Folded.AsSpan().Trim() is { Length: > 1 and <= 60 } text && text.IndexOfAny("。;") < 0 && text[^1] is not ',' and not '、' and not ':';

    // The last line of the style between the labels of the group before and its own.
    private static int? Owner(IReadOnlyList<Line> lines, MarkStyle style, Group group, int previous)
    {
        if (group.LabelStyle is { } label && label <= style)
        {
            return null;
        }

        for (var i = group.First; i > previous; i--)
        {
            if (!lines[i].Inert && lines[i].Mark?.Style == style)
            {
                return i;
            }

            // A heading that a label belongs to closes what came before it.
            if (i < group.First && lines[i].Hits.Any(hit => hit.Mark is { } mark && mark.Style <= style))
            {
                return null;
            }
        }

        return null;
    }

    private static int Unnumbered(IReadOnlyList<Line> lines, Group group, int previous)
    {
        if (group.StartsWithProblem || lines[group.First].Opens)
        {
            return group.First;
        }

        var before = group.First - 1;
        return before > previous && !lines[before].Ends && !lines[before].Inert && lines[before].Hits.Count == 0
            && lines[before].Text.Folded.AsSpan().TrimEnd() is { Length: > 10 } text && text[^1] is '。' or '.' or ';'
                ? before
                : group.First;
    }

    // An item without any label still counts where its number fills the gap between two items, or follows the last.
    private static List<int> WithoutLabels(IReadOnlyList<Line> lines, MarkStyle style, List<int> starts, int lastLabel)
    {
        var more = new List<int>();
        var numbered = starts.Where(at => lines[at].Mark?.Style == style).ToList();
        for (var i = 0; i < numbered.Count; i++)
        {
            var value = lines[numbered[i]].Mark!.Value.Value;
            var end = i + 1 < numbered.Count ? numbered[i + 1] : lines.Count;
            var until = i + 1 < numbered.Count ? lines[numbered[i + 1]].Mark!.Value.Value : int.MaxValue;
            var before = 0;
            for (var at = numbered[i] + 1; at < end; at++)
            {
                if (lines[at].Inert || lines[at].Mark is not { } mark || mark.Style != style)
                {
                    continue;
                }

                var isNext = mark.Value == value + 1 && mark.Value < until && before != mark.Value - 1 && (i + 1 < numbered.Count || at > lastLabel);
                if (isNext && (until == int.MaxValue || Fills(lines, style, at, end, mark.Value, until)))
                {
                    more.Add(at);
                    value = mark.Value;
                    before = 0;
                }
                else
                {
                    before = mark.Value;
                }
            }
        }

        return more;
    }

    private static bool Fills(IReadOnlyList<Line> lines, MarkStyle style, int at, int end, int value, int until)
    {
        for (; at < end; at++)
        {
            if (!lines[at].Inert && lines[at].Mark is { } mark && mark.Style == style && mark.Value == value)
            {
                value++;
            }
        }

        return value == until;
    }
}
