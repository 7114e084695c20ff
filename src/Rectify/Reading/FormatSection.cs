using System.Globalization;

namespace Rectify.Reading;

/// <summary>One of the parts, between semicolons, of a number format.</summary>
internal sealed class FormatSection
{
    /// <summary>A piece of a format: literal text, one digit place, a mark, or a run of date letters.</summary>
    public readonly record struct Piece(PieceKind Kind, string Text);

    public enum PieceKind { Literal, Digit, Point, Comma, Percent, Exponent, Slash, Text, General, Date, Elapsed, HalfDay }

    private FormatSection()
    {
    }

    public List<Piece> Pieces { get; } = [];

    /// <summary>The test in front of a section, such as <c>[&gt;=100]</c>.</summary>
    public Func<double, bool>? Condition { get; private set; }

    /// <summary>0, or 1 to 3 for <c>[DBNum1]</c>: numbers in Chinese characters.</summary>
    public int ChineseDigits { get; private set; }

    /// <summary>Whether the section names the Chinese locale, for the names of days and months.</summary>
    public bool IsChinese { get; private set; }

    public bool IsGeneral => Has(PieceKind.General);

    public bool IsDate => Has(PieceKind.Date) || Has(PieceKind.Elapsed) || Has(PieceKind.HalfDay);

    public bool HasDigits => Has(PieceKind.Digit);

    public bool HoldsText => Has(PieceKind.Text);

    public static List<FormatSection> Split(string code)
    {
        List<FormatSection> sections = [];
        var (section, i) = (new FormatSection(), 0);
        while (i < code.Length)
        {
            if (code[i] == ';')
            {
                sections.Add(section);
                section = new();
                i++;
            }
            else
            {
                i += section.Take(code.AsSpan(i));
            }
        }

        sections.Add(section);
        return sections;
    }

    public string WithText(string text) => Frame(text);

    /// <summary>The literal text, with a value in the place of General or @.</summary>
    public string Frame(string value) => string.Concat(Pieces.Select(piece => piece.Kind switch
    {
        PieceKind.Literal => piece.Text,
        PieceKind.General or PieceKind.Text => value,
        _ => "",
    }));

    /// <summary>A whole number in Chinese characters if the section asks for them, else <see langword="null"/>.</summary>
    public string? Spell(double value) => ChineseDigits == 0 || value != Math.Floor(value) || Math.Abs(value) >= 1e8
        ? null
        : Spell((long)value, inDigits: false);

    public string? Spell(long value, bool inDigits) => (ChineseDigits, inDigits) switch
    {
        (1, true) => ListNumber.Digitwise(value, "〇一二三四五六七八九"),
        (1, false) => ListNumber.Counting(value, "〇一二三四五六七八九", "十百千万"),
        (2, true) => ListNumber.Digitwise(value, "零壹贰叁肆伍陆柒捌玖"),
        (2, false) => ListNumber.Counting(value, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万", keepLeadingOne: true),
        (3, _) => ListNumber.FullWidth(value.ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    public string Digits(double value) => FormatDigits.Write(this, value);

    public bool Has(PieceKind kind) => Pieces.Exists(piece => piece.Kind == kind);

    // Takes one piece off the front of the code and says how long it was.
    private int Take(ReadOnlySpan<char> code)
    {
        switch (code[0])
        {
            case '"':
                var end = code[1..].IndexOf('"');
                var length = end < 0 ? code.Length : end + 2;
                return Add(PieceKind.Literal, code[1..(end < 0 ? code.Length : end + 1)].ToString(), length);
            case '\\' or '!' when code.Length > 1:
                return Add(PieceKind.Literal, code[1].ToString(), 2);
            case '_' or '*' when code.Length > 1:
                return 2; // room as wide as a character, or a filling: nothing to read
            case '[':
                return Bracket(code);
            case '0' or '#' or '?':
                return Add(PieceKind.Digit, code[0].ToString(), 1);
            case '.':
                return Add(PieceKind.Point, ".", 1);
            case ',':
                return Add(PieceKind.Comma, ",", 1);
            case '%':
                return Add(PieceKind.Percent, "%", 1);
            case '/' when HasDigits:
                return Add(PieceKind.Slash, "/", 1);
            case '@':
                return Add(PieceKind.Text, "@", 1);
            case 'E' when code.Length > 1 && code[1] is '+' or '-':
                return Add(PieceKind.Exponent, code[..2].ToString(), 2);
        }

        foreach (var word in (string[])["General", "G/通用格式", "AM/PM", "A/P", "上午/下午"])
        {
            if (code.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return Add(word[0] == 'G' ? PieceKind.General : PieceKind.HalfDay, word, word.Length);
            }
        }

        var letter = char.ToLowerInvariant(code[0]);
        if (letter is not ('y' or 'm' or 'd' or 'h' or 's' or 'e' or 'a' or 'g' or 'b'))
        {
            return Add(PieceKind.Literal, code[0].ToString(), 1);
        }

        var run = 1;
        while (run < code.Length && char.ToLowerInvariant(code[run]) == letter)
        {
            run++;
        }

        return Add(PieceKind.Date, new string(letter, run), run);
    }

    private int Bracket(ReadOnlySpan<char> code)
    {
        var end = code.IndexOf(']');
        if (end < 0)
        {
            return Add(PieceKind.Literal, code[0].ToString(), 1);
        }

        var inner = code[1..end].ToString();
        var lower = inner.ToLowerInvariant();
        if (lower is "h" or "hh" or "m" or "mm" or "s" or "ss")
        {
            return Add(PieceKind.Elapsed, lower, end + 1);
        }

        if (lower.StartsWith("dbnum", StringComparison.Ordinal))
        {
            ChineseDigits = lower[^1] is >= '1' and <= '3' ? lower[^1] - '0' : 0;
        }
        else if (inner.StartsWith('$'))
        {
            var dash = inner.IndexOf('-', StringComparison.Ordinal);
            IsChinese |= dash >= 0 && inner.EndsWith("804", StringComparison.Ordinal);
            Add(PieceKind.Literal, dash < 0 ? inner[1..] : inner[1..dash], 0);
        }
        else
        {
            Condition = Comparison(inner);
        }

        return end + 1;
    }

    private static Func<double, bool>? Comparison(string test)
    {
        var sign = test.TakeWhile(c => c is '<' or '>' or '=').Count();
        if (!double.TryParse(test.AsSpan(sign), CultureInfo.InvariantCulture, out var bound))
        {
            return null;
        }

        return test[..sign] switch
        {
            "<" => value => value < bound,
            "<=" => value => value <= bound,
            ">" => value => value > bound,
            ">=" => value => value >= bound,
            "=" => value => value == bound,
            "<>" => value => value != bound,
            _ => null,
        };
    }

    private int Add(PieceKind kind, string text, int length)
    {
        Pieces.Add(new(kind, text));
        return length;
    }
}
