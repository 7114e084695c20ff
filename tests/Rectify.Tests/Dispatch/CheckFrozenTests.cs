using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Dispatch;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Whoever changes frozen figures past the product is found out.</summary>
public sealed class CheckFrozenTests
{
    [Theory, EveryDatabase]
    public async Task A_frozen_row_that_is_changed_taken_out_or_added_past_the_product_raises_the_alarm_until_it_is_put_right(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);
        await r.CloseAsync(world, round);
        await RunAsync(world);
        Assert.Equal((HealthStatus.Healthy, 0, 0), await AlarmAsync(world, round));
        Assert.Equal(0, await RunAsync(world)); // once a day

        var entries = 0;
        foreach (var (harm, repair) in new[]
        {
            ("UPDATE \"FrozenFigure\" SET \"Value\" = 36 WHERE \"Value\" = 35", "UPDATE \"FrozenFigure\" SET \"Value\" = 35 WHERE \"Value\" = 36"),
            ("UPDATE \"FrozenLine\" SET \"Light\" = 'Red' WHERE \"Light\" = 'Green'", "UPDATE \"FrozenLine\" SET \"Light\" = 'Green' WHERE \"Light\" = 'Red'"),
            ("UPDATE \"FrozenLine\" SET \"Evidence\" = 'x' WHERE \"Evidence\" = ''", "UPDATE \"FrozenLine\" SET \"Evidence\" = '' WHERE \"Evidence\" = 'x'"),
            ("UPDATE \"FrozenTask\" SET \"Title\" = 'y' || \"Title\"", "UPDATE \"FrozenTask\" SET \"Title\" = substr(\"Title\", 2)"),
            ("CREATE TABLE \"KeptTasks\" AS SELECT * FROM \"FrozenTask\"; DELETE FROM \"FrozenTask\"", "INSERT INTO \"FrozenTask\" SELECT * FROM \"KeptTasks\""),
            ("CREATE TABLE \"Kept\" AS SELECT * FROM \"FrozenFigure\"; DELETE FROM \"FrozenFigure\" WHERE \"IsPercent\" = FALSE",
                "INSERT INTO \"FrozenFigure\" SELECT * FROM \"Kept\" WHERE \"IsPercent\" = FALSE"),
        })
        {
            await SqlAsync(world, harm);
            Assert.Equal(1, await PageAsync(world, round)); // the page looks itself
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Degraded, ++entries), await HealthAsync(world));
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Degraded, entries), await HealthAsync(world)); // said once

            await SqlAsync(world, repair);
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Healthy, ++entries, 0), await AlarmAsync(world, round));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_check_made_while_the_clock_was_ahead_does_not_keep_the_next_from_being_made(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.CloseAsync(world, round);
        world.Clock.AdjustTime(world.Clock.GetUtcNow().AddYears(4));
        await RunAsync(world);
        world.Clock.AdjustTime(world.Clock.GetUtcNow().AddYears(-4));

        await SqlAsync(world, "UPDATE \"FrozenLine\" SET \"Filled\" = TRUE WHERE \"Filled\" = FALSE");
        Assert.Equal(1, await RunAsync(world));
        Assert.Equal((HealthStatus.Degraded, 1), await HealthAsync(world));
    }

    private static Task<int> RunAsync(World world) => world.InAsync((CheckFrozen check) => check.RunAsync(Ct));

    private static Task SqlAsync(World world, string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));

    private static Task<int> PageAsync(World world, Guid round) => world.InAsync(async (Db db) => (await FrozenState.AlarmsAsync(db, [round], Ct)).Count);

    private static Task<(HealthStatus, int)> HealthAsync(World world) => world.InAsync(async (Db db) =>
        ((await new FrozenHealth(db).CheckHealthAsync(new(), Ct)).Status, await db.Journal.CountAsync(row => row.Kind == "dispatch.frozen-checked", Ct)));

    private static async Task<(HealthStatus, int, int)> AlarmAsync(World world, Guid round)
    {
        var (health, entries) = await HealthAsync(world);
        return (health, entries, await PageAsync(world, round));
    }
}
