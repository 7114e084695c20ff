using Rectify.Grammar;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Plans;

/// <summary>Differences of plans in the words of the interface.</summary>
internal static class PlanWords
{
    /// <summary>One change as a line: the field, before and after.</summary>
    public static Change Of(PlanChange change, Words words) => new(Field(change, words), Value(change.Field, change.Before, words), Value(change.Field, change.After, words));

    /// <summary>The number of an item as people quote it, or words for one that has none.</summary>
    public static string Item(PlanChange change, Words words) =>
        change.Place < 0 ? words["plan.diff.whole"] : change.Item.Length > 0 ? words["plan.diff.item", change.Item] : words["plan.diff.unnumbered"];

    private static string Field(PlanChange change, Words words)
    {
        if (change.Field is "unit" && Enum.TryParse<DraftRole>(change.Part, out var role))
        {
            return words[$"plan.role.{role}"];
        }

        var field = words[$"plan.diff.{change.Field}"];
        return change.Field switch
        {
            "milestone" => change.Part.Length > 0 ? words["plan.diff.of", field, change.Part] : field,
            "person" or "item" => field,
            "measure" => change.Part.Length > 0 ? words["plan.diff.of", field, change.Part] : field,
            _ => change.Part.Length > 0 ? words["plan.diff.of.measure", change.Part, field] : field,
        };
    }

    private static string? Value(string field, string? value, Words words) => value switch
    {
        null => null,
        _ when field is "kind" => words[$"deadline.kind.{value}"],
        _ when field is "order" or "unit" => value.Replace("\n", words["text.comma"], StringComparison.Ordinal),
        _ => value,
    };
}
