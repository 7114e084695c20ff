namespace Rectify.Grammar;

/// <summary>Finds texts that are nearly the same among many: Jaccard of their character pairs at least 0.85.</summary>
/// <remarks>
/// MinHash: texts that share a band of hashes are compared exactly. 16 bands of 4 find a pair at 0.85 with probability
/// above 0.9999. Work grows with the number of texts, not with its square.
/// </remarks>
internal static class Likeness
{
    private const double Enough = 0.85;
    private const int Shortest = 16;
    private const int Bands = 16;
    private const int PerBand = 4;

    // A bucket with more texts than this that do not match each other says nothing.
    private const int MostCompared = 40;

    /// <summary>For each text that resembles an earlier one: its place and that of the earliest found.</summary>
    public static List<(int Later, int Earlier)> Pairs(IReadOnlyList<string> texts)
    {
        var pairs = new List<(int, int)>();
        var sets = new HashSet<int>?[texts.Count];
        var buckets = new Dictionary<(int Band, ulong Hash), List<int>>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (Bigrams(texts[i]) is not { Count: >= Shortest } set)
            {
                continue;
            }

            sets[i] = set;
            int? like = null;
            foreach (var bucket in BucketsOf(set))
            {
                if (!buckets.TryGetValue(bucket, out var others))
                {
                    buckets[bucket] = others = [];
                }

                like ??= Like(others, set, sets);
                if (like is null || others.Count == 0)
                {
                    others.Add(i);
                }
            }

            if (like is { } earlier)
            {
                pairs.Add((i, earlier));
            }
        }

        return pairs;
    }

    /// <summary>The pairs of neighbouring letters and digits in a text; signs between them count for nothing.</summary>
    public static HashSet<int> PairsOf(string text) => Bigrams(text);

    /// <summary>Shared character pairs over all character pairs, 0 to 1; 0 for two texts that are under a bound.</summary>
    /// <param name="least">What the caller calls alike, 0 to 1.</param>
    public static double Jaccard(HashSet<int> a, HashSet<int> b, double least)
    {
        if (Math.Min(a.Count, b.Count) < least * Math.Max(a.Count, b.Count))
        {
            return 0;
        }

        // shared / (a + b - shared) is under the bound as soon as so many of a are not in b: most texts show it within a few pairs.
        var misses = a.Count - (least * (a.Count + b.Count) / (1 + least)) + 1e-9;
        var shared = 0;
        foreach (var pair in a)
        {
            if (b.Contains(pair))
            {
                shared++;
            }
            else if (--misses < 0)
            {
                return 0;
            }
        }

        return a.Count + b.Count == 0 ? 1 : (double)shared / (a.Count + b.Count - shared);
    }

    private static double Jaccard(HashSet<int> a, HashSet<int> b)
    {
        var shared = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 1 : (double)shared / (a.Count + b.Count - shared);
    }

    private static int? Like(List<int> others, HashSet<int> set, HashSet<int>?[] sets)
    {
        for (var k = 0; k < Math.Min(others.Count, MostCompared); k++)
        {
            if (Jaccard(sets[others[k]]!, set) >= Enough)
            {
                return others[k];
            }
        }

        return null;
    }

    private static HashSet<int> Bigrams(string text)
    {
        var set = new HashSet<int>();
        var last = '\0';
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                continue;
            }

            if (last != '\0')
            {
                set.Add((last << 16) | c);
            }

            last = c;
        }

        return set;
    }

    private static IEnumerable<(int Band, ulong Hash)> BucketsOf(HashSet<int> set)
    {
        var least = new ulong[Bands * PerBand];
        Array.Fill(least, ulong.MaxValue);
        foreach (var pair in set)
        {
            var x = Mix((uint)pair);
            for (var k = 0; k < least.Length; k++)
            {
                least[k] = Math.Min(least[k], Mix(unchecked(x + ((ulong)k * 0x9E3779B97F4A7C15))));
            }
        }

        for (var band = 0; band < Bands; band++)
        {
            var hash = 0UL;
            for (var k = 0; k < PerBand; k++)
            {
                hash = Mix(hash ^ least[(band * PerBand) + k]);
            }

            yield return (band, hash);
        }
    }

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
