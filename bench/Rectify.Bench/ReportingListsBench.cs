using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>The lists of reporting beside an open round of thousands of returns and a million pieces of evidence, eight readers at once.</summary>
internal static class ReportingListsBench
{
    private const int Callers = 8;

    private const int Each = 25;

    /// <param name="items">All tasks of the programme.</param>
    /// <param name="unit">Whose the evidence is.</param>
    public static async Task RunAsync(Bed bed, Guid programme, Guid unit, IReadOnlyList<Guid> items, Guid round, int pieces)
    {
        await bed.InAsync((Db db) => bed.ConnectedAsync(connection => FillAsync(db, connection, programme, unit, items, pieces)));
        var all = Sample.Everything;
        var (first, last) = await bed.InAsync(async (Db db) =>
        {
            var view = await RoundView.ReadAsync(db, all, round, ReturnFilter.All, null, TimeProvider.System, default);
            return (view.Rows[0].Id, view.Rows[^1].Path);
        });
        var today = DateOnly.FromDateTime(DateTime.Today);
        var deep = new PieceQuery();
        for (var page = 1; page < 50; page++)
        {
            deep = (await bed.InAsync(async (Db db) => await EvidenceList.PageAsync(db, all, await EvidenceList.ItemsAsync(db, all, items[^1], default), DateTimeOffset.MaxValue, deep, default))).Next!;
        }

        using var memory = new DossierMemory();
        async Task DossiersAsync(Db db, DossierMemory remembered) =>
            await new DossierList(db, remembered, all, await db.ProgrammesFor(all, Right.Read).SingleAsync(one => one.Id == programme), today, TimeProvider.System).PageAsync(new(), "", default);
        (string Name, Func<Db, Task> Read)[] lists =
        [
            ("a round's returns", db => RoundView.ReadAsync(db, all, round, ReturnFilter.All, null, TimeProvider.System, default)),
            ("a round's returns, second page by key", db => RoundView.ReadAsync(db, all, round, ReturnFilter.All, last, TimeProvider.System, default)),
            ("a round's returns, missing ones", db => RoundView.ReadAsync(db, all, round, ReturnFilter.Missing, null, TimeProvider.System, default)),
            ("a return of 30 items", db => ReturnPageAsync(db, memory, all, first, today)),
            ("an item's evidence, newest first", db => EvidencePageAsync(db, all, items[^1], new())),
            ("an item's evidence, page 50 by key", db => EvidencePageAsync(db, all, items[^1], deep!)),
            ("an item's evidence, photos", db => EvidencePageAsync(db, all, items[^1], new() { Kind = PieceKind.Photo })),
            ("an item's evidence, photos by title", db => EvidencePageAsync(db, all, items[^1], new() { Kind = PieceKind.Photo, Order = PieceOrder.Title })),
            ("an item's evidence, a word of every third", db => EvidencePageAsync(db, all, items[^1], new() { Text = "监测" })),
            ("an item's evidence, a word of few", db => EvidencePageAsync(db, all, items[^1], new() { Text = "99900" })),
            ("fifty dossiers in a list", db => DossiersAsync(db, memory)),
            ("fifty dossiers in a list, all judged anew", async db =>
            {
                using var nothing = new DossierMemory();
                await DossiersAsync(db, nothing);
            }),
            ("the dossier of one of its items", db => new DossierReading(db, all, today, TimeProvider.System).ReadAsync(items[0], default)),
            ($"{items.Count:#,0} requests for other deadlines, a page", db => DeadlineList.ReadAsync(db, all, programme, true, null, null, default)),
        ];
        // What bounds a page: its hundred pieces by the index, in one statement, into an array.
        var bare = await Timing.RunAsync(Callers, Each, (_, _) => bed.ConnectedAsync(connection => BareAsync(connection, items[^1])));
        foreach (var (name, read) in lists)
        {
            Task Page(int caller, int i) => bed.InAsync((Db db) => read(db));
            await Timing.RunAsync(Callers, 2, Page); // warm
            var timing = await Timing.RunAsync(Callers, Each, Page);
            Report.Row(
                string.Create(CultureInfo.InvariantCulture, $"{name}, {pieces:#,0} pieces of evidence in the programme, {bed.Name}"), $"{timing}", "p95 ≤ 100 ms",
                $"{Report.PerSecond(timing.PerSecond)}; program's work {Report.Ms(timing.ProcessorEach)} a page; 100 pieces bare by the index {bare}: {timing.At(0.5) / bare.At(0.5):0.0} times that");
        }
    }

