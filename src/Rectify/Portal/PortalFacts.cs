using Rectify.Platform.Journal;

namespace Rectify.Portal;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

/// <summary>An office changed what is public of its programme as a whole.</summary>
public sealed record PublicProgrammeSet : Fact
{
    public override string Kind => "portal.programme-set";

    public required string Code { get; init; }

    public required bool Open { get; init; }
}

/// <summary>An item was published, corrected or withdrawn. About the item.</summary>
public sealed record ItemPublished : Fact
{
    public const string Name = "portal.item-published";

    public override string Kind => Name;

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    public required PublicationAct Act { get; init; }

    /// <summary>The version, counted from 1.</summary>
    public required int No { get; init; }

    /// <summary>SHA-256 of the snapshot; none for a withdrawal.</summary>
    public string? Hash { get; init; }

    public IReadOnlyList<PublicField>? Fields { get; init; }

    /// <summary>How many passages were masked.</summary>
    public int? Masks { get; init; }
}

/// <summary>A copy of a picture was made for the public. About the item.</summary>
public sealed record PublicPictureMade : Fact
{
    public override string Kind => "portal.picture-made";

    public required string Item { get; init; }

    /// <summary>The copy's public name.</summary>
    public required string Name { get; init; }

    public required string Hash { get; init; }

    public required int Boxes { get; init; }
}

/// <summary>Somebody said that a public page is wrong, or the office answered. About the report.</summary>
public sealed record ErrorReported : Fact
{
    public override string Kind => "portal.error-reported";

    public required string Programme { get; init; }
}

public sealed record ErrorAnswered : Fact
{
    public override string Kind => "portal.error-answered";

    public required string Programme { get; init; }
}
