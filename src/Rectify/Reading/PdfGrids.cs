using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Rectify.Reading;

/// <summary>A drawn grid. Rows count from the top; <c>Xs</c> rise, <c>Ys</c> fall.</summary>
internal sealed record PdfGrid(double[] Xs, double[] Ys, IReadOnlyList<(int Row, int Column, int Rows, int Columns)> Cells)
{
    private readonly int[,] owner = Owners(Xs, Ys, Cells);

    public double Top => Ys[0];

    public double Bottom => Ys[^1];

    public int Rows => Ys.Length - 1;

    public bool Holds(double x, double y) => x >= Xs[0] && x <= Xs[^1] && y <= Top && y >= Bottom;

    /// <summary>Which of <see cref="Cells"/> covers a point within the grid.</summary>
    public int CellAt(double x, double y)
    {
        var column = Math.Clamp(Array.FindLastIndex(Xs, edge => edge <= x), 0, Xs.Length - 2);
        var row = Math.Clamp(Array.FindLastIndex(Ys, edge => edge >= y), 0, Ys.Length - 2);
        return owner[row, column];
    }

    private static int[,] Owners(double[] xs, double[] ys, IReadOnlyList<(int Row, int Column, int Rows, int Columns)> cells)
    {
        var owner = new int[ys.Length - 1, xs.Length - 1];
        for (var i = 0; i < cells.Count; i++)
        {
            for (var row = cells[i].Row; row < cells[i].Row + cells[i].Rows; row++)
            {
                for (var column = cells[i].Column; column < cells[i].Column + cells[i].Columns; column++)
                {
                    owner[row, column] = i;
                }
            }
        }

        return owner;
    }
}

/// <summary>Finds the grids that lines and thin rectangles on a page form.</summary>
internal static class PdfGrids
{
    private const double Near = 3; // points: rules that should meet often miss by the width of a line
    private const double Thin = 3;
    private const int MostRules = 20_000; // drawings have more; tables do not

    /// <summary>A rule along one axis, at a place on the other.</summary>
    private readonly record struct Rule(double At, double From, double To);

    public static List<PdfGrid> Find(Page page, Draft draft)
    {
        List<Rule> across = [], down = [];
        foreach (var path in page.Paths)
        {
            draft.Ct.ThrowIfCancellationRequested();
            if (!path.IsClipping || path.IsStroked || path.IsFilled)
            {
                foreach (var part in path)
                {
                    Take(part, path.IsStroked, across, down);
                }
            }

            if (across.Count + down.Count > MostRules)
            {
                return [];
            }
        }

        return [.. Groups(Joined(across), Joined(down)).Select(group => Grid(group.Across, group.Down, draft)).OfType<PdfGrid>()
            .OrderByDescending(grid => grid.Top)];
    }

    private static void Take(PdfSubpath part, bool stroked, List<Rule> across, List<Rule> down)
    {
        if (part.GetBoundingRectangle() is not { } box || !double.IsFinite(box.Width + box.Height + box.Left + box.Bottom))
        {
            return;
        }

        if (box.Height < Thin && box.Width > Near)
        {
            across.Add(new(box.Bottom + (box.Height / 2), box.Left, box.Right));
        }
        else if (box.Width < Thin && box.Height > Near)
        {
            down.Add(new(box.Left + (box.Width / 2), box.Bottom, box.Top));
        }
        else if (stroked)
        {
            PdfPoint? from = null;
            foreach (var command in part.Commands)
            {
                switch (command)
                {
                    case PdfSubpath.Move move:
                        from = move.Location;
                        break;
                    case PdfSubpath.Line line:
                        Take(line.From, line.To, across, down);
                        break;
                    case PdfSubpath.Close when from is { } start && part.Commands.OfType<PdfSubpath.Line>().LastOrDefault() is { } last:
                        Take(last.To, start, across, down);
                        break;
                }
            }
        }
    }

