namespace Rectify.Reading;

/// <summary>Turns ruled tables into table blocks, and puts together those that a page's end cut in two.</summary>
internal static class PdfTables
{
    /// <summary>Adds a table, or goes on with the one before it.</summary>
    /// <param name="above">The table on the page before, if nothing but the page's end stands between.</param>
    public static void Add(PdfTable table, PdfTable? above, List<Block> blocks, string place, Draft draft)
    {
        if (above is not null && blocks is [.., Table last] && SameColumns(above, table))
        {
            blocks[^1] = GoOn(last, table, Repeated(last, table), place, draft);
        }
        else
        {
            blocks.Add(new Table(table.Rows, table.Edges.Length - 1, Cells(table, 0, 0, place, draft), place));
        }
    }

    private static Table GoOn(Table last, PdfTable table, int header, string place, Draft draft)
    {
        var added = Cells(table, header, last.Rows, place, draft);
        var first = added.Where(cell => cell.Row == last.Rows).ToList();
        var cut = first.Count > 1 && first[0] is { Column: 0, Blocks.Count: 0 };
        var wasMerged = last.At(last.Rows - 1, 0) is { RowSpan: > 1 };
        if (!cut || first.All(cell => cell.Blocks.Count == 0))
        {
            return new(last.Rows + table.Rows - header, last.Columns, [.. last.Cells, .. added], last.Place);
        }

        var cells = last.Cells.ToList();
        if (wasMerged || first[0].RowSpan > 1)
        {
            // A merged cell goes on: the empty ones below it belong to it.
            foreach (var empty in first.Where(cell => cell.Blocks.Count == 0))
            {
                if (cells.FindLastIndex(cell => Covers(cell, last.Rows - 1, empty.Column)) is var at and >= 0)
                {
                    cells[at] = cells[at] with { RowSpan = cells[at].RowSpan + empty.RowSpan };
                    added.Remove(empty);
                }
            }

            return new(last.Rows + table.Rows - header, last.Columns, [.. cells, .. added], last.Place);
        }

        if (first.Exists(cell => cell.RowSpan > 1))
        {
            return new(last.Rows + table.Rows - header, last.Columns, [.. last.Cells, .. added], last.Place);
        }

        // The last row itself was cut: its cells go on.
        foreach (var rest in first)
        {
            if (cells.FindLastIndex(cell => Covers(cell, last.Rows - 1, rest.Column)) is var at and >= 0)
            {
                cells[at] = cells[at] with { Blocks = Continued(cells[at].Blocks, rest.Blocks) };
            }

            added.Remove(rest);
        }

        return new(last.Rows + table.Rows - header - 1, last.Columns,
            [.. cells, .. added.Select(cell => cell with { Row = cell.Row - 1 })], last.Place);
    }

    private static IReadOnlyList<Block> Continued(IReadOnlyList<Block> before, IReadOnlyList<Block> rest) =>
        before is [.., Paragraph open] && rest is [Paragraph next, ..] && PdfFlow.IsUnfinished(open.Text, next.Text)
            ? [.. before.SkipLast(1), open with { Text = PdfFlow.Joined(open.Text, next.Text) }, .. rest.Skip(1)]
            : [.. before, .. rest];

    private static bool Covers(Cell cell, int row, int column) =>
        row >= cell.Row && row < cell.Row + cell.RowSpan && column >= cell.Column && column < cell.Column + cell.ColumnSpan;

    private static List<Cell> Cells(PdfTable table, int from, int offset, string place, Draft draft) =>
    [
        .. from cell in table.Cells
           where cell.Row >= @from
           select new Cell(cell.Row - @from + offset, cell.Column, cell.Rows, cell.Columns,
               [.. Paragraphs(cell).Select(text => draft.Paragraph(text, 0, place)).OfType<Paragraph>()]),
    ];

    // How many rows at the top of the next page say again what some rows near the top of the table say.
    private static int Repeated(Table last, PdfTable next)
    {
        for (var start = 0; start < Math.Min(3, last.Rows); start++)
        {
            var (same, end) = (0, 0);
            while (start + same < last.Rows && same + 1 < next.Rows && next.Cells.Where(cell => cell.Row == same).ToList() is { Count: > 0 } row
                && row.TrueForAll(cell => last.At(start + same, cell.Column) is { } before && before.Row == start + same
                    && before.RowSpan == cell.Rows && before.Text == string.Join('\n', Paragraphs(cell))))
            {
                same++;
                end = Math.Max(end, row.Max(cell => cell.Row + cell.Rows));
            }

            if (same > 0 && same == end)
            {
                return same;
            }
        }

        return 0;
    }

    private static bool SameColumns(PdfTable a, PdfTable b) =>
        a.Edges.Length == b.Edges.Length && a.Edges.Zip(b.Edges).All(pair => Math.Abs(pair.First - pair.Second) < 4);

    private static List<string> Paragraphs(PdfCell cell)
    {
        List<string> texts = [];
        var open = new List<PdfLine>();
        var label = cell.Lines.Count > 1 && cell.Lines.All(line => line.Text.Length <= 4) && cell.Lines.Any(line => line.Text.Length <= 2) && cell.Lines.Sum(line => line.Text.Length) <= 10;
        foreach (var line in cell.Lines)
        {
            if (open.Count > 0)
            {
                // A first line that is indented by two characters is not short for it.
                var indent = open.Count == 1 && open[0].Left - line.Left is var shift && shift > line.Size * 1.2 && shift < line.Size * 2.6 ? shift : 0;
                var free = cell.Right - cell.Left - (open[^1].Right - open[^1].Left) - indent;
                if (PdfFlow.Starts(open[^1], line) || (!label && free > PdfFlow.Room(line) + Math.Max(0, line.Left - open[^1].Left)))
                {
                    texts.Add(PdfFlow.Joined(open));
                    open.Clear();
                }
            }

            open.Add(line);
        }

        if (open.Count > 0)
        {
            texts.Add(PdfFlow.Joined(open));
        }

        return texts;
    }
}
