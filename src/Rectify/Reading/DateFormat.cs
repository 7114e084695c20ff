using System.Globalization;
using System.Text;
using static Rectify.Reading.FormatSection;

namespace Rectify.Reading;

/// <summary>Writes a workbook's serial day as the format shows it, such as 2019年3月.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §18.17.4 (dates), §18.8.31 (letters).</remarks>
internal static class DateFormat
{
    private const double LastDay = 2_958_466; // the day after 9999-12-31
    private const double FalseLeapDay = 60; // 1900-02-29, which never was, counts as a day
    private const int DaysTo1904 = 1462;

    private static readonly string[] Weekdays = ["日", "一", "二", "三", "四", "五", "六"];

    /// <summary>The text, or <see langword="null"/> if the number is no day.</summary>
    public static string? Write(FormatSection section, double serial, bool from1904)
    {
        serial += from1904 ? DaysTo1904 : 0;
        if (serial is not (>= 0 and < LastDay))
        {
            return null;
        }

        var pieces = section.Pieces;
        var decimals = SecondDecimals(pieces);
        var unit = TimeSpan.TicksPerSecond / (long)Math.Pow(10, decimals);
        var ticks = (long)Math.Round(serial * TimeSpan.TicksPerDay / unit) * unit;
        var moment = new DateTime(1899, 12, 30).AddTicks(ticks).AddDays(serial < FalseLeapDay ? 1 : 0);
        var elapsed = TimeSpan.FromTicks(ticks);
        var halves = section.Has(PieceKind.HalfDay);

        var text = new StringBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            text.Append(piece.Kind switch
            {
                PieceKind.Literal => piece.Text,
                PieceKind.Date when piece.Text[0] is 'm' && IsMinutes(pieces, i) => Pad(section, moment.Minute, piece.Text),
                PieceKind.Date => Part(section, moment, piece.Text, halves),
                PieceKind.Elapsed => ((long)(piece.Text[0] switch
                {
                    'h' => elapsed.TotalHours,
                    'm' => elapsed.TotalMinutes,
                    _ => elapsed.TotalSeconds,
                })).ToString(new string('0', piece.Text.Length), CultureInfo.InvariantCulture),
                PieceKind.HalfDay => HalfDay(piece.Text, moment.Hour < 12),
                PieceKind.Point => ".",
                PieceKind.Comma => ",",
                PieceKind.Slash => "/",
                PieceKind.Digit => Fraction(pieces, i, moment),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Part(FormatSection section, DateTime moment, string letters, bool halves) => letters switch
    {
        "yy" or "y" => Year(section, moment.Year % 100, "00"),
        ['y', ..] or ['e', ..] => Year(section, moment.Year, "0000"),
        "mmmmm" => moment.ToString("MMMM", CultureInfo.InvariantCulture)[..1],
        "mmmm" when section.IsChinese => ListNumber.Write(moment.Month, "chineseCounting") + "月",
        "mmmm" => moment.ToString("MMMM", CultureInfo.InvariantCulture),
        "mmm" when section.IsChinese => $"{moment.Month}月",
        "mmm" => moment.ToString("MMM", CultureInfo.InvariantCulture),
        ['m', ..] => Pad(section, moment.Month, letters),
        "dddd" when !section.IsChinese => moment.ToString("dddd", CultureInfo.InvariantCulture),
        "ddd" when !section.IsChinese => moment.ToString("ddd", CultureInfo.InvariantCulture),
        "aaaa" or "dddd" => "星期" + Weekdays[(int)moment.DayOfWeek],
        "aaa" or "ddd" => "周" + Weekdays[(int)moment.DayOfWeek],
        ['d', ..] => Pad(section, moment.Day, letters),
        ['h', ..] => Pad(section, halves ? ((moment.Hour + 11) % 12) + 1 : moment.Hour, letters),
        ['s', ..] => Pad(section, moment.Second, letters),
        _ => "",
    };

    private static string Year(FormatSection section, int year, string places) =>
        section.Spell(year, inDigits: true) ?? year.ToString(places, CultureInfo.InvariantCulture);

    private static string Pad(FormatSection section, int number, string letters) =>
        section.Spell(number, inDigits: false)
        ?? number.ToString(letters.Length > 1 ? "00" : "0", CultureInfo.InvariantCulture);

    // m is minutes next to hours or seconds.
    private static bool IsMinutes(List<Piece> pieces, int at)
    {
        if (pieces[at].Text.Length > 2)
        {
            return false;
        }

        var before = pieces.Take(at).LastOrDefault(piece => piece.Kind is PieceKind.Date or PieceKind.Elapsed).Text;
        var after = pieces.Skip(at + 1).FirstOrDefault(piece => piece.Kind is PieceKind.Date or PieceKind.Elapsed).Text;
        return before is ['h', ..] || after is ['s', ..];
    }

    private static string HalfDay(string words, bool morning) => words switch
    {
        "上午/下午" => morning ? "上午" : "下午",
        ['A' or 'a', '/', ..] => morning ? "A" : "P",
        _ => morning ? "AM" : "PM",
    };

    private static int SecondDecimals(List<Piece> pieces)
    {
        var point = pieces.FindIndex(piece => piece.Kind == PieceKind.Point);
        return point < 0 ? 0 : Math.Min(3, pieces.Skip(point + 1).TakeWhile(piece => piece.Kind == PieceKind.Digit).Count());
    }

    private static string Fraction(List<Piece> pieces, int at, DateTime moment)
    {
        var point = pieces.FindLastIndex(at, piece => piece.Kind == PieceKind.Point);
        var place = at - point;
        return point < 0 || place > 3
            ? ""
            : moment.Millisecond.ToString("000", CultureInfo.InvariantCulture)[place - 1].ToString();
    }
}
