using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;
using static Rectify.Tests.Plans.Imports;

namespace Rectify.Tests.Plans;

public sealed class ImportTests
{
    private static readonly DateOnly June = new(2018, 6, 30);
    private static readonly DateOnly September = new(2018, 9, 30);

    private static readonly PastStep[] Approved = [new(PlanStep.Report, new(2018, 1, 8), "A1"), new(PlanStep.Approve, new(2018, 2, 1), "A2")];

    [Theory, EveryDatabase]
    public async Task A_document_becomes_items_once_it_is_confirmed_and_not_before(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();

        var preview = await world.StartAsync(Plan, office.By);
        Assert.Empty(await world.TasksAsync());
        await world.InAsync((CorrectImport correct) => correct.RunAsync(
            preview, 0, draft => draft with { Items = [draft.Items[0] with { Goal = new("another goal", []) }, draft.Items[1]] },
            new Dictionary<string, Guid> { ["林草局"] = office.Forest.Id }, office.By, Ct));
        var no = await world.InAsync((ConfirmImport confirm) => confirm.RunAsync(preview, Approved, keepAliases: true, office.By, Ct));

        Assert.Equal(1, no);
        var tasks = await world.TasksAsync();
        Assert.Equal([1, 2], tasks.Select(task => task.NumberValue));
        Assert.Equal("another goal", tasks[0].Goal);
        Assert.Equal(June, tasks[0].DueOn);
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal([office.Water.Id, office.Forest.Id], await db.ItemUnits().Where(unit => unit.UnitId != null)
                .OrderBy(unit => unit.Text == "林草局").Select(unit => unit.UnitId!.Value).ToListAsync(Ct));
            Assert.Equal(["林草局"], await db.Aliases().Select(alias => alias.Text).ToListAsync(Ct));
            Assert.Equal(3, await db.ItemsFor(office.By, Right.Read).CountAsync(item => item.Kind == ItemKind.Measure, Ct));
            Assert.Empty(await db.ImportDraftsFor(office.By).ToListAsync(Ct));
            var version = Assert.Single(await PlanQueries.VersionsAsync(db, tasks[0].ProgrammeId, office.By, Ct));
            Assert.Equal((PlanState.Approved, "Person office", true), (version.State, version.ConfirmedBy, version.InForce));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_later_version_holds_from_its_approval_and_keeps_the_first_dates(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, ATask(1, "waste water", June, AMeasure("1.", "build"), AMeasure("2.", "watch")), ATask(2, "forest", June)), office.By, Approved);
        var first = await world.TasksAsync();

        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, ATask(1, "waste water", September, AMeasure("1.", "build"), AMeasure("2.", "guard")), ATask(3, "dust", June)), office.By);
        Assert.Equal(first.Select(task => (task.Id, task.DueOn)), (await world.TasksAsync()).Select(task => (task.Id, task.DueOn)));

        await world.InAsync((RecordPlanStep record) => record.RunAsync(Code, 2, new(PlanStep.Report, new(2018, 6, 1)), office.By, Ct));
        await world.InAsync((RecordPlanStep record) => record.RunAsync(Code, 2, new(PlanStep.Approve, new(2018, 6, 20), "B2"), office.By, Ct));

        var tasks = await world.TasksAsync();
        Assert.Equal([1, 3], tasks.Select(task => task.NumberValue));
        Assert.Equal((first[0].Id, June, September), (tasks[0].Id, tasks[0].DeadlineDate, tasks[0].DueOn));
        await world.InAsync(async (Db db) =>
        {
            var fact = await db.ItemFacts().SingleAsync(Ct);
            Assert.Equal((FactKind.DeadlineChanged, tasks[0].Id, new DateOnly(2018, 6, 20), September), (fact.Kind, fact.ItemId, fact.On, fact.To));
            Assert.Equal(new DateOnly(2018, 6, 20), (await db.ItemsFor(office.By, Right.Read).SingleAsync(item => item.Id == first[1].Id, Ct)).RemovedOn);
            Assert.Equal(["build", "guard"], await db.ItemsFor(office.By, Right.Read).Where(item => item.ParentId == tasks[0].Id && item.RemovedOn == null)
                .OrderBy(item => item.SortKey).Select(item => item.Text).ToListAsync(Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_unit_that_was_chosen_counts_when_the_version_is_approved_later(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(await world.HavePreviewAsync(office.By, ATask(1, "waste water")), office.By, Approved);
        var preview = await world.HavePreviewAsync(office.By, ATask(1, "waste water"), ATask(2, "forest") with { Units = [new("林草局", DraftRole.Lead, [])] });
        await world.InAsync((CorrectImport correct) => correct.RunAsync(
            preview, 0, draft => draft, new Dictionary<string, Guid> { ["林草局"] = office.Forest.Id }, office.By, Ct));
        await world.ConfirmAsync(preview, office.By, new PastStep(PlanStep.Report, new(2018, 6, 1)));

        await world.InAsync((RecordPlanStep record) => record.RunAsync(Code, 2, new(PlanStep.Approve, new(2018, 6, 20)), office.By, Ct));

        var added = (await world.TasksAsync())[1];
        Assert.Equal(office.Forest.Id, await world.InAsync((Db db) => db.ItemUnits().Where(unit => unit.ItemId == added.Id).Select(unit => unit.UnitId).SingleAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_tasks_with_one_number_the_one_that_changed_is_changed(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(await world.HavePreviewAsync(office.By, ATask(1, "waste water", June), ATask(1, "forest", June)), office.By, Approved);
        var first = await world.TasksAsync();

        await world.ConfirmAsync(
            await world.HavePreviewAsync(office.By, ATask(1, "waste water", June), ATask(1, "forest", September)), office.By, Approved);

        Assert.Equal([(first[0].Id, June), (first[1].Id, September)], (await world.TasksAsync()).Select(task => (task.Id, task.DueOn!.Value)));
    }

    [Theory, EveryDatabase]
    public async Task The_same_content_is_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(await world.StartAsync(Plan, office.By), office.By, Approved);
        var again = await world.StartAsync(Plan, office.By);

        Assert.Equal("import.same", (await Assert.ThrowsAsync<Refusal>(() => world.ConfirmAsync(again, office.By))).Code);

        Assert.Equal(1, await world.InAsync((Db db) => db.PlanVersionsFor(office.By, Right.Read).CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Steps_out_of_order_or_to_come_are_refused_and_save_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var preview = await world.StartAsync(Plan, office.By);
        var tomorrow = DateOnly.FromDateTime(world.Clock.GetUtcNow().Date).AddDays(2);
        (string Code, PastStep[] Steps)[] bad =
        [
            ("plan.step-early", [new(PlanStep.Approve, June)]),
            ("plan.step-order", [new(PlanStep.Report, September), new(PlanStep.Approve, June)]),
            ("plan.step-taken", [new(PlanStep.Report, June), new(PlanStep.Report, June)]),
            ("plan.document", [new(PlanStep.Report, June, new('x', 201))]),
            ("plan.future", [new(PlanStep.Report, tomorrow)]),
        ];
        foreach (var (code, steps) in bad)
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => world.ConfirmAsync(preview, office.By, steps))).Code);
        }

        Assert.Empty(await world.TasksAsync());
        Assert.Equal(1, await world.ConfirmAsync(preview, office.By));
    }

    [Theory, EveryDatabase]
    public async Task A_commit_that_fails_leaves_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var preview = await world.StartAsync(Plan, office.By);
        var entries = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));
        var table = await world.InAsync((Db db) => Task.FromResult(db.Model.FindEntityType(typeof(StatusSpan))!.GetTableName()!));
        await RenameAsync(table, "Away");

        await Assert.ThrowsAnyAsync<Exception>(() => world.ConfirmAsync(preview, office.By, Approved));

        await RenameAsync("Away", table);
        Assert.Empty(await world.TasksAsync());
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(entries, await db.Journal.CountAsync(Ct));
            Assert.False(await db.PlanVersionsFor(office.By, Right.Read).AnyAsync(Ct));
            Assert.True(await db.ImportDraftsFor(office.By).AnyAsync(draft => draft.Id == preview, Ct));
        });
        Assert.Equal(1, await world.ConfirmAsync(preview, office.By, Approved));

