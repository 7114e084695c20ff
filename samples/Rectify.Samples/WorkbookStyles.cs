using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Rectify.Samples;

/// <summary>Fonts, frames and the cell formats that <see cref="Look"/> numbers.</summary>
internal static class WorkbookStyles
{
    public static Stylesheet Stylesheet() => new(
        new Fonts(Font("宋体", 10), Font("黑体", 18), Font("黑体", 10)) { Count = 3U },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE9EEF5" }) { PatternType = PatternValues.Solid }))
        { Count = 3U },
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder(Grey()) { Style = BorderStyleValues.Thin },
                new RightBorder(Grey()) { Style = BorderStyleValues.Thin },
                new TopBorder(Grey()) { Style = BorderStyleValues.Thin },
                new BottomBorder(Grey()) { Style = BorderStyleValues.Thin },
                new DiagonalBorder()))
        { Count = 2U },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0U, FontId = 0U, FillId = 0U, BorderId = 0U }) { Count = 1U },
        new CellFormats(
            Format(font: 0, fill: 0, border: 0, HorizontalAlignmentValues.General),
            Format(font: 1, fill: 0, border: 0, HorizontalAlignmentValues.Center),
            Format(font: 2, fill: 2, border: 1, HorizontalAlignmentValues.Center),
            Format(font: 0, fill: 0, border: 1, HorizontalAlignmentValues.Left),
            Format(font: 0, fill: 0, border: 1, HorizontalAlignmentValues.Center))
        { Count = 5U },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0U, BuiltinId = 0U }) { Count = 1U });

    private static Font Font(string name, double size) =>
        new(new FontSize { Val = size }, new FontName { Val = name }, new FontFamilyNumbering { Val = 3 }, new FontCharSet { Val = 134 });

    private static Color Grey() => new() { Rgb = "FF7F7F7F" };

    // Format 49 is text: codes keep their digits, and a date as written stays as written.
    private static CellFormat Format(uint font, uint fill, uint border, EnumValue<HorizontalAlignmentValues> across) =>
        new(new Alignment { Horizontal = across, Vertical = VerticalAlignmentValues.Center, WrapText = true })
        {
            NumberFormatId = 49U,
            FontId = font,
            FillId = fill,
            BorderId = border,
            FormatId = 0U,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };
}
