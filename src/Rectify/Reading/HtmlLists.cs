using AngleSharp.Dom;

namespace Rectify.Reading;

/// <summary>Writes out the numbers that a browser puts in front of list items.</summary>
internal sealed class HtmlLists
{
    private readonly Dictionary<IElement, Dictionary<IElement, int>> ordinals = [];

    /// <summary>What stands in front of a list item, such as <c>3. </c>; empty in lists with bullets.</summary>
    /// <remarks>Source: HTML Standard §4.4.8, "ordinal value"; CSS Counter Styles 3 for the names of styles.</remarks>
    public string Marker(IElement item)
    {
        if (item.ParentElement is not { LocalName: "ol" } list || item.LocalName is not "li")
        {
            return "";
        }

        var style = Style(item) ?? Style(list) ?? list.GetAttribute("type") switch
        {
            "a" => "lower-alpha",
            "A" => "upper-alpha",
            "i" => "lower-roman",
            "I" => "upper-roman",
            _ => "decimal",
        };
        return style switch
        {
            "none" or "disc" or "circle" or "square" => "",
            "cjk-ideographic" or "simp-chinese-informal" or "trad-chinese-informal" or "cjk-decimal" =>
                ListNumber.Write(Ordinal(list, item), "chineseCountingThousand") + "、",
            "lower-alpha" or "lower-latin" => ListNumber.Write(Ordinal(list, item), "lowerLetter") + ". ",
            "upper-alpha" or "upper-latin" => ListNumber.Write(Ordinal(list, item), "upperLetter") + ". ",
            "lower-roman" => ListNumber.Write(Ordinal(list, item), "lowerRoman") + ". ",
            "upper-roman" => ListNumber.Write(Ordinal(list, item), "upperRoman") + ". ",
            _ => ListNumber.Write(Ordinal(list, item), "decimal") + ". ",
        };
    }

    private int Ordinal(IElement list, IElement item) =>
        (ordinals.TryGetValue(list, out var known) ? known : ordinals[list] = Count(list))[item];

    private static Dictionary<IElement, int> Count(IElement list)
    {
        var counted = new Dictionary<IElement, int>();
        var items = list.Children.Where(child => child.LocalName is "li").ToList();
        var reversed = list.HasAttribute("reversed");
        var next = int.TryParse(list.GetAttribute("start"), out var start) ? start : reversed ? items.Count : 1;
        foreach (var other in items)
        {
            next = int.TryParse(other.GetAttribute("value"), out var value) ? value : next;
            counted[other] = next;
            next += reversed ? -1 : 1;
        }

        return counted;
    }

    private static string? Style(IElement element)
    {
        const string property = "list-style";
        var style = element.GetAttribute("style");
        var at = style?.IndexOf(property, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var value = style![at..].Split(':', ';') is [_, var text, ..] ? text : "";
        return value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.ToLowerInvariant() : null;
    }
}
