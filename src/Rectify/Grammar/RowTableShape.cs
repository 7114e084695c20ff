namespace Rectify.Grammar;

/// <summary>A table with a header: each row, or each group of rows under one merged number or problem, is an item.</summary>
/// <remarks>One reader goes through all tables of a sheet, because a table is often cut by the end of a page.</remarks>
internal sealed class RowTableShape
{
    private readonly record struct Column(Field Field, Stretch Label, bool Known);

    private readonly List<ItemParts> items = [];
    private readonly TableRows rows = new();
    private Column[] columns = [];
    private ItemParts? item;
    private string problem = "";
    private bool begun;
    private Stretch section = Stretch.Empty;
    private bool unreadSaid;

    // The finding whose tasks are read, where the table has findings and tasks.
    private Stretch finding = Stretch.Empty;
    private Stretch findingNumber = Stretch.Empty;

    /// <summary>Whether a table has a header that this shape knows, or goes on from the table before.</summary>
    public bool Fits(Grid grid) => TableHeader.Find(grid) is not null || (columns.Length > 1 && columns.Length == grid.Columns && grid.Rows > 0);

    /// <summary>Forgets the header, as at the beginning of a sheet.</summary>
    public void Reset() => (columns, finding, findingNumber) = ([], Stretch.Empty, Stretch.Empty);

    /// <summary>The items read so far; those of tables that follow come anew.</summary>
    public List<ItemParts> Take()
    {
        Finish();
        List<ItemParts> taken = [.. items];
        items.Clear();
        return taken;
    }

    public void Read(Grid grid)
    {
        // A row number counts within one table; an item that goes on from the table before keeps its place first.
        var row = 0;
        if (TableHeader.Find(grid) is { } header)
        {
            row = Name(grid, header);
        }

        var offset = rows.End;
        for (; row < grid.Rows; row++)
        {
            if (TableHeader.Is(grid, row))
            {
                row = Name(grid, row) - 1;
                continue;
            }

            var cells = grid.Starting(row).Where(cell => !cell.Text.IsBlank).ToList();
            if (cells.Count == 0 || IsNumbering(cells) || IsAside(grid, cells, row))
            {
                continue;
            }

            var another = IsOtherFinding(grid, row);
            if (Begins(grid, row, another))
            {
                Finish();
                offset = 0;
                item = Begin(grid, row);
                (problem, begun) = ("", true);
            }

            Take(grid, row, row + offset);
        }
    }

    // Names the columns from one or two header rows; gives the first row below them.
    private int Name(Grid grid, int header)
    {
        var below = header + Math.Clamp(grid.Starting(header).Max(cell => cell.RowSpan), 1, 3);
        if (below == header + 1 && below < grid.Rows && TableHeader.IsSecond(grid, header, below))
        {
            below++;
        }

        var named = new Column[grid.Columns];
        for (var column = 0; column < grid.Columns; column++)
        {
            var path = new List<GridCell>();
            for (var row = header; row < Math.Min(below, grid.Rows); row++)
            {
                if (grid[row, column] is { Text.IsBlank: false } cell && !path.Contains(cell))
                {
                    path.Add(cell);
                }
            }

            var field = Labels.OfColumn([.. path.Select(cell => cell.Text.Folded)]);
            field = field == Field.End ? Field.Other : field; // 联系人 of each item, and no end of the document
            named[column] = new(field ?? Field.Other, path.Count > 0 ? path[^1].Text : Stretch.Empty, field is not null || path.Count == 0);
        }

        // 反馈问题 | 序号 | 整改措施: the number counts the measures.
        var text = Array.FindIndex(named, column => column.Field == Field.Problem);
        for (var column = 1; text >= 0 && column < grid.Columns - 1; column++)
        {
            if (named[column].Field == Field.Number && text < column && named[column + 1].Field == Field.Measures && HasSeveral(grid, below, text, column))
            {
                named[column] = named[column] with { Field = Field.MeasureNumber };
            }
        }

        // 工作进展 split into 进展情况 and 存在问题: what is still wrong is no problem that was found.
        for (var column = 1; column < grid.Columns; column++)
        {
            if (named[column] is { Field: Field.Problem } later && later.Label.Folded.Trim().StartsWith("存在", StringComparison.Ordinal)
                && named[column - 1].Field == Field.Result && named.Take(column).Any(earlier => earlier.Field == Field.Problem))
            {
                named[column] = later with { Field = Field.Other };
            }
        }

        if (Findings.In(grid, below, [.. named.Select(column => (column.Field, column.Label.Folded))]) is { } found)
        {
            named[found.Finding] = named[found.Finding] with { Field = Field.Finding };
            named[found.Task] = named[found.Task] with { Field = Field.Problem };
            foreach (var number in found.Numbers)
            {
                named[number] = named[number] with { Field = Field.FindingNumber };
            }
        }
        else if (HasFindings && columns.Select(column => column.Label.Folded).SequenceEqual(named.Select(column => column.Label.Folded)))
        {
            return below; // the header again on the next page, where no finding happens to have several tasks
        }

        columns = named;
        return below;
    }

