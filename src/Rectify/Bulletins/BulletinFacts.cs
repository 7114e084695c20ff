using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md.

public sealed record BulletinSeriesChanged : Fact
{
    public override string Kind => "bulletin.series-changed";

    public required bool PerYear { get; init; }

    public required int FirstNo { get; init; }
}

public sealed record BulletinDrafted : Fact
{
    public override string Kind => "bulletin.drafted";

    public required string Programme { get; init; }

    public required string Round { get; init; }
}

public sealed record BulletinChanged : Fact
{
    public override string Kind => "bulletin.changed";
}

public sealed record BulletinIssued : Fact
{
    public override string Kind => "bulletin.issued";

    public required string Programme { get; init; }

    public required string Round { get; init; }

    /// <summary>0 where numbers run on over the years.</summary>
    public required int Year { get; init; }

    public required int No { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>SHA-256, hexadecimal, of the content as kept.</summary>
    public required string Content { get; init; }
}

/// <summary>A look at one of its files found something else than the look before.</summary>
public sealed record BulletinFileChecked : Fact
{
    public override string Kind => "bulletin.file-checked";

    /// <summary><c>docx</c> or <c>pdf</c>.</summary>
    public required string File { get; init; }

    /// <summary><c>Sound</c>, <c>Missing</c> or <c>Altered</c>.</summary>
    public required string Result { get; init; }
}

public sealed record BulletinWithdrawn : Fact
{
    public override string Kind => "bulletin.withdrawn";

    public required int Year { get; init; }

    public required int No { get; init; }
}
