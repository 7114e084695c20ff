using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Papers;

/// <summary>What stands around the text of a Word document: red head, title, signature, header and footer lines, page set-up.</summary>
internal static class DocxHead
{
    public static IEnumerable<Paragraph> Top(Paper paper)
    {
        var form = paper.Form;
        if (paper.Kind == PaperKind.Official && paper.Mark.Count > 0)
        {
            var size = paper.Mark.Min(form.Mark);
            foreach (var (mark, i) in paper.Mark.Select((mark, i) => (mark, i)))
            {
                var run = DocxWriter.Run(mark);
                run.RunProperties = new RunProperties { FontSize = new FontSize { Val = DocxStyles.Half(size) } };
                yield return new Paragraph(
                    new ParagraphProperties
                    {
                        ParagraphStyleId = new ParagraphStyleId { Val = "Mark" },
                        SpacingBetweenLines = DocxStyles.Spacing(i > 0 ? 0 : paper.Issue is null ? PaperForm.MarkDrop : PaperForm.BulletinDrop, 0, size * 1.3f),
                    },
                    run);
            }

            var red = new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 11, Color = "FF0000" });
            if (paper.Issue is { } issue)
            {
                yield return new Paragraph(
                    new ParagraphProperties
                    {
                        SpacingBetweenLines = DocxStyles.Spacing(form.Line / 2, form.Line / 2, form.Line),
                        Justification = new Justification { Val = JustificationValues.Center },
                    },
                    DocxWriter.Run(issue.Number));
                var properties = DocxColophon.Sides(form.TypeWidth);
                (properties.ParagraphBorders, properties.SpacingBetweenLines) = (red, DocxStyles.Spacing(0, 0, form.Line));
                yield return DocxColophon.Sides(properties, issue.Issuer, issue.Date);
            }
            else
            {
                yield return new Paragraph(
                    new ParagraphProperties
                    {
                        ParagraphBorders = red,
                        SpacingBetweenLines = DocxStyles.Spacing(form.Line * 2, 0, form.Line),
                        Justification = new Justification { Val = JustificationValues.Center },
                    },
                    DocxWriter.Run(paper.Number ?? ""));
            }
        }

        yield return Styled("Title", paper.Title);
        if (paper.Kind == PaperKind.Report && paper.Date is { } day)
        {
            yield return new Paragraph(
                new ParagraphProperties { Justification = new Justification { Val = JustificationValues.Center } },
                DocxWriter.Run(paper.Words.Date(day)));
        }

        if (paper.Addressee is { Length: > 0 } whom)
        {
            yield return new Paragraph(DocxWriter.Run(whom));
        }
    }

    /// <summary>The signing body; its name is centred on the date as far as the margins let it.</summary>
    /// <param name="width">How wide it may be. A name that fits stands on one line, a longer one on lines of like length.</param>
    /// <remarks>Source: GB/T 9704-2012 §7.3.5.1.</remarks>
    public static IEnumerable<Paragraph> Signature(Paper paper, float width)
    {
        if (paper.Signature is not { Length: > 0 } name)
        {
            yield break;
        }

        var (form, date) = (paper.Form, Date(paper));
        var wide = SignatureWidth(paper);
        if (wide > width)
        {
            var free = Math.Max(0, (width - (wide / MathF.Ceiling(wide / width)) - (2 * form.Body)) / 2);
            yield return Signed(name, JustificationValues.Center, free, free, form.Line, form.Line, keep: true);
            yield break;
        }

        var centre = (4 * form.Body) + (CharacterWidth.Of(date) * form.Body / 2);
        yield return Signed(name, JustificationValues.Right, 0, Math.Clamp(centre - (wide / 2), 0, width - wide), form.Line, form.Line, keep: true);
    }

    /// <summary>The date, which ends four characters from the right.</summary>
    /// <param name="alone">Whether it stands under no name, and keeps the distance to the text itself.</param>
    public static IEnumerable<Paragraph> Dated(Paper paper, bool alone) => Date(paper) is { Length: > 0 } date
        ? [Signed(date, JustificationValues.Right, 0, 4 * paper.Form.Body, alone ? paper.Form.Line : 0, paper.Form.Line, keep: false)]
        : [];

    /// <summary>How wide the name of the signing body is on one line, in points.</summary>
    public static float SignatureWidth(Paper paper) =>
        CharacterWidth.Of(paper.Signature ?? "") * (paper.Form.Body - paper.Form.Tighten(paper.Kind));

    /// <summary>Whether anything stands under the text, which must not stand on a page alone.</summary>
    public static bool HasFoot(Paper paper) => paper.Signature is { Length: > 0 } || paper.Code is not null || Date(paper).Length > 0;

    private static string Date(Paper paper) => paper is { Kind: PaperKind.Official, Date: { } day } ? paper.Words.Date(day) : "";

    private static Paragraph Signed(string text, JustificationValues side, float left, float right, float before, float line, bool keep) => new(
        new ParagraphProperties
        {
            KeepNext = new KeepNext { Val = keep },
            SpacingBetweenLines = DocxStyles.Spacing(before, 0, line),
            Indentation = new Indentation { Left = DocxStyles.Twips(left), Right = DocxStyles.Twips(right) },
            Justification = new Justification { Val = side },
        },
        DocxWriter.Run(text));

    public static Header HeaderLine(Paper paper) => new(Styled("Header", paper.HeaderLine ?? ""));

    /// <summary><c>— 1 —</c>, in official documents outside with one character free (§7.5), in reports centred.</summary>
    public static Footer PageNumber(Paper paper, bool even)
    {
        var official = paper.Kind == PaperKind.Official;
        var properties = new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = "Footer" } };
        if (official)
        {
            var free = DocxStyles.Twips(paper.Form.PageNumber);
            properties.Indentation = even ? new Indentation { Left = free } : new Indentation { Right = free };
            properties.Justification = new Justification { Val = even ? JustificationValues.Left : JustificationValues.Right };
        }

        if (paper.CountsPages)
        {
            // The sentence of the resources, with Word's own counters in its places.
            var parts = paper.Words["papers.page-of"].Split("{0}");
            var (before, rest) = (parts[0], parts[^1].Split("{1}"));
            return new Footer(new Paragraph(
                [properties, DocxWriter.Run(before), .. Field("PAGE", "1"), DocxWriter.Run(rest[0]), .. Field("NUMPAGES", "1"), DocxWriter.Run(rest[^1])]));
        }

        return new Footer(new Paragraph([properties, DocxWriter.Run("— "), .. Field("PAGE", "1"), DocxWriter.Run(" —")]));
    }

    public static SectionProperties Section(Paper paper)
    {
        var form = paper.Form;
        var section = new SectionProperties();
        if (paper.HeaderLine is not null)
        {
            section.Append(new HeaderReference { Type = HeaderFooterValues.Default, Id = "rIdHeader" });
            if (paper.Kind == PaperKind.Official)
            {
                section.Append(new HeaderReference { Type = HeaderFooterValues.Even, Id = "rIdHeader" });
            }
        }

        section.Append(new FooterReference { Type = HeaderFooterValues.Default, Id = "rIdFooter" });
        if (paper.Kind == PaperKind.Official)
        {
            section.Append(new FooterReference { Type = HeaderFooterValues.Even, Id = "rIdFooterEven" });
        }

        section.Append(
            new PageSize
            {
                Width = (uint)MathF.Round(form.Width * 20),
                Height = (uint)MathF.Round(form.Height * 20),
                Orient = paper.Turn == PaperTurn.Landscape ? PageOrientationValues.Landscape : null,
            },
            new PageMargin
            {
                Top = (int)MathF.Round(form.Top * 20),
                Bottom = (int)MathF.Round(form.Bottom * 20),
                Left = (uint)MathF.Round(form.Left * 20),
                Right = (uint)MathF.Round(form.Right * 20),
                Header = (uint)(form.Top * 10),
                Footer = (uint)MathF.Round((form.Bottom - PaperForm.NumberDrop - form.PageNumber - 2) * 20),
                Gutter = 0,
            });
        if (paper.Kind == PaperKind.Official)
        {
            section.Append(new DocGrid { Type = DocGridValues.Lines, LinePitch = (int)MathF.Round(form.Line * 20) });
        }

        return section;
    }

    public static IEnumerable<Run> Field(string code, string shown, bool dirty = false)
    {
        yield return new Run(new FieldChar { FieldCharType = FieldCharValues.Begin, Dirty = dirty ? true : null });
        yield return new Run(new FieldCode($" {code} ") { Space = SpaceProcessingModeValues.Preserve });
        yield return new Run(new FieldChar { FieldCharType = FieldCharValues.Separate });
        yield return DocxWriter.Run(shown);
        yield return new Run(new FieldChar { FieldCharType = FieldCharValues.End });
    }

    public static Paragraph Styled(string style, string text) => new(
        new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = style } }, DocxWriter.Run(text));

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
