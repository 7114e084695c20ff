using Rectify.Platform;
using Rectify.Reading;

namespace Rectify.Workbooks;

/// <summary>A row of a workbook that came back.</summary>
internal sealed class FilledRow(FilledSheet sheet, int row, IReadOnlyDictionary<int, SheetCell> cells)
{
    public FilledSheet Sheet => sheet;

    /// <summary>What stands in a column; <see langword="null"/> where nothing does, or there is no such column.</summary>
    public SheetCell? this[BookColumn column] => sheet.Columns.TryGetValue(column, out var at) ? cells.GetValueOrDefault(at) : null;

    /// <summary>The cell of a column, as <c>F7</c>; of the first column where there is no such column.</summary>
    public string NameOf(BookColumn column) => SheetCell.NameOf(row, sheet.Columns.TryGetValue(column, out var at) ? at : 0);

    /// <summary>Of the first filled cell that can be filled in: the row has no key, so nobody knows what it is about.</summary>
    public SheetCell? Stray => sheet.Columns.Where(column => column.Key.IsInput).OrderBy(column => column.Value).Select(column => cells.GetValueOrDefault(column.Value)).FirstOrDefault(cell => cell is not null);
}

/// <summary>A sheet of a workbook that came back, found by its hidden row and not by its name.</summary>
/// <param name="Columns">Where each column stands now, from 0.</param>
internal sealed record FilledSheet(BookSheet Sheet, string Name, IReadOnlyDictionary<BookColumn, int> Columns);

/// <summary>A workbook that came back: its cells by row and column, wherever they were moved to.</summary>
internal sealed class FilledBook
{
    /// <summary>Largest file: a return of 300 items has a tenth of a MiB.</summary>
    public const long LargestFile = 8 * 1_048_576;

    private static readonly ReadingLimits Limits = new() { FileBytes = LargestFile, UnpackedBytes = 64L << 20, PartCharacters = 32L << 20, Cells = 300_000 };

    public required BookMemory Memory { get; init; }

    public required IReadOnlyList<FilledSheet> Sheets { get; init; }

    /// <summary>By sheet and key; with several of one key, the first.</summary>
    public required IReadOnlyDictionary<(BookSheet Sheet, string Key), FilledRow> Rows { get; init; }

    /// <summary>Rows that bear the key of an earlier one.</summary>
    public required IReadOnlyList<FilledRow> Doubled { get; init; }

    /// <summary>Rows with something filled in that bear no known key.</summary>
    public required IReadOnlyList<FilledRow> Strays { get; init; }

    /// <exception cref="Refusal">422: no workbook, damaged, with macros, or none of ours. No other exception leaves.</exception>
    public static FilledBook Read(Stream content, string name, CancellationToken ct)
    {
        var all = WorkbookCells.Read(content, name, Limits, ct);
        var memory = BookMemory.Read(all);
        var (sheets, rows, doubled, strays) =
            (new List<FilledSheet>(), new Dictionary<(BookSheet, string), FilledRow>(), new List<FilledRow>(), new List<FilledRow>());
        foreach (var cells in all)
        {
            if (cells.Cells.FirstOrDefault(cell => Kind(cell) is not null) is not { } mark || sheets.Exists(sheet => sheet.Sheet == Kind(mark)))
            {
                continue;
            }

            var columns = new Dictionary<BookColumn, int>();
            foreach (var cell in cells.Cells.Where(cell => cell.Row == mark.Row && cell != mark))
            {
                if (Enum.TryParse<BookColumn>(cell.Text, out var column) && Enum.IsDefined(column) && $"{column}" == cell.Text)
                {
                    columns.TryAdd(column, cell.Column);
                }
            }

            var sheet = new FilledSheet(Kind(mark)!.Value, cells.Name, columns);
            sheets.Add(sheet);
            foreach (var group in cells.Cells.Where(cell => cell.Row > mark.Row).GroupBy(cell => cell.Row).OrderBy(group => group.Key))
            {
                var byColumn = group.GroupBy(cell => cell.Column).ToDictionary(one => one.Key, one => one.First());
                var key = byColumn.GetValueOrDefault(mark.Column)?.Text ?? "";
                var row = new FilledRow(sheet, group.Key, byColumn);
                if (key == BookWriter.HeadKey)
                {
                    continue;
                }

                if (!IsKey(memory, sheet.Sheet, key))
                {
                    if (row.Stray is not null)
                    {
                        strays.Add(row);
                    }
                }
                else if (!rows.TryAdd((sheet.Sheet, key), row))
                {
                    doubled.Add(row);
                }
            }
        }

        return sheets.Count == 0
            ? throw Refusal.Invalid("workbook.not-ours", "This is no workbook that was downloaded here.")
            : new() { Memory = memory, Sheets = sheets, Rows = rows, Doubled = doubled, Strays = strays };
    }

    private static BookSheet? Kind(SheetCell cell) => cell.Text switch
    {
        BookWriter.MarkOfLines => BookSheet.Lines,
        BookWriter.MarkOfFigures => BookSheet.Figures,
        BookWriter.MarkOfNodes => BookSheet.Nodes,
        BookWriter.MarkOfMeasures => BookSheet.Measures,
        _ => null,
    };

    private static bool IsKey(BookMemory memory, BookSheet sheet, string key) => sheet switch
    {
        BookSheet.Lines => memory.Lines.ContainsKey(key),
        BookSheet.Figures => memory.Figures.ContainsKey(key),
        BookSheet.Nodes => memory.Nodes.ContainsKey(key),
        BookSheet.Measures => memory.Measures.ContainsKey(key),
    };
}
