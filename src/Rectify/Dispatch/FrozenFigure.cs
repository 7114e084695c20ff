using System.Globalization;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>A line as it stood when its round closed. Written once, never changed.</summary>
public sealed class FrozenLine : IBulkRow
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid RoundId { get; init; }

    public required Guid ReturnId { get; init; }

    public required Guid UnitId { get; init; }

    public required Guid ItemId { get; init; }

    /// <summary>How far the return had come: only what was accepted counts, the rest is kept as it lay.</summary>
    public required ReturnState Return { get; init; }

    /// <summary>Whether the line was saved in this round, or still held what was brought over.</summary>
    public required bool Filled { get; init; }

    /// <summary>The item's status and light on the round's day, as known at closing.</summary>
    public required ItemStatus Status { get; init; }

    public required Light Light { get; init; }

    /// <summary>The evidence named by the line as it stood then: piece, number of its file and the file's SHA-256, parted by spaces; one piece from the next by a comma.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>SHA-256 of all that the line says, words too: <see cref="ReturnLine.Seal"/>. Empty in rounds closed before words were covered.</summary>
    public string Seal { get; init; } = "";

    /// <summary>The bytes that the closing's entry in the journal hashes. A line without evidence or seal reads as it did before there was any.</summary>
    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"line {ReturnId:N} {ItemId:N} {Return} {Filled} {Status} {Light}{(Evidence.Length > 0 ? " " : "")}{Evidence}{(Seal.Length > 0 ? " says " : "")}{Seal}");
}

/// <summary>A cumulative figure as it stood when its round closed (数字已定). Written once, never changed: what comes later is a correction.</summary>
public sealed class FrozenFigure : IBulkRow
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid RoundId { get; init; }

    public required Guid ReturnId { get; init; }

    public required Guid UnitId { get; init; }

    /// <summary>The item of the line.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The item or measure whose quantity it is; the item itself for percent.</summary>
    public required Guid QuantityId { get; init; }

    /// <summary>The day that it stands for: the period's last.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Whether it was accepted; only then is it the programme's figure.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Percent of progress rather than a quantity.</summary>
    public required bool IsPercent { get; init; }

    public required int Scale { get; init; }

    /// <summary>Cumulative, at the scale.</summary>
    public required long Value { get; init; }

    /// <summary>Where it stood before the period, as known at closing.</summary>
    public required long Before { get; init; }

    /// <summary>What the return said the last closed figure should have been; <see langword="null"/> if it corrected nothing.</summary>
    public required long? Corrects { get; init; }

    /// <summary>What the period added.</summary>
    public long Added => Value - Before;

    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"figure {ReturnId:N} {QuantityId:N} {On:yyyy-MM-dd} {Accepted} {IsPercent} {Scale} {Value} {Before} {Corrects}");
}
