namespace Rectify.Grammar;

/// <summary>Items in running text: a numbered problem, then its fields under labels. Label tables come as lines too.</summary>
internal static class ParagraphShape
{
    public static List<ItemParts> Read(IReadOnlyList<Line> all)
    {
        var told = Findings.Above(all);
        var lines = told?.Lines ?? all;
        var (starts, style) = Groups.Find(lines);
        if (starts.Count == 0)
        {
            return NotedTasks.Read(lines);
        }

        var items = new List<ItemParts>();
        var section = Stretch.Empty;
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : lines.Count;
            section = SectionBefore(lines, starts[i], i > 0 ? starts[i - 1] + 1 : 0, style) ?? section;
            if (i + 1 < starts.Count)
            {
                end = WithoutSection(lines, starts[i], end, style);
            }

            var item = new Assembly(lines, starts[i], end, style).Read(section);
            // 第一项整改任务：… is a number and a label.
            if (item.Number.IsBlank && lines[starts[i]] is { Text: var text, Hits: [{ Leads: true, Mark: { } mark }, ..] }
                && (told is not null || mark.Style == MarkStyle.Item || mark.Style == style || (starts.Count > 1 && CountsItems(lines, starts[i], end, mark.Style))))
            {
                item.Number = text.Slice(mark.Start, mark.End);
            }

            if (told?.Above[starts[i]] is { } finding)
            {
                (item.Finding, item.FindingNumber) = (finding.Text, finding.Number);
            }

            items.Add(item);
        }

