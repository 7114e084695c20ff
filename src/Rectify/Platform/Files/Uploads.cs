using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Files;

/// <summary>Hashes of uploads on their way, so that the next piece goes on without reading the first ones again.</summary>
/// <remarks>Lost with the process; then what is on disk is read once more.</remarks>
internal sealed class UploadHashes
{
    private readonly ConcurrentDictionary<Guid, RunningHash> running = [];

    public RunningHash? Take(Guid upload) => running.TryRemove(upload, out var hash) ? hash : null;

    public void Keep(Guid upload, RunningHash hash) => running[upload] = hash;
}

/// <summary>Takes files in, piece by piece or at once. What has been confirmed survives a cut line and a restart.</summary>
internal sealed class Uploads(Db db, JournalWriter journal, FileStore files, UploadHashes running, IOptions<UploadOptions> options, TimeProvider clock)
{
    /// <summary>After so many bytes what has arrived is flushed and noted: a killed server loses no more.</summary>
    private const long Confirmed = 16 * 1_048_576;

    private const int LongestName = 200;

    /// <exception cref="Refusal">409: too many begun. 413: larger than allowed. 422: no bytes.</exception>
    public async Task<Upload> BeginAsync(long length, string fileName, string metadata, Actor by, CancellationToken ct)
    {
        if (length > options.Value.Largest)
        {
            throw Refusal.TooLarge(options.Value.LargestMiB);
        }

        if (length == 0)
        {
            throw Refusal.Invalid("upload.empty", "The file is empty.");
        }

        if (await db.UploadsOf(by).CountAsync(ct) >= options.Value.MostOpen)
        {
            throw Refusal.Conflict("upload.many", $"At most {options.Value.MostOpen} uploads at once.", options.Value.MostOpen);
        }

        var now = clock.NowMs;
        var upload = new Upload
        {
            Owner = by,
            FileName = Named(fileName),
            Length = length,
            Metadata = metadata,
            CreatedAt = now,
            ExpiresAt = now.AddHours(options.Value.KeptHours),
        };
        db.Add(upload);
        await journal.SaveBookkeepingAsync(ct);
        return upload;
    }

    /// <exception cref="Refusal">404: no such upload of theirs, or its time is over.</exception>
    public async Task<Upload> FindAsync(Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.NowMs;
        var upload = await db.UploadsOf(by).SingleOrDefaultAsync(one => one.Id == id && one.ExpiresAt >= now, ct) ?? throw Refusal.NotFound("upload", id);
        if (upload.CompletedAt is null && upload.Offset == upload.Length)
        {
            await FinishAsync(upload, ct); // the server stopped between the last byte and the name
        }

        return upload;
    }

    /// <summary>An upload that has arrived whole and stands in the store.</summary>
    /// <exception cref="Refusal">404: no such upload of theirs. 409: bytes are missing.</exception>
    public async Task<Upload> CompleteAsync(Guid id, Actor by, CancellationToken ct) =>
        await FindAsync(id, by, ct) is { CompletedAt: not null } upload && files.Exists(upload.FileHash)
            ? upload
            : throw Refusal.Conflict("upload.incomplete", "The file has not arrived whole yet.");

