using Rectify.Platform.Journal;

namespace Rectify.Dossiers;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

/// <summary>A version of a programme's requirements for evidence was made.</summary>
public sealed record RequirementsChanged : Fact
{
    public override string Kind => "dossier.requirements-changed";

    /// <summary>The version, counted from 1.</summary>
    public required int No { get; init; }

    /// <summary>How many requirements it holds.</summary>
    public required int Count { get; init; }
}

/// <summary>A dossier was handed out as a package.</summary>
public sealed record DossierExported : Fact
{
    public const string Name = "dossier.exported";

    public override string Kind => Name;

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    /// <summary>How many originals it held.</summary>
    public required int Pieces { get; init; }
}

/// <summary>Whoever is responsible was reminded of what a dossier lacks.</summary>
public sealed record DossierReminded : Fact
{
    public const string Name = "dossier.reminded";

    public override string Kind => Name;

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    /// <summary>How many requirements were not met.</summary>
    public required int Lacking { get; init; }
}

/// <summary>A piece was declared to share its file with an earlier one legitimately, or that was taken back.</summary>
public sealed record EvidenceShared : Fact
{
    public override string Kind => "dossier.evidence-shared";

    /// <summary>The piece's random public id.</summary>
    public required string Piece { get; init; }

    public required bool Shared { get; init; }
}
