using System.Globalization;
using System.Text;
using static Rectify.Reading.FormatSection;

namespace Rectify.Reading;

/// <summary>Writes a number into the digit places of a format such as <c>#,##0.00"万元"</c>.</summary>
internal static class FormatDigits
{
    public static string Write(FormatSection section, double value)
    {
        var pieces = section.Pieces;
        var percents = pieces.Count(piece => piece.Kind == PieceKind.Percent);
        value *= Math.Pow(100, percents);
        if (Math.Abs(value) >= 1e28 || !double.IsFinite(value))
        {
            return NumberFormat.General(value);
        }

        if (section.Has(PieceKind.Exponent))
        {
            return value.ToString(string.Concat(pieces.Where(piece => piece.Kind is not PieceKind.Literal).Select(piece => piece.Text)), CultureInfo.InvariantCulture);
        }

        if (section.Has(PieceKind.Slash))
        {
            return Fraction(pieces, value);
        }

        var lastDigit = pieces.FindLastIndex(piece => piece.Kind == PieceKind.Digit);
        var point = pieces.FindIndex(piece => piece.Kind == PieceKind.Point);
        point = point < 0 ? pieces.Count : point;

        // Commas behind the last digit divide by a thousand each; commas among the digits group them.
        var scale = pieces.Skip(lastDigit + 1).TakeWhile(piece => piece.Kind == PieceKind.Comma).Count();
        var firstDigit = pieces.FindIndex(piece => piece.Kind == PieceKind.Digit);
        var grouped = pieces.Take(Math.Min(lastDigit, point)).Skip(firstDigit).Any(piece => piece.Kind == PieceKind.Comma);

        var places = pieces.Skip(point).Count(piece => piece.Kind == PieceKind.Digit);
        var number = Math.Round((decimal)(value / Math.Pow(1000, scale)), Math.Min(places, 28), MidpointRounding.AwayFromZero);
        var digits = Math.Abs(number).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var whole = digits.Split('.')[0].TrimStart('0');
        var decimals = places > 0 ? digits.Split('.')[1] : "";

        var text = Whole(pieces.GetRange(0, point), whole, grouped) + Decimals(pieces.GetRange(point, pieces.Count - point), decimals);
        text = section.ChineseDigits switch
        {
            0 => text,
            _ when places == 0 && !grouped && section.Spell((double)Math.Abs(number)) is { } spelt && pieces.Count(piece => piece.Kind == PieceKind.Digit) == 1 =>
                string.Concat(pieces.Select(piece => piece.Kind == PieceKind.Digit ? spelt : piece.Kind == PieceKind.Literal ? piece.Text : "")),
            _ => string.Concat(text.Select(c => c is >= '0' and <= '9' ? section.Spell(c - '0', inDigits: true) : c.ToString())),
        };
        return number < 0 ? "-" + text : text;
    }

    // Digits fill the places from the right; the first place takes all that are left.
    private static string Whole(List<Piece> pieces, string digits, bool grouped)
    {
        var (left, count) = (digits.Length, 0);
        var first = pieces.FindIndex(piece => piece.Kind == PieceKind.Digit);
        var reversed = new StringBuilder();

        void Put(char digit)
        {
            if (grouped && count > 0 && count % 3 == 0 && digit != ' ')
            {
                reversed.Append(',');
            }

            reversed.Append(digit);
            count++;
        }

        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            switch (pieces[i].Kind)
            {
                case PieceKind.Digit:
                    if (left > 0)
                    {
                        Put(digits[--left]);
                    }
                    else if (pieces[i].Text is "0")
                    {
                        Put('0');
                    }

                    while (i == first && left > 0)
                    {
                        Put(digits[--left]);
                    }

                    break;
                case PieceKind.Literal or PieceKind.Percent:
                    foreach (var c in pieces[i].Text.Reverse())
                    {
                        reversed.Append(c);
                    }

                    break;
            }
        }

        return string.Concat(reversed.ToString().Reverse()) + (first < 0 ? digits : "");
    }

    private static string Decimals(List<Piece> pieces, string digits)
    {
        var text = new StringBuilder();
        var next = 0;
        foreach (var piece in pieces)
        {
            switch (piece.Kind)
            {
                case PieceKind.Point or PieceKind.Literal or PieceKind.Percent:
                    text.Append(piece.Text);
                    break;
                case PieceKind.Digit when piece.Text is "0" || digits.AsSpan(next).ContainsAnyExcept('0'):
                    text.Append(digits[next++]);
                    break;
                case PieceKind.Digit:
                    next++;
                    break;
            }
        }

        return text.ToString();
    }

    private static string Fraction(List<Piece> pieces, double value)
    {
        var slash = pieces.FindIndex(piece => piece.Kind == PieceKind.Slash);
        var fixedTo = string.Concat(pieces.Skip(slash + 1).TakeWhile(piece => piece.Kind is PieceKind.Digit or PieceKind.Literal).Select(piece => piece.Text)).Trim();
        var most = (int)Math.Pow(10, Math.Clamp(fixedTo.Length, 1, 3)) - 1;
        var (size, whole) = (Math.Abs(value), Math.Floor(Math.Abs(value)));
        if (whole >= int.MaxValue)
        {
            return NumberFormat.General(value);
        }

        var rest = size - whole;
        var denominators = int.TryParse(fixedTo, NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told > 0
            ? Enumerable.Repeat(told, 1)
            : Enumerable.Range(1, most);
        var best = denominators.MinBy(denominator => Math.Abs(rest - (Math.Round(rest * denominator) / denominator)));
        var top = (int)Math.Round(rest * best);
        (whole, top) = top == best ? (whole + 1, 0) : (whole, top);
        var text = (whole, top) switch
        {
            (var n, 0) => NumberFormat.General(n),
            (0, var n) => $"{n}/{best}",
            var (n, m) => $"{NumberFormat.General(n)} {m}/{best}",
        };
        return value < 0 ? "-" + text : text;
    }
}
