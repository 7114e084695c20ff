using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Papers;

/// <summary>Tables of a Word document: fixed widths, head rows that repeat, rows that do not split.</summary>
internal static class DocxTables
{
    private const string Shade = "F2F2F2";

    public static Table Of(DataTable data, float width)
    {
        var total = data.Columns.Sum(column => Math.Max(0.01, column.Width));
        var widths = data.Columns.Select(column => (int)(width * 20 * Math.Max(0.01, column.Width) / total)).ToArray();
        var table = Framed(widths);
        var heads = data.HeadCells().ToList();
        if (heads.Any(head => head.Head is not null))
        {
            table.Append(Row(true, heads.Select(head => HeadCell(
                head.Head ?? data.Columns[head.Column].Head, widths[head.Column..(head.Column + head.Span)], head.Head is null ? MergedCellValues.Restart : null))));
            table.Append(Row(true, heads.SelectMany(head => head.Head is null
                ? [HeadCell("", [widths[head.Column]], MergedCellValues.Continue)]
                : Enumerable.Range(head.Column, head.Span).Select(i => HeadCell(data.Columns[i].Head, [widths[i]], null)))));
        }
        else
        {
            table.Append(Row(true, data.Columns.Select((column, i) => HeadCell(column.Head, [widths[i]], null))));
        }

        for (var row = 0; row < data.Rows.Count; row++)
        {
            var at = row;
            table.Append(Row(false, data.Columns.Select((column, i) => Cell(data.Cell(at, i), "Cell", widths[i], column.Align)), data.RowsSplit));
        }

        // The last row does not stand alone on a page.
        if (!data.RowsSplit && data.Rows.Count > 1)
        {
            foreach (var line in table.Elements<TableRow>().SkipLast(1).Last().Descendants<ParagraphProperties>())
            {
                line.KeepNext = new KeepNext();
            }
        }

        return table;
    }

    public static Table Of(KeyValueTable data, float width)
    {
        int[] widths = [(int)(width * 20 * 0.22f), (int)(width * 20 * 0.78f)];
        var table = Framed(widths);
        foreach (var (key, value) in data.Rows)
        {
            var name = Cell(key, "CellHead", widths[0], PaperAlign.Left);
            name.TableCellProperties!.Shading = Shading();
            table.Append(Row(false, [name, Cell(value, "Cell", widths[1], PaperAlign.Text)]));
        }

        return table;
    }

    private static Table Framed(int[] widths)
    {
        static T Line<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };
        return new Table(
            new TableProperties
            {
                TableWidth = new TableWidth { Type = TableWidthUnitValues.Dxa, Width = widths.Sum().ToString(CultureInfo.InvariantCulture) },
                TableBorders = new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(),
                    Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
                TableLayout = new TableLayout { Type = TableLayoutValues.Fixed },
                TableCellMarginDefault = new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa }),
            },
            new TableGrid(widths.Select(width => new GridColumn { Width = width.ToString(CultureInfo.InvariantCulture) })));
    }

    private static TableRow Row(bool head, IEnumerable<TableCell> cells, bool split = false)
    {
        var properties = new TableRowProperties();
        if (!split)
        {
            properties.Append(new CantSplit());
        }

        if (head)
        {
            properties.Append(new TableHeader());
        }

        return new TableRow(new OpenXmlElement[] { properties }.Concat(cells));
    }

    private static TableCell HeadCell(string text, int[] widths, EnumValue<MergedCellValues>? merge)
    {
        var cell = Cell(text, "CellHead", widths.Sum(), PaperAlign.Centre);
        cell.TableCellProperties!.GridSpan = widths.Length > 1 ? new GridSpan { Val = widths.Length } : null;
        cell.TableCellProperties.VerticalMerge = merge is null ? null : new VerticalMerge { Val = merge };
        cell.TableCellProperties.Shading = Shading();
        return cell;
    }

    private static TableCell Cell(string text, string style, int width, PaperAlign align) => new(
        new OpenXmlElement[]
        {
            new TableCellProperties
            {
                TableCellWidth = new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = width.ToString(CultureInfo.InvariantCulture) },
                TableCellVerticalAlignment = new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center },
            },
        }.Concat(CleanText.Lines(text).Select(line => new Paragraph(
            new ParagraphProperties
            {
                ParagraphStyleId = new ParagraphStyleId { Val = style },
                Justification = align switch
                {
                    PaperAlign.Centre => new Justification { Val = JustificationValues.Center },
                    PaperAlign.Right => new Justification { Val = JustificationValues.Right },
                    PaperAlign.Left => new Justification { Val = JustificationValues.Left },
                    PaperAlign.Text => new Justification { Val = JustificationValues.Both },
                    _ => throw new ArgumentOutOfRangeException(nameof(align), align, "No such alignment."),
                },
            },
            new Run(new Text(line) { Space = SpaceProcessingModeValues.Preserve })))));

    private static Shading Shading() => new() { Val = ShadingPatternValues.Clear, Color = "auto", Fill = Shade };
}
