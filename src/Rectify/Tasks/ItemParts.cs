using Rectify.Grammar;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A unit's part in an item.</summary>
public sealed class ItemUnit : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ItemId { get; init; }

    /// <summary>The unit meant; <see langword="null"/> while nobody has said which.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>The unit as the plan writes it.</summary>
    public required string Text { get; set; }

    public required DraftRole Role { get; set; }

    /// <summary>Place in the list as written; the lead comes first.</summary>
    public required int Order { get; set; }

    Guid IPartOf.Whole => ItemId;
}

/// <summary>A person named for an item, or a description of one (责任单位主要负责同志).</summary>
public sealed class ItemPerson : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ItemId { get; init; }

    public required string Text { get; set; }

    /// <summary>Whether it names a post and nobody.</summary>
    public required bool Generic { get; set; }

    public required int Order { get; set; }

    Guid IPartOf.Whole => ItemId;
}

/// <summary>A hand-over node (交账节点): what an item has to show by a date.</summary>
public sealed class ItemMilestone : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ItemId { get; init; }

    /// <summary>Counted from 1 within the item.</summary>
    public required int No { get; init; }

    public required string Text { get; set; }

    public required DateOnly Due { get; init; }

    Guid IPartOf.Whole => ItemId;
}

/// <summary>Something that happened to an item, on the day on which it legally happened. Never changed, only voided.</summary>
public sealed class ItemFact : IPartOf, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ItemId { get; init; }

    public required FactKind Kind { get; init; }

    /// <summary>The legal day, in the region's time.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Order among facts of one day; the higher is the later.</summary>
    public required long Sequence { get; init; }

    /// <summary>Number of the milestone, where the kind has one.</summary>
    public int? No { get; init; }

    /// <summary>Quantity at the item's scale, or percent, where the kind has one.</summary>
    public long? Value { get; init; }

    /// <summary>The new deadline of <see cref="FactKind.DeadlineChanged"/>.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A remark, or the reason of a return or reopening.</summary>
    public string Note { get; init; } = "";

    /// <summary>The document it rests on, as 云环督改〔2018〕30号.</summary>
    public string Document { get; init; } = "";

    /// <summary>When a person recorded it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who recorded it: whoever judges it later must be someone else.</summary>
    public required Actor RecordedBy { get; init; }

    /// <summary>When it was found to be recorded in error; the reason stands with it.</summary>
    public DateTimeOffset? VoidedAt { get; private set; }

    public string VoidedBecause { get; private set; } = "";

    /// <exception cref="Refusal">409: voided already. 422: no reason.</exception>
    public void Void(string reason, DateTimeOffset now)
    {
        if (VoidedAt is not null)
        {
            throw Refusal.Conflict("fact.voided", "This entry was withdrawn already.");
        }

        if (reason.Trim() is not { Length: > 0 and <= 500 } because)
        {
            throw Refusal.Invalid("fact.reason", "Say in 1 to 500 characters why the entry is withdrawn.");
        }

        (VoidedAt, VoidedBecause) = (now, because);
    }

    Guid IPartOf.Whole => ItemId;
}

/// <summary>An item's status and light from one day until before another: computed from facts, and computed again with each.</summary>
public sealed class StatusSpan : IBookkeeping, IBulkRow
{
    public required Guid ItemId { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last; the greatest date if open.</summary>
    public required DateOnly Until { get; init; }

    public required ItemStatus Status { get; init; }

    public required Light Light { get; init; }

    /// <summary>Why the light is what it is: a code and its arguments, as one text.</summary>
    public required string Reason { get; init; }

    // Copies of the item's, so that a list by status reads one index in the plan's order.

    public required Guid ProgrammeId { get; init; }

    public required ItemKind Kind { get; init; }

    public required string SortKey { get; init; }
}

/// <summary>That an item concerns a unit, itself or through a unit below it: what a permission filter reads.</summary>
public sealed class ItemScope : IBookkeeping, IBulkRow
{
    public required Guid UnitId { get; init; }

    public required Guid ItemId { get; init; }

    // Copies of the item's, so that a unit's list reads one index in the plan's order.

    public required Guid ProgrammeId { get; init; }

    public required ItemKind Kind { get; init; }

    public required string SortKey { get; init; }
}
