using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Every preset is a procedure that can be, and leads to 已销号 by its own steps.</summary>
public sealed class PresetTests
{
    // The steps differ from preset to preset, the queries do not: one of them goes through the other database too.
    public static TheoryData<string, string> Presets => [.. ProcedurePresets.All.Select(preset => (preset.Key, "sqlite")), ("per-unit", "postgres")];

    [Theory, MemberData(nameof(Presets))]
    public async Task Leads_to_closed_by_all_its_steps_and_to_not_involved_by_those_that_concern_it(string preset, string database)
    {
        await using var world = await World.CreateAsync(database);
        var procedure = Closing.Preset(preset);
        var closing = await Closing.HaveAsync(world, procedure);
        var (task, parts) = procedure.Node switch
        {
            ClosingNode.Task when procedure.PerUnit => (closing.Tasks[1].Id, new[] { (closing.Tasks[1].Id, "county"), (closing.Tasks[1].Id, "other") }),
            ClosingNode.Task => (closing.Tasks[0].Id, [(closing.Tasks[0].Id, "county")]),
            ClosingNode.Measure => (closing.Tasks[0].Id, [.. closing.Measures.Select(measure => (measure.Id, "county"))]),
            ClosingNode.Point => (closing.Tasks[3].Id, [.. closing.Points.Select(point => (point.Id, "county"))]),
        };

        foreach (var (i, (item, by)) in parts.Index())
        {
            Assert.NotEqual(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
            var id = await closing.HaveAtAsync(world, item, by: by);

            var one = await closing.CaseAsync(world, id);
            Assert.Equal((ClosureState.Finished, 0, i + 1 == parts.Length), (one.Closure.State, one.Closure.Returns, (await closing.ViewAsync(world, task)).Status is ItemStatus.Closed));
            Assert.Equal(procedure.Steps.Select(step => step.Key), one.InForce.Where(act => !act.Opening).Select(act => act.StepKey));
            Assert.All(one.Signatures, signature => Assert.False(signature.Stale));
            var own = item == closing.Tasks[1].Id ? new[] { closing.Units["C1"].Id, closing.Units["C2"].Id } : [closing.Units["C1"].Id];
            StepKind[] accepting = [StepKind.MaterialReview, StepKind.SiteCheck, StepKind.Acceptance];
            Assert.DoesNotContain(one.InForce, act => accepting.Contains(act.StepKind) && own.Contains(act.UnitId));
            Assert.Equal(item != task || i + 1 == parts.Length, (await closing.ViewAsync(world, item)).Status is ItemStatus.Closed);
        }

        // The order of the item's facts is the order of the steps.
        var facts = await world.InAsync((Db db) => db.ItemFacts().Where(fact => fact.ItemId == task && fact.VoidedAt == null).OrderBy(fact => fact.Sequence).Select(fact => fact.Kind).ToListAsync(Ct));
        FactKind[] necessary = [FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.NoticeOpened, FactKind.NoticeEnded, FactKind.Closed];
        Assert.Equal(necessary.Order(), facts.Intersect(necessary).Order());
        Assert.True(facts.IndexOf(FactKind.Applied) < facts.IndexOf(FactKind.Accepted) && facts.IndexOf(FactKind.Accepted) < facts.IndexOf(FactKind.Closed));
        Assert.Equal(preset == "close-first", facts.IndexOf(FactKind.NoticeOpened) > facts.IndexOf(FactKind.Closed));
        Assert.Equal(procedure.Steps.Any(step => step.Kind is StepKind.SignOff), facts.Contains(FactKind.SignedOff) && facts.Contains(FactKind.SentForSignature));
        Assert.Equal(procedure.Steps.Any(step => step.Kind is StepKind.Report), facts.Contains(FactKind.Filed));

        // 不涉及: with a proof of its own, by the steps that are kept for it.
        var rest = procedure.Node is ClosingNode.Task ? closing.Tasks[procedure.PerUnit ? 0 : 3].Id : closing.Tasks[2].Id;
        var free = await closing.BeginAsync(world, rest);
        await closing.WriteAsync(world, free, outcome: ClosureOutcome.NotInvolved);
        await closing.GoAsync(world, free);
        Assert.Equal(ItemStatus.NotInvolved, (await closing.ViewAsync(world, rest)).Status);
        Assert.Equal(procedure.Steps.Where(step => step.NotInvolved).Select(step => step.Key), (await closing.CaseAsync(world, free)).InForce.Where(act => !act.Opening).Select(act => act.StepKey));
    }

    [Fact]
    public void One_is_the_default_and_every_variant_that_was_observed_is_among_them()
    {
        Assert.Equal(ProcedurePresets.Default, ProcedurePresets.All[0].Key);
        Assert.All(ProcedurePresets.All, preset => Assert.Empty(preset.Procedure.Broken()));
        Assert.All(ProcedurePresets.All, preset => preset.Procedure.Checked());
        var all = ProcedurePresets.All.Select(preset => preset.Procedure).ToList();
        Assert.Contains(all, one => one.Batch);
        Assert.Contains(all, one => one.PerUnit);
        Assert.Contains(all, one => one.SharedNotice);
        Assert.Equal(Enum.GetValues<ClosingNode>(), all.Select(one => one.Node).Distinct().Order());
        Assert.Equal(Enum.GetValues<StepKind>(), all.SelectMany(one => one.Steps).Select(step => step.Kind).Distinct().Order());
        Assert.Equal([Role.Office, Role.Supervisor, Role.Responsible, Role.Acceptor, Role.Leader], all.SelectMany(one => one.Steps).Select(step => step.Duty).Distinct().Order());
    }
}
