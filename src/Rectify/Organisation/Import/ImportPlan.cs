namespace Rectify.Organisation.Import;

/// <summary>A unit as it will stand after an import: an existing one, a new one, or one that the workbook does not name.</summary>
internal sealed class UnitNode
{
    /// <summary><see langword="null"/> for a new unit.</summary>
    public Unit? Existing { get; init; }

    /// <summary>The row that speaks of it; <see langword="null"/> if none does.</summary>
    public SheetRow? Row { get; set; }

    public required UnitDetails Details { get; set; }

    public UnitNode? Parent { get; set; }

    /// <summary>Spellings that the workbook adds.</summary>
    public List<string> NewAliases { get; } = [];

    public List<FieldChange> Changes { get; } = [];

    public Fate Fate => Existing is null ? Fate.Added : Changes.Count > 0 ? Fate.Changed : Fate.Same;

    /// <summary>The entity: the existing one, or the one that was made for it when the plan was carried out.</summary>
    public Unit? Made { get; set; }
}

/// <summary>A person as they will stand after an import.</summary>
internal sealed record PersonNode(
    Person? Existing, SheetRow Row, string? Code, UnitNode Unit, string Name, string Post, IReadOnlyList<FieldChange> Changes)
{
    public Fate Fate => Existing is null ? Fate.Added : Changes.Count > 0 ? Fate.Changed : Fate.Same;
}

/// <summary>What an import does, reckoned from a workbook and from what stands. Changes nothing until it is carried out.</summary>
/// <remarks>
/// An empty cell states nothing: it neither clears a field nor moves a unit to the top. Aliases are only added. So a workbook with
/// fewer columns loses nothing.
/// </remarks>
internal sealed class ImportPlan
{
    public required IReadOnlyList<UnitNode> Units { get; init; }

    public required IReadOnlyList<PersonNode> People { get; init; }

    public required IReadOnlyList<CellError> Errors { get; init; }

    public ImportPreview Preview(string fileName, string document) => new(
        fileName, document,
        [
            .. Units.Where(node => node.Row is not null).Select(node => new ImportedRow(
                node.Row!.Sheet, node.Row.Cell(Column.UnitName), node.Fate, node.Details.Name, node.Parent?.Details.Name ?? "", node.Changes)),
        ],
        [
            .. People.Select(node => new ImportedRow(
                node.Row.Sheet, node.Row.Cell(Column.PersonName), node.Fate, node.Name, node.Unit.Details.Name, node.Changes)),
        ],
        Errors);

    /// <summary>Makes and changes the entities; returns the new ones, for saving.</summary>
    public List<object> CarryOut()
    {
        var made = new List<object>();
        var touched = new HashSet<Unit>();
        foreach (var node in ParentsFirst())
        {
            var parent = node.Parent?.Made;
            if (node.Existing is not { } unit)
            {
                node.Made = Unit.Create(node.Details, parent);
                made.Add(node.Made);
                if (node.Parent?.Existing is { } above && touched.Add(above))
                {
                    above.Touch();
                }
            }
            else
            {
                node.Made = unit;
                if (node.Changes.Exists(change => change.Field != ImportReckoning.AliasField))
                {
                    unit.Change(node.Details, parent);
                }
                else if (parent is not null && unit.Path != $"{parent.Path}{unit.Code}/")
                {
                    unit.MoveBelow(parent);
                }
            }

            made.AddRange(node.NewAliases.Select(text => new UnitAlias { UnitId = node.Made.Id, Text = text }));
        }

        foreach (var node in People)
        {
            if (node.Existing is null)
            {
                made.Add(Person.Create(node.Code, node.Unit.Made!.Id, node.Name, node.Post));
            }
            else if (node.Changes.Count > 0)
            {
                node.Existing.Change(node.Code, node.Unit.Made!.Id, node.Name, node.Post);
            }
        }

        return made;
    }

    // A unit's path is its parent's and its own code, so parents are settled first. The tree has no circle: that is an error.
    private IEnumerable<UnitNode> ParentsFirst() => Units.OrderBy(Depth);

    internal static int Depth(UnitNode node)
    {
        var depth = 1;
        for (var above = node.Parent; above is not null && depth <= 1_000; above = above.Parent)
        {
            depth++;
        }

        return depth;
    }
}
