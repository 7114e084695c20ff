using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace Rectify.Evidence;

/// <summary>What can be done with files of a kind.</summary>
internal enum FileFamily
{
    /// <summary>A picture that can be drawn small.</summary>
    Image,

    /// <summary>A picture that another program has to read: what phones and scanners make.</summary>
    Foreign,

    Pdf,

    /// <summary>What an office program turns into PDF.</summary>
    Office,

    Text,

    /// <summary>Kept and handed out, never shown.</summary>
    Other,

    /// <summary>A program: never taken.</summary>
    Program,
}

/// <summary>A kind of file.</summary>
/// <param name="Name">Stored with each version; its words are the text under <c>evidence.type.</c>.</param>
/// <param name="Endings">Endings of names that agree with it; none for what has no usual name.</param>
internal sealed record FileType(string Name, FileFamily Family, params string[] Endings);

/// <summary>Tells what a file is by its content, never by its name.</summary>
/// <remarks>
/// Sources: the formats' own specifications; for zip packages OPC (ECMA-376 part 2), ODF 1.3 part 2 and GB/T 33190—2016 (OFD).
/// </remarks>
internal static class FileTypes
{
    /// <summary>Bytes that are looked at; a zip package is looked into besides.</summary>
    private const int Head = 4_096;

    private static readonly FrozenDictionary<string, FileType> All = new FileType[]
    {
        new("jpeg", FileFamily.Image, ".jpg", ".jpeg", ".jpe", ".jfif"), new("png", FileFamily.Image, ".png"), new("gif", FileFamily.Image, ".gif"),
        new("webp", FileFamily.Image, ".webp"), new("bmp", FileFamily.Image, ".bmp", ".dib"), new("tiff", FileFamily.Foreign, ".tif", ".tiff"),
        new("heic", FileFamily.Foreign, ".heic", ".heif", ".avif"), new("mp4", FileFamily.Other, ".mp4", ".m4v", ".mov", ".3gp", ".m4a"), new("avi", FileFamily.Other, ".avi"),
        new("audio", FileFamily.Other, ".mp3", ".wav", ".amr"), new("pdf", FileFamily.Pdf, ".pdf"), new("ofd", FileFamily.Other, ".ofd"),
        new("docx", FileFamily.Office, ".docx", ".docm", ".dotx"), new("xlsx", FileFamily.Office, ".xlsx", ".xlsm", ".xltx"), new("pptx", FileFamily.Office, ".pptx", ".pptm", ".ppsx"),
        new("odf", FileFamily.Office, ".odt", ".ods", ".odp", ".odg"), new("office", FileFamily.Office, ".doc", ".xls", ".ppt", ".wps", ".et", ".dps"),
        new("rtf", FileFamily.Office, ".rtf"), new("zip", FileFamily.Other, ".zip"), new("archive", FileFamily.Other, ".rar", ".7z", ".gz", ".tgz"),
        new("dwg", FileFamily.Other, ".dwg"), new("html", FileFamily.Text, ".html", ".htm"), new("xml", FileFamily.Text, ".xml", ".svg", ".kml", ".gpx"),
        new("text", FileFamily.Text, ".txt", ".csv", ".md", ".log", ".json"), new("other", FileFamily.Other), new("program", FileFamily.Program),
    }.ToFrozenDictionary(type => type.Name);

    public static FileType Named(string name) => All.GetValueOrDefault(name, All["other"]);

    /// <summary>Whether the name's ending says what the content is not: 照片.jpg that is a zip archive.</summary>
    public static bool IsMisnamed(FileType type, string fileName) =>
        Path.GetExtension(fileName).ToLowerInvariant() is { Length: > 0 } ending
        && !type.Endings.Contains(ending)
        && All.Values.Any(other => other.Endings.Contains(ending))
        && !(type.Family is FileFamily.Text && Named("text").Endings.Contains(ending));

    /// <param name="content">Can be sought; is read from its beginning.</param>
    public static FileType Of(Stream content)
    {
        content.Position = 0;
        var buffer = new byte[Head];
        var head = buffer.AsSpan(0, content.ReadAtLeast(buffer, Head, throwOnEndOfStream: false));
        var name = Magic(head);
        return All[name == "zip" ? Package(content) : name ?? Written(head)];
    }

