using System.Globalization;
using Rectify.Platform;

namespace Rectify.Calendars;

/// <summary>The holidays and make-up days of one year, entered by an office after the State Council announced them (国务院办公厅关于…年部分节假日安排的通知).</summary>
/// <remarks>They are added to those that the product brings; where both name a day, these win.</remarks>
public sealed class AnnouncedYear
{
    /// <summary>Most days that one notice names.</summary>
    public const int MostDays = 120;

    /// <summary>The years that may be entered.</summary>
    public const int FirstYear = 2016;

    /// <inheritdoc cref="FirstYear" />
    public const int LastYear = 2079;

    private AnnouncedYear() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary><see cref="FirstYear"/> to <see cref="LastYear"/>.</summary>
    public int Year { get; private init; }

    /// <summary>Its days in order, as <see cref="WorkingCalendar.With"/> reads them; empty once they were taken back.</summary>
    public string Days { get; private set; } = "";

    public int Version { get; private set; }

    internal static AnnouncedYear Create(int year) => new() { Year = year };

    /// <exception cref="Refusal">409: changed since it was seen, or nothing differs.</exception>
    internal void Change(string days, int version)
    {
        if (version != Version)
        {
            throw Refusal.Stale();
        }

        Days = days != Days ? days : throw Refusal.Conflict("calendar.same", "These days stand already.");
        Version++;
    }

    /// <summary>The days as a person writes them, in the form that is kept.</summary>
    /// <param name="text">
    /// One day or stretch of days on a line, then off or work (放假, 上班): <c>2027-01-01~2027-01-03 off</c>. Weekend days that are off need not be named. A notice also moves days of the
    /// last month before its year.
    /// </param>
    /// <exception cref="Refusal">422: a year out of reach, a line that cannot be read, contradicts another or lies outside of the year, or too many days.</exception>
    internal static string Read(int year, string text)
    {
        if (year is < FirstYear or > LastYear)
        {
            throw Refusal.Invalid("calendar.year", $"Holidays are entered for years from {FirstYear} to {LastYear}.", $"{FirstYear}", $"{LastYear}");
        }

        var days = new SortedDictionary<DateOnly, bool>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var (i, line) in lines.Index())
        {
            var parts = line.Split([' ', '\t', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            bool? works = parts[^1] switch { "off" or "\u653e\u5047" or "\u4f11" => false, "work" or "\u4e0a\u73ed" or "\u73ed" => true, _ => null };
            var ends = string.Concat(parts[..^1]).Replace('\uff5e', '~').Replace('\u81f3', '~').Split('~').Select(Day).ToList();
            if (works is not { } kind || ends is not ([{ }] or [{ }, { }]) || ends[^1] < ends[0])
            {
                throw Refusal.Invalid("calendar.line", $"Line {i + 1} is not a day with 'off' or 'work', or contradicts an earlier line: '{line}'.");
            }

            for (var day = ends[0]!.Value; day <= ends[^1]; day = day.AddDays(1))
            {
                if (day.Year != year && (day.Year != year - 1 || day.Month != 12))
                {
                    throw Refusal.Invalid("calendar.outside", $"{day:yyyy-MM-dd} is no day that a notice for {year} names.", day, year.ToString(CultureInfo.InvariantCulture));
                }

                if (days.Count > MostDays || (!days.TryAdd(day, kind) && days[day] != kind))
                {
                    throw Refusal.Invalid("calendar.line", $"Line {i + 1} is not a day with 'off' or 'work', or contradicts an earlier line: '{line}'.");
                }
            }
        }

        return string.Join('\n', days.Select(day => $"{day.Key:yyyy-MM-dd}\t{(day.Value ? "work" : "off")}"));
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
