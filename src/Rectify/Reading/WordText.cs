using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>One paragraph's text as a reader sees it, with the text boxes anchored in it.</summary>
/// <param name="Parts">The text, cut at page breaks; one part if there are none.</param>
internal sealed record WordLine(IReadOnlyList<string> Parts, IReadOnlyList<XElement> Boxes);

/// <summary>Turns the runs of a Word paragraph into text: changes accepted, fields shown by their results.</summary>
/// <remarks>Fields may begin in one paragraph and end in another, so one object reads a whole story in order.</remarks>
internal sealed class WordText(WordStyles styles, Draft draft)
{
    // Source: the Wingdings and Symbol code charts; Word keeps such characters at F000 plus their code.
    private static readonly Dictionary<(string Font, int Code), string> Symbols = new()
    {
        [("Wingdings", 0xA8)] = "□",
        [("Wingdings", 0x6F)] = "□",
        [("Wingdings", 0xFE)] = "☑",
        [("Wingdings", 0xFC)] = "✓",
        [("Wingdings", 0xFD)] = "☒",
        [("Wingdings", 0x78)] = "☒",
        [("Wingdings", 0x6C)] = "●",
        [("Wingdings", 0x6E)] = "■",
        [("Wingdings 2", 0xA3)] = "□",
        [("Wingdings 2", 0x52)] = "☑",
        [("Wingdings 2", 0x54)] = "☒",
        [("Wingdings 2", 0x50)] = "✓",
        [("Symbol", 0xB7)] = "·",
        [("Symbol", 0xB3)] = "≥",
        [("Symbol", 0xA3)] = "≤",
        [("Symbol", 0xB1)] = "±",
        [("Symbol", 0xB4)] = "×",
        [("Symbol", 0xB0)] = "°",
        [("Symbol", 0x6D)] = "μ",
    };

    private readonly List<bool> fields = []; // for each open field: whether its result has begun
    private readonly List<string> parts = [];
    private readonly List<XElement> boxes = [];
    private readonly StringBuilder text = new();
    private XElement? properties;

    public WordLine Read(XElement paragraph)
    {
        parts.Clear();
        boxes.Clear();
        text.Clear();
        properties = paragraph.Element("pPr");
        Children(paragraph, hidden: false);

        // Instructions end with their paragraph: without this, one damaged field would hide the rest of the document.
        fields.RemoveAll(result => !result);
        parts.Add(text.ToString());
        return new([.. parts], [.. boxes]);
    }

    private void Children(XElement element, bool hidden)
    {
        foreach (var child in element.Elements())
        {
            Read(child, hidden);
        }
    }

    private void Read(XElement element, bool hidden)
    {
        switch (element.Name.LocalName)
        {
            case "r":
                Children(element, hidden || styles.IsHidden(element.Element("rPr"), properties));
                break;
            case "t":
                var preserved = (string?)element.Attribute("space") is "preserve";
                Show(preserved ? element.Value : element.Value.Trim(' ', '\t', '\r', '\n'), hidden);
                break;
            case "tab" or "ptab":
                Show("\t", hidden);
                break;
            case "br" when (string?)element.Attribute("type") is "page":
                if (!hidden && Visible)
                {
                    parts.Add(text.ToString());
                    text.Clear();
                }

                break;
            case "br" or "cr":
                Show("\n", hidden);
                break;
            case "noBreakHyphen":
                Show("-", hidden);
                break;
            case "sym":
                Show(Symbol(element), hidden);
                break;
            case "fldChar":
                Field((string?)element.Attribute("fldCharType"));
                break;
            case "ruby":
                if (element.Element("rubyBase") is { } shown)
                {
                    Children(shown, hidden);
                }

                break;
            case "sdt":
                if (element.Element("sdtPr")?.Element("showingPlcHdr") is null && element.Element("sdtContent") is { } content)
                {
                    Children(content, hidden);
                }

                break;
            case "AlternateContent":
                if (Chosen(element) is { } chosen)
                {
                    Children(chosen, hidden);
                }

                break;
            case "drawing" or "pict" or "object":
                Boxes(element);
                break;
            case "del" or "moveFrom":
                draft.Note("reading.changes-accepted");
                break;
            case "ins" or "moveTo":
                draft.Note("reading.changes-accepted");
                Children(element, hidden);
                break;
            case "pPr" or "rPr" or "instrText" or "delText" or "delInstrText" or "rubyPr" or "rt" or "softHyphen"
                or "footnoteReference" or "endnoteReference" or "annotationRef" or "txbxContent":
                break;
            default:
                // hyperlinks, smart tags, simple fields, formulas and whatever later versions wrap runs in
                Children(element, hidden);
                break;
        }
    }

    private bool Visible => fields.TrueForAll(result => result);

    private void Show(string shown, bool hidden)
    {
        if (!hidden && Visible)
        {
            text.Append(shown);
        }
    }

    private void Field(string? type)
    {
        switch (type)
        {
            case "begin":
                fields.Add(false);
                break;
            case "separate" when fields.Count > 0:
                fields[^1] = true;
                break;
            case "end" when fields.Count > 0:
                fields.RemoveAt(fields.Count - 1);
                break;
        }
    }

    private void Boxes(XElement element)
    {
        foreach (var child in element.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "txbxContent":
                    boxes.Add(child);
                    break;
                case "AlternateContent":
                    if (Chosen(child) is { } chosen)
                    {
                        Boxes(chosen);
                    }

                    break;
                default:
                    Boxes(child);
                    break;
            }
        }
    }

    /// <summary>The one branch to read: both hold the same text, for newer and older programs.</summary>
    public static XElement? Chosen(XElement alternatives) => alternatives.Element("Choice") ?? alternatives.Element("Fallback");

    private static string Symbol(XElement symbol)
    {
        if (!int.TryParse((string?)symbol.Attribute("char"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            return "";
        }

        var font = (string?)symbol.Attribute("font") ?? "";
        return Symbols.TryGetValue((font, code & 0xFF), out var known) && code is >= 0xF000 or < 0x100 ? known
            : code is (> 0x1F and < 0xD800) or (>= 0xF900 and <= 0xFFFD) ? ((char)code).ToString()
            : "";
    }
}
