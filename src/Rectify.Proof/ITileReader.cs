namespace Rectify.Proof;

/// <summary>Where a published journal is read from: a folder, a web address, a store of objects. What it gives is checked, not trusted.</summary>
public interface ITileReader
{
    /// <summary>The bytes of a tile or bundle, or <see langword="null"/> if there is none under that path.</summary>
    Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct);
}

/// <summary>A published journal as a folder on this machine.</summary>
/// <param name="folder">The folder in which <c>checkpoint</c> and <c>tile</c> lie.</param>
public sealed class FolderTiles(string folder) : ITileReader
{
    /// <returns><see langword="null"/> also for a file that is longer than any tile or bundle can be.</returns>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct)
    {
        var file = new FileInfo(Path.Combine(folder, path.ToString()));
        return file.Exists && file.Length <= EntryBundle.LongestBundle ? await File.ReadAllBytesAsync(file.FullName, ct).ConfigureAwait(false) : null;
    }
}
