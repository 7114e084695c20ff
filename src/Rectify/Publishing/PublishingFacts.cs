using Rectify.Platform.Journal;

namespace Rectify.Publishing;

/// <summary>The journal as a subject of its own entries.</summary>
internal static class TheJournal
{
    /// <summary>One fixed id: there is one journal.</summary>
    public static readonly Guid Subject = new("6a6f7572-6e61-8c6c-8000-000000000001");
}

/// <summary>Published entries that the database had lost were put back into it.</summary>
public sealed record JournalRecovered : Fact
{
    public override string Kind => "journal.recovered";

    /// <summary>The first number that was put back.</summary>
    public required long From { get; init; }

    /// <summary>The number behind the last one.</summary>
    public required long To { get; init; }
}

/// <summary>A reading of the published journal found something else than the reading before.</summary>
public sealed record JournalChecked : Fact
{
    public override string Kind => "journal.checked";

    public required JournalFinding Finding { get; init; }

    /// <summary>Entries that the journal had.</summary>
    public required long Size { get; init; }

    /// <summary>A path, a number or the name of a witness.</summary>
    public string? Place { get; init; }
}
