using Rectify.Platform.Journal;

namespace Rectify.Procedures;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

/// <summary>A version of a programme's closing procedure was made.</summary>
public sealed record ProcedureSet : Fact
{
    public override string Kind => "procedure.set";

    /// <summary>The version, counted from 1.</summary>
    public required int No { get; init; }

    /// <summary>The kinds of its steps, in order.</summary>
    public required IReadOnlyList<StepKind> Steps { get; init; }
}
