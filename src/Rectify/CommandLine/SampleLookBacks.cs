using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>What was looked at again after closings: lookbacks.json.</summary>
internal sealed record SampleLookBackStory(SampleStandingChecks Standing, SampleCheckPeriods Rules, SampleLookBackPlan Plan);

/// <summary>Checks of tasks with lasting duties, by rule every three months.</summary>
/// <param name="DaysBefore">Days before the last one on which a unit hands in.</param>
/// <param name="Missed">Checks that nobody did: task, and the period counted from 1.</param>
/// <param name="Place">Where: {unit}.</param>
internal sealed record SampleStandingChecks(int DaysBefore, int DaysToReview, IReadOnlyList<IReadOnlyList<int>> Missed, string Place, IReadOnlyList<string> Opinions);

/// <summary>The period that holds from a day on.</summary>
internal sealed record SampleCheckPeriods(DateOnly SetOn, int Months);

/// <summary>The one plan of looking back: a task chosen by hand, in which the problem came back, and others drawn by lot.</summary>
/// <param name="Chosen">The task chosen by hand.</param>
internal sealed record SampleLookBackPlan(
    DateOnly PlannedOn, string Title, DateOnly From, DateOnly To, string Note, int Chosen, string Person, DateOnly ClosedUntil, int Each, string Source, DateOnly SeedOn, string Seed, DateOnly DueOn,
    DateOnly HandedInOn, DateOnly ReviewedOn, string Place, string Opinion, string ReboundPlace);

/// <summary>Looks at the sample's closed tasks again: by rule, and by one plan whose check takes a task up again.</summary>
internal sealed class SampleLookBacks(SampleFiles files, SampleCast cast, IReadOnlyList<SampleTaskPlay> tasks)
{
    private const string Chain = "lookbacks";

    private static readonly DateOnly StoryEnds = new(2019, 3, 31);

    private SampleLookBackStory Story => files.LookBacks;

