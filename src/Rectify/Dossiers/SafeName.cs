using System.Globalization;
using System.Text;

namespace Rectify.Dossiers;

/// <summary>Names of files and folders that every system can unpack, Windows the strictest.</summary>
/// <remarks>Source: "Naming Files, Paths, and Namespaces", the documentation of Windows: characters, device names, dots and spaces at the end.</remarks>
internal static class SafeName
{
    private const string Forbidden = "<>:\"/\\|?*";

    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name with what may not stand in it replaced, cut to so many bytes of UTF-8; never empty.</summary>
    /// <remarks>Characters that turn the direction of writing are left out: with them 甲fdp.exe looks like 甲exe.pdf.</remarks>
    public static string Of(string name, int most)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => clean.Append(' '),
                UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => clean,
                _ when rune.IsAscii && Forbidden.Contains((char)rune.Value) => clean.Append('_'),
                _ => clean.Append(rune),
            };
        }

        var kept = End(Cut(clean.ToString().Normalize().Trim(), most));
        if (kept.Length == 0)
        {
            return "_";
        }

        return Devices.Contains(kept.Split('.')[0].TrimEnd()) ? "_" + End(Cut(kept, most - 1)) : kept;
    }

    /// <summary>A file's name from what it is called, with the ending of the name it came with.</summary>
    public static string File(string title, string original, int most)
    {
        var ending = Path.GetExtension(original);
        ending = ending.Length is > 1 and <= 11 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : "";
        var stem = title.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && title.Length > ending.Length ? title[..^ending.Length] : title;
        return Of(stem, most - ending.Length) + ending;
    }

    private static string End(string text)
    {
        var length = text.Length;
        while (length > 0 && (text[length - 1] == '.' || char.IsWhiteSpace(text[length - 1])))
        {
            length--;
        }

        return text[..length];
    }

    private static string Cut(string text, int most)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
