using System.Diagnostics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Rectify.Platform;
using Rectify.Platform.Files;

namespace Rectify.Bench;

/// <summary>Taking in a large file of evidence: how fast beside what disk and hashes allow on this machine, and whether memory grows with it.</summary>
internal static class UploadBench
{
    private const int Chunk = 128 * 1024;

    // As the page's script sends it.
    private const long Piece = 8 * 1_048_576;

    private static readonly Actor By = Actor.System(nameof(UploadBench));

    /// <param name="mebibytes">The file's size.</param>
    public static async Task RunAsync(int mebibytes)
    {
        var size = mebibytes * 1_048_576L;
        await using var bed = await Bed.SqliteAsync();
        await CopyAsync(bed.Folder, size / 10); // warm
        var copy = await CopyAsync(bed.Folder, size);
        var took = TimeSpan.Zero;
        var small = await Memory.RiseAsync(() => UploadAsync(bed, size / 10));
        var rise = await Memory.RiseAsync(async () => took = await UploadAsync(bed, size));
        Report.Row(
            $"file of {mebibytes:#,0} MiB taken in, in pieces of 8 MiB, on disk and noted ({size / 1_048_576.0 / took.TotalSeconds:0} MiB/s)", Report.Ms(took), "≥ 80 % of the copy; memory ≤ 64 MiB",
            $"one core's SHA-256 and SM3 with a write and one flush: {Report.Ms(copy)}, {Report.Percent(copy.TotalSeconds, took.TotalSeconds)} of its speed; memory rose by {rise:0} MiB, by {small:0} MiB for a tenth");
    }

    // The same bytes, hashed twice and written by hand, with one flush at the end.
    private static async Task<TimeSpan> CopyAsync(string folder, long size)
    {
        var path = Path.Combine(folder, "copy.bin");
        var began = Stopwatch.GetTimestamp();
        using (var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        await using (var from = new Noise(size))
        await using (var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var (sm3, buffer) = (new SM3Digest(), new byte[Chunk]);
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                sha256.AppendData(buffer, 0, read);
                sm3.BlockUpdate(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read));
            }

            sm3.DoFinal(new byte[32], 0);
            sha256.GetHashAndReset();
            to.Flush(flushToDisk: true);
        }

        var took = Stopwatch.GetElapsedTime(began);
        File.Delete(path);
        return took;
    }

    private static async Task<TimeSpan> UploadAsync(Bed bed, long size)
    {
        var began = Stopwatch.GetTimestamp();
        await using var noise = new Noise(size);
        var id = await bed.InAsync(async (Uploads uploads) => (await uploads.BeginAsync(size, "film.bin", "", By, default)).Id);
        for (long at = 0; at < size; at += Piece)
        {
            await bed.InAsync(async (Uploads uploads) => await uploads.AppendAsync(await uploads.FindAsync(id, By, default), noise.Next(Piece), null, default));
        }

        await bed.InAsync((Uploads uploads) => uploads.CompleteAsync(id, By, default));
        var took = Stopwatch.GetElapsedTime(began);
        await bed.InAsync(async (Uploads uploads) => await uploads.DropAsync(await uploads.FindAsync(id, By, default), default));
        return took;
    }

    /// <summary>So many bytes that no disk packs, at no cost: one random megabyte again and again, each time with another beginning.</summary>
    private sealed class Noise(long size) : Stream
    {
        private readonly byte[] block = RandomNumberGenerator.GetBytes(1_048_576);
        private long at;
        private long end = long.MaxValue;

        /// <summary>The same stream for its next so many bytes.</summary>
        public Noise Next(long most)
        {
            end = at + most;
            return this;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var from = (int)(at % block.Length);
            var read = (int)Math.Min(Math.Min(buffer.Length, block.Length - from), Math.Min(size, end) - at);
            block.AsSpan(from, read).CopyTo(buffer);
            if (from == 0 && read >= 8)
            {
                BitConverter.TryWriteBytes(buffer, at);
            }

            at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
