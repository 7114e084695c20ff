namespace Rectify.Platform.Journal;

/// <summary>A room whose records say that something happened, such as that an item was closed: each must have its entry, and each entry its record. Each room registers its own.</summary>
public interface IStandForEntries
{
    /// <summary>The kind of entry, such as <c>item.closed</c>.</summary>
    string Kind { get; }

    /// <summary>The subjects of which the room's records say that it happened, now or once.</summary>
    Task<IReadOnlyCollection<Guid>> SubjectsAsync(CancellationToken ct);
}