    private static string? Magic(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "jpeg"
        : head.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "png"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "gif"
        : head.StartsWith("RIFF"u8) && At(head, 8, "WEBP"u8) ? "webp"
        : head.StartsWith("RIFF"u8) && At(head, 8, "AVI "u8) ? "avi"
        : head.StartsWith("RIFF"u8) && At(head, 8, "WAVE"u8) || head.StartsWith("ID3"u8) || head.StartsWith("#!AMR"u8) ? "audio"
        : head.StartsWith("BM"u8) && head.Length > 30 && At(head, 6, [0, 0, 0, 0]) ? "bmp"
        : head.StartsWith<byte>([0x49, 0x49, 0x2A, 0]) || head.StartsWith<byte>([0x4D, 0x4D, 0, 0x2A]) ? "tiff"
        : At(head, 4, "ftyp"u8) ? Brand(head)
        : head.Length > 5 && head[..Math.Min(head.Length, 1_024)].IndexOf("%PDF-"u8) is >= 0 and var at && head[..at].IndexOfAnyExceptInRange((byte)0, (byte)32) < 0 ? "pdf"
        : head.StartsWith<byte>([0x50, 0x4B, 3, 4]) || head.StartsWith<byte>([0x50, 0x4B, 5, 6]) ? "zip"
        : head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? "office"
        : head.StartsWith("{\\rtf"u8) ? "rtf"
        : head.StartsWith("Rar!"u8) || head.StartsWith<byte>([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) || head.StartsWith<byte>([0x1F, 0x8B, 8]) ? "archive"
        : head.StartsWith("AC10"u8) ? "dwg"
        : IsProgram(head) ? "program"
        : null;

    // DOS and Windows, Linux, macOS, Java, a Windows shortcut.
    private static bool IsProgram(ReadOnlySpan<byte> head) =>
        head.StartsWith("MZ"u8) && head[..Math.Min(head.Length, 64)].Contains((byte)0)
        || head.StartsWith<byte>([0x7F, 0x45, 0x4C, 0x46])
        || head.StartsWith<byte>([0xFE, 0xED, 0xFA, 0xCE]) || head.StartsWith<byte>([0xFE, 0xED, 0xFA, 0xCF])
        || head.StartsWith<byte>([0xCE, 0xFA, 0xED, 0xFE]) || head.StartsWith<byte>([0xCF, 0xFA, 0xED, 0xFE])
        || head.StartsWith<byte>([0xCA, 0xFE, 0xBA, 0xBE])
        || head.StartsWith<byte>([0x4C, 0, 0, 0, 1, 0x14, 2, 0])
        || head.StartsWith("#!/"u8);

    private static string Brand(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && Encoding.ASCII.GetString(head[8..12]) is "heic" or "heix" or "hevc" or "mif1" or "msf1" or "avif" ? "heic" : "mp4";

    // A zip archive is often a document: its first parts say which.
    private static string Package(Stream content)
    {
        try
        {
            content.Position = 0;
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var names = zip.Entries.Take(5_000).Select(entry => entry.FullName.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return names.Contains("OFD.xml") ? "ofd"
                : !names.Contains("[Content_Types].xml") ? names.Contains("mimetype") && names.Contains("content.xml") ? "odf" : names.Contains("META-INF/MANIFEST.MF") ? "program" : "zip"
                : names.Contains("word/document.xml") ? "docx"
                : names.Contains("xl/workbook.xml") || names.Contains("xl/workbook.bin") ? "xlsx"
                : names.Contains("ppt/presentation.xml") ? "pptx"
                : "zip";
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return "zip";
        }
    }

    private static string Written(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF]))
        {
            return "text"; // UTF-16
        }

        foreach (var b in head)
        {
            if (b is < 9 or 11 or > 13 and < 27 or > 27 and < 32 or 127)
            {
                return "other";
            }
        }

        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 1_024)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                || text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? "html"
            : text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) ? "xml"
            : "text";
    }

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) =>
        head.Length >= offset + mark.Length && head[offset..].StartsWith(mark);
}