    private SampleLookBackPlan Plan => Story.Plan;

    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until) =>
        tasks.SelectMany(Standing).Concat(Planned()).Where(act => DateOnly.FromDateTime(act.At) > after && DateOnly.FromDateTime(act.At) <= until);

    /// <summary>Until then every three months, from then on more seldom: nobody runs the sample after its story.</summary>
    public SampleAct Rules => new(SampleTaskPlay.At(Story.Rules.SetOn, 10), Chain, async (scope, ct) =>
    {
        if (!await scope.Db.CheckRulesFor(cast.Office).AnyAsync(ct))
        {
            await scope.Get<SetCheckRules>().RunAsync(files.Plan.Programme.Id, Story.Rules.Months, [], 0, cast.Office, ct);
        }
    });

    // By rule: the leading unit hands in some days before the last one, the office looks at it.
    private IEnumerable<SampleAct> Standing(SampleTaskPlay task)
    {
        if (!task.Item.Standing || task.Told.Cycles.Select(cycle => cycle.ClosedOn).LastOrDefault() is not { } closed)
        {
            yield break;
        }

        var (reports, told) = (cast.For(task.Task, "lead", Role.Responsible), Story.Standing);
        foreach (var (no, due) in CheckRules.DueBetween(closed, CheckRules.UsualMonths, closed, StoryEnds).Index())
        {
            var missed = told.Missed.Any(one => one[0] == task.Task.Number && one[1] == no + 1);
            var opinion = told.Opinions[(task.Task.Number + no) % told.Opinions.Count];
            var place = told.Place.Replace("{unit}", files.Phrases.Unit(task.Task.Units.Single(unit => unit.Role == "lead").Unit), StringComparison.Ordinal);
            yield return new(SampleTaskPlay.At(due.AddDays(-told.DaysBefore), 17), task.Chain, async (scope, ct) =>
            {
                await scope.Get<MakeChecks>().OfAsync(task.Item.ProgrammeId, [task.Item.Id], ct);
                if (!missed)
                {
                    await HandInAsync(scope, await CheckAsync(scope, task, due, ct), new(CheckResult.Held, scope.Today, place, opinion, []), reports, ct);
                }
            });
            yield return new(SampleTaskPlay.At(due.AddDays(told.DaysToReview - told.DaysBefore), 17), task.Chain, async (scope, ct) =>
                await ReviewAsync(scope, await CheckAsync(scope, task, due, ct), new(CheckResult.Held, ""), ct));
        }
    }

    private IEnumerable<SampleAct> Planned()
    {
        var task = tasks[Plan.Chosen - 1];
        var cycle = task.Told.Cycles.First(one => one.ReopenedOn is not null);
        var found = cycle.ReopenedOn!.Value;
        var supervisor = cast.ByUnit.Single(one => one.Key.Role is Role.Supervisor);
        yield return new(SampleTaskPlay.At(Plan.PlannedOn, 9), Chain, async (scope, ct) =>
        {
            if (await PlanAsync(scope, ct) is null)
            {
                await scope.Get<PlanLookBack>().RunAsync(files.Plan.Programme.Id, new(Plan.Title, Plan.From, Plan.To, Plan.Note), cast.Office, ct);
            }
        });
        yield return new(SampleTaskPlay.At(Plan.PlannedOn, 10), Chain, async (scope, ct) =>
        {
            if (await ChosenAsync(scope, task, ct) is null)
            {
                var unit = await scope.Db.Units().Where(one => one.Code == supervisor.Key.Unit).Select(one => one.Id).SingleAsync(ct);
                await scope.Get<ChooseItems>(scope.Get<PlaceChecks>()).RunAsync((await PlanAsync(scope, ct))!.Id, [task.Item.Id], unit, Plan.Person, Plan.To, cast.Office, ct);
            }
        });
        yield return new(SampleTaskPlay.At(Plan.PlannedOn, 11), Chain, async (scope, ct) =>
        {
            if (!await scope.Db.LookBackDrawsFor(cast.Office).AnyAsync(ct))
            {
                await scope.Get<PublishList>().RunAsync(
                    (await PlanAsync(scope, ct))!.Id, new(DrawParts.None, Plan.Each, Plan.Source, Plan.SeedOn, "", Plan.DueOn, null, ""), new(To: Plan.ClosedUntil), cast.Office, ct);
            }
        });
        yield return new(SampleTaskPlay.At(Plan.SeedOn.AddDays(1), 9), Chain, async (scope, ct) =>
        {
            if (await scope.Db.LookBackDrawsFor(cast.Office).AsNoTracking().SingleAsync(ct) is { State: DrawState.Listed } draw)
            {
                await scope.Get<EnterSeed>(scope.Get<PlaceChecks>()).RunAsync(draw.Id, Plan.Seed, draw.Version, cast.Office, ct);
            }
        });
        yield return new(SampleTaskPlay.At(Plan.HandedInOn, 16), Chain, (scope, ct) => DrawnAsync(scope, async (check, unit) =>
        {
            if (cast.ByUnit.GetValueOrDefault((unit, Role.Responsible)) is { } reports)
            {
                await HandInAsync(scope, check, new(CheckResult.Held, scope.Today, Plan.Place.Replace("{unit}", files.Phrases.Unit(unit), StringComparison.Ordinal), Plan.Opinion, []), reports, ct);
            }
        }, ct));
        yield return new(SampleTaskPlay.At(Plan.ReviewedOn, 16), Chain, (scope, ct) => DrawnAsync(scope, (check, _) => ReviewAsync(scope, check, new(CheckResult.Held, ""), ct), ct));
        yield return new(SampleTaskPlay.At(found, 20), task.Chain, async (scope, ct) =>
            await HandInAsync(scope, await ChosenAsync(scope, task, ct), new(CheckResult.CameBack, found, Plan.ReboundPlace, cycle.ReopenReason!, []), supervisor.Value, ct), Chain);
        yield return new(SampleTaskPlay.At(found, 21), task.Chain, async (scope, ct) => await ReviewAsync(
            scope, await ChosenAsync(scope, task, ct), new(CheckResult.CameBack, "", new(ReboundSource.Check, "", found, cycle.ReopenReason!)), ct), Chain);
    }

    private Task<LookBackPlan?> PlanAsync(SampleScope scope, CancellationToken ct) => scope.Db.LookBackPlansFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(ct);

    private Task<Check?> ChosenAsync(SampleScope scope, SampleTaskPlay task, CancellationToken ct) =>
        scope.Db.ChecksFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(check => check.ItemId == task.Item.Id && check.Origin == CheckOrigin.Plan, ct);

    private Task<Check?> CheckAsync(SampleScope scope, SampleTaskPlay task, DateOnly due, CancellationToken ct) =>
        scope.Db.ChecksFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(check => check.ItemId == task.Item.Id && check.Origin == CheckOrigin.Standing && check.DueOn == due, ct);

    private async Task DrawnAsync(SampleScope scope, Func<Check, string, Task> act, CancellationToken ct)
    {
        foreach (var check in await scope.Db.ChecksFor(cast.Office).AsNoTracking().Where(check => check.DrawId != null).OrderBy(check => check.Id).ToListAsync(ct))
        {
            await act(check, await scope.Db.Units().Where(unit => unit.Id == check.UnitId).Select(unit => unit.Code).SingleAsync(ct));
            scope.Db.ChangeTracker.Clear();
        }
    }

    // Passed over where it stands further on already.
    private static async Task HandInAsync(SampleScope scope, Check? check, CheckReport report, Access by, CancellationToken ct)
    {
        if (check is { State: CheckState.Open })
        {
            await scope.Get<HandInCheck>().RunAsync(check.Id, report, check.Version, by, ct);
        }
    }

    private async Task ReviewAsync(SampleScope scope, Check? check, CheckReview review, CancellationToken ct)
    {
        if (check is { State: CheckState.HandedIn })
        {
            await scope.Get<ReviewCheck>(scope.Get<PlaceRebound>(scope.Get<PlaceFacts>())).RunAsync(check.Id, review, check.Version, cast.Office, ct);
        }
    }
}
