using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rectify.Grammar;
using Rectify.Reading;
using Rectify.Tasks;

namespace Rectify.Workbooks;

/// <summary>Makes sense of what people and office programs put into a cell.</summary>
internal static partial class CellValues
{
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    private static readonly HashSet<string> Yes = ["是", "√", "✓", "✔", "y", "yes", "true", "1", "已完成", "完成", "对"];

    private static readonly HashSet<string> No = ["否", "×", "✗", "✕", "x", "n", "no", "false", "0", "未完成", "没有", "-"];

    /// <summary>A number at a scale, from a number, or from a text with full-width digits, groups of three or the unit behind it.</summary>
    /// <param name="unit">The figure's unit, or <c>%</c>.</param>
    /// <param name="fault"><see langword="null"/>, <c>formula</c>, <c>number</c> or <c>decimals</c>.</param>
    public static long? Number(SheetCell? cell, int scale, string unit, out string? fault)
    {
        fault = null;
        if (cell is null)
        {
            return null;
        }

        if (cell.IsError || cell.Day is not null)
        {
            fault = cell.IsError ? "formula" : "number";
            return null;
        }

        var text = Folded(cell.Text);
        decimal number;
        if (cell.Number is { } value)
        {
            // A double holds 15 digits for sure; the conversion rounds to them, so that 0.1 + 0.2 is 0.3.
            if (Math.Abs(value) >= 1e12 || (text.EndsWith('%') && unit is not "%"))
            {
                fault = "number";
                return null;
            }

            number = (decimal)value * (text.EndsWith('%') ? 100 : 1);
        }
        else
        {
            var bare = unit.Length > 0 && text.EndsWith(Folded(unit), StringComparison.OrdinalIgnoreCase) ? text[..^Folded(unit).Length] : text;
            bare = Grouped().IsMatch(bare) ? bare.Replace(",", "", StringComparison.Ordinal) : bare;
            if (!decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            {
                fault = "number";
                return null;
            }
        }

        var figure = ItemWords.ParseFigure(number.ToString(CultureInfo.InvariantCulture), scale);
        fault = figure is not null ? null : Math.Abs(number) >= 1_000_000_000_000m ? "number" : "decimals";
        return figure;
    }

    /// <summary>A day, from a date, a day's number, or a text such as 2019年3月5日, 2019-3-5, 2019/3/5, 20190305, 二〇一九年三月五日.</summary>
    /// <param name="fault"><see langword="null"/>, <c>formula</c> or <c>day</c>.</param>
    public static DateOnly? Day(SheetCell? cell, out string? fault)
    {
        fault = null;
        if (cell is null || cell.Day is not null)
        {
            return cell?.Day;
        }

        if (cell.IsError)
        {
            fault = "formula";
            return null;
        }

        if (cell.Number is >= 10_000 and < 100_000 and var number)
        {
            return DayZero.AddDays((int)number);
        }

        var text = Folded(cell.Text);
        text = Digits().IsMatch(text) ? $"{text[..4]}-{text[4..6]}-{text[6..]}" : text;
        if (Written().Match(text) is { Success: true } parts
            && DateOnly.TryParseExact(
                $"{parts.Groups[1].Value}-{parts.Groups[2].Value.PadLeft(2, '0')}-{parts.Groups[3].Value.PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day))
        {
            return day;
        }

        var folded = Fold.Of(text);
        if (DateGrammar.TryRead(folded, 0, null, out var span) && span.End == folded.Length && span is { Grain: Grain.Day, Range: false, Dated: true })
        {
            return span.From;
        }

        fault = "day";
        return null;
    }

    /// <summary>是 or 否, or what people write for them; empty means no.</summary>
    /// <param name="fault"><see langword="null"/>, <c>formula</c> or <c>choice</c>.</param>
    public static bool Choice(SheetCell? cell, out string? fault)
    {
        var text = cell is null ? "" : Folded(cell.Text).ToLowerInvariant();
        fault = cell is { IsError: true } ? "formula" : text.Length == 0 || Yes.Contains(text) || No.Contains(text) ? null : "choice";
        return fault is null && Yes.Contains(text);
    }

    /// <summary>A text as the cell shows it.</summary>
    /// <param name="fault"><see langword="null"/>, <c>formula</c> or <c>long</c>.</param>
    public static string Text(SheetCell? cell, int longest, out string? fault)
    {
        var text = cell?.Text ?? "";
        fault = cell is { IsError: true } ? "formula" : text.Length > longest ? "long" : null;
        return fault is null ? text : "";
    }

    // Full-width signs become plain ones, every kind of space goes, and the long minus is a minus.
    private static string Folded(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).Replace('\u2212', '-');

    [GeneratedRegex(@"^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^(19|20)[0-9]{6}$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^([0-9]{4})(?:[-/.年])([0-9]{1,2})(?:[-/.月])([0-9]{1,2})日?(?:0?0:00(?::00)?)?$")]
    private static partial Regex Written();
}
