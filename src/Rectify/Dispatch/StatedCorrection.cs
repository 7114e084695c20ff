using System.Globalization;
using System.Text.Json;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>What of a closed round is corrected.</summary>
public enum CorrectionKind
{
    /// <summary>A cumulative quantity.</summary>
    Figure,

    /// <summary>Progress in percent.</summary>
    Percent,

    /// <summary>The day on which a node was reached, or that it was.</summary>
    Node,

    /// <summary>The day on which a measure was done, or that it was.</summary>
    Measure,
}

/// <summary>What a unit's return says of a figure or day that a closed round has fixed: it should have been another (更正).</summary>
/// <param name="Round">The closed round that states it.</param>
/// <param name="Item">The item of the line.</param>
/// <param name="Part">The item or measure whose figure or day it is.</param>
/// <param name="No">The node's number.</param>
/// <param name="Was">The figure as stated then, at the scale.</param>
/// <param name="WasOn">The day as stated then.</param>
/// <param name="Value">What the figure should have been, at the scale.</param>
/// <param name="On">What the day should have been; <see langword="null"/> if it had not happened at all.</param>
/// <param name="Reason">Why it was wrong.</param>
public sealed record StatedCorrection(
    Guid Round, Guid Item, CorrectionKind Kind, Guid Part, int? No, long? Was, DateOnly? WasOn, long? Value, DateOnly? On, string Reason)
{
    /// <summary>Whether it names what another names: each is corrected once in a return.</summary>
    public bool IsOf(StatedCorrection other) => (Round, Kind, Part, No) == (other.Round, other.Kind, other.Part, other.No);

    /// <summary>Names what is corrected, as a form posts it.</summary>
    public string Key => KeyOf(Round, Kind, Part, No);

    /// <summary>As which kind of fact it becomes known.</summary>
    internal FactKind FactKind => Kind switch
    {
        CorrectionKind.Figure => FactKind.Measured,
        CorrectionKind.Percent => FactKind.Progress,
        CorrectionKind.Node => FactKind.MilestoneReached,
        CorrectionKind.Measure => FactKind.Completed,
    };

    internal bool IsDay => Kind is CorrectionKind.Node or CorrectionKind.Measure;

    internal static string KeyOf(Guid round, CorrectionKind kind, Guid part, int? no) => string.Create(CultureInfo.InvariantCulture, $"{round:N}-{kind}-{part:N}-{no}");

    internal static List<StatedCorrection> Read(string json) => JsonSerializer.Deserialize<List<StatedCorrection>>(json, JsonSerializerOptions.Web)!;

    internal static string Write(IEnumerable<StatedCorrection> corrections) =>
        JsonSerializer.Serialize(corrections.Select(one => one with { Reason = one.Reason.Trim() }), JsonSerializerOptions.Web);
}
