using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Tests.Organisation;

namespace Rectify.Tests.Platform;

public sealed class JournalTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private sealed record Noted : Fact
    {
        public override string Kind => "test.noted";

        public required int Number { get; init; }

        public DateOnly? Day { get; init; }
    }

    [Fact]
    public void The_bytes_of_an_entry_never_change()
    {
        var fact = new Noted
        {
            Subject = new("11111111-2222-3333-4444-555555555555"),
            By = new("ann"),
            Number = 7,
            Day = new(2019, 3, 31),
            At = new DateTimeOffset(2019, 4, 2, 9, 12, 0, 5, TimeSpan.Zero),
        };
        var opening = new Opening
        {
            EntryId = Guid.Empty,
            Subject = fact.Subject,
            Record = "Item",
            RecordId = "a",
            Field = "Goal",
            Before = null,
            After = "目标",
            Salt = new byte[16],
        };

        var (body, leaf) = JournalBytes.Entry(fact, new("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"), 2, new byte[32], null, [opening]);

        // Built by hand from docs/formats/journal.md.
        var disclosure = """["AAAAAAAAAAAAAAAAAAAAAA","Item/a/Goal",null,"目标"]""";
        var commitment = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(disclosure)))));
        var expected = "{\"v\":1,\"type\":\"test.noted\",\"id\":\"qqqqqru7zMzd3e7u7u7u7g\",\"subject\":\"EREREREiMzNEREVVVVVVVQ\",\"n\":2,"
            .Replace("EREREREiMzNEREVVVVVVVQ", Base64Url.EncodeToString(Convert.FromHexString("11111111222233334444555555555555")), StringComparison.Ordinal)
            .Replace("qqqqqru7zMzd3e7u7u7u7g", Base64Url.EncodeToString(Convert.FromHexString("AAAAAAAABBBBCCCCDDDDEEEEEEEEEEEE")), StringComparison.Ordinal)
            + "\"prev\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ts\":\"2019-04-02T09:12:00.005Z\",\"by\":\"ann\",\"alg\":[\"sha256\"],"
            + $"\"data\":{{\"number\":7,\"day\":\"2019-03-31\"}},\"sd\":[\"{commitment}\"]}}";
        Assert.Equal(expected, Encoding.UTF8.GetString(body));
        Assert.Equal(SHA256.HashData([0, .. body]), leaf);
    }

    [Theory, EveryDatabase]
    public async Task Every_changed_field_has_an_opening_whose_commitment_stands_in_the_entry(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("A1");
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var known = await db.Units().SingleAsync(Ct);
            known.Change(new("A1", "Another name", UnitKind.County), null);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new Noted { Subject = unit.Id, By = People.Setup, At = world.Clock.NowMs, Number = 1 }, Ct);
        });

        await world.InAsync(async (Db db) =>
        {
            var entry = await db.Journal.OrderBy(row => row.Id).LastAsync(Ct);
            var openings = await db.OpeningsOfAsync(unit.Id, [entry.EntryId], Ct);
            Assert.Contains(openings, opening => (opening.Field, opening.Before, opening.After) == ("Name", "Unit A1", "Another name"));
            Assert.Contains(openings, opening => (opening.Field, opening.Before, opening.After) == ("Kind", "Department", "County"));
            var published = JsonDocument.Parse(entry.Body).RootElement.GetProperty("sd").EnumerateArray().Select(sd => sd.GetString()!).ToList();
            Assert.Equal(openings.Select(JournalBytes.Commitment).Order(StringComparer.Ordinal), published);
            Assert.DoesNotContain("Another name", Encoding.UTF8.GetString(entry.Body), StringComparison.Ordinal);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_subjects_entries_form_a_chain_of_leaf_hashes(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("A1");
        for (var i = 0; i < 4; i++)
        {
            var number = i;
            await world.InAsync((JournalWriter journal) => journal.CommitAsync(
                new Noted { Subject = unit.Id, By = People.Setup, At = world.Clock.NowMs, Number = number }, Ct));
        }

        await world.InAsync(async (Db db) =>
        {
            var chain = await db.Journal.Where(row => row.Subject == unit.Id).OrderBy(row => row.N).ToListAsync(Ct);
            Assert.Equal(Enumerable.Range(1, chain.Count), chain.Select(row => row.N));
            var previous = "";
            foreach (var row in chain)
            {
                Assert.Equal(previous, JsonDocument.Parse(row.Body).RootElement.GetProperty("prev").GetString());
                previous = Base64Url.EncodeToString(Merkle.Leaf(row.Body));
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task A_deleted_record_stays_readable_in_its_openings(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("A1");
        await world.HaveAsync(new UnitAlias { UnitId = unit.Id, Text = "旧名" });
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Remove(await db.Aliases().SingleAsync(Ct));
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new Noted { Subject = unit.Id, By = People.Setup, At = world.Clock.NowMs, Number = 1 }, Ct);
        });

        await world.InAsync(async (Db db) => Assert.Contains(
            await db.OpeningsOfAsync(unit.Id, null, Ct), opening => (opening.Record, opening.Field, opening.Before, opening.After) == ("UnitAlias", "Text", "旧名", null)));
    }

    [Theory, EveryDatabase]
    public async Task Two_acts_on_one_subject_at_once_cannot_both_be_the_next(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("A1");
        Task Note(int number) => world.InAsync((JournalWriter journal) => journal.CommitAsync(
            new Noted { Subject = unit.Id, By = People.Setup, At = world.Clock.NowMs, Number = number }, Ct));
        await Note(0);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
        {
            try
            {
                await Note(number);
                return true;
            }
            catch (Refusal no)
            {
                Assert.Equal("stale", no.Code);
                return false; // the other one was first; the caller is told to load again
            }
        }));

        await world.InAsync(async (Db db) =>
        {
            var ns = await db.Journal.Where(row => row.Subject == unit.Id).Select(row => row.N).Order().ToListAsync(Ct);
            Assert.Equal(Enumerable.Range(1, ns.Count), ns);
            Assert.Equal(outcomes.Count(won => won) + 1, ns.Count); // number 0 came first
        });
    }

    [Theory, EveryDatabase]
    public async Task Entries_get_gapless_places_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        for (var i = 0; i < 5; i++)
        {
            await world.HaveUnitAsync($"A{i}");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.InAsync((NumberEntries number) => number.RunAsync(Ct))));

        await world.InAsync(async (Db db) => Assert.Equal(
            Enumerable.Range(0, 5).Select(i => (long?)i), await db.Journal.OrderBy(row => row.Id).Select(row => row.Index).ToListAsync(Ct)));
    }

    [Fact]
    public void A_commitment_changes_with_every_part_of_its_opening() =>
        Gen.Select(Gen.String, Gen.String, Gen.Byte.Array[16], Gen.Byte.Array[16]).Sample((before, after, salt, other) =>
        {
            Opening Of(string? b, string? a, byte[] s) => new()
            {
                EntryId = Guid.Empty,
                Subject = Guid.Empty,
                Record = "R",
                RecordId = "1",
                Field = "F",
                Before = b,
                After = a,
                Salt = s,
            };
            var whole = JournalBytes.Commitment(Of(before, after, salt));
            return whole.Length == 43
                && (salt.AsSpan().SequenceEqual(other) || whole != JournalBytes.Commitment(Of(before, after, other)))
                && whole != JournalBytes.Commitment(Of(before, null, salt))
                && whole != JournalBytes.Commitment(Of(before + "x", after, salt));
        });
}
