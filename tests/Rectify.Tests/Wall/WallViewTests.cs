using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using Rectify.Wall;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Wall;

/// <summary>What a wall says of a day.</summary>
public sealed class WallViewTests
{
    [Theory, EveryDatabase]
    public async Task It_counts_to_the_end_of_the_month_before_and_tells_what_is_worst_first(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        await world.InAsync((RecordFacts record) => record.RunAsync(small.Tasks[4].Id, [new(FactKind.Started, new(2019, 3, 1)), new(FactKind.Completed, new(2019, 8, 1))], SmallProgramme.Everyone, Ct));

        var wall = await ReadAsync(world, new(2019, 8, 10)); // 3 is overdue, a node of 4 was missed in June

        Assert.Equal((new DateOnly(2019, 7, 31), 3, 2), (wall.Before, wall.DoneBefore, wall.ClosedBefore));
        Assert.Equal([3, 4], wall.Lights.Select(cell => cell.Number!.Value).Take(2));
        Assert.Equal(4, (await ReadAsync(world, new(2019, 9, 1))).DoneBefore);
    }

    // The red list named a unit now in full and now in short, and said of a light only which margin was crossed.
    [Theory, EveryDatabase]
    public async Task A_light_comes_with_the_unit_in_short_and_the_figures_it_rests_on(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        var task = small.Tasks[3].Id; // due at the end of 2019
        await world.InAsync((Db db) => db.ItemUnits().Where(part => part.ItemId == task).ExecuteUpdateAsync(set => set.SetProperty(part => part.Text, "Unit as the plan writes it in full"), Ct));
        await world.InAsync((RecordFacts record) => record.RunAsync(
            task, [new(FactKind.Started, new(2019, 1, 1)), new(FactKind.MilestoneReached, new(2019, 6, 1), 1), new(FactKind.Progress, new(2019, 8, 1), null, 40)], SmallProgramme.Everyone, Ct));

        var wall = await ReadAsync(world, new(2019, 10, 1)); // 273 of 364 days went by
        var cell = Assert.Single(wall.Lights, cell => cell.Id == task);
        Assert.Equal((Light.Red, small.Lake.ShortName, new LightFigures(40, 75)), (cell.Light, wall.Leads[task], wall.Figures[task]));
        Assert.Equal([task], wall.Figures.Keys); // what is overdue rests on its date
        Assert.Equal(wall.Lights.Select(one => one.Id).Order(), wall.Leads.Keys.Order());
        var says = Words.In(Language.Default).Reason(ReasonText.Read(cell.Reason), new(2019, 10, 1), wall.Figures[task]);
        Assert.StartsWith("完成进度40%\uFF0C序时进度75%\uFF0C低35个百分点", says, StringComparison.Ordinal);

        // The item's own page says the same.
        var view = await world.InAsync((Db db) => ItemView.ReadAsync(db, SmallProgramme.Everyone, task, new(2019, 10, 1), Ct));
        Assert.Equal(says, Words.In(Language.Default).Reason(view!));
    }

    [Theory, EveryDatabase]
    public async Task Nodes_of_the_next_thirty_days_are_shown_on_any_day_of_a_month(string database)
    {
        await using var world = await World.CreateAsync(database);
        await SmallProgramme.MakeAsync(world); // a node falls due on 30 June
        var seen = new List<int>();
        foreach (var on in new DateOnly[] { new(2019, 5, 30), new(2019, 5, 31), new(2019, 6, 10), new(2019, 6, 29), new(2019, 6, 30) })
        {
            var wall = await ReadAsync(world, on);
            Assert.Equal(wall.NodeCount, wall.Nodes.Count);
            seen.Add(wall.NodeCount);
        }

        Assert.Equal([0, 1, 1, 1, 0], seen);
    }

    [Theory, EveryDatabase]
    public async Task The_next_round_is_told_to_the_day_on_which_it_is_due(string database)
    {
        await using var world = await World.CreateAsync(database);
        await SmallProgramme.MakeAsync(world);
        var (today, due) = (world.Clock.Today, world.Clock.Today.AddDays(5));
        await world.InAsync((OpenRound open) => open.RunAsync("small", CycleKind.Monthly, today, due, due.AddDays(3), SmallProgramme.Everyone, Ct));

        Assert.Equal(due, (await ReadAsync(world, due)).NextDue);
        Assert.Null((await ReadAsync(world, due.AddDays(1))).NextDue);
    }

    private static Task<WallView> ReadAsync(World world, DateOnly on) => world.InAsync(async (IServiceProvider services) =>
    {
        using var watch = new WallWatch(services.GetRequiredService<IServiceScopeFactory>(), world.Clock, null!, NullLogger<WallWatch>.Instance); // nobody listens
        return await new WallReading(services.GetRequiredService<Db>(), watch).ReadAsync("small", on, SmallProgramme.Everyone, Ct);
    });
}
