using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Bulletins;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Bulletins;

/// <summary>Whoever changes an issued bulletin past the product is found out.</summary>
public sealed class CheckBulletinsTests
{
    [Theory, EveryDatabase]
    public async Task A_bulletin_whose_text_number_or_files_are_changed_past_the_product_raises_the_alarm_until_it_is_put_right(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var issued = await IssueBulletinTests.DraftAsync(world, r, await IssueBulletinTests.ClosedWeekAsync(world, r, 1));
        await IssueBulletinTests.IssueAsync(world, r, issued);
        await IssueBulletinTests.DraftAsync(world, r, await IssueBulletinTests.ClosedWeekAsync(world, r, 2)); // a draft has nothing to be held against
        Assert.Equal(1, await RunAsync(world));
        Assert.Equal((HealthStatus.Healthy, 0, false), await AlarmAsync(world, r, issued));
        Assert.Equal(0, await RunAsync(world)); // once a day

        var entries = 0;
        foreach (var (harm, repair) in new[]
        {
            ("UPDATE \"Bulletin\" SET \"Content\" = \"Content\" || ' ' WHERE \"No\" = 1", "UPDATE \"Bulletin\" SET \"Content\" = substr(\"Content\", 1, length(\"Content\") - 1) WHERE \"No\" = 1"),
            ("UPDATE \"Bulletin\" SET \"No\" = 7 WHERE \"No\" = 1", "UPDATE \"Bulletin\" SET \"No\" = 1 WHERE \"No\" = 7"),
            ("UPDATE \"BulletinFile\" SET \"FileHash\" = \"Sm3\", \"Sm3\" = \"FileHash\"", "UPDATE \"BulletinFile\" SET \"FileHash\" = \"Sm3\", \"Sm3\" = \"FileHash\""),
        })
        {
            await SqlAsync(world, harm);
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Degraded, ++entries, true), await AlarmAsync(world, r, issued));
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Degraded, entries, true), await AlarmAsync(world, r, issued)); // said once

            await SqlAsync(world, repair);
            world.Clock.Advance(TimeSpan.FromHours(25));
            await RunAsync(world);
            Assert.Equal((HealthStatus.Healthy, ++entries, false), await AlarmAsync(world, r, issued));
        }
    }

    private static Task<int> RunAsync(World world) => world.InAsync((CheckBulletins check) => check.RunAsync(Ct));

    private static Task SqlAsync(World world, string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));

    private static Task<(HealthStatus, int, bool)> AlarmAsync(World world, Reporting r, Guid bulletin) => world.InAsync(async (Db db) =>
        ((await new BulletinsHealth(db).CheckHealthAsync(new(), Ct)).Status, await db.Journal.CountAsync(row => row.Kind == "bulletin.checked", Ct),
            (await BulletinView.ReadAsync(db, r.Office, bulletin, Words.In(Language.Default), world.Clock, Ct)).Tampered));
}
