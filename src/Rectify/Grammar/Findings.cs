namespace Rectify.Grammar;

/// <summary>Tells what an inspection found (反馈问题) from the tasks that a plan makes of it (整改任务), where a document has both.</summary>
/// <remarks>
/// Alone, either label stands in front of an item's text. Only where one finding has several tasks are they two levels: then the
/// item is the task, and the finding stands above it.
/// </remarks>
internal static class Findings
{
    /// <summary>Fewer characters than these say nothing that could be found: 无, /, 同上.</summary>
    private const int Shortest = 4;

    private static readonly string[] OfTasks = ["任务", "整改事项", "整改内容", "子问题", "细化问题", "分解问题"];

    private static readonly string[] OfFindings = ["问题", "反馈", "意见"];

    /// <summary>The columns of a table, counted from 0.</summary>
    /// <param name="Numbers">The columns of numbers that count findings.</param>
    public sealed record Columns(int Finding, int Task, IReadOnlySet<int> Numbers);

    /// <summary>Whether a folded label announces a task.</summary>
    public static bool IsTask(string label) => Has(label, OfTasks);

    /// <summary>Whether a folded label announces a finding.</summary>
    public static bool IsFinding(string label) => !IsTask(label) && Has(label, OfFindings);

    /// <summary>The two columns of a table in which a finding has several tasks; <see langword="null"/> if none has.</summary>
    /// <param name="below">The first row below the header.</param>
    /// <param name="columns">What each column holds, and its label, folded.</param>
    public static Columns? In(Grid grid, int below, IReadOnlyList<(Field Field, string Label)> columns)
    {
        var finding = IndexOf(columns, Field.Problem, IsFinding);
        var task = IndexOf(columns, Field.Problem, IsTask);
        if (task < 0 && columns.Count(column => column.Field == Field.Measures) > 1)
        {
            task = IndexOf(columns, Field.Measures, IsTask); // 整改任务具体要求 beside 整改措施
        }

        if (finding < 0 || task <= finding)
        {
            return null;
        }

        // Rows that begin another task of the same finding, each with the row of the task before it.
        var further = new List<(int Before, int Row)>();
        var (found, seen, before) = ("", "", -1);
        for (var row = below; row < grid.Rows; row++)
        {
            if (grid[row, finding] is not { Text.IsBlank: false } above || grid[row, task] is not { Text.IsBlank: false } own || above == own
                || above.Text.Folded.Trim().Length < Shortest)
            {
                continue;
            }

            if (above.Text.Folded == found && own.Text.Folded != seen)
            {
                further.Add((before, row));
            }

            (found, seen, before) = (above.Text.Folded, own.Text.Folded, row);
        }

        return further.Count == 0
            ? null
            : new(finding, task, Enumerable.Range(0, columns.Count)
                .Where(column => columns[column].Field == Field.Number && further.TrueForAll(pair => Stays(grid, column, pair.Before, pair.Row))).ToHashSet());
    }

    /// <summary>Takes the findings out of running text in which they stand above the labels of their tasks.</summary>
    /// <returns>The lines that are left, and for each the finding above it; <see langword="null"/> where nothing was taken out.</returns>
    public static (List<Line> Lines, List<Heading?> Above)? Above(IReadOnlyList<Line> all)
    {
        var heads = new List<(int First, int Task)>();
        var tasks = new List<int>();
        var several = false;
        for (var i = 0; i < all.Count; i++)
        {
            if (Opens(all[i], IsTask) || IsNumberedTask(all[i]))
            {
                if (heads is [.., var open] && open.Task < 0)
                {
                    heads[^1] = (open.First, i);
                }
                else
                {
                    several |= heads.Count > 0;
                }

                tasks.Add(i);
            }
            else if (Opens(all[i], IsFinding))
            {
                heads.Add((i, -1));
            }
        }

        if (!several || tasks[0] < heads[0].First || !heads.TrueForAll(head => head.Task > 0 && IsText(all, head.First, head.Task))
            || !tasks.Index().All(task => HasMore(all, task.Item, End(task.Index))))
        {
            return null;
        }

        var (lines, above) = (new List<Line>(), new List<Heading?>());
        Heading? heading = null;
        for (var (i, next) = (0, 0); i < all.Count; i++)
        {
            if (next < heads.Count && i == heads[next].First)
            {
                var (first, task) = heads[next++];
                heading = Heading.Of(all, first, task);
                all[task].Opens |= all[first].Opens;
                i = task;
            }

            lines.Add(all[i]);
            above.Add(heading);
        }

        return (lines, above);

        int End(int task) => Math.Min(
            task + 1 < tasks.Count ? tasks[task + 1] : all.Count,
            heads.Where(head => head.First > tasks[task]).Select(head => head.First).DefaultIfEmpty(all.Count).First());
    }

    /// <summary>A finding above the lines of its tasks.</summary>
    internal sealed record Heading(Stretch Number, Stretch Text)
    {
        public static Heading Of(IReadOnlyList<Line> lines, int first, int end)
        {
            var hit = lines[first].Hits[0];
            return new(
                hit.Mark is { } mark ? lines[first].Text.Slice(mark.Start, mark.End) : Stretch.Empty,
                Stretch.Join([lines[first].Text.Slice(hit.Value, lines[first].Text.Length), .. lines.Skip(first + 1).Take(end - first - 1).Select(line => line.Text)]));
        }
    }

    private static bool Has(string label, string[] words)
    {
        var letters = string.Concat(label.Where(c => !char.IsWhiteSpace(c)));
        return words.Any(word => letters.Contains(word, StringComparison.Ordinal));
    }

    private static int IndexOf(IReadOnlyList<(Field Field, string Label)> columns, Field field, Func<string, bool> is_)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Field == field && is_(columns[i].Label))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Stays(Grid grid, int column, int before, int row) =>
        (grid[row, column]?.Text.Folded.Trim() ?? "") is var now && (now.Length == 0 || now == grid[before, column]?.Text.Folded.Trim());

    private static bool Opens(Line line, Func<string, bool> is_) =>
        line.Hits is [{ Field: Field.Problem, Leads: true } hit, ..] && is_(line.Text.Folded[hit.Start..hit.End]);

    // 整改任务1：封堵排口。
    private static bool IsNumberedTask(Line line) =>
        !line.Inert && line.Mark is { Style: MarkStyle.Item } mark && line.Text.Folded[mark.Start..mark.End].Contains("任务", StringComparison.Ordinal)
        && mark.Rest < line.Text.Length;

    // Nothing but text between a finding and its first task.
    private static bool IsText(IReadOnlyList<Line> lines, int first, int end) =>
        lines[first].Hits.Count == 1 && Enumerable.Range(first + 1, end - first - 1).All(i => lines[i] is { Hits.Count: 0, Ends: false, Unknown: false, Heading: 0 })
        && Heading.Of(lines, first, end).Text.Folded.Trim().Length >= Shortest;

    private static bool HasMore(IReadOnlyList<Line> lines, int first, int end) => Enumerable.Range(first, end - first)
        .SelectMany(i => lines[i].Hits).Any(hit => hit.Field is not (Field.Problem or Field.Goal or Field.Number or Field.Other or Field.End or Field.Notice));
}
