using Rectify.Dispatch;
using Rectify.Reading;
using Rectify.Tasks;

namespace Rectify.Workbooks;

/// <summary>Compares a workbook that came back with what stands now: what it changes, what is wrong in which cell, what is no longer as it shows.</summary>
internal sealed class BookReckoning
{
    private const int LongestText = 4_000;
    private const int LongestReason = 500;

    private readonly ReturnBook now;
    private readonly FilledBook filled;
    private readonly DateOnly today;
    private readonly Dictionary<string, ReturnView.Line> lines;
    private readonly Dictionary<(BookSheet Sheet, int Line, Guid Item), string> keys = [];
    private readonly HashSet<(BookSheet, BookColumn)> missing = [];

    /// <param name="now">As a workbook downloaded now would be, in the language of the one that came back.</param>
    /// <param name="today">Nodes are not reached after it.</param>
    public BookReckoning(ReturnBook now, FilledBook filled, DateOnly today)
    {
        (this.now, this.filled, this.today) = (now, filled, today);
        lines = now.View.Lines.ToDictionary(line => $"{line.Row.No}");
        foreach (var (sheet, (key, item)) in filled.Memory.Figures.Select(one => (BookSheet.Figures, one)).Concat(filled.Memory.Measures.Select(one => (BookSheet.Measures, one))))
        {
            if (Of(key) is { } line)
            {
                keys.TryAdd((sheet, line.Row.No, item), key);
            }
        }

        Rows();
        Given();
        foreach (var line in now.View.Lines)
        {
            Line(line);
        }
    }

    public List<CellFault> Errors { get; } = [];

    public List<CellFault> Notices { get; } = [];

    public List<TakenLine> Lines { get; } = [];

    /// <summary>Lines that were changed since the workbook was made and that it states otherwise, with the version that it shows.</summary>
    public List<(ReturnView.Line Line, int Version)> Stale { get; } = [];

    /// <summary>What locked cells say that the plan says otherwise now, by line.</summary>
    public List<(ReturnView.Line Line, FieldDifference Change)> Moved { get; } = [];

    private void Rows()
    {
        Errors.AddRange(filled.Doubled.Select(row => new CellFault(row.Sheet.Name, row.NameOf(BookColumn.No), row[BookColumn.No]?.Text ?? "", "twice")));
        Notices.AddRange(filled.Strays.Select(row =>
        {
            var cell = row.Stray!;
            return new CellFault(row.Sheet.Name, cell.Name, cell.Text, "stray");
        }));
        foreach (var (sheet, keys) in new[]
        {
            (BookSheet.Lines, filled.Memory.Lines.Keys), (BookSheet.Figures, filled.Memory.Figures.Keys), (BookSheet.Nodes, filled.Memory.Nodes.Keys), (BookSheet.Measures, filled.Memory.Measures.Keys),
        })
        {
            var name = filled.Sheets.FirstOrDefault(one => one.Sheet == sheet)?.Name ?? now.Words[$"workbook.sheet.{sheet}"];
            Errors.AddRange(keys.Where(key => !filled.Rows.ContainsKey((sheet, key))).Select(key => new CellFault(name, "A1", "", "no-row", BookRow.LineOf(key))));
        }
    }

    // Locked cells are compared with what the workbook remembers of them; whoever unlocked a sheet and changed one learns which.
    private void Given()
    {
        var standing = now.Tables.SelectMany(table => table.Rows.Select(row => (table.Sheet, row.Key, row))).ToDictionary(row => (row.Sheet, row.Key), row => row.row);
        var byItem = standing.Values.Where(row => row.Figure is not null || row.Measure is not null)
            .ToDictionary(row => (Sheet: row.Figure is null ? BookSheet.Measures : BookSheet.Figures, row.Line.Row.No, (row.Figure?.Quantity ?? row.Measure!.Measure).Id));
        foreach (var given in filled.Memory.Given)
        {
            if (!filled.Rows.TryGetValue((given.Sheet, given.Key), out var row))
            {
                continue;
            }

            var cell = row[given.Column];
            if (Shown(cell) is var shown && shown != given.Text)
            {
                Errors.Add(new(row.Sheet.Name, row.NameOf(given.Column), cell?.Text ?? "", given.Text.Length == 0 ? "locked-empty" : "locked", given.Text));
            }
            else if (BookColumns.Meaning.Contains(given.Column) && Of(given.Key) is { } line)
            {
                // A figure or measure added before it moves the numbers in the keys, not what they are about.
                var one = given.Sheet switch
                {
                    BookSheet.Figures => byItem.GetValueOrDefault((given.Sheet, line.Row.No, filled.Memory.Figures.GetValueOrDefault(given.Key))),
                    BookSheet.Measures => byItem.GetValueOrDefault((given.Sheet, line.Row.No, filled.Memory.Measures.GetValueOrDefault(given.Key))),
                    BookSheet.Lines or BookSheet.Nodes => standing.GetValueOrDefault((given.Sheet, given.Key)),
                };
                var stands = one is null ? "" : ReturnBook.Plain(one.Cells[given.Column].Value);
                var change = new FieldDifference(one is null ? "gone" : $"given.{given.Column}", "", given.Text, stands);
                if (stands != given.Text && !Moved.Contains((line, change)))
                {
                    Moved.Add((line, change));
                }
            }
        }
    }

