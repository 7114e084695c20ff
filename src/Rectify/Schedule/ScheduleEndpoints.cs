using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>Schedules over HTTP, for other systems.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedule(this IEndpointRouteBuilder app)
    {
        app.MapScheduleFiles();
        var api = app.MapGroup("/api").WithTags("Schedules").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/schedule-templates", Templates).WithSummary("Networks to begin with, by type of task.");
        api.MapGet("/items/{id:guid}/schedule", ReadAsync).WithSummary("An item's schedule as it stood on a day, with early and late dates, slack and critical path.");
        api.MapPut("/items/{id:guid}/schedule", SetAsync).WithSummary("Makes the next version of an item's schedule, from activities or from a template.");
        api.MapPost("/items/{id:guid}/schedule/trial", TryAsync).WithSummary("What a delay of one activity would do. Saves nothing.");
        api.MapPost("/items/{id:guid}/schedule/approval", ApproveAsync).WithSummary("Makes a version the baseline. For the programme's office.");
        api.MapGet("/programmes/{code}/schedule", ListAsync).WithSummary("Activities that have to begin this month (which=month) or are too late (which=late), or the end of each item (which=items).");
        api.MapGet("/items/{id:guid}/schedule/comparison", CompareAsync).WithSummary("A schedule beside an earlier version: no=, the version that stood on then=, or without either the approved one.");
        api.MapGet("/programmes/{code}/schedule/comparison", CompareProgrammeAsync).WithSummary("Deadlines and ends of schedules on then= beside on=, with tasks that were taken out or came in.");
        api.MapGet("/programmes/{code}/schedule/calendars", CalendarsAsync).WithSummary("On which days units build.");
        api.MapPut("/programmes/{code}/schedule/calendars/{unit:guid}", SetCalendarAsync).WithSummary("States on which days a unit builds. For the programme's office.");
    }

    public sealed record EntryAnswer(string Code, int Days, DayKind Kind, string Chinese, string English, string After);

    public sealed record TemplateAnswer(string Key, string Chinese, string English, IReadOnlyList<EntryAnswer> Activities);

    /// <param name="TotalSlack">Working days until a deadline is missed; negative if one is.</param>
    public sealed record TimesAnswer(
        PlannedActivity Activity, ActivityState State, DateOnly EarlyStart, DateOnly EarlyFinish, DateOnly LateStart, DateOnly LateFinish, int TotalSlack, int FreeSlack, bool Critical, bool TooLate);

    /// <param name="No">The version in force on the day; the newest one is what a change has to have seen.</param>
    /// <param name="ApprovedNo">The baseline on the day.</param>
    public sealed record ScheduleAnswer(
        Guid Item, DateOnly On, int No, int Newest, int? ApprovedNo, DateOnly? ApprovedOn, DateOnly? DueOn, DateOnly? Finish, IReadOnlyList<TimesAnswer> Activities, IReadOnlyList<LapsedAnswer> Lapsed);

    /// <summary>An activity that waits for one of another item that is gone; its dates are computed without it.</summary>
    /// <param name="On">As 27#A3.</param>
    public sealed record LapsedAnswer(Guid Item, Guid Activity, string Code, string On);

    /// <param name="Id">That of an activity of the version before, which it goes on being; left out for a new one.</param>
    /// <param name="After">Dependencies, as A1; A2 SS+5; B1 FF-3; C FS+30c.</param>
    public sealed record ActivityRequest(
        string Code, string Title, int Days, Guid? Id = null, DayKind Kind = DayKind.Office, Guid? Unit = null, int? Milestone = null, Guid? Measure = null, DateOnly? NotBefore = null,
        DateOnly? NotFinishedBefore = null, DateOnly? FinishBy = null, DateOnly? Started = null, DateOnly? Finished = null, int? Remaining = null, DateOnly? RemainingOn = null, string? After = null)
    {
        internal PlannedActivity Planned => new(Id ?? Guid.CreateVersion7(), Code, Title, Days)
        {
            Kind = Kind,
            Unit = Unit,
            Milestone = Milestone,
            Measure = Measure,
            NotBefore = NotBefore,
            NotFinishedBefore = NotFinishedBefore,
            FinishBy = FinishBy,
            Started = Started,
            Finished = Finished,
            Remaining = Remaining,
            RemainingOn = RemainingOn,
            After = After ?? "",
        };
    }

    /// <param name="Template">A template's key, instead of activities.</param>
    /// <param name="Seen">The number of the newest version that was read; 0 where there was none.</param>
    public sealed record ScheduleRequest(IReadOnlyList<ActivityRequest>? Activities, string? Template, string? Reason, int Seen);

    /// <param name="Days">Working days later; negative for sooner.</param>
    public sealed record TrialRequest(Guid Activity, int Days);

    public sealed record ChangeAnswer(Guid Activity, DateOnly? FinishBefore, DateOnly? FinishAfter, int Moved, bool BecomesTooLate);

    /// <param name="Finish">The early end of all that is computed together.</param>
    /// <param name="Elsewhere">How many activities of other items would move too.</param>
    public sealed record TrialAnswer(DateOnly? Finish, int FinishMoves, IReadOnlyList<ChangeAnswer> Changes, int Elsewhere);

    public sealed record ApprovalRequest(int No, DateOnly On);

    public sealed record Numbered(int No);

    public sealed record RowAnswer(Guid Item, string Number, string Title, string Unit, TimesAnswer Times);

    public sealed record ItemAnswer(Guid Item, string Number, string Title, DateOnly? DueOn, DateOnly? Finish, int Activities, int TooLate, bool Open);

    /// <param name="Without">Open tasks that have no schedule.</param>
    /// <param name="Lapsed">What activities of open items wait for although it is gone.</param>
    public sealed record ListAnswer(DateOnly On, int Without, IReadOnlyList<RowAnswer> Activities, IReadOnlyList<ItemAnswer> Items, IReadOnlyList<LapsedAnswer> Lapsed);

    /// <param name="Moved">Days of the calendar by which its end moved.</param>
    public sealed record ComparedAnswer(Guid Activity, string Code, string Title, ScheduleChange Change, DateOnly? StartBefore, DateOnly? FinishBefore, DateOnly? Start, DateOnly? Finish, int Moved);

    public sealed record ComparisonAnswer(int BeforeNo, DateTimeOffset BeforeAt, int No, DateOnly On, IReadOnlyList<ComparedAnswer> Activities);

    /// <param name="Node">The hand-over node of the item of which it speaks; <see langword="null"/> where it speaks of the item itself.</param>
    /// <param name="WordsDiffer">Whether number, title, text or goal differ.</param>
    public sealed record ComparedItemAnswer(
        Guid Item, ItemKind Kind, string Number, string Title, string? Node, ScheduleChange Change, DateOnly? DueBefore, DateOnly? Due, DateOnly? FinishBefore, DateOnly? Finish, bool WordsDiffer);

    public sealed record ProgrammeComparisonAnswer(DateOnly Then, DateOnly On, bool More, IReadOnlyList<ComparedItemAnswer> Items);

    public sealed record CalendarAnswer(Guid Unit, bool EveryDay, string Seasons, string Stops, int Version);

    public sealed record CalendarRequest(int Version, bool EveryDay = false, string? Seasons = null, string? Stops = null);

    private static Ok<List<TemplateAnswer>> Templates() => TypedResults.Ok(NetworkTemplate.All.Select(template => new TemplateAnswer(
        template.Key, template.Chinese, template.English,
        [.. template.Entries.Select(entry => new EntryAnswer(entry.Code, entry.Days, entry.Kind, entry.Chinese, entry.English, LinkText.Write(entry.After)))])).ToList());

    private static async Task<Ok<ScheduleAnswer>> ReadAsync(Guid id, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var of = await ScheduleReading.OfItemAsync(db, reader, id, on ?? clock.Today, ct) ?? throw Refusal.NotFound("schedule", id);
        var approved = await ScheduleReading.ApprovedAsync(db, of.Schedule, of.Dates.On, ct);
        return TypedResults.Ok(new ScheduleAnswer(
            id, of.Dates.On, of.Version.No, of.Schedule.No, approved?.No, approved?.On, of.DueOn, of.Dates.Finish, [.. of.Dates.All.Select(times => Of(of, times))], Lapsed(of)));
    }

    private static async Task<Ok<Numbered>> SetAsync(Guid id, ScheduleRequest body, SetSchedule set, Access by, CancellationToken ct)
    {
        var plan = body.Template is { } key
            ? ActivityPlan.Of(NetworkTemplate.All.FirstOrDefault(template => template.Key == key) ?? throw Refusal.Invalid("schedule.template", "Choose a template."), chinese: true)
            : new ActivityPlan([.. (body.Activities ?? throw Refusal.Malformed("Give activities or the key of a template.")).Select(one => one.Planned)]);
        return TypedResults.Ok(new Numbered(await set.RunAsync(id, plan, body.Reason ?? "", body.Seen, by, ct)));
    }

    private static async Task<Ok<TrialAnswer>> TryAsync(Guid id, TrialRequest body, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var of = await ScheduleReading.OfItemAsync(db, reader, id, clock.Today, ct) ?? throw Refusal.NotFound("schedule", id);
        if (of.Plan.Find(body.Activity) is null || Math.Abs((long)body.Days) > Activity.LongestDays)
        {
            throw Refusal.NotFound("activity", body.Activity);
        }

        var effect = WhatIf.Delayed(of.Whole, body.Activity, body.Days);
        return TypedResults.Ok(new TrialAnswer(
            effect.After.Finish, effect.FinishMoves,
            [.. effect.Changes.Where(change => of.Plan.Find(change.Activity.Id) is not null).Select(change => new ChangeAnswer(change.Activity.Id, change.Before?.EarlyFinish, change.After?.EarlyFinish, change.Moved, change.BecomesTooLate))],
            effect.Changes.Count(change => of.Plan.Find(change.Activity.Id) is null)));
    }

    private static async Task<NoContent> ApproveAsync(Guid id, ApprovalRequest body, ApproveSchedule approve, Access by, CancellationToken ct)
    {
        await approve.RunAsync(id, body.No, body.On, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ListAnswer>> ListAsync(
        string code, [FromQuery] string? which, [FromQuery] Guid? unit, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var chosen = which is null ? ScheduleWhich.Month
            : Enum.TryParse<ScheduleWhich>(which, ignoreCase: true, out var read) && Enum.IsDefined(read) ? read : throw Refusal.Malformed("which is month, late or items.");
        var all = await ProgrammeSchedule.ReadAsync(db, reader, programme.Id, on ?? clock.Today, unit, ct);
        return TypedResults.Ok(new ListAnswer(
            all.On, all.Without,
            chosen is ScheduleWhich.Items ? [] : [.. all.Rows(chosen, unit).Select(row => new RowAnswer(row.Of.Item.Id, row.Of.Item.NumberText, row.Of.Item.Title, row.Unit, Of(row.Of, row.Times)))],
            chosen is not ScheduleWhich.Items ? [] : [.. all.Items.Select(one => new ItemAnswer(
                one.Item.Id, one.Item.NumberText, one.Item.Title, one.DueOn, one.Dates.Finish, one.Dates.All.Count, one.Dates.TooLate.Count(), one.IsOpen))],
            [.. all.Lapsed(unit).SelectMany(Lapsed)]));
    }

    private static async Task<Ok<ComparisonAnswer>> CompareAsync(
        Guid id, [FromQuery] int? no, [FromQuery] DateOnly? then, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var comparison = await ScheduleComparison.ReadAsync(db, reader, id, no, then, on ?? clock.Today, ct);
        return TypedResults.Ok(new ComparisonAnswer(
            comparison.Before.No, comparison.Before.MadeAt, comparison.Now.Version.No, comparison.Now.Dates.On,
            [.. comparison.Rows.Select(Compared)]));
    }

    internal static ComparedAnswer Compared(ScheduleComparison.Row row) => new(
        (row.Is ?? row.Was)!.Id, (row.Is ?? row.Was)!.Code, (row.Is ?? row.Was)!.Title, row.Change, row.WasDates?.EarlyStart, row.WasDates?.EarlyFinish,
        row.IsDates?.EarlyStart, row.IsDates?.EarlyFinish, row.Moved);

    private static async Task<Ok<ProgrammeComparisonAnswer>> CompareProgrammeAsync(
        string code, [FromQuery] DateOnly then, [FromQuery] DateOnly? on, [FromQuery] bool? all, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var comparison = await ProgrammeComparison.ReadAsync(db, reader, programme.Id, then, on ?? clock.Today, all ?? false, clock, ct);
        return TypedResults.Ok(new ProgrammeComparisonAnswer(
            comparison.Then, comparison.On, comparison.More,
            [.. comparison.Rows.Select(row => new ComparedItemAnswer(
                row.Item.Id, row.Item.Kind, row.Item.NumberText, row.Item.Title, row.Node?.Text, row.Change, row.DueWas, row.DueIs, row.FinishWas, row.FinishIs, row.WordsDiffer))]));
    }

    private static async Task<Ok<List<CalendarAnswer>>> CalendarsAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await db.ScheduleCalendarsFor(reader).AsNoTracking().Where(one => one.ProgrammeId == programme.Id).OrderBy(one => one.Id).ToListAsync(ct))
            .ConvertAll(one => new CalendarAnswer(one.UnitId, one.EveryDay, one.Seasons, one.Stops, one.Version)));
    }

    private static async Task<NoContent> SetCalendarAsync(string code, Guid unit, CalendarRequest body, SetScheduleCalendar set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, unit, new(body.EveryDay, body.Seasons ?? "", body.Stops ?? ""), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static List<LapsedAnswer> Lapsed(ItemTimetable of) => [.. of.Lapsed.Select(one => new LapsedAnswer(of.Item.Id, one.Activity.Id, one.Activity.Code, one.On))];

    private static TimesAnswer Of(ItemTimetable of, Times times) => new(
        of.Plan.Find(times.Activity.Id)!, times.State, times.EarlyStart, times.EarlyFinish, times.LateStart, times.LateFinish, times.TotalSlack, times.FreeSlack, times.IsCritical, times.IsTooLate);
}
