using System.Globalization;
using System.Text.RegularExpressions;
using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>Dependencies as people write them in one field: <c>A1; A2 SS+5; B1 FF-3; C FS+30c</c>.</summary>
/// <remarks>
/// A code of the activity waited for, with <c>27#A3</c> one of another item by its number, then FS (may be left out), SS, FF or SF, then a lag in working days, or with <c>c</c> (or 自然日) in days of the calendar.
/// Parted by semicolons, commas or 、 of either width.
/// </remarks>
public static partial class LinkText
{
    /// <param name="Code">The activity waited for.</param>
    /// <param name="Item">The number of the item that it stands in; <see langword="null"/> for the same plan.</param>
    public readonly record struct Part(string Code, LinkKind Kind, int Lag, bool CalendarDays, int? Item = null);

    /// <exception cref="Refusal">422 <c>link.text</c>: a part cannot be read.</exception>
    public static IReadOnlyList<Part> Read(string text) =>
        [.. text.Split([';', ',', '；', '，', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadPart)];

    public static string Write(IEnumerable<Part> parts) => string.Join("; ", parts.Select(Write));

    public static string Write(Part part) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(part.Item is { } item ? $"{item}#" : "")}{part.Code}{(part is { Kind: LinkKind.FinishToStart, Lag: 0 } ? "" : " " + Abbreviation(part.Kind))}{(part.Lag == 0 ? "" : part.Lag.ToString("+0;-0", CultureInfo.InvariantCulture))}{(part is { CalendarDays: true, Lag: not 0 } ? "c" : "")}");

    public static string Abbreviation(LinkKind kind) => kind switch
    {
        LinkKind.FinishToStart => "FS",
        LinkKind.StartToStart => "SS",
        LinkKind.FinishToFinish => "FF",
        LinkKind.StartToFinish => "SF",
    };

    private static Part ReadPart(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match
            || !int.TryParse(match.Groups["lag"].Value.Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } lag ? lag : "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
        {
            throw Refusal.Invalid("link.text", $"'{text}' is no dependency: write a code, then FS, SS, FF or SF and days if need be, such as A2 SS+5.", text);
        }

        var kind = match.Groups["kind"].Value.ToUpperInvariant() switch
        {
            "SS" => LinkKind.StartToStart,
            "FF" => LinkKind.FinishToFinish,
            "SF" => LinkKind.StartToFinish,
            _ => LinkKind.FinishToStart,
        };
        return new(match.Groups["code"].Value, kind, days, match.Groups["calendar"].Success && days != 0,
            match.Groups["item"].Success ? int.Parse(match.Groups["item"].Value, CultureInfo.InvariantCulture) : null);
    }

    // A code has no space and no sign, so that A-3 is A three days earlier.
    [GeneratedRegex(@"^(?:(?<item>\d{1,6})\s*[#＃]\s*)?(?<code>[\w.]{1,20}?)(?:\s+(?<kind>FS|SS|FF|SF))?\s*(?:(?<lag>[+-]\s*\d{1,4})\s*(?<calendar>c|d|自然日)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
