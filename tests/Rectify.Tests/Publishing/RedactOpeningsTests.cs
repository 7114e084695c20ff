using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using Rectify.Tasks;
using Rectify.Tests.Organisation;
using Rectify.Tests.Redaction;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

public sealed class RedactOpeningsTests
{
    private const string Secret = "举报人电话13800138000";

    [Theory, EveryDatabase]
    public async Task A_destroyed_value_is_gone_and_every_old_proof_still_holds(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database, logged: true);
        var unit = await published.World.HaveUnitAsync("A1");
        var written = await RenameAsync(published, unit, Secret);
        Assert.Equal("redaction.held", (await Assert.ThrowsAsync<Refusal>(RedactAsync)).Code);
        var taken = await RenameAsync(published, unit, "Unit A1"); // out of the record itself
        await published.NumberAsync();
        await published.PublishAsync();
        var before = (await published.ProveAsync(written))!;
        Assert.Equal(Secret, (await OpenAsync(published, written)).Fields.Single(one => one.Field.EndsWith("/Name", StringComparison.Ordinal)).After);

        var destroyed = await RedactAsync();
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

        // Gone from the database's files and its log, and from whatever is copied of it later.
        Assert.Empty(await KeptBytes.HoldingAsync(published.World, Encoding.UTF8.GetBytes(Secret)));
        var copy = Path.Combine(published.Folder.FullName, "copy");
        await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, copy, Ct));
        Assert.False(Contains(await File.ReadAllBytesAsync(copy, Ct)));
        Assert.Contains(published.World.Logged, line => line.Contains("Openings", StringComparison.Ordinal));
        Assert.DoesNotContain(published.World.Logged, line => line.Contains(Secret, StringComparison.Ordinal));

        Task<int> RedactAsync() => published.World.InAsync((IServiceProvider services) => KeptBytes.Redacting(services).RunAsync(
            unit.Id, Secret, RedactionGround.Erasure, "On request of the person", Setup, published.World.Clock.GetUtcNow(), [], Ct));
    }

    [Theory, EveryDatabase]
    public async Task A_persons_name_and_the_words_of_an_item_are_gone_everywhere_once_each_place_that_is_listed_was_seen_to(string database)
    {
        const string Name = "QouyangQ", Phone = "13900139000";
        await using var published = await PublishedWorld.CreateAsync(database, logged: true);
        var world = published.World;
        var some = await Rectifying.HaveAsync(world);
        var system = Access.OfSystem(Setup);
        var person = await world.InAsync((CreatePerson create) => create.RunAsync(new(null, some.County.Id, Name, Phone), system, Ct));
        var item = await world.InAsync((AddSubTask add) => add.RunAsync(some.Task, ItemKind.SubTask, new("1", 1, $"Ask {Name}, {Phone}"), [], some.Reporter, Ct));

        // Each place that holds it is named: the item, what is searched, and a history that is encrypted.
        var places = await ElsewhereAsync();
        Assert.All(["Item", "SearchTexts"], table => Assert.Contains(places.Live, place => place.Table == table));
        Assert.Contains(places.Histories, telling => telling.Subject == item);
        await world.InAsync((ChangePerson change) => change.RunAsync(person.Id, person.Version, new(null, some.County.Id, "Somebody", ""), system, Ct));
        var version = await world.InAsync((Db db) => db.ItemsFor(system, Right.Read).Where(one => one.Id == item).Select(one => one.Version).SingleAsync(Ct));
        await world.InAsync((ChangeItem change) => change.RunAsync(item, version, (one, _) => one.Reword("", "Ask the county", ""), some.Office, Ct));
        places = await ElsewhereAsync(); // histories alone are left
        Assert.Equal((0, 0), (places.Live.Count, places.Documents.Count));

        foreach (var whose in new[] { person.Id, item })
        {
            // As somebody does on the page: one value after the other, until the history keeps none that tells it.
            while ((await world.InAsync((Db db) => db.OpeningsOfAsync(whose, null, Ct))).SelectMany(one => new[] { one.Before, one.After }).FirstOrDefault(value => value?.Contains(Name, StringComparison.Ordinal) is true || value?.Contains(Phone, StringComparison.Ordinal) is true) is { } value)
            {
                Assert.NotEqual(0, await world.InAsync((IServiceProvider services) => KeptBytes.Redacting(services).RunAsync(
                    whose, value, RedactionGround.Erasure, "On request", Setup, world.Clock.GetUtcNow(), [], Ct)));
            }
        }

        Assert.True((await ElsewhereAsync()).IsNowhere);
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        world.Clock.Advance(DestroyOpeningKeys.Grace);
        await world.InAsync((IServiceProvider services) => new DestroyOpeningKeys(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<OpeningKeys>(), world.Clock).RunAsync(Ct));
        var copy = Path.Combine(published.Folder.FullName, "copy");
        await world.InAsync((Db db) => DatabaseCopy.SaveAsync(db, copy, Ct));
        foreach (var gone in new[] { Name, Name.ToLowerInvariant(), Phone })
        {
            Assert.Empty(await KeptBytes.HoldingAsync(world, Encoding.UTF8.GetBytes(gone)));
            Assert.False(Contains(await File.ReadAllBytesAsync(copy, Ct), gone));
            Assert.DoesNotContain(world.Logged, line => line.Contains(gone, StringComparison.Ordinal));
        }

        Task<Rectify.Redaction.KeptValues.Standing> ElsewhereAsync() => world.InAsync((Db db) => new Rectify.Redaction.KeptValues(db).ElsewhereAsync(Name, person.Id, Ct));
    }

    [Theory, EveryDatabase]
    public async Task What_a_copy_of_the_database_holds_of_a_destroyed_value_can_be_read_by_nobody(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var world = published.World;
        var unit = await world.HaveUnitAsync("A1");
        var neighbour = await world.HaveUnitAsync("A2"); // its openings are as they were afterwards
        var neighbours = await OpeningsAsync(neighbour.Id);
        var written = await RenameAsync(published, unit, Secret);
        await RenameAsync(published, unit, "Unit A1");
        var copied = await RowsAsync(); // as an old backup or the database's log has them
        Assert.All(copied, row => Assert.False(Contains(row.Body)));
        Assert.Contains(copied.SelectMany(row => Opened(row)), one => one.After == Secret);
        Assert.Empty(Opened(new() { EntryId = Guid.NewGuid(), Subject = unit.Id, Body = "[]"u8.ToArray() }));
        var moved = new OpeningRow { EntryId = Guid.NewGuid(), Subject = unit.Id, Body = copied.First(row => row.EntryId == written).Body };
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Opened(moved).ToList());

        await world.InAsync((IServiceProvider services) => KeptBytes.Redacting(services).RunAsync(
            unit.Id, Secret, RedactionGround.Order, "", Setup, world.Clock.GetUtcNow(), [], Ct));
        var after = await OpeningsAsync(unit.Id);
        Assert.Equal(0, await DestroyAsync()); // acts under way may still need the key
        world.Clock.Advance(DestroyOpeningKeys.Grace);
        Assert.NotEqual(0, await DestroyAsync());
        Assert.Equal(0, await DestroyAsync());
        Assert.Empty(await KeptBytes.HoldingAsync(world, Encoding.UTF8.GetBytes(Secret))); // nor in the record's old rows

        Assert.All(copied.Where(row => row.Subject == unit.Id), row => Assert.Empty(Opened(row)));
        Assert.Equal(after.Select(Text), (await OpeningsAsync(unit.Id)).Select(Text));
        Assert.Equal(neighbours.Select(Text), (await OpeningsAsync(neighbour.Id)).Select(Text));
        await RenameAsync(published, unit, "Another");
        Assert.Contains(await OpeningsAsync(unit.Id), one => one.After == "Another");

        Task<int> DestroyAsync() => world.InAsync((IServiceProvider services) => new DestroyOpeningKeys(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<OpeningKeys>(), world.Clock).RunAsync(Ct));
        Task<List<OpeningRow>> RowsAsync() => world.InAsync((Db db) => db.OpeningRowsOf(unit.Id).AsNoTracking().ToListAsync(Ct));
        Task<List<Opening>> OpeningsAsync(Guid subject) => world.InAsync((Db db) => db.OpeningsOfAsync(subject, null, Ct));
        List<Opening> Opened(OpeningRow row) => world.InAsync((OpeningKeys keys) => Task.FromResult(row.Openings(keys).ToList())).GetAwaiter().GetResult();
        static string Text(Opening one) => $"{one.EntryId} {one.Record} {one.RecordId} {one.Field} {one.Before} {one.After} {Convert.ToHexStringLower(one.Salt)}";
    }

    [Theory, EveryDatabase]
    public async Task Rows_that_a_version_before_wrote_in_the_clear_are_encrypted_on_demand(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var world = published.World;
        var unit = await world.HaveUnitAsync("A1");
        await RenameAsync(published, unit, Secret);
        await RenameAsync(published, unit, "Unit A1");
        var opened = await OpeningsAsync();
        await world.InAsync(async (IServiceProvider services) =>
        {
            var (db, keys) = (services.GetRequiredService<Db>(), services.GetRequiredService<OpeningKeys>());
            (await db.OpeningRowsOf(unit.Id).ToListAsync(Ct)).ForEach(row => row.Body = keys.Open(row.EntryId, row.Subject, row.Body)!);
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });
        if (database is "postgres")
        {
            await world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync("CHECKPOINT", Ct)); // it stands in the server's memory alone until then
        }

        Assert.NotEmpty(await KeptBytes.HoldingAsync(world, Encoding.UTF8.GetBytes(Secret)));
        Assert.Equal(opened, await OpeningsAsync());

        Assert.Equal(3, await EncryptAsync());
        Assert.Equal(0, await EncryptAsync());

        Assert.Empty(await KeptBytes.HoldingAsync(world, Encoding.UTF8.GetBytes(Secret)));
        Assert.Equal(opened, await OpeningsAsync());

        Task<int> EncryptAsync() => world.InAsync((IServiceProvider services) => new EncryptOpenings(services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>()).RunAsync(Ct));
        Task<List<string>> OpeningsAsync() => world.InAsync(async (Db db) => (await db.OpeningsOfAsync(unit.Id, null, Ct)).ConvertAll(one => $"{one.EntryId} {one.Field} {one.Before} {one.After} {Convert.ToHexStringLower(one.Salt)}"));
    }

    // PostgreSQL alone: SQLite's file has one writer, and whoever builds it anew is that one.
    [Fact]
    public async Task What_an_open_transaction_of_another_database_could_see_is_cleared_once_that_has_ended()
    {
        await using var published = await PublishedWorld.CreateAsync("postgres");
        await using var other = await World.CreateAsync("postgres");
        await using var open = new NpgsqlConnection(await other.InAsync((Db db) => Task.FromResult(db.Database.GetConnectionString())));
        await open.OpenAsync(Ct);
        var transaction = await open.BeginTransactionAsync(Ct);
        await using (var begin = new NpgsqlCommand("SELECT pg_current_xact_id()", open, transaction))
        {
            await begin.ExecuteScalarAsync(Ct);
        }

        var unit = await published.World.HaveUnitAsync("A1");
        await RenameAsync(published, unit, Secret);
        await RenameAsync(published, unit, "Unit A1");
        var shredding = published.World.InAsync((Db db) => db.ShredAsync(Ct));
        while (!shredding.IsCompleted && !await IsWaitingAsync())
        {
            await Task.Delay(20, Ct);
        }

        await transaction.RollbackAsync(Ct);
        await shredding;
        Assert.Empty(await KeptBytes.HoldingAsync(published.World, Encoding.UTF8.GetBytes(Secret)));

        Task<bool> IsWaitingAsync() => published.World.InAsync((Db db) => db.Database.SqlQueryRaw<bool>(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%pg_snapshot_xmin%') AS \"Value\"").SingleAsync(Ct));
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

    private static bool Contains(byte[] bytes, string secret = Secret) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;
}
