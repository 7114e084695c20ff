using Rectify.Reading;

namespace Rectify.Grammar;

/// <summary>A cell with its text; a merged cell covers several places of the grid.</summary>
internal sealed record GridCell(int Row, int Column, int RowSpan, int ColumnSpan, Stretch Text, IReadOnlyList<Block> Blocks);

/// <summary>A table laid out so that every place is found at once, whatever spans it.</summary>
internal sealed class Grid
{
    // A table beyond this is cut: no plan has more, and a crafted span must not exhaust the memory.
    private const int MostPlaces = 8_000_000;
    private const int MostColumns = 256;

    private readonly GridCell?[][] places;

    private Grid(GridCell?[][] places, int columns) => (this.places, Columns) = (places, columns);

    public int Rows => places.Length;

    public int Columns { get; }

    public GridCell? this[int row, int column] => places[row][column];

    public static Grid Of(Table table)
    {
        var columns = Math.Clamp(table.Columns, 0, MostColumns);
        var needed = table.Cells.Count == 0 ? 0 : table.Cells.Max(cell => (long)cell.Row + Math.Max(cell.RowSpan, 1));
        var rows = (int)Math.Min(Math.Min(needed, Math.Max(table.Rows, 0)), MostPlaces / Math.Max(columns, 1));
        var grid = New(rows, columns);
        foreach (var cell in table.Cells)
        {
            if (cell.Row >= 0 && cell.Column >= 0)
            {
                Put(grid, new(cell.Row, cell.Column, Math.Max(cell.RowSpan, 1), Math.Max(cell.ColumnSpan, 1), TextOf(cell.Blocks, 0), cell.Blocks));
            }
        }

        return new(grid, columns);
    }

    /// <summary>Lines of text whose cells are parted by a sign.</summary>
    public static Grid Of(IReadOnlyList<Stretch> lines, char sign)
    {
        var rows = lines.Select(line => Cells(line, sign)).ToList();
        var columns = Math.Min(rows.Count == 0 ? 0 : rows.Max(row => row.Count), MostColumns);
        var grid = New(rows.Count, columns);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < Math.Min(rows[row].Count, columns); column++)
            {
                Put(grid, new(row, column, 1, 1, rows[row][column], []));
            }
        }

        return new(grid, columns);
    }

    public static List<Stretch> Cells(Stretch line, char sign)
    {
        var cells = new List<Stretch>();
        var text = line.Trim(sign == '|' ? "|" : "", sign == '|' ? "|" : "");
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text.Folded[i] == sign)
            {
                cells.Add(text.Slice(start, i).Trim());
                start = i + 1;
            }
        }

        return cells;
    }

    /// <summary>The same table with its columns as rows. Titles across the whole table are left out.</summary>
    public Grid Turned()
    {
        var turned = New(Columns, Rows);
        var seen = new HashSet<GridCell>(ReferenceEqualityComparer.Instance);
        foreach (var cell in places.SelectMany(row => row).OfType<GridCell>().Where(cell => cell.ColumnSpan < Columns && seen.Add(cell)))
        {
            Put(turned, cell with { Row = cell.Column, Column = cell.Row, RowSpan = cell.ColumnSpan, ColumnSpan = cell.RowSpan });
        }

        return new(turned, Rows);
    }

    /// <summary>The cells that begin in a row, from left to right.</summary>
    public IEnumerable<GridCell> Starting(int row)
    {
        for (var column = 0; column < Columns; column++)
        {
            if (places[row][column] is { } cell && cell.Row == row && cell.Column == column)
            {
                yield return cell;
            }
        }
    }

    /// <summary>All that is written in a cell, nested tables included.</summary>
    public static Stretch TextOf(IReadOnlyList<Block> blocks, int depth) => Stretch.Join(blocks.Select(block => block switch
    {
        Paragraph paragraph => Stretch.Of(paragraph),
        Table table when depth < 16 => Stretch.Join(table.Cells.Select(cell => TextOf(cell.Blocks, depth + 1))),
        _ => Stretch.Empty,
    }));

    private static GridCell?[][] New(int rows, int columns)
    {
        var grid = new GridCell?[rows][];
        for (var row = 0; row < rows; row++)
        {
            grid[row] = new GridCell?[columns];
        }

        return grid;
    }

    private static void Put(GridCell?[][] grid, GridCell cell)
    {
        var rowEnd = (int)Math.Min(grid.Length, (long)cell.Row + cell.RowSpan);
        for (var row = cell.Row; row < rowEnd; row++)
        {
            var columnEnd = (int)Math.Min(grid[row].Length, (long)cell.Column + cell.ColumnSpan);
            for (var column = cell.Column; column < columnEnd; column++)
            {
                grid[row][column] ??= cell;
            }
        }
    }
}
