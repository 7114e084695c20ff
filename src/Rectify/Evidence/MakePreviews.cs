using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Reading;

namespace Rectify.Evidence;

/// <summary>Makes the pictures and texts that show new files. What cannot be shown says why.</summary>
/// <remarks>
/// PDF and office documents go through pdftoppm and LibreOffice, HEIC and TIFF through ImageMagick (HEIC also through libheif's own program, TIFF through
/// LibreOffice), where those are installed: other processes, with limits of their own.
/// </remarks>
internal sealed partial class MakePreviews(
    Db db, JournalWriter journal, FileStore files, PreviewFiles previews, IOptions<EvidenceOptions> options, ILogger<MakePreviews> log) : IJob
{
    private const int Batch = 20;

    /// <summary>Characters of a text that are shown.</summary>
    private const int LongestText = 100_000;

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var waiting = await (
            from version in db.PieceVersions()
            // HEIC and TIFF were not shown at first, and said so: they are looked at once more.
            where !db.Previews().Any(preview => preview.Hash == version.FileHash && !(preview.Why == "kind" && (version.Type == "heic" || version.Type == "tiff")))
            orderby version.Id
            select new { version.FileHash, version.Type, version.Size }).Take(Batch).ToListAsync(ct);
        foreach (var file in waiting.DistinctBy(file => file.FileHash))
        {
            var again = await db.Previews().SingleOrDefaultAsync(one => one.Hash == file.FileHash, ct);
            var preview = again ?? new Preview { Hash = file.FileHash };
            try
            {
                if (!previews.HasRoom)
                {
                    return 0; // they wait until there is
                }

                (preview.Pages, preview.Why) = await MakeAsync(file.FileHash, FileTypes.Named(file.Type), file.Size, ct);
            }
            catch (IOException full) when (Disk.IsFull(full))
            {
                return 0;
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                preview.Why = "damaged"; // not tried again and again: the file is a stranger's
                Failed(bug, file.FileHash);
            }

            if (preview.Why == "damaged" && !previews.HasRoom)
            {
                return 0; // perhaps it was the disk: other programs do not say so
            }

            preview.State = preview.Why.Length == 0 ? PreviewState.Made : PreviewState.None;
            if (again is null)
            {
                db.Add(preview);
            }

            try
            {
                await journal.SaveBookkeepingAsync(ct);
            }
            catch (Refusal other) when (other.Status is StatusCodes.Status409Conflict)
            {
                db.ChangeTracker.Clear(); // another server made it in the same moment
            }

            if (await db.FileChecks().AnyAsync(check => check.Hash == file.FileHash && check.Result == FileCheckResult.Destroyed, ct))
            {
                previews.Remove(file.FileHash); // destroyed while it was looked at
            }
        }

        return waiting.Count;
    }

    // How many pictures, or why none.
    private async Task<(int Pages, string Why)> MakeAsync(string hash, FileType type, long size, CancellationToken ct)
    {
        if (type.Family is not (FileFamily.Image or FileFamily.Foreign or FileFamily.Pdf or FileFamily.Office or FileFamily.Text))
        {
            return (0, "kind");
        }

        if (!files.Exists(hash))
        {
            return (0, "missing");
        }

        if (size > options.Value.PreviewLargestMiB * 1_048_576L && type.Family is not FileFamily.Text)
        {
            return (0, "large");
        }

        previews.Prepare(hash);
        return type.Family switch
        {
            FileFamily.Image => Pictures.Make(files.Locate(hash), previews.Picture(hash, 1), previews.Picture(hash, 0)) ? (1, "") : (0, "damaged"),
            FileFamily.Text => await TextAsync(hash, ct),
            FileFamily.Foreign => await ForeignAsync(hash, type, ct),
            _ => await PagesAsync(hash, type, ct),
        };
    }

    private async Task<(int, string)> TextAsync(string hash, CancellationToken ct)
    {
        var bytes = new byte[LongestText * 4];
        await using var content = files.Open(hash);
        var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        // A text that is cut is cut after a line: half a character would make it no text at all.
        var cut = read == bytes.Length ? bytes.AsSpan().LastIndexOf((byte)'\n') + 1 : read;
        string text;
        try
        {
            text = TextDecoder.Decode(bytes[..(cut == 0 ? read : cut)], new Draft(hash, new ReadingLimits(), ct));
        }
        catch (Refusal)
        {
            return (0, "damaged");
        }

        await File.WriteAllTextAsync(previews.Text(hash), text.Length <= LongestText ? text : text[..LongestText], Encoding.UTF8, ct);
        return (0, "");
    }

    private async Task<(int, string)> ForeignAsync(string hash, FileType type, CancellationToken ct)
    {
        var scratch = previews.Scratch();
        try
        {
            // Under a name that says what it is, and asked for by that format alone: no program guesses what a stranger's file may be.
            var named = Path.Combine(scratch.FullName, type.Name == "heic" ? "in.heic" : "in.tif");
            File.CreateSymbolicLink(named, files.Locate(hash));
            var page = Path.Combine(scratch.FullName, "page.png");
            (string Program, string[] Arguments)? by =
                type.Name == "heic" && OtherProgram.Find("heif-dec", "heif-convert") is { } heif ? (heif, [named, page])
                : OtherProgram.Find("magick", "convert") is { } magick ? (magick, [$"{type.Name}:{named}[0-{options.Value.PreviewPages - 1}]", "-thumbnail", $"{PreviewFiles.Large}x{PreviewFiles.Large}>", $"png:{scratch.FullName}/page-%03d.png"])
                : null;
            if (by is not { } tool)
            {
                return type.Name == "tiff" ? await PagesAsync(hash, type, ct) : (0, "tool");
            }

            return await RunAsync(tool.Program, tool.Arguments, scratch, ct) is { } no ? (0, no) : Keep(hash, scratch);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private async Task<(int, string)> PagesAsync(string hash, FileType type, CancellationToken ct)
    {
        if (OtherProgram.Find("pdftoppm") is not { } toPictures)
        {
            return (0, "tool");
        }

        var scratch = previews.Scratch();
        try
        {
            var pdf = files.Locate(hash);
            if (type.Family is not FileFamily.Pdf)
            {
                if (OtherProgram.Find("soffice", "libreoffice") is not { } office)
                {
                    return (0, "tool");
                }

                // Under a name that says what it is, the program need not guess.
                var named = Path.Combine(scratch.FullName, $"in{(type.Name == "office" ? ".doc" : type.Endings[0])}");
                File.CreateSymbolicLink(named, pdf);
                if (await RunAsync(office, ["--headless", "--norestore", "--safe-mode", $"-env:UserInstallation=file://{scratch.FullName}/profile", "--convert-to", "pdf", "--outdir", scratch.FullName, named], scratch, ct) is { } no)
                {
                    return (0, no);
                }

                pdf = Path.Combine(scratch.FullName, "in.pdf");
                if (!File.Exists(pdf))
                {
                    return (0, "damaged");
                }
            }

            if (await RunAsync(toPictures, ["-png", "-l", $"{options.Value.PreviewPages}", "-scale-to", $"{PreviewFiles.Large}", pdf, "page"], scratch, ct) is { } not)
            {
                return (0, not);
            }

            return Keep(hash, scratch);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    // The pictures that a program left, in their order.
    private (int, string) Keep(string hash, DirectoryInfo scratch)
    {
        var pages = scratch.GetFiles("page*.png").OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var (i, page) in pages.Index())
        {
            if (!Pictures.Make(page.FullName, previews.Picture(hash, i + 1), i == 0 ? previews.Picture(hash, 0) : null))
            {
                return (0, "damaged");
            }
        }

        return pages.Count > 0 ? (pages.Count, "") : (0, "damaged");
    }

    // Why it did not end well, or null.
    private async Task<string?> RunAsync(string program, IEnumerable<string> arguments, DirectoryInfo home, CancellationToken ct) =>
        await OtherProgram.RunAsync(program, arguments, home.FullName, options.Value.PreviewSeconds, options.Value.PreviewMemoryMiB, ct) switch
        {
            true => null,
            false => "damaged",
            null => "slow",
        };

    [LoggerMessage(LogLevel.Warning, "No picture could be made of {Hash}")]
    private partial void Failed(Exception bug, string hash);
}
