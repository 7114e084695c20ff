using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Evidence;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tests.Tasks;
using SkiaSharp;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Evidence;

/// <summary>Pictures and texts that show files, and what a photograph says of itself.</summary>
public sealed class PreviewTests
{
    // As it is stored the picture is 60 wide and 40 high, red above; the camera was turned by a quarter: upright red is at the end of each row.
    [Theory]
    [InlineData(1, 60, 40, 30, 5)]
    [InlineData(2, 60, 40, 30, 5)]
    [InlineData(3, 60, 40, 30, 35)]
    [InlineData(4, 60, 40, 30, 35)]
    [InlineData(5, 40, 60, 5, 30)]
    [InlineData(6, 40, 60, 35, 30)]
    [InlineData(7, 40, 60, 35, 30)]
    [InlineData(8, 40, 60, 5, 30)]
    public async Task A_picture_stands_upright_and_says_nothing_of_itself(ushort orientation, int width, int height, int redX, int redY)
    {
        await using var world = await World.CreateAsync("sqlite");
        var photo = Photos.Jpeg(60, 40, orientation, "2019:03:20 16:05:09", "+08:00", (25, 3, 3000), (102, 42, 1500));
        var (version, preview) = await ShowAsync(world, photo, "a.jpg");

        Assert.Equal((PreviewState.Made, 1), (preview.State, preview.Pages));
        Assert.Equal(("2019-03-20 16:05:09+08:00", "Maker · Model"), (version.TakenAt, version.TakenWith));
        Assert.Equal(Spot.Of(25m + (3.5m / 60), 102m + (42.25m / 60), Datum.Wgs84), version.TakenSpot);
        var bytes = await world.InAsync((PreviewFiles files) => File.ReadAllBytesAsync(files.Picture(version.FileHash, 1), Ct));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("Exif"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("Maker"u8));
        using var shown = SKBitmap.Decode(bytes);
        Assert.Equal((width, height), (shown.Width, shown.Height));
        var (red, blue) = (shown.GetPixel(redX, redY), shown.GetPixel(width - redX - 1, height - redY - 1));
        Assert.True(red.Red > 150 && red.Blue < 100, $"{red}");
        Assert.True(redX == width / 2 && redY == height / 2 || blue.Blue > 150 && blue.Red < 100, $"{blue}");
    }

    // Its pictures were being made when the file was destroyed: they would tell it still.
    [Theory, EveryDatabase]
    public async Task Of_a_file_that_is_destroyed_meanwhile_no_picture_stays(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await EvidenceTests.AddAsync(world, some.Reporter, Photos.Png(30, 20), new("Photo", PieceKind.Photo), some.Task);
        var hash = await world.InAsync((Db db) => db.PieceVersions().Select(version => version.FileHash).SingleAsync(Ct));
        await world.InAsync(async (IServiceProvider services) =>
        {
            services.GetRequiredService<Db>().Add(new FileCheck { Hash = hash, Result = FileCheckResult.Destroyed, CheckedAt = world.Clock.GetUtcNow() });
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });

        Assert.Equal(1, await world.InAsync((MakePreviews make) => make.RunAsync(Ct)));

        Assert.DoesNotContain(Directory.GetFiles(world.Folder, $"{hash}*", SearchOption.AllDirectories), path => path.Contains("previews", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_large_picture_is_made_small_and_a_damaged_one_says_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (version, preview) = await ShowAsync(world, Photos.Png(3_000, 1_500), "a.png");
        Assert.Equal(PreviewState.Made, preview.State);
        foreach (var (page, width) in new[] { (0, 240), (1, 1_280) })
        {
            using var shown = SKBitmap.Decode(await world.InAsync((PreviewFiles files) => File.ReadAllBytesAsync(files.Picture(version.FileHash, page), Ct)));
            Assert.Equal((width, width / 2), (shown.Width, shown.Height));
        }

        Assert.Equal("damaged", (await ShowAsync(world, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], "b.jpg")).Preview.Why);
        Assert.Equal("kind", (await ShowAsync(world, [1, 2, 3, 0], "c.bin")).Preview.Why);
    }

    [Fact]
    public async Task A_text_is_shown_in_whatever_encoding_it_came()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var world = await World.CreateAsync("sqlite");
        const string Text = "整改落实情况报告\n雁湖流域9座城镇污水处理厂已完成整改，经验收合格。";
        foreach (var encoding in new[] { new UTF8Encoding(false), Encoding.GetEncoding("gb18030"), new UnicodeEncoding(false, true) })
        {
            var (version, preview) = await ShowAsync(world, [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], "a.txt");
            Assert.Equal((PreviewState.Made, 0), (preview.State, preview.Pages));
            Assert.Equal(Text, await world.InAsync((PreviewFiles files) => File.ReadAllTextAsync(files.Text(version.FileHash), Ct)));
        }
    }

