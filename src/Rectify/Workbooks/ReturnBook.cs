using System.Globalization;
using Rectify.Dispatch;
using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Reading;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Workbooks;

/// <summary>One row of a sheet that is filled in.</summary>
/// <param name="Key">Stands in the hidden first column: <c>3</c> for the third line, <c>3f2</c> for its second figure, <c>3n1</c> for its node 1, <c>3m4</c> for its measure 4.</param>
internal sealed record BookRow(string Key, ReturnView.Line Line, IReadOnlyDictionary<BookColumn, BookCell> Cells)
{
    public AskedFigure? Figure { get; init; }

    public int? Node { get; init; }

    public AskedMeasure? Measure { get; init; }

    /// <summary>The line's number in a key.</summary>
    public static string LineOf(string key) => key.Split('f', 'n', 'm')[0];
}

/// <summary>One sheet that is filled in.</summary>
internal sealed record BookTable(BookSheet Sheet, IReadOnlyList<BookColumn> Columns, IReadOnlyList<BookRow> Rows);

/// <summary>A unit's return as a workbook (填报表): what it says and what it asks, before it is written as a file.</summary>
internal sealed class ReturnBook
{
    private readonly Words words;

    private ReturnBook(ReturnView view, Words words) => (View, this.words) = (view, words);

    public ReturnView View { get; }

    /// <summary>Only sheets on which something is asked.</summary>
    public required IReadOnlyList<BookTable> Tables { get; init; }

    public string Title => words["workbook.title", words.Title(View.Round)];

    public string Facts => words["workbook.facts", View.Unit, View.Programme.ShortName, View.Round.DueOn];

    public Words Words => words;

    public static ReturnBook Of(ReturnView view, Words words)
    {
        var (lines, figures, nodes, measures) = (new List<BookRow>(), new List<BookRow>(), new List<BookRow>(), new List<BookRow>());
        foreach (var line in view.Lines)
        {
            lines.Add(Line(line, words));
            figures.AddRange(line.Asked.Figures.Index().Select(one => Figure(line, one.Item, one.Index + 1, words)));
            nodes.AddRange(line.Asked.Nodes.Select(node => Node(line, node, words)));
            measures.AddRange(line.Asked.Measures.Select(measure => Measure(line, measure, words)));
        }

        var percent = view.Lines.Any(line => line.Asked.AsksPercent);
        var corrects = figures.Exists(row => row.Figure!.Frozen is not null);
        BookTable[] tables =
        [
            new(BookSheet.Lines, [.. Columns(BookColumn.No, BookColumn.Checked).Where(column => percent || column is not (BookColumn.PercentBefore or BookColumn.Percent or BookColumn.PercentReason))], lines),
            new(BookSheet.Figures, [BookColumn.No, BookColumn.Item, .. Columns(BookColumn.Figure, corrects ? BookColumn.CorrectsReason : BookColumn.Reason)], figures),
            new(BookSheet.Nodes, [BookColumn.No, BookColumn.Item, .. Columns(BookColumn.Node, BookColumn.On)], nodes),
            new(BookSheet.Measures, [BookColumn.No, BookColumn.Item, .. Columns(BookColumn.Measure, BookColumn.DoneOn)], measures),
        ];
        return new(view, words) { Tables = [.. tables.Where(table => table.Sheet is BookSheet.Lines || table.Rows.Count > 0)] };
    }

    /// <summary>A figure kept as a whole number, as a cell holds it.</summary>
    public static decimal? AtScale(long? value, Item quantity) => value is { } figure ? ItemDerivation.AtScale(figure, quantity.QuantityScale) : null;

    /// <summary>A given cell as text, the same whatever program saved the file.</summary>
    public static string Plain(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Plain(value.ToString()!),
    };

