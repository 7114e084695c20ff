using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>A hand-over manual with all 94 tasks of the sample, as PDF.</summary>
internal static class ManualBench
{
    public static async Task RunAsync()
    {
        await using var bed = await Bed.SqliteAsync();
        var region = await Sample.OrganisationAsync(bed);
        var programme = await Sample.ProgrammeAsync(bed, "manual", region);
        await Sample.ImportAsync(bed, "manual");

        var pages = 0;
        var (read, set) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < 2; i++) // the first is warm-up
        {
            Handbook? book = null;
            read = await Timing.OnceAsync(async () => book = await BookAsync(bed, region, programme));
            set = await Timing.OnceAsync(() =>
            {
                using var file = new MemoryStream();
                pages = PdfWriter.Write(HandbookPaper.Of(book!, Words.In(Language.Default), "整改办", TimeProvider.System.NowMs), file).Pages;
                return Task.CompletedTask;
            });
        }

        Report.Row($"hand-over manual of 94 tasks, {pages} pages of PDF", Report.Ms(read + set), "", $"read {Report.Ms(read)}, set {Report.Ms(set)}");
    }

    private static Task<Handbook> BookAsync(Bed bed, Unit region, Guid programme) => bed.InAsync(async (Db db) =>
    {
        var (on, ct) = (new DateOnly(2019, 3, 31), CancellationToken.None);
        var ids = await db.ItemsFor(Sample.Everything, Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task)
            .Select(item => item.Id).ToListAsync(ct);
        var views = await ItemView.ReadAsync(db, Sample.Everything, ids, on, ct);
        return new Handbook
        {
            Unit = region,
            Programme = views[0].Programme,
            On = on,
            Parts = [new(DraftRole.Lead, [.. views])],
            Names = await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.Name, ct),
        };
    });
}
