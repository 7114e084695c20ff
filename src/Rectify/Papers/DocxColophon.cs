using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Papers;

/// <summary>The foot of a Word document's last page (版记): a frame that stands at the lower edge of the type area.</summary>
internal static class DocxColophon
{
    public static IEnumerable<Paragraph> Of(Paper paper)
    {
        if (paper is not { Kind: PaperKind.Official, Colophon: { } colophon })
        {
            yield break;
        }

        var (outer, inner) = PaperForm.ColophonRules;
        foreach (var (line, i) in colophon.Lines.Select((line, i) => (line, i)))
        {
            var properties = Framed(paper.Form);
            properties.ParagraphBorders = i == 0 ? new ParagraphBorders(Rule<TopBorder>(outer)) : null;
            properties.Indentation = new Indentation { Left = DocxStyles.Twips(PaperForm.ColophonText.Size), Right = DocxStyles.Twips(PaperForm.ColophonText.Size) };
            yield return new Paragraph(properties, Run(line));
        }

        var last = Framed(paper.Form);
        last.ParagraphBorders = new ParagraphBorders(Rule<TopBorder>(colophon.Lines.Count > 0 ? inner : outer), Rule<BottomBorder>(outer));
        last.Tabs = Tabs(paper.Form.TypeWidth - PaperForm.ColophonText.Size);
        last.Indentation = new Indentation { Left = DocxStyles.Twips(PaperForm.ColophonText.Size) };
        var size = PaperForm.ColophonText.Size;
        if ((CharacterWidth.Of(colophon.Issuer) + CharacterWidth.Of(colophon.Printed) + 1) * size > paper.Form.TypeWidth - (2 * size))
        {
            // No room for both on one line: the date has one of its own.
            last.ParagraphBorders = new ParagraphBorders(Rule<TopBorder>(colophon.Lines.Count > 0 ? inner : outer));
            yield return new Paragraph(last, Run(colophon.Issuer));
            var printed = Framed(paper.Form);
            printed.ParagraphBorders = new ParagraphBorders(Rule<BottomBorder>(outer));
            printed.Indentation = new Indentation { Right = DocxStyles.Twips(size) };
            printed.Justification = new Justification { Val = JustificationValues.Right };
            yield return new Paragraph(printed, Run(colophon.Printed));
        }
        else
        {
            yield return new Paragraph(last, Run(colophon.Issuer), new Run(new TabChar()), Run(colophon.Printed));
        }

        if (colophon.Copies.Length > 0)
        {
            var copies = Framed(paper.Form);
            copies.Indentation = new Indentation { Right = DocxStyles.Twips(PaperForm.ColophonText.Size) };
            copies.Justification = new Justification { Val = JustificationValues.Right };
            yield return new Paragraph(copies, Run(colophon.Copies));
        }

        // A frame hangs on the paragraph after it; this one takes no room.
        yield return new Paragraph(new ParagraphProperties { SpacingBetweenLines = DocxStyles.Spacing(0, 0, 1) });
    }

    /// <summary>The properties of a line with one text flush left and one flush right.</summary>
    public static ParagraphProperties Sides(float width) => new() { Tabs = Tabs(width), Justification = new Justification { Val = JustificationValues.Left } };

    public static Paragraph Sides(ParagraphProperties properties, string left, string right) =>
        new(properties, DocxWriter.Run(left), new Run(new TabChar()), DocxWriter.Run(right));

    private static ParagraphProperties Framed(PaperForm form) => new()
    {
        FrameProperties = new FrameProperties
        {
            Width = DocxStyles.Twips(form.TypeWidth),
            Wrap = TextWrappingValues.Around,
            HorizontalPosition = HorizontalAnchorValues.Margin,
            VerticalPosition = VerticalAnchorValues.Margin,
            XAlign = HorizontalAlignmentValues.Left,
            YAlign = VerticalAlignmentValues.Bottom,
        },
        SpacingBetweenLines = DocxStyles.Spacing(0, 0, PaperForm.ColophonText.Line),
        Justification = new Justification { Val = JustificationValues.Left },
    };

    private static Tabs Tabs(float at) => new(new TabStop { Val = TabStopValues.Right, Position = (int)(at * 20) });

    private static T Rule<T>(float thick) where T : BorderType, new() => new()
    {
        Val = BorderValues.Single,
        Size = (uint)MathF.Round(thick * 8), // eighths of a point
        Space = 1,
        Color = "000000",
    };

    private static Run Run(string text)
    {
        var run = DocxWriter.Run(text);
        run.RunProperties = new RunProperties { FontSize = new FontSize { Val = DocxStyles.Half(PaperForm.ColophonText.Size) } };
        return run;
    }
}
