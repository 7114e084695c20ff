using System.Globalization;
using System.Text;

namespace Rectify.Reading;

/// <summary>Writes a number as automatic numbering shows it.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §17.18.59 (ST_NumberFormat), with what Word shows where the text leaves a choice.</remarks>
internal static class ListNumber
{
    private const string Digits = "〇一二三四五六七八九";
    private const string FormalDigits = "零壹贰叁肆伍陆柒捌玖";
    private const string Stems = "甲乙丙丁戊己庚辛壬癸";
    private const string Branches = "子丑寅卯辰巳午未申酉戌亥";

    /// <param name="format">The format's name in OOXML; an unknown one is written as decimal.</param>
    public static string Write(int number, string format) => format switch
    {
        "none" or "bullet" => "",
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "upperRoman" => Roman(number),
        "lowerRoman" => Roman(number).ToLowerInvariant(),
        "upperLetter" => Letters(number),
        "lowerLetter" => Letters(number).ToLowerInvariant(),
        "ordinal" => Plain(number) + (number % 100 is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }),
        "decimalFullWidth" or "decimalFullWidth2" => FullWidth(Plain(number)),
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" => Circled(number),
        "decimalEnclosedParen" => number is >= 1 and <= 20 ? Symbol('\u2474', number) : $"({Plain(number)})",
        "decimalEnclosedFullstop" => number is >= 1 and <= 20 ? Symbol('\u2488', number) : Plain(number) + ".",
        "ideographEnclosedCircle" => number is >= 1 and <= 10 ? Symbol('\u3280', number) : Plain(number),
        "chineseCounting" => number < 100 ? Counting(number, Digits, "十百千万") : Digitwise(number, Digits.Replace('〇', '○')),
        "taiwaneseCounting" => number < 100 ? Counting(number, Digits, "十百千萬") : Digitwise(number, Digits.Replace('〇', '○')),
        "chineseCountingThousand" => Counting(number, Digits.Replace('〇', '零'), "十百千万"),
        "taiwaneseCountingThousand" => Counting(number, Digits.Replace('〇', '零'), "十百千萬"),
        "japaneseCounting" => Japanese(number),
        "ideographDigital" or "japaneseDigitalTenThousand" or "taiwaneseDigital" => Digitwise(number, Digits),
        "chineseLegalSimplified" => Counting(number, FormalDigits, "拾佰仟万", keepLeadingOne: true),
        "ideographLegalTraditional" or "japaneseLegal" => Counting(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬", keepLeadingOne: true),
        "ideographTraditional" => number is >= 1 and <= 10 ? Stems[number - 1].ToString() : Plain(number),
        "ideographZodiac" => number is >= 1 and <= 12 ? Branches[number - 1].ToString() : Plain(number),
        "ideographZodiacTraditional" =>
            number is >= 1 and <= 60 ? $"{Stems[(number - 1) % 10]}{Branches[(number - 1) % 12]}" : Plain(number),
        "numberInDash" => $"- {Plain(number)} -",
        "hex" => number.ToString("X", CultureInfo.InvariantCulture),
        _ => Plain(number),
    };

    public static string FullWidth(string digits) =>
        string.Concat(digits.Select(c => c is >= '0' and <= '9' ? (char)(c - '0' + '０') : c));

    /// <summary>A whole number digit by digit, as in 二〇一八.</summary>
    public static string Digitwise(long number, string digits) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(c => c is '-' ? c : digits[c - '0']));

    /// <summary>A whole number in words, such as 一百零三; 十二 and not 一十二 unless told otherwise.</summary>
    /// <param name="units">The words for ten, hundred, thousand and ten thousand.</param>
    public static string Counting(long number, string digits, string units, bool keepLeadingOne = false)
    {
        if (number < 0)
        {
            return "-" + Counting(-number, digits, units, keepLeadingOne);
        }

        if (number == 0)
        {
            return digits[..1];
        }

        if (number >= 100_000_000)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var words = new StringBuilder();
        var (high, low) = (number / 10_000, number % 10_000);
        if (high > 0)
        {
            Section(words, high, digits, units);
            words.Append(units[3]);
            if (low is > 0 and < 1000)
            {
                words.Append(digits[0]);
            }
        }

        Section(words, low, digits, units);
        return !keepLeadingOne && words.Length > 1 && words[0] == digits[1] && words[1] == units[0]
            ? words.ToString(1, words.Length - 1)
            : words.ToString();
    }

    // 百一 and not 一百零一.
    private static string Japanese(int number) => Counting(number, Digits, "十百千万") is var words && number < 100
        ? words
        : words.Replace("〇", "", StringComparison.Ordinal).Replace("一百", "百", StringComparison.Ordinal)
            .Replace("一千", "千", StringComparison.Ordinal).Replace("一十", "十", StringComparison.Ordinal);

    private static void Section(StringBuilder words, long number, string digits, string units)
    {
        var (begun, gap) = (false, false);
        for (var (power, unit) = (1000L, 2); power > 0; power /= 10, unit--)
        {
            var digit = (int)(number / power % 10);
            if (digit == 0)
            {
                gap = begun;
                continue;
            }

            if (gap)
            {
                words.Append(digits[0]);
            }

            (begun, gap) = (true, false);
            words.Append(digits[digit]);
            if (unit >= 0)
            {
                words.Append(units[unit]);
            }
        }
    }

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Symbol(char first, int number) => ((char)(first + number - 1)).ToString();

    private static string Circled(int number) => number switch
    {
        0 => "⓪",
        >= 1 and <= 20 => Symbol('①', number),
        >= 21 and <= 35 => Symbol('㉑', number - 20),
        >= 36 and <= 50 => Symbol('㊱', number - 35),
        _ => Plain(number),
    };

    // After z come aa, bb, cc. Source: ISO/IEC 29500-1 §17.18.59, lowerLetter.
    private static string Letters(int number) => number is < 1 or > 780
        ? Plain(number)
        : new string((char)('A' + ((number - 1) % 26)), ((number - 1) / 26) + 1);

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999)
        {
            return Plain(number);
        }

        (int Value, string Sign)[] signs =
        [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
            (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ];
        var roman = new StringBuilder();
        foreach (var (value, sign) in signs)
        {
            for (; number >= value; number -= value)
            {
                roman.Append(sign);
            }
        }

        return roman.ToString();
    }
}
