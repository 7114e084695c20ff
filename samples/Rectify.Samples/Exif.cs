using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Rectify.Samples;

/// <summary>Writes into a JPEG what a camera writes: maker, time and place. Source: Exif 2.32 §4.5 and §4.6.</summary>
internal static class Exif
{
    private const ushort Ascii = 2, Short = 3, Long = 4, Rational = 5;

    /// <param name="latitude">WGS-84, north.</param>
    /// <param name="longitude">WGS-84, east.</param>
    public static byte[] Into(byte[] jpeg, DateTime taken, decimal latitude, decimal longitude)
    {
        var tiff = Tiff(taken, latitude, longitude);
        var segment = new byte[10];
        (segment[0], segment[1]) = (0xFF, 0xE1);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(tiff.Length + 8));
        "Exif\0\0"u8.CopyTo(segment.AsSpan(4));
        return [.. jpeg[..2], .. segment, .. tiff, .. jpeg[2..]];
    }

    private static byte[] Tiff(DateTime taken, decimal latitude, decimal longitude)
    {
        var time = Text(taken.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture));
        (ushort Tag, ushort Type, uint Count, byte[] Value)[][] directories =
        [
            [(0x010F, Ascii, 7, Text("Sample")), (0x0110, Ascii, 13, Text("Field camera")), (0x0112, Short, 1, [1, 0, 0, 0]), (0x8769, Long, 1, []), (0x8825, Long, 1, [])],
            [(0x9003, Ascii, 20, time), (0x9011, Ascii, 7, Text("+08:00"))],
            [(1, Ascii, 2, Text("N")), (2, Rational, 3, Degrees(latitude)), (3, Ascii, 2, Text("E")), (4, Rational, 3, Degrees(longitude))],
        ];
        int SizeOf(int i) => 2 + (directories[i].Length * 12) + 4;
        int[] starts = [8, 8 + SizeOf(0), 8 + SizeOf(0) + SizeOf(1)];
        directories[0][3].Value = Number(starts[1]);
        directories[0][4].Value = Number(starts[2]);

        var (head, rest) = (new MemoryStream(), new MemoryStream());
        head.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        foreach (var directory in directories)
        {
            head.Write([(byte)directory.Length, 0]);
            foreach (var (tag, type, count, value) in directory)
            {
                var entry = new byte[12];
                BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
                BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), type);
                BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), count);
                (value.Length <= 4 ? value : Number(starts[2] + SizeOf(2) + (int)rest.Length)).CopyTo(entry, 8);
                head.Write(entry);
                rest.Write(value.Length <= 4 ? [] : value);
            }

            head.Write(new byte[4]);
        }

        return [.. head.ToArray(), .. rest.ToArray()];
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text + "\0");

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    // Degrees, minutes, and ten-thousandths of seconds.
    private static byte[] Degrees(decimal degrees)
    {
        var seconds = (long)decimal.Round(degrees * 36_000_000m);
        return [.. new[] { seconds / 36_000_000, 1, seconds / 600_000 % 60, 1, seconds % 600_000, 10_000 }.SelectMany(part => Number((int)part))];
    }
}
