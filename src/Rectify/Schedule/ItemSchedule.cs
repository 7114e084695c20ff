using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Rectify.Networks;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Schedule;

/// <summary>The schedule of one item (工期计划): its versions stand beside it, the newest is in force.</summary>
public sealed class ItemSchedule
{
    private ItemSchedule() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public Guid ItemId { get; private init; }

    /// <summary>The newest version, counted from 1.</summary>
    public int No { get; private set; }

    /// <summary>The version that was approved (基准计划); <see langword="null"/> while none was.</summary>
    public int? ApprovedNo { get; private set; }

    public DateOnly? ApprovedOn { get; private set; }

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    internal static ItemSchedule Create(Guid programme, Guid item) => new() { ProgrammeId = programme, ItemId = item };

    /// <summary>Makes the next version.</summary>
    /// <param name="seen">The newest version that the person saw; 0 where there was none.</param>
    /// <param name="before">The version in force; <see langword="null"/> for the first.</param>
    /// <param name="dates">The dates that it has now.</param>
    /// <exception cref="Refusal">409: changed since it was seen, or nothing differs. 422: a plan that cannot be, no reason.</exception>
    internal ScheduleVersion Next(ActivityPlan plan, string reason, int seen, ScheduleVersion? before, Timetable dates, Actor by, DateOnly today, DateTimeOffset now)
    {
        if (seen != No)
        {
            throw Refusal.Stale();
        }

        if (reason.Trim() is not { Length: > 0 and <= 200 } because)
        {
            throw Refusal.Invalid("schedule.reason", "Say in 1 to 200 characters what changes.");
        }

        var content = ScheduleVersion.Write(plan);
        if (before?.Content == content)
        {
            throw Refusal.Conflict("schedule.unchanged", "Nothing differs from the version in force.");
        }

        No++;
        Version++;
        return ScheduleVersion.Create(Id, No, because, content, dates, by, today, now);
    }

    /// <exception cref="Refusal">404: no such version. 409: approved already. 422: a day to come, or one before the version.</exception>
    internal ScheduleApproved Approve(ScheduleVersion version, DateOnly on, Actor by, DateOnly today, DateTimeOffset now)
    {
        if (ApprovedNo == version.No)
        {
            throw Refusal.Conflict("schedule.approved", "This version is the approved one already.");
        }

        if (on > today || on < version.On)
        {
            throw Refusal.Invalid("schedule.approved-on", $"A version is approved from {version.On:yyyy-MM-dd}, the day it was made, to today.", version.On);
        }

        (ApprovedNo, ApprovedOn) = (version.No, on);
        Version++;
        return new() { Subject = Id, By = by, At = now, No = version.No, On = on };
    }
}

/// <summary>One version of an item's schedule. Never changed: every act on the plan makes the next one, so that the plan as it stood on any day can be read.</summary>
public sealed class ScheduleVersion : IPartOf, IKeptAsWritten
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private ScheduleVersion() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ScheduleId { get; private init; }

    /// <summary>Counted from 1.</summary>
    public int No { get; private init; }

    public DateTimeOffset MadeAt { get; private init; }

    public Actor MadeBy { get; private init; }

    /// <summary>The legal day on which it was made: from it on it is the plan.</summary>
    public DateOnly On { get; private init; }

    /// <summary>What changed and why; 1 to 200 characters.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The plan as JSON: read and replaced as a whole, never asked by a query.</summary>
    public string Content { get; private init; } = "";

    /// <summary>The dates that the plan had when it was made, as JSON.</summary>
    public string Dates { get; private init; } = "";

    public ActivityPlan Plan => JsonSerializer.Deserialize<ActivityPlan>(Content, Json)!;

    /// <summary>The dates that each activity had when this version was made.</summary>
    public IReadOnlyDictionary<Guid, PlannedDates> PlannedDates => JsonSerializer.Deserialize<Dictionary<Guid, PlannedDates>>(Dates, Json)!;

    Guid IPartOf.Whole => ScheduleId;

    internal static string Write(ActivityPlan plan) => JsonSerializer.Serialize(plan, Json);

    /// <summary>A plan that a page was given to keep: a stranger's words until it is checked.</summary>
    /// <exception cref="Refusal">400: no plan.</exception>
    internal static ActivityPlan Read(string content)
    {
        try
        {
            return JsonSerializer.Deserialize<ActivityPlan>(content, Json) is { Activities: { } activities } && activities.All(one => one is { Code: not null, Title: not null, After: not null })
                ? new(activities)
                : throw Refusal.Malformed("This is no plan.");
        }
        catch (JsonException)
        {
            throw Refusal.Malformed("This is no plan.");
        }
    }

    internal static ScheduleVersion Create(Guid schedule, int no, string reason, string content, Timetable dates, Actor by, DateOnly today, DateTimeOffset now) => new()
    {
        ScheduleId = schedule,
        No = no,
        MadeAt = now,
        MadeBy = by,
        On = today,
        Reason = reason,
        Content = content,
        Dates = JsonSerializer.Serialize(
            dates.All.ToDictionary(one => one.Activity.Id, one => new PlannedDates(one.EarlyStart, one.EarlyFinish, one.LateStart, one.LateFinish)), Json),
    };
}

/// <summary>The dates of an activity as they were computed when a version was made.</summary>
public sealed record PlannedDates(DateOnly EarlyStart, DateOnly EarlyFinish, DateOnly LateStart, DateOnly LateFinish);

/// <summary>On which days a unit builds.</summary>
public sealed class ScheduleCalendar
{
    private ScheduleCalendar() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    /// <summary>It holds for this unit and for those below it that have none of their own.</summary>
    public Guid UnitId { get; private init; }

    /// <summary>Whether sites work on every day of the week.</summary>
    public bool EveryDay { get; private set; }

    /// <summary>Stops of every year, one for each line: <c>11-15~03-15</c>.</summary>
    public string Seasons { get; private set; } = "";

    /// <summary>Stops once, one for each line: <c>2026-07-01~2026-07-20</c>.</summary>
    public string Stops { get; private set; } = "";

    /// <summary>Where holidays stood before there was one calendar for the product (record 36). No longer read or written; to drop a column SQLite would copy the table outside of a transaction.</summary>
    public string Holidays { get; private set; } = "";

    public int Version { get; private set; }

    internal static ScheduleCalendar Create(Guid programme, Guid unit) => new() { ProgrammeId = programme, UnitId = unit };

    /// <exception cref="Refusal">409: changed since it was seen. 422: a line that cannot be read, stops that leave nothing.</exception>
    internal void Change(StatedCalendar stated, int version)
    {
        if (version != Version)
        {
            throw Refusal.Stale();
        }

        var clean = stated.Checked();
        (EveryDay, Seasons, Stops) = (clean.EveryDay, clean.Seasons, clean.Stops);
        Version++;
    }
}
