namespace Rectify.Platform.Journal;

/// <summary>On what ground a value is destroyed.</summary>
public enum RedactionGround
{
    /// <summary>The person concerned asked for it. Source: Personal Information Protection Law, article 47.</summary>
    Erasure,

    /// <summary>A court or an authority ordered it.</summary>
    Order,

    /// <summary>It should never have been entered: a secret, another person's data, a slip.</summary>
    Misplaced,
}

/// <summary>Values of fields were destroyed: what the journal committed to can no longer be opened.</summary>
public sealed record ValuesRedacted : Fact
{
    internal const string Name = "journal.values-redacted";

    public override string Kind => Name;

    public required RedactionGround Ground { get; init; }

    /// <summary>The commitments that have no opening any more, sorted.</summary>
    public required IReadOnlyList<string> Commitments { get; init; }
}

/// <summary>That a value was destroyed: in whose history, when, by whom and why. Never what it was.</summary>
public sealed class RedactionRecord : IPartOf
{
    /// <summary>Characters that a reason may have.</summary>
    public const int LongestReason = 500;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>In whose history it stood.</summary>
    public required Guid Subject { get; init; }

    public required RedactionGround Ground { get; init; }

    /// <summary>In the words of whoever did it; may be empty in records of earlier versions. The value does not stand in it.</summary>
    public required string Reason { get; init; }

    /// <summary>How many openings were destroyed.</summary>
    public required int Openings { get; init; }

    /// <summary>In how many fields of documents the value was blackened, in whosever documents; counted where it was asked for.</summary>
    public int Blackened { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    Guid IPartOf.Whole => Subject;
}
