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

    public static async Task RunAsync(int units)
    {
        foreach (var make in new[] { Bed.SqliteAsync, Bed.PostgresAsync })
        {
            await using var bed = await make();
            var (programme, unit, items) = await FillAsync(bed, units);
            var today = DateOnly.FromDateTime(DateTime.Today);
            var (first, opening) = await OpenAsync(bed, today);
            Report.Row($"a round opened for {units} units of {ItemsEach} items, {bed.Name}", Report.Ms(opening), "≤ 60 s");
            await ReportingListsBench.RunAsync(bed, programme, unit, items, first, units * PiecesFor);
            Report.Row(
                $"the same round closed, {bed.Name}",
                Report.Ms(await Timing.OnceAsync(() => bed.InAsync((CloseRound close) => close.RunAsync(first, Sample.Everything, CancellationToken.None)))), "", "no figures, all lines frozen");
        }
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
