using Rectify.Organisation;

namespace Rectify.Tasks;

/// <summary>What a later room shows of an item, as a link on the item's page: evidence, returns. Each room registers its own.</summary>
public interface IItemLink
{
    /// <param name="day">The day whose state is shown.</param>
    /// <returns><see langword="null"/> where there is nothing to show.</returns>
    Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct);
}

/// <param name="TextKey">A text of the resources that takes the count.</param>
public sealed record ItemLink(string TextKey, int Count, string Href);
