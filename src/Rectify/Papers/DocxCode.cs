using System.Globalization;
using System.Security;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Platform.Web;

namespace Rectify.Papers;

/// <summary>A paper's QR code in a Word document: the picture, and beside it what it is for.</summary>
internal static class DocxCode
{
    private const string Relation = "rIdCode";

    /// <summary>Pixels along a module's side: sharp at 600 dots an inch.</summary>
    private const int Module = 10;

    private const int EmuPerPoint = 12_700;

    public static IEnumerable<OpenXmlElement> Of(Paper paper, MainDocumentPart main)
    {
        if (paper.Code is not { } code)
        {
            yield break;
        }

        using (var png = new MemoryStream(QrCode.ToPng(code.Address, Module)))
        {
            main.AddImagePart(ImagePartType.Png, Relation).FeedData(png);
        }

        var form = paper.Form;
        int[] widths = [(int)MathF.Round((PaperForm.CodeSide + 8) * 20), (int)MathF.Round((form.TypeWidth - PaperForm.CodeSide - 8) * 20)];
        yield return new Paragraph(); // a line between the signature and the code; two tables would grow together without it
        yield return new Table(
            new TableProperties
            {
                TableWidth = new TableWidth { Type = TableWidthUnitValues.Dxa, Width = widths.Sum().ToString(CultureInfo.InvariantCulture) },
                TableLayout = new TableLayout { Type = TableLayoutValues.Fixed },
                TableCellMarginDefault = new TableCellMarginDefault(new TableCellLeftMargin { Width = 0, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 0, Type = TableWidthValues.Dxa }),
            },
            new TableGrid(widths.Select(width => new GridColumn { Width = width.ToString(CultureInfo.InvariantCulture) })),
            new TableRow(
                new TableRowProperties(new CantSplit()),
                Cell(widths[0], [new Paragraph(new ParagraphProperties { SpacingBetweenLines = new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto } }, new Run(Picture(code)))]),
                Cell(widths[1], CleanText.Lines(code.Printed).Select(line => DocxHead.Styled("Cell", line)))));
        yield return new Paragraph();
    }

    private static TableCell Cell(int width, IEnumerable<OpenXmlElement> content) => new(
        new OpenXmlElement[]
        {
            new TableCellProperties
            {
                TableCellWidth = new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = width.ToString(CultureInfo.InvariantCulture) },
                TableCellVerticalAlignment = new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center },
            },
        }.Concat(content));

    private static Drawing Picture(PaperCode code)
    {
        var (side, said) = ((int)(PaperForm.CodeSide * EmuPerPoint), SecurityElement.Escape(CleanText.Of(code.Purpose)));
        return new($"""
            <w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/><wp:docPr id="1" name="QR" descr="{said}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{Relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
            """);
    }
}
