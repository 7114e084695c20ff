using Microsoft.Extensions.Options;

namespace Rectify.Platform.Files;

/// <summary>Where the product keeps what is no row; under <c>Data</c> in the configuration.</summary>
public sealed class DataOptions
{
    /// <summary>The data folder; <c>data</c> unless set.</summary>
    public string Folder { get; set; } = "data";
}

/// <summary>Keeps original files by their content: the name is the SHA-256, so one file is kept once and none can be exchanged.</summary>
/// <remarks>
/// What is still arriving stands in <c>files/parts</c> under an id. It is flushed to disk, renamed to its hash, and the folder is
/// flushed: after a crash a name either has all its bytes or does not exist.
/// </remarks>
public sealed class FileStore(IOptions<DataOptions> options, Disk? disk = null)
{
    /// <summary>Bytes read, hashed and written at a time: all that the store holds in memory.</summary>
    internal const int Chunk = 128 * 1024;

    private readonly Disk disk = disk ?? new Disk();

    // A file that is placed anew must not be taken for one that nobody wants: see Remove.
    private readonly Lock placing = new();

    private string Root => Path.Combine(Path.GetFullPath(options.Value.Folder), "files");

    /// <summary>Writes the file and returns its SHA-256 in 64 small hexadecimal digits. The file is on disk before this returns.</summary>
    /// <exception cref="Refusal">422: more than <paramref name="limit"/> bytes. 507: the disk is full.</exception>
    public async Task<string> KeepAsync(Stream content, long limit, CancellationToken ct)
    {
        var part = Guid.CreateVersion7();
        try
        {
            using var hash = new RunningHash();
            await using (var file = OpenPart(part, 0))
            {
                var buffer = new byte[Chunk];
                for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
                {
                    if (hash.Size + read > limit)
                    {
                        throw Refusal.Invalid("file.too-large", $"The file is larger than {limit / 1_048_576} MiB.");
                    }

                    await WriteAsync(file, buffer.AsMemory(0, read));
                    hash.Append(buffer.AsSpan(0, read));
                }

                Sync(file);
            }

            var kept = hash.Finish();
            Place(part, kept.Sha256);
            return kept.Sha256;
        }
        finally
        {
            RemovePart(part);
        }
    }

    /// <summary>Opens a kept file for reading.</summary>
    /// <exception cref="Refusal">404: no such file.</exception>
    public Stream Open(string hash) => Exists(hash)
        ? new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Chunk, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : throw Refusal.NotFound("file", hash);

    public bool Exists(string hash) => IsHash(hash) && File.Exists(PathOf(hash));

    /// <summary>Where a kept file stands, for a program that reads it. It must not be written.</summary>
    /// <exception cref="Refusal">404: no such file.</exception>
    internal string Locate(string hash) => Exists(hash) ? PathOf(hash) : throw Refusal.NotFound("file", hash);

    /// <summary>Opens what has arrived of a file, to write on; whatever stands behind <paramref name="length"/> is cut off.</summary>
    /// <exception cref="Refusal">409: someone else writes to it. 507: the disk is full.</exception>
    internal Stream OpenPart(Guid part, long length)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(Root, "parts"));
            var file = disk.OpenForWriting(PartOf(part));
            file.SetLength(length);
            file.Position = length;
            return file;
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            throw Refusal.DiskFull();
        }
        catch (IOException busy) when (Disk.IsBusy(busy))
        {
            throw Refusal.Conflict("upload.busy", "Another request is writing to this upload.");
        }
    }

    /// <exception cref="Refusal">409: someone writes to it.</exception>
    internal Stream ReadPart(Guid part)
    {
        try
        {
            return new FileStream(PartOf(part), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous);
        }
        catch (IOException busy) when (Disk.IsBusy(busy))
        {
            throw Refusal.Conflict("upload.busy", "Another request is writing to this upload.");
        }
    }

    internal bool HasPart(Guid part) => File.Exists(PartOf(part));

    internal void RemovePart(Guid part)
    {
        if (HasPart(part))
        {
            File.Delete(PartOf(part));
        }
    }

    /// <exception cref="Refusal">507: the disk is full.</exception>
    internal static async Task WriteAsync(Stream file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await file.WriteAsync(bytes);
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            throw Refusal.DiskFull();
        }
    }

    /// <exception cref="Refusal">507: the disk is full.</exception>
    internal void Sync(Stream file)
    {
        try
        {
            disk.Sync(file);
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            throw Refusal.DiskFull();
        }
    }

    /// <summary>Gives what has arrived, and is on disk, its name. Over a file of the same name: same name, same bytes, unless the old ones were damaged.</summary>
    /// <exception cref="Refusal">507: the disk has no room for the name.</exception>
    internal void Place(Guid part, string hash)
    {
        var folder = Path.GetDirectoryName(PathOf(hash))!;
        try
        {
            lock (placing)
            {
                if (!Directory.Exists(folder))
                {
                    Directory.CreateDirectory(folder);
                    disk.SyncFolder(Root);
                }

                if (HasPart(part))
                {
                    File.Move(PartOf(part), PathOf(hash), overwrite: true);
                }

                disk.SyncFolder(folder);
            }
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            throw Refusal.DiskFull();
        }
    }

    /// <summary>Takes a file away that nothing refers to, unless it was placed anew after <paramref name="since"/>.</summary>
    internal bool Remove(string hash, DateTimeOffset since)
    {
        lock (placing)
        {
            if (!Exists(hash) || File.GetLastWriteTimeUtc(PathOf(hash)) > since)
            {
                return false;
            }

            File.Delete(PathOf(hash));
            return true;
        }
    }

    /// <summary>Destroys a file that records name: whoever calls has noted in them that it is gone.</summary>
    internal void Destroy(string hash)
    {
        lock (placing)
        {
            if (Exists(hash))
            {
                File.Delete(PathOf(hash));
                disk.SyncFolder(Path.GetDirectoryName(PathOf(hash))!);
            }
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private string PartOf(Guid part) => Path.Combine(Root, "parts", part.ToString("N"));

    /// <summary>The SHA-256 of every kept file, in no order. Files that come meanwhile may be in it or not.</summary>
    public IEnumerable<string> All() =>
        from folder in Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : []
        from file in Directory.EnumerateFiles(folder)
        let name = Path.GetFileName(file)
        where name.Length == 64 && name.All(char.IsAsciiHexDigitLower)
        select name;

    private string PathOf(string hash) => Path.Combine(Root, hash[..2], hash);
}
