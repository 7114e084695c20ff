using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Bulletins;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tests.Bulletins;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform;

/// <summary>A disk that the kernel calls full: nothing is lost or half done, whoever acted is told what to do, and once there is room it goes on.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Uploads_and_bulletins_on_a_disk_that_is_really_full_save_nothing_and_go_on_once_there_is_room()
    {
        await using var world = await World.CreateAsync("sqlite");
        var r = await Reporting.HaveAsync(world);
        var bulletin = await IssueBulletinTests.DraftAsync(world, r, await IssueBulletinTests.ClosedWeekAsync(world, r, 1));
        var (film, by) = (RandomNumberGenerator.GetBytes(300_000), r.People["c1"]);
        var upload = await world.InAsync(async (Uploads uploads) => (await uploads.BeginAsync(film.Length, "a.txt", "", by.Actor, Ct)).Id);
        Task SendAsync() => world.InAsync(async (Uploads uploads) =>
        {
            var one = await uploads.FindAsync(upload, by.Actor, Ct);
            await uploads.AppendAsync(one, new MemoryStream(film[(int)one.Offset..]), null, Ct);
        });

        await using var disk = await TinyDisk.BelowAsync(world, 64);
        foreach (var act in new Func<Task>[] { SendAsync, () => IssueBulletinTests.IssueAsync(world, r, bulletin) })
        {
            var no = await Assert.ThrowsAsync<Refusal>(act);
            Assert.Equal((507, "disk.full"), (no.Status, no.Code));
            Assert.Contains("磁盘已满。请联系系统管理员", Words.In(Language.Default).Of(no), StringComparison.Ordinal);
        }

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(0, await db.BulletinFiles().CountAsync(Ct));
            Assert.Null((await db.BulletinsFor(r.Office).SingleAsync(one => one.Id == bulletin, Ct)).No);
            Assert.Null((await db.UploadsOf(by.Actor).SingleAsync(Ct)).CompletedAt);
        });
        Assert.Empty(await world.InAsync((FileStore files) => Task.FromResult(files.All().ToList())));

        await disk.MakeRoomAsync();
        Assert.Equal((0, 1), await IssueBulletinTests.IssueAsync(world, r, bulletin));
        await SendAsync();
        await world.InAsync((AddEvidence add) => add.RunAsync([r.Tasks[0].Id], new("Film", PieceKind.Video), upload, by, Ct));
        var hashes = await world.InAsync(async (Db db) => await db.BulletinFiles().Select(file => file.FileHash).ToListAsync(Ct));
        foreach (var hash in hashes.Append(Convert.ToHexStringLower(SHA256.HashData(film))))
        {
            await using var kept = await world.InAsync((FileStore files) => Task.FromResult(files.Open(hash)));
            Assert.Equal(hash, Convert.ToHexStringLower(await SHA256.HashDataAsync(kept, Ct)));
        }
    }

    [Fact]
    public async Task A_full_database_refuses_an_act_with_the_same_words_and_keeps_nothing_of_it()
    {
        await using var world = await World.CreateAsync("sqlite");
        var r = await Reporting.HaveAsync(world);
        var line = (await r.LinesAsync(world, (await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 3, 31)), "C1")).Id))[0];
        Task SaveAsync(string work) => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = work }, r.People["c1"], Ct));

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            await db.Database.OpenConnectionAsync(Ct); // the limit is the connection's
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1", Ct); // no page more than there are
            var long4000 = new string('工', 4_000);
            Assert.Equal("disk.full", (await Assert.ThrowsAsync<Refusal>(() => services.GetRequiredService<SaveLine>().RunAsync(line.Id, line.Version, line.Stated with { Work = long4000 }, r.People["c1"], Ct))).Code);
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000", Ct);
        });

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal((false, line.Version), await db.ReturnLines().Where(one => one.Id == line.Id).Select(one => new ValueTuple<bool, int>(one.Filled, one.Version)).SingleAsync(Ct));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == "return.line-saved", Ct));
        });
        await SaveAsync("now");
    }

    [Theory, EveryDatabase]
    public async Task A_full_disk_while_a_return_is_accepted_or_a_round_closes_leaves_both_as_they_were(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, 150, 2); // closing needs pages of its own
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        var reason = new string('因', 500);
        await r.FillAsync(world, round, "C1", 35, line => line with { Figures = [.. line.Figures.Select(figure => figure with { Reason = reason })], PercentReason = reason });
        await r.SubmitAsync(world, round, "C1");
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        var whole = await r.ReturnAsync(world, round, "C1");

        await FullAsync((DecideReturn decide) => decide.RunAsync(whole.Id, ReturnAct.Accept, whole.Version, "", r.Office, Ct));
        Assert.Equal((ReturnState.Submitted, whole.Version), await world.InAsync((Db db) => db.ReturnsFor(r.Office).Where(one => one.Id == whole.Id).Select(one => new ValueTuple<ReturnState, int>(one.State, one.Version)).SingleAsync(Ct)));
        Assert.False(await world.InAsync((Db db) => db.ItemFacts().AnyAsync(fact => fact.ItemId == r.Plants.Id, Ct)));
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");

        await FullAsync((CloseRound close) => close.RunAsync(round, r.Office, Ct));
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(RoundState.Open, (await db.RoundsFor(r.Office).SingleAsync(Ct)).State);
            Assert.False(await db.ReturnsFor(r.Office).AnyAsync(one => one.Closed, Ct));
            Assert.Equal((0, 0, 0), (await db.FrozenLines().CountAsync(Ct), await db.FrozenFigures().CountAsync(Ct), await db.FrozenTasks().CountAsync(Ct)));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == RoundClosed.Name, Ct));
        });
        await r.CloseAsync(world, round);
        Assert.Equal(FrozenResult.Intact, await world.InAsync((Db db) => CheckFrozen.ReadAsync(db, round, Ct)));

        // SQLite's limit is the connection's; PostgreSQL says it in its own words as the act's last row is put in.
        Task FullAsync<TAct>(Func<TAct, Task> act) where TAct : class => world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            await db.Database.OpenConnectionAsync(Ct);
            await db.Database.ExecuteSqlRawAsync(database is "sqlite" ? "PRAGMA max_page_count = 1" : FullJournal, Ct);
            Assert.Equal("disk.full", (await Assert.ThrowsAsync<Refusal>(() => act(services.GetRequiredService<TAct>()))).Code);
            await db.Database.ExecuteSqlRawAsync(database is "sqlite" ? "PRAGMA max_page_count = 1000000" : "DROP TRIGGER full_disk ON \"Journal\"; DROP FUNCTION full_disk", Ct);
        });
    }

    private const string FullJournal = """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON "Journal" FOR EACH ROW EXECUTE FUNCTION full_disk();
        """;

    // The server's own word for it, in the middle of the act: a real full disk would stop every other test on that server.
    [Fact]
    public async Task A_full_disk_of_the_database_server_refuses_an_act_with_the_same_words_and_keeps_nothing_of_it()
    {
        await using var world = await World.CreateAsync("postgres");
        var r = await Reporting.HaveAsync(world);
        var line = (await r.LinesAsync(world, (await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 3, 31)), "C1")).Id))[0];
        Task SaveAsync() => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "now" }, r.People["c1"], Ct));
        await SqlAsync(FullJournal);

        var no = await Assert.ThrowsAsync<Refusal>(SaveAsync);

        Assert.Equal((507, "disk.full"), (no.Status, no.Code));
        await world.InAsync(async (Db db) => Assert.Equal(
            (false, line.Version), await db.ReturnLines().Where(one => one.Id == line.Id).Select(one => new ValueTuple<bool, int>(one.Filled, one.Version)).SingleAsync(Ct)));
        await SqlAsync("DROP TRIGGER full_disk ON \"Journal\"");
        await SaveAsync();

        Task SqlAsync(string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));
    }
}
