using Rectify.Platform.Data;

namespace Rectify.Publishing;

/// <summary>A checkpoint that was signed: so many entries, this root. Kept before anybody outside sees it, so that no size ever gets a second root.</summary>
public sealed class SignedCheckpoint : IBookkeeping
{
    /// <summary>How many entries it covers; the key.</summary>
    public required long Size { get; init; }

    /// <summary>The root over them, 32 bytes.</summary>
    public required byte[] Root { get; init; }

    /// <summary>The signed note, with the lines of the witnesses that have countersigned so far.</summary>
    public required byte[] Note { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether enough witnesses have countersigned, by the policy of that day.</summary>
    public required bool IsWitnessed { get; set; }

    /// <summary>The note as it was stamped; <see langword="null"/> if it was not.</summary>
    public byte[]? Stamped { get; set; }

    /// <summary>The authority's answer, DER.</summary>
    public byte[]? Stamp { get; set; }

    /// <summary>The time that the authority states.</summary>
    public DateTimeOffset? StampedAt { get; set; }
}

/// <summary>What the last reading of the published journal found.</summary>
public sealed class JournalCheck : IBookkeeping
{
    /// <summary>Always 1: the last one is kept, each change is an entry.</summary>
    public int Id { get; init; } = 1;

    public DateTimeOffset CheckedAt { get; set; }

    /// <summary>Entries that were read.</summary>
    public long Size { get; set; }

    /// <summary>What was wrong, as a <see cref="JournalFinding"/>.</summary>
    public JournalFinding Finding { get; set; }

    /// <summary>Where: a path, an index, a size. Empty if nothing was wrong.</summary>
    public string Place { get; set; } = "";
}

/// <summary>What a reading of the published journal can find.</summary>
public enum JournalFinding
{
    /// <summary>All is there and holds together.</summary>
    Whole,

    /// <summary>A published file was missing or damaged, and was written again from the database.</summary>
    Mended,

    /// <summary>The checkpoint at the published place is not one of ours, or another than the one signed last.</summary>
    OtherCheckpoint,

    /// <summary>An entry in the database is not the one that was published.</summary>
    OtherEntry,

    /// <summary>A signed checkpoint has another root than its entries.</summary>
    OtherRoot,

    /// <summary>A record says that something happened for which the journal has no entry, or the reverse.</summary>
    WithoutEntry,
}
