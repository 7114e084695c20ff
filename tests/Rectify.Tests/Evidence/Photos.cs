using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Rectify.Tests.Evidence;

/// <summary>Pictures made by the tests: red above, blue below; with what a camera writes into them.</summary>
internal static class Photos
{
    public static byte[] Png(int width, int height) => Drawn(width, height, SKEncodedImageFormat.Png);

    public static byte[] Jpeg(int width, int height) => Drawn(width, height, SKEncodedImageFormat.Jpeg);

    /// <summary>A JPEG with an APP1 segment of Exif. Source: Exif 2.32 §4.5.</summary>
    public static byte[] Jpeg(int width, int height, ushort orientation, string taken, string offset, (uint Degrees, uint Minutes, uint Hundredths) north, (uint Degrees, uint Minutes, uint Hundredths) east)
    {
        var jpeg = Jpeg(width, height);
        var exif = Exif(orientation, taken, offset, north, east);
        byte[] segment = [0xFF, 0xE1, (byte)((exif.Length + 8) >> 8), (byte)(exif.Length + 8), .. "Exif\0\0"u8, .. exif];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private static byte[] Drawn(int width, int height, SKEncodedImageFormat format)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(0, 0, width, height / 2, red);
        using var shot = surface.Snapshot();
        using var data = shot.Encode(format, 95);
        return data.ToArray();
    }

    private static byte[] Exif(ushort orientation, string taken, string offset, (uint, uint, uint) north, (uint, uint, uint) east)
    {
        var (first, sub, gps) = (new List<(ushort, ushort, uint, byte[])>(), new List<(ushort, ushort, uint, byte[])>(), new List<(ushort, ushort, uint, byte[])>());
        const int FirstAt = 8, FirstSize = 2 + (5 * 12) + 4, SubSize = 2 + (2 * 12) + 4, GpsSize = 2 + (4 * 12) + 4;
        const int SubAt = FirstAt + FirstSize, GpsAt = SubAt + SubSize, DataAt = GpsAt + GpsSize;
        first.Add((0x010F, 2, 6, "Maker\0"u8.ToArray()));
        first.Add((0x0110, 2, 6, "Model\0"u8.ToArray()));
        first.Add((0x0112, 3, 1, [.. BitConverter.GetBytes(orientation), 0, 0]));
        first.Add((0x8769, 4, 1, BitConverter.GetBytes(SubAt)));
        first.Add((0x8825, 4, 1, BitConverter.GetBytes(GpsAt)));
        sub.Add((0x9003, 2, 20, Encoding.ASCII.GetBytes(taken + "\0")));
        sub.Add((0x9011, 2, 7, Encoding.ASCII.GetBytes(offset + "\0")));
        gps.Add((1, 2, 2, "N\0\0\0"u8.ToArray()));
        gps.Add((2, 5, 3, Rationals(north)));
        gps.Add((3, 2, 2, "E\0\0\0"u8.ToArray()));
        gps.Add((4, 5, 3, Rationals(east)));

        var (head, data) = (new MemoryStream(), new MemoryStream());
        head.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        foreach (var directory in new[] { first, sub, gps })
        {
            head.Write(BitConverter.GetBytes((ushort)directory.Count));
            foreach (var (tag, type, count, value) in directory)
            {
                head.Write(BitConverter.GetBytes(tag));
                head.Write(BitConverter.GetBytes(type));
                head.Write(BitConverter.GetBytes(count));
                if (value.Length <= 4)
                {
                    head.Write([.. value, .. new byte[4 - value.Length]]);
                }
                else
                {
                    head.Write(BitConverter.GetBytes(DataAt + (int)data.Length));
                    data.Write(value);
                }
            }

            head.Write(new byte[4]);
        }

        return [.. head.ToArray(), .. data.ToArray()];
    }

    private static byte[] Rationals((uint Degrees, uint Minutes, uint Hundredths) at)
    {
        var bytes = new byte[24];
        foreach (var (i, value) in new[] { at.Degrees, 1u, at.Minutes, 1u, at.Hundredths, 100u }.Index())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), value);
        }

        return bytes;
    }
}
