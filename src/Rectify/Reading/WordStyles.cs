using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>What a Word document's styles say that matters for its text: level, numbering, hidden text.</summary>
internal sealed partial class WordStyles
{
    private const int LongestChain = 50; // damaged files may hold styles based on themselves

    private readonly Dictionary<string, XElement> styles = [];
    private readonly string defaultParagraph = "";

    public WordStyles(XElement? part)
    {
        foreach (var style in part?.Elements("style") ?? [])
        {
            var id = (string?)style.Attribute("styleId") ?? "";
            styles.TryAdd(id, style);
            if ((string?)style.Attribute("type") is "paragraph" && IsOn(style.Attribute("default")))
            {
                defaultParagraph = id;
            }
        }
    }

    /// <summary>1 to 9 for a heading; 0 for running text.</summary>
    public int Heading(XElement? properties)
    {
        if (Value(properties?.Element("outlineLvl")) is { } direct)
        {
            return Level(direct);
        }

        foreach (var style in Chain(properties))
        {
            if (Value(style.Element("pPr")?.Element("outlineLvl")) is { } level)
            {
                return Level(level);
            }

            var name = Name(style);
            if (HeadingName().Match(name) is { Success: true } match)
            {
                return match.Groups[1].Value[0] - '0';
            }

            if (name is "Title" or "title")
            {
                return 1;
            }
        }

        return 0;
    }

    public bool IsContents(XElement? properties) => Chain(properties).Any(style => ContentsName().IsMatch(Name(style)));

    /// <summary>The numbering that holds for a paragraph: numId and level, or <see langword="null"/>.</summary>
    /// <param name="levelOfStyle">The level that a list ties to a style, or <see langword="null"/>.</param>
    public (string Id, int Level)? Numbering(XElement? properties, Func<string, string, int?> levelOfStyle)
    {
        var direct = properties?.Element("numPr");
        var (id, level) = (Value(direct?.Element("numId")), Number(direct?.Element("ilvl")));
        if (id is null)
        {
            foreach (var style in Chain(properties))
            {
                var own = style.Element("pPr")?.Element("numPr");
                level ??= Number(own?.Element("ilvl"));
                if (Value(own?.Element("numId")) is { } found)
                {
                    id = found;
                    level = levelOfStyle(found, (string?)style.Attribute("styleId") ?? "") ?? level;
                    break;
                }
            }
        }

        return id is null or "0" ? null : (id, Math.Clamp(level ?? 0, 0, 8));
    }

    /// <summary>Whether a run's text is hidden, by itself, its character style or the paragraph's style.</summary>
    public bool IsHidden(XElement? runProperties, XElement? paragraphProperties)
    {
        if (runProperties?.Element("vanish") is { } direct)
        {
            return IsOn(direct.Attribute("val"), absent: true);
        }

        var named = Value(runProperties?.Element("rStyle"));
        foreach (var style in named is null ? Chain(paragraphProperties) : Chain(named).Concat(Chain(paragraphProperties)))
        {
            if (style.Element("rPr")?.Element("vanish") is { } vanish)
            {
                return IsOn(vanish.Attribute("val"), absent: true);
            }
        }

        return false;
    }

    public static string? Value(XElement? element) => (string?)element?.Attribute("val");

    public static int? Number(XElement? element) =>
        int.TryParse(Value(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a property that is there is on: <c>&lt;w:vanish/&gt;</c> is, <c>w:val="0"</c> is not.</summary>
    public static bool IsOn(XAttribute? attribute, bool absent = false) =>
        attribute is null ? absent : attribute.Value is not ("0" or "false" or "off");

    private static int Level(string outline) =>
        int.TryParse(outline, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < 9 ? level + 1 : 0;

    private static string Name(XElement style) => Value(style.Element("name")) ?? "";

    private IEnumerable<XElement> Chain(XElement? properties) => Chain(Value(properties?.Element("pStyle")) ?? defaultParagraph);

    private IEnumerable<XElement> Chain(string id)
    {
        for (var i = 0; i < LongestChain && styles.TryGetValue(id, out var style); i++)
        {
            yield return style;
            id = Value(style.Element("basedOn")) ?? "";
        }
    }

    [GeneratedRegex("^(?:heading|标题) ?([1-9])$", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingName();

    [GeneratedRegex("^(?:toc|目录) ?[1-9]$", RegexOptions.IgnoreCase)]
    private static partial Regex ContentsName();
}