#pragma warning disable EF1002, RS0030 // names from the model, and no entity
        Task RenameAsync(string from, string to) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{from}\" RENAME TO \"{to}\"", Ct));
#pragma warning restore EF1002, RS0030
    }

    [Theory, EveryDatabase]
    public async Task Nobody_else_finds_a_preview(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var preview = await world.StartAsync(Plan, office.By);
        var other = await world.AccessAsync((await world.HaveAccountAsync(office.Region, "colleague", Role.Office)).Actor);
        Func<Task>[] tries =
        [
            () => world.ConfirmAsync(preview, other),
            () => world.InAsync((DropImport drop) => drop.RunAsync(preview, other, Ct)),
            () => world.InAsync((CorrectImport correct) => correct.RunAsync(preview, 0, draft => draft, new Dictionary<string, Guid>(), other, Ct)),
        ];

        foreach (var attempt in tries)
        {
            Assert.Equal("import.not-found", (await Assert.ThrowsAsync<Refusal>(attempt)).Code);
        }

        Assert.Empty(await world.InAsync((Db db) => db.ImportDraftsFor(other).ToListAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_correction_of_what_was_corrected_meanwhile_is_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var preview = await world.StartAsync(Plan, office.By);
        Task CorrectAsync(string goal) => world.InAsync((CorrectImport correct) => correct.RunAsync(
            preview, 0, draft => draft with { Items = [draft.Items[0] with { Goal = new(goal, []) }] }, new Dictionary<string, Guid>(), office.By, Ct));
        await CorrectAsync("mine");

        Assert.Equal("stale", (await Assert.ThrowsAsync<Refusal>(() => CorrectAsync("theirs"))).Code);

        var kept = await world.InAsync((Db db) => db.ImportDraftsFor(office.By).SingleAsync(Ct));
        Assert.Equal("mine", PlanPreview.Draft(kept).Items.Single().Goal.Text);
    }
}
