using System.IO.Compression;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Reading;
using Rectify.Tests.Dispatch;
using Rectify.Workbooks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Workbooks;

/// <summary>Damaged and hostile workbooks: always a refusal or a preview, never an exception, and nothing saved.</summary>
public sealed class WorkbookFuzzTests
{
    [Fact]
    public void Changed_bytes_of_the_package_make_a_refusal_or_a_reading() => Books.One.List[1, 3].SelectMany(cases => Damage.Select(damage => (cases, damage))).Sample((cases, damage) =>
    {
        var (stored, file) = Books.Typed(cases);
        Try(stored, Damaged(file, damage));
    }, iter: 200);

    [Fact]
    public void Changed_bytes_of_a_part_make_a_refusal_or_a_reading() => Books.One.List[1, 3].SelectMany(cases => Gen.Select(Damage, Gen.Int[0, 99], (damage, part) => (cases, damage, part))).Sample((cases, damage, part) =>
    {
        var (stored, file) = Books.Typed(cases);
        using var changed = new MemoryStream();
        using (var old = new ZipArchive(new MemoryStream(file)))
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (i, entry) in old.Entries.Index())
            {
                using var bytes = new MemoryStream();
                using (var content = entry.Open())
                {
                    content.CopyTo(bytes);
                }

                using var target = zip.CreateEntry(entry.FullName).Open();
                target.Write(i == part % old.Entries.Count ? Damaged(bytes.ToArray(), damage) : bytes.ToArray());
            }
        }

        Try(stored, changed.ToArray());
    }, iter: 200);

    [Fact]
    public void A_hidden_sheet_with_cells_in_the_last_column_is_refused_before_it_takes_memory()
    {
        const int rows = 2_000, last = 16_383;
        var cells = Enumerable.Range(0, rows).Select(row => new SheetCell(row, row == 0 ? 0 : last, row == 0 ? "rectify:return-workbook" : "x")).ToList();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("workbook.broken", Assert.Throws<Refusal>(() => BookMemory.Read([new("rectify", cells)])).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, rows * 1_000L);
    }

    [Theory]
    [InlineData("not a file")]
    [InlineData("")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("%PDF-1.7")]
    [InlineData("<html><table></table></html>")]
    public async Task What_is_no_workbook_is_refused_and_nothing_is_kept(string content)
    {
        await using var world = await World.CreateAsync("sqlite");
        var r = await Reporting.HaveAsync(world);
        var id = (await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 3, 31)), "C1")).Id;

        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TakeWorkbook take) =>
            take.KeepAsync(id, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), "x.xlsx", r.People["c1"], Ct)));

        Assert.Equal(422, no.Status);
        Assert.Equal(0, await world.InAsync((Db db) => db.UploadsOf(r.People["c1"].Actor).CountAsync(Ct)));
    }

    [Fact]
    public async Task Bombs_macros_and_foreign_workbooks_are_refused_by_name()
    {
        await using var world = await World.CreateAsync("sqlite");
        var r = await Reporting.HaveAsync(world);
        var id = (await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 3, 31)), "C1")).Id;
        var (_, file) = await world.InAsync((TakeWorkbook take) => take.MakeAsync(id, Rectify.Platform.Text.Words.In(Rectify.Platform.Text.Language.Default), r.People["c1"], Ct));
        async Task<string> CodeAsync(byte[] bytes) => (await Assert.ThrowsAsync<Refusal>(() =>
            world.InAsync((TakeWorkbook take) => take.KeepAsync(id, new MemoryStream(bytes), "x.xlsx", r.People["c1"], Ct)))).Code;

        Assert.Equal("reading.has-macros", await CodeAsync(With(file, "xl/vbaProject.bin", new byte[10])));
        Assert.Equal("reading.bomb", await CodeAsync(With(file, "xl/media/image1.png", new byte[90 << 20])));
        Assert.Equal("reading.too-large", await CodeAsync([.. file, .. new byte[9 << 20]]));
        Assert.Equal("workbook.not-ours", await CodeAsync(Rectify.Tests.Organisation.Workbooks.Make(("填报", [["序号", "任务"], ["1", "x"]]))));
        Assert.All(await r.LinesAsync(world, id), line => Assert.False(line.Filled));
    }

    // Where to change, what to write there, and how much.
    private static readonly Gen<(double At, byte[] Bytes, bool Cut)[]> Damage =
        Gen.Select(Gen.Double[0, 1], Gen.Byte.Array[1, 8], Gen.Int[0, 9].Select(n => n == 0)).Array[1, 4];

    private static byte[] Damaged(byte[] file, (double At, byte[] Bytes, bool Cut)[] damage)
    {
        var bytes = file.ToArray();
        foreach (var (where, put, cut) in damage)
        {
            var at = (int)(where * (bytes.Length - 1));
            if (cut && at > 0)
            {
                bytes = bytes[..at];
                continue;
            }

            put.AsSpan(0, Math.Min(put.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    private static void Try(ReturnView stored, byte[] file)
    {
        try
        {
            Books.Reckon(stored, file);
        }
        catch (Refusal)
        {
            // what it is meant to say
        }
    }

    private static byte[] With(byte[] file, string name, byte[] content)
    {
        using var changed = new MemoryStream();
        changed.Write(file);
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var part = zip.CreateEntry(name).Open();
            part.Write(content);
        }

        return changed.ToArray();
    }
}
