namespace Rectify.Grammar;

/// <summary>Tells the header of a table from its rows: it consists of labels.</summary>
internal static class TableHeader
{
    private const int LongestLabel = 16;

    /// <summary>The row in which a header begins, among the first dozen.</summary>
    public static int? Find(Grid grid)
    {
        for (var row = 0; row < Math.Min(grid.Rows, 12); row++)
        {
            if (Is(grid, row))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Whether the cells of a row are mostly labels.</summary>
    public static bool Is(Grid grid, int row)
    {
        var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
        if (cells.Count < 2 || cells.Exists(cell => cell.Text.Length > 40))
        {
            return false;
        }

        var fields = cells.Select(cell => Labels.Whole(cell.Text.Folded)).ToList();
        var known = fields.Count(field => field is not null);
        return known >= 2 && known * 3 >= cells.Count && fields.Exists(field => field is not null and not Field.Number and not Field.Other and not Field.End);
    }

    /// <summary>Whether a row below a header splits its labels: 责任单位 into 牵头 and 配合.</summary>
    public static bool IsSecond(Grid grid, int header, int row)
    {
        var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
        var spread = grid.Starting(header).Any(cell => cell.ColumnSpan > 1) || Enumerable.Range(0, grid.Columns).Any(column => grid[header, column] is null or { Text.IsBlank: true });
        var known = cells.Count(cell => Labels.Whole(cell.Text.Folded) is not null);
        return spread && known > 0 && known * 3 >= cells.Count * 2 && cells.TrueForAll(cell => cell.Text.Length <= LongestLabel);
    }
}
