using System.IO.Compression;
using System.Text;
using Rectify.Evidence;
using Rectify.Papers;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>How an original was found when it was copied out.</summary>
internal enum OriginalState
{
    Sound,

    /// <summary>The store does not have it. The catalogue and the lists of hashes name it all the same.</summary>
    Missing,

    /// <summary>Its bytes are not those that were handed in.</summary>
    Altered,

    /// <summary>It was destroyed on purpose (<c>RedactFile</c>).</summary>
    Destroyed,
}

/// <summary>One original in the package.</summary>
/// <param name="No">Its number in the archive's order, counted from 1.</param>
/// <param name="Path">Within the package's folder, with slashes.</param>
/// <param name="Line">The first requirement that it answers to.</param>
internal sealed record PackedFile(int No, string Folder, string Path, DossierPiece Piece, DossierLine? Line)
{
    public OriginalState State { get; set; }
}

/// <summary>Writes a dossier as a ZIP while it is read: memory grows with the number of pieces, never with their size.</summary>
/// <remarks>
/// Originals byte for byte in the folders of the archive; a catalogue as workbook and as page; the hashes that were taken when the files were
/// handed in, as <c>sha256sum -c</c> reads them, and by SM3; a page that compares an unpacked folder with them, without a server. An original
/// that is missing or altered stays in the lists with the hash that it had: a check then fails, as it must. One that was destroyed on purpose stands in the catalogue as that, and in no list of hashes.
/// </remarks>
internal sealed class DossierZip(FileStore files, Words words, Programme programme, Dossier dossier, IReadOnlyDictionary<Guid, string> units, DateOnly day, DateTimeOffset now)
{
    /// <summary>Longest name of a file or folder in bytes of UTF-8: with three of them a path stays below the 260 characters of Windows.</summary>
    internal const int LongestName = 150;

    private const int LongestRoot = 90;

    /// <summary>The folder that all stands in.</summary>
    public string Root { get; } = SafeName.Of(words["dossier.zip.root", dossier.Item.NumberText.Length > 0 ? dossier.Item.NumberText : dossier.Item.Title], LongestRoot);

    /// <summary>Originals in the archive's order: by folder, requirement and date; each once, where it answers to a requirement first.</summary>
    public static List<PackedFile> Pack(Dossier dossier, Words words)
    {
        var (packed, seen) = (new List<PackedFile>(), new HashSet<Guid>());
        void Add(string folder, DossierPiece piece, DossierLine? line)
        {
            if (seen.Add(piece.Piece.Id))
            {
                var no = packed.Count + 1;
                packed.Add(new(no, folder, $"{folder}/{SafeName.File($"{no:000} {piece.Piece.Title}", piece.File.FileName, LongestName)}", piece, line));
            }
        }

        foreach (var folder in dossier.Requirements.Folders)
        {
            foreach (var line in dossier.Lines.Where(line => line.Requirement.Folder == folder))
            {
                foreach (var (piece, _) in line.Pieces)
                {
                    Add(folder, dossier.Pieces[piece], line);
                }
            }
        }

        foreach (var piece in dossier.Others)
        {
            Add(words["dossier.folder.other"], piece, null);
        }

        return packed;
    }

    public async Task WriteAsync(Stream to, CancellationToken ct)
    {
        var held = new HeldStream(to);
        using (var zip = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            var packed = Pack(dossier, words);
            foreach (var one in packed)
            {
                await CopyAsync(zip, held, one, ct);
            }

            var catalogue = new DossierCatalogue(words, programme, dossier, packed, units, day, now);
            using var book = new MemoryStream();
            await catalogue.WriteWorkbookAsync(book, ct);
            var (xlsx, html) = (words["dossier.zip.catalogue"] + ".xlsx", words["dossier.zip.catalogue"] + ".html");
            List<(string Path, KeptFile File)> sums = [.. packed.Where(one => one.State is not OriginalState.Destroyed).Select(one => (one.Path, new KeptFile(one.Piece.File.FileHash, one.Piece.File.Sm3, one.Piece.File.Size)))];
            sums.Add((xlsx, Put(zip, xlsx, book.ToArray())));
            sums.Add((html, Put(zip, html, Encoding.UTF8.GetBytes(catalogue.Page()))));
            var check = words["dossier.zip.check"] + ".html";
            sums.Add((check, Put(zip, check, Encoding.UTF8.GetBytes(CheckPage.Of(words, dossier.Item, sums, packed)))));
            Put(zip, "SHA256SUMS", Lines(sums.Select(one => (one.File.Sha256, one.Path))));
            Put(zip, "SM3SUMS", Lines(sums.Select(one => (one.File.Sm3, one.Path))));
            await held.PassOnAsync(ct);
        }

        await held.PassOnAsync(ct);
    }

    private async Task CopyAsync(ZipArchive zip, HeldStream held, PackedFile one, CancellationToken ct)
    {
        // Also where somebody has just handed it in again: it is taken away within the hour.
        if (one.Piece.Check is { Result: FileCheckResult.Destroyed })
        {
            one.State = OriginalState.Destroyed;
            return;
        }

        if (!files.Exists(one.Piece.File.FileHash))
        {
            one.State = OriginalState.Missing;
            return;
        }

        using var hash = new RunningHash();
        await using var content = files.Open(one.Piece.File.FileHash);
        // What is packed already grows no smaller.
        var level = FileTypes.Named(one.Piece.File.Type).Family is FileFamily.Text ? CompressionLevel.Fastest : CompressionLevel.NoCompression;
        using (var part = Open(zip, one.Path, level, one.Piece.File.AddedAt))
        {
            var buffer = new byte[FileStore.Chunk];
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                hash.Append(buffer.AsSpan(0, read));
                part.Write(buffer, 0, read);
                await held.PassOnAsync(ct);
            }
        }

        one.State = hash.Finish().Sha256 == one.Piece.File.FileHash ? OriginalState.Sound : OriginalState.Altered;
        await held.PassOnAsync(ct);
    }

    private KeptFile Put(ZipArchive zip, string path, byte[] bytes)
    {
        using (var part = Open(zip, path, CompressionLevel.Fastest, now))
        {
            part.Write(bytes);
        }

        using var hash = new RunningHash();
        hash.Append(bytes);
        return hash.Finish();
    }

    private Stream Open(ZipArchive zip, string path, CompressionLevel level, DateTimeOffset at)
    {
        var entry = zip.CreateEntry($"{Root}/{path}", level);
        entry.LastWriteTime = words.Local(at);
        return entry.Open();
    }

    private static byte[] Lines(IEnumerable<(string Hash, string Path)> sums) => Encoding.UTF8.GetBytes(string.Concat(sums.Select(one => $"{one.Hash}  {one.Path}\n")));
}
