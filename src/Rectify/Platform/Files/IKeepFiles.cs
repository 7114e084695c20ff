using Rectify.Platform.Journal;

namespace Rectify.Platform.Files;

/// <summary>A file that a room keeps for good, with what was recorded of it.</summary>
public sealed class RecordedFile
{
    /// <summary>SHA-256, the file's name.</summary>
    public required string Hash { get; init; }

    public required string Sm3 { get; init; }
}

/// <summary>A room that keeps files for good: all of them are read and hashed again in turn. Each room registers its own.</summary>
public interface IKeepFiles
{
    /// <summary>The files; one may stand in several rows.</summary>
    IQueryable<RecordedFile> Files { get; }

    /// <summary>Entries that say of the room's records that a look at a file found something else than the look before: <c>Sound</c>, <c>Missing</c>, <c>Altered</c>. None if the file is not the room's.</summary>
    Task<IReadOnlyList<Fact>> FoundAsync(string hash, string result, Actor by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Where damaged files of the room are seen, for whoever sees to them: what they belong to and its page.</summary>
    Task<IReadOnlyList<(string Hash, string Title, string Href)>> PlacesAsync(IReadOnlyCollection<string> hashes, CancellationToken ct);
}
