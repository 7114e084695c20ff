using Rectify.Platform.Journal;

namespace Rectify.Deadlines;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record DeadlineAsked : Fact
{
    public override string Kind => "deadline.asked";

    public required IReadOnlyList<Move> Moves { get; init; }

    /// <param name="Item">The item's random public id.</param>
    public sealed record Move(string Item, DateOnly From, DateOnly To);
}

/// <summary>The approving body agreed or did not; where it agreed, entries of the items follow with the same act.</summary>
public sealed record DeadlineDecided : Fact
{
    public override string Kind => "deadline.decided";

    public required RequestState State { get; init; }

    public required DateOnly On { get; init; }
}

public sealed record DeadlineWithdrawn : Fact
{
    public override string Kind => "deadline.withdrawn";
}

public sealed record DeadlineReasonsChanged : Fact
{
    public override string Kind => "deadline.reasons-changed";

    public required int Count { get; init; }
}
