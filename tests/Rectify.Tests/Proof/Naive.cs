using System.Security.Cryptography;

namespace Rectify.Tests.Proof;

/// <summary>RFC 6962 §2.1 written down word for word, with nothing of the product in it.</summary>
internal static class Naive
{
    public static byte[] Root(IReadOnlyList<byte[]> entries) => entries.Count switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. entries[0]]),
        var n => SHA256.HashData([1, .. Root([.. entries.Take(Split(n))]), .. Root([.. entries.Skip(Split(n))])]),
    };

    public static List<byte[]> Path(int m, IReadOnlyList<byte[]> entries)
    {
        var (n, k) = (entries.Count, Split(entries.Count));
        return n == 1 ? []
            : m < k ? [.. Path(m, [.. entries.Take(k)]), Root([.. entries.Skip(k)])]
            : [.. Path(m - k, [.. entries.Skip(k)]), Root([.. entries.Take(k)])];
    }

    public static List<byte[]> Proof(int m, IReadOnlyList<byte[]> entries) => SubProof(m, entries, true);

    private static List<byte[]> SubProof(int m, IReadOnlyList<byte[]> entries, bool whole)
    {
        var (n, k) = (entries.Count, Split(entries.Count));
        return m == n ? whole ? [] : [Root(entries)]
            : m <= k ? [.. SubProof(m, [.. entries.Take(k)], whole), Root([.. entries.Skip(k)])]
            : [.. SubProof(m - k, [.. entries.Skip(k)], false), Root([.. entries.Take(k)])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
