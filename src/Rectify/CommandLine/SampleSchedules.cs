using Microsoft.EntityFrameworkCore;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Platform.Text;
using Rectify.Schedule;

namespace Rectify.CommandLine;

/// <summary>
/// Schedules of some of the sample's tasks: a first version from the template of their kind, which the office approves, and a second
/// that tells what had begun and ended, later than planned by as much as the data say.
/// </summary>
internal sealed class SampleSchedules(SampleFiles files, SampleCast cast, IReadOnlyList<SampleTaskPlay> tasks)
{
    private static readonly Words Texts = Words.In(Language.Default);

    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until) =>
        from told in files.Schedules
        let task = tasks[told.Task - 1]
        from act in (SampleAct[])
        [
            new(SampleTaskPlay.At(told.PlannedOn, 15, told.Task % 60), task.Chain, (scope, ct) => PlanAsync(scope, told, task, ct)),
            .. told.ApprovedOn is { } approved
                ? [new SampleAct(SampleTaskPlay.At(approved, 15), task.Chain, (scope, ct) => ApproveAsync(scope, task, approved, ct))]
                : Array.Empty<SampleAct>(),
            new(SampleTaskPlay.At(told.ToldOn, 15, told.Task % 60), task.Chain, (scope, ct) => TellAsync(scope, told, task, ct)),
        ]
        where DateOnly.FromDateTime(act.At) > after && DateOnly.FromDateTime(act.At) <= until
        select act;

    private async Task PlanAsync(SampleScope scope, SampleSchedule told, SampleTaskPlay task, CancellationToken ct)
    {
        if (await ScheduleAsync(scope, task, ct) is not null)
        {
            return;
        }

        var template = NetworkTemplate.All.Single(one => one.Key == told.Template);
        var plan = new ActivityPlan([.. ActivityPlan.Of(template, chinese: true).Activities.Select(one => one with
        {
            Days = told.Days.GetValueOrDefault(one.Code, one.Days),
            Milestone = told.Nodes.TryGetValue(one.Code, out var no) ? no : null,
        })]);
        await scope.Get<SetSchedule>().RunAsync(task.Item.Id, plan, Texts["sample.schedule.template", template.Chinese], 0, By(task), ct);
    }

    private async Task ApproveAsync(SampleScope scope, SampleTaskPlay task, DateOnly on, CancellationToken ct)
    {
        if (await ScheduleAsync(scope, task, ct) is { ApprovedNo: null })
        {
            await scope.Get<ApproveSchedule>().RunAsync(task.Item.Id, 1, on, cast.Office, ct);
        }
    }

    private async Task TellAsync(SampleScope scope, SampleSchedule told, SampleTaskPlay task, CancellationToken ct)
    {
        if (await ScheduleAsync(scope, task, ct) is not { No: 1 } schedule)
        {
            return;
        }

        var first = await scope.Db.ScheduleVersions().AsNoTracking().SingleAsync(version => version.ScheduleId == schedule.Id && version.No == 1, ct);
        var dates = first.PlannedDates;
        var plan = new ActivityPlan([.. first.Plan.Activities.Select(one => one with
        {
            Days = told.Changes.GetValueOrDefault(one.Code, one.Days),
            Started = one.Days > 0 ? Known(dates[one.Id].EarlyStart, told) : null,
            Finished = Known(dates[one.Id].EarlyFinish, told),
        })]);
        await scope.Get<SetSchedule>().RunAsync(task.Item.Id, plan, told.Reason, 1, By(task), ct);
    }

    // A node that the task's own facts tell of needs no date here, and gets the same one or an earlier.
    private static DateOnly? Known(DateOnly planned, SampleSchedule told) => planned.AddDays(told.Late) is var day && day <= told.ToldOn ? day : null;

    private Task<ItemSchedule?> ScheduleAsync(SampleScope scope, SampleTaskPlay task, CancellationToken ct) =>
        scope.Db.SchedulesFor(cast.Office, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.ItemId == task.Item.Id, ct);

    private Access By(SampleTaskPlay task) => cast.For(task.Task, "lead", Role.Responsible);
}
