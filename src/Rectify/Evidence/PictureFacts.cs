using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace Rectify.Evidence;

/// <summary>What a picture says of itself: when, where and with what it was taken. Kept with the file, shown beside what people state.</summary>
/// <param name="TakenAt">By the camera's own clock, with its offset where it says so; empty if it says nothing.</param>
/// <param name="Spot">WGS-84.</param>
/// <param name="With">Maker, model and editing program; at most 200 characters.</param>
/// <remarks>Source: Exif 2.32 (CIPA DC-008). After a messenger a picture says nothing; that is ordinary.</remarks>
internal sealed record PictureFacts(string TakenAt, Spot? Spot, string With)
{
    public static readonly PictureFacts None = new("", null, "");

    public static PictureFacts Read(Stream picture)
    {
        try
        {
            picture.Position = 0;
            var parts = ImageMetadataReader.ReadMetadata(picture);
            var (exif, camera, gps) = (
                parts.OfType<ExifSubIfdDirectory>().FirstOrDefault(), parts.OfType<ExifIfd0Directory>().FirstOrDefault(), parts.OfType<GpsDirectory>().FirstOrDefault());
            var with = new[] { ExifDirectoryBase.TagMake, ExifDirectoryBase.TagModel, ExifDirectoryBase.TagSoftware }
                .Select(tag => Clean(camera?.GetString(tag))).Where(text => text.Length > 0).Distinct();
            return new(Taken(exif), Where(gps), Cut(string.Join(" · ", with)));
        }
        catch (Exception broken) when (broken is ImageProcessingException or MetadataException or IOException or ArgumentException or OverflowException or IndexOutOfRangeException or NotSupportedException or InvalidOperationException)
        {
            return None; // a damaged description is none; the picture is kept all the same
        }
    }

    private static string Taken(ExifSubIfdDirectory? exif) =>
        DateTime.TryParseExact(
            Clean(exif?.GetString(ExifDirectoryBase.TagDateTimeOriginal)), "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + Offset(Clean(exif?.GetString(ExifDirectoryBase.TagTimeZoneOriginal)))
            : "";

    private static string Offset(string text) => text is ['+' or '-', _, _, ':', _, _] ? text : "";

    private static Spot? Where(GpsDirectory? gps) =>
        gps?.GetGeoLocation() is { IsZero: false, Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 } place
            ? Spot.Of((decimal)place.Latitude, (decimal)place.Longitude, Datum.Wgs84)
            : null;

    private static string Clean(string? text) => text is null ? "" : new string([.. text.Where(c => !char.IsControl(c))]).Trim();

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];
}
