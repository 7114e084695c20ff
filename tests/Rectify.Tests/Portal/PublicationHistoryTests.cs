using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>What the public reads of a task that came back after it was closed.</summary>
public sealed class PublicationHistoryTests
{
    [Theory, EveryDatabase]
    public async Task Nobody_signs_that_a_closing_is_public_before_the_public_site_shows_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var (task, office) = (closing.Tasks[0].Id, closing.People["office"]);
        await world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, new(true, "Public", "", "", "", "CC BY 4.0", ""), 0, office, Ct));
        await PublishAsync(world, task, office, ""); // before it is closed
        var id = await closing.HaveAtAsync(world, task, "publish");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, id));
        Assert.Equal("closure.obstacles", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id, by))).Code);

        await PublishAsync(world, task, office, "It is closed.");
        await world.InAsync((WithdrawPublication withdraw) => withdraw.RunAsync(task, "Wrong.", office, Ct));
        Assert.Equal("closure.obstacles", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id, by))).Code);
        await PublishAsync(world, task, office, "As it should be.");
        await closing.TakeAsync(world, id, by);
        Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, id)).State);
    }

    [Theory, EveryDatabase]
    public async Task The_closing_of_a_measure_is_public_with_its_task(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard") with { Node = ClosingNode.Measure });
        var office = closing.People["office"];
        await world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, new(true, "Public", "", "", "", "CC BY 4.0", ""), 0, office, Ct));
        var id = await closing.HaveAtAsync(world, closing.Measures[0].Id, "publish");
        Assert.Equal("closure.obstacles", (await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id))).Code);

        await PublishAsync(world, closing.Tasks[0].Id, office, "");
        await closing.TakeAsync(world, id);
        Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, id)).State);
    }

    [Theory, EveryDatabase]
    public async Task A_closing_that_was_taken_up_again_stays_told_with_the_day_on_which_it_was(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("plain"));
        var task = closing.Tasks[0].Id;
        var first = await closing.HaveAtAsync(world, task);
        var closed = (await closing.ClosureAsync(world, first)).ClosedOn!.Value;
        Closing.Today(world, closed.AddDays(20));
        await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Reopened, world.Clock.Today, Note: "It came back.")], closing.People["office"], Ct));
        Assert.Equal([closed], Closes((await StepsAsync()).Steps));

        Closing.Today(world, world.Clock.Today.AddDays(3));
        var second = await closing.HaveAtAsync(world, task);
        var again = (await closing.ClosureAsync(world, second)).ClosedOn!.Value;
        var snapshot = await StepsAsync();

        Assert.Equal([closed, again], Closes(snapshot.Steps));
        Assert.Equal(closed.AddDays(20), Assert.Single(snapshot.Steps, step => step.Key == "fact.kind.Reopened").On);
        Assert.Equal(snapshot.Steps.Select(step => step.On).Order(), snapshot.Steps.Select(step => step.On));
        Assert.Equal(again, snapshot.ClosedOn);
        Assert.Equal("All of it was done.", snapshot.Result); // as the second declaration says, and not as both

        async Task<PublicSnapshot> StepsAsync() => await world.InAsync(async (Db db) => (await PublicationDraft.MakeAsync(
            db, task, new("A task", [PublicField.Steps, PublicField.Closing, PublicField.Units, PublicField.Result], [], "", "", [], ""), closing.People["office"], world.Clock.Today, Ct)).Snapshot);

        static IEnumerable<DateOnly> Closes(IEnumerable<PublicStep> steps) => steps.Where(step => step.Key == "procedure.kind.Close").Select(step => step.On);
    }

    private static async Task PublishAsync(World world, Guid task, Access office, string remark)
    {
        var choice = new PublicationChoice("A task", [PublicField.Status, PublicField.Steps], [], "", "", [], remark);
        var seen = await world.InAsync(async (Db db) => (await PublicationDraft.MakeAsync(db, task, choice, office, world.Clock.Today, Ct)).Hash);
        await world.InAsync((PublishItem publish) => publish.RunAsync(task, choice, seen, office, Ct));
    }
}
