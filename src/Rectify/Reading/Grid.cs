namespace Rectify.Reading;

/// <summary>Builds a table from cells that know their spans, as HTML and Word describe them.</summary>
internal sealed class Grid(Draft draft)
{
    private readonly List<(int Row, int Column, int Rows, int Columns, List<Block> Blocks)> cells = [];
    private readonly List<int> takenUntil = []; // for each column, the first row that no cell above reaches into
    private int row = -1;
    private int column;

    public void NextRow() => (row, column) = (row + 1, 0);

    /// <summary>Moves to a grid column of the present row.</summary>
    public void MoveTo(int newColumn) => column = newColumn;

    /// <summary>Moves past the places that cells of earlier rows cover.</summary>
    public void PassCovered()
    {
        while (column < takenUntil.Count && takenUntil[column] > row)
        {
            column++;
        }
    }

    /// <summary>Sets a cell at the present place.</summary>
    public void Add(int rows, int columns, List<Block> blocks)
    {
        draft.CountCell();
        cells.Add((row, column, rows, columns, blocks));
        for (var i = column; i < column + columns; i++)
        {
            while (takenUntil.Count <= i)
            {
                takenUntil.Add(0);
            }

            takenUntil[i] = Math.Max(takenUntil[i], row + rows);
        }

        column += columns;
    }

    /// <summary>The table, or <see langword="null"/> if no cell holds anything. Spans end where the last row and column begin.</summary>
    public Table? Build(string place = "")
    {
        if (!cells.Exists(cell => cell.Blocks.Count > 0))
        {
            return null;
        }

        var (height, width) = (row + 1, cells.Max(cell => cell.Column) + 1);
        var built = new List<Cell>(cells.Count);
        foreach (var cell in cells)
        {
            var (rows, columns) = (Math.Min(cell.Rows, height - cell.Row), Math.Min(cell.Columns, width - cell.Column));
            draft.CountCell(((long)rows * columns) - 1);
            built.Add(new(cell.Row, cell.Column, rows, columns, cell.Blocks));
        }

        return new(height, width, built, place);
    }
}
