using System.Data.Common;
using System.Globalization;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bench;

/// <summary>Opening a round in which every unit answers for 30 items, the next one with what was stated brought over, and closing one, on both databases.</summary>
internal static class RoundBench
{
    private const int ItemsEach = 30;

    // A million for 3,000 units.
    private const int PiecesFor = 334;

    /// <param name="only">The database to measure, <c>sqlite</c> or <c>postgres</c>; <see langword="null"/> for both.</param>
    public static async Task RunAsync(int units, string? only)
    {
        foreach (var (name, make) in new[] { ("sqlite", (Func<Task<Bed>>)Bed.SqliteAsync), ("postgres", Bed.PostgresAsync) })
        {
            if (only is not null && only != name)
            {
                continue;
            }

            await using var bed = await make();
            var (programme, unit, items) = await FillAsync(bed, units);
            var today = DateOnly.FromDateTime(DateTime.Today);
            var (first, opening) = await OpenAsync(bed, today);
            Report.Row($"a round opened for {units} units of {ItemsEach} items, {bed.Name}", Report.Ms(opening), "≤ 60 s");
            await ReportingListsBench.RunAsync(bed, programme, unit, items, first, units * PiecesFor);
            Report.Row(
                $"the same round closed, {bed.Name}",
                Report.Ms(await Timing.OnceAsync(() => bed.InAsync((CloseRound close) => close.RunAsync(first, Sample.Everything, CancellationToken.None)))), "", "no figures, all lines frozen");
            await using var later = await make();
            await LaterAsync(later, units);
        }
    }

    // The ordinary case: every unit leads its items, each with a figure, a measure and a node, and stated all of them last month.
    private static async Task LaterAsync(Bed bed, int units)
    {
        await FillLedAsync(bed, units);
        var today = DateOnly.FromDateTime(DateTime.Today);
        var (first, _) = await OpenAsync(bed, today.AddMonths(-1));
        var work = new string('工', 300);
        await bed.InAsync((Db db) => bed.ConnectedAsync(async connection =>
        {
            await SqlAsync(connection, $"""UPDATE "ReturnLine" SET "Work" = '{work}', "NextSteps" = '{work}', "Filled" = true""");
            await SqlAsync(connection, """UPDATE "UnitReturn" SET "State" = 'Accepted'""");
        }));
        Report.Row(
            $"a round closed with a figure, a measure and a node for each of {units} × {ItemsEach} lines, {bed.Name}",
            Report.Ms(await Timing.OnceAsync(() => bed.InAsync((CloseRound close) => close.RunAsync(first, Sample.Everything, CancellationToken.None)))), "");
        var (_, opening) = await OpenAsync(bed, today);
        Report.Row($"the next round opened, its lines prefilled from what was stated, {bed.Name}", Report.Ms(opening), "≤ 60 s");
    }

