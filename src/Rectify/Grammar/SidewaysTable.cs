namespace Rectify.Grammar;

/// <summary>A table turned on its side: labels go down the first column, and each further column is an item.</summary>
internal static class SidewaysTable
{
    // 责任单位 | 牵头：A | 配合：B alone splits one value; items are told apart by their texts too.
    private const int FewestLabels = 3;

    /// <summary>The table with its columns as rows, so that labels stand above; <see langword="null"/> if it does not lie on its side.</summary>
    public static Grid? Turned(Grid grid)
    {
        if (grid.Columns < 3 || grid.Rows < FewestLabels)
        {
            return null;
        }

        var (labels, texts) = (0, 0);
        for (var row = 0; row < grid.Rows; row++)
        {
            var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
            if (cells is not [{ Column: 0 } first, ..] || (cells.Count == 1 && first.ColumnSpan >= grid.Columns))
            {
                continue; // a title, or a row that goes on
            }

            if (Labels.Whole(first.Text.Folded) is not { } field)
            {
                labels -= 1;
                continue;
            }

            if (cells.Skip(1).Any(cell => Labels.Whole(cell.Text.Folded) is not null) || cells.Count(cell => cell is { Column: > 0, ColumnSpan: 1 }) < 2)
            {
                return null;
            }

            labels++;
            texts += field is Field.Problem or Field.Measures or Field.Goal or Field.GoalAndMeasures or Field.Number ? 1 : 0;
        }

        return labels >= FewestLabels && texts > 1 ? grid.Turned() : null;
    }
}
