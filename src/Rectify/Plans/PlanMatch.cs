namespace Rectify.Plans;

/// <summary>Tells which item or measure of one version is which of another.</summary>
/// <remarks>
/// What has number and text alike goes together, then equal texts, then equal numbers with texts that are somewhat alike,
/// then the texts that share most, and at last equal numbers: a renumbered item stays itself. Work grows with the number of
/// items, not with its square.
/// </remarks>
internal static class PlanMatch
{
    /// <summary>Least share of character pairs for two items of one number to be the same at first sight.</summary>
    private const double SameNumber = 0.3;

    /// <summary>Least share for two items that have nothing but their text in common.</summary>
    private const double SameText = 0.6;

    // A pair of characters that stands in more texts than this tells none of them from the others.
    private const int Common = 200;

    /// <summary>Texts compared exactly for each text that is left.</summary>
    private const int Compared = 20;

    /// <summary>Pairs in the newer version's order; what was removed stands last.</summary>
    public static List<(PlanItem? Old, PlanItem? Now)> Items(IReadOnlyList<PlanItem> before, IReadOnlyList<PlanItem> after) =>
        Pair(before, after, item => item.Key, item => item.Problem);

    public static List<(PlanMeasure? Old, PlanMeasure? Now)> Measures(IReadOnlyList<PlanMeasure> before, IReadOnlyList<PlanMeasure> after) =>
        Pair(before, after, measure => measure.Number, measure => measure.Text);

    private static List<(T? Old, T? Now)> Pair<T>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key, Func<T, string> text) where T : class
    {
        var free = new SortedSet<int>(Enumerable.Range(0, before.Count));
        var found = new int?[after.Count];

        ByName(item => $"{key(item)}\0{text(item)}", (_, _) => true);
        ByName(text, (_, _) => true);
        ByName(key, (old, now) => TextLikeness.Of(text(old), text(now)) > SameNumber);
        ByLikeness();
        ByName(key, (_, _) => true);

        return
        [
            .. after.Select((now, i) => (found[i] is { } old ? before[old] : null, (T?)now)),
            .. free.Select(old => ((T?)before[old], (T?)null)),
        ];

        void ByName(Func<T, string> name, Func<T, T, bool> also)
        {
            var named = free.Where(old => name(before[old]).Length > 0).GroupBy(old => name(before[old]), StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
            for (var i = 0; i < after.Count; i++)
            {
                if (found[i] is null && named.TryGetValue(name(after[i]), out var olds)
                    && olds.FindIndex(old => also(before[old], after[i])) is >= 0 and var at)
                {
                    Take(i, olds[at]);
                    olds.RemoveAt(at);
                }
            }
        }

        void ByLikeness()
        {
            var pairs = free.ToDictionary(old => old, old => TextLikeness.Pairs(text(before[old])));
            var holders = (from old in pairs from pair in old.Value group old.Key by pair)
                .Where(group => group.Count() <= Common).ToDictionary(group => group.Key, group => group.ToList());
            for (var i = 0; i < after.Count && free.Count > 0; i++)
            {
                if (found[i] is not null)
                {
                    continue;
                }

                var mine = TextLikeness.Pairs(text(after[i]));
                var best = (from pair in mine
                            from old in holders.GetValueOrDefault(pair, [])
                            where free.Contains(old)
                            group pair by old into shared
                            orderby shared.Count() descending, shared.Key
                            select shared.Key).Take(Compared)
                    .Select(old => (Old: old, Likeness: TextLikeness.Of(pairs[old], mine)))
                    .OrderByDescending(candidate => candidate.Likeness).ThenBy(candidate => candidate.Old).FirstOrDefault();
                if (best.Likeness > SameText)
                {
                    Take(i, best.Old);
                }
            }
        }

        void Take(int now, int old)
        {
            found[now] = old;
            free.Remove(old);
        }
    }
}

/// <summary>How much two texts share, by pairs of characters.</summary>
internal static class TextLikeness
{
    /// <summary>0 (nothing) to 1 (the same pairs). Source: Sørensen–Dice coefficient.</summary>
    public static double Of(string a, string b) => a == b ? 1 : Of(Pairs(a), Pairs(b));

    public static double Of(HashSet<(char, char)> a, HashSet<(char, char)> b) =>
        a.Count + b.Count == 0 ? 0 : 2d * a.Count(b.Contains) / (a.Count + b.Count);

    public static HashSet<(char, char)> Pairs(string text) =>
        [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => (text[i], text[i + 1]))];
}
