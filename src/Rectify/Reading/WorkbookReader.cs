using System.Globalization;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>Reads a workbook: each visible sheet as a break and one table of what its cells show.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §18.</remarks>
internal sealed class WorkbookReader(Package package, Draft draft)
{
    public SourceDocument Read()
    {
        if (package.HasMacros)
        {
            draft.Note("reading.macros");
        }

        var workbook = package.Tree(package.MainPath)!;
        var from1904 = workbook.Element("workbookPr") is { } properties && WordStyles.IsOn(properties.Attribute("date1904"));
        var formats = Formats(package.Tree(Part("styles")));
        var strings = Strings(package, Part("sharedStrings"));
        var blocks = new List<Block>();
        foreach (var sheet in workbook.Element("sheets")?.Elements("sheet") ?? [])
        {
            var name = (string?)sheet.Attribute("name") ?? "";
            var path = package.Target(package.MainPath, (string?)sheet.Attribute("id") ?? "");
            if ((string?)sheet.Attribute("state") is "hidden" or "veryHidden")
            {
                draft.Note("reading.hidden-sheet", name);
            }
            else if (new SheetReader(package, draft, name, strings, formats, from1904).Read(path) is { } table)
            {
                blocks.Add(new Break(name, name));
                blocks.Add(table);
            }
        }

        return draft.Finish(SourceFormat.Xlsx, blocks);
    }

    /// <summary>The text of a rich string: its runs, without the readings written above them.</summary>
    public static string Text(XElement rich) => Unescape(string.Concat(rich.Elements().Select(child => child.Name.LocalName switch
    {
        "t" => child.Value,
        "r" => string.Concat(child.Elements("t").Select(text => text.Value)),
        _ => "",
    })));

    // Characters that XML cannot hold are stored as _x000D_. Source: ISO/IEC 29500-1 §22.9.2.19 (ST_Xstring).
    public static string Unescape(string text)
    {
        for (var at = text.IndexOf("_x", StringComparison.Ordinal); at >= 0; at = text.IndexOf("_x", at + 1, StringComparison.Ordinal))
        {
            if (at + 6 < text.Length && text[at + 6] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text = string.Concat(text.AsSpan(0, at), ((char)code).ToString(), text.AsSpan(at + 7));
            }
        }

        return text;
    }

    /// <summary>The texts that cells name by number.</summary>
    public static List<string> Strings(Package package, string? part)
    {
        var strings = new List<string>();
        using var reader = package.Reader(part);
        reader?.Read();
        while (reader is { EOF: false })
        {
            if (reader is { NodeType: System.Xml.XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(Draft.Tidy(Text(package.Tree(reader))));
            }
            else
            {
                reader.Read();
            }
        }

        return strings;
    }

    /// <summary>One format for each cell style, in the order in which cells name them.</summary>
    public static List<NumberFormat> Formats(XElement? styles)
    {
        var custom = new Dictionary<int, string>();
        foreach (var format in styles?.Element("numFmts")?.Elements("numFmt") ?? [])
        {
            custom[Id(format)] = (string?)format.Attribute("formatCode") ?? "General";
        }

        var made = new Dictionary<int, NumberFormat>();
        return [.. (styles?.Element("cellXfs")?.Elements("xf") ?? []).Select(style =>
        {
            var id = Id(style);
            return made.TryGetValue(id, out var known)
                ? known
                : made[id] = new(custom.GetValueOrDefault(id) ?? NumberFormat.BuiltIn(id) ?? "General");
        })];
    }

    private static int Id(XElement element) =>
        int.TryParse((string?)element.Attribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private string? Part(string kind) => package.Related(package.MainPath, kind).FirstOrDefault();
}
