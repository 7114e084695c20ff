using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Plans;
using Rectify.Platform.Data;
using Rectify.Reading;

namespace Rectify.Bench;

/// <summary>Importing: the plan of 94 tasks, and workbooks of ten thousand rows.</summary>
internal static class ImportBench
{
    private const int Warm = 5;

    /// <param name="rows">Rows of each workbook.</param>
    public static async Task RunAsync(int rows)
    {
        await PlanAsync();
        await using (var bed = await Bed.SqliteAsync())
        {
            await WholeAsync(bed);
            await WholeListAsync(bed, rows);
            await OrganisationAsync(bed, rows);
        }

        await using (var bed = await Bed.PostgresAsync())
        {
            await WholeAsync(bed);
        }

        await MeasureListAsync(rows);
    }

    private static async Task PlanAsync()
    {
        var bytes = await File.ReadAllBytesAsync(Sample.Plan);
        PlanDraft Read() => PlanGrammar.Read(DocumentReader.Read(new MemoryStream(bytes), "plan.docx"));
        var items = 0;
        var (first, median, work) = await TwiceAsync(_ =>
        {
            items = Read().Items.Count;
            return Task.CompletedTask;
        });
        Report.Row($"plan of {items} tasks (.docx): read and understood", $"{Report.Ms(median)} (first time {Report.Ms(first)})", "≤ 1 s", $"program's work {Report.Ms(work)}");
    }

    private static async Task WholeAsync(Bed bed)
    {
        var region = await Sample.OrganisationAsync(bed);
        for (var i = 0; i <= Warm; i++)
        {
            await Sample.ProgrammeAsync(bed, $"p{i}", region);
        }

        var (first, median, work) = await TwiceAsync(i => Sample.ImportAsync(bed, $"p{i}"));
        Report.Row($"plan of 94 tasks, {bed.Name}: preview kept and confirmed, with its journal", $"{Report.Ms(median)} (first time {Report.Ms(first)})", "≤ 1 s", $"program's work {Report.Ms(work)}");
    }

    private static async Task OrganisationAsync(Bed bed, int rows)
    {
        SheetColumn[] head = [new("编码"), new("机构名称"), new("简称"), new("上级机构"), new("类别"), new("别名")];
        string[] kinds = ["县（市、区）", "自治区部门", "国有企业集团", "园区"];
        async Task<string> KeptAsync(bool wrong)
        {
            using var book = await BookAsync("机构", head, rows, i =>
                [$"X{i:00000}", $"第{i}号单位", $"单位{i}", i < 100 ? "" : $"第{i % 100}号单位", wrong && i % 50 == 7 ? "未知类别" : kinds[i % kinds.Length], $"第{i}号单位简称"]);
            return await bed.InAsync((ImportOrganisation import) => import.KeepAsync(book, Sample.Everything, default));
        }

        var (bad, good) = (await KeptAsync(wrong: true), await KeptAsync(wrong: false));
        var errors = 0;
        var shown = await Timing.OnceAsync(async () => errors = (await bed.InAsync((ImportOrganisation import) =>
            import.PreviewAsync(bad, "units.xlsx", Sample.Everything, default))).Errors.Count);
        Report.Row($"workbook of {rows:#,0} units, {errors} cells wrong: every error shown", Report.Ms(shown), "≤ 10 s");
        var taken = await Timing.OnceAsync(() => bed.InAsync((ImportOrganisation import) =>
            import.RunAsync(good, "units.xlsx", seal: null, Sample.Everything, default)));
        Report.Row($"workbook of {rows:#,0} units, {bed.Name}: taken over as one act", Report.Ms(taken), "≤ 10 s");
    }

    private static async Task WholeListAsync(Bed bed, int rows)
    {
        var region = await bed.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(unit => unit.ParentId == null));
        await Sample.ProgrammeAsync(bed, "list", region);
        using var book = await MeasureBookAsync(rows);
        var preview = Guid.Empty;
        var read = await Timing.OnceAsync(async () => preview = await bed.InAsync((StartImport start) => start.RunAsync("list", book, "list.xlsx", Sample.Everything, default)));
        Report.Row($"measure list of {rows:#,0} rows, {bed.Name}: preview kept", Report.Ms(read), "≤ 10 s");
        var confirmed = TimeSpan.Zero;
        var rise = await Memory.RiseAsync(async () => confirmed = await Timing.OnceAsync(() => bed.InAsync((ConfirmImport confirm) =>
            confirm.RunAsync(preview, [], keepAliases: false, Sample.Everything, default))));
        Report.Row($"measure list of {rows:#,0} rows, {bed.Name}: confirmed as one act", Report.Ms(confirmed), "", $"memory rose by {rise:0} MiB");
    }

    private static async Task MeasureListAsync(int rows)
    {
        using var book = await MeasureBookAsync(rows);
        var (items, doubts) = (0, 0);
        var read = await Timing.OnceAsync(() =>
        {
            var draft = PlanGrammar.Read(DocumentReader.Read(book, "list.xlsx"));
            (items, doubts) = (draft.Items.Count, draft.Items.Sum(item => item.Doubts.Count));
            return Task.CompletedTask;
        });
        Report.Row($"measure list of {rows:#,0} rows (.xlsx): {items:#,0} items understood, {doubts:#,0} doubts", Report.Ms(read), "≤ 10 s");
    }

    private static Task<MemoryStream> MeasureBookAsync(int rows)
    {
        SheetColumn[] head = [new("序号"), new("反馈问题"), new("整改目标"), new("整改措施"), new("责任单位"), new("整改时限")];
        return BookAsync("整改措施清单", head, rows, i =>
        [
            i + 1, $"第{i % 98}县第{i}处渣场未按要求建设防渗设施，雨季渗滤液外溢。", "消除环境风险，达到验收要求。",
            $"（一）2026年{(i % 12) + 1}月底前完成防渗改造。（二）建立巡查制度，每月巡查一次。", $"第{i % 98}县委、县政府", $"2026年{(i % 12) + 1}月底前",
        ]);
    }

    private static async Task<MemoryStream> BookAsync(string title, SheetColumn[] head, int rows, Func<int, object?[]> row)
    {
        var book = new MemoryStream();
        await XlsxWriter.WriteAsync(book, title, head, Enumerable.Range(0, rows).ToAsyncEnumerable().Select(row), default);
        book.Position = 0;
        return book;
    }

    // The first run has the program's own start in it; a person who imports a plan may be that first one.
    private static async Task<(TimeSpan First, TimeSpan Median, TimeSpan Work)> TwiceAsync(Func<int, Task> act)
    {
        var first = await Timing.OnceAsync(() => act(0));
        var at = 0;
        var timing = await Timing.RunAsync(1, Warm, (_, _) => act(++at));
        return (first, timing.At(0.5), timing.ProcessorEach);
    }
}
