using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Bulletins;
using Rectify.Platform.Data;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Bulletins;

/// <summary>The program itself, killed while it numbers a bulletin: no number is lost or given twice, and the draft is as it was.</summary>
public sealed class KilledIssuingTests
{
    [Theory, EveryDatabase]
    public async Task Killed_while_a_bulletin_gets_its_number_the_next_one_gets_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var first = await IssueBulletinTests.DraftAsync(world, r, await IssueBulletinTests.ClosedWeekAsync(world, r, 1));
        var second = await IssueBulletinTests.DraftAsync(world, r, await IssueBulletinTests.ClosedWeekAsync(world, r, 2));

        await KilledProgram.KillAtAsync(world, database, "BulletinFile", async client =>
        {
            (await ServedProduct.SignInAsync(client, "office", Password)).Dispose();
            await client.PostAsync($"/api/bulletins/{first}/issue", new StringContent("""{"version":0}""", Encoding.UTF8, "application/json"), Ct);
        });

        await world.InAsync(async (Db db) =>
        {
            Assert.False(await db.BulletinsFor(r.Office).AnyAsync(one => one.No != null, Ct));
            Assert.Equal(0, await db.BulletinFiles().CountAsync(Ct));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == "bulletin.issued", Ct));
        });
        Assert.Equal(1, (await IssueBulletinTests.IssueAsync(world, r, second)).No);
        Assert.Equal(2, (await IssueBulletinTests.IssueAsync(world, r, first)).No);
    }
}
