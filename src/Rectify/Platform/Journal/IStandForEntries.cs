using System.Text.Json;

namespace Rectify.Platform.Journal;

/// <summary>A room whose records say that something happened, such as that an item was closed: each must have its entry, and each entry its record. Each room registers its own.</summary>
public interface IStandForEntries
{
    /// <summary>The kind of entry, such as <c>item.facts-recorded</c>.</summary>
    string Kind { get; }

    /// <summary>What an entry of that kind says happened, in the room's own short words; nothing if it speaks of other matters.</summary>
    /// <param name="data">The fact's own members, by the names of docs/formats/journal.md.</param>
    IEnumerable<string> Told(Guid subject, JsonElement data);

    /// <summary>What the room's records say happened, now or once, in the same words.</summary>
    Task<IReadOnlyCollection<string>> RecordsAsync(CancellationToken ct);
}
