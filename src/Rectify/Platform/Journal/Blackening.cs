using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Rectify.Platform.Journal;

/// <summary>Puts a bar where a value stands in a text, or in the texts of a JSON document however they are escaped, and changes nothing else.</summary>
internal static partial class Blackening
{
    private const char Ink = '\u2588';

    /// <summary>How the product's rooms write characters into JSON.</summary>
    private static readonly JavaScriptEncoder[] Encoders = [JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JavaScriptEncoder.Create(UnicodeRanges.All), JavaScriptEncoder.Default];

    /// <summary>The shortest value that is blackened in documents: a single character stands everywhere.</summary>
    public const int Shortest = 2;

    /// <summary>No longer than the value, so that it fits wherever that did, and at most four characters, so that it does not tell how long that was.</summary>
    public static string BarFor(string value) => new(Ink, Math.Min(4, value.Length));

    /// <summary>The value as it can stand in a column: plain, folded for searches, and as JSON writes it, once and twice over.</summary>
    public static IReadOnlyList<string> FormsOf(string value) =>
    [
        .. new[] { value, value.ToLowerInvariant() }
            .Concat(Encoders.Select(encoder => encoder.Encode(value)))
            .Concat(Encoders.Select(encoder => encoder.Encode(encoder.Encode(value))))
            .Distinct(),
    ];

    /// <summary>Whether the value stands in the text, whatever its case.</summary>
    public static bool Holds(string? text, string value) => text is not null && !ReferenceEquals(Of(text, value), text);

    /// <returns>The very same text if the value does not stand in it.</returns>
    public static string Of(string text, string value)
    {
        if (!IsJson(text))
        {
            return text.Contains(value, StringComparison.OrdinalIgnoreCase) ? text.Replace(value, BarFor(value), StringComparison.OrdinalIgnoreCase) : text;
        }

        var changed = false;
        var black = Texts().Replace(text, literal =>
        {
            var said = literal.Groups["name"].Success ? "" : JsonSerializer.Deserialize<string>(literal.ValueSpan)!;
            var left = Of(said, value);
            if (ReferenceEquals(left, said))
            {
                return literal.Value;
            }

            changed = true;
            return $"\"{(Encoders.FirstOrDefault(encoder => encoder.Encode(said) == literal.Value[1..^1]) ?? Encoders[0]).Encode(left)}\"";
        });

        // With its salt the hash of before would let whoever has the rest try one value after the other.
        return changed ? Salts().Replace(black, $"${{1}}{HashSalt.New()}${{2}}") : text;
    }

    /// <summary>The texts that people read in a column: itself, or the texts of a JSON document and of documents within these.</summary>
    public static IEnumerable<string> TextsOf(string text) => !IsJson(text)
        ? [text]
        : Texts().Matches(text).Where(literal => !literal.Groups["name"].Success).SelectMany(literal => TextsOf(JsonSerializer.Deserialize<string>(literal.Value)!)).Where(said => said.Length > 0);

    private static bool IsJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A text of JSON; with the colon behind it the name of a member.
    [GeneratedRegex("""(?>"(?>[^"\\]|\\.)*")(?<name>\s*:)?""", RegexOptions.Singleline)]
    private static partial Regex Texts();

    [GeneratedRegex("""("salt"\s*:\s*")[A-Za-z0-9_-]{22}(")""")]
    private static partial Regex Salts();
}
