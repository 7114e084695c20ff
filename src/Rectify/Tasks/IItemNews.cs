using Rectify.Organisation;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Tasks;

/// <summary>What a later room tells in an item's history: acts on its evidence, say. Each room registers its own.</summary>
public interface IItemNews
{
    /// <param name="most">The newest so many.</param>
    /// <returns>The newest acts, newest first, and how many there are in all.</returns>
    Task<(IReadOnlyList<HistoryEntry> Entries, int Total)> OfAsync(Item item, Access reader, int most, Words words, CancellationToken ct);
}
