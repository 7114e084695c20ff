using System.Globalization;
using System.Security;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Platform.Web;

namespace Rectify.Papers;

/// <summary>A paper's QR code in a Word document.</summary>
internal static class DocxCode
{
    private const string Relation = "rIdCode";

    /// <summary>Pixels along a module's side: sharp at 600 dots an inch.</summary>
    private const int Module = 10;

    private const int EmuPerPoint = 12_700;

    /// <summary>The code on the left of signature and date, and below what it is for. A name without room beside it stands over both.</summary>
    public static IEnumerable<OpenXmlElement> Of(PaperCode code, Paper paper, MainDocumentPart main)
    {
        using (var png = new MemoryStream(QrCode.ToPng(code.Address, Module)))
        {
            main.AddImagePart(ImagePartType.Png, Relation).FeedData(png);
        }

        var form = paper.Form;
        int[] widths = [(int)MathF.Round(PaperForm.CodeSide * 20), (int)MathF.Round((form.TypeWidth - PaperForm.CodeSide) * 20)];
        var beside = form.TypeWidth - PaperForm.CodeSide;
        var over = DocxHead.SignatureWidth(paper) > beside;
        if (over)
        {
            foreach (var name in DocxHead.Signature(paper, form.TypeWidth))
            {
                yield return name;
            }
        }

        List<OpenXmlElement> signature = [.. over ? [] : DocxHead.Signature(paper, beside), .. DocxHead.Dated(paper, alone: !over && paper.Signature is not { Length: > 0 })];
        yield return new Table(
            new TableProperties
            {
                TableWidth = new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Text(widths.Sum()) },
                TableLayout = new TableLayout { Type = TableLayoutValues.Fixed },
                TableCellMarginDefault = new TableCellMarginDefault(new TableCellLeftMargin { Width = 0, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 0, Type = TableWidthValues.Dxa }),
            },
            new TableGrid(widths.Select(width => new GridColumn { Width = Text(width) })),
            new TableRow(
                new TableRowProperties(new CantSplit()),
                Cell(widths[0], null, [new Paragraph(new ParagraphProperties { KeepNext = new KeepNext(), SpacingBetweenLines = new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto } }, new Run(Picture(code)))]),
                Cell(widths[1], null, signature.Count > 0 ? signature : [new Paragraph()])),
            new TableRow(new TableRowProperties(new CantSplit()), Cell(widths.Sum(), 2, CleanText.Lines(code.Printed).Select(line => DocxHead.Styled("Cell", line)))));
        yield return new Paragraph(new ParagraphProperties { SpacingBetweenLines = DocxStyles.Spacing(0, 0, 1) }); // a table never stands last, and nothing of it may need a page
    }

    private static TableCell Cell(int width, int? span, IEnumerable<OpenXmlElement> content) => new(
        new OpenXmlElement[]
        {
            new TableCellProperties
            {
                TableCellWidth = new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(width) },
                GridSpan = span is null ? null : new GridSpan { Val = span },
            },
        }.Concat(content));

    private static string Text(int twips) => twips.ToString(CultureInfo.InvariantCulture);

    private static Drawing Picture(PaperCode code)
    {
        var (side, said) = ((int)(PaperForm.CodeSide * EmuPerPoint), SecurityElement.Escape(CleanText.Of(code.Purpose)));
        return new($"""
            <w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/><wp:docPr id="1" name="QR" descr="{said}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{Relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
            """);
    }
}
