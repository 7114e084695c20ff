namespace Rectify.Reading;

/// <summary>How much of a stranger's file is read at most. Beyond a limit the file is refused, never cut off.</summary>
public sealed record ReadingLimits
{
    public static ReadingLimits Default { get; } = new();

    /// <summary>Size of the file itself, in bytes. Default 64 MiB: the largest plan seen with photographs has 30.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>Size of a text or HTML file, in bytes. Default 16 MiB, some eight million Chinese characters.</summary>
    public long TextBytes { get; init; } = 16L << 20;

    /// <summary>Size of everything in a zip package when unpacked, in bytes. Default 512 MiB.</summary>
    public long UnpackedBytes { get; init; } = 512L << 20;

    /// <summary>How many times its packed size one entry may unpack to, once it is over 1 MiB. Default 200.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Entries in a zip package. Default 10,000.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>Characters in one XML part. Default 128 Mi.</summary>
    public long PartCharacters { get; init; } = 128L << 20;

    /// <summary>Elements within one top-level paragraph or table of a Word document. Default two million.</summary>
    public int Elements { get; init; } = 2_000_000;

    /// <summary>Paragraphs in the document, those in cells too. Default 200,000 outside workbooks' cells.</summary>
    public int Paragraphs { get; init; } = 200_000;

    /// <summary>Table cells in the document. Default 2,000,000.</summary>
    public int Cells { get; init; } = 2_000_000;

    /// <summary>Tables within tables. Default 20.</summary>
    public int Nesting { get; init; } = 20;

    /// <summary>Elements within elements, in XML and HTML. Default 256, as deep as the reader may recurse.</summary>
    public int Depth { get; init; } = 256;

    /// <summary>Pages of a PDF. Default 2,000.</summary>
    public int Pages { get; init; } = 2_000;

    /// <summary>Time for a PDF, whose damage can keep a reader busy. Default one minute.</summary>
    public TimeSpan PdfTime { get; init; } = TimeSpan.FromMinutes(1);
}
