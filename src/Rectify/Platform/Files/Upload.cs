using Rectify.Platform.Data;

using Rectify.Platform.Journal;

namespace Rectify.Platform.Files;

/// <summary>Limits of what is uploaded; under <c>Uploads</c> in the configuration.</summary>
public sealed class UploadOptions
{
    /// <summary>Largest file, in MiB.</summary>
    public long LargestMiB { get; set; } = 2_048;

    /// <summary>Hours for which an upload is kept after its last byte, if nothing uses it.</summary>
    public int KeptHours { get; set; } = 24;

    /// <summary>Uploads that one person may have open at once.</summary>
    public int MostOpen { get; set; } = 1_000;

    public long Largest => LargestMiB * 1_048_576;
}

/// <summary>A file on its way in, or arrived and not used yet. Proves nothing: what uses the file does.</summary>
public sealed class Upload : IBookkeeping, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Who sends it; for everyone else it does not exist.</summary>
    public required Actor Owner { get; init; }

    /// <summary>As the sender calls it; at most 200 characters.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes that it will have.</summary>
    public required long Length { get; set; }

    /// <summary>Bytes that are on disk. Two servers cannot both move it.</summary>
    public long Offset { get; set; }

    /// <summary>What the client said about it, as it said it. Source: tus 1.0.0, <c>Upload-Metadata</c>.</summary>
    public string Metadata { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>SHA-256 once all is there; empty before.</summary>
    public string FileHash { get; set; } = "";

    /// <summary>SM3 once all is there; empty before.</summary>
    public string Sm3 { get; set; } = "";

    /// <summary>Whether the store had the same content before: then it is not this upload's to sweep.</summary>
    public bool StoodBefore { get; set; }

    /// <summary>When it stood in the store under its hash.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    public KeptFile Kept => new(FileHash, Sm3, Length);
}
