using Rectify.Platform.Journal;

namespace Rectify.Plans;

public sealed record PlanVersionConfirmed : Fact
{
    public const string Name = "plan.version-confirmed";

    public override string Kind => Name;

    public required int No { get; init; }

    public required int Items { get; init; }

    /// <summary>SHA-256 of the content as kept, 64 hexadecimal digits. The document itself is among the entry's files.</summary>
    public required string Content { get; init; }
}

public sealed record PlanStepTaken : Fact
{
    public override string Kind => "plan.step-taken";

    public required int No { get; init; }

    public required PlanStep Step { get; init; }

    public required DateOnly On { get; init; }
}
