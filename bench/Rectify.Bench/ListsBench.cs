using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bench;

/// <summary>A page of a list, and lists cut to what a reader may see, in a programme of a million tasks, 8 callers at once.</summary>
internal static class ListsBench
{
    private const int Callers = 8;
    private const int Each = 25;

    /// <param name="size">Tasks of the programme.</param>
    public static async Task RunAsync(int size)
    {
        // Loading is no measure, so both are loaded at once.
        var beds = await Task.WhenAll(Task.Run(() => LoadedAsync(Bed.SqliteAsync, size)), Task.Run(() => LoadedAsync(Bed.PostgresAsync, size)));
        foreach (var (bed, programme) in beds)
        {
            await using (bed)
            {
                await MeasureAsync(bed, programme, size);
            }
        }
    }

    private static async Task<(Bed, BigProgramme)> LoadedAsync(Func<Task<Bed>> make, int size)
    {
        var (bed, programme) = (await make(), new BigProgramme(size));
        var took = await Timing.OnceAsync(() => programme.LoadAsync(bed));
        Report.Note($"{bed.Name}: {size:#,0} tasks loaded in {took.TotalSeconds:0} s");
        return (bed, programme);
    }

    private static async Task MeasureAsync(Bed bed, BigProgramme programme, int size)
    {
        var all = BigProgramme.ReaderAt(programme.Region);
        var prefecture = programme.PrefectureUnits[2];
        (string Name, Access Reader, ItemQuery Query)[] lists =
        [
            ("no filter", all, new()),
            ("one status (behind)", all, Of(new() { Statuses = [ItemStatus.Behind] })),
            ("red light", all, Of(new() { Lights = [Light.Red] })),
            ("a county's reader", BigProgramme.ReaderAt(programme.County), new()),
            ("a prefecture's reader", BigProgramme.ReaderAt(prefecture), new()),
            ("a prefecture's reader, red light", BigProgramme.ReaderAt(prefecture), Of(new() { Lights = [Light.Red] })),
            ("order of due days", all, new() { Order = ItemOrder.Due }),
            ("aspect and unit", all, Of(new() { AspectNo = 3, UnitId = prefecture.Id })),
            ("due in 90 days, open", all, Of(new() { Statuses = Overview.OpenStatuses, DueFrom = BigProgramme.Today, DueTo = BigProgramme.Today.AddDays(90) })),
            ($"a word that every 20th text has ({BigProgramme.CommonWord})", all, Of(new() { Text = BigProgramme.CommonWord })),
            ($"a word that every 2,000th text has ({BigProgramme.RareWord})", all, Of(new() { Text = BigProgramme.RareWord })),
            ("page 100, by key", all, new() { After = await KeyOfPageAsync(bed, programme, all, 100), Row = 4_951 }),
        ];
        foreach (var (name, reader, query) in lists)
        {
            Task Page(int caller, int i) => bed.InAsync((Db db) => ItemList.PageAsync(db, reader, programme.Programme, query, BigProgramme.Today, default));
            await Timing.RunAsync(Callers, 2, Page); // warm
            var timing = await Timing.RunAsync(Callers, Each, Page);
            Report.Row($"list of {size:#,0} tasks, {bed.Name}: {name}", $"{timing}", "p95 ≤ 100 ms", $"{Report.PerSecond(timing.PerSecond)}; program's work {Report.Ms(timing.ProcessorEach)} a page");
        }
    }

    private static ItemQuery Of(ItemFilter filter) => new() { Filter = filter };

    private static async Task<ItemKey?> KeyOfPageAsync(Bed bed, BigProgramme programme, Access reader, int page)
    {
        var before = await bed.InAsync((Db db) => ItemList.PageAsync(
            db, reader, programme.Programme, new(), BigProgramme.Today, default, (page - 1) * ItemList.PageSize));
        return before.Rows.Count == 0 ? null : ItemKey.Of(before.Rows[^1]);
    }
}