    [Fact]
    public async Task Pages_of_PDF_and_office_documents_are_shown_where_programs_for_them_are_installed()
    {
        await using var world = await World.CreateAsync("sqlite");
        using var pdf = new MemoryStream();
        using (var document = SKDocument.CreatePdf(pdf))
        {
            for (var page = 0; page < 3; page++)
            {
                document.BeginPage(595, 842).DrawRect(50, 50, 200, 200, new SKPaint { Color = SKColors.Red });
                document.EndPage();
            }

            document.Close();
        }

        var (version, preview) = await ShowAsync(world, pdf.ToArray(), "a.pdf");
        Assert.Equal(OtherProgram.Find("pdftoppm") is null ? (0, "tool") : (3, ""), (preview.Pages, preview.Why));
        if (preview.Pages > 0)
        {
            using var shown = SKBitmap.Decode(await world.InAsync((PreviewFiles files) => File.ReadAllBytesAsync(files.Picture(version.FileHash, 2), Ct)));
            Assert.Equal(1_280, Math.Max(shown.Width, shown.Height));
        }

        var (_, office) = await ShowAsync(world, "{\\rtf1\\ansi hello}"u8.ToArray(), "a.rtf");
        Assert.Equal(
            OtherProgram.Find("soffice", "libreoffice") is null || OtherProgram.Find("pdftoppm") is null ? (0, "tool") : (1, ""), (office.Pages, office.Why));
        Assert.Empty(Directory.GetDirectories(Path.Combine(world.Folder, "previews", "scratch")));
    }

    // 64 wide and 32 high, red; of the scan a second page is blue.
    private const string Heic =
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAIAAAADhpbG9jAQAAAERAAAIA" +
        "AQAAAAAAAAHOAAEAAAAAAAAAHgACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADVaXBycAAAALNpcGNvAAAAc2h2Y0MB" +
        "A3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACdCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprmwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAA" +
        "AEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAACAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAACZtZGF0AAAAGigBrxOA+BDhp//8TSj/" +
        "+rHPD9PMe/OikM+A";