    private static async Task FillLedAsync(Bed bed, int units)
    {
        var region = Unit.Create(new("R", "云岭自治区", UnitKind.Region), null);
        var above = Enumerable.Range(0, Math.Max(1, units / 100)).Select(n => Unit.Create(new("P" + n.ToString("000", CultureInfo.InvariantCulture), $"第{n}地州", UnitKind.Other), region)).ToList();
        var below = Enumerable.Range(0, units).Select(n => Unit.Create(new("L" + n.ToString("0000", CultureInfo.InvariantCulture), $"第{n}单位", UnitKind.Other), above[n % above.Count])).ToList();
        var programme = Programme.Create("rounds", new("调度", region.Id));
        programme.Approve(new(2024, 1, 5));
        var items = Enumerable.Range(1, units * ItemsEach).Select(no =>
        {
            var item = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"第{no}项任务。"));
            item.Measure("length", "千米", 1, 0, 1_000);
            return item;
        }).ToList();
        var measures = items.ConvertAll(item => Item.Create(programme.Id, item, ItemKind.Measure, 1, new("1.", 1, "一条措施。")));
        await bed.InAsync((Db db) => bed.ConnectedAsync(async connection =>
        {
            await SqlAsync(connection, "BEGIN");
            await new Bulk<Unit>(db).WriteAsync(connection, [region, .. above, .. below]);
            await new Bulk<Programme>(db).WriteAsync(connection, [programme]);
            await new Bulk<Item>(db).WriteAsync(connection, [.. items, .. measures]);
            await new Bulk<StatusSpan>(db).WriteAsync(connection, items.Select(item => new StatusSpan
            {
                ItemId = item.Id,
                From = DateOnly.MinValue,
                Until = DateOnly.MaxValue,
                Status = ItemStatus.OnTrack,
                Light = Light.Green,
                Reason = "None||||",
                ProgrammeId = programme.Id,
                Kind = ItemKind.Task,
                SortKey = item.SortKey,
            }));
            await new Bulk<ItemUnit>(db).WriteAsync(connection, items.Select((item, no) => new ItemUnit { ItemId = item.Id, UnitId = below[no / ItemsEach].Id, Text = "", Role = DraftRole.Lead, Order = 0 }));
            await new Bulk<ItemMilestone>(db).WriteAsync(connection, items.Select(item => new ItemMilestone { ItemId = item.Id, No = 1, Text = "一个节点", Due = new(2030, 12, 31) }));
            await new Bulk<ItemFact>(db).WriteAsync(connection, items.SelectMany(item => Enumerable.Range(1, 3).Select(n => new ItemFact
            {
                ItemId = item.Id,
                Kind = FactKind.Measured,
                On = new(2025, n, 28),
                Sequence = n,
                Value = n * 100,
                RecordedAt = DateTimeOffset.UnixEpoch,
                RecordedBy = Sample.Everything.Actor,
            })));
            await SqlAsync(connection, "COMMIT");
        }));
    }

    private static async Task<(Guid Round, TimeSpan Took)> OpenAsync(Bed bed, DateOnly within)
    {
        var round = Guid.Empty;
        var took = await Timing.OnceAsync(async () =>
        {
            round = await bed.InAsync((OpenRound open) => open.RunAsync("rounds", CycleKind.Monthly, within, null, null, Sample.Everything, CancellationToken.None));
            await bed.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, CancellationToken.None));
        });
        return (round, took);
    }

    // As many items as units; each is the task of thirty units, one of which leads.
    private static async Task<(Guid Programme, Guid Unit, List<Guid> Items)> FillAsync(Bed bed, int units)
    {
        var region = Unit.Create(new("R", "云岭自治区", UnitKind.Region), null);
        var below = Enumerable.Range(0, units).Select(n => Unit.Create(new("L" + n.ToString("0000", CultureInfo.InvariantCulture), $"第{n}单位", UnitKind.Other), region)).ToList();
        var programme = Programme.Create("rounds", new("调度", region.Id));
        programme.Approve(new(2024, 1, 5));
        var items = Enumerable.Range(1, units).Select(no => Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"第{no}项任务。"))).ToList();
        await bed.InAsync((Db db) => bed.ConnectedAsync(async connection =>
        {
            await SqlAsync(connection, "BEGIN");
            await new Bulk<Unit>(db).WriteAsync(connection, [region, .. below]);
            await new Bulk<Programme>(db).WriteAsync(connection, [programme]);
            await new Bulk<Item>(db).WriteAsync(connection, items);
            await new Bulk<StatusSpan>(db).WriteAsync(connection, items.Select(item => new StatusSpan
            {
                ItemId = item.Id,
                From = DateOnly.MinValue,
                Until = DateOnly.MaxValue,
                Status = ItemStatus.OnTrack,
                Light = Light.Green,
                Reason = "None||||",
                ProgrammeId = programme.Id,
                Kind = ItemKind.Task,
                SortKey = item.SortKey,
            }));
            await new Bulk<ItemUnit>(db).WriteAsync(connection, items.SelectMany((item, no) => Enumerable.Range(0, Math.Min(ItemsEach, units)).Select(i =>
            {
                var unit = below[(no + i) % units];
                return new ItemUnit { ItemId = item.Id, UnitId = unit.Id, Text = unit.Name, Role = i == 0 ? DraftRole.Lead : DraftRole.Cooperate, Order = i };
            })));
            await SqlAsync(connection, "COMMIT");
        }));
        return (programme.Id, below[0].Id, items.ConvertAll(item => item.Id));
    }

    private static async Task SqlAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
