using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Samples;

/// <summary>Short ways to say paragraphs and runs.</summary>
internal static class Word
{
    public static Paragraph Paragraph(string style, params OpenXmlElement[] content) =>
        new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]);

    public static Paragraph Paragraph(string style, string text) => Paragraph(style, Run(text));

    public static Run Run(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>A run in a character style.</summary>
    public static Run Run(string text, string style) => new(
        new RunProperties(new RunStyle { Val = style }), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Run LineBreak() => new(new Break());

    /// <summary>A paragraph with an automatic number from list <paramref name="list"/>.</summary>
    public static Paragraph Numbered(string style, int list, params OpenXmlElement[] content) =>
        new([
            new ParagraphProperties(
                new ParagraphStyleId { Val = style },
                new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = list })),
            .. content]);

    /// <summary>The page's number between dashes, as the standard wants it.</summary>
    public static Footer PageNumber(JustificationValues side, bool left) => new(
        new Paragraph(
            new ParagraphProperties(
                new ParagraphStyleId { Val = WordStyles.Footer },
                left ? new Indentation { Left = "280", LeftChars = 100 } : new Indentation { Right = "280", RightChars = 100 },
                new Justification { Val = side }),
            Run("— "),
            new SimpleField(Run("1")) { Instruction = " PAGE " },
            Run(" —")));
}
