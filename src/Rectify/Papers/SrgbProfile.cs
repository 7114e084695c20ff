using System.Buffers.Binary;
using System.Text;

namespace Rectify.Papers;

/// <summary>A small ICC profile of sRGB, which PDF/A asks for so that colours mean something everywhere.</summary>
/// <remarks>Source: ICC.1:2001-04 (profile version 2.4) §6; primaries of IEC 61966-2-1 adapted to D50; its curve taken as gamma 2.2.</remarks>
internal static class SrgbProfile
{
    public static byte[] Bytes()
    {
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Description("sRGB")),
            ("cprt", [.. "text\0\0\0\0"u8, .. "Public domain\0"u8]),
            ("wtpt", Xyz(0.9642, 1, 0.8249)),
            ("rXYZ", Xyz(0.4361, 0.2225, 0.0139)),
            ("gXYZ", Xyz(0.3851, 0.7169, 0.0971)),
            ("bXYZ", Xyz(0.1431, 0.0606, 0.7141)),
            ("rTRC", Gamma()),
            ("gTRC", Gamma()),
            ("bTRC", Gamma()),
        ];
        var at = 128 + 4 + (tags.Length * 12);
        var size = at + tags.Sum(tag => Padded(tag.Data.Length));
        var bytes = new byte[size];
        Put(bytes, 0, size);
        Put(bytes, 8, 0x02400000);
        Encoding.ASCII.GetBytes("mntrRGB XYZ ", bytes.AsSpan(12));
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(24), 2001);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(26), 4);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(28), 1);
        Encoding.ASCII.GetBytes("acsp", bytes.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(bytes.AsSpan(68));
        Put(bytes, 128, tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            Encoding.ASCII.GetBytes(tags[i].Tag, bytes.AsSpan(132 + (i * 12)));
            Put(bytes, 136 + (i * 12), at);
            Put(bytes, 140 + (i * 12), tags[i].Data.Length);
            tags[i].Data.CopyTo(bytes, at);
            at += Padded(tags[i].Data.Length);
        }

        return bytes;
    }

    private static byte[] Xyz(double x, double y, double z)
    {
        var bytes = new byte[20];
        "XYZ "u8.CopyTo(bytes);
        Put(bytes, 8, (int)Math.Round(x * 65536));
        Put(bytes, 12, (int)Math.Round(y * 65536));
        Put(bytes, 16, (int)Math.Round(z * 65536));
        return bytes;
    }

    // One entry: gamma as 8.8 fixed point.
    private static byte[] Gamma() => [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0x33];

    private static byte[] Description(string text)
    {
        var bytes = new byte[12 + text.Length + 1 + 8 + 3 + 67];
        "desc"u8.CopyTo(bytes);
        Put(bytes, 8, text.Length + 1);
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(12));
        return bytes;
    }

    private static int Padded(int length) => (length + 3) / 4 * 4;

    private static void Put(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
}
