using System.Text.Json;

namespace Rectify.Proof;

/// <summary>That an item was closed, as its entries say: the last closing that was not taken back, and that the item was taken up again since.</summary>
/// <remarks>Source: docs/formats/closure.md, "Closing".</remarks>
/// <param name="On">The day of closing, <c>2026-11-26</c>; <see langword="null"/> if the entries have none.</param>
/// <param name="Number">Which entry of the item's chain says so, from 1; 0 if none.</param>
/// <param name="Act">The id of the entry of the act that closed it, 22 characters; <see langword="null"/> where the closing was recorded by itself.</param>
/// <param name="ReopenedOn">The day on which it was taken up again; <see langword="null"/> if it was not.</param>
/// <param name="ReopenedNumber">Which entry says that, from 1; 0 if none.</param>
public sealed record ItemClosing(string? On, int Number, string? Act, string? ReopenedOn, int ReopenedNumber)
{
    /// <summary>What the entries of one item say.</summary>
    /// <param name="leaves">In the order of their chain, from the first on. Entries of other kinds are passed over.</param>
    public static ItemClosing Of(IEnumerable<JournalLeaf> leaves)
    {
        var closing = new ItemClosing(null, 0, null, null, 0);
        foreach (var leaf in leaves.Where(leaf => leaf.Type is "item.facts-recorded" or "item.fact-voided"))
        {
            using var data = JsonDocument.Parse(leaf.Data);
            closing = leaf.Type is "item.fact-voided" ? closing.Without(data.RootElement) : closing.With(data.RootElement, leaf);
        }

        return closing;
    }

    private ItemClosing With(JsonElement data, JournalLeaf leaf)
    {
        var now = this;
        var facts = data.TryGetProperty("facts", out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;
        foreach (var fact in facts)
        {
            now = (Member(fact, "kind"), Member(fact, "on")) switch
            {
                ("closed", { } on) => new(on, leaf.Number, leaf.Cause, null, 0),
                ("reopened", { } on) => now with { ReopenedOn = on, ReopenedNumber = leaf.Number },
                _ => now,
            };
        }

        return now;
    }

    private ItemClosing Without(JsonElement data) => (Member(data, "factKind"), Member(data, "on")) switch
    {
        ("closed", var on) when on == On => new(null, 0, null, null, 0),
        ("reopened", var on) when on == ReopenedOn => this with { ReopenedOn = null, ReopenedNumber = 0 },
        _ => this,
    };

    // A value of another kind, or letters that are none, as half a surrogate pair: no text.
    private static string? Member(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var one) && one.ValueKind is JsonValueKind.String ? one.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