    /// <summary>Writes on at <see cref="Upload.Offset"/>. If the line is cut, what came stays.</summary>
    /// <param name="checksum">Algorithm and value of what this piece must be; then it counts whole or not at all.</param>
    /// <returns>Whether the checksum fits; true without one.</returns>
    /// <exception cref="Refusal">409: another request writes to it. 413: more than its length. 507: the disk is full.</exception>
    public async Task<bool> AppendAsync(Upload upload, Stream content, (HashAlgorithmName Name, byte[] Value)? checksum, CancellationToken ct)
    {
        if (upload.CompletedAt is not null)
        {
            return true;
        }

        RunningHash? hash = await HashAsync(upload, ct); // reads what is there before it is opened for writing
        try
        {
            await using var part = files.OpenPart(upload.Id, upload.Offset);
            using var piece = checksum is null ? null : IncrementalHash.CreateHash(checksum.Value.Name);
            var buffer = new byte[FileStore.Chunk];
            for (int read; ;)
            {
                try
                {
                    read = await content.ReadAsync(buffer, ct);
                }
                catch when (piece is null)
                {
                    // The line was cut.
                    await NoteAsync(upload, part, hash.Size);
                    running.Keep(upload.Id, hash);
                    hash = null;
                    throw;
                }

                if (read == 0)
                {
                    break;
                }

                if (hash.Size + read > upload.Length)
                {
                    throw Refusal.TooLarge(upload.Length / 1_048_576);
                }

                // The disk writes while the processor hashes.
                var writing = FileStore.WriteAsync(part, buffer.AsMemory(0, read));
                piece?.AppendData(buffer, 0, read);
                hash.Append(buffer.AsSpan(0, read));
                await writing;
                if (piece is null && hash.Size - upload.Offset >= Confirmed)
                {
                    await NoteAsync(upload, part, hash.Size);
                }
            }

            if (piece is not null && !CryptographicOperations.FixedTimeEquals(piece.GetHashAndReset(), checksum!.Value.Value))
            {
                return false;
            }

            await NoteAsync(upload, part, hash.Size);
            running.Keep(upload.Id, hash);
            hash = null;
        }
        finally
        {
            hash?.Dispose(); // of what was refused nothing counts but what was noted
        }

        if (upload.Offset == upload.Length)
        {
            await FinishAsync(upload, ct);
        }

        return true;
    }

    /// <summary>Takes a whole file in one go: a plain form.</summary>
    /// <exception cref="Refusal">413: larger than allowed. 422: no bytes. 507: the disk is full.</exception>
    public async Task<Upload> ReceiveAsync(Stream content, long length, string fileName, Actor by, CancellationToken ct)
    {
        var upload = await BeginAsync(length, fileName, "", by, ct);
        await AppendAsync(upload, content, null, ct);
        return upload.CompletedAt is not null ? upload : throw Refusal.Conflict("upload.incomplete", "The file has not arrived whole yet.");
    }

    public async Task DropAsync(Upload upload, CancellationToken ct)
    {
        running.Take(upload.Id)?.Dispose();
        files.RemovePart(upload.Id);
        db.Remove(upload);
        await journal.SaveBookkeepingAsync(ct);
    }

    private async Task<RunningHash> HashAsync(Upload upload, CancellationToken ct)
    {
        if (running.Take(upload.Id) is { } known)
        {
            if (known.Size == upload.Offset)
            {
                return known;
            }

            known.Dispose();
        }

        var hash = new RunningHash();
        if (upload.Offset > 0)
        {
            await using var part = files.ReadPart(upload.Id);
            await hash.AppendAsync(part, upload.Offset, ct);
        }

        return hash;
    }

    // Not to be stopped by a cut line: the line's end is why it is noted.
    private async Task NoteAsync(Upload upload, Stream part, long size)
    {
        if (size != upload.Offset)
        {
            files.Sync(part);
            (upload.Offset, upload.ExpiresAt) = (size, clock.NowMs.AddHours(options.Value.KeptHours));
            await journal.SaveBookkeepingAsync(CancellationToken.None);
        }
    }

    // The hash is noted before the file gets its name, so that no file ever stands in the store that no row knows.
    private async Task FinishAsync(Upload upload, CancellationToken ct)
    {
        if (upload.FileHash.Length == 0)
        {
            using var hash = await HashAsync(upload, ct);
            var kept = hash.Finish();
            (upload.FileHash, upload.Sm3, upload.StoodBefore) = (kept.Sha256, kept.Sm3, files.Exists(kept.Sha256));
            await journal.SaveBookkeepingAsync(CancellationToken.None);
        }

        files.Place(upload.Id, upload.FileHash);
        if (files.Exists(upload.FileHash))
        {
            upload.CompletedAt = clock.NowMs;
            await journal.SaveBookkeepingAsync(CancellationToken.None);
        }
    }

    // Folders that a browser or an old system puts before the name say nothing about the file.
    private static string Named(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        name = new([.. name.Where(c => !char.IsControl(c))]);
        return name.Length == 0 ? "file" : name.Length <= LongestName ? name : name[^LongestName..];
    }
}
