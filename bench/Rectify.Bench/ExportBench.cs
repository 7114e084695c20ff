using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>Writing a long list as a workbook: time, and whether memory grows with the rows.</summary>
internal static class ExportBench
{
    public static async Task RunAsync(int rows)
    {
        await WriterAsync(rows / 10); // warm, and the shorter of two
        var small = await WriterAsync(rows / 10);
        var (took, rise, bytes) = await WriterAsync(rows);
        Report.Row($"{rows:#,0} rows of 22 columns written as XLSX ({bytes / 1_048_576.0:0.0} MiB)", Report.Ms(took), "≤ 10 s",
            $"memory rose by {rise:0} MiB; by {small.Rise:0} MiB for a tenth of the rows");

        await using var bed = await Bed.SqliteAsync();
        var programme = new BigProgramme(rows);
        await programme.LoadAsync(bed);
        using var file = new Counting();
        var (time, grown) = (TimeSpan.Zero, 0.0);
        grown = await Memory.RiseAsync(async () => time = await Timing.OnceAsync(() => bed.InAsync((Db db) => new ItemExport(
            db, Words.In(Language.Default), BigProgramme.ReaderAt(programme.Region), programme.Programme, new(), BigProgramme.Today).WriteAsync(file, default))));
        Report.Row($"{rows:#,0} tasks exported from {bed.Name} as the list's page does ({file.Length / 1_048_576.0:0.0} MiB)", Report.Ms(time), "≤ 10 s",
            $"memory rose by {grown:0} MiB");
    }

    private static async Task<(TimeSpan Took, double Rise, long Bytes)> WriterAsync(int rows)
    {
        SheetColumn[] columns = [.. Enumerable.Range(1, 22).Select(i => new SheetColumn($"第{i}列"))];
        using var file = new Counting();
        var took = TimeSpan.Zero;
        var rise = await Memory.RiseAsync(async () => took = await Timing.OnceAsync(() => XlsxWriter.WriteAsync(
            file, "任务", columns, Enumerable.Range(0, rows).ToAsyncEnumerable().Select(Row), default)));
        return (took, rise, file.Length);
    }

    private static object?[] Row(int i) =>
    [
        i, $"第{i}项", $"第{i % 98}县第{i}处渣场未按要求建设防渗设施", $"第{i % 98}县第{i}处渣场未按要求建设防渗设施，雨季渗滤液外溢，群众反映强烈，整改推进缓慢。",
        "消除环境风险，达到验收要求。", "第三方面", $"第{i % 14}州", $"第{i % 11}厅", $"第{i % 98}县", null, null, "第一责任人", "2026年底前",
        new DateOnly(2026, 12, 31), new DateOnly(2026, 12, 31), 0, "否", "", "达到序时进度", "绿灯", "按计划推进", new DateOnly(2026, 3, 2),
    ];

    // Counts and forgets, so that what is measured is the writer's own memory.
    private sealed class Counting : Stream
    {
        private long count;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => count;

        public override long Position { get => count; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => this.count += count;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