    /// <summary>A text without the differences that office programs make on their own: kinds and numbers of spaces, line ends, signs that nobody sees.</summary>
    public static string Plain(string text) => string.Join(
        ' ', Draft.Tidy(CleanText.Of(text)).Split([' ', '\n', '\t', '\u00a0', '\u3000'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The head of a column: 3月底累计.</summary>
    public string Head(BookColumn column) => words[$"workbook.column.{column}", words.Name(View.Round.Period)];

    private static IEnumerable<BookColumn> Columns(BookColumn first, BookColumn last) =>
        Enum.GetValues<BookColumn>().Where(column => column >= first && column <= last);

    private static BookRow Line(ReturnView.Line line, Words words)
    {
        var (asked, stated) = (line.Asked, line.Stated);
        return new($"{line.Row.No}", line, new Dictionary<BookColumn, BookCell>
        {
            [BookColumn.No] = BookCell.Given((decimal)line.Row.No),
            [BookColumn.Item] = BookCell.Given(words.Heading(asked.Item)),
            [BookColumn.Deadline] = BookCell.Given(asked.Item.DeadlineText),
            [BookColumn.Light] = BookCell.Given(words[asked.Light is Light.None ? "light.none" : $"light.{asked.Light.ToString().ToLowerInvariant()}.long"]),
            [BookColumn.PercentBefore] = BookCell.Last(asked.AsksPercent ? (decimal?)asked.PercentBefore : null),
            [BookColumn.Percent] = asked.AsksPercent ? BookCell.Input((decimal?)stated.Percent) : BookCell.NotAsked,
            [BookColumn.PercentReason] = asked.AsksPercent ? BookCell.Input(stated.PercentReason) : BookCell.NotAsked,
            [BookColumn.Work] = BookCell.Input(stated.Work),
            [BookColumn.Problems] = BookCell.Input(stated.Problems),
            [BookColumn.Next] = BookCell.Input(stated.NextSteps),
            [BookColumn.Evidence] = BookCell.Given(string.Join('\n', line.Pieces.Select(piece => piece.Withdrawn ? words["workbook.piece.withdrawn", piece.Title] : piece.Title))),
            [BookColumn.Checked] = BookCell.Input(line.Row.Filled ? words["workbook.yes"] : null),
        });
    }

    private static BookRow Figure(ReturnView.Line line, AskedFigure asked, int no, Words words)
    {
        var (quantity, stated) = (asked.Quantity, line.Stated.Figures.FirstOrDefault(one => one.Quantity == asked.Quantity.Id));
        var frozen = asked.Frozen is not null;
        return new($"{line.Row.No}f{no}", line, new Dictionary<BookColumn, BookCell>
        {
            [BookColumn.No] = BookCell.Given((decimal)line.Row.No),
            [BookColumn.Item] = BookCell.Given(words.Heading(line.Asked.Item)),
            [BookColumn.Figure] = BookCell.Given(quantity.QuantityName),
            [BookColumn.Unit] = BookCell.Given(quantity.QuantityUnit),
            [BookColumn.Target] = BookCell.Given(AtScale(quantity.QuantityTarget, quantity)),
            [BookColumn.Before] = BookCell.Last(AtScale(asked.Before, quantity)),
            [BookColumn.Value] = BookCell.Input(AtScale(stated?.Value, quantity)),
            [BookColumn.Reason] = BookCell.Input(stated?.Reason),
            [BookColumn.Frozen] = BookCell.Last(AtScale(asked.Frozen, quantity)),
            [BookColumn.Corrects] = frozen ? BookCell.Input(AtScale(stated?.Corrects, quantity)) : BookCell.NotAsked,
            [BookColumn.CorrectsReason] = frozen ? BookCell.Input(stated?.CorrectsReason) : BookCell.NotAsked,
        })
        {
            Figure = asked,
        };
    }

    private static BookRow Node(ReturnView.Line line, ItemMilestone node, Words words)
    {
        var stated = line.Stated.Nodes.FirstOrDefault(one => one.No == node.No);
        return new($"{line.Row.No}n{node.No}", line, new Dictionary<BookColumn, BookCell>
        {
            [BookColumn.No] = BookCell.Given((decimal)line.Row.No),
            [BookColumn.Item] = BookCell.Given(words.Heading(line.Asked.Item)),
            [BookColumn.Node] = BookCell.Given(node.Text),
            [BookColumn.Due] = BookCell.Given(words.Day(node.Due)),
            [BookColumn.Reached] = BookCell.Input(stated is null ? null : words["workbook.yes"]),
            [BookColumn.On] = BookCell.Input(stated?.On),
        })
        {
            Node = node.No,
        };
    }

    private static BookRow Measure(ReturnView.Line line, AskedMeasure asked, Words words)
    {
        var stated = line.Stated.Measures.FirstOrDefault(one => one.Measure == asked.Measure.Id);
        return new($"{line.Row.No}m{asked.No}", line, new Dictionary<BookColumn, BookCell>
        {
            [BookColumn.No] = BookCell.Given((decimal)line.Row.No),
            [BookColumn.Item] = BookCell.Given(words.Heading(line.Asked.Item)),
            [BookColumn.Measure] = BookCell.Given($"{asked.Measure.NumberText} {asked.Measure.Title}"),
            [BookColumn.MeasureDue] = BookCell.Given(asked.Measure.DueOn is { } due ? words.Day(due) : null),
            [BookColumn.Done] = BookCell.Input(stated is null ? null : words["workbook.yes"]),
            [BookColumn.DoneOn] = BookCell.Input(stated?.On),
        })
        {
            Measure = asked,
        };
    }
}
