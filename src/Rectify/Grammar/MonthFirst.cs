namespace Rectify.Grammar;

/// <summary>12/31/2022: how a workbook made with American settings shows a day.</summary>
internal static class MonthFirst
{
    public static bool TryRead(ReadOnlySpan<char> text, int at, out DateOnly day, out int end)
    {
        var scanner = new Scanner(text, at);
        (day, end) = (default, at);
        if (!scanner.TakeNumber(1, 12, out var month) || !scanner.Take("/") || !scanner.TakeNumber(1, 31, out var date) || !scanner.Take("/")
            || !scanner.TakeNumber(1949, 2099, out var year, digits: 4) || date > DateTime.DaysInMonth(year, month) || char.IsAsciiDigit(scanner.Next))
        {
            return false;
        }

        (day, end) = (new(year, month, date), scanner.At);
        return true;
    }
}
