using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Reading;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Evidence;

/// <summary>The list of an item's evidence: filter, order, pages by key, workbook; its acts in the item's history; a full disk.</summary>
public sealed class EvidenceListTests
{
    [Theory, EveryDatabase]
    public async Task Pages_by_key_show_every_piece_once_in_every_order(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        const int all = EvidenceList.PageSize + 7;
        await world.InAsync(async (IServiceProvider services) =>
        {
            // Few titles and days for many pieces: the id decides between equals.
            var uploads = services.GetRequiredService<Uploads>();
            for (var i = 0; i < all; i++)
            {
                var upload = await uploads.ReceiveAsync(new MemoryStream(BitConverter.GetBytes(i)), 4, "a.bin", some.Reporter.Actor, Ct);
                await services.GetRequiredService<AddEvidence>().RunAsync(
                    i == 1 ? [some.Task, some.Measure] : [i % 3 == 0 ? some.Measure : some.Task],
                    new(i % 2 == 0 ? "报告" : "Photo", i % 5 == 0 ? PieceKind.Photo : PieceKind.Document, i % 4 == 0 ? null : new DateOnly(2026, 1, 1 + i % 3), Issuer: i == 9 ? "Only ONE" : ""), upload.Id, some.Reporter, Ct);
            }
        });

        foreach (var order in Enum.GetValues<PieceOrder>())
        {
            var seen = await AllAsync(world, some, new() { Order = order });
            Assert.Equal(all, seen.DistinctBy(row => row.Piece.Id).Count());
            Assert.Equal(all, seen.Count);
            var keys = seen.ConvertAll(row => row.Piece);
            Assert.True(keys.Zip(keys.Skip(1)).All(pair => order switch
            {
                PieceOrder.Date => (pair.First.EffectiveOn ?? DateOnly.MinValue) >= (pair.Second.EffectiveOn ?? DateOnly.MinValue),
                PieceOrder.Added => pair.First.AddedAt >= pair.Second.AddedAt,
                PieceOrder.Title => pair.First.Title == pair.Second.Title || keys.FindLastIndex(piece => piece.Title == pair.First.Title) < keys.FindIndex(piece => piece.Title == pair.Second.Title),
            }));
        }

        async Task<int> CountAsync(PieceQuery query) => (await AllAsync(world, some, query)).Count;
        Assert.Equal(Enumerable.Range(0, all).Count(i => i % 5 == 0), await CountAsync(new() { Kind = PieceKind.Photo }));
        Assert.Equal(Enumerable.Range(0, all).Count(i => i % 3 == 0 || i == 1), await CountAsync(new() { Part = some.Measure }));
        Assert.Equal(Enumerable.Range(0, all).Count(i => i % 4 != 0 && i % 3 == 1), await CountAsync(new() { From = new(2026, 1, 2), To = new(2026, 1, 2) }));
        Assert.Equal(Enumerable.Range(0, all).Count(i => i % 4 != 0), await CountAsync(new() { To = new(2026, 12, 31) })); // what bears no date is of no time
        Assert.Equal(1, await CountAsync(new() { Text = "only one" }));
        Assert.Equal(1, await CountAsync(new() { Text = "ONLY one" }));
        Assert.Equal(0, await CountAsync(new() { State = PieceState.Withdrawn }));
        Assert.Equal(0, await CountAsync(new() { State = PieceState.Same }));
        Assert.Equal(0, await CountAsync(new() { State = PieceState.Failed }));
        Assert.Equal(all, await CountAsync(new() { State = PieceState.Here, Unit = some.County.Id }));
        Assert.Equal(0, await CountAsync(new() { Unit = some.Department.Id }));

        // A date that is changed takes its piece along.
        var last = (await AllAsync(world, some, new()))[^1].Piece;
        await world.InAsync((ChangeEvidence change) => change.RunAsync(last.Id, last.Details with { EffectiveOn = new(2026, 2, 1) }, [some.Task, some.Measure], last.Version, some.Reporter, Ct));
        var dated = (await AllAsync(world, some, new())).ConvertAll(row => row.Piece.Id);
        Assert.Equal(last.Id, dated[0]);
        Assert.Equal(1, await CountAsync(new() { Text = "only one", Order = PieceOrder.Added }));
        Assert.Equal([some.County.Id], await world.InAsync((Db db) => db.PieceUses().Select(use => use.UnitId).Distinct().ToListAsync(Ct)));

        // What is withdrawn is counted as that wherever it proves something.
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(last.Id, "wrong one", last.Version + 1, some.Reporter, Ct));
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await CountAsync(new() { State = PieceState.Withdrawn }));
        Assert.Equal(all - 1, await CountAsync(new() { State = PieceState.Here }));

        // The workbook has them all.
        using var book = new MemoryStream();
        await world.InAsync(async (Db db) => await new EvidenceExport(db, Words.In(Language.Default), some.Office, await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct), new() { Kind = PieceKind.Document }, DateTimeOffset.MaxValue).WriteAsync(book, Ct));
        book.Position = 0;
        var table = Assert.Single(DocumentReader.Read(book, "a.xlsx", ct: Ct).Blocks.OfType<Table>());
        Assert.Equal(1 + Enumerable.Range(0, all).Count(i => i % 5 != 0), table.Rows);
        Assert.Equal(25, table.Columns);

        // Whoever accepts hands something in too: each item's units are found, one after another.
        var seal = await EvidenceTests.AddAsync(world, some.Acceptor, "seen"u8.ToArray(), new("Seen on the spot", PieceKind.Photo), some.Measure);
        foreach (var (items, units) in new (Guid[], Guid[])[] { ([some.Task], [some.County.Id]), ([some.Measure], [some.County.Id, some.Department.Id]), ([some.Task, some.Measure], [some.County.Id, some.Department.Id]) })
        {
            Assert.Equal(units.Order(), (await world.InAsync((Db db) => db.UnitsWithPieces(items).ToListAsync(Ct))).Order());
        }

        Assert.Equal(seal, Assert.Single(await AllAsync(world, some, new() { Unit = some.Department.Id })).Piece.Id);
    }

    [Fact]
    public void An_address_says_the_whole_query_and_nothing_wrong_is_taken()
    {
        var query = new PieceQuery
        {
            Kind = PieceKind.Permit,
            Unit = Guid.NewGuid(),
            Part = Guid.NewGuid(),
            From = new(2026, 1, 2),
            To = new(2026, 3, 4),
            Text = "a&b=甲",
            State = PieceState.Same,
            Order = PieceOrder.Title,
            After = ("x~y", Guid.NewGuid()),
        };
        var address = new DefaultHttpContext().Request;
        address.QueryString = new(query.Href("/x")[2..]);
        Assert.Equal(query, PieceQuery.Read(address.Query));
        foreach (var (name, value) in new[] { ("kind", "3"), ("kind", "x"), ("unit", "x"), ("from", "2026-1-2"), ("order", "9"), ("text", new string('x', 101)) })
        {
            Assert.Equal(400, Assert.Throws<Refusal>(() => PieceQuery.Read(new QueryCollection(new Dictionary<string, StringValues> { [name] = value }))).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task An_items_history_tells_what_was_done_to_its_evidence(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, "x"u8.ToArray(), new("报告甲", PieceKind.Document), some.Measure);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.InAsync((ChangeEvidence change) => change.RunAsync(piece, new("报告乙", PieceKind.Document), [some.Measure], 1, some.Reporter, Ct));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece, "wrong one", 2, some.Reporter, Ct));

        await world.InAsync(async (Db db) =>
        {
            foreach (var id in new[] { some.Task, some.Measure })
            {
                var item = await db.ItemsFor(some.Office, Rectify.Organisation.Right.Read).AsNoTracking().SingleAsync(one => one.Id == id, Ct);
                var (entries, total) = await new EvidenceNews(db).OfAsync(item, some.Office, 2, Words.In(Language.Default), Ct);
                Assert.Equal(3, total);
                Assert.Equal(["撤回材料“报告乙”", "更正说明“报告乙”"], entries.Select(entry => entry.Act));
                Assert.Equal("wrong one", entries[0].Remark);
                Assert.Contains(entries[1].Changes, change => change is { Old: "报告甲", New: "报告乙" });
                Assert.Empty((await new EvidenceNews(db).OfAsync(item, some.Neighbour, 9, Words.In(Language.Default), Ct)).Entries);
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task On_a_full_disk_nothing_is_half_handed_in_and_the_reader_is_told_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        world.Disk.Room = 100_000;
        var no = await Assert.ThrowsAsync<Refusal>(() => EvidenceTests.AddAsync(world, some.Reporter, new byte[300_000], new("film", PieceKind.Video), some.Task));
        Assert.Equal(507, no.Status);
        Assert.Contains("磁盘已满", Words.In(Language.Default).Of(no), StringComparison.Ordinal);
        await world.InAsync(async (Db db) =>
        {
            Assert.Empty(await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct));
            Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == "evidence.added", Ct));
        });
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(world.Folder, "files"), "*", SearchOption.AllDirectories), path => Path.GetFileName(path).Length == 64);

        world.Disk.Room = long.MaxValue;
        await EvidenceTests.AddAsync(world, some.Reporter, new byte[300_000], new("film", PieceKind.Video), some.Task);
        await world.InAsync(async (Db db) => Assert.Single(await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct)));
    }

    private static Task<List<EvidenceList.Row>> AllAsync(World world, Rectifying some, PieceQuery query) => world.InAsync(async (Db db) =>
    {
        var rows = new List<EvidenceList.Row>();
        var items = await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct);
        for (var next = query; next is not null;)
        {
            var page = await EvidenceList.PageAsync(db, some.Office, items, DateTimeOffset.MaxValue, next, Ct);
            rows.AddRange(page.Rows);
            next = page.Next;
        }

        return rows;
    });
}
