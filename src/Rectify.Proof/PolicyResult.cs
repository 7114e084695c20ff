namespace Rectify.Proof;

/// <summary>What a policy says of a checkpoint.</summary>
public enum PolicyOutcome
{
    /// <summary>Signed by a journal that is trusted, and by enough witnesses.</summary>
    Met,

    /// <summary>Not a signed checkpoint at all.</summary>
    NotACheckpoint,

    /// <summary>No key of that journal that the policy names has signed.</summary>
    NotSigned,

    /// <summary>A line claims one of the policy's keys and is wrong: something was changed.</summary>
    WrongSignature,

    /// <summary>Signed by the journal, but not by enough witnesses.</summary>
    TooFewWitnesses,
}

/// <summary>What a policy says of a checkpoint, and what it is said of.</summary>
/// <param name="Outcome">Anything but <see cref="PolicyOutcome.Met"/> is a no.</param>
public sealed record PolicyResult(PolicyOutcome Outcome)
{
    /// <summary>What it says of itself; to be believed only if the policy is met.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Good signatures of the journal itself.</summary>
    public IReadOnlyList<CheckedSignature> Logs { get; init; } = [];

    /// <summary>Good signatures of witnesses, each with its time.</summary>
    public IReadOnlyList<CheckedSignature> Witnesses { get; init; } = [];
}
