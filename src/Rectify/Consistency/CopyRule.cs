using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>Words taken from another item or unit.</summary>
/// <remarks>What is compared are pairs of characters; names of places and figures, which copyists do change, weigh little among them.</remarks>
internal static class CopyRule
{
    private const double Enough = 0.85;

    // Set phrases are alike by nature.
    private const int Shortest = 40;

    public static bool IsCompared(string text) => text.Count(char.IsLetterOrDigit) >= Shortest;

    public static IEnumerable<Contradiction> Check(string text, StatementField field, int no, IReadOnlyList<OtherText> others)
    {
        if (!IsCompared(text))
        {
            yield break;
        }

        var pairs = Likeness.PairsOf(text);
        var source = others.Where(other => other.IsCompared)
            .Select(other => (other.Where, Like: Likeness.Jaccard(pairs, other.Pairs, Enough))).Where(other => other.Like >= Enough).OrderByDescending(other => other.Like).FirstOrDefault();
        if (source.Like >= Enough)
        {
            yield return new(ConsistencyRule.Copied, field, no, text, source.Where);
        }
    }
}
