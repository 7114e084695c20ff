using System.IO.Compression;

namespace Rectify.Verify;

/// <summary>A download as a folder: as it lies there, or unpacked from its ZIP into a folder of its own, which goes afterwards.</summary>
internal sealed class Unpacked : IDisposable
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 8L * 1024 * 1024 * 1024;

    private readonly DirectoryInfo? own;

    private Unpacked(string folder, DirectoryInfo? own) => (Folder, this.own) = (folder, own);

    public string Folder { get; }

    /// <param name="path">A folder or a ZIP.</param>
    /// <exception cref="InvalidDataException">Not a ZIP, or one that unpacks to more than 20,000 files or 8 GiB, or outside its folder.</exception>
    public static Unpacked Open(string path)
    {
        if (!File.Exists(path))
        {
            return new(path, null);
        }

        var folder = Directory.CreateTempSubdirectory("rectify-verify-");
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > MostFiles)
            {
                throw new InvalidDataException($"{path} holds too many files.");
            }

            var left = MostBytes;
            foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0))
            {
                left = Unpack(entry, folder.FullName, left);
            }

            return new(folder.FullName, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose() => own?.Delete(recursive: true);

    // What the archive says of sizes is a stranger's word: what comes out is counted.
    private static long Unpack(ZipArchiveEntry entry, string folder, long left)
    {
        if (entry.FullName.Contains('\0', StringComparison.Ordinal))
        {
            throw new InvalidDataException("A name in the archive cannot be that of a file.");
        }

        var target = Path.GetFullPath(Path.Combine(folder, entry.FullName.Replace('\\', '/')));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{entry.FullName} leads out of the archive.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var from = entry.Open();
        using var to = new FileStream(target, FileMode.CreateNew);
        var buffer = new byte[64 * 1024];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            left -= read;
            if (left < 0)
            {
                throw new InvalidDataException("The archive unpacks to too much.");
            }

            to.Write(buffer, 0, read);
        }

        return left;
    }
}
