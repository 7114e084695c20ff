using System.Text.Json;
using Rectify.Grammar;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>A unit that answers for a task, as it was called then.</summary>
/// <param name="Path">Its place in the tree of units.</param>
public sealed record TaskUnit(Guid Id, string Name, string Path, DraftRole Role);

/// <summary>A task, or a unit's part of one, as it stood when a round closed: done ones too, which no return asks about. Written once, never changed.</summary>
public sealed class FrozenTask : IBulkRow, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid RoundId { get; init; }

    public required Guid ItemId { get; init; }

    /// <summary>The task of the plan to which a part belongs; the task itself for a task.</summary>
    public required Guid TaskId { get; init; }

    public required ItemKind Kind { get; init; }

    public required string SortKey { get; init; }

    public required string NumberText { get; init; }

    public required string Title { get; init; }

    public required string DeadlineText { get; init; }

    /// <summary>The deadline in force at closing.</summary>
    public required DateOnly? DueOn { get; init; }

    public required int? AspectNo { get; init; }

    public required string Aspect { get; init; }

    /// <summary>The measures, one a line.</summary>
    public required string Measures { get; init; }

    /// <summary>JSON of <see cref="Answering"/>.</summary>
    public required string Units { get; init; }

    /// <summary>Status and light on the round's day, as known at closing.</summary>
    public required ItemStatus Status { get; init; }

    public required Light Light { get; init; }

    /// <summary>Why it has its light; see <see cref="ReasonText"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The units that answer for it, as the plan orders them.</summary>
    public IReadOnlyList<TaskUnit> Answering => JsonSerializer.Deserialize<List<TaskUnit>>(Units, JsonSerializerOptions.Web)!;

    internal static string Write(IEnumerable<TaskUnit> units) => JsonSerializer.Serialize(units, JsonSerializerOptions.Web);

    /// <summary>The bytes that the closing's entry in the journal hashes; free texts as JSON, so that no line can pass for two.</summary>
    internal string ToText() => FormattableString.Invariant($"task {ItemId:N} {TaskId:N} {Kind} {Status} {Light} {DueOn:yyyy-MM-dd} {AspectNo} ")
        + JsonSerializer.Serialize(new[] { SortKey, NumberText, Title, DeadlineText, Aspect, Measures, Units, Reason });
}