    private const string Tiff =
        "SUkqALoAAACAP8AQOCQWDQeEQmFQuGQ2HQ+IRGJROKACBRWMRmNRuOR2PQOLx+RSOSSWTQeQyeVSuWS2EymXTGZTOOTCaTecTmXzqeT2dTafUGhSWgUOjUeM0WkUumQ2lU2oVGQVKqVWp1asU2n1muTmt12wTKv2" +
        "GySux2W0SSz2m2R21224Ri33G6RG53W8Qy73m+Si+3+K3vAX3BYO84XDXXEYm44vGW3HY+05HJWXKZWw5fMV2AgAEQD+AAQAAQAAAAIAAAAAAQMAAQAAAEAAAAABAQMAAQAAACAAAAACAQMAAwAAAIwBAAADAQMA" +
        "AQAAAAUAAAAGAQMAAQAAAAIAAAAKAQMAAQAAAAEAAAARAQQAAQAAAAgAAAASAQMAAQAAAAEAAAAVAQMAAQAAAAMAAAAWAQMAAQAAACAAAAAXAQQAAQAAALEAAAAcAQMAAQAAAAEAAAApAQMAAgAAAAAAAgA9AQMA" +
        "AQAAAAIAAAA+AQUAAgAAAMIBAAA/AQUABgAAAJIBAACCAgAACAAIAAgAhetRAAAAgADD9agAAAAAAs3MTAAAAAABzcxMAAAAgADNzEwAAAAAAo/C9QAAAAAQNxqgAAAAAAIrhwoAAAAgAIAAAA/4FBYNB4RCYVC4" +
        "ZDYdD4hEYlE4pFYFBItGY1G45HY9H4vIJFI5JJZNCoxJ5VK5ZLYXKZdMZlM49MJpN5xOZfOp5PZ1Np9QaFJqBQ6NR43RaRS6ZD6VTahUYLT6lVaXVKtWaFWK1XZ/XrBRq5YbJLbHZbRRLTa5nZ7Zb45brhc4rcrp" +
        "d4hdrxe53fL9Gb1f8FgcFfsJhb3h8Rd8Vi7njcdb8hkbXk8paMtl7BAQEQD+AAQAAQAAAAIAAAAAAQMAAQAAAEAAAAABAQMAAQAAACAAAAACAQMAAwAAAFQDAAADAQMAAQAAAAUAAAAGAQMAAQAAAAIAAAAKAQMA" +
        "AQAAAAEAAAARAQQAAQAAANIBAAASAQMAAQAAAAEAAAAVAQMAAQAAAAMAAAAWAQMAAQAAACAAAAAXAQQAAQAAALAAAAAcAQMAAQAAAAEAAAApAQMAAgAAAAEAAgA9AQMAAQAAAAIAAAA+AQUAAgAAAIoDAAA/AQUA" +
        "BgAAAFoDAAAAAAAACAAIAAgAhetRAAAAgADD9agAAAAAAs3MTAAAAAABzcxMAAAAgADNzEwAAAAAAo/C9QAAAAAQNxqgAAAAAAIrhwoAAAAgAA==";

    [Fact]
    public async Task Photographs_of_phones_and_scans_are_shown_where_a_program_for_them_is_installed()
    {
        await using var world = await World.CreateAsync("sqlite");
        var (magick, heif) = (OtherProgram.Find("magick", "convert"), OtherProgram.Find("heif-dec", "heif-convert"));
        foreach (var (content, name, type, pages, program) in new[] { (Heic, "a.heic", "heic", 1, heif ?? magick), (Tiff, "a.tif", "tiff", 2, magick ?? OtherProgram.Find("soffice", "libreoffice")) })
        {
            var (version, preview) = await ShowAsync(world, Convert.FromBase64String(content), name);

            Assert.Equal(type, version.Type);
            Assert.Equal(program is null ? (0, "tool") : (pages, ""), (preview.Pages, preview.Why));
            for (var page = 1; page <= preview.Pages; page++)
            {
                using var shown = SKBitmap.Decode(await world.InAsync((PreviewFiles files) => File.ReadAllBytesAsync(files.Picture(version.FileHash, page), Ct)));
                var seen = shown.GetPixel(shown.Width / 2, shown.Height / 2);
                Assert.True(page == 1 ? seen.Red > 150 && seen.Blue < 100 : seen.Blue > 150 && seen.Red < 100, $"{name} {page}: {seen}");
            }
        }

        // What was said of them before programs were asked is looked at again.
        await world.InAsync((Db db) => db.Previews().ExecuteUpdateAsync(set => set.SetProperty(one => one.Why, "kind").SetProperty(one => one.State, PreviewState.None).SetProperty(one => one.Pages, 0), Ct));
        await world.InAsync((MakePreviews make) => make.RunAsync(Ct));
        Assert.DoesNotContain("kind", await world.InAsync((Db db) => db.Previews().Select(one => one.Why).ToListAsync(Ct)));
        Assert.True((await ShowAsync(world, [0x49, 0x49, 0x2A, 0, 1, 2, 3, 4], "b.tif")).Preview.Why is "damaged" or "tool");
    }

