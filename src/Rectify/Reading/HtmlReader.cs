using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Rectify.Reading;

/// <summary>Reads a web page, or a Word document saved as one, as a reader sees it: no scripts, no hidden parts.</summary>
internal sealed partial class HtmlReader(Draft draft)
{
    private static readonly HashSet<string> Left =
    [
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "audio",
        "video", "select", "textarea", "button", "datalist", "dialog", "input", "map", "rt", "rp", "del", "strike",
    ];

    private static readonly HashSet<string> BlockNames =
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul", "caption",
    ];

    private const int MostOpen = 1000; // the parser's time grows with the square of the elements left open

    private readonly StringBuilder line = new();
    private readonly HtmlLists lists = new();
    private List<Block> blocks = [];
    private int heading;
    private string marker = "";
    private int nesting;
    private HtmlFurniture? furniture;

    public static bool LooksLike(string text)
    {
        var head = text.AsSpan(0, Math.Min(8192, text.Length)).TrimStart();
        return head is ['<', ..] && Tag().IsMatch(head);
    }

    public SourceDocument Read(string text)
    {
        if (OpenAtOnce(text) > MostOpen)
        {
            throw draft.No("reading.too-deep", MostOpen.ToString(CultureInfo.InvariantCulture));
        }

        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = draft.Limits.Depth,
            SkipComments = true,
            DisableElementPositionTracking = true,
        });
        using var page = parser.ParseDocument(text);
        draft.Ct.ThrowIfCancellationRequested();
        if (page.Body is { } body)
        {
            furniture = new(body);
            Walk(body, 0);
            Flush();
        }

        return draft.Finish(SourceFormat.Html, blocks);
    }

    // How many elements are open at once, roughly: those that may lack an end tag do not count.
    private static int OpenAtOnce(string text)
    {
        var (open, most) = (0, 0);
        foreach (var tag in AnyTag().EnumerateMatches(text))
        {
            open = text[tag.Index + 1] == '/' ? Math.Max(0, open - 1) : open + 1;
            most = Math.Max(most, open);
        }

        return most;
    }

    /// <summary>What stands in a cell, as blocks of its own.</summary>
    internal List<Block> Within(IElement cell, int depth)
    {
        Flush();
        var (outer, outerHeading) = (blocks, heading);
        (blocks, heading) = ([], 0);
        Children(cell, depth + 1);
        Flush();
        var inner = blocks;
        (blocks, heading) = (outer, outerHeading);
        return inner;
    }

    private void Walk(IElement element, int depth)
    {
        if (depth > draft.Limits.Depth)
        {
            throw draft.No("reading.too-deep", draft.Limits.Depth.ToString(CultureInfo.InvariantCulture));
        }

        var name = element.LocalName;
        if (Left.Contains(name) || IsHidden(element) || furniture!.Is(element))
        {
            return;
        }

        switch (name)
        {
            case "br":
                line.Append('\n');
                return;
            case "hr":
                Flush();
                return;
            case "table":
                Flush();
                Table(element, depth);
                return;
        }

        var block = BlockNames.Contains(name);
        if (block)
        {
            Flush();
            BreakBefore(element);
        }

        var outer = heading;
        heading = name is ['h', >= '1' and <= '6'] ? name[1] - '0' : heading;
        if (name is "li")
        {
            marker = lists.Marker(element);
        }

        Children(element, depth + 1);
        if (block)
        {
            Flush();
            marker = name is "li" ? "" : marker;
        }

        heading = outer;
    }

    private void Children(IElement element, int depth)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement inner)
            {
                Walk(inner, depth);
            }
            else if (child is IText text)
            {
                Append(text.Data, element);
            }
        }
    }

    private void Table(IElement element, int depth)
    {
        if (HtmlTables.IsLayout(element))
        {
            foreach (var cell in HtmlTables.Captions(element).Concat(HtmlTables.Rows(element).SelectMany(HtmlTables.CellsOf)))
            {
                Flush();
                Children(cell, depth + 1);
                Flush();
            }

            return;
        }

        if (++nesting > draft.Limits.Nesting)
        {
            throw draft.No("reading.too-deep", draft.Limits.Nesting.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var caption in HtmlTables.Captions(element))
        {
            Walk(caption, depth + 1);
        }

        if (HtmlTables.Build(element, this, draft, depth) is { } table)
        {
            blocks.Add(table);
        }

        nesting--;
    }

    private void Append(string text, IElement parent)
    {
        if (IsPreformatted(parent))
        {
            line.Append(text.ReplaceLineEndings("\n"));
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\t' or '\n' or '\r' or '\f'))
            {
                line.Append(text[i]);
                continue;
            }

            var wrapped = false;
            while (i + 1 < text.Length && text[i + 1] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                wrapped |= text[i] is '\n' or '\r';
                i++;
            }

            wrapped |= text[i] is '\n' or '\r';
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            // A source line that wraps between two Chinese characters is no space. Source: CSS Text 4 §4.1.3.
            var joins = wrapped && line.Length > 0 && (Han.IsWide(line[^1]) && (next == '\0' || Han.IsWide(next)));
            if (line.Length > 0 && line[^1] is not (' ' or '\n') && !joins)
            {
                line.Append(' ');
            }
        }
    }

    // Empty lines made of two or more br end a paragraph, as in a page pasted from plain text.
    private void Flush()
    {
        var text = line.ToString();
        line.Clear();
        foreach (var part in EmptyLine().Split(text))
        {
            var tidy = Draft.Tidy(part);
            if (tidy.Length > 0 && draft.Paragraph(marker + tidy, heading) is { } paragraph)
            {
                blocks.Add(paragraph);
                marker = "";
            }
        }
    }

    private void BreakBefore(IElement element)
    {
        if (blocks.Count > 0 && nesting == 0 && element.GetAttribute("style") is { } style && PageBreak().IsMatch(style))
        {
            blocks.Add(new Break(""));
        }
    }

    private static bool IsPreformatted(IElement element) =>
        element.Closest("pre") is not null
        || (element.GetAttribute("style") is { } style && style.Contains("white-space", StringComparison.OrdinalIgnoreCase) && Pre().IsMatch(style));

    internal static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || (element.GetAttribute("style") is { } style && Hidden().IsMatch(style));

    [GeneratedRegex(@"<(!doctype\s+html|html|head|body|meta|table|tr|td|div|p|h[1-6]|title|span|ul|ol|section|article|main|br|font|center|!--\[if)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"</?(?!(?:p|li|t[drh]|tbody|thead|tfoot|d[td]|option|br|img|input|meta|link|hr|col|area|base|wbr|param|source|embed|o:p)\b)[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex AnyTag();

    [GeneratedRegex(@"\n[ \t\u00a0\u3000]*\n\s*")]
    private static partial Regex EmptyLine();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"white-space\s*:\s*(pre|break-spaces)", RegexOptions.IgnoreCase)]
    private static partial Regex Pre();

    [GeneratedRegex(@"(page-)?break-before\s*:\s*(always|page|left|right)", RegexOptions.IgnoreCase)]
    private static partial Regex PageBreak();
}
