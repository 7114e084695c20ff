using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>The published journal as a folder, which any web server can serve as it is.</summary>
/// <remarks>
/// Each file is written beside its name, flushed, and renamed over it; the folders are flushed when all have their names. One process at a time
/// holds <c>.publisher</c>: whoever was stopped in the middle of a round cannot put an older checkpoint over a newer one.
/// </remarks>
internal sealed class FolderStore(string folder, Disk disk) : IPublishedStore
{
    private readonly string root = Path.GetFullPath(folder);

    public string Name => root;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken ct)
    {
        var file = new FileInfo(Path.Combine(root, path));
        return file.Exists && file.Length <= EntryBundle.LongestBundle ? await File.ReadAllBytesAsync(file.FullName, ct) : null;
    }

    public async Task WriteAsync(IReadOnlyCollection<(string Path, byte[] Bytes)> files, CancellationToken ct)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, bytes) in files)
        {
            var path = Path.Combine(root, name);
            if (await IsSameAsync(path, bytes, ct))
            {
                // Named, but perhaps not yet for good: the round that wrote it may have ended before its folder was flushed.
                folders.Add(Path.GetDirectoryName(path)!);
                continue;
            }

            Make(Path.GetDirectoryName(path)!, folders);
            var fresh = path + ".new";
            await using (var file = disk.OpenForWriting(fresh))
            {
                file.SetLength(0);
                await file.WriteAsync(bytes, ct);
                disk.Sync(file);
            }

            disk.Replace(path, fresh);
            folders.Add(Path.GetDirectoryName(path)!);
        }

        foreach (var one in folders)
        {
            disk.SyncFolder(one);
        }
    }

    public Task<IAsyncDisposable?> TryHoldAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(root);
        return Task.FromResult<IAsyncDisposable?>(LockFile.TryTake(Path.Combine(root, ".publisher")));
    }

    // A new folder's name stands in the one above it.
    private static void Make(string path, HashSet<string> folders)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var above = Path.GetDirectoryName(path)!;
        Make(above, folders);
        Directory.CreateDirectory(path);
        folders.Add(above);
    }

    private static async Task<bool> IsSameAsync(string path, byte[] bytes, CancellationToken ct)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == bytes.Length && (await File.ReadAllBytesAsync(path, ct)).AsSpan().SequenceEqual(bytes);
    }
}
