using System.Globalization;

namespace Rectify.Reading;

/// <summary>A workbook's number format: turns a stored value into what the cell shows.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §18.8.30 and §18.8.31, with the built-in formats of the Chinese locale.</remarks>
internal sealed class NumberFormat
{
    private const double MostGeneral = 1e11; // from twelve digits on, a General cell shows an exponent

    private readonly List<FormatSection> sections;

    public NumberFormat(string code) => sections = FormatSection.Split(code.Length == 0 ? "General" : code);

    /// <summary>Whether numbers are shown as dates or times.</summary>
    public bool IsDate => sections[0].IsDate;

    /// <summary>A text in a cell with this format: almost always itself.</summary>
    public string Text(string text)
    {
        var section = sections.Count >= 4 ? sections[3] : sections[^1];
        return section.HoldsText ? section.WithText(text) : text;
    }

    /// <summary>A number as shown. Dates count from the end of 1899, or from 1904 if the workbook says so.</summary>
    public string Number(double value, bool from1904)
    {
        var (section, shown) = Choose(value);
        return section.IsGeneral ? section.Frame(section.Spell(shown) ?? General(shown))
            : section.HoldsText && !section.HasDigits ? section.WithText(General(value))
            : section.IsDate ? DateFormat.Write(section, value, from1904) ?? General(value)
            : section.HasDigits ? section.Digits(shown)
            : section.Frame("");
    }

    private (FormatSection Section, double Shown) Choose(double value)
    {
        if (sections.Exists(section => section.Condition is not null))
        {
            var met = sections.Find(section => section.Condition?.Invoke(value) ?? true) ?? sections[^1];
            return (met, value < 0 && met != sections[0] ? -value : value);
        }

        return sections.Count switch
        {
            1 => (sections[0], value),
            2 => value < 0 ? (sections[1], -value) : (sections[0], value),
            _ => value < 0 ? (sections[1], -value) : value > 0 ? (sections[0], value) : (sections[2], value),
        };
    }

    /// <summary>A number as a cell without a format shows it: up to eleven places.</summary>
    public static string General(double value)
    {
        var size = Math.Abs(value);
        if (size is 0)
        {
            return "0";
        }

        if (!double.IsFinite(value) || size >= MostGeneral || size < 1e-4)
        {
            return value.ToString("0.#####E+00", CultureInfo.InvariantCulture);
        }

        var whole = Math.Max(1, (int)Math.Floor(Math.Log10(size)) + 1);
        var rounded = Math.Round((decimal)value, Math.Max(0, 10 - whole), MidpointRounding.AwayFromZero);
        return rounded.ToString("0.##########", CultureInfo.InvariantCulture);
    }

    /// <summary>The code of a built-in format, or <see langword="null"/> for a custom one.</summary>
    public static string? BuiltIn(int id) => id switch
    {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 or 36 or 50 or 52 or 57 => "yyyy\"年\"m\"月\"",
        28 or 29 or 51 or 53 or 54 or 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 or 55 => "上午/下午h\"时\"mm\"分\"",
        35 or 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 or 38 => "#,##0;(#,##0)",
        39 or 40 => "#,##0.00;(#,##0.00)",
        41 or 42 => "#,##0;-#,##0;\"-\";@",
        43 or 44 => "#,##0.00;-#,##0.00;\"-\";@",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => null,
    };
}
