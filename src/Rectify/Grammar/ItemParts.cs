namespace Rectify.Grammar;

/// <summary>An item as a shape found it: texts under their labels, not yet understood.</summary>
internal sealed class ItemParts
{
    /// <summary>The number as a shape found it: 六、 or the cell 364(35-11).</summary>
    public Stretch Number { get; set; } = Stretch.Empty;

    /// <summary>The finding above it, where the document has findings and tasks.</summary>
    public Stretch Finding { get; set; } = Stretch.Empty;

    public Stretch FindingNumber { get; set; } = Stretch.Empty;

    /// <summary>What stands before the first label: most often the problem.</summary>
    public List<Stretch> Head { get; } = [];

    public Stretch Section { get; set; } = Stretch.Empty;

    /// <summary>Label and value in the order of the document.</summary>
    public List<Labelled> Fields { get; } = [];

    /// <summary>The rows of measures, where a table gives each its own cells.</summary>
    public List<MeasureRow> Rows { get; } = [];

    /// <summary>Labels that nobody knows, as written.</summary>
    public List<string> Unread { get; } = [];

    public IEnumerable<Labelled> Of(params Field[] fields) => Fields.Where(part => fields.Contains(part.Field));

    public Stretch Text(params Field[] fields) => Stretch.Join(Of(fields).Select(part => part.Value));
}

/// <param name="Label">As written.</param>
internal sealed record Labelled(Field Field, Stretch Label, Stretch Value);

/// <summary>A row of a table below the item: one cell of measures and what stands beside it.</summary>
internal sealed class MeasureRow
{
    public Stretch Number { get; set; } = Stretch.Empty;

    public Stretch Text { get; set; } = Stretch.Empty;

    public Stretch Deadline { get; set; } = Stretch.Empty;

    public List<Labelled> Units { get; } = [];
}
