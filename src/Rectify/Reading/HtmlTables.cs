using System.Globalization;
using AngleSharp.Dom;

namespace Rectify.Reading;

/// <summary>Tables of web pages: their grids, and which of them are no tables but a page's layout.</summary>
/// <remarks>Source: HTML Standard §4.9.12, "forming a table".</remarks>
internal static class HtmlTables
{
    public static Table? Build(IElement table, HtmlReader reader, Draft draft, int depth)
    {
        var grid = new Grid(draft);
        foreach (var group in Rows(table).GroupBy(row => row.ParentElement).Select(rows => rows.ToList()))
        {
            for (var i = 0; i < group.Count; i++)
            {
                grid.NextRow();
                foreach (var cell in CellsOf(group[i]))
                {
                    grid.PassCovered();
                    var left = group.Count - i;
                    var rows = Number(cell, "rowspan", 65_534) is var span && span == 0 ? left : Math.Min(span, left);
                    grid.Add(rows, Math.Max(1, Number(cell, "colspan", 1000)), reader.Within(cell, depth));
                }
            }
        }

        return grid.Build();
    }

    /// <summary>The rows in the order in which a browser shows them; hidden ones left out.</summary>
    public static IEnumerable<IElement> Rows(IElement table)
    {
        var parts = table.Children.Where(child => child.LocalName is "thead" or "tbody" or "tfoot" or "tr").ToList();
        return
            from part in parts.OrderBy(part => part.LocalName switch { "thead" => 0, "tfoot" => 2, _ => 1 })
            where !HtmlReader.IsHidden(part)
            from row in part.LocalName is "tr" ? [part] : part.Children.Where(child => child.LocalName is "tr")
            where !HtmlReader.IsHidden(row)
            select row;
    }

    public static IEnumerable<IElement> CellsOf(IElement row) =>
        row.Children.Where(child => child.LocalName is "td" or "th" && !HtmlReader.IsHidden(child));

    public static IEnumerable<IElement> Captions(IElement table) =>
        table.Children.Where(child => child.LocalName is "caption");

    /// <summary>Whether a table only arranges a page, so that its cells are read one after the other as running text.</summary>
    public static bool IsLayout(IElement table)
    {
        if (table.GetAttribute("role") is "presentation" or "none")
        {
            return true;
        }

        var rows = Rows(table).Select(row => CellsOf(row).ToList()).ToList();
        if (rows.All(row => row.Count <= 1))
        {
            // One column: a frame around running text, unless it is a plain list of short entries.
            return rows.Count <= 1 || rows.Exists(row => row.Exists(HoldsBlocks));
        }

        if (HasBorder(table) || table.QuerySelector("th, caption, thead") is not null)
        {
            return false;
        }

        if (rows.Exists(row => row.Exists(cell => cell.QuerySelector("h1, h2, h3, h4, h5, h6, form, iframe") is not null)))
        {
            return true;
        }

        return table.QuerySelector("table") is not null && !rows.Exists(LooksLabelled);
    }

    // A short label beside the cell with the inner table: then the outer table says something too.
    private static bool LooksLabelled(List<IElement> row) =>
        row.Exists(cell => cell.QuerySelector("table") is not null)
        && row.Exists(cell => cell.QuerySelector("table, img, a") is null && cell.TextContent.Trim().Length is > 0 and <= 12);

    private static bool HoldsBlocks(IElement cell) =>
        cell.QuerySelector("table, h1, h2, h3, h4, h5, h6, ul, ol") is not null
        || cell.QuerySelectorAll("p, div").Length > 1;

    private static bool HasBorder(IElement table) =>
        (table.GetAttribute("border") is { } border && border is not ("0" or ""))
        || (table.GetAttribute("style") is { } style && style.Contains("border", StringComparison.OrdinalIgnoreCase)
            && !style.Replace(" ", "", StringComparison.Ordinal).Contains("border:none", StringComparison.OrdinalIgnoreCase))
        || CellsOf(Rows(table).First()).Any(cell =>
            cell.GetAttribute("style") is { } own && own.Contains("solid", StringComparison.OrdinalIgnoreCase));

    private static int Number(IElement cell, string name, int max) =>
        int.TryParse(cell.GetAttribute(name)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, max)
            : 1;
}
