using System.Text;
using System.Text.Json;
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

public sealed class ProveEntryTests
{
    [Theory, EveryDatabase]
    public async Task A_proof_holds_with_the_chain_before_it_and_the_fields_that_may_be_shown(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var unit = await published.World.HaveUnitAsync("A1");
        await published.ActAsync(400);
        var photo = Encoding.UTF8.GetBytes("a photograph");
        var salt = new byte[32];
        await published.World.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            (await db.Units().SingleAsync(Ct)).Change(new("A1", "Another name", UnitKind.County), null);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new Noted
                {
                    Subject = unit.Id,
                    By = Setup,
                    At = published.World.Clock.GetUtcNow(),
                    Number = 1,
                    Files = [new(Convert.ToHexStringLower(Digests.Sha256.Hash(photo)), Convert.ToHexStringLower(Digests.Sm3.Hash(photo)), salt)],
                },
                Ct);
        });
        var entry = await published.World.InAsync((Db db) => db.Journal.OrderBy(row => row.Id).Select(row => row.EntryId).LastAsync(Ct));
        Assert.Null(await published.ProveAsync(entry)); // not published yet
        await published.NumberAsync();
        Assert.Null(await published.ProveAsync(entry));
        await published.PublishAsync();
        Assert.Null(await published.ProveAsync(Guid.CreateVersion7()));

        var proof = (await published.ProveAsync(entry))!;
        var openings = await published.World.InAsync((Db db) => new ProveEntry(db).OpenAsync(
            entry, opening => opening.Field == "Name", [new(salt, Digests.Sha256.Hash(photo), Digests.Sm3.Hash(photo), "photo.jpg")], Ct));
        var zip = Path.Combine(published.Folder.FullName, "proof.zip");
        await using (var file = File.Create(zip))
        {
            await ProofPackage.WriteAsync(file, proof, openings, [("photo.jpg", () => new MemoryStream(photo))], Ct);
        }

        using var said = new StringWriter();
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", await published.PolicyFileAsync(), "--language", "en"], said));
        Assert.All(
            [$"at place {proof.Index} (counted from 0) of {await published.NumberedAsync()} entries", "/Name” from “Unit A1” to “Another name”", "The file “photo.jpg” is the one", "more fields"],
            words => Assert.Contains(words, said.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("Department", said.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"proof-{proof.Index}-", ProofPackage.NameOf(proof), StringComparison.Ordinal);
    }

    // An entry with more fields than it names one by one.
    [Theory, EveryDatabase]
    public async Task One_field_of_a_very_large_act_can_be_opened(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        await published.World.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.AddRange(Enumerable.Range(0, 500).Select(i => Unit.Create(new UnitDetails($"U{i}", $"Unit {i}", UnitKind.Department), null)));
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new Noted { Subject = Guid.CreateVersion7(), By = Setup, At = published.World.Clock.GetUtcNow(), Number = 1 }, Ct);
        });
        await published.NumberAsync();
        await published.PublishAsync();
        var entry = await published.World.InAsync((Db db) => db.Journal.Select(row => row.EntryId).SingleAsync(Ct));
        var proof = (await published.ProveAsync(entry))!;

        var openings = await published.World.InAsync((Db db) => new ProveEntry(db).OpenAsync(entry, opening => (opening.Field, opening.After) == ("Name", "Unit 77"), [], Ct));

        var leaf = JournalLeaf.Read(proof.Leaf)!;
        Assert.True(leaf.FieldCount > 800);
        var field = Assert.Single(openings.Fields);
        Assert.True(openings.Opens(field, leaf));
        Assert.True(Openings.Read(openings.ToBytes())!.Opens(field, leaf));
    }

    [Theory, EveryDatabase]
    public async Task The_daily_reading_finds_what_does_not_belong_together(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var (one, two) = (await published.ActAsync(1), await published.ActAsync(1));
        await published.NumberAsync();
        await published.PublishAsync();
        var room = new Happened { Subjects = { one, two } };
        published.Rooms.Add(room);
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);

        // A record without its entry; an entry whose record is gone; one that is not published yet is in order.
        room.Subjects.Add(TheJournal.Subject);
        Assert.Equal((JournalFinding.WithoutEntry, $"test.noted {TheJournal.Subject}"), (await published.MonitorAsync())! is var odd ? (odd.Finding, odd.Place) : default);
        room.Subjects.Remove(TheJournal.Subject);
        room.Subjects.Remove(two);
        Assert.Equal(JournalFinding.WithoutEntry, (await published.MonitorAsync())!.Finding);
        room.Subjects.Add(two);
        room.Subjects.Add(await published.ActAsync(1));
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);

        // Somebody who writes the database past the program: an entry, a signed root.
        await published.NumberAsync();
        await published.PublishAsync();
        await published.World.InAsync((Db db) => db.Database.ExecuteSqlAsync($"""UPDATE "SignedCheckpoints" SET "Root" = {new byte[32]} WHERE "Size" = 2""", Ct));
        Assert.Equal((JournalFinding.OtherRoot, "2"), (await published.MonitorAsync())! is var root ? (root.Finding, root.Place) : default);
        await published.World.InAsync((Db db) => db.Database.ExecuteSqlAsync($"""UPDATE "Journal" SET "Body" = {"{}"u8.ToArray()} WHERE "Index" = 1""", Ct));
        Assert.Equal((JournalFinding.OtherEntry, "1"), (await published.MonitorAsync())! is var entry ? (entry.Finding, entry.Place) : default);
    }

    private sealed class Happened : IStandForEntries
    {
        public HashSet<Guid> Subjects { get; } = [];

        public string Kind => "test.noted";

        public IEnumerable<string> Told(Guid subject, JsonElement data) => [subject.ToString()];

        public Task<IReadOnlyCollection<string>> RecordsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyCollection<string>>([.. Subjects.Select(one => one.ToString())]);
    }
}
