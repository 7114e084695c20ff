using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>Reads a Word document as a reader sees it, without headers, footers and notes.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §17. The body is read block by block, so memory follows its largest table.</remarks>
internal sealed class WordReader
{
    private readonly Package package;
    private readonly Draft draft;
    private readonly WordStyles styles;
    private readonly WordNumbering numbering;
    private int contents;
    private int embedded;

    public WordReader(Package package, Draft draft)
    {
        (this.package, this.draft) = (package, draft);
        styles = new(package.Tree(Part("styles")));
        numbering = new(package.Tree(Part("numbering")));
    }

    public SourceDocument Read()
    {
        var story = new Story(new WordText(styles, draft), 0);
        Blocks(Body(), story);
        EndStory(story);
        Notes();
        return draft.Finish(SourceFormat.Docx, story.Blocks);
    }

    private sealed class Story(WordText text, int nesting)
    {
        public WordText Text => text;

        public int Nesting => nesting;

        public List<Block> Blocks { get; } = [];

        /// <summary>Text of paragraphs whose end was deleted: the next paragraph goes on with it.</summary>
        public StringBuilder Carried { get; } = new();

        public List<XElement> CarriedBoxes { get; } = [];
    }

    private IEnumerable<XElement> Body()
    {
        using var reader = package.Reader(package.MainPath)!;
        while (reader.Read() && !(reader.NodeType is XmlNodeType.Element && reader.LocalName is "body"))
        {
        }

        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType is XmlNodeType.Element)
            {
                yield return package.Tree(reader);
            }
            else
            {
                reader.Read();
            }
        }
    }

    private void Blocks(IEnumerable<XElement> elements, Story story)
    {
        foreach (var element in elements)
        {
            switch (element.Name.LocalName)
            {
                case "p":
                    Paragraph(element, story);
                    break;
                case "tbl":
                    Table(element, story);
                    break;
                case "sdt" when IsContents(element):
                    contents += element.Descendants("p").Count();
                    break;
                case "sdt" when element.Element("sdtPr")?.Element("showingPlcHdr") is null:
                    Blocks(element.Element("sdtContent")?.Elements() ?? [], story);
                    break;
                case "AlternateContent":
                    Blocks(WordText.Chosen(element)?.Elements() ?? [], story);
                    break;
                case "customXml" or "smartTag" or "ins" or "moveTo":
                    Blocks(element.Elements(), story);
                    break;
                case "altChunk":
                    embedded++;
                    break;
            }
        }
    }

    private void Paragraph(XElement element, Story story)
    {
        var properties = element.Element("pPr");
        var line = story.Text.Read(element);
        var mark = properties?.Element("rPr");
        if (mark?.Element("del") is not null || mark?.Element("moveFrom") is not null)
        {
            draft.Note("reading.changes-accepted");
            story.Carried.AppendJoin('\n', line.Parts);
            story.CarriedBoxes.AddRange(line.Boxes);
            return;
        }

        var parts = line.Parts.ToArray();
        parts[0] = story.Carried + parts[0];
        List<XElement> boxes = [.. story.CarriedBoxes, .. line.Boxes];
        story.Carried.Clear();
        story.CarriedBoxes.Clear();

        if (styles.IsContents(properties))
        {
            contents++;
            return;
        }

        var hidden = mark?.Element("vanish") is { } vanish && WordStyles.IsOn(vanish.Attribute("val"), absent: true);
        if (!hidden || parts.Any(part => part.Length > 0))
        {
            Lines(parts, properties, story);
        }

        foreach (var box in boxes)
        {
            story.Blocks.AddRange(Within(box.Elements(), story.Nesting));
        }

        if (properties?.Element("sectPr") is { } section && WordStyles.Value(section.Element("type")) is not "continuous")
        {
            Break(story);
        }
    }

    private void Lines(string[] parts, XElement? properties, Story story)
    {
        if (properties?.Element("pageBreakBefore") is { } before && WordStyles.IsOn(before.Attribute("val"), absent: true))
        {
            Break(story);
        }

        var number = styles.Numbering(properties, numbering.LevelOfStyle) is var (id, level) ? numbering.Next(id, level) : "";
        var heading = styles.Heading(properties);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                Break(story);
            }

            // A page break in front of the text stands in front of its number too.
            var text = Draft.Tidy(parts[i]);
            var last = i == parts.Length - 1;
            if (draft.Paragraph(text.Length > 0 || last ? number + text : "", heading) is { } paragraph)
            {
                story.Blocks.Add(paragraph);
                number = "";
            }
        }
    }

    private static void Break(Story story)
    {
        if (story.Nesting == 0 && story.Blocks is [.., not Reading.Break])
        {
            story.Blocks.Add(new Break(""));
        }
    }

    private void Table(XElement table, Story story)
    {
        if (story.Nesting >= draft.Limits.Nesting)
        {
            throw draft.No("reading.too-deep", draft.Limits.Nesting.ToString(CultureInfo.InvariantCulture));
        }

        var grid = new Grid(draft);
        var rows = WordTables.Place(table, () => draft.Note("reading.changes-accepted"));
        foreach (var row in rows)
        {
            grid.NextRow();
            foreach (var cell in row)
            {
                grid.MoveTo(cell.Column);
                grid.Add(cell.Rows, cell.Columns, Within(cell.Element.Elements(), story.Nesting + 1));
            }
        }

        if (grid.Build() is { } built)
        {
            story.Blocks.Add(built);
        }
    }

    private List<Block> Within(IEnumerable<XElement> elements, int nesting)
    {
        var story = new Story(new WordText(styles, draft), nesting);
        Blocks(elements, story);
        EndStory(story);
        return story.Blocks;
    }

    private void EndStory(Story story)
    {
        if (draft.Paragraph(story.Carried.ToString()) is { } rest)
        {
            story.Blocks.Add(rest);
        }

        foreach (var box in story.CarriedBoxes)
        {
            story.Blocks.AddRange(Within(box.Elements(), story.Nesting));
        }
    }

    private void Notes()
    {
        if (package.HasMacros)
        {
            draft.Note("reading.macros");
        }

        Count("reading.footnotes-skipped", Texts("footnotes", "footnote"));
        Count("reading.endnotes-skipped", Texts("endnotes", "endnote"));
        Count("reading.comments-skipped", Texts("comments", "comment"));
        Count("reading.contents-skipped", contents);
        Count("reading.embedded-skipped", embedded);
    }

    private void Count(string code, int count)
    {
        if (count > 0)
        {
            draft.Note(code, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    // Separators between text and notes are stored as notes with a type.
    private int Texts(string part, string element) => package.Tree(Part(part))?.Elements(element).Count(note =>
        note.Attribute("type") is null or { Value: "normal" }
        && note.Descendants("t").Any(text => !string.IsNullOrWhiteSpace(text.Value))) ?? 0;

    private string? Part(string kind) => package.Related(package.MainPath, kind).FirstOrDefault();

    private static bool IsContents(XElement sdt) =>
        WordStyles.Value(sdt.Element("sdtPr")?.Element("docPartObj")?.Element("docPartGallery")) is "Table of Contents";
}
