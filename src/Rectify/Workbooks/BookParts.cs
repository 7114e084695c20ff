namespace Rectify.Workbooks;

/// <summary>The sheets that are filled in. Their names are the texts <c>workbook.sheet.</c>name.</summary>
internal enum BookSheet
{
    /// <summary>填报: one row for each item, for words and percentages.</summary>
    Lines,

    /// <summary>数字: one row for each figure that is asked for.</summary>
    Figures,

    /// <summary>节点: one row for each node that is not reached yet.</summary>
    Nodes,

    /// <summary>措施: one row for each measure without a figure that is not done yet.</summary>
    Measures,
}

/// <summary>The columns. Their names stand in a hidden row of each sheet, so that they are found wherever they are moved to; their heads are the texts <c>workbook.column.</c>name.</summary>
internal enum BookColumn
{
    No, Item, Deadline, Light, PercentBefore, Percent, PercentReason, Work, Problems, Next, Evidence, Checked,
    Figure, Unit, Target, Before, Value, Reason, Frozen, Corrects, CorrectsReason,
    Node, Due, Reached, On,
    Measure, MeasureDue, Done, DoneOn,
}

internal enum CellRole
{
    /// <summary>Given and locked.</summary>
    Given,

    /// <summary>Given and locked, in grey: what was stated last.</summary>
    Last,

    /// <summary>To be filled in.</summary>
    Input,

    /// <summary>Locked and hatched: this row is not asked for it.</summary>
    NotAsked,
}

/// <summary>A cell of a sheet that is filled in.</summary>
/// <param name="Value">Text, <see cref="decimal"/>, <see cref="DateOnly"/>, or <see langword="null"/>.</param>
internal readonly record struct BookCell(CellRole Role, object? Value)
{
    public static BookCell Given(object? value) => new(CellRole.Given, value);

    public static BookCell Last(object? value) => new(CellRole.Last, value);

    public static BookCell Input(object? value) => new(CellRole.Input, value is "" ? null : value);

    public static BookCell NotAsked { get; } = new(CellRole.NotAsked, null);
}

internal static class BookColumns
{
    /// <summary>What a row means: if one of these differs from what the product has now, the figures typed beside it may mean something else.</summary>
    public static readonly IReadOnlyList<BookColumn> Meaning = [BookColumn.Item, BookColumn.Figure, BookColumn.Unit, BookColumn.Target, BookColumn.Node, BookColumn.Measure];

    extension(BookColumn column)
    {
        /// <summary>In characters of the standard font; a Chinese character takes two.</summary>
        public double Width => column switch
        {
            BookColumn.No => 6,
            BookColumn.Light => 7,
            BookColumn.Item => 34,
            BookColumn.Deadline => 15,
            BookColumn.PercentBefore or BookColumn.Percent => 10,
            BookColumn.Checked => 12,
            BookColumn.PercentReason => 18,
            BookColumn.Work => 42,
            BookColumn.Problems or BookColumn.Next => 30,
            BookColumn.Figure => 28,
            BookColumn.Unit => 9,
            BookColumn.Target or BookColumn.Before or BookColumn.Value or BookColumn.Frozen or BookColumn.Corrects => 15,
            BookColumn.Reason or BookColumn.CorrectsReason => 26,
            BookColumn.Evidence => 22,
            BookColumn.Node or BookColumn.Measure => 44,
            BookColumn.Due or BookColumn.On or BookColumn.MeasureDue or BookColumn.DoneOn => 15,
            BookColumn.Reached or BookColumn.Done => 13,
        };

        public bool IsInput => column is BookColumn.Percent or BookColumn.PercentReason or BookColumn.Work or BookColumn.Problems or BookColumn.Next or BookColumn.Checked
            or BookColumn.Value or BookColumn.Reason or BookColumn.Corrects or BookColumn.CorrectsReason or BookColumn.Reached or BookColumn.On
            or BookColumn.Done or BookColumn.DoneOn;
    }
}
