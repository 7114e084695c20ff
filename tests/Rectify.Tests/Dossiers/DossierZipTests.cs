using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Reading;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dossiers;

/// <summary>The package, unpacked and checked by other programs: unzip, sha256sum and openssl.</summary>
public sealed class DossierZipTests
{
    [Theory, EveryDatabase]
    public async Task Other_programs_unpack_it_and_find_every_original_untouched(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var contents = new List<byte[]>();
        foreach (var (title, kind) in new[] { ("整改方案", PieceKind.Plan), ("CON", PieceKind.Plan), ("a/b:c*?\u202e.", PieceKind.Other), ("监测报告", PieceKind.Monitoring), ("same", PieceKind.Other), ("same", PieceKind.Other) })
        {
            var content = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 400_000));
            contents.Add(content);
            await EvidenceTests.AddAsync(world, some.Reporter, content, new(title, kind, new(2026, 2, 1), "Station <b>"), some.Task);
        }

        using var folder = await UnpackAsync(world, some);
        var files = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Root, path)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(contents.Count + 5, files.Count);
        Assert.Equal(2, files.Count(file => file.StartsWith("01方案/", StringComparison.Ordinal)));
        Assert.Single(files, file => file.StartsWith("03佐证/", StringComparison.Ordinal));
        Assert.Equal(3, files.Count(file => file.StartsWith("99其他/", StringComparison.Ordinal)));
        Assert.Equal(
            contents.Select(content => Convert.ToHexStringLower(SHA256.HashData(content))).Order(StringComparer.Ordinal),
            files.Where(file => file.Contains('/')).Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.Root, file))))).Order(StringComparer.Ordinal));

        var (code, said) = await RunAsync("sha256sum", folder.Root, "--strict", "-c", "SHA256SUMS");
        Assert.True(code == 0, said);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder.Root, "SM3SUMS"), Ct))
        {
            var (hash, path) = (line[..64], line[66..]);
            Assert.StartsWith(hash, (await RunAsync("openssl", folder.Root, "dgst", "-sm3", "-r", path)).Said, StringComparison.Ordinal);
        }

        // Catalogue: page and workbook name each original with its hash.
        var page = new HtmlParser().ParseDocument(await File.ReadAllTextAsync(Path.Combine(folder.Root, "目录.html"), Ct));
        Assert.Empty(page.QuerySelectorAll("script, [src]"));
        var links = page.QuerySelectorAll("td a").Select(link => Uri.UnescapeDataString(link.GetAttribute("href")!)).ToList();
        Assert.Equal(files.Where(file => file.Contains('/')), links.Order(StringComparer.Ordinal));
        await using var book = File.OpenRead(Path.Combine(folder.Root, "目录.xlsx"));
        var cells = string.Join('\n', DocumentReader.Read(book, "目录.xlsx", ct: Ct).Blocks.OfType<Table>().SelectMany(table => table.Cells).Select(cell => cell.Text));
        Assert.All(contents, content => Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(content)), cells, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_missing_and_an_altered_original_are_named_and_a_check_fails(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        foreach (var text in new[] { "sound", "gone", "bent" })
        {
            await EvidenceTests.AddAsync(world, some.Reporter, Encoding.UTF8.GetBytes(text), new(text, PieceKind.Plan, new(2026, 2, 1)), some.Task);
        }

        File.Delete(PathOf("gone"));
        await File.WriteAllTextAsync(PathOf("bent"), "Bent", Ct);

        using var folder = await UnpackAsync(world, some);
        var (code, said) = await RunAsync("sha256sum", folder.Root, "-c", "SHA256SUMS");
        Assert.NotEqual(0, code);
        Assert.Contains("FAILED open or read", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split('\n').Count(line => line.Contains(": FAILED", StringComparison.Ordinal)));
        var page = new HtmlParser().ParseDocument(await File.ReadAllTextAsync(Path.Combine(folder.Root, "目录.html"), Ct));
        Assert.Contains("2件原件", page.QuerySelector(".bad")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("td"), cell => cell.TextContent == "原件缺失");
        Assert.Single(page.QuerySelectorAll("td"), cell => cell.TextContent == "原件变动");
        Assert.Equal(2, page.QuerySelectorAll("td a").Length);

        string PathOf(string text)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            return Path.Combine(world.Folder, "files", hash[..2], hash);
        }
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_size_of_an_original()
    {
        await using var world = await World.CreateAsync("sqlite");
        var some = await Rectifying.HaveAsync(world);
        const int size = 64 * 1_048_576;
        await world.InAsync(async (IServiceProvider services) =>
        {
            var upload = await services.GetRequiredService<Uploads>().ReceiveAsync(new Zeros(size), size, "film.bin", some.Reporter.Actor, Ct);
            await services.GetRequiredService<AddEvidence>().RunAsync([some.Task], new("film", PieceKind.Video), upload.Id, some.Reporter, Ct);
        });
        var sink = new Sink();
        await WriteAsync(world, some, sink);
        Assert.True(sink.Length > size);
        Assert.InRange(sink.Largest, 1, 4 * FileStore.Chunk); // never more than a few pieces at once
    }

    private sealed class Unpacked(string folder) : IDisposable
    {
        public string Root => Directory.GetDirectories(folder).Single();

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }

    private static async Task<Unpacked> UnpackAsync(World world, Rectifying some)
    {
        var folder = Directory.CreateTempSubdirectory("rectify-zip-").FullName;
        var zip = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        await using (var file = File.Create(zip))
        {
            await WriteAsync(world, some, file);
        }

        var (code, said) = await RunAsync("unzip", folder, "-q", zip);
        File.Delete(zip);
        Assert.True(code == 0, said);
        return new(folder);
    }

    private static Task WriteAsync(World world, Rectifying some, Stream to) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        var (programme, dossier) = (await new DossierReading(db, some.Reporter, world.Clock.Today, world.Clock).ReadAsync(some.Task, Ct))!.Value;
        var units = await EvidenceList.UnitsAsync(db, dossier.Pieces.Values.Select(piece => piece.Piece.UnitId), Ct);
        await new DossierZip(services.GetRequiredService<FileStore>(), Words.In(Language.Default), programme, dossier, units, world.Clock.Today, world.Clock.GetUtcNow()).WriteAsync(to, Ct);
    });

    private static async Task<(int Code, string Said)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        };
        using var process = Process.Start(start)!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await said + await errors);
    }

    // So many bytes that nothing compresses away: the file's type is none that is compressed.
    private sealed class Zeros(long left) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            buffer.AsSpan(offset, read).Clear();
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Sink : Stream
    {
        private long length;

        public int Largest { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position { get => length; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => (length, Largest) = (length + count, Math.Max(Largest, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
