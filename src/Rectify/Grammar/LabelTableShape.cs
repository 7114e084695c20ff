using System.Buffers;

namespace Rectify.Grammar;

/// <summary>A table that says label | value in each row, or label | value | label | value. It is read as lines.</summary>
internal static class LabelTableShape
{
    // What a label does not hold.
    private static readonly SearchValues<char> Signs = SearchValues.Create("。;,:、0123456789");

    public static bool Fits(Grid grid)
    {
        if (Counts(grid))
        {
            return true;
        }

        var (labelled, filled) = (0, 0);
        for (var row = 0; row < grid.Rows; row++)
        {
            if (grid.Starting(row).FirstOrDefault(cell => !cell.Text.IsBlank) is not { } first || first.ColumnSpan >= grid.Columns)
            {
                continue;
            }

            filled++;
            if (Labels.Whole(first.Text.Folded) is not null && !AllLabels(grid, row))
            {
                labelled++;
            }
        }

        return grid.Columns > 1 && labelled > 0 && (labelled >= 2 || filled == 1) && labelled * 2 >= filled;
    }

    /// <summary>The first column, where it only counts: merged or blank beside the labels of one item.</summary>
    private static bool Counts(Grid grid)
    {
        if (grid.Columns < 3)
        {
            return false;
        }

        var (labels, numbers) = (0, 0);
        for (var row = 0; row < grid.Rows; row++)
        {
            labels += grid[row, 1] is { Column: 1 } cell && Labels.Whole(cell.Text.Folded) is not null ? 1 : 0;
            if (grid[row, 0] is { Text.IsBlank: false } first && first.Row == row && first.ColumnSpan == 1)
            {
                if (Labels.Whole(first.Text.Folded) is not null || first.Text.Length > 12)
                {
                    return false;
                }

                numbers++;
            }
        }

        return labels > 1 && labels * 3 >= grid.Rows * 2 && numbers > 0 && numbers * 2 <= grid.Rows;
    }

    /// <param name="ruled">Whether it is a table of its own. Values behind tabs are running text that may go on below.</param>
    public static List<Line> Read(Grid grid, bool ruled)
    {
        var lines = new List<Line>();
        var labels = LabelColumns(grid);
        var opens = true;
        var counts = Counts(grid);
        for (var row = 0; row < grid.Rows; row++)
        {
            var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
            var pending = (Field?)null;
            GridCell? label = null;
            for (var i = 0; i < cells.Count; i++)
            {
                var cell = cells[i];
                if (counts && cell is { Column: 0, ColumnSpan: 1 })
                {
                    lines.Add(Line.Read(cell.Text));
                    opens = true;
                }
                else if (Labels.Whole(cell.Text.Folded) is { } field)
                {
                    field = field == Field.End && ruled ? Field.Other : field; // 联系人 of the item
                    lines.Add(Line.Label(cell.Text, field, opens));
                    (pending, label, opens) = (field, cell, false);
                }
                else if (cell.ColumnSpan >= grid.Columns && pending is null)
                {
                    // A row across the whole table is a title, or an item's heading.
                    lines.AddRange(cell.Text.Lines().Select(line => Line.Read(line)));
                }
                else if (i + 1 < cells.Count && cell.Text.Length <= 20 && (pending is null ? cell.Column == (counts ? 1 : 0) : labels.Contains(cell.Column) && !ReferenceEquals(cells[i - 1], label) && IsWord(cell)))
                {
                    lines.Add(Line.UnknownLabel(cell.Text));
                    pending = Field.Other;
                    label = cell;
                }
                else
                {
                    lines.AddRange(Values(pending, label?.Text ?? Stretch.Empty, cell.Text));
                }
            }
        }

        if (ruled)
        {
            lines.Add(Line.End());
        }

        return lines;
    }

    // Columns behind the first in which a label that somebody knows stands.
    private static HashSet<int> LabelColumns(Grid grid)
    {
        var columns = new HashSet<int>();
        for (var row = 0; row < grid.Rows; row++)
        {
            columns.UnionWith(grid.Starting(row).Where(cell => cell.Column > 0 && Labels.Whole(cell.Text.Folded) is not null).Select(cell => cell.Column));
        }

        return columns;
    }

    private static bool IsWord(GridCell cell) => !cell.Text.Folded.AsSpan().ContainsAny(Signs);

    private static IEnumerable<Line> Values(Field? field, Stretch label, Stretch value)
    {
        if (field is not { } known)
        {
            return value.Lines().Select(Line.Value);
        }

        return CellFields.Of(known, label, value)
            .SelectMany(part => part.Field == known && ReferenceEquals(part.Label, label)
                ? part.Value.Lines().Select(Line.Value)
                : part.Value.Lines().Select((line, i) => i == 0 ? Line.Value(part.Field, line) : Line.Value(line)));
    }

    private static bool AllLabels(Grid grid, int row)
    {
        var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
        return cells.Count > 1 && cells.TrueForAll(cell => Labels.Whole(cell.Text.Folded) is not null);
    }
}
