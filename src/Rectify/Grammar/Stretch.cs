using Rectify.Reading;

namespace Rectify.Grammar;

/// <summary>A run of document text that still knows where every character of it stands.</summary>
/// <remarks>Pieces from different paragraphs are joined by one line end, which stands nowhere in the document.</remarks>
internal sealed class Stretch
{
    public static readonly Stretch Empty = new("", "", []);

    private readonly Piece[] pieces;

    private Stretch(string text, string folded, Piece[] pieces) => (Text, Folded, this.pieces) = (text, folded, pieces);

    private readonly record struct Piece(int Offset, int Paragraph, int Start, int Length);

    public string Text { get; }

    /// <summary><see cref="Text"/> in the spelling that the grammar compares, character for character.</summary>
    public string Folded { get; }

    public int Length => Text.Length;

    public bool IsBlank => string.IsNullOrWhiteSpace(Folded);

    /// <summary>The places of the document it was read from, without the white space at their ends.</summary>
    public IReadOnlyList<Passage> At
    {
        get
        {
            var at = new List<Passage>(pieces.Length);
            foreach (var piece in pieces)
            {
                var text = Text.AsSpan(piece.Offset, piece.Length);
                var length = text.Trim().Length;
                if (length > 0)
                {
                    at.Add(new(piece.Paragraph, piece.Start + piece.Length - text.TrimStart().Length, length));
                }
            }

            return at;
        }
    }

    public static Stretch Of(Paragraph paragraph) => paragraph.Text.Length == 0
        ? Empty
        : new(paragraph.Text, Fold.Of(paragraph.Text), [new(0, paragraph.Id, 0, paragraph.Text.Length)]);

    /// <param name="sign">What stands between the parts, and nowhere in the document.</param>
    public static Stretch Join(IEnumerable<Stretch> parts, string sign = "\n")
    {
        var filled = parts.Where(part => !part.IsBlank).ToList();
        if (filled.Count < 2)
        {
            return filled.FirstOrDefault() ?? Empty;
        }

        var pieces = new List<Piece>();
        var offset = 0;
        foreach (var part in filled)
        {
            foreach (var piece in part.pieces)
            {
                pieces.Add(piece with { Offset = piece.Offset + offset });
            }

            offset += part.Length + sign.Length;
        }

        return new(
            string.Join(sign, filled.Select(part => part.Text)),
            string.Join(sign, filled.Select(part => part.Folded)),
            [.. pieces]);
    }

    public Stretch Slice(int start, int end)
    {
        start = Math.Clamp(start, 0, Length);
        end = Math.Clamp(end, start, Length);
        if (start == 0 && end == Length)
        {
            return this;
        }

        var kept = new List<Piece>();
        foreach (var piece in pieces)
        {
            var from = Math.Max(start, piece.Offset);
            var to = Math.Min(end, piece.Offset + piece.Length);
            if (from < to)
            {
                kept.Add(new(from - start, piece.Paragraph, piece.Start + from - piece.Offset, to - from));
            }
        }

        return new(Text[start..end], Folded[start..end], [.. kept]);
    }

    public Stretch Trim() => Trim("", "");

    /// <summary>Without white space and the given signs (in folded spelling) at its ends.</summary>
    public Stretch Trim(string before, string after)
    {
        var (start, end) = (0, Length);
        while (start < end && (char.IsWhiteSpace(Folded[start]) || before.Contains(Folded[start], StringComparison.Ordinal)))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(Folded[end - 1]) || after.Contains(Folded[end - 1], StringComparison.Ordinal)))
        {
            end--;
        }

        return Slice(start, end);
    }

    /// <summary>Its lines, without those that are blank.</summary>
    public IEnumerable<Stretch> Lines()
    {
        var start = 0;
        for (var i = 0; i <= Length; i++)
        {
            if (i == Length || Text[i] == '\n')
            {
                if (Slice(start, i) is { IsBlank: false } line)
                {
                    yield return line;
                }

                start = i + 1;
            }
        }
    }

    /// <summary>As a name: without line ends, and without the spaces that scanning leaves between Chinese characters.</summary>
    public string AsName()
    {
        var text = string.Concat(Text.Split('\n', StringSplitOptions.TrimEntries));
        return string.Concat(text.Where((c, i) => c != ' ' || i == 0 || i + 1 == text.Length || text[i - 1] is < '一' or > '龥' || text[i + 1] is < '一' or > '龥'));
    }

    public DraftText ToDraft() => IsBlank ? DraftText.None : new(Text.Trim(), At);
}
