using Microsoft.Extensions.Options;
using Rectify.Platform.Files;

namespace Rectify.Evidence;

/// <summary>Where the pictures and texts stand that show kept files: <c>previews</c> in the data folder. Deleted, they are made anew.</summary>
internal sealed class PreviewFiles(IOptions<DataOptions> data, Disk? disk = null)
{
    private readonly Disk disk = disk ?? new Disk();

    /// <summary>Longest side of a picture, in pixels.</summary>
    public const int Large = 1_280;

    /// <summary>Longest side of a picture in a list.</summary>
    public const int Small = 240;

    /// <summary>Bytes that have to be free before a preview is begun: programs write large pictures of pages before small ones are made.</summary>
    private const long Needed = 128 * 1_048_576;

    /// <summary>Whether there is room to make another one. Without it all of them wait: a disk that is full says nothing of a file.</summary>
    public bool HasRoom => disk.Free(Directory.CreateDirectory(Root).FullName) >= Needed;

    /// <param name="page">Counted from 1; 0 is the small picture.</param>
    public string Picture(string hash, int page) => Path.Combine(Folder(hash), $"{hash}-{page}.webp");

    public string Text(string hash) => Path.Combine(Folder(hash), $"{hash}.txt");

    /// <summary>A folder of one's own for programs to write in; whoever made it deletes it.</summary>
    public DirectoryInfo Scratch() => Directory.CreateDirectory(Path.Combine(Root, "scratch", Guid.CreateVersion7().ToString("N")));

    public void Prepare(string hash) => Directory.CreateDirectory(Folder(hash));

    /// <summary>Takes away all that was made of a file.</summary>
    public void Remove(string hash)
    {
        foreach (var file in Directory.Exists(Folder(hash)) ? Directory.GetFiles(Folder(hash), $"{hash}*") : [])
        {
            File.Delete(file);
        }
    }

    private string Root => Path.Combine(Path.GetFullPath(data.Value.Folder), "previews");

    private string Folder(string hash) => Path.Combine(Root, hash[..2]);
}