        return items;
    }

    // 1.反馈问题：… above labels without numbers. In 一、反馈问题 二、整改措施 the numbers count the labels.
    private static bool CountsItems(IReadOnlyList<Line> lines, int start, int end, MarkStyle style) =>
        lines[start].Hits[0].Field == Field.Problem && Enumerable.Range(start + 1, end - start - 1).SelectMany(at => lines[at].Hits) is var others
        && others.Any() && others.All(hit => hit.Mark is null || hit.Mark.Value.Style > style);

    private static Stretch? SectionBefore(IReadOnlyList<Line> lines, int start, int floor, MarkStyle? style)
    {
        for (var at = start - 1; at >= floor && IsSection(lines[at], style); at--)
        {
            if (lines[at].Mark is not null || lines[at].Heading > 0 || IsAspect(lines[at]))
            {
                return lines[at].Text;
            }
        }

        return null;
    }

    private static int WithoutSection(IReadOnlyList<Line> lines, int start, int end, MarkStyle? style)
    {
        var at = end;
        while (at - 1 > start && IsSection(lines[at - 1], style))
        {
            at--;
        }

        return at;
    }

    private static bool IsSection(Line line, MarkStyle? style) =>
        Groups.IsTitle(line) && (line.Heading > 0 || (line.Mark is { } mark && style is { } items && mark.Style < items) || (line.Mark is null && IsAspect(line)));

    private static bool IsAspect(Line line) => line.Text.Folded.AsSpan().Trim() is var text
        && (text.EndsWith("方面") || text.EndsWith("部分") || text.EndsWith("领域") || text.EndsWith("类") || text.EndsWith("清单"));

    /// <summary>Puts the lines of one item under its labels.</summary>
    private sealed class Assembly(IReadOnlyList<Line> lines, int start, int end, MarkStyle? items)
    {
        private readonly ItemParts parts = new();
        private readonly List<Stretch> value = [];
        private readonly List<Labelled> beside = [];
        private Field? field;
        private Stretch label = Stretch.Empty;
        private MarkStyle? outer;
        private MarkStyle? list;
        private int counted;
        private MarkStyle? lastList;
        private int lastCount;
        private bool ended;

        public ItemParts Read(Stretch section)
        {
            parts.Section = section;
            for (var i = start; i < end; i++)
            {
                Take(lines[i], i == start);
            }

            Close();
            Settle();
            return parts;
        }

        private void Take(Line line, bool first)
        {
            if (line.Rows.Count > 0)
            {
                Close();
                Settle();
                parts.Rows.AddRange(line.Rows);
                parts.Fields.AddRange(line.Beside);
                (field, ended) = (null, true);
                return;
            }

            var from = 0;
            if (first && line.Mark is { } mark && line.Mark.Value.Style == items)
            {
                parts.Number = line.Text.Slice(mark.Start, mark.End);
                from = mark.Rest;
            }
            else if (line.Ends || (!first && Terminates(line)))
            {
                Close();
                field = null;
                ended = true;
            }
            else if (!first && (line.Unknown || IsUnknownLabel(line)))
            {
                Open(Field.Other, line.Text.Slice(line.Mark?.Rest ?? 0, line.Text.Length).Trim("", ":"));
                parts.Unread.Add(label.Text);
                return;
            }
            else if (line.Hits.Count == 0 && GoesOn(line))
            {
                BackToMeasures();
            }

            foreach (var hit in line.Hits)
            {
                if (hit.Aside && field is Field.Measures or Field.GoalAndMeasures or Field.Goal)
                {
                    continue;
                }

                if (Inside(hit))
                {
                    continue;
                }

                // A label's number and brackets belong to the label.
                if (!hit.Leads)
                {
                    Add(line.Text.Slice(from, hit.Start));
                }

                if (hit.Field is Field.End or Field.Notice)
                {
                    Close();
                    (field, ended) = (null, true);
                }
                else
                {
                    Open(hit.Field, line.Text.Slice(hit.Start, hit.End));
                    outer = hit.Mark?.Style ?? outer;
                }

                from = hit.Value;
            }

            Add(line.Text.Slice(from, line.Text.Length));
            Count(line);
        }

        // （一）整改目标 below 整改完成情况 says how far the goal was reached.
        private bool Inside(Hit hit) => field == Field.Result && outer is { } style && hit.Mark is { } mark && mark.Style > style;

        private void Open(Field next, Stretch words)
        {
            Close();
            (field, label, list, counted, ended) = (next, words, null, 0, false);
        }

        private void Add(Stretch text)
        {
            if (text.IsBlank || ended)
            {
                return;
            }

            if (field is null)
            {
                parts.Head.Add(text);
            }
            else
            {
                value.Add(text);
            }
        }

        private void Close()
        {
            if (field is { } open)
            {
                var part = new Labelled(open, label, Stretch.Join(value).Trim(",、|", ""));
                if (parts.Rows.Count > 0 && open == Field.Measures)
                {
                    Settle();
                    parts.Rows.Add(new() { Text = part.Value });
                }
                else
                {
                    (parts.Rows.Count > 0 && IsShort(open) ? beside : parts.Fields).Add(part);
                }
            }

            value.Clear();
        }

        // Each measure may have its own unit and date below it: 1.… 责任单位：A 2.… 责任单位：B.
        private bool GoesOn(Line line) =>
            field is { } now && IsShort(now) && lastList is { } style && line.Mark is { } mark && mark.Style == style && mark.Value == lastCount + 1;

        private void BackToMeasures()
        {
            Close();
            if (parts.Rows.Count == 0 && parts.Fields.FindLastIndex(part => part.Field == Field.Measures) is >= 0 and var at)
            {
                beside.AddRange(parts.Fields.Skip(at + 1));
                parts.Rows.Add(new() { Text = parts.Fields[at].Value });
                parts.Fields.RemoveRange(at, parts.Fields.Count - at);
            }

            Settle();
            (field, label, list, counted) = (Field.Measures, Stretch.Empty, lastList, lastCount);
        }

        // What stood below a measure is that measure's; what has no place there is the item's.
        private void Settle()
        {
            if (parts.Rows.Count == 0)
            {
                return;
            }

            var row = parts.Rows[^1];
            row.Deadline = Stretch.Join([row.Deadline, .. beside.Where(part => part.Field == Field.Deadline).Select(part => part.Value)]);
            row.Units.AddRange(beside.Where(part => IsShort(part.Field) && part.Field is not Field.Deadline and not Field.Persons));
            parts.Fields.AddRange(beside.Where(part => !IsShort(part.Field) || part.Field == Field.Persons));
            beside.Clear();
        }

        private void Count(Line line)
        {
            var mark = line.Mark;
            if (field is not Field.Measures and not Field.GoalAndMeasures)
            {
                return;
            }

            if (mark is null && line.Hits is [.., var hit] && hit.Value < line.Text.Length)
            {
                mark = Mark.TryRead(line.Text.Folded, hit.Value);
            }

            if (mark is { } found && (list is null || (list == found.Style && found.Value == counted + 1)))
            {
                (list, counted) = (found.Style, found.Value);
                (lastList, lastCount) = (list, counted);
            }
        }

        // A number further out than the items' closes the item, unless the field just opened begins a list with it.
        private bool Terminates(Line line)
        {
            if (items is not { } style || line.Mark is not { } mark || line.Inert || line.Hits.Count > 0 || mark.Style >= style)
            {
                return false;
            }

            if (field is not null && value.Count == 0 && mark.Value == 1)
            {
                list = mark.Style;
                counted = 1;
                return false;
            }

            if (list == mark.Style && mark.Value == counted + 1)
            {
                counted++;
                return false;
            }

            return Groups.IsTitle(line) || mark.Style == MarkStyle.Part;
        }

        // A heading numbered like the labels that is no label anybody knows.
        private bool IsUnknownLabel(Line line) =>
            outer is { } style && !line.Inert && line.Mark is { } mark && mark.Style == style && line.Hits.Count == 0 && list != style
            && line.Text.Folded.AsSpan(mark.Rest).Trim() is { Length: > 1 and <= 25 } words && words.IndexOfAny("。;,") < 0 && style != MarkStyle.Ordinal;

        private static bool IsShort(Field field) => field is Field.Units or Field.Lead or Field.Cooperate or Field.Supervise or Field.Accept or Field.LeadAndCooperate
            or Field.UnitsAndPersons or Field.Persons or Field.Deadline;
    }
}
