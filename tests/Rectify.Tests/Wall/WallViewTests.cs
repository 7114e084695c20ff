using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
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

        Assert.Equal((new DateOnly(2019, 7, 31), 3, 2, new DateOnly(2019, 9, 1)), (wall.Before, wall.DoneBefore, wall.ClosedBefore, wall.Month));
        Assert.Equal([3, 4], wall.Lights.Select(cell => cell.Number!.Value).Take(2));
        Assert.Equal(4, (await ReadAsync(world, new(2019, 9, 1))).DoneBefore);
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
