using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
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

    // Who takes each step of a county's task: by what duty, in whose name. R is the region, P the prefecture, C1 the county that answers.
    private static readonly Dictionary<string, string> Takers = new()
    {
        ["acceptor-notice"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P notice:Acceptor@P objections:Acceptor@P review:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["batch"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["by-class"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P notice:Office@P objections:Office@P sign:Leader@P filing:Office@P close:Office@P publish:Office@P",
        ["close-first"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@R sign:Leader@R close:Office@R notice:Office@R objections:Office@R publish:Office@R",
        ["filing"] = "declare:Responsible@C1 apply:Responsible@C1 material:Office@P site:Office@P accept:Office@P recheck:Office@P notice:Office@P objections:Office@P sign:Leader@P upward:Office@P record:Office@R close:Office@P publish:Office@P",
        ["measure"] = "declare:Responsible@C1 apply:Responsible@C1 site:Supervisor@P team:Supervisor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R close:Office@R",
        ["meetings"] = "declare:Responsible@C1 apply:Responsible@C1 site:Supervisor@P accept:Acceptor@P ledger:Office@R judgement:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["no-sign-off"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@P notice:Office@P objections:Office@P close:Office@P",
        ["per-unit"] = "declare:Responsible@C1 apply:Responsible@C1 material:Office@P site:Office@P accept:Office@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["plain"] = "declare:Responsible@C1 apply:Responsible@C1 accept:Office@R notice:Office@R objections:Office@R close:Office@R",
        ["point"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["shared-notice"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["standard"] = "declare:Responsible@C1 apply:Responsible@C1 material:Acceptor@P site:Acceptor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["team"] = "declare:Responsible@C1 apply:Responsible@C1 site:Acceptor@P meeting:Acceptor@P archive:Acceptor@P accept:Acceptor@P review:Office@R notice:Office@R objections:Office@R sign:Leader@R close:Office@R publish:Office@R",
        ["three-level"] = "declare:Responsible@C1 apply:Responsible@C1 site:Office@P accept:Office@P notice:Office@C1 objections:Office@C1 sign:Leader@C1 upward:Office@C1 city:Office@P close:Office@C1 filing:Office@C1",
    };

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
            if (i == 0)
            {
                Assert.Equal(Takers[preset], string.Join(' ', one.InForce.Where(act => !act.Opening).Select(act => $"{act.StepKey}:{Held(closing, act)}")));
            }

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

    // By what duty, and in whose name: who acted holds that duty there or above.
    private static string Held(Closing closing, ClosureAct act)
    {
        var person = closing.People.Values.Single(one => one.Actor == act.By);
        return $"{Enum.GetValues<Role>().Single(role => person.HeldAs(role).Any())}@{closing.Units.Single(unit => unit.Value.Id == act.UnitId).Key}";
    }

    [Fact]
    public async Task By_class_of_problem_the_province_or_the_city_accepts_and_forms_and_checklists_follow_type_and_step()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("by-class"), more: (programme, units, tree) =>
        {
            foreach (var (no, type) in new[] { (5, "省级验收"), (6, "工程类") })
            {
                var item = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.") { TaskType = type });
                tree.Items.Add(item);
                tree.Units.Add(new() { ItemId = item.Id, UnitId = units["C1"].Id, Text = "C1", Role = Rectify.Grammar.DraftRole.Lead, Order = 100 + no });
            }
        });
        async Task<Guid> TaskAsync(int no) => await world.InAsync((Db db) => db.ItemsFor(ClosureReading.Room, Right.Read).Where(item => item.NumberText == $"第{no}项" && item.ParentId == null).Select(item => item.Id).SingleAsync(Ct));
        async Task<string[]> AcceptAsync(Guid item)
        {
            var one = await closing.CaseAsync(world, await closing.HaveAtAsync(world, item, "notice"));
            return [.. one.InForce.Where(act => act.StepKind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance).Select(act => closing.Units.Single(unit => unit.Value.Id == act.UnitId).Key)];
        }

        Assert.Equal(["R", "R", "R"], await AcceptAsync(await TaskAsync(5)));
        Assert.Equal(["P", "P", "P"], await AcceptAsync(await TaskAsync(6)));

        // 锦州: works have another form than what is none, and a field that is needed is asked for.
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("plain"), "as agreed", 1, closing.People["office"], Ct));
        await world.InAsync(async (Db db) => Assert.Equal("工程类", (await db.ItemsFor(ClosureReading.Room, Right.Read).SingleAsync(item => item.NumberText == "第6项", Ct)).TaskType));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "apply");
        Assert.Equal("整改任务销号工作情况说明（非工程类）", (await closing.CaseAsync(world, id)).FormOf((await closing.CaseAsync(world, id)).Next!)!.Title);
        Assert.Equal("closure.form", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id, change: stated => stated with { Fields = [] }))).Code);
        Assert.Equal("closure.field", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id, change: stated => stated with { Fields = [.. stated.Fields.Select(field => field with { Value = " " })] }))).Code);
        await closing.TakeAsync(world, id);
        var act = (await closing.CaseAsync(world, id)).InForce[^1];
        Assert.Contains("\"fields\":[{\"name\":\"整改工作开展情况\",\"value\":\"整改工作开展情况: as it is\"}", act.Content, StringComparison.Ordinal);
        await world.InAsync(async (IServiceProvider services) =>
        {
            var view = await ClosureView.ReadAsync(services.GetRequiredService<Db>(), services.GetServices<IStepGate>(), closing.People["office"], id, Ct);
            var papers = new ClosurePapers(services.GetRequiredService<Db>(), Words.In(Language.Default), world.Clock, new Nowhere());
            var paper = await papers.FormAsync(view, "apply", "", Ct);
            Assert.Equal("整改任务销号工作情况说明（非工程类）", paper.Title);
            Assert.Contains(paper.Body.OfType<KeyValueTable>().SelectMany(table => table.Rows), row => row.Value == "整改工作开展情况: as it is");
            Assert.Contains(paper.Body.OfType<KeyValueTable>().SelectMany(table => table.Rows), row => row is { Key: "意见", Value: "apply: agreed." });
            await Assert.ThrowsAsync<Refusal>(() => papers.FormAsync(view, "close", "", Ct));
        });
        var plain = Closing.Preset("plain");
        Assert.Equal("整改任务销号工作情况说明（工程类）", plain.FormFor("工程类", "apply")!.Title);
        Assert.Null(plain.FormFor("工程类", "accept"));

        // 房县: what is looked at on site is not what is judged at the end.
        var team = Closing.Preset("team");
        Assert.NotEqual(team.LinesFor("", "site"), team.LinesFor("", "accept"));
        var typed = team with { Checklists = [.. team.Checklists, new("mine", ["Of mines, in any step."]), new("mine", ["Of mines on site."]) { Step = "site" }] };
        Assert.Equal([["Of mines on site."], ["Of mines, in any step."], team.LinesFor("", "site")], [typed.LinesFor("mine", "site"), typed.LinesFor("mine", "accept"), typed.LinesFor("well", "site")]);
    }

    [Fact]
    public async Task Of_a_towns_task_the_county_accepts_and_the_city_reviews()
    {
        await using var world = await World.CreateAsync("sqlite");
        Guid town = default;
        var closing = await Closing.HaveAsync(world, Closing.Preset("three-level"), more: (programme, units, tree) =>
        {
            var item = Item.Create(programme.Id, null, ItemKind.Task, 5, new("第5项", 5, "Task 5."));
            tree.Items.Add(item);
            tree.Units.Add(new() { ItemId = item.Id, UnitId = units["T"].Id, Text = "T", Role = Rectify.Grammar.DraftRole.Lead, Order = 105 });
            town = item.Id;
        });

        var one = await closing.CaseAsync(world, await closing.HaveAtAsync(world, town, by: "town"));

        Assert.Equal(
            "declare:Responsible@T apply:Responsible@T site:Office@C1 accept:Office@C1 notice:Office@C1 objections:Office@C1 sign:Leader@C1 upward:Office@C1 city:Office@P close:Office@C1 filing:Office@C1",
            string.Join(' ', one.InForce.Where(act => !act.Opening).Select(act => $"{act.StepKey}:{Held(closing, act)}")));
    }

    [Fact]
    public void Forms_and_checklists_are_read_back_as_they_are_written()
    {
        var plain = Closing.Preset("plain");
        Assert.Equivalent(plain.Forms, ProcedureText.Forms(ProcedureText.Of(plain.Forms!, "（选填）"), "apply", "usual", "（选填）"), strict: true);
        var lists = new[] { new Checklist("", ["One.", "[not a type] two."]), new Checklist("mine", ["Three."]) };
        Assert.Equivalent(lists, ProcedureText.Checklists(ProcedureText.Of(lists), null), strict: true);
        Assert.Equal("usual", Assert.Single(ProcedureText.Forms("A field", "apply", "usual", "?")).Title);
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