    private static void Take(PdfPoint a, PdfPoint b, List<Rule> across, List<Rule> down)
    {
        if (Math.Abs(a.Y - b.Y) < 1 && Math.Abs(a.X - b.X) > Near)
        {
            across.Add(new((a.Y + b.Y) / 2, Math.Min(a.X, b.X), Math.Max(a.X, b.X)));
        }
        else if (Math.Abs(a.X - b.X) < 1 && Math.Abs(a.Y - b.Y) > Near)
        {
            down.Add(new((a.X + b.X) / 2, Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y)));
        }
    }

    // Cells drawn one by one leave rules in pieces, often twice.
    private static List<Rule> Joined(List<Rule> rules)
    {
        var joined = new List<Rule>();
        foreach (var row in Clusters(rules.OrderBy(rule => rule.At), rule => rule.At))
        {
            var at = row.Average(rule => rule.At);
            Rule? open = null;
            foreach (var rule in row.OrderBy(rule => rule.From))
            {
                if (open is { } last && rule.From <= last.To + Near)
                {
                    open = new(at, last.From, Math.Max(last.To, rule.To));
                    continue;
                }

                if (open is { } done)
                {
                    joined.Add(done);
                }

                open = rule with { At = at };
            }

            if (open is { } rest)
            {
                joined.Add(rest);
            }
        }

        return joined;
    }

    private static IEnumerable<List<T>> Clusters<T>(IEnumerable<T> sorted, Func<T, double> at)
    {
        var cluster = new List<T>();
        foreach (var item in sorted)
        {
            if (cluster.Count > 0 && at(item) - at(cluster[0]) > Near)
            {
                yield return cluster;
                cluster = [];
            }

            cluster.Add(item);
        }

        if (cluster.Count > 0)
        {
            yield return cluster;
        }
    }

    private static IEnumerable<(List<Rule> Across, List<Rule> Down)> Groups(List<Rule> across, List<Rule> down)
    {
        var freeAcross = new HashSet<Rule>(across);
        var freeDown = new HashSet<Rule>(down);
        foreach (var seed in across)
        {
            if (!freeAcross.Remove(seed))
            {
                continue;
            }

            List<Rule> groupAcross = [seed], groupDown = [];
            for (var (a, d) = (0, 0); a < groupAcross.Count || d < groupDown.Count;)
            {
                if (a < groupAcross.Count)
                {
                    var rule = groupAcross[a++];
                    groupDown.AddRange(freeDown.Where(other => Meet(rule, other)).ToList());
                    freeDown.ExceptWith(groupDown);
                }
                else
                {
                    var rule = groupDown[d++];
                    groupAcross.AddRange(freeAcross.Where(other => Meet(other, rule)).ToList());
                    freeAcross.ExceptWith(groupAcross);
                }
            }

            yield return (groupAcross, groupDown);
        }
    }

    private static bool Meet(Rule across, Rule down) =>
        down.At >= across.From - Near && down.At <= across.To + Near && across.At >= down.From - Near && across.At <= down.To + Near;

    private static PdfGrid? Grid(List<Rule> across, List<Rule> down, Draft draft)
    {
        if (down.Count == 0)
        {
            return null;
        }

        // Where the outer rules are left out, the others' ends say where the table ends.
        double[] ys = [.. Edges([.. across.Select(rule => rule.At), down.Min(rule => rule.From), down.Max(rule => rule.To)]).Reverse()];
        double[] xs = [.. Edges([.. down.Select(rule => rule.At), across.Min(rule => rule.From), across.Max(rule => rule.To)])];
        var (rows, columns) = (ys.Length - 1, xs.Length - 1);
        if (rows < 1 || columns < 1 || rows * columns < 2)
        {
            return null; // a frame, a line under a title
        }

        draft.CountCell((long)rows * columns);
        var taken = new bool[rows, columns];
        var cells = new List<(int, int, int, int)>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (taken[row, column])
                {
                    continue;
                }

                // A cell reaches right and down until a rule stops it.
                var (right, bottom) = (column, row);
                while (right + 1 < columns && !taken[row, right + 1] && !Crosses(down, xs[right + 1], (ys[row] + ys[row + 1]) / 2))
                {
                    right++;
                }

                while (bottom + 1 < rows && !Crosses(across, ys[bottom + 1], (xs[column] + xs[column + 1]) / 2)
                    && Enumerable.Range(column, right - column + 1).All(c => !taken[bottom + 1, c]))
                {
                    bottom++;
                }

                for (var r = row; r <= bottom; r++)
                {
                    for (var c = column; c <= right; c++)
                    {
                        taken[r, c] = true;
                    }
                }

                cells.Add((row, column, bottom - row + 1, right - column + 1));
            }
        }

        return cells.Count < 2 ? null : new(xs, ys, cells);
    }

    private static IEnumerable<double> Edges(List<double> places) =>
        Clusters(places.Order(), at => at).Select(near => near.Average());

    private static bool Crosses(List<Rule> rules, double at, double through) =>
        rules.Exists(rule => Math.Abs(rule.At - at) <= Near && rule.From <= through && rule.To >= through);
}
