using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rectify.Platform;
using Rectify.Platform.Text;
using Rectify.Reading;

namespace Rectify.Workbooks;

/// <summary>What a workbook remembers on its hidden sheet: whose it is, which versions of the lines it shows, and every locked cell as it was given.</summary>
/// <remarks>Rows of texts: a name, then its values. The last one seals those before it, so that an accident shows; whoever forges it gains nothing, for rights and versions are checked again.</remarks>
internal sealed record BookMemory
{
    /// <summary>The version of the format; an older product does not read a newer workbook.</summary>
    public const string Format = "1";

    public const string SheetName = "rectify";

    /// <summary>Columns that a row can have.</summary>
    private const int Widest = 5;

    private const string Mark = "rectify:return-workbook";

    /// <summary>A locked cell as it was given, by <see cref="ReturnBook.Plain(object?)"/>.</summary>
    public sealed record GivenCell(BookSheet Sheet, string Key, BookColumn Column, string Text);

    public required Guid Return { get; init; }

    public required Guid Round { get; init; }

    public required Guid Unit { get; init; }

    /// <summary>Of its heads.</summary>
    public required Language Language { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>Line and its version, by key.</summary>
    public required IReadOnlyDictionary<string, (Guid Line, int Version)> Lines { get; init; }

    /// <summary>The quantity of a figure, by key.</summary>
    public required IReadOnlyDictionary<string, Guid> Figures { get; init; }

    /// <summary>The number of a node, by key.</summary>
    public required IReadOnlyDictionary<string, int> Nodes { get; init; }

    /// <summary>The measure's item, by key.</summary>
    public required IReadOnlyDictionary<string, Guid> Measures { get; init; }

    public required IReadOnlyList<GivenCell> Given { get; init; }

    public static BookMemory Of(ReturnBook book, DateTimeOffset made) => new()
    {
        Return = book.View.Return.Id,
        Round = book.View.Round.Id,
        Unit = book.View.Return.UnitId,
        Language = book.Words.Language,
        Made = made,
        Lines = book.View.Lines.ToDictionary(line => $"{line.Row.No}", line => (line.Row.Id, line.Row.Version)),
        Figures = Rows(book).Where(row => row.Figure is not null).ToDictionary(row => row.Key, row => row.Figure!.Quantity.Id),
        Nodes = Rows(book).Where(row => row.Node is not null).ToDictionary(row => row.Key, row => row.Node!.Value),
        Measures = Rows(book).Where(row => row.Measure is not null).ToDictionary(row => row.Key, row => row.Measure!.Measure.Id),
        Given =
        [
            .. from table in book.Tables
               from row in table.Rows
               from column in table.Columns
               let cell = row.Cells[column]
               where cell.Role is not CellRole.Input
               select new GivenCell(table.Sheet, row.Key, column, ReturnBook.Plain(cell.Value)),
        ],
    };

    public List<string[]> ToRows()
    {
        List<string[]> rows =
        [
            [Mark, Format], ["return", Text(Return)], ["round", Text(Round)], ["unit", Text(Unit)], ["language", Language.Tag],
            ["made", Made.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)],
        ];
        rows.AddRange(Lines.Select(line => new[] { "line", line.Key, Text(line.Value.Line), line.Value.Version.ToString(CultureInfo.InvariantCulture) }));
        rows.AddRange(Figures.Select(figure => new[] { "figure", figure.Key, Text(figure.Value) }));
        rows.AddRange(Nodes.Select(node => new[] { "node", node.Key, node.Value.ToString(CultureInfo.InvariantCulture) }));
        rows.AddRange(Measures.Select(measure => new[] { "measure", measure.Key, Text(measure.Value) }));
        rows.AddRange(Given.Select(cell => new[] { "given", $"{cell.Sheet}", cell.Key, $"{cell.Column}", cell.Text }));
        rows.Add(["seal", Seal(rows)]);
        return rows;
    }

    /// <exception cref="Refusal">422: no such sheet, another format, or what stands in it does not fit together.</exception>
    public static BookMemory Read(IReadOnlyList<SheetCells> sheets)
    {
        var own = sheets.FirstOrDefault(sheet => sheet.Cells.Any(cell => cell is { Row: 0, Column: 0, Text: Mark }))
            ?? throw Refusal.Invalid("workbook.not-ours", "This is no workbook that was downloaded here.");
        if (own.Cells.Any(cell => cell.Column >= Widest))
        {
            throw Broken(); // a row is an array as wide as its last cell: a stranger's must not name the sheet's last column 300,000 times
        }

        var rows = own.Cells.GroupBy(cell => cell.Row).OrderBy(row => row.Key)
            .Select(row => Enumerable.Range(0, row.Max(cell => cell.Column) + 1).Select(column => row.FirstOrDefault(cell => cell.Column == column)?.Text ?? "").ToArray())
            .ToList();
        if (rows[0] is not [_, Format])
        {
            throw Refusal.Invalid("workbook.format", "The workbook is of another version of the product. Download it again.");
        }

        try
        {
            return rows[^1] is ["seal", var seal] && seal == Seal(rows[..^1]) ? Read(rows) : throw new FormatException("The seal does not fit.");
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw Broken();
        }
    }

    private static Refusal Broken() => Refusal.Invalid("workbook.broken", "The workbook's hidden sheet was changed. Download the workbook again.");

    private static BookMemory Read(List<string[]> rows)
    {
        string Of(string name) => rows.First(row => row[0] == name)[1];
        IEnumerable<string[]> All(string name) => rows.Where(row => row[0] == name);
        return new()
        {
            Return = Guid.Parse(Of("return")),
            Round = Guid.Parse(Of("round")),
            Unit = Guid.Parse(Of("unit")),
            Language = Language.Find(Of("language")) ?? Language.Default,
            Made = DateTimeOffset.Parse(Of("made"), CultureInfo.InvariantCulture),
            Lines = All("line").ToDictionary(row => row[1], row => (Guid.Parse(row[2]), int.Parse(row[3], CultureInfo.InvariantCulture))),
            Figures = All("figure").ToDictionary(row => row[1], row => Guid.Parse(row[2])),
            Nodes = All("node").ToDictionary(row => row[1], row => int.Parse(row[2], CultureInfo.InvariantCulture)),
            Measures = All("measure").ToDictionary(row => row[1], row => Guid.Parse(row[2])),
            Given = [.. All("given").Select(row => new GivenCell(Enum.Parse<BookSheet>(row[1]), row[2], Enum.Parse<BookColumn>(row[3]), row.Length > 4 ? row[4] : ""))],
        };
    }

    private static IEnumerable<BookRow> Rows(ReturnBook book) => book.Tables.SelectMany(table => table.Rows);

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    // An empty text at the end of a row is no cell in the file.
    private static string Seal(IEnumerable<string[]> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', rows.Select(row => string.Join('\t', row.Select(ReturnBook.Plain)).TrimEnd('\t'))))));
}
