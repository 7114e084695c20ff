using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record CycleChanged : Fact
{
    public override string Kind => "dispatch.cycle-changed";

    public required CycleKind Cycle { get; init; }

    public required bool Active { get; init; }

    public required int Opens { get; init; }

    public required int Due { get; init; }

    public required int Closes { get; init; }

    public required DayCount Count { get; init; }
}

/// <summary>The server's clock had jumped ahead, and the office said that it is right.</summary>
public sealed record ClockConfirmed : Fact
{
    public override string Kind => "dispatch.clock-confirmed";

    /// <summary>The last day on which rounds had opened and closed by themselves.</summary>
    public required DateOnly Last { get; init; }

    public required DateOnly Today { get; init; }
}

public sealed record RoundOpened : Fact
{
    public override string Kind => "dispatch.round-opened";

    public required CycleKind Cycle { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required int No { get; init; }

    public required DateOnly Due { get; init; }

    public required DateOnly Closes { get; init; }
}

/// <summary>An open round's days moved with the holidays.</summary>
public sealed record RoundDaysMoved : Fact
{
    public override string Kind => "dispatch.round-days-moved";

    public required DateOnly Due { get; init; }

    public required DateOnly Closes { get; init; }
}

public sealed record ReturnsMade : Fact
{
    public override string Kind => "dispatch.returns-made";

    public required int Count { get; init; }

    /// <summary>So far.</summary>
    public required int Made { get; init; }
}

public sealed record RoundReady : Fact
{
    public override string Kind => "dispatch.round-ready";

    public required int Returns { get; init; }
}

public sealed record RoundClosed : Fact
{
    public const string Name = "dispatch.round-closed";

    public override string Kind => Name;

    public required int Returns { get; init; }

    public required int Accepted { get; init; }

    /// <summary>How many lines and figures were frozen.</summary>
    public required int Lines { get; init; }

    public required int Figures { get; init; }

    /// <summary>SHA-256, hexadecimal, over the texts of all frozen rows in byte order, each ended by a line feed: they cannot change unnoticed.</summary>
    public required string Frozen { get; init; }
}

/// <summary>A check found a closed round's figures other than its closing recorded, or found them intact again.</summary>
public sealed record FrozenChecked : Fact
{
    public override string Kind => "dispatch.frozen-checked";

    public required FrozenResult Result { get; init; }
}

public sealed record ReturnLineSaved : Fact
{
    public override string Kind => "return.line-saved";

    public required string Line { get; init; }
}

/// <summary>Several lines were saved at once; where they come from a workbook, that is the entry's file.</summary>
public sealed record ReturnLinesSaved : Fact
{
    public override string Kind => "return.lines-saved";

    public required int Count { get; init; }
}

/// <summary>What a return corrects of closed rounds was stated anew.</summary>
public sealed record ReturnCorrected : Fact
{
    public override string Kind => "return.corrected";

    /// <summary>How many figures and days it corrects now.</summary>
    public required int Count { get; init; }
}

public sealed record ReturnStepTaken : Fact
{
    public override string Kind => "return.step-taken";

    public required ReturnAct Act { get; init; }

    public required ReturnState State { get; init; }
}