    private static async Task BareAsync(DbConnection connection, Guid item)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT p.* FROM "PieceUse" u JOIN "Piece" p ON p."Id" = u."PieceId" WHERE u."ItemId" = @item ORDER BY u."On" DESC, u."PieceId" LIMIT 100
            """;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@item", item);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>(100);
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        if (rows.Count != 100)
        {
            throw new InvalidOperationException("The item has its pieces by the thousand.");
        }
    }

    // All that the page of a return reads: the lines, what the form of one of them offers, and what its dossier has and lacks.
    private static async Task ReturnPageAsync(Db db, DossierMemory memory, Access reader, Guid whole, DateOnly today)
    {
        var view = await ReturnView.ReadAsync(db, reader, whole, today, default);
        await LineEvidence.ChoiceAsync(db, view.Lines[0].Row.ItemId, [], "", default);
        await new RequiredEvidenceOfDossier(db, memory, TimeProvider.System, Words.In(Language.Default)).OfAsync(view.Lines[0].Row.ItemId, reader, view.Round.To, default);
    }

    // All that the page of an item's evidence reads.
    private static async Task EvidencePageAsync(Db db, Access reader, Guid item, PieceQuery query)
    {
        var items = await EvidenceList.ItemsAsync(db, reader, item, default);
        await EvidenceList.PageAsync(db, reader, items, DateTimeOffset.MaxValue, query, default);
        await EvidenceList.CountAsync(db, items, DateTimeOffset.MaxValue, default);
        await EvidenceList.UnitsOfAsync(db, items.ConvertAll(one => one.Id), query.Unit, default);
    }

    // The last item has a hundredth of them all, the others share the rest.
    private static async Task FillAsync(Db db, DbConnection connection, Guid programme, Guid unit, IReadOnlyList<Guid> items, int count)
    {
        var (began, today) = (new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateOnly(2026, 1, 1));
        var pieces = new List<Piece>(count);
        for (var i = 0; i < count; i++)
        {
            var details = new PieceDetails(
                i % 3 == 0 ? $"监测报告{i}" : $"现场照片{i}", i % 3 == 0 ? PieceKind.Monitoring : PieceKind.Photo, new DateOnly(2024, 1, 1).AddDays(i % 700), "市监测站", "", $"第{i % 40}号点位");
            var piece = Piece.Create(programme, unit, details, began.AddSeconds(i), today);
            piece.NextVersion("");
            pieces.Add(piece);
        }

        await using (var begin = connection.CreateCommand())
        {
            begin.CommandText = "BEGIN";
            await begin.ExecuteNonQueryAsync();
        }

        var by = Actor.System("bench");
        await new Bulk<Piece>(db).WriteAsync(connection, pieces);
        await new Bulk<PieceUse>(db).WriteAsync(connection, pieces.Select((piece, i) => PieceUse.Of(piece, i % 100 == 0 ? items[^1] : items[i % (items.Count - 1)])));
        await new Bulk<PieceVersion>(db).WriteAsync(connection, pieces.Select((piece, i) => new PieceVersion
        {
            PieceId = piece.Id,
            No = 1,
            FileHash = i.ToString("x64", CultureInfo.InvariantCulture),
            Sm3 = i.ToString("x64", CultureInfo.InvariantCulture),
            Size = 1,
            FileName = "a.jpg",
            Type = "jpeg",
            AddedAt = piece.AddedAt,
            AddedBy = by,
        }));
        var requests = items.Select((item, i) => DeadlineRequest.Create(
            programme, item, unit, new("客观原因", "汛期无法施工。", "云岭自治区人民政府", [new(item, today.AddYears(1))], []), by, began.AddMinutes(i))).ToList();
        await new Bulk<DeadlineRequest>(db).WriteAsync(connection, requests);
        await new Bulk<DeadlineMove>(db).WriteAsync(connection, requests.Select(request => new DeadlineMove
        {
            RequestId = request.Id,
            ItemId = request.ItemId,
            From = today,
            To = today.AddYears(1),
            Order = 0,
            OpenFor = request.ItemId,
        }));
        await using var commit = connection.CreateCommand();
        commit.CommandText = "COMMIT";
        await commit.ExecuteNonQueryAsync();
        // Both databases count their rows by themselves, and PostgreSQL clears up after a million new ones, within a minute; the lists are measured after that.
        await using var analyze = connection.CreateCommand();
        analyze.CommandText = connection is NpgsqlConnection ? "VACUUM ANALYZE" : "ANALYZE";
        await analyze.ExecuteNonQueryAsync();
    }
}
