using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Where the journal is published: files below one prefix. Nothing that it gives is trusted before it is checked.</summary>
public interface IPublishedStore
{
    /// <summary>What it is called in messages: a folder, a bucket.</summary>
    string Name { get; }

    /// <summary>A file's bytes, or <see langword="null"/> if there is none or it is longer than any can be.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken ct);

    /// <summary>Writes files, each whole or not at all. When this returns they outlive a crash and a power cut.</summary>
    Task WriteAsync(IReadOnlyCollection<(string Path, byte[] Bytes)> files, CancellationToken ct);

    /// <summary>Holds the store against other publishers as far as it can.</summary>
    /// <returns><see langword="null"/> if another one holds it.</returns>
    Task<IAsyncDisposable?> TryHoldAsync(CancellationToken ct);
}

internal static class PublishedFiles
{
    public const string Checkpoint = "checkpoint";

    /// <summary>The note as it was stamped.</summary>
    public static string StampedOf(long size) => FormattableString.Invariant($"timestamps/{size}");

    /// <summary>The authority's answer.</summary>
    public static string StampOf(long size) => FormattableString.Invariant($"timestamps/{size}.tsr");

    /// <summary>How a file is served. Source: C2SP tlog-tiles, "Parameters"; RFC 3161 §3.4.</summary>
    public static string TypeOf(string path) =>
        path == Checkpoint || (path.StartsWith("timestamps/", StringComparison.Ordinal) && !path.EndsWith(".tsr", StringComparison.Ordinal)) ? "text/plain; charset=utf-8"
        : path.EndsWith(".tsr", StringComparison.Ordinal) ? "application/timestamp-reply"
        : "application/octet-stream";

    /// <summary>How long a file may be kept by whoever fetched it.</summary>
    public static string CacheOf(string path) => path == Checkpoint ? "no-cache, max-age=0" : "public, max-age=31536000, immutable";
}

/// <summary>The tiles of a store, for <see cref="PublishedTree"/>.</summary>
internal sealed class StoreTiles(IPublishedStore store) : ITileReader
{
    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) => store.ReadAsync(path.ToString(), ct);
}
