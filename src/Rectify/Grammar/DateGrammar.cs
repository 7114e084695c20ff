namespace Rectify.Grammar;

internal enum Grain { Day, Part, Month, Quarter, Half, Year }

/// <summary>A date or period as written, with its first and last day.</summary>
/// <param name="Start">Where it begins in the folded text.</param>
/// <param name="End">Where it ends; 前 and other words about it come after.</param>
/// <param name="Grain">What the last named part is.</param>
/// <param name="Closing">Whether it names the end of something: 底, 末, 年底, 止.</param>
/// <param name="Range">Whether it goes from one date to another.</param>
/// <param name="Dated">Whether a year is written in it.</param>
internal readonly record struct DateSpan(
    int Start, int End, DateOnly From, DateOnly To, Grain Grain, bool Closing, bool Range, bool Dated);

/// <summary>Dates as documents write them: 2022年12月底, 二〇二二年, 2020.12.31, 2020/6/30, 上半年, 第一季度, 5月22日至28日.</summary>
/// <remarks>A missing year is that of the date before; without one such a date cannot be read.</remarks>
internal static class DateGrammar
{
    /// <summary>Reads the date or range that begins at a place.</summary>
    /// <param name="before">The date before it, for a missing year.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, DateOnly? before, out DateSpan span)
    {
        span = default;
        if (!Starts(text, at) || !One(text, at, before, null, out var first))
        {
            return false;
        }

        span = first;
        var scanner = new Scanner(text, first.Grain == Grain.Day ? Clock(text, first.End) : first.End);
        if (scanner.TakeAny("起", "开始"))
        {
            scanner.Take(",");
        }

        if (!scanner.TakeAny("至", "到", "--", "-", "~", "止") || !One(text, Skip(text, scanner.At), first.From, first, out var last))
        {
            return true;
        }

        var to = last.To < first.From && !last.Dated && last.To.Year < 2100 ? last.To.AddYears(1) : last.To;
        if (to < first.From)
        {
            return true;
        }

        scanner.At = last.Grain == Grain.Day ? Clock(text, last.End) : last.End;
        scanner.TakeAny("止", "结束");
        span = new(first.Start, scanner.At, first.From, to, last.Grain, last.Closing, Range: true, first.Dated || last.Dated);
        return true;
    }

    /// <summary>Every date of a text in order, each with the year of the date before it where it has none of its own.</summary>
    public static List<DateSpan> All(ReadOnlySpan<char> text, DateOnly? before)
    {
        var all = new List<DateSpan>();
        for (var i = 0; i < text.Length; i++)
        {
            if (TryRead(text, i, before, out var span))
            {
                all.Add(span);
                before = span.To;
                i = span.End - 1;
            }
        }

        return all;
    }

    // No date begins inside a longer number or code: GB18918-2002, 0730-8758208, 第2021.
    private static bool Starts(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return false;
        }

