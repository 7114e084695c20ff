using System.Buffers.Binary;

namespace Rectify.Proof;

/// <summary>Up to 256 entries in one file: before each its length, two bytes, big-endian.</summary>
/// <remarks>Source: C2SP tlog-tiles, "Log entries".</remarks>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int LongestEntry = ushort.MaxValue;

    /// <summary>The longest bundle, in bytes.</summary>
    public const int LongestBundle = TilePath.FullWidth * (2 + LongestEntry);

    /// <exception cref="ArgumentException">There are none or more than 256 entries, or one is too long.</exception>
    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        if (entries.Count is 0 or > TilePath.FullWidth || entries.Any(entry => entry.Length > LongestEntry))
        {
            throw new ArgumentException($"A bundle has 1 to {TilePath.FullWidth} entries of at most {LongestEntry} bytes.", nameof(entries));
        }

        var bundle = new byte[entries.Sum(entry => 2 + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Takes a bundle apart; the entries are slices of it.</summary>
    /// <returns><see langword="null"/> if it does not hold exactly <paramref name="width"/> entries and nothing else.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bundle, int width)
    {
        var entries = new List<ReadOnlyMemory<byte>>(Math.Clamp(width, 0, TilePath.FullWidth));
        while (bundle.Length >= 2 && entries.Count < width)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length)
            {
                return null;
            }

            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return bundle.IsEmpty && entries.Count == width ? entries : null;
    }
}
