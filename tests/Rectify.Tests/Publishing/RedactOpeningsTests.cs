using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

public sealed class RedactOpeningsTests
{
    private const string Secret = "举报人电话13800138000";

    [Theory, EveryDatabase]
    public async Task A_destroyed_value_is_gone_and_every_old_proof_still_holds(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var unit = await published.World.HaveUnitAsync("A1");
        var written = await RenameAsync(published, unit, Secret);
        var taken = await RenameAsync(published, unit, "Unit A1"); // out of the record itself
        await published.NumberAsync();
        await published.PublishAsync();
        var before = (await published.ProveAsync(written))!;
        Assert.Equal(Secret, (await OpenAsync(published, written)).Fields.Single(one => one.Field.EndsWith("/Name", StringComparison.Ordinal)).After);

        var destroyed = await published.World.InAsync((IServiceProvider services) => new RedactOpenings(services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>()).RunAsync(
            unit.Id, Secret, RedactionGround.Erasure, Setup, published.World.Clock.GetUtcNow(), Ct));
        await published.World.InAsync((Db db) => db.ShredAsync(Ct));

        // The entries stand as they did; what was published before proves what it proved, and the journal says what was destroyed.
        Assert.Equal(4, destroyed); // name and short name, put in and taken out
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        Assert.True(before.Proof.Check(before.Hash, published.Keys.Policy).Holds);
        Assert.True((await published.ProveAsync(written))!.Proof.Check(before.Hash, published.Keys.Policy).Holds);
        foreach (var entry in new[] { written, taken })
        {
            Assert.DoesNotContain((await OpenAsync(published, entry)).Fields, one => one.Before == Secret || one.After == Secret);
        }

        var said = JournalLeaf.Read(await published.World.InAsync((Db db) => db.Journal.Where(row => row.Kind == "journal.values-redacted").Select(row => row.Body).SingleAsync(Ct)))!;
        Assert.Contains(JournalLeaf.Read(before.Leaf)!.Fields, commitment => said.Data.Contains(commitment, StringComparison.Ordinal));

        // Gone from the database's files, and from whatever is copied of it later.
        Assert.False(await HoldsAsync(published.World, database));
        var copy = Path.Combine(published.Folder.FullName, "copy");
        await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, copy, Ct));
        Assert.False(Contains(await File.ReadAllBytesAsync(copy, Ct)));
    }

    private static Task<Guid> RenameAsync(PublishedWorld published, Unit unit, string name) => published.World.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        (await db.Units().SingleAsync(one => one.Id == unit.Id, Ct)).Change(new("A1", name, UnitKind.Department), null);
        await services.GetRequiredService<JournalWriter>().CommitAsync(new Noted { Subject = unit.Id, By = Setup, At = published.World.Clock.GetUtcNow(), Number = 1 }, Ct);
        return await db.Journal.OrderBy(row => row.Id).Select(row => row.EntryId).LastAsync(Ct);
    });

    private static Task<Openings> OpenAsync(PublishedWorld published, Guid entry) =>
        published.World.InAsync((Db db) => new ProveEntry(db).OpenAsync(entry, _ => true, [], Ct));

    private static Task<bool> HoldsAsync(World world, string database) => world.InAsync(async (Db db) =>
    {
        if (database is "postgres")
        {
            return await db.Database.SqlQueryRaw<bool>(
                "SELECT position(convert_to({0}, 'UTF8') IN pg_read_binary_file(pg_relation_filepath('\"Openings\"'))) > 0 AS \"Value\"", Secret).SingleAsync(Ct);
        }

        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        return new[] { file, file + "-wal" }.Where(File.Exists).Any(path =>
        {
            using var open = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            open.CopyTo(bytes);
            return Contains(bytes.ToArray());
        });
    });

    private static bool Contains(byte[] bytes) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0;
}
