namespace Rectify.Grammar;

/// <summary>Cuts a text of measures into the measures: 1. … 2. …, （一）…, ①…, 一是…二是….</summary>
internal static class Measures
{
    /// <summary>A measure's number and its text; the number is empty where there is none.</summary>
    public readonly record struct Piece(Stretch Number, Stretch Text);

    private readonly record struct Found(Mark Mark, bool LineStart, bool First);

    /// <summary>Only the outermost numbering cuts; what is numbered inside a measure stays in it.</summary>
    public static List<Piece> Split(Stretch text)
    {
        var trimmed = text.Trim(":", "");
        if (trimmed.IsBlank)
        {
            return [];
        }

        var marks = Marks(trimmed.Folded);
        var chosen = Chosen(trimmed.Folded, marks);
        return chosen.Count == 0 ? Unnumbered(trimmed) : Numbered(trimmed, chosen);
    }

    private static List<Piece> Numbered(Stretch text, List<Mark> marks)
    {
        var pieces = new List<Piece>();
        var lead = text.Slice(0, marks[0].Start).Trim();

        // 具体措施如下： only leads in; a sentence before the first number is a measure without one.
        if (!lead.IsBlank && !lead.Folded.EndsWith(':') && lead.Length > 6)
        {
            pieces.Add(new(Stretch.Empty, lead));
        }

        for (var i = 0; i < marks.Count; i++)
        {
            var end = i + 1 < marks.Count ? marks[i + 1].Start : text.Length;
            var body = text.Slice(marks[i].Rest, end).Trim();
            if (!body.IsBlank)
            {
                pieces.Add(new(text.Slice(marks[i].Start, marks[i].End).Trim(), body));
            }
        }

        return pieces;
    }

    // Without numbers each paragraph that ends as a sentence is a measure of its own.
    private static List<Piece> Unnumbered(Stretch text)
    {
        var pieces = new List<Piece>();
        var open = new List<Stretch>();
        foreach (var line in text.Lines())
        {
            open.Add(line.Trim("", ""));
            if (line.Folded.TrimEnd() is [.., '。' or ';' or '!'])
            {
                pieces.Add(new(Stretch.Empty, Stretch.Join(open)));
                open.Clear();
            }
        }

        if (open.Count > 0)
        {
            pieces.Add(new(Stretch.Empty, Stretch.Join(open)));
        }

        return pieces;
    }

    private static List<Mark> Chosen(string text, List<Found> found)
    {
        var chosen = new List<Mark>();
        var first = found.FindIndex(mark => mark.First);
        if (first < 0)
        {
            first = found.FindIndex(mark => mark.Mark.Value == 1 && (Opens(text, mark) || Begins(text, mark, found)));
        }

        if (first < 0)
        {
            return chosen;
        }

        var style = found[first].Mark.Style;
        var last = 0;
        foreach (var mark in found.Skip(first).Where(mark => mark.Mark.Style == style))
        {
            // A number may be missing or start again, but only where a line begins.
            if (chosen.Count == 0 || mark.Mark.Value == last + 1 || (mark.LineStart && (mark.Mark.Value == last + 2 || (mark.Mark.Value == 1 && last > 1))))
            {
                chosen.Add(mark.Mark);
                last = mark.Mark.Value;
            }
        }

        // 一是 in the middle of a paragraph that is alone is how the measure goes on, unless it is led in.
        return chosen;
    }

    // The first number must open the list: after a lead-in, or in a line of its own.
    private static bool Opens(string text, Found found)
    {
        var before = text.AsSpan(0, found.Mark.Start).TrimEnd();
        return before.IsEmpty || before[^1] == ':' || (found.LineStart && found.Mark.Style != MarkStyle.Ordinal) || before.Length <= 12;
    }

    // …恢复河道原貌。1.清运；2.巡河。 A sentence and then a list of two or more.
    private static bool Begins(string text, Found found, List<Found> all) =>
        found.Mark.Style is MarkStyle.Digit or MarkStyle.DigitBracket or MarkStyle.HanBracket && text.AsSpan(0, found.Mark.Start).TrimEnd() is [.., '。' or '.']
        && all.Exists(next => next.Mark.Start > found.Mark.Start && next.Mark.Style == found.Mark.Style && next.Mark.Value == 2);

    // A number alone in its line, as from a narrow cell beside the measure.
    private static Mark? Alone(string text, int at) =>
        ChineseNumber.TryRead(text, at, out var length, out var value) && char.IsAsciiDigit(text[at]) && value is > 0 and < 100 && at + length < text.Length && text[at + length] == '\n'
            ? new(MarkStyle.Digit, value, at, at + length, at + length + 1)
            : null;

    private static List<Found> Marks(string text)
    {
        var found = new List<Found>();
        var lineStart = true;
        var clauseStart = true;
        var blankSoFar = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n')
            {
                (lineStart, clauseStart) = (true, true);
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                // A space alone opens a clause only for numbers with a sign: 1. … 2. …
                clauseStart = true;
                continue;
            }

            var enclosed = c is >= '\u2460' and <= '\u24FF' or >= '\u2776' and <= '\u277F';
            if ((lineStart || clauseStart || enclosed) && (Mark.TryRead(text, i) ?? (lineStart ? Alone(text, i) : null)) is { } mark && mark.Start == i && Fits(text, mark, lineStart))
            {
                found.Add(new(mark, lineStart, blankSoFar));
                i = Math.Max(i, mark.Rest - 1);
                (lineStart, clauseStart, blankSoFar) = (false, false, false);

                // （一）1. : a number may follow a number.
                clauseStart = true;
                continue;
            }

            (lineStart, blankSoFar) = (false, false);
            clauseStart = c is '。' or ';' or ':' or ',' or '!' or ')' || (c is '.' && i > 0 && text[i - 1] is >= '一' and <= '龥');
        }

        return found;
    }

    private static bool Fits(string text, Mark mark, bool lineStart) => mark.Style switch
    {
        MarkStyle.Part => false,
        MarkStyle.Item or MarkStyle.Decimal => lineStart,
        MarkStyle.Han => lineStart || (mark.Start > 0 && text[mark.Start - 1] is '。' or ';' or ' '),
        MarkStyle.Digit or MarkStyle.DigitBracket or MarkStyle.HanBracket => lineStart || (mark.Start > 0 && text[mark.Start - 1] is not ','),
        MarkStyle.Ordinal => mark.Start == 0 || text[mark.Start - 1] != ')',
        _ => true,
    };
}