    [Fact]
    public async Task Office_documents_are_shown_whatever_they_were_written_with()
    {
        Assert.SkipUnless(OtherProgram.Find("soffice", "libreoffice") is { } && OtherProgram.Find("pdftoppm") is { }, "No LibreOffice, or no pdftoppm.");
        await using var world = await World.CreateAsync("sqlite");
        var home = Directory.CreateTempSubdirectory("rectify-office");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(home.FullName, "text.rtf"), "{\\rtf1\\ansi hello}", Ct);
            await File.WriteAllTextAsync(Path.Combine(home.FullName, "sheet.csv"), "a,b\n1,2\n", Ct);
            foreach (var (from, ending, type) in new[]
            {
                ("text.rtf", "docx", "docx"), ("text.rtf", "doc", "office"), ("text.rtf", "odt", "odf"), ("sheet.csv", "xlsx", "xlsx"), ("sheet.csv", "xls", "office"), ("sheet.csv", "ods", "odf"),
            })
            {
                Assert.True(await OtherProgram.RunAsync(
                    OtherProgram.Find("soffice", "libreoffice")!,
                    ["--headless", "--norestore", $"-env:UserInstallation=file://{home.FullName}/profile", "--convert-to", ending, "--outdir", home.FullName, Path.Combine(home.FullName, from)],
                    home.FullName, 120, 4_096, Ct));
                var name = Path.ChangeExtension(from, ending);

                var (version, preview) = await ShowAsync(world, await File.ReadAllBytesAsync(Path.Combine(home.FullName, name), Ct), name);

                Assert.Equal((name, type, 1, ""), (name, version.Type, preview.Pages, preview.Why));
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_full_disk_says_nothing_of_a_file_it_is_shown_when_there_is_room(string database)
    {
        await using var world = await World.CreateAsync(database);
        some = await Rectifying.HaveAsync(world);
        var hash = Convert.ToHexStringLower(SHA256.HashData("hello"u8));
        await EvidenceTests.AddAsync(world, some.Reporter, "hello"u8.ToArray(), new("Shown", PieceKind.Other), some.Task);
        Task<Preview?> LookAsync() => world.InAsync(async (IServiceProvider services) =>
        {
            await services.GetRequiredService<MakePreviews>().RunAsync(Ct);
            return await services.GetRequiredService<Db>().Previews().AsNoTracking().SingleOrDefaultAsync(preview => preview.Hash == hash, Ct);
        });

        world.Disk.Room = 1_000_000;
        Assert.Null(await LookAsync()); // too little to begin
        world.Disk.Room = long.MaxValue;
        var text = await world.InAsync((PreviewFiles files) =>
        {
            files.Prepare(hash);
            return Task.FromResult(files.Text(hash));
        });
        File.CreateSymbolicLink(text, "/dev/full");
        Assert.Null(await LookAsync()); // full in the midst of it
        File.Delete(text);

        Assert.Equal(PreviewState.Made, (await LookAsync())!.State);
        Assert.Equal("hello", await File.ReadAllTextAsync(text, Ct));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_or_too_much_is_ended()
    {
        var home = Directory.CreateTempSubdirectory("rectify-program");
        try
        {
            Assert.Null(await OtherProgram.RunAsync("/bin/sleep", ["60"], home.FullName, 1, 1_024, Ct));
            Assert.True(await OtherProgram.RunAsync("/bin/true", [], home.FullName, 10, 1_024, Ct));
            // One gigabyte in one piece, with a quarter of it allowed.
            Assert.False(await OtherProgram.RunAsync("/bin/dd", ["if=/dev/zero", "of=/dev/null", "bs=1G", "count=1"], home.FullName, 20, 256, Ct));
            Assert.False(await OtherProgram.RunAsync("/bin/sh", ["-c", "test -n \"$RECTIFY_TEST_POSTGRES\""], home.FullName, 10, 1_024, Ct));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task<(PieceVersion Version, Preview Preview)> ShowAsync(World world, byte[] content, string name)
    {
        some = world == someOf ? some! : await Rectifying.HaveAsync(world);
        someOf = world;
        var upload = await EvidenceTests.UploadAsync(world, some.Reporter, content, name);
        await world.InAsync((AddEvidence add) => add.RunAsync([some.Task], new("Shown", PieceKind.Other), upload, some.Reporter, Ct));
        await world.InAsync((MakePreviews make) => make.RunAsync(Ct));
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return await world.InAsync(async (Db db) =>
            (await db.PieceVersions().AsNoTracking().FirstAsync(version => version.FileHash == hash, Ct), await db.Previews().AsNoTracking().SingleAsync(preview => preview.Hash == hash, Ct)));
    }

    // One task for all files of a test; tests of a class run one after the other.
    private static Rectifying? some;
    private static World? someOf;
}
