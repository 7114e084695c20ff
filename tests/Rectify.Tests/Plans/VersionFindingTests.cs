using CsCheck;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;
using static Rectify.Tests.Plans.Imports;

namespace Rectify.Tests.Plans;

/// <summary>What versions of a plan make of findings and their tasks.</summary>
public sealed class VersionFindingTests
{
    private static readonly DateOnly June = new(2018, 6, 30);

    private static readonly PastStep[] Approved = [new(PlanStep.Report, new(2018, 1, 8), "A1"), new(PlanStep.Approve, new(2018, 2, 1), "A2")];

    [Theory, EveryDatabase]
    public async Task Tasks_stand_beneath_their_finding_and_are_counted_alone(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();

        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, Beneath(3, "a foul river", ATask(1, "close the outlets", June)), ATask(2, "forest", June), Beneath(3, "a foul river", ATask(3, "build the works", June))), office.By, Approved);

        var tasks = await world.TasksAsync();
        Assert.Equal([1, 3, 2], tasks.Select(task => task.NumberValue)); // in the order of the tree
        var finding = Assert.Single(await FindingsAsync(world));
        Assert.Equal(("a foul river", 3, finding.Id, null, finding.Id), (finding.Text, finding.NumberValue, tasks[0].ParentId, tasks[2].ParentId, tasks[1].ParentId));
        await world.InAsync(async (Db db) =>
        {
            var overview = await Overview.ReadAsync(db, office.By, finding.ProgrammeId, June, Ct);
            Assert.Equal(3, overview.Tasks.Count);
            var page = await ItemList.PageAsync(db, office.By, finding.ProgrammeId, new() { Filter = new() { FindingId = finding.Id } }, June, Ct);
            Assert.Equal([1, 3], page.Rows.Select(row => row.NumberValue));
            Assert.All(page.Rows, row => Assert.Equal(finding.Id, row.Finding?.Id));
            Assert.Equal(2, page.Total.Count);
            using var file = new MemoryStream();
            await new ItemExport(db, Words.In(Language.Default), office.By, finding.ProgrammeId, new(), June).WriteAsync(file, Ct);
            Assert.Equal(
                ["3 a foul river", "3 a foul river", null],
                file.Query(useHeaderRow: true, sheetName: "任务").Cast<IDictionary<string, object?>>().Select(row => row["所属反馈问题"]));
            var history = await ItemHistory.ReadAsync(db, office.By, finding.Id, 9, Ct);
            Assert.Contains(history!.Entries, entry => entry.Kind == "item.created");
            var view = await ItemView.ReadAsync(db, office.By, finding.Id, June, Ct);
            Assert.Equal([1, 3], view!.Parts.Select(part => part.Item.NumberValue));
        });
        await FollowAsync(world, office.By);
    }

    [Theory, EveryDatabase]
    public async Task A_finding_stands_where_its_tasks_stand_and_takes_no_facts(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, Beneath(3, "a foul river", ATask(1, "close the outlets", June)), Beneath(3, "a foul river", ATask(2, "build the works", June))), office.By, Approved);
        var (finding, tasks) = (Assert.Single(await FindingsAsync(world)), await world.TasksAsync());
        Task RecordAsync(Guid id, FactKind kind) => world.InAsync((RecordFacts record) => record.RunAsync(id, [new(kind, new(2018, 5, 1))], Access.OfSystem(Setup), Ct));

        Assert.Equal("fact.finding", (await Assert.ThrowsAsync<Refusal>(() => RecordAsync(finding.Id, FactKind.Started))).Code);
        Assert.Equal("item.finding", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((AddSubTask add) =>
            add.RunAsync(finding.Id, ItemKind.Point, new("", null, "here"), [], office.By, Ct)))).Code);
        Assert.Equal(ItemStatus.Overdue, await StatusAsync(world, finding.Id, June.AddDays(1)));
        await RecordAsync(tasks[0].Id, FactKind.Completed);
        Assert.Equal(ItemStatus.Overdue, await StatusAsync(world, finding.Id, June.AddDays(1)));
        await RecordAsync(tasks[1].Id, FactKind.Completed);
        Assert.Equal(ItemStatus.Done, await StatusAsync(world, finding.Id, June.AddDays(1)));
        await FollowAsync(world, office.By);
    }

    [Theory, EveryDatabase]
    public async Task A_later_version_finds_the_finding_again_and_takes_out_one_without_tasks(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var measure = AMeasure("1.", "dig");
        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, Beneath(3, "a foul river", ATask(1, "close the outlets", June, measure)), Beneath(4, "a bare mine", ATask(2, "plant trees", June)), ATask(5, "dust", June)),
            office.By, Approved);
        var before = await FindingsAsync(world);
        var task = (await world.TasksAsync())[1];

        await world.ConfirmAsync(await world.HavePreviewAsync(
            office.By, Beneath(3, "a river that is foul", ATask(1, "close the outlets", June, measure)), Beneath(3, "a river that is foul", ATask(2, "plant trees", June)),
            Beneath(3, "a river that is foul", ATask(5, "dust", June)), Beneath(3, "a river that is foul", ATask(6, "new works", June))), office.By, Approved);

        var after = Assert.Single(await FindingsAsync(world));
        Assert.Equal((before[0].Id, "a river that is foul"), (after.Id, after.Text));
        var tasks = await world.TasksAsync();
        Assert.Equal([1, 2, 5, 6], tasks.Select(one => one.NumberValue));
        Assert.All(tasks, one => Assert.Equal(after.Id, one.ParentId));
        Assert.Equal(task.Id, tasks[1].Id);
        await world.InAsync(async (Db db) =>
        {
            Assert.NotNull((await db.ItemsFor(office.By, Right.Read).SingleAsync(item => item.Id == before[1].Id, Ct)).RemovedOn);
            var history = await ItemHistory.ReadAsync(db, office.By, task.Id, 9, Ct);
            Assert.Contains(history!.Entries.SelectMany(entry => entry.Changes), change =>
                (change.Field, change.Before, change.After) == (nameof(Item.ParentId), "4. a bare mine", "3. a river that is foul"));
            Assert.Contains((await ItemHistory.ReadAsync(db, office.By, before[1].Id, 9, Ct))!.Entries, entry => entry.Kind == "item.removed");
        });
        await FollowAsync(world, office.By);
    }

    // Whatever one version says after another: the tree is that of the newest, and all that is derived follows it.
    [Theory, EveryDatabase]
    public Task The_tree_is_what_the_newest_version_says(string database) =>
        Gen.Select(Gen.Int[0, 3].Array[1, 5], Gen.Int[0, 9]).Array[4].SampleAsync(async versions =>
        {
            await using var world = await World.CreateAsync(database);
            var office = await world.HaveProgrammeAsync();
            foreach (var (round, (findings, first)) in versions.Index())
            {
                DraftItem[] items = [.. findings.Select((finding, i) => finding == 0
                    ? ATask(first + i + 1, $"task {first + i + 1}", June)
                    : Beneath(finding, $"finding {finding}", ATask(first + i + 1, $"task {first + i + 1} of {round}", June)))];

                await world.ConfirmAsync(await world.HavePreviewAsync(office.By, items), office.By, Approved);

                var told = (await FindingsAsync(world)).ToDictionary(finding => finding.Id);
                Assert.Equal(
                    items.Select(item => (item.Number.Value, item.Finding?.Value)).Order(),
                    (await world.TasksAsync()).Select(task => (task.NumberValue, task.ParentId is { } above ? told[above].NumberValue : null)).Order());
                Assert.Equal(findings.Where(finding => finding > 0).Distinct().Order(), told.Values.Select(finding => finding.NumberValue!.Value).Order());
                await FollowAsync(world, office.By);
            }
        }, iter: 8, threads: 1);

    private static DraftItem Beneath(int number, string text, DraftItem task) => task with { Finding = new(text, $"{number}.", number, []) };

    private static Task<List<Item>> FindingsAsync(World world) => world.InAsync((Db db) => db.ItemsFor(Access.OfSystem(Setup), Right.Read)
        .Where(item => item.Kind == ItemKind.Finding && item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync(Ct));

    private static Task<ItemStatus> StatusAsync(World world, Guid item, DateOnly on) => world.InAsync((Db db) =>
        db.StatusSpans().Where(span => span.ItemId == item && span.From <= on && span.Until > on).Select(span => span.Status).SingleAsync(Ct));

    /// <summary>Keys are those of the tree, unique among what stands, and spans and scopes have copies of them.</summary>
    private static Task FollowAsync(World world, Access by) => world.InAsync(async (Db db) =>
    {
        var items = await db.ItemsFor(by, Right.Read).AsNoTracking().ToListAsync(Ct);
        var byId = items.ToDictionary(item => item.Id);
        var standing = items.Where(item => item.RemovedOn is null).ToList();
        Assert.All(standing, item => Assert.Equal(item.ParentId is { } above ? byId[above].SortKey + "." : "", item.SortKey[..^5]));
        Assert.Equal(standing.Count, standing.Select(item => item.SortKey).Distinct().Count());
        Assert.All(standing.Where(item => item.ParentId is not null), item => Assert.Null(byId[item.ParentId!.Value].RemovedOn));
        Assert.All(await db.StatusSpans().AsNoTracking().ToListAsync(Ct), span => Assert.Equal(byId[span.ItemId].SortKey, span.SortKey));
        Assert.All(await db.ItemScopes().AsNoTracking().ToListAsync(Ct), scope => Assert.Equal(byId[scope.ItemId].SortKey, scope.SortKey));
        var spans = (await db.StatusSpans().AsNoTracking().OrderBy(span => span.From).ToListAsync(Ct)).ToLookup(span => span.ItemId);
        Assert.All(items, item =>
        {
            // On the days on which it stands in the plan, and on no other.
            var (first, end) = (item.AddedOn ?? DateOnly.MinValue, item.RemovedOn ?? DateOnly.MaxValue);
            Assert.Equal(first < end ? (first, end) : null, spans[item.Id].Any() ? (spans[item.Id].First().From, spans[item.Id].Last().Until) : ((DateOnly, DateOnly)?)null);
            Assert.All(spans[item.Id].Zip(spans[item.Id].Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        });
    });
}
