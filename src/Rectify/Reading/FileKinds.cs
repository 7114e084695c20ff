using System.Text;

namespace Rectify.Reading;

/// <summary>What the first bytes say a file is.</summary>
internal enum FileKind { Zip, Pdf, EncryptedOffice, OldOffice, OtherBinary, Text }

/// <summary>Tells files by their content.</summary>
internal static class FileKinds
{
    // Compound files hold .doc, .xls, .wps and every password-protected .docx and .xlsx.
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static readonly byte[][] Binary =
    [
        [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], [.. "GIF8"u8], [.. "II*\0"u8], [.. "MM\0*"u8],
        [.. "Rar!"u8], [(byte)'7', (byte)'z', 0xBC, 0xAF], [0x1F, 0x8B, 0x08], [.. "BM"u8, 0, 0], [0x7F, .. "ELF"u8],
        [.. "OFD"u8], [.. "SQLite format 3"u8],
    ];

    public static FileKind Tell(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8))
        {
            return FileKind.Zip;
        }

        if (bytes.StartsWith(Compound))
        {
            // The stream's name stands in the directory as UTF-16.
            return bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? FileKind.EncryptedOffice
                : FileKind.OldOffice;
        }

        if (bytes.TrimStart(" \t\r\n"u8).StartsWith("{\\rtf"u8))
        {
            return FileKind.OldOffice;
        }

        // Readers accept a header within the first kilobyte. Source: ISO 32000-1 annex H.3, note 13.
        var start = bytes[..Math.Min(1024, bytes.Length)].IndexOf("%PDF-"u8);
        if (start == 0 || (start > 0 && bytes[..start].ContainsAnyExceptInRange((byte)0x09, (byte)0x7E) is false && bytes.IndexOf("endobj"u8) > 0))
        {
            return FileKind.Pdf;
        }

        foreach (var magic in Binary)
        {
            if (bytes.StartsWith(magic))
            {
                return FileKind.OtherBinary;
            }
        }

        return FileKind.Text;
    }
}
