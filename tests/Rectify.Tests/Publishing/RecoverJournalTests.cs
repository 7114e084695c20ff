using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>An old backup put back: refused at the start, and taken on from what was published.</summary>
public sealed class RecoverJournalTests
{
    [Theory, EveryDatabase]
    public async Task An_old_backup_is_refused_and_goes_on_after_its_entries_came_back_from_the_published_journal(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var early = await published.ActAsync(30);
        await published.NumberAsync();
        await published.PublishAsync();
        await published.ActAsync(7); // in the backup without their numbers
        var backup = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.backup");
        await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, backup, Ct));
        try
        {
            await NoteAsync(published, early);
            var late = await published.ActAsync(900);
            await published.NumberAsync();
            await published.PublishAsync();
            await published.LookAsync();

            // Put back, and a start is refused; nor does a publisher that runs already write anything.
            await using var other = published.On(await RestoredAsync(database, backup));
            Assert.Equal("publishing.ahead", (await Assert.ThrowsAsync<Refusal>(other.StartAsync)).Code);
            var before = await other.ShownAsync();
            await other.NumberAsync();
            Assert.Equal(0, await other.PublishAsync());
            Assert.Equal("publishing.ahead", other.State.Refused!.Code);
            Assert.Equal(before, await other.ShownAsync());

            other.Restart(); // the command is a process of its own
            var back = await other.RecoverAsync();

            Assert.Equal(901, back.Count);
            Assert.Equal(Enumerable.Range(37, 901).Select(i => (long)i), back.Select(one => one.Index));
            Assert.All(back, one => Assert.Equal(("test.noted", Setup.Id), (one.Kind, one.By)));
            Assert.Empty(await other.RecoverAsync());
            other.Restart();
            await other.StartAsync();

            // Chains go on where they were published.
            await NoteAsync(other, late);
            await NoteAsync(other, early);
            await other.NumberAsync();
            await other.PublishAsync();
            await published.LookAsync();
            Assert.Equal(938 + 1 + 2, (await other.VerifyAsync()).Size);
            await other.World.InAsync(async (Db db) =>
            {
                foreach (var (subject, entries) in new[] { (early, 3), (late, 2) })
                {
                    var chain = LeafChain.Check(await db.Journal.Where(row => row.Subject == subject).OrderBy(row => row.N).Select(row => row.Body).ToListAsync(Ct));
                    Assert.Equal((entries, null), (chain.Leaves.Count, chain.Fault));
                }

                Assert.Equal(1, await db.Journal.CountAsync(row => row.Kind == "journal.recovered", Ct));
            });

            // Whoever goes on working on the old backup makes another journal, which nothing can join to the published one.
            await using var strayed = published.On(await RestoredAsync(database, backup));
            await NoteAsync(strayed, early);
            Assert.Equal("recover.conflict", (await Assert.ThrowsAsync<Refusal>(strayed.RecoverAsync)).Code);
            Assert.Equal(30, await strayed.NumberedAsync());
            await strayed.NumberAsync();
            Assert.Equal("publishing.other-root", (await Assert.ThrowsAsync<Refusal>(strayed.RecoverAsync)).Code);
            await strayed.ActAsync(950);
            await strayed.NumberAsync();
            Assert.Equal("publishing.other-root", (await Assert.ThrowsAsync<Refusal>(strayed.StartAsync)).Code);
        }
        finally
        {
            File.Delete(backup);
        }
    }

    // The root that is kept beside a checkpoint stays right while rows are changed: the newest are read themselves.
    [Theory, EveryDatabase]
    public async Task A_database_whose_newest_entries_were_changed_or_are_gone_is_refused_at_the_start(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.ActAsync(5_000);
        await published.NumberAsync();
        await published.PublishAsync();
        await published.StartAsync();
        var row = await published.World.InAsync((Db db) => db.Journal.AsNoTracking().SingleAsync(one => one.Index == 4_321, Ct));
        foreach (var (change, back) in new (FormattableString, FormattableString)[]
        {
            ($"""UPDATE "Journal" SET "Body" = {Rectify.Tests.Proof.Vectors.Flipped(row.Body, 99)} WHERE "Index" = 4321""", $"""UPDATE "Journal" SET "Body" = {row.Body} WHERE "Index" = 4321"""),
            ($"""UPDATE "Journal" SET "Index" = NULL WHERE "Index" = 4321""", $"""UPDATE "Journal" SET "Index" = 4321 WHERE "Index" IS NULL"""),
        })
        {
            await published.World.InAsync((Db db) => db.Database.ExecuteSqlAsync(change, Ct));
            Assert.Equal("publishing.other-root", (await Assert.ThrowsAsync<Refusal>(published.StartAsync)).Code);
            await published.World.InAsync((Db db) => db.Database.ExecuteSqlAsync(back, Ct));
            await published.StartAsync();
        }

        // What is damaged outside says nothing of the database: it is mended by whoever publishes.
        var bundle = Path.Combine(published.Folder.FullName, "tile/entries/018");
        await File.WriteAllBytesAsync(bundle, Rectify.Tests.Proof.Vectors.Flipped(await File.ReadAllBytesAsync(bundle, Ct), 99), Ct);
        await published.StartAsync();
    }

    // A replica that lacks the last commits takes over under a running server: no start looks, and the process remembers what it published.
    [Theory, EveryDatabase]
    public async Task A_replica_behind_that_takes_over_under_a_running_publisher_makes_no_second_history(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var early = await published.ActAsync(30);
        await published.NumberAsync();
        await published.PublishAsync();
        await published.ActAsync(7);
        await published.NumberAsync();
        var backup = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.backup");
        await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, backup, Ct));
        try
        {
            // The replica has every entry that was published, and lacks the checkpoint alone: it signs the same root again.
            await published.PublishAsync();
            await published.LookAsync();
            await using (var world = await RestoredAsync(database, backup))
            {
                var caughtUp = published.On(world);
                Assert.Equal(7, await caughtUp.PublishAsync(published.State));
                Assert.Null(published.State.Refused);
                await caughtUp.VerifyAsync();
                await NoteAsync(caughtUp, early);
                await caughtUp.NumberAsync();
                Assert.Equal(1, await caughtUp.PublishAsync(published.State));
                Assert.Equal(38, (await caughtUp.VerifyAsync()).Size);
            }

            // This one lacks an entry, and others come in its place: fewer than were published, as many, and more, in full tiles.
            foreach (var others in new[] { 0, 1, 600 })
            {
                await using var world = await RestoredAsync(database, backup);
                var behind = published.On(world);
                if (others > 0)
                {
                    await behind.ActAsync(others);
                    await behind.NumberAsync();
                }

                var running = new PublisherState(new()) { IsChecked = true, Builder = published.State.Builder, Shown = published.State.Shown };
                var before = Files(published);
                Assert.Equal(0, await behind.PublishAsync(running));
                Assert.Equal(others == 0 ? "publishing.ahead" : "publishing.other-root", running.Refused?.Code);
                Assert.Equal(before, Files(published));
                Assert.Equal(30, (await behind.World.InAsync((Db db) => db.LastCheckpointAsync(Ct)))!.Size); // nothing was signed, not even unseen
                Assert.Equal(0, await behind.PublishAsync(running)); // and it stays so
            }
        }
        finally
        {
            File.Delete(backup);
        }
    }

    // The same seen from the acts: not one more is taken once it is noticed, and nothing that was saved before that stands in the way of the lost ones.
    [Theory, EveryDatabase]
    public async Task A_replica_behind_gets_no_number_and_no_act_and_what_it_lost_comes_back(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var early = await published.ActAsync(30);
        await published.NumberAsync();
        await published.PublishAsync();
        var backup = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.backup");
        await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, backup, Ct));
        try
        {
            // Numbers that nobody outside has seen are lost: they are given again, to others.
            await published.ActAsync(4);
            await published.NumberAsync();
            await using (var world = await RestoredAsync(database, backup))
            {
                var fewer = published.FailOver(world);
                await fewer.ActAsync(2);
                await fewer.NumberAsync();
                Assert.Equal(32, await fewer.NumberedAsync());
                Assert.Null(world.Halt.Why);
            }

            // Published ones are lost, and as many acts have come as there were before the numbering looks again.
            published.Restart();
            await NoteAsync(published, early);
            await published.NumberAsync();
            await published.PublishAsync();
            await published.LookAsync();
            Assert.Equal(35, (await published.ShownCheckpointAsync()).Size);
            var before = Files(published);
            await using var standby = await RestoredAsync(database, backup, logged: true);
            var behind = published.FailOver(standby);
            await behind.ActAsync(5);
            await behind.NumberAsync();
            Assert.Equal(30, await behind.NumberedAsync());
            Assert.Equal("publishing.ahead", standby.Halt.Why?.Code);
            Assert.Contains(standby.Logged, line => line.StartsWith("No entry is numbered any more, and no act is taken: ", StringComparison.Ordinal) && line.Contains("35 published entries, the database has 30", StringComparison.Ordinal));

            var no = await Assert.ThrowsAsync<Refusal>(() => NoteAsync(behind, early));
            Assert.Equal(("journal.halted", 503, "publishing.ahead"), (no.Code, no.Status, no.Arguments.Single()));
            Assert.Equal(0, await behind.PublishAsync(behind.State));
            Assert.Equal("publishing.ahead", behind.State.Refused?.Code);
            await behind.NumberAsync(); // and it stays so
            Assert.Equal(30, await behind.NumberedAsync());
            Assert.Equal(before, Files(published));
            var health = await standby.InAsync((Db db) => new JournalHealth(db, behind.State).CheckHealthAsync(new(), Ct));
            Assert.Equal((HealthStatus.Degraded, "publishing.ahead"), (health.Status, health.Data["code"]));

            // The way back: what was saved in between gets its numbers behind what was lost.
            behind.Restart();
            Assert.Equal("publishing.ahead", (await Assert.ThrowsAsync<Refusal>(behind.StartAsync)).Code);
            Assert.Equal(5, (await behind.RecoverAsync()).Count);
            await behind.StartAsync();
            await NoteAsync(behind, early);
            await behind.NumberAsync();
            await behind.PublishAsync();
            await published.LookAsync();
            Assert.Equal(35 + 5 + 1 + 1, (await behind.VerifyAsync()).Size);
        }
        finally
        {
            File.Delete(backup);
        }
    }

    // Another journal lies there, with signatures that are ours: seen by a publisher that has nothing to publish, too.
    [Theory, EveryDatabase]
    public async Task A_place_that_another_database_went_on_with_stops_all_and_what_a_stranger_put_there_only_publishing(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.ActAsync(6);
        await published.NumberAsync();
        await published.PublishAsync();
        var ours = (await published.ShownAsync())!;
        foreach (var (signer, size, code) in new[] { (published.Log, 9L, "publishing.ahead"), (published.Log, 5L, "publishing.other-root"), (NoteSigner.Generate(PublishedWorld.Origin, NoteAlgorithms.Ed25519), 9L, "publishing.stranger") })
        {
            published.Clock.Now = published.Clock.Now.AddMinutes(2);
            var other = SignedNote.Sign(new Checkpoint(PublishedWorld.Origin, size, new byte[32]).Text, published.Clock.Now, [signer]).ToBytes();
            await published.Store.WriteAsync([("checkpoint", other)], Ct);
            Assert.Equal(0, await published.PublishAsync());
            Assert.Equal(code, published.State.Refused?.Code);
            Assert.Equal(other, await published.ShownAsync()); // nothing is written over the evidence
            if (code == "publishing.stranger")
            {
                await published.ActAsync(1); // whoever can write to that place does not stop the work of an office
                await published.NumberAsync();
                Assert.Equal(7, await published.NumberedAsync());
            }
            else
            {
                Assert.Equal("journal.halted", (await Assert.ThrowsAsync<Refusal>(() => published.ActAsync(1))).Code);
            }

            await published.Store.WriteAsync([("checkpoint", ours)], Ct);
            published.Restart();
            await published.PublishAsync();
            Assert.Null(published.State.Refused);
        }
    }

    [Fact]
    public async Task What_another_key_signed_is_not_touched_and_without_a_published_journal_nothing_comes_back()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        Assert.Equal("recover.nothing", (await Assert.ThrowsAsync<Refusal>(published.RecoverAsync)).Code);
        await published.ActAsync(3);
        await published.NumberAsync();
        await published.PublishAsync();
        var shown = await published.ShownAsync();

        published.Keys = PublishedWorld.With(NoteSigner.Generate(PublishedWorld.Origin, NoteAlgorithms.Ed25519), "quorum none\n");
        published.Restart();
        await published.ActAsync(3);
        await published.NumberAsync();
        Assert.Equal("publishing.stranger", (await Assert.ThrowsAsync<Refusal>(published.StartAsync)).Code);
        Assert.Equal(0, await published.PublishAsync());
        Assert.Equal(shown, await published.ShownAsync());
    }

    private static Dictionary<string, string> Files(PublishedWorld published) => Directory.GetFiles(published.Folder.FullName, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    private static Task NoteAsync(PublishedWorld published, Guid subject) => published.World.InAsync((JournalWriter journal) =>
        journal.CommitAsync(new Noted { Subject = subject, By = Setup, At = published.World.Clock.NowMs, Number = 99 }, Ct));

    private static async Task<World> RestoredAsync(string database, string backup, bool logged = false)
    {
        var connection = database is "sqlite"
            ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(Path.GetTempPath(), $"t{Guid.CreateVersion7():N}.db") }.ConnectionString
            : await EmptyDatabase.BarePostgresAsync();
        var world = World.On(connection, logged);
        await world.InAsync((Db db) => DatabaseCopy.LoadAsync(db, backup, Ct));
        NpgsqlConnection.ClearAllPools();
        return world;
    }
}