    private void Line(ReturnView.Line line)
    {
        if (!filled.Memory.Lines.TryGetValue($"{line.Row.No}", out var known) || known.Line != line.Row.Id || !filled.Rows.TryGetValue((BookSheet.Lines, $"{line.Row.No}"), out var row))
        {
            return;
        }

        var (asked, stored, before) = (line.Asked, line.Stated, Errors.Count);
        var stated = stored with
        {
            Work = Text(row, BookColumn.Work, LongestText),
            Problems = Text(row, BookColumn.Problems, LongestText),
            NextSteps = Text(row, BookColumn.Next, LongestText),
            Percent = asked.AsksPercent ? Percent(row) : null,
            PercentReason = asked.AsksPercent ? Text(row, BookColumn.PercentReason, LongestReason) : stored.PercentReason,
            Figures = [.. asked.Figures.Select(figure => Figure(line, figure))],
            Nodes = [.. asked.Nodes.Select(node => Node(line, node)).OfType<StatedNode>()],
            Measures = [.. asked.Measures.Select(measure => Measure(line, measure)).OfType<StatedMeasure>()],
        };
        var done = CellValues.Choice(row[BookColumn.Checked], out var fault);
        Fault(row, BookColumn.Checked, fault);
        if (Errors.Count > before)
        {
            return;
        }

        var changes = LineDifference.Of(asked, stored, stated, line.Pieces);
        if (changes.Count == 0 && (line.Row.Filled || !done))
        {
            return;
        }

        if (known.Version != line.Row.Version)
        {
            Stale.Add((line, known.Version));
            return;
        }

        // Where nothing but spaces differs, what is stored stays as it is.
        stated = stated with
        {
            Work = Kept(stored.Work, stated.Work),
            Problems = Kept(stored.Problems, stated.Problems),
            NextSteps = Kept(stored.NextSteps, stated.NextSteps),
            PercentReason = Kept(stored.PercentReason, stated.PercentReason),
        };
        Lines.Add(new(line, stated, changes, [.. LineCheck.Faults(asked, stated, today).Select(rule => Rule(line, rule))]));
    }

    private StatedFigure Figure(ReturnView.Line line, AskedFigure asked)
    {
        var stored = LineDifference.Of(line.Stated, asked);
        if (!filled.Rows.TryGetValue((BookSheet.Figures, KeyOf(line, BookSheet.Figures, asked.Quantity)), out var row))
        {
            return stored;
        }

        var corrects = asked.Frozen is not null && row.Sheet.Columns.ContainsKey(BookColumn.Corrects);
        return new(
            asked.Quantity.Id, Number(row, BookColumn.Value, asked.Quantity), Kept(stored.Reason, Text(row, BookColumn.Reason, LongestReason)),
            corrects ? Number(row, BookColumn.Corrects, asked.Quantity) : stored.Corrects,
            corrects ? Kept(stored.CorrectsReason, Text(row, BookColumn.CorrectsReason, LongestReason)) : stored.CorrectsReason);
    }

    private StatedNode? Node(ReturnView.Line line, ItemMilestone node)
    {
        if (!filled.Rows.TryGetValue((BookSheet.Nodes, $"{line.Row.No}n{node.No}"), out var row))
        {
            return line.Stated.Nodes.FirstOrDefault(one => one.No == node.No);
        }

        var (reached, day) = Done(row, BookColumn.Reached, BookColumn.On);
        return reached ? new(node.No, day) : null;
    }

