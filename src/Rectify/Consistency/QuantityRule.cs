using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>What the problem counts is found again in what is said to have become of it.</summary>
/// <remarks>
/// Amounts of one kind are compared: 3万立方米 of waste named, 0.5万立方米 taken away. An amount is answered by the same, by more, or by the sum of those named.
/// In 18座…中有16座 the problem is 16.
/// </remarks>
internal static class QuantityRule
{
    private static readonly string[] All = ["全部", "所有", "均已", "全数", "逐一", "逐个"];

    public static IEnumerable<Contradiction> Check(string problem, string result)
    {
        var folded = Fold.Of(problem);
        var named = Amount.All(folded);
        var answered = Amount.All(Fold.Of(result));
        foreach (var kind in named.Where((one, i) => one.Value > Smallest(one.Kind) && !IsWhole(folded, named, i)).GroupBy(one => one.Kind))
        {
            var largest = kind.MaxBy(one => one.Value);
            var same = answered.Where(one => one.Kind == kind.Key).ToList();
            var enough = same.Exists(one => one.Value >= largest.Value) || same.Sum(one => one.Value) >= largest.Value;
            if (!enough && (same.Count > 0 || !Fold.Of(result).ContainsAny(All)))
            {
                yield return new(
                    ConsistencyRule.Quantity, StatementField.Problem, 0, problem[largest.Start..largest.End], string.Join('、', same.Select(one => result[one.Start..one.End]).Distinct(StringComparer.Ordinal)));
            }
        }
    }

    // One of a thing is how people speak of any: 一处黑臭水体.
    private static decimal Smallest(string kind) => kind is "land" or "volume" or "mass" or "length" or "money" ? 0 : 1;

    private static bool IsWhole(string text, List<Amount> named, int i) =>
        i + 1 < named.Count && named[i + 1] is var part && part.Kind == named[i].Kind && part.Value <= named[i].Value && part.Start - named[i].End <= 16
        && text[named[i].End..part.Start].Contains('中', StringComparison.Ordinal);
}
