using System.Globalization;
using System.Text;
using Rectify.Platform;
using Rectify.Platform.Text;

namespace Rectify.Reading;

/// <summary>A document being read: gives out paragraph ids, holds the limits, and says no in the file's name.</summary>
internal sealed class Draft(string name, ReadingLimits limits, CancellationToken ct)
{
    private readonly List<ReadingNotice> notices = [];
    private int lastId;
    private int paragraphs;
    private long cells;

    public ReadingLimits Limits => limits;

    public CancellationToken Ct => ct;

    public string Name => name;

    /// <summary>A refusal that names the file.</summary>
    public Refusal No(string code, params object[] arguments) =>
        Refusal.Invalid(code, ReadingTexts.Get(code, [name, .. arguments]), [name, .. arguments]);

    /// <summary>The refusal for a limit passed.</summary>
    /// <param name="unit">What is counted: <c>bytes</c>, <c>cells</c>, <c>paragraphs</c>, <c>elements</c> or <c>pages</c>.</param>
    public Refusal TooLarge(string unit, long limit) => No(
        "reading.too-large", new Phrase("reading.unit." + unit, (unit is "bytes" ? limit / 1048576.0 : limit).ToString("0.##", CultureInfo.InvariantCulture)));

    public void Note(string code, params string[] arguments)
    {
        if (!notices.Exists(notice => notice.Code == code && notice.Arguments.AsSpan().SequenceEqual(arguments)))
        {
            notices.Add(new(code, arguments));
        }
    }

    /// <summary>A paragraph with the next id, or <see langword="null"/> if nothing is left of its text.</summary>
    public Paragraph? Paragraph(string text, int heading = 0, string place = "") =>
        Tidy(text) is { Length: > 0 } tidy ? Counted(new(++lastId, tidy, heading, place)) : null;

    /// <summary>The one paragraph of a workbook's cell: bounded as a cell.</summary>
    public Paragraph CellParagraph(string tidy, string place) => new(++lastId, tidy, 0, place);

    /// <summary>Counts a cell about to be made, by the grid places that it covers.</summary>
    public void CountCell(long places = 1)
    {
        if ((cells += places) > limits.Cells)
        {
            throw TooLarge("cells", limits.Cells);
        }

        ct.ThrowIfCancellationRequested();
    }

    public SourceDocument Finish(SourceFormat format, List<Block> blocks) =>
        lastId == 0 ? throw No("reading.nothing") : new(name, format, blocks, notices);

    /// <summary>The text as the block model wants it: one kind of space and line end, nothing invisible.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                tidy.Append(c).Append(text[++i]);
                continue;
            }

            switch (c)
            {
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\r' or '\n' or '\v' or '\f' or '\u2028' or '\u2029' or '\u0085':
                    TrimLine(tidy);
                    tidy.Append('\n');
                    break;
                case '\t':
                    tidy.Append(c);
                    break;
                case '\u00a0' or '\u2007' or '\u202f':
                    tidy.Append(' ');
                    break;
                case '\u2011':
                    tidy.Append('-');
                    break;
                case '\u00ad' or '\ufeff' or '\ufffe' or '\uffff':
                    break;
                default:
                    if (char.IsSurrogate(c))
                    {
                        tidy.Append('\ufffd');
                    }
                    else if (!char.IsControl(c) && (char.GetUnicodeCategory(c) is not UnicodeCategory.Format || c is '\u200d' or '\u200c'))
                    {
                        tidy.Append(Han.Usual(c));
                    }

                    break;
            }
        }

        TrimLine(tidy);
        return tidy.ToString().Trim();
    }

    private static void TrimLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] != '\n' && char.IsWhiteSpace(text[^1]))
        {
            text.Length--;
        }
    }

    private Paragraph Counted(Paragraph paragraph)
    {
        if (++paragraphs > limits.Paragraphs)
        {
            throw TooLarge("paragraphs", limits.Paragraphs);
        }

        ct.ThrowIfCancellationRequested();
        return paragraph;
    }
}
