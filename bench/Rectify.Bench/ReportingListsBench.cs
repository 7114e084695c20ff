using System.Data.Common;
using System.Globalization;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;

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
        (string Name, Func<Db, Task> Read)[] lists =
        [
            ("a round's returns", db => RoundView.ReadAsync(db, all, round, ReturnFilter.All, null, TimeProvider.System, default)),
            ("a round's returns, second page by key", db => RoundView.ReadAsync(db, all, round, ReturnFilter.All, last, TimeProvider.System, default)),
            ("a round's returns, missing ones", db => RoundView.ReadAsync(db, all, round, ReturnFilter.Missing, null, TimeProvider.System, default)),
            ("a return of 30 items", db => ReturnView.ReadAsync(db, all, first, today, default)),
            ("an item's evidence, newest first", db => EvidenceList.PageAsync(db, all, items[^1], DateTimeOffset.MaxValue, new(), default)),
            ("an item's evidence, photos by title", db => EvidenceList.PageAsync(db, all, items[^1], DateTimeOffset.MaxValue, new() { Kind = PieceKind.Photo, Order = PieceOrder.Title }, default)),
            ("an item's evidence, a word", db => EvidenceList.PageAsync(db, all, items[^1], DateTimeOffset.MaxValue, new() { Text = "监测" }, default)),
            ("requests for other deadlines", db => DeadlineList.ReadAsync(db, all, programme, true, null, null, default)),
        ];
        foreach (var (name, read) in lists)
        {
            Task Page(int caller, int i) => bed.InAsync((Db db) => read(db));
            await Timing.RunAsync(Callers, 2, Page); // warm
            var timing = await Timing.RunAsync(Callers, Each, Page);
            Report.Row(
                string.Create(CultureInfo.InvariantCulture, $"{name}, {pieces:#,0} pieces of evidence in the programme, {bed.Name}"), $"{timing}", "p95 ≤ 100 ms",
                $"{Report.PerSecond(timing.PerSecond)}; program's work {Report.Ms(timing.ProcessorEach)} a page");
        }
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

        var (by, salt) = (Actor.System("bench"), new byte[32]);
        await new Bulk<Piece>(db).WriteAsync(connection, pieces);
        await new Bulk<PieceUse>(db).WriteAsync(connection, pieces.Select((piece, i) => new PieceUse { PieceId = piece.Id, ItemId = i % 100 == 0 ? items[^1] : items[i % (items.Count - 1)] }));
        await new Bulk<PieceVersion>(db).WriteAsync(connection, pieces.Select((piece, i) => new PieceVersion
        {
            PieceId = piece.Id,
            No = 1,
            FileHash = i.ToString("x64", CultureInfo.InvariantCulture),
            Sm3 = i.ToString("x64", CultureInfo.InvariantCulture),
            Size = 1,
            FileName = "a.jpg",
            Type = "jpeg",
            Salt = salt,
            AddedAt = piece.AddedAt,
            AddedBy = by,
        }));
        await using var commit = connection.CreateCommand();
        commit.CommandText = "COMMIT";
        await commit.ExecuteNonQueryAsync();
    }
}
