using System.IO.Compression;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Platform.Data;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Evidence;

/// <summary>What a file is told by its content, whatever it is called.</summary>
public sealed class FileTypeTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "jpeg", Photos.Jpeg(8, 8) }, { "png", Photos.Png(8, 8) }, { "pdf", Encoding.ASCII.GetBytes("%PDF-1.7\n%x") }, { "pdf", Encoding.ASCII.GetBytes("\r\n%PDF-1.4 ") },
        { "docx", Zip("[Content_Types].xml", "word/document.xml") }, { "xlsx", Zip("[Content_Types].xml", "xl/workbook.xml") },
        { "pptx", Zip("[Content_Types].xml", "ppt/presentation.xml") }, { "ofd", Zip("OFD.xml", "Doc_0/Document.xml") }, { "odf", Zip("mimetype", "content.xml") },
        { "zip", Zip("照片.jpg") }, { "zip", "PK\u0003\u0004broken"u8.ToArray() }, { "program", Zip("META-INF/MANIFEST.MF", "A.class") },
        { "program", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0] }, { "program", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1] }, { "program", "#!/bin/sh\nrm -rf /"u8.ToArray() },
        { "text", Encoding.UTF8.GetBytes("MZ 是两个字母") }, { "text", Encoding.UTF8.GetBytes("整改落实情况报告") }, { "text", Encoding.Unicode.GetPreamble() }, { "other", [1, 2, 3, 0, 5] },
        { "html", "<!doctype html><p>x"u8.ToArray() }, { "html", "hello <script>alert(1)</script>"u8.ToArray() }, { "xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() },
        { "rtf", "{\\rtf1 x}"u8.ToArray() }, { "office", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] }, { "archive", "Rar!\u001A\u0007"u8.ToArray() },
        { "heic", [0, 0, 0, 24, .. "ftypheic"u8] }, { "mp4", [0, 0, 0, 24, .. "ftypisom"u8] }, { "text", [] },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_type_follows_from_the_content(string type, byte[] content) => Assert.Equal(type, FileTypes.Of(new MemoryStream(content)).Name);

    [Fact]
    public void Any_bytes_are_some_type() => Gen.Select(Gen.Int[0, Files.Count - 1].Select(i => Files.ElementAt(i).Data.Item2), Gen.Byte.Array[0, 60], Gen.Int[0, 100]).Sample((start, noise, cut) =>
        Assert.NotNull(FileTypes.Of(new MemoryStream([.. start.Take(start.Length * cut / 100), .. noise])).Name));

    [Theory]
    [InlineData("zip", "现场照片.jpg", true)]
    [InlineData("jpeg", "现场照片.JPG", false)]
    [InlineData("pdf", "报告", false)]
    [InlineData("pdf", "报告.v2", false)]
    [InlineData("html", "notes.txt", false)]
    public void A_name_that_says_something_else_is_pointed_out(string type, string name, bool wrong) =>
        Assert.Equal(wrong, FileTypes.IsMisnamed(FileTypes.Named(type), name));

    [Theory, EveryDatabase]
    public async Task A_program_called_jpg_is_refused_and_a_zip_called_jpg_is_a_zip(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var program = await EvidenceTests.UploadAsync(world, some.Reporter, [(byte)'M', (byte)'Z', 0x90, 0, 3], "photo.jpg");
        Assert.Equal((422, "evidence.program"), await EvidenceTests.NoAsync(() => world.InAsync((AddEvidence add) => add.RunAsync([some.Task], new("Photo", PieceKind.Photo), program, some.Reporter, Ct))));

        var zip = await EvidenceTests.UploadAsync(world, some.Reporter, Zip("a.txt"), "photo.jpg");
        await world.InAsync((AddEvidence add) => add.RunAsync([some.Task], new("Photo", PieceKind.Photo), zip, some.Reporter, Ct));
        await world.InAsync(async (Db db) =>
        {
            var version = Assert.Single(await db.PieceVersions().ToListAsync(Ct));
            Assert.Equal(("zip", "photo.jpg"), (version.Type, version.FileName));
        });
    }

    private static byte[] Zip(params string[] names)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write("x");
            }
        }

        return file.ToArray();
    }
}
