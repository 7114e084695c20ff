using Rectify.Platform.Journal;

namespace Rectify.Schedule;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

/// <summary>A version of an item's schedule was made.</summary>
public sealed record SchedulePlanned : Fact
{
    public override string Kind => "schedule.planned";

    /// <summary>The item's random public id.</summary>
    public required string Item { get; init; }

    /// <summary>The version, counted from 1.</summary>
    public required int No { get; init; }

    public required int Activities { get; init; }

    /// <summary>The early end of the whole as computed then; absent for an empty plan.</summary>
    public DateOnly? Finish { get; init; }
}

/// <summary>A version became the approved one, against which others are compared.</summary>
public sealed record ScheduleApproved : Fact
{
    internal const string Name = "schedule.approved";

    public override string Kind => Name;

    public required int No { get; init; }

    public required DateOnly On { get; init; }
}

/// <summary>The days on which a unit builds were stated.</summary>
public sealed record ScheduleCalendarSet : Fact
{
    public override string Kind => "schedule.calendar-set";
}
