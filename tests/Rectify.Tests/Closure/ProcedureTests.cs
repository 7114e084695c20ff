using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using static Rectify.Tests.Closure.ClosureTests;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Procedures as configuration: what cannot be is refused, versions follow each other, a running closing keeps its own.</summary>
public sealed class ProcedureTests
{
    private static readonly Procedure Standard = Closing.Preset("standard");

    private static ProcedureStep Of(string key) => Standard.Steps.Single(step => step.Key == key);

    private static Procedure With(params ProcedureStep[] steps) => Standard with { Steps = steps };

    private static readonly (string Code, Procedure Procedure)[] Wrong =
    [
        ("procedure.name", Standard with { Name = " " }),
        ("procedure.steps", With([.. Standard.Steps, Of("review")])),
        ("procedure.steps", With([.. Standard.Steps, .. Enumerable.Range(0, 10).Select(i => Of("review") with { Key = $"r{i}" })])),
        ("procedure.steps", With([.. Standard.Steps.Select(step => step.Key == "site" ? step with { Key = "a b" } : step)])),
        ("procedure.long", With([.. Standard.Steps.Select(step => step with { Title = new('x', 41) })])),
        ("procedure.duty", With([.. Standard.Steps.Select(step => step with { Duty = Role.Leader })])),
        ("procedure.days", With([.. Standard.Steps.Select(step => step with { Limit = new(0, true) })])),
        ("procedure.days", With([.. Standard.Steps.Select(step => step with { Stands = null })])),
        ("procedure.days", With([.. Standard.Steps.Select(step => step with { Stands = new(5, true) })])),
        ("procedure.checklist", Standard with { Checklists = [] }),
        ("procedure.checklist", Standard with { Checklists = [new("", ["a"]), new("", ["b"])] }),
        ("procedure.order", With(Of("apply"), Of("declare"), Of("accept"), Of("close"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("review"), Of("close"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("accept"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("notice"), Of("accept"), Of("review"), Of("close"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("accept"), Of("review"), Of("close"), Of("sign"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("accept"), Of("review"), Of("publish"), Of("close"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("accept"), Of("site"), Of("review"), Of("close"))),
        ("procedure.order", With(Of("declare"), Of("apply"), Of("accept"), Of("close"))),
        ("procedure.order", With([.. Standard.Steps, Of("close") with { Key = "again" }])),
    ];

    [Fact]
    public void What_cannot_be_is_refused() => Assert.All(Wrong, wrong => Assert.Equal(wrong.Code, Assert.Throws<Refusal>(wrong.Procedure.Checked).Code));

    /// <summary>Steps in any order: what is let through always declares, applies, accepts and closes, in this order.</summary>
    [Fact]
    public void No_order_that_is_let_through_closes_before_it_accepts() =>
        Gen.Select(Gen.Shuffle(Standard.Steps.Skip(2).ToArray()), Gen.Int[2, 9], (rest, count) => (ProcedureStep[])[.. Standard.Steps.Take(2), .. rest[..count]]).Sample(steps =>
        {
            if (With(steps).Broken().Any())
            {
                return true;
            }

            var kinds = steps.Select(step => step.Kind).ToList();
            return kinds[0] is StepKind.Declare && kinds[1] is StepKind.Apply && kinds.IndexOf(StepKind.Acceptance) > 1 && kinds.IndexOf(StepKind.Close) > kinds.LastIndexOf(StepKind.Acceptance)
                && (kinds.IndexOf(StepKind.SignOff) is var sign && (sign < 0 || sign < kinds.IndexOf(StepKind.Close)));
        });

    [Fact]
    public async Task A_running_closing_keeps_the_version_that_it_began_with()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world);
        Task<int> Set(Procedure to, int seen, string by = "office", string reason = "as agreed") => world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, to, reason, seen, closing.People[by], Ct));

        Assert.Equal("procedure.office", await NoAsync(() => Set(Standard, 0, "poffice")));
        Assert.Equal("procedure.office", await NoAsync(() => Set(Standard, 0, "county")));
        Assert.Equal("programme.not-found", await NoAsync(() => Set(Standard, 0, "admin")));
        Assert.Equal("procedure.reason", await NoAsync(() => Set(Standard, 0, reason: " ")));
        Assert.Equal(1, await Set(Standard, 0));
        Assert.Equal("stale", await NoAsync(() => Set(Closing.Preset("plain"), 0)));
        Assert.Equal("procedure.unchanged", await NoAsync(() => Set(Standard, 1)));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "accept");
        Assert.Equal(2, await Set(Closing.Preset("plain"), 1));

        var younger = await closing.HaveAtAsync(world, closing.Tasks[3].Id, "accept");
        Assert.Equal((1, 2), ((await closing.ClosureAsync(world, id)).ProcedureNo, (await closing.ClosureAsync(world, younger)).ProcedureNo));
        await closing.GoAsync(world, id);
        Assert.Equal(Standard.Steps.Select(step => step.Key), (await closing.CaseAsync(world, id)).InForce.Where(act => !act.Opening).Select(act => act.StepKey));
        await world.InAsync(async (Db db) => Assert.Equal(2, await db.Journal.CountAsync(row => row.Kind == "procedure.set", Ct)));
        var difference = ProcedureDifference.Of(Standard, Closing.Preset("plain"));
        Assert.Equal(["material", "site", "review", "sign", "publish"], difference.Removed.Select(step => step.Key));
        Assert.Equal((0, false), (difference.Added.Count, difference.Moved));
    }
}
