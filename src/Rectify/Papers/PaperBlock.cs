namespace Rectify.Papers;

/// <summary>One piece of a paper's body.</summary>
/// <remarks>Texts may hold <c>\n</c> for a line end; other control characters are dropped when written.</remarks>
public abstract record PaperBlock;

/// <summary>A heading; level 1 is <c>一、</c>, 2 <c>（一）</c>, 3 <c>1.</c>, 4 <c>（1）</c>. The number is part of the text.</summary>
/// <param name="Level">1 to 4.</param>
public sealed record PaperHeading(int Level, string Text) : PaperBlock;

/// <summary>A stretch of a paragraph in one weight.</summary>
public sealed record PaperRun(string Text, bool Bold = false);

/// <summary>How a paragraph or a column stands.</summary>
public enum PaperAlign
{
    /// <summary>Justified with two characters of first-line indent: running text. In a column: justified, without indent.</summary>
    Text,
    Left,
    Centre,
    Right,
}

/// <summary>A paragraph of running text.</summary>
public sealed record PaperParagraph(IReadOnlyList<PaperRun> Runs, PaperAlign Align = PaperAlign.Text) : PaperBlock
{
    public PaperParagraph(string text, PaperAlign align = PaperAlign.Text) : this([new PaperRun(text)], align)
    {
    }
}

/// <summary>Names left, values right: the card of one thing. Rows keep together; a value may hold several lines.</summary>
/// <param name="Rows">Name and value, in order.</param>
public sealed record KeyValueTable(IReadOnlyList<KeyValuePair<string, string>> Rows) : PaperBlock;

/// <summary>A list as a table. Its head repeats on every page, its rows do not split unless taller than a page or allowed to.</summary>
/// <param name="Columns">At least one.</param>
/// <param name="Rows">As many texts as columns; a short row is filled with empty cells.</param>
public sealed record DataTable(IReadOnlyList<PaperColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : PaperBlock
{
    /// <summary>Heads over several columns, covering the columns from the left in order; empty when there are none.</summary>
    public IReadOnlyList<ColumnGroup> Groups { get; init; } = [];

    /// <summary>Whether a row may go on on the next page: for tables with long texts, which else leave half of many pages empty.</summary>
    public bool RowsSplit { get; init; }

    /// <summary>A line over the table, or none.</summary>
    public string? Caption { get; init; }

    /// <summary>The group above each column, with its first column; <see langword="null"/> where the column's own head takes both rows.</summary>
    internal IEnumerable<(int Column, int Span, string? Head)> HeadCells()
    {
        var column = 0;
        foreach (var group in Groups)
        {
            var span = Math.Min(Math.Max(1, group.Span), Columns.Count - column);
            for (var i = 0; group.Head.Length == 0 && i < span; i++)
            {
                yield return (column + i, 1, null);
            }

            if (group.Head.Length > 0 && span > 0)
            {
                yield return (column, span, group.Head);
            }

            column += Math.Max(0, span);
        }

        for (; column < Columns.Count; column++)
        {
            yield return (column, 1, null);
        }
    }

    internal string Cell(int row, int column) => column < Rows[row].Count ? Rows[row][column] : "";
}

/// <summary>A column of a <see cref="DataTable"/>.</summary>
/// <param name="Width">Its share of the width, in any unit: shares are relative to their sum.</param>
public sealed record PaperColumn(string Head, double Width = 1, PaperAlign Align = PaperAlign.Left);

/// <summary>A head over <paramref name="Span"/> columns; an empty head leaves them ungrouped.</summary>
public sealed record ColumnGroup(string Head, int Span);

/// <summary>What follows begins on a new page.</summary>
public sealed record PaperPageBreak : PaperBlock;

/// <summary>The table of contents, made from the headings that follow it or stand before it, with page numbers.</summary>
/// <param name="Depth">Headings up to this level, 1 to 4.</param>
public sealed record PaperContents(int Depth = 2) : PaperBlock;
