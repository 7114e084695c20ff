namespace Rectify.Reading;

/// <summary>The kinds of file that a plan can come in, told from the content and never from the name.</summary>
public enum SourceFormat { Docx, Xlsx, Html, Pdf, Text }

/// <summary>A document brought to the one model that the grammar reads, whatever file it came in.</summary>
/// <param name="Name">The file's name as given, for messages.</param>
/// <param name="Format">What the content is.</param>
/// <param name="Blocks">Paragraphs, tables and marks in reading order.</param>
/// <param name="Notices">What a reader had to leave out or guess, as resource keys with arguments; shown beside the preview.</param>
public sealed record SourceDocument(
    string Name, SourceFormat Format, IReadOnlyList<Block> Blocks, IReadOnlyList<ReadingNotice> Notices);

/// <summary>Something the reader of a file noticed and the person should know, such as pages without a text layer.</summary>
/// <param name="Code">A stable name such as <c>reading.pages-without-text</c>; the texts stand in resources.</param>
/// <param name="Arguments">What the text names: pages, sheets, counts.</param>
public sealed record ReadingNotice(string Code, params string[] Arguments);

/// <summary>One piece of a document, in reading order.</summary>
/// <param name="Place">Where a person finds it: <c>p3</c> (page), <c>Sheet1!B7</c>, or empty.</param>
public abstract record Block(string Place);

/// <summary>A run of text that ended with a line or paragraph end.</summary>
/// <param name="Id">Counts all paragraphs of the document from 1, those in table cells too: passages name it.</param>
/// <param name="Text">
/// The text as a reader sees it: automatic numbering written out in front, accepted changes only, soft line breaks as
/// <c>\n</c>, no other control characters.
/// </param>
/// <param name="Heading">1 to 9 for a heading's level; 0 for running text.</param>
public sealed record Paragraph(int Id, string Text, int Heading = 0, string Place = "") : Block(Place);

/// <summary>A table as a grid. A merged cell stands once, at its first row and column, and says what it spans.</summary>
/// <param name="Rows">How many grid rows.</param>
/// <param name="Columns">How many grid columns.</param>
/// <param name="Cells">In row, then column order; grid places covered by a span have no cell of their own.</param>
public sealed record Table(int Rows, int Columns, IReadOnlyList<Cell> Cells, string Place = "") : Block(Place)
{
    private Dictionary<(int, int), Cell>? covered;

    /// <summary>The cell that covers a grid place, or <see langword="null"/> where the row is short.</summary>
    /// <remarks>Constant time after the first call; safe from several threads.</remarks>
    public Cell? At(int row, int column) => (covered ??= Cover()).GetValueOrDefault((row, column));

    // The index belongs to one instance: a copy made by "with" may hold other cells, and no index decides equality.
    private Table(Table other) : base(other) => (Rows, Columns, Cells) = (other.Rows, other.Columns, other.Cells);

    public bool Equals(Table? other) => other is not null && base.Equals(other)
        && Rows == other.Rows && Columns == other.Columns && Cells.Equals(other.Cells);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Rows, Columns, Cells);

    private Dictionary<(int, int), Cell> Cover()
    {
        var index = new Dictionary<(int, int), Cell>(Cells.Count);
        foreach (var cell in Cells)
        {
            for (var row = cell.Row; row < Math.Min(Rows, cell.Row + cell.RowSpan); row++)
            {
                for (var column = cell.Column; column < Math.Min(Columns, cell.Column + cell.ColumnSpan); column++)
                {
                    index.TryAdd((row, column), cell);
                }
            }
        }

        return index;
    }
}

/// <summary>A sheet, page or part begins here; headings do not carry over.</summary>
/// <param name="Name">The sheet's name, or empty.</param>
public sealed record Break(string Name, string Place = "") : Block(Place);

/// <summary>A table cell. <paramref name="Blocks"/> are paragraphs, and tables where tables are nested.</summary>
/// <param name="Row">Grid row, from 0.</param>
/// <param name="Column">Grid column, from 0.</param>
public sealed record Cell(int Row, int Column, int RowSpan, int ColumnSpan, IReadOnlyList<Block> Blocks)
{
    /// <summary>The cell's paragraphs, one a line.</summary>
    public string Text => string.Join('\n', Blocks.OfType<Paragraph>().Select(paragraph => paragraph.Text));
}