        var c = text[at];
        var before = at > 0 ? text[at - 1] : ' ';
        return char.IsAsciiDigit(c)
            ? !char.IsAsciiLetterOrDigit(before) && before is not ('-' or '/' or '[' or '〔') && (before != '.' || YearStands(text, at))
                && !(before == '年' && at > 1 && char.IsAsciiDigit(text[at - 2]))
            : ChineseNumber.IsHan(c)
                ? !ChineseNumber.IsHan(before) && before is not '第'
                : c is '年' or '月' or '上' or '下' or '第' or '今' or '本' or '当' or '明' or '次' or '同' or '“' or '"';
    }

    // 1.2018年8月底前: the point belongs to the number before.
    private static bool YearStands(ReadOnlySpan<char> text, int at) =>
        at + 4 < text.Length && text[at + 4] == '年' && ChineseNumber.TryRead(text, at, out var length, out _) && length == 4;

    private static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static bool One(ReadOnlySpan<char> text, int at, DateOnly? before, DateSpan? start, out DateSpan span)
    {
        span = default;
        if (at >= text.Length)
        {
            return false;
        }

        if (Figures(text, at, out span) || Plan(text, at, out span))
        {
            return true;
        }

        var scanner = new Scanner(text, at);
        if (YearOf(ref scanner, before, out var year, out var dated))
        {
            return InYear(ref scanner, at, year, dated, out span)
                || Make(at, scanner.At, new(year, 1, 1), new(year, 12, 31), Grain.Year, false, dated, out span);
        }

        scanner.At = at;
        if (before is not { } known)
        {
            return false;
        }

        if (start is { Grain: Grain.Day } && DayOnly(ref scanner, known, at, out span))
        {
            return true;
        }

        scanner.At = at;
        if (scanner.TakeAny("本月底", "月底", "月末"))
        {
            return Make(at, scanner.At, new(known.Year, known.Month, 1), LastOf(known.Year, known.Month), Grain.Month, true, false, out span);
        }

        return InYear(ref scanner, at, known.Year, dated: false, out span);
    }

    // 5月22日至28日: the second day stands alone.
    private static bool DayOnly(ref Scanner scanner, DateOnly first, int at, out DateSpan span)
    {
        span = default;
        return scanner.TakeNumber(1, DateTime.DaysInMonth(first.Year, first.Month), out var day)
            && scanner.TakeAny("日", "号")
            && Make(at, scanner.At, new(first.Year, first.Month, day), new(first.Year, first.Month, day), Grain.Day, false, false, out span);
    }

    private static bool YearOf(ref Scanner scanner, DateOnly? before, out int year, out bool dated)
    {
        var start = scanner.At;
        dated = true;
        if (scanner.TakeNumber(1949, 2099, out year, digits: 4))
        {
            // 2019-2020年 leaves out the first 年.
            if (scanner.Take("年") || ((scanner.Sees("-") || scanner.Sees("至") || scanner.Sees("~")) && YearEnds(scanner)))
            {
                return true;
            }
        }

        scanner.At = start;
        if (scanner.TakeNumber(10, 49, out var shortYear, digits: 2) && scanner.Take("年") && scanner.TakeNumber(1, 12, out _))
        {
            scanner.At = start;
            _ = scanner.TakeNumber(10, 49, out _) && scanner.Take("年");
            year = 2000 + shortYear;
            return true;
        }

        scanner.At = start;
        dated = false;
        if (before is { } known)
        {
            year = known.Year;
            if (scanner.TakeAny("今年", "本年度", "本年", "当年", "同年"))
            {
                return true;
            }

            if (year < 2099 && scanner.TakeAny("明年", "次年"))
            {
                year++;
                return true;
            }
        }

        return false;
    }

    private static bool YearEnds(Scanner scanner) =>
        scanner.TakeAny("-", "至", "~") && scanner.TakeNumber(1949, 2099, out _, digits: 4) && scanner.Take("年");

    // What may follow a year: a month, 上半年, 第一季度, 年底.
    private static bool InYear(ref Scanner scanner, int at, int year, bool dated, out DateSpan span)
    {
        span = default;
        var start = scanner.At;
        if (scanner.TakeAny("年底", "年末", "年终") || (dated && scanner.TakeAny("底", "末")))
        {
            return Make(at, scanner.At, new(year, 1, 1), new(year, 12, 31), Grain.Year, true, dated, out span);
        }

        if (scanner.Take("上半年"))
        {
            return Make(at, scanner.At, new(year, 1, 1), new(year, 6, 30), Grain.Half, TakeEnd(ref scanner), dated, out span, scanner.At);
        }

        if (scanner.Take("下半年"))
        {
            return Make(at, scanner.At, new(year, 7, 1), new(year, 12, 31), Grain.Half, TakeEnd(ref scanner), dated, out span, scanner.At);
        }

        if (scanner.Take("年初"))
        {
            return Make(at, scanner.At, new(year, 1, 1), new(year, 1, 31), Grain.Month, false, dated, out span);
        }

        var front = scanner.Take("前");
        scanner.Take("第");
        if (scanner.TakeNumber(1, 4, out var quarter) && scanner.TakeAny("个季度", "季度"))
        {
            var end = TakeEnd(ref scanner);
            return Make(at, scanner.At, new(year, front ? 1 : (quarter * 3) - 2, 1), LastOf(year, quarter * 3), Grain.Quarter, end, dated, out span);
        }

        scanner.At = start;
        if (scanner.TakeNumber(1, 12, out var month) && scanner.TakeAny("月份", "月"))
        {
            return InMonth(ref scanner, at, year, month, dated, out span);
        }

        scanner.At = start;

        // 2019年3-12月: the first 月 is left out.
        if (scanner.TakeNumber(1, 12, out month) && (scanner.Sees("-") || scanner.Sees("至") || scanner.Sees("~")))
        {
            var ahead = scanner;
            if (ahead.TakeAny("-", "至", "~") && ahead.TakeNumber(1, 12, out _) && ahead.Take("月"))
            {
                return Make(at, scanner.At, new(year, month, 1), LastOf(year, month), Grain.Month, false, dated, out span);
            }
        }

        scanner.At = start;
        return false;
    }

    private static bool TakeEnd(ref Scanner scanner) => scanner.TakeAny("底", "末");

    private static bool InMonth(ref Scanner scanner, int at, int year, int month, bool dated, out DateSpan span)
    {
        var start = scanner.At;
        if (scanner.TakeNumber(1, DateTime.DaysInMonth(year, month), out var day) && scanner.TakeAny("日", "号"))
        {
            return Make(at, scanner.At, new(year, month, day), new(year, month, day), Grain.Day, false, dated, out span);
        }

        scanner.At = start;
        var last = LastOf(year, month);
        if (scanner.TakeAny("底", "末"))
        {
            return Make(at, scanner.At, new(year, month, 1), last, Grain.Month, true, dated, out span);
        }

        if (scanner.TakeAny("上旬", "中旬", "下旬", "初"))
        {
            var end = scanner.At;
            scanner.At = start;
            var (from, to) = scanner.TakeAny("上旬", "初") ? (1, 10) : scanner.Take("中旬") ? (11, 20) : (21, last.Day);
            return Make(at, end, new(year, month, from), new(year, month, to), Grain.Part, false, dated, out span);
        }

        return Make(at, scanner.At, new(year, month, 1), last, Grain.Month, false, dated, out span);
    }

    // 2020.12.31, 2020-12, 2020/6/30, 20201231.
    private static bool Figures(ReadOnlySpan<char> text, int at, out DateSpan span)
    {
        span = default;
        if (!char.IsAsciiDigit(text[at]) || !ChineseNumber.TryRead(text, at, out var length, out var whole))
        {
            return false;
        }

        if (MonthFirst.TryRead(text, at, out var american, out var stop))
        {
            return Make(at, stop, american, american, Grain.Day, false, true, out span);
        }

        if (length is >= 6 and <= 8)
        {
            return Compact(text, at, length, whole, out span);
        }

        var scanner = new Scanner(text, at);
        if (!scanner.TakeNumber(1949, 2099, out var year, digits: 4) || scanner.Next is not ('.' or '-' or '/'))
        {
            return false;
        }

        var sign = scanner.Next;
        scanner.At++;
        if (!scanner.TakeNumber(1, 12, out var month) || scanner.Next is '%' or '年')
        {
            return false;
        }

        var end = scanner.At;
        if (scanner.Next == sign)
        {
            scanner.At++;
            if (scanner.TakeNumber(1, DateTime.DaysInMonth(year, month), out var day) && !char.IsAsciiDigit(scanner.Next))
            {
                scanner.TakeAny("日", "号");
                end = Clock(text, scanner.At);
                return Make(at, end, new(year, month, day), new(year, month, day), Grain.Day, false, true, out span);
            }

            return false;
        }

        scanner.At = end;
        scanner.Take("月");
        return Make(at, scanner.At, new(year, month, 1), LastOf(year, month), Grain.Month, TakeEnd(ref scanner), true, out span, scanner.At);
    }

    // A time of day that a workbook may add: 2022/12/31 0:00:00.
    private static int Clock(ReadOnlySpan<char> text, int at)
    {
        var scanner = new Scanner(text, at);
        return scanner.TakeNumber(0, 24, out _) && scanner.Take(":") && scanner.TakeNumber(0, 59, out _)
            ? scanner.Take(":") && scanner.TakeNumber(0, 59, out _) ? scanner.At : scanner.At
            : at;
    }

    // 20201231, and 2018522日 where the signs 年 and 月 were lost: only if it can be read in one way.
    private static bool Compact(ReadOnlySpan<char> text, int at, int length, int whole, out DateSpan span)
    {
        span = default;
        var end = at + length;
        var marked = end < text.Length && text[end] == '日';
        if (length != 8 && !marked)
        {
            return false;
        }

        var scale = length == 8 ? 10_000 : length == 7 ? 1000 : 100;
        var (year, rest) = (whole / scale, whole % scale);
        if (year is < 1949 or > 2099)
        {
            return false;
        }

        (int Month, int Day)[] readings = length switch
        {
            8 => [(rest / 100, rest % 100)],
            7 => [(rest / 100, rest % 100), (rest / 10, rest % 10)],
            _ => [(rest / 10, rest % 10)],
        };
        var valid = readings.Where(r => r.Month is >= 1 and <= 12 && r.Day >= 1 && r.Day <= DateTime.DaysInMonth(year, r.Month)).ToList();
        return valid is [var only]
            && Make(at, marked ? end + 1 : end, new(year, only.Month, only.Day), new(year, only.Month, only.Day), Grain.Day, false, true, out span);
    }

    // “十四五”末: the five-year plans end in the years ending with 0 and 5.
    private static bool Plan(ReadOnlySpan<char> text, int at, out DateSpan span)
    {
        span = default;
        var scanner = new Scanner(text, at);
        scanner.TakeAny("“", "\"");
        if (!scanner.Take("十") || "一二三四五六七八九".IndexOf(scanner.Next) is not (>= 0 and var plan))
        {
            return false;
        }

        scanner.At++;
        if (!scanner.Take("五"))
        {
            return false;
        }

        scanner.TakeAny("”", "\"");
        var end = 2010 + (5 * plan);
        return scanner.TakeAny("规划期末", "期末", "末")
            && Make(at, scanner.At, new(end - 4, 1, 1), new(end, 12, 31), Grain.Year, true, true, out span);
    }

    private static DateOnly LastOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static bool Make(
        int start, int end, DateOnly from, DateOnly to, Grain grain, bool closing, bool dated, out DateSpan span, int? moved = null)
    {
        span = new(start, moved ?? end, from, to, grain, closing, Range: false, dated);
        return true;
    }
}