    // Whether a text goes on beside several numbers.
    private static bool HasSeveral(Grid grid, int below, int text, int number)
    {
        for (var row = below + 1; row < Math.Min(grid.Rows, below + 1000); row++)
        {
            if (grid[row, number] is { Text.IsBlank: false } cell && cell.Row == row && (grid[row, text] is not { Text.IsBlank: false } beside || beside.Row < row || beside.Text.Folded == grid[row - 1, text]?.Text.Folded))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasFindings => Array.Exists(columns, column => column.Field == Field.Finding);

    // A merged or repeated cell holds the finding, and one left blank below it holds the same.
    private bool IsOtherFinding(Grid grid, int row)
    {
        var other = CellOf(grid, row, Field.Finding, out _) is { } cell && cell.Text.Folded != finding.Folded;
        if (other)
        {
            (finding, findingNumber) = (CellOf(grid, row, Field.Finding, out _)!.Text, Stretch.Empty);
        }

        findingNumber = CellOf(grid, row, Field.FindingNumber, out _)?.Text ?? findingNumber;
        return other;
    }

    private ItemParts Begin(Grid grid, int row)
    {
        var begun = new ItemParts { Section = section };
        if (HasFindings && CellOf(grid, row, Field.Problem, out _) is not null)
        {
            (begun.Finding, begun.FindingNumber) = (finding, findingNumber);
        }
        else if (HasFindings)
        {
            begun.Fields.Add(new(Field.Problem, Stretch.Empty, finding)); // no task was made of it
            begun.Number = findingNumber;
        }

        return begun;
    }

    // The row 1 2 3 4 … that some forms have below the header.
    private static bool IsNumbering(List<GridCell> cells) =>
        cells.Count > 2 && cells.Select((cell, i) => ChineseNumber.Parse(cell.Text.Folded.Trim().Trim('(', ')')) == i + 1).All(same => same);

    // Section rows, sums and notes.
    private bool IsAside(Grid grid, List<GridCell> cells, int row)
    {
        var first = cells[0];
        var text = first.Text.Folded.Trim();
        if (text.StartsWith("合计", StringComparison.Ordinal) || text.StartsWith("总计", StringComparison.Ordinal) || text.StartsWith("小计", StringComparison.Ordinal))
        {
            return true;
        }

        if (cells.Count > 1 || first.Column != 0 || (first.ColumnSpan == 1 && grid.Columns > 1 && (OtherCells(grid, row) || ChineseNumber.Parse(text) is not null)))
        {
            return false;
        }

        var note = text.StartsWith('注') || text.StartsWith("备注", StringComparison.Ordinal) || text.StartsWith("说明", StringComparison.Ordinal) || text.StartsWith('填')
            || text.StartsWith("联系人", StringComparison.Ordinal) || text.StartsWith("审核", StringComparison.Ordinal);
        if (!note && text.Length <= 60)
        {
            section = first.Text;
        }

        return first.ColumnSpan > 1 || text.Length <= 60 || note;
    }

    private static bool OtherCells(Grid grid, int row)
    {
        for (var column = 1; column < grid.Columns; column++)
        {
            if (grid[row, column] is { Text.IsBlank: false } cell && cell.Row < row)
            {
                return true;
            }
        }

        return false;
    }

    private bool Begins(Grid grid, int row, bool another)
    {
        if (item is null)
        {
            return true;
        }

        var number = CellOf(grid, row, Field.Number, out var numberStarts);
        var text = CellOf(grid, row, Field.Problem, out var problemStarts);
        if (HasFindings && (text is null || (number is null && text.Text.Folded == problem)))
        {
            return another; // a finding without a task, or a task that goes on
        }

        if (number is null && text is null)
        {
            return !Array.Exists(columns, column => column.Field is Field.Number or Field.Problem)
                || (!Array.Exists(columns, column => column.Field == Field.Problem) && numberStarts);
        }

        // Number and problem repeated in every row instead of merged.
        if (numberStarts && problemStarts && number is not null && text is not null
            && number.Text.Folded == item.Number.Folded && text.Text.Folded == problem)
        {
            return false;
        }

        if (!Array.Exists(columns, column => column.Field == Field.Problem))
        {
            return numberStarts;
        }

        // A number without a problem counts a measure, unless the row says more than measures do.
        if (text is null && numberStarts)
        {
            return grid.Starting(row).Any(cell => !cell.Text.IsBlank && cell.Column < columns.Length && IsItemLevel(columns[cell.Column].Field));
        }

        // A merged number holds several problems together; numbers below one merged problem count its measures.
        return problemStarts && (number is null || numberStarts || text!.Text.Folded != problem) && !(number is not null && !numberStarts);
    }

    private static bool IsItemLevel(Field field) => !TableRows.IsUnit(field) && field is not (Field.Number or Field.MeasureNumber or Field.Measures or Field.Deadline or Field.Persons);

    private GridCell? CellOf(Grid grid, int row, Field field, out bool starts)
    {
        starts = false;
        for (var column = 0; column < Math.Min(columns.Length, grid.Columns); column++)
        {
            if (columns[column].Field == field && grid[row, column] is { Text.IsBlank: false } cell)
            {
                starts = cell.Row == row;
                return cell;
            }
        }

        return null;
    }

    private void Take(Grid grid, int row, int place)
    {
        var measure = new MeasureRow();
        var (isNew, now) = (begun, item!);
        begun = false;
        foreach (var cell in CellsOf(grid, row, isNew))
        {
            var column = columns[cell.Column];
            var label = column.Label;
            switch (column.Field)
            {
                case Field.Number when isNew && now.Number.IsBlank:
                    now.Number = cell.Text;
                    break;
                case Field.Number when !isNew:
                    measure.Number = cell.Text;
                    break;
                case Field.MeasureNumber:
                    measure.Number = cell.Text;
                    break;
                case Field.Number:
                    now.Fields.Add(new(Field.Other, label, cell.Text));
                    break;
                case Field.Problem when cell.Text.Folded == problem:
                    break;
                case Field.Problem:
                    problem = problem.Length == 0 ? cell.Text.Folded : problem;
                    now.Fields.Add(new(Field.Problem, label, isNew ? WithoutNumber(cell.Text) : cell.Text));
                    break;
                case Field.Measures:
                    measure.Text = Stretch.Join([measure.Text, cell.Text]);
                    break;
                case Field.Notice or Field.End or Field.Finding or Field.FindingNumber:
                    break;
                default:
                    Enter(column, label, cell, place);
                    break;
            }
        }

        rows.Add(place, measure, goesOn: !isNew);
    }

    // The cells of a row from left to right. What is merged over several items, such as one deadline, is said of each.
    private IEnumerable<GridCell> CellsOf(Grid grid, int row, bool isNew)
    {
        for (var column = 0; column < Math.Min(columns.Length, grid.Columns); column++)
        {
            if (grid[row, column] is { Text.IsBlank: false } cell && cell.Column == column)
            {
                if (cell.Row == row)
                {
                    yield return cell;
                }
                else if (isNew && columns[column].Field is not (Field.Number or Field.Problem or Field.MeasureNumber or Field.Notice or Field.End or Field.Finding or Field.FindingNumber))
                {
                    yield return cell with { RowSpan = cell.Row + cell.RowSpan - row };
                }
            }
        }
    }

    // Without a column of numbers the number stands in front of the problem: （一）….
    private Stretch WithoutNumber(Stretch text)
    {
        if (!item!.Number.IsBlank || Array.Exists(columns, column => column.Field == Field.Number) || Mark.TryRead(text.Folded, 0) is not { } mark
            || mark.Style is not (MarkStyle.HanBracket or MarkStyle.Digit or MarkStyle.DigitBracket) || mark.Rest >= text.Length || ItemBuilder.HasNext(text.Folded, mark))
        {
            return text;
        }

        item.Number = text.Slice(mark.Start, mark.End);
        return text.Slice(mark.Rest, text.Length).Trim();
    }

    private void Enter(Column column, Stretch label, GridCell cell, int place)
    {
        if (!column.Known && !unreadSaid && !label.IsBlank)
        {
            item!.Unread.Add(label.Text.Trim());
        }

        // 阶段目标 over 2023年底前 and 2024年底前: the head says when.
        var text = column.Field == Field.Milestones && DateGrammar.TryRead(label.Folded.Trim(), 0, null, out _) ? Stretch.Join([label.Trim(), cell.Text], "") : cell.Text;
        foreach (var part in CellFields.Of(column.Field, label, text))
        {
            if (part.Field == Field.Measures)
            {
                rows.Add(place, new() { Text = part.Value });
            }
            else
            {
                rows.Add(place, cell.RowSpan, part);
            }
        }
    }

    private void Finish()
    {
        if (item is null)
        {
            return;
        }

        unreadSaid |= item.Unread.Count > 0;
        rows.Settle(item);
        items.Add(item);
        item = null;
    }
}
