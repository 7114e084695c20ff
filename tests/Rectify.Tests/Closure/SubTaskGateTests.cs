using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>A task is not closed over the heads of those to whom parts of it were handed down.</summary>
public sealed class SubTaskGateTests
{
    [Theory, EveryDatabase]
    public async Task A_task_is_neither_accepted_nor_closed_while_a_sub_task_is_open(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var part = await PartAsync(world, closing, task, "Dig the ditch.");
        var removed = await PartAsync(world, closing, task, "Not needed.");
        await world.InAsync(async (RemoveItem remove) => await remove.RunAsync(removed, (await closing.ViewAsync(world, removed)).Item.Version, "Not needed.", closing.People["county"], Ct));
        var id = await closing.HaveAtAsync(world, task, "accept");

        // Begun is not closed.
        await RefusedAsync(id);
        var below = await closing.HaveAtAsync(world, part, "close");
        await RefusedAsync(id);
        await world.InAsync(async (Db db) => Assert.Equal([("Dig the ditch.", below)], (await ClosureView.ReadAsync(db, [], closing.People["reader"], id, Ct)).Parts.Select(one => (one.Item.Title, one.Closings.Single().Closure.Id))));
        var words = Words.In(Language.Find("en")!);
        Assert.Equal("第1项 · Dig the ditch.", words.Heading(await closing.CaseAsync(world, below)));
        Assert.Equal("第1项 Task 1.", words.Heading(await closing.CaseAsync(world, id)));
        await closing.GoAsync(world, below);
        await closing.TakeAsync(world, id);

        // Taken up again below, the task waits once more before it closes.
        await closing.GoAsync(world, id, "close");
        await world.InAsync((RecordFacts record) => record.RunAsync(part, [new(FactKind.Reopened, world.Clock.Today, Note: "It silted up.")], closing.People["office"], Ct));
        await RefusedAsync(id);
        Closing.Today(world, world.Clock.Today.AddDays(1)); // completed after it was taken up
        await closing.HaveAtAsync(world, part);
        await closing.GoAsync(world, id);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);

        async Task RefusedAsync(Guid closure)
        {
            Assert.Equal("closure.obstacles", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, closure))).Code);
            await world.InAsync(async (Db db) => Assert.Equal(
                ("closure.subtask", $"/items/{part}/closing"), (await ClosureView.ReadAsync(db, [new SubTaskGate(db)], closing.People["office"], closure, Ct)).Obstacles.Select(one => (one.What.Key, one.Href)).Single()));
        }
    }

    [Fact]
    public async Task What_does_not_concern_a_unit_counts_as_closed_and_a_task_closes_with_its_last_measure_only_after_its_sub_tasks()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("measure"));
        var part = await PartAsync(world, closing, closing.Tasks[0].Id, "Dig the ditch.");
        await closing.HaveAtAsync(world, closing.Measures[0].Id);
        var last = await closing.HaveAtAsync(world, closing.Measures[1].Id, "close");
        Assert.Equal("closure.obstacles", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, last))).Code);

        var below = await closing.BeginAsync(world, part);
        await closing.WriteAsync(world, below, outcome: ClosureOutcome.NotInvolved);
        await closing.GoAsync(world, below);
        await closing.GoAsync(world, last);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);
    }

    private static Task<Guid> PartAsync(World world, Closing closing, Guid task, string title) =>
        world.InAsync((AddSubTask add) => add.RunAsync(task, ItemKind.SubTask, new("", null, title) { Goal = "Done." }, [], closing.People["county"], Ct));
}
