using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record ProgrammeCreated : Fact
{
    public override string Kind => "programme.created";

    public required string Code { get; init; }

    public required InspectionLevel Level { get; init; }
}

public sealed record ProgrammeChanged : Fact
{
    public override string Kind => "programme.changed";

    public required string Code { get; init; }
}

public sealed record ItemCreated : Fact
{
    public override string Kind => "item.created";

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    public required ItemKind ItemKind { get; init; }

    public int? Number { get; init; }
}

public sealed record ItemChanged : Fact
{
    public override string Kind => "item.changed";

    public required string Item { get; init; }
}

public sealed record ItemRemoved : Fact
{
    public const string Name = "item.removed";

    public override string Kind => Name;

    public required string Item { get; init; }
}

public sealed record ItemFactsRecorded : Fact
{
    public const string Name = "item.facts-recorded";

    public override string Kind => Name;

    public required string Item { get; init; }

    public required IReadOnlyList<Stated> Facts { get; init; }

    /// <summary>One dated fact; figures at the item's scale.</summary>
    public sealed record Stated(FactKind Kind, DateOnly On, int? No, long? Value, DateOnly? To);
}

public sealed record ItemFactVoided : Fact
{
    public override string Kind => "item.fact-voided";

    public required string Item { get; init; }

    public required FactKind FactKind { get; init; }

    public required DateOnly On { get; init; }
}
