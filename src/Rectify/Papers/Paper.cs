using Rectify.Platform.Text;

namespace Rectify.Papers;

/// <summary>What a paper looks like at its head.</summary>
public enum PaperKind
{
    /// <summary>Title, then text; for manuals, lists and notes.</summary>
    Report,

    /// <summary>An official document with a red head after GB/T 9704-2012: issuer's mark, number, red rule, title.</summary>
    Official,
}

/// <summary>Which way A4 lies.</summary>
public enum PaperTurn { Portrait, Landscape }

/// <summary>A document to be handed out, written once and printed as DOCX or PDF alike.</summary>
/// <param name="Title">The title as it stands over the text, also the file's title property.</param>
/// <param name="Made">When the paper was made: the only time that goes into the file, so that equal papers give equal bytes.</param>
/// <param name="Body">Headings, paragraphs and tables in reading order.</param>
public sealed record Paper(string Title, DateTimeOffset Made, IReadOnlyList<PaperBlock> Body)
{
    public PaperKind Kind { get; init; }

    public PaperTurn Turn { get; init; }

    /// <summary>The issuing body's mark in red (发文机关标志), one entry a line, the leading body first; official documents only.</summary>
    public IReadOnlyList<string> Mark { get; init; } = [];

    /// <summary>The document number as quoted, such as <c>云环督办〔2018〕3号</c>; official documents only.</summary>
    public string? Number { get; init; }

    /// <summary>What stands under the mark of a bulletin (简报、通报) in place of a number; official documents only.</summary>
    public PaperIssue? Issue { get; init; }

    /// <summary>What stands at the foot of the last page (版记), or none; official documents only.</summary>
    public PaperColophon? Colophon { get; init; }

    /// <summary>A code for whoever holds the paper, on the left of signature and date, or none.</summary>
    public PaperCode? Code { get; init; }

    /// <summary>Whether each page says how many there are; reports only.</summary>
    public bool CountsPages { get; init; }

    /// <summary>Whom it is addressed to (主送机关), with the colon.</summary>
    public string? Addressee { get; init; }

    /// <summary>The body that signs, over the date; none when the paper is not signed.</summary>
    public string? Signature { get; init; }

    /// <summary>The date under the text of an official document, under the title of a report.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The small line on top of every page, or none.</summary>
    public PaperHeader? Header { get; init; }

    /// <summary>The paper's own words (contents, as of, printed by) in the reader's language.</summary>
    public required Words Words { get; init; }

    /// <summary>The header line as printed: parts that are empty fall out.</summary>
    internal string? HeaderLine => Header is not { } header ? null : string.Join(" · ", new[]
    {
        header.Programme,
        header.AsOf is { } day ? Words["papers.as-of", day] : "",
        header.PrintedBy is { Length: > 0 } who ? Words["papers.printed-by", who] : "",
        header.PrintedAt is { } at ? Words.Time(at) : "",
    }.Where(part => part.Length > 0));

    internal PaperForm Form => PaperForm.Of(this);
}

/// <summary>What the line on top of each page says.</summary>
/// <param name="Programme">The programme's name.</param>
/// <param name="AsOf">The day whose state the paper shows.</param>
/// <param name="PrintedBy">Who printed it; stands on the page and nowhere in the file's properties.</param>
/// <param name="PrintedAt">When; shown in the region's legal time.</param>
public sealed record PaperHeader(string Programme, DateOnly? AsOf, string PrintedBy, DateTimeOffset? PrintedAt);

/// <summary>The lines under a bulletin's mark.</summary>
/// <param name="Number">As it is quoted: <c>第13期</c>.</param>
/// <param name="Issuer">On the left over the red rule.</param>
/// <param name="Date">On the right over the red rule.</param>
public sealed record PaperIssue(string Number, string Issuer, string Date);

/// <summary>The foot of an official document's last page.</summary>
/// <param name="Lines">To whom it goes: <c>报：</c>, <c>送：</c>, <c>发：</c> or <c>抄送：</c>, each with the names.</param>
/// <param name="Printed">On the right, across from <paramref name="Issuer"/>: the date with <c>印发</c>.</param>
/// <param name="Copies">How many, under the last rule; empty for none.</param>
public sealed record PaperColophon(IReadOnlyList<string> Lines, string Issuer, string Printed, string Copies);