    private StatedMeasure? Measure(ReturnView.Line line, AskedMeasure asked)
    {
        if (!filled.Rows.TryGetValue((BookSheet.Measures, KeyOf(line, BookSheet.Measures, asked.Measure)), out var row))
        {
            return line.Stated.Measures.FirstOrDefault(one => one.Measure == asked.Measure.Id);
        }

        var (done, day) = Done(row, BookColumn.Done, BookColumn.DoneOn);
        return done ? new(asked.Measure.Id, day) : null;
    }

    private (bool Done, DateOnly? On) Done(FilledRow row, BookColumn whether, BookColumn when)
    {
        var done = CellValues.Choice(row[whether], out var fault);
        Fault(row, whether, fault);
        var day = CellValues.Day(row[when], out var wrong);
        Fault(row, when, wrong);
        if (!done && day is not null && fault is null)
        {
            Errors.Add(new(row.Sheet.Name, row.NameOf(whether), row[whether]?.Text ?? "", "day-alone", row[when]!.Text, now.Head(whether)));
        }

        return (done, day);
    }

    private int? Percent(FilledRow row)
    {
        var percent = CellValues.Number(row[BookColumn.Percent], 0, "%", out var fault);
        Fault(row, BookColumn.Percent, fault is null && percent is not (null or (>= 0 and <= 100)) ? "percent" : fault is "number" or "decimals" ? "percent" : fault);
        return (int?)percent;
    }

    private long? Number(FilledRow row, BookColumn column, Item quantity)
    {
        var number = CellValues.Number(row[column], quantity.QuantityScale, quantity.QuantityUnit, out var fault);
        Fault(row, column, fault, quantity.QuantityScale, quantity.QuantityUnit);
        return number;
    }

    private string Text(FilledRow row, BookColumn column, int longest)
    {
        var text = CellValues.Text(row[column], longest, out var fault);
        Fault(row, column, fault, longest);
        return text;
    }

    private void Fault(FilledRow row, BookColumn column, string? fault, params object?[] arguments)
    {
        if (fault is not null)
        {
            Errors.Add(new(row.Sheet.Name, row.NameOf(column), row[column]?.Text ?? "", fault, arguments));
        }
        else if (!row.Sheet.Columns.ContainsKey(column) && missing.Add((row.Sheet.Sheet, column)))
        {
            Errors.Add(new(row.Sheet.Name, "A1", "", "no-column", now.Head(column)));
        }
    }

    private RuleFault Rule(ReturnView.Line line, LineFault rule)
    {
        // What lacks its reason is mended where the reason is given.
        var (sheet, key, column) = rule.Field switch
        {
            "work" => (BookSheet.Lines, $"{line.Row.No}", BookColumn.Work),
            "problems" => (BookSheet.Lines, $"{line.Row.No}", BookColumn.Problems),
            "percent" => (BookSheet.Lines, $"{line.Row.No}", rule.Key == "percent-falls" ? BookColumn.PercentReason : BookColumn.Percent),
            ['f', ..] => (BookSheet.Figures, KeyOf(line, BookSheet.Figures, rule.Figure!.Quantity), rule.Key == "figure" ? BookColumn.Value : BookColumn.Reason),
            ['c', ..] => (BookSheet.Figures, KeyOf(line, BookSheet.Figures, rule.Figure!.Quantity), BookColumn.CorrectsReason),
            ['t', .. var no] => (BookSheet.Nodes, $"{line.Row.No}n{no}", BookColumn.On),
            ['m', .. var no] => (BookSheet.Measures, KeyOf(line, BookSheet.Measures, line.Asked.Measures.First(one => $"{one.No}" == no).Measure), BookColumn.DoneOn),
            _ => (BookSheet.Lines, $"{line.Row.No}", BookColumn.No),
        };
        return filled.Rows.TryGetValue((sheet, key), out var row) ? new(row.Sheet.Name, row.NameOf(column), rule) : new("", "", rule);
    }

    private ReturnView.Line? Of(string key) => lines.GetValueOrDefault(BookRow.LineOf(key));

    private string KeyOf(ReturnView.Line line, BookSheet sheet, Item of) => keys.GetValueOrDefault((sheet, line.Row.No, of.Id), "");

    private static string Kept(string stored, string stated) => ReturnBook.Plain(stored) == ReturnBook.Plain(stated) ? stored : stated;

    private static string Shown(SheetCell? cell) => cell switch
    {
        null => "",
        { Number: { } number } when Math.Abs(number) < 1e15 => ReturnBook.Plain((decimal)number),
        { Day: { } day } => ReturnBook.Plain(day),
        _ => ReturnBook.Plain(cell.Text),
    };
}
