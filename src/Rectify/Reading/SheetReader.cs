using System.Globalization;

namespace Rectify.Reading;

/// <summary>Reads one sheet as a stream of rows into a table of the range that holds anything.</summary>
internal sealed class SheetReader(
    Package package, Draft draft, string name, List<string> strings, List<NumberFormat> formats, bool from1904)
{
    private readonly List<(int Row, int Column, string Text)> filled = [];
    private readonly List<(int Row, int Column, int Rows, int Columns)> merges = [];
    private readonly HashSet<int> hiddenRows = [];
    private int formulasWithoutValue;

    /// <summary>The table, or <see langword="null"/> if the sheet is empty or no worksheet.</summary>
    public Table? Read(string? path)
    {
        if (!new SheetScan(package).Run(path, Take, Merge))
        {
            return null;
        }

        Note("reading.hidden-rows", hiddenRows.Count);
        Note("reading.formulas-without-value", formulasWithoutValue);
        return filled.Count == 0 ? null : Build();
    }

    private void Take(ScannedCell cell)
    {
        formulasWithoutValue += cell.LacksValue ? 1 : 0;
        if (Draft.Tidy(cell.Shown(strings, formats, from1904)) is { Length: > 0 } text)
        {
            draft.CountCell();
            filled.Add((cell.Row, cell.Column, text));
            if (cell.InHiddenRow)
            {
                hiddenRows.Add(cell.Row);
            }
        }
    }

    private void Merge(string reference)
    {
        if (reference.Split(':') is [var from, var to] && SheetScan.Address(from) is var (top, left) && SheetScan.Address(to) is var (bottom, right)
            && bottom >= top && right >= left)
        {
            draft.CountCell();
            merges.Add((top, left, bottom - top + 1, right - left + 1));
        }
    }

    private Table Build()
    {
        // Sorted, because damaged files and some programs write rows in any order.
        filled.Sort((a, b) => (a.Row, a.Column).CompareTo((b.Row, b.Column)));
        var (rows, columns) = (new SheetAxis(filled.Select(cell => cell.Row)), new SheetAxis(filled.Select(cell => cell.Column)));
        var spans = merges.GroupBy(merge => (merge.Row, merge.Column)).ToDictionary(group => group.Key, group => group.First());

        // Only the first cell of a merged range is shown; what stands below it is not.
        var covered = new HashSet<(int Row, int Column)>();
        var cells = new List<Cell>(filled.Count);
        (int Row, int Column) before = (-1, -1);
        foreach (var (row, column, text) in filled)
        {
            var (gridRow, gridColumn) = (rows.Place(row), columns.Place(column));
            if ((row, column) == before || covered.Contains((gridRow, gridColumn)))
            {
                continue;
            }

            before = (row, column);
            var (height, width) = (1, 1);
            if (spans.TryGetValue((row, column), out var merge))
            {
                height = rows.Place(row + merge.Rows - 1) - gridRow + 1;
                width = columns.Place(column + merge.Columns - 1) - gridColumn + 1;
                draft.CountCell((long)height * width);
                covered.UnionWith(
                    from r in Enumerable.Range(gridRow, height)
                    from c in Enumerable.Range(gridColumn, width)
                    select (r, c));
            }

            var place = $"{name}!{SheetScan.ColumnName(column)}{row + 1}";
            cells.Add(new(gridRow, gridColumn, height, width, [draft.CellParagraph(text, place)]));
        }

        return new(rows.Count, columns.Count, cells, $"{name}!{SheetScan.ColumnName(columns.First)}{rows.First + 1}");
    }

    private void Note(string code, int count)
    {
        if (count > 0)
        {
            draft.Note(code, name, count.ToString(CultureInfo.InvariantCulture));
        }
    }
}
