using Rectify.Platform.Journal;

namespace Rectify.Organisation;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record UnitCreated : Fact
{
    public override string Kind => "unit.created";

    public required string Code { get; init; }

    public required UnitKind UnitKind { get; init; }
}

/// <summary>A unit was renamed, moved or otherwise corrected. The fields are in the commitments.</summary>
public sealed record UnitChanged : Fact
{
    public override string Kind => "unit.changed";

    public required string Code { get; init; }

    /// <summary>How many units below moved along; 0 if the unit stayed where it was.</summary>
    public required int Moved { get; init; }
}

public sealed record UnitDissolved : Fact
{
    public override string Kind => "unit.dissolved";

    public required string Code { get; init; }
}

public sealed record AliasAdded : Fact
{
    public override string Kind => "unit.alias-added";

    public required Guid Alias { get; init; }
}

public sealed record AliasRemoved : Fact
{
    public override string Kind => "unit.alias-removed";

    public required Guid Alias { get; init; }
}

public sealed record PersonCreated : Fact
{
    public override string Kind => "person.created";

    public required Guid Unit { get; init; }
}

public sealed record PersonChanged : Fact
{
    public override string Kind => "person.changed";

    public required Guid Unit { get; init; }
}

public sealed record PersonRemoved : Fact
{
    public override string Kind => "person.removed";

    public required Guid Unit { get; init; }
}

/// <summary>Units and people were taken over from a workbook, which is the entry's file, in one act.</summary>
public sealed record OrganisationImported : Fact
{
    /// <summary>The subject of all such entries: the organisation as a whole, the same in every installation.</summary>
    public static readonly Guid Organisation = new("6f726761-6e69-8361-a974-696f6e000000");

    public override string Kind => "organisation.imported";

    public required int UnitsAdded { get; init; }

    public required int UnitsChanged { get; init; }

    public required int PeopleAdded { get; init; }

    public required int PeopleChanged { get; init; }
}
