using System.IO.Compression;

namespace Rectify.Samples;

/// <summary>Packs an office document again so that nothing in the file depends on when or where it was made.</summary>
internal static class StillZip
{
    // The earliest time a zip entry can carry.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same parts in one fixed order, with one fixed time.</summary>
    public static byte[] Repack(MemoryStream package)
    {
        var packed = new MemoryStream();
        package.Position = 0;
        using (var from = new ZipArchive(package, ZipArchiveMode.Read))
        using (var to = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Readers that do not seek want the content types first.
            foreach (var part in from.Entries.OrderBy(e => e.FullName is not "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var entry = to.CreateEntry(part.FullName, CompressionLevel.Optimal);
                entry.LastWriteTime = Epoch;
                entry.ExternalAttributes = 0;
                using var source = part.Open();
                using var target = entry.Open();
                source.CopyTo(target);
            }
        }

        return packed.ToArray();
    }
}
