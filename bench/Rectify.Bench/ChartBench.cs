using Microsoft.EntityFrameworkCore;
using Rectify.Charts;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>Wall charts of a programme of thousands of tasks: read from the database, drawn on sheets and written as SVG.</summary>
internal static class ChartBench
{
    private const int Rounds = 15;

    public static async Task RunAsync(int size)
    {
        await using var bed = await Bed.SqliteAsync();
        var big = new BigProgramme(size);
        await big.LoadAsync(bed);
        var reader = BigProgramme.ReaderAt(big.Region);
        await HaveNodesAsync(bed, big.Programme);
        var programme = await bed.InAsync((Db db) => TaskEndpoints.ProgrammeAsync(db, reader, BigProgramme.Code, default));
        foreach (var kind in ChartKinds.All)
        {
            Task<Chart> ReadAsync() => bed.InAsync((Db db) => kind.Read(new(db, reader, programme, BigProgramme.Today, BigProgramme.Today, Words.In(Language.Default)), default));
            var chart = await ReadAsync();
            async Task Whole(int caller, int i) => Written(await ReadAsync());
            await Timing.RunAsync(1, 3, Whole); // warm
            var whole = await Timing.RunAsync(1, Rounds, Whole);
            var drawn = await Timing.RunAsync(1, Rounds, (_, _) =>
            {
                Written(chart);
                return Task.CompletedTask;
            });
            Report.Row(
                $"wall chart {kind.Name} of {size:#,0} tasks as SVG, {bed.Name}: read, drawn, written", $"p50 {Report.Ms(whole.At(0.5))}, p95 {Report.Ms(whole.At(0.95))}", "≤ 300 ms",
                $"drawn and written alone {Report.Ms(drawn.At(0.5))}; {Written(chart):#,0} characters");
        }
    }

    // Two hand-over nodes for each task, half a year apart.
    private static Task HaveNodesAsync(Bed bed, Guid programme) => bed.InAsync(async (Db db) =>
    {
        var tasks = await db.ItemsFor(Access.OfSystem(Actor.System("bench")), Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task).Select(item => item.Id).ToListAsync();
        await db.Database.OpenConnectionAsync();
        await new Bulk<ItemMilestone>(db).WriteAsync(db.Database.GetDbConnection(), tasks.Index().SelectMany(task => Enumerable.Range(1, 2).Select(no =>
            new ItemMilestone { ItemId = task.Item, No = no, Text = "完成管网改造", Due = BigProgramme.Today.AddDays((task.Index % 400) - 200 + (no * 180)) })));
    });

    private static int Written(Chart chart) => chart.Draw(Sheet.Page).Sum(sheet => SvgWriter.File(sheet, Theme.Paper).Length);
}
