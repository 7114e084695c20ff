using Rectify.Platform.Data;

namespace Rectify.Dispatch;

/// <summary>What a look at a closed round's figures found.</summary>
public enum FrozenResult
{
    /// <summary>完好: their hash is the one that the closing's entry in the journal carries.</summary>
    Intact,

    /// <summary>变动: a row was changed, added or taken out since, past the product.</summary>
    Tampered,
}

/// <summary>When a closed round's figures were last hashed again, and with what result.</summary>
public sealed class RoundCheck : IBookkeeping
{
    public required Guid RoundId { get; init; }

    public DateTimeOffset CheckedAt { get; set; }

    public FrozenResult Result { get; set; }

    /// <summary>When a check first found what stands in <see cref="Result"/>, if that is not <see cref="FrozenResult.Intact"/>.</summary>
    public DateTimeOffset? FailedAt { get; set; }
}
