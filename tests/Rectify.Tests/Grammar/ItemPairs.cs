using System.Text.Json.Nodes;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

/// <summary>Which item that was read is which that was expected: by number first, then by the problem, then by order.</summary>
internal static class ItemPairs
{
    public static (IReadOnlyList<(JsonObject Expected, DraftItem? Found)> Pairs, IReadOnlyList<DraftItem> Invented) Of(
        IReadOnlyList<JsonObject> expected, IReadOnlyList<DraftItem> found)
    {
        var rest = found.ToList();
        var taken = new DraftItem?[expected.Count];
        Take((wanted, item) => wanted["number"] is { } number && DraftMatch.Number(number, item.Number));
        Take((wanted, item) => (string?)wanted["problem"] is { } problem && DraftMatch.Text(problem, item.Problem.Text, within: 30));
        Take((_, _) => true);
        return ([.. expected.Select((item, place) => (item, taken[place]))], rest);

        void Take(Func<JsonObject, DraftItem, bool> same)
        {
            for (var place = 0; place < taken.Length; place++)
            {
                if (taken[place] is null && rest.Find(item => same(expected[place], item)) is { } match)
                {
                    taken[place] = match;
                    rest.Remove(match);
                }
            }
        }
    }
}
