using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>The tasks of a programme were frozen as they stood when a round closed; written with the entry of the closing.</summary>
public sealed record TasksFrozen : Fact
{
    public const string Name = "dispatch.tasks-frozen";

    public override string Kind => Name;

    public required string Round { get; init; }

    public required int Tasks { get; init; }

    /// <summary>SHA-256, hexadecimal, over the texts of all <see cref="FrozenTask"/> rows in byte order, each ended by a line feed.</summary>
    public required string Frozen { get; init; }
}
