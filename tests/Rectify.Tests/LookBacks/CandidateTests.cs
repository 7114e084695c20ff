using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>Whom a list holds, and which checks take an item up again.</summary>
public sealed class CandidateTests
{
    [Theory, EveryDatabase]
    public async Task A_list_holds_those_of_its_aspect_that_were_closed_within_its_days(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        for (var task = 1; task <= 7; task++)
        {
            await c.CloseAsync(world, task, new(2026, 1, task));
        }

        foreach (var (filter, expected) in new (CandidateFilter, int[])[] { (new(Aspect: 1), [1, 3, 5, 7]), (new(To: new(2026, 1, 3)), [1, 2, 3]), (new(new(2026, 1, 2), new(2026, 1, 5), 0), [2, 4]) })
        {
            var plan = await world.InAsync((PlanLookBack make) => make.RunAsync("r1", new("Looking back", new(2026, 4, 1), new(2026, 6, 30)), c.Office, Ct));
            var draw = await world.InAsync((PublishList list) => list.RunAsync(plan, new(DrawParts.None, 1, "The state lottery", new(2026, 4, 1), "", new(2026, 6, 30), null, ""), filter, c.Office, Ct));
            var listed = await world.InAsync((Db db) => db.LookBackDrawsFor(c.Office).Where(one => one.Id == draw).Select(one => one.List).SingleAsync(Ct));
            Assert.Equal(expected.Select(no => JournalBytes.Text(c.Tasks[no - 1].PublicId)).Order(StringComparer.Ordinal), Lot.Read(listed).Select(one => one.Id).Order(StringComparer.Ordinal));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_check_that_found_it_holding_takes_nothing_up_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 1, 12));
        await Closings.MakeAsync(world);
        var check = await c.CheckAsync(world, 1);
        Task StateAsync() => world.InAsync((StateRebound state) => state.RunAsync(c.Tasks[0].Id, new(ReboundSource.Check, "", world.Clock.Today, "Heaps of sand again."), check.Id, c.Office, Ct));
        Assert.Equal("rebound.check", await Closings.NoAsync(StateAsync)); // nobody has looked
        await c.HandInAsync(world, check, CheckResult.CameBack, "c1");
        Assert.Equal("rebound.check", await Closings.NoAsync(StateAsync)); // nobody has confirmed it
        await c.ReviewAsync(world, check.Id, new(CheckResult.Held, "I saw it."), "above");
        Assert.Equal("rebound.check", await Closings.NoAsync(StateAsync));
    }
}
