using Rectify.Grammar;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>What a list of items shows. Empty members do not filter. The address of a page is made of it, so it can be sent.</summary>
public sealed record ItemFilter
{
    public ItemKind Kind { get; init; } = ItemKind.Task;

    /// <summary>Words, parted by spaces; each must stand in a text of the item.</summary>
    public string Text { get; init; } = "";

    public int? AspectNo { get; init; }

    /// <summary>Tasks of this finding.</summary>
    public Guid? FindingId { get; init; }

    /// <summary>The roles in which a unit answers for an item.</summary>
    public static IReadOnlyList<DraftRole> Responsible { get; } = [DraftRole.Lead, DraftRole.Cooperate, DraftRole.Responsible];

    /// <summary>Items that concern this unit or one below it; with <see cref="Roles"/>, those in which the unit itself has one of them.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Only with <see cref="UnitId"/>.</summary>
    public IReadOnlyList<DraftRole> Roles { get; init; } = [];

    /// <summary>Items in which a unit of this kind leads, cooperates or is named responsible.</summary>
    public Organisation.UnitKind? UnitKind { get; init; }

    public IReadOnlyList<ItemStatus> Statuses { get; init; } = [];

    public IReadOnlyList<Light> Lights { get; init; } = [];

    /// <summary>Due on this day or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Due on this day or earlier.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>Due on this day or earlier by the deadlines that were in force on this very day, whatever was decided later.</summary>
    public DateOnly? DueBy { get; init; }

    /// <summary>The year in which it is due by the plan.</summary>
    public int? DueYear { get; init; }

    /// <summary>Whether the plan names a last day.</summary>
    public bool? HasDate { get; init; }

    public bool? Standing { get; init; }

    /// <summary>Whether nothing but the kind is asked for.</summary>
    public bool IsEmpty => (Text.Length, Statuses.Count, Lights.Count, Roles.Count) == (0, 0, 0, 0)
        && (AspectNo, FindingId, UnitId, UnitKind, DueFrom, DueTo, DueBy, DueYear) == default && (HasDate, Standing) == default;
}

/// <summary>The order of a list of items.</summary>
public enum ItemOrder
{
    /// <summary>As the plan counts.</summary>
    Number,

    /// <summary>What is due first comes first; what has no date, last.</summary>
    Due,
}
