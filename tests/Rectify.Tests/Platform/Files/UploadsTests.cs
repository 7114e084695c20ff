using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Files;

/// <summary>Files on their way in: hashes, cut lines, restarts, a full disk, and what is swept.</summary>
public sealed class UploadsTests
{
    private static readonly Actor Ann = new("ann");

    // GB/T 32905—2016, appendix A: the hash of "abc".
    [Fact]
    public void SM3_is_the_standards()
    {
        using var hash = new RunningHash();
        hash.Append("abc"u8);
        var kept = hash.Finish();
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", kept.Sm3);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("abc"u8)), kept.Sha256);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_the_pieces_the_file_and_its_hashes_are_the_same(string database)
    {
        await using var world = await World.CreateAsync(database);
        await Gen.Select(Gen.Byte.Array[1, 400_000], Gen.Int[0, 100].Array[0, 6], Gen.Bool).SampleAsync(
            async (content, cuts, restart) =>
            {
                var upload = await BeginAsync(world, content.Length);
                var ends = cuts.Select(cut => (long)content.Length * cut / 100).Append(content.Length).Order().ToList();
                foreach (var end in ends)
                {
                    if (restart)
                    {
                        await world.InAsync((UploadHashes hashes) => Task.FromResult(hashes.Take(upload)?.Size));
                    }

                    await AppendAsync(world, upload, at => new MemoryStream(content[(int)at..(int)end]));
                }

                var done = await world.InAsync((Uploads uploads) => uploads.CompleteAsync(upload, Ann, Ct));
                using var whole = new RunningHash();
                whole.Append(content);
                Assert.Equal(whole.Finish(), done.Kept);
                await using var kept = await world.InAsync((FileStore files) => Task.FromResult(files.Open(done.FileHash)));
                var read = new byte[content.Length + 1];
                Assert.Equal(content.Length, await kept.ReadAtLeastAsync(read, read.Length, false, Ct));
                Assert.True(content.AsSpan().SequenceEqual(read.AsSpan(0, content.Length)));
            }, iter: 12, threads: 1);
    }

    [Theory, EveryDatabase]
    public async Task What_came_before_the_line_was_cut_stays(string database)
    {
        await using var world = await World.CreateAsync(database);
        var content = RandomNumberGenerator.GetBytes(500_000);
        var upload = await BeginAsync(world, content.Length);

        await Assert.ThrowsAsync<IOException>(() => AppendAsync(world, upload, _ => new CutLine(content, 300_000)));
        Assert.Equal(300_000, await OffsetAsync(world, upload));

        await AppendAsync(world, upload, at => new MemoryStream(content[(int)at..]));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(content)), (await world.InAsync((Uploads uploads) => uploads.CompleteAsync(upload, Ann, Ct))).FileHash);
    }

    [Theory, EveryDatabase]
    public async Task A_full_disk_takes_nothing_and_the_upload_goes_on_when_there_is_room(string database)
    {
        await using var world = await World.CreateAsync(database);
        var content = RandomNumberGenerator.GetBytes(400_000);
        var upload = await BeginAsync(world, content.Length);
        await AppendAsync(world, upload, _ => new MemoryStream(content[..100_000]));

        world.Disk.Room = 150_000;
        var no = await Assert.ThrowsAsync<Refusal>(() => AppendAsync(world, upload, _ => new MemoryStream(content[100_000..])));
        Assert.Equal((507, "disk.full"), (no.Status, no.Code));
        Assert.Equal(100_000, await OffsetAsync(world, upload));

        world.Disk.Room = long.MaxValue;
        await AppendAsync(world, upload, at => new MemoryStream(content[(int)at..]));
        var done = await world.InAsync((Uploads uploads) => uploads.CompleteAsync(upload, Ann, Ct));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), done.FileHash);
    }

    [Theory, EveryDatabase]
    public async Task A_server_that_stopped_before_the_name_or_before_the_note_goes_on(string database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var named in new[] { false, true })
        {
            var content = RandomNumberGenerator.GetBytes(10_000);
            var upload = await BeginAsync(world, content.Length);
            await world.InAsync(async (IServiceProvider services) =>
            {
                // All bytes are there and noted, the hash is known: then the power goes.
                var (db, files) = (services.GetRequiredService<Db>(), services.GetRequiredService<FileStore>());
                await using (var part = files.OpenPart(upload, 0))
                {
                    await FileStore.WriteAsync(part, content);
                }

                var row = await db.UploadsOf(Ann).SingleAsync(one => one.Id == upload, Ct);
                using var hash = new RunningHash();
                hash.Append(content);
                var kept = hash.Finish();
                (row.Offset, row.FileHash, row.Sm3) = (content.Length, kept.Sha256, kept.Sm3);
                await services.GetRequiredService<Rectify.Platform.Journal.JournalWriter>().SaveBookkeepingAsync(Ct);
                if (named)
                {
                    files.Place(upload, kept.Sha256);
                }
            });

            var done = await world.InAsync((Uploads uploads) => uploads.CompleteAsync(upload, Ann, Ct));
            Assert.True(await world.InAsync((FileStore files) => Task.FromResult(files.Exists(done.FileHash) && !files.HasPart(upload))));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_nobody_used_is_swept_when_its_time_is_over_and_nothing_else(string database)
    {
        await using var world = await World.CreateAsync(database);
        world.Clock.SetUtcNow(TimeProvider.System.GetUtcNow()); // files bear the machine's time
        var (unused, known, half) = (Encoding.UTF8.GetBytes("unused"), Encoding.UTF8.GetBytes("stood before"), new byte[100]);
        var before = await world.InAsync((FileStore files) => files.KeepAsync(new MemoryStream(known), 1_000, Ct));
        var (a, b, c) = (await BeginAsync(world, unused.Length), await BeginAsync(world, known.Length), await BeginAsync(world, half.Length));
        await AppendAsync(world, a, _ => new MemoryStream(unused));
        await AppendAsync(world, b, _ => new MemoryStream(known));
        await AppendAsync(world, c, _ => new MemoryStream(half[..40]));
        var hash = (await world.InAsync((Uploads uploads) => uploads.CompleteAsync(a, Ann, Ct))).FileHash;

        Assert.Equal(0, await world.InAsync((SweepUploads sweep) => sweep.RunAsync(Ct)));
        world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(3, await world.InAsync((SweepUploads sweep) => sweep.RunAsync(Ct)));

        await world.InAsync((FileStore files) =>
        {
            Assert.Equal((false, true, false), (files.Exists(hash), files.Exists(before), files.HasPart(c)));
            return Task.CompletedTask;
        });
        var gone = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((Uploads uploads) => uploads.FindAsync(a, Ann, Ct)));
        Assert.Equal(404, gone.Status);
    }

    [Theory, EveryDatabase]
    public async Task Two_at_once_do_not_write_into_one_another(string database)
    {
        await using var world = await World.CreateAsync(database);
        var content = RandomNumberGenerator.GetBytes(200_000);
        var upload = await BeginAsync(world, content.Length);
        await using var held = await world.InAsync((FileStore files) => Task.FromResult(files.OpenPart(upload, 0)));

        var no = await Assert.ThrowsAsync<Refusal>(() => AppendAsync(world, upload, _ => new MemoryStream(content)));
        Assert.Equal((409, "upload.busy"), (no.Status, no.Code));
    }

    private static Task<Guid> BeginAsync(World world, long length) =>
        world.InAsync(async (Uploads uploads) => (await uploads.BeginAsync(length, "a.bin", "", Ann, Ct)).Id);

    private static Task AppendAsync(World world, Guid id, Func<long, Stream> content) => world.InAsync(async (Uploads uploads) =>
    {
        var upload = await uploads.FindAsync(id, Ann, Ct);
        await uploads.AppendAsync(upload, content(upload.Offset), null, Ct);
    });

    private static Task<long> OffsetAsync(World world, Guid id) =>
        world.InAsync(async (Uploads uploads) => (await uploads.FindAsync(id, Ann, Ct)).Offset);

    private sealed class CutLine(byte[] content, int at) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position >= at
            ? throw new IOException("The client is gone.")
            : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, at - Position)], cancellationToken);
    }
}
