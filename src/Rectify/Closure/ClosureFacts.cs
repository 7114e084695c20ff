using Rectify.Platform.Journal;
using Rectify.Procedures;

namespace Rectify.Closure;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record ClosureBegan : Fact
{
    public override string Kind => "closure.began";

    /// <summary>The closure's random public id.</summary>
    public required string Closure { get; init; }

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    /// <summary>The version of the procedure.</summary>
    public required int Procedure { get; init; }
}

/// <summary>A unit's declaration was written on; nothing is signed by that.</summary>
public sealed record ClosureDeclarationSaved : Fact
{
    public override string Kind => "closure.declaration-saved";

    public required string Closure { get; init; }

    public required ClosureOutcome Outcome { get; init; }
}

/// <summary>Something was done to a closure: a step taken, a notice opened, a signature renewed, an application returned or taken back.</summary>
public sealed record ClosureActDone : Fact
{
    public const string Name = "closure.act-done";

    public override string Kind => Name;

    public required string Closure { get; init; }

    public required ClosureActKind Act { get; init; }

    /// <summary>Counted from 1 within the closure.</summary>
    public required int No { get; init; }

    public required int Cycle { get; init; }

    public required string Step { get; init; }

    public required StepKind StepKind { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>SHA-256 of what was signed, 64 small hexadecimal digits; absent for an act that signs nothing.</summary>
    public string? SignedHash { get; init; }
}

/// <summary>A finished closure's item was taken up again: it stays as it was, and no longer counts.</summary>
public sealed record ClosureSuperseded : Fact
{
    public override string Kind => "closure.superseded";

    public required string Closure { get; init; }
}

/// <summary>The time limit of the step that is open moved with the holidays.</summary>
public sealed record ClosureDaysMoved : Fact
{
    public override string Kind => "closure.days-moved";

    public required string Closure { get; init; }

    public required DateOnly Due { get; init; }
}

/// <summary>That a finished closure's item was taken up again was withdrawn as an error: it counts as before.</summary>
public sealed record ClosureRestored : Fact
{
    public override string Kind => "closure.restored";

    public required string Closure { get; init; }
}
