using Rectify.Platform.Journal;

namespace Rectify.Evidence;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

/// <summary>A piece was handed in. The entry's files hold the commitment to its first file.</summary>
public sealed record EvidenceAdded : Fact
{
    public override string Kind => "evidence.added";

    /// <summary>The piece's random public id.</summary>
    public required string Piece { get; init; }

    public required PieceKind PieceKind { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The public ids of the items that it proves.</summary>
    public required IReadOnlyList<string> Items { get; init; }
}

/// <summary>A further file took the place of the one before.</summary>
public sealed record EvidenceVersionAdded : Fact
{
    public override string Kind => "evidence.version-added";

    public required string Piece { get; init; }

    public required int No { get; init; }
}

public sealed record EvidenceChanged : Fact
{
    public override string Kind => "evidence.changed";

    public required string Piece { get; init; }

    /// <summary>The public ids of the items that it proves from now on.</summary>
    public required IReadOnlyList<string> Items { get; init; }
}

public sealed record EvidenceWithdrawn : Fact
{
    public override string Kind => "evidence.withdrawn";

    public required string Piece { get; init; }
}

/// <summary>A check found a file missing or other than it was, or found it sound again.</summary>
public sealed record EvidenceChecked : Fact
{
    public override string Kind => "evidence.checked";

    public required string Piece { get; init; }

    public required int No { get; init; }

    public required FileCheckResult Result { get; init; }
}
