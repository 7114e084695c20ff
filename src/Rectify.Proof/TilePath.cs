using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rectify.Proof;

/// <summary>Which part of a published journal a file holds, such as <c>tile/0/x001/x234/067.p/89</c>.</summary>
/// <param name="Level">0 to 63, from the leaves up; <see cref="EntriesLevel"/> for a bundle of entries.</param>
/// <param name="Index">Place within the level, from 0.</param>
/// <param name="Width">Hashes or entries in it, 1 to 256; 256 is a full tile.</param>
/// <remarks>
/// Source: C2SP tlog-tiles, "Merkle Tree" and "Log entries". The path's one spelling is checked on reading, so that equal paths are equal texts.
/// </remarks>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>Hashes or entries of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Stands for bundles of entries, which lie beside level 0.</summary>
    public const int EntriesLevel = -1;

    private const int TopLevel = 63;

    // A tree has fewer than 2⁶³ entries, and levels from 8 on could not have a hash in it.
    private const int LastUsedLevel = 7;

    /// <summary>Whether all 256 places are taken.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Whether it is a bundle of entries and not a tile of hashes.</summary>
    public bool IsEntries => Level == EntriesLevel;

    /// <summary>The same tile when it is full.</summary>
    public TilePath Full => this with { Width = FullWidth };

    /// <summary>The tile that holds place <paramref name="index"/> of a level in a tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That level has no such tile.</exception>
    public static TilePath In(long size, int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, EntriesLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, HashesAt(size, level) / FullWidth);
        var width = Math.Min(FullWidth, HashesAt(size, level) - (index * FullWidth));
        ArgumentOutOfRangeException.ThrowIfZero(width, nameof(index));
        return new(level, index, (int)width);
    }

    /// <summary>The bundle that holds entry <paramref name="entry"/> in a journal of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public static TilePath ForEntry(long size, long entry)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entry);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(entry, size);
        return In(size, EntriesLevel, entry / FullWidth);
    }

    /// <summary>All tiles and bundles that a journal of <paramref name="size"/> entries is published as; from the leaves up.</summary>
    public static IEnumerable<TilePath> All(long size) => New(0, size);

    /// <summary>What has to be published when a journal grows; tiles that were full before are not among it.</summary>
    public static IEnumerable<TilePath> New(long from, long size)
    {
        for (var level = EntriesLevel; level <= LastUsedLevel && HashesAt(size, level) > 0; level++)
        {
            var (before, now) = (HashesAt(from, level), HashesAt(size, level));
            for (var index = before / FullWidth; before < now && index * FullWidth < now; index++)
            {
                yield return In(size, level, index);
            }
        }
    }

    /// <summary>The tiles of the right edge that are not full, from the leaves up; they alone give the root.</summary>
    public static IEnumerable<TilePath> Partial(long size)
    {
        for (var level = 0; level <= LastUsedLevel; level++)
        {
            if (HashesAt(size, level) % FullWidth > 0)
            {
                yield return In(size, level, HashesAt(size, level) / FullWidth);
            }
        }
    }

    /// <summary>How many hashes a level has in a tree of this size: full tiles of the level below only.</summary>
    public static long HashesAt(long size, int level) => level > LastUsedLevel ? 0 : size >> (8 * Math.Max(level, 0));

    /// <summary>The path below the journal's prefix, with no slash in front.</summary>
    public override string ToString()
    {
        var digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var groups = Enumerable.Range(0, digits.Length / 3).Select(i => digits.Substring(i * 3, 3)).ToArray();
        var place = string.Join('/', [.. groups[..^1].Select(group => $"x{group}"), groups[^1]]);
        var level = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return IsFull ? $"tile/{level}/{place}" : string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{place}.p/{Width}");
    }

    /// <exception cref="FormatException"><paramref name="s"/> is not the path of a tile.</exception>
    public static TilePath Parse(string s) =>
        TryParse(s, out var path) ? path : throw new FormatException("Not the path of a tile.");

    /// <summary>Reads a path such as <c>tile/0/x001/234.p/5</c>; nothing is thrown.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out TilePath result)
    {
        result = default;
        if (s is null || s.Length > 64 || !s.StartsWith("tile/", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = s.AsSpan(5);
        var width = FullWidth;
        if (rest.IndexOf(".p/") is >= 0 and var suffix)
        {
            if (!int.TryParse(rest[(suffix + 3)..], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            rest = rest[..suffix];
        }

        if (rest.IndexOf('/') is not (> 0 and var slash) || !TryLevel(rest[..slash], out var level))
        {
            return false;
        }

        var place = rest[(slash + 1)..].ToString().Replace("/", "", StringComparison.Ordinal).Replace("x", "", StringComparison.Ordinal);
        if (!long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        result = new(level, index, width);
        return result.ToString() == s;
    }

    private static bool TryLevel(ReadOnlySpan<char> text, out int level)
    {
        level = EntriesLevel;
        return text is "entries"
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out level) && level <= TopLevel);
    }
}
