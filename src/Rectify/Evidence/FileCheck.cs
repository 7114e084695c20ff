using Rectify.Platform.Data;

namespace Rectify.Evidence;

/// <summary>What a look at a kept file found.</summary>
public enum FileCheckResult
{
    /// <summary>完好: both hashes are those recorded.</summary>
    Sound,

    /// <summary>缺失</summary>
    Missing,

    /// <summary>变动: the bytes are others than those recorded.</summary>
    Altered,

    /// <summary>已销毁: destroyed on purpose (<c>RedactFile</c>). Nothing is looked at any more.</summary>
    Destroyed,
}

/// <summary>When a file was last read and hashed, and with what result. One row for each file, however many pieces use it.</summary>
public sealed class FileCheck : IBookkeeping
{
    /// <summary>The file's SHA-256. Not called as in rows that use a file: what only describes one keeps none from being swept.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset CheckedAt { get; set; }

    public FileCheckResult Result { get; set; }

    /// <summary>When a check first found what stands in <see cref="Result"/>, if that is not <see cref="FileCheckResult.Sound"/>.</summary>
    public DateTimeOffset? FailedAt { get; set; }
}

/// <summary>Whether pictures or a text show a file. Without a row for it they are still being made.</summary>
public enum PreviewState
{
    Made,

    /// <summary>None can be made; <see cref="Preview.Why"/> says why.</summary>
    None,
}

/// <summary>The pictures or the text that show a kept file. Derived: deleted rows are made anew.</summary>
public sealed class Preview : IBookkeeping
{
    /// <summary>The file's SHA-256. Not called as in rows that use a file: what only describes one keeps none from being swept.</summary>
    public required string Hash { get; init; }

    public PreviewState State { get; set; }

    /// <summary>Pictures made, one for each page shown; 0 for text.</summary>
    public int Pages { get; set; }

    /// <summary>Why there is none: the end of a text's key, as <c>tool</c> or <c>damaged</c>.</summary>
    public string Why { get; set; } = "";
}
