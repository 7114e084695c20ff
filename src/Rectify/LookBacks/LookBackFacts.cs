using Rectify.Platform.Journal;

namespace Rectify.LookBacks;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record CheckMade : Fact
{
    public override string Kind => "check.made";

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    public required CheckOrigin Origin { get; init; }

    public required DateOnly Due { get; init; }
}

public sealed record CheckHandedIn : Fact
{
    public override string Kind => "check.handed-in";

    public required CheckResult Result { get; init; }

    public DateOnly? On { get; init; }
}

public sealed record CheckSentBack : Fact
{
    public override string Kind => "check.sent-back";
}

public sealed record CheckConfirmed : Fact
{
    public override string Kind => "check.confirmed";

    public required CheckResult Found { get; init; }
}

public sealed record CheckStopped : Fact
{
    public override string Kind => "check.stopped";
}

public sealed record CheckRulesChanged : Fact
{
    public override string Kind => "check.rules-changed";

    public required int Months { get; init; }
}

public sealed record LookBackPlanned : Fact
{
    public override string Kind => "lookback.planned";

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }
}

public sealed record LookBackChosen : Fact
{
    public override string Kind => "lookback.chosen";

    public required int Count { get; init; }
}

/// <summary>A list of candidates was fixed. Whoever has a copy of the list checks it against the hash.</summary>
public sealed record DrawListed : Fact
{
    public override string Kind => "draw.listed";

    /// <summary>SHA-256 of the list's bytes.</summary>
    public required string List { get; init; }

    public required int Candidates { get; init; }

    public required int Each { get; init; }

    public required DateOnly SeedOn { get; init; }

    /// <summary>Empty for a public number.</summary>
    public required string Commitment { get; init; }
}

public sealed record DrawDone : Fact
{
    public override string Kind => "draw.done";

    /// <summary>SHA-256 of the seed's bytes.</summary>
    public required string Seed { get; init; }

    public required int Drawn { get; init; }
}

public sealed record DrawVoided : Fact
{
    public override string Kind => "draw.voided";
}

/// <summary>A closed item is taken up again; the entry of the item's own fact follows with the same act.</summary>
public sealed record ReboundStated : Fact
{
    public override string Kind => "rebound.stated";

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    public required DateOnly On { get; init; }

    public required ReboundSource Source { get; init; }
}
