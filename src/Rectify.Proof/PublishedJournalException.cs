namespace Rectify.Proof;

/// <summary>What is wrong with a published journal.</summary>
public enum JournalFault
{
    /// <summary>A tile or bundle that the checkpoint calls for is not there.</summary>
    Missing,

    /// <summary>A tile or bundle has not the length that its path says, or lengths within a bundle do not add up.</summary>
    WrongShape,

    /// <summary>The hashes of the right edge do not give the root that the checkpoint signs.</summary>
    OtherRoot,

    /// <summary>A tile's hashes do not give the hash that the tile above holds.</summary>
    OtherHash,

    /// <summary>An entry does not hash to its leaf.</summary>
    OtherEntry,
}

/// <summary>A published journal contradicts its checkpoint, or part of it is missing.</summary>
public sealed class PublishedJournalException(TilePath path, JournalFault fault) : Exception($"{path}: {fault}")
{
    /// <summary>Where it was noticed. For <see cref="JournalFault.OtherRoot"/> it may be any partial tile.</summary>
    public TilePath Path { get; } = path;

    /// <summary>What is wrong.</summary>
    public JournalFault Fault { get; } = fault;
}
