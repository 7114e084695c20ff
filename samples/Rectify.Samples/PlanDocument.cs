using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Samples;

/// <summary>The plan as it is published: overall part, then the list of tasks as an annex.</summary>
internal static class PlanDocument
{
    private const string Office = "云岭自治区环境保护督察整改工作领导小组办公室";

    /// <summary>The plan of the data, or, with <paramref name="revision"/>, the plan as that changes it.</summary>
    public static byte[] Make(SampleData data, Revision? revision)
    {
        var plan = revision?.Apply(data.Plan) ?? data.Plan;
        var paper = revision?.Document ?? plan.Programme.Documents.Single(d => d.Kind is "publication");
        var list = new TaskList(plan, new PlanSpelling(data.Units), revision);

        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = word.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rId1");
            main.AddNewPart<FooterPart>("rId5").Footer = Word.PageNumber(JustificationValues.Right, left: false);
            main.AddNewPart<FooterPart>("rId6").Footer = Word.PageNumber(JustificationValues.Left, left: true);
            main.Document = new Document(new Body(
            [
                .. Head(plan.Programme, paper, revision),
                .. Preface(data.Preface, revision),
                .. Foot(paper.Date),
                new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Text }, Section(grid: true))),
                Word.Paragraph(WordStyles.Annex, "附件"),
                Word.Paragraph(WordStyles.AnnexTitle, "整改任务清单"),
                .. list.Blocks(),
                .. Colophon(paper.Date),
                Section(grid: false),
            ]));
            main.AddNewPart<StyleDefinitionsPart>("rId1").Styles = WordStyles.Styles();
            main.AddNewPart<NumberingDefinitionsPart>("rId2").Numbering = WordStyles.Numbering(list.Lists);
            main.AddNewPart<FontTablePart>("rId3").Fonts = WordStyles.FontTable();
            main.AddNewPart<DocumentSettingsPart>("rId4").Settings = Settings();
            PackageParts.AddProperties(word, plan.Programme.Name, Office, paper.Date, "Rectify.Samples");
        }

        return StillZip.Repack(stream);
    }

    private static IEnumerable<OpenXmlElement> Head(Programme programme, PaperReference paper, Revision? revision)
    {
        yield return Word.Paragraph(WordStyles.Mark, Office);
        yield return Word.Paragraph(WordStyles.Number, paper.Number);
        yield return Word.Paragraph(WordStyles.RedRule);

        // Two lines that make a trapezium, without tearing a word.
        var turn = programme.Name.IndexOf("督察组", StringComparison.Ordinal) + "督察组".Length;
        yield return Word.Paragraph(
            WordStyles.Title, Word.Run(programme.Name[..turn]), Word.LineBreak(),
            Word.Run(programme.Name[turn..] + (revision is null ? "" : "（修订）")));
        if (revision is not null)
        {
            yield return Word.Paragraph(
                WordStyles.Note, $"（{Chinese(programme.PublishedOn)}公开　{Chinese(paper.Date)}修订）");
        }
    }

    private static IEnumerable<OpenXmlElement> Preface(IReadOnlyList<string> lines, Revision? revision) =>
        lines.Take(2).Concat(revision is null ? [] : [revision.Note]).Concat(lines.Skip(2)).Select(line => Word.Paragraph(
            line switch
            {
                [_, '、', .. { Length: < 20 }] => WordStyles.Heading1,
                ['（', _, '）', .. { Length: < 30 }] => WordStyles.Heading2,
                _ => WordStyles.Text,
            },
            line));

    // The name stands centred over the date, and the date ends four characters before the margin.
    private static IEnumerable<OpenXmlElement> Foot(DateOnly date)
    {
        yield return Word.Paragraph(WordStyles.Text);
        yield return Word.Paragraph(WordStyles.Text, "附件：整改任务清单");
        yield return Word.Paragraph(WordStyles.Text);
        yield return Signature("云岭自治区环境保护督察整改工作");
        yield return Signature("领导小组办公室");
        yield return Signature(Chinese(date));
    }

    private static Paragraph Signature(string text) => new(
        new ParagraphProperties(
            new ParagraphStyleId { Val = WordStyles.Signature }, new Indentation { Left = "3200", Right = "640", FirstLine = "0" }),
        Word.Run(text));

    private static IEnumerable<OpenXmlElement> Colophon(DateOnly date)
    {
        yield return Word.Paragraph(WordStyles.Field);
        yield return new Table(
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 8U, Color = "000000" },
                    new BottomBorder { Val = BorderValues.Single, Size = 8U, Color = "000000" },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 6U, Color = "000000" }),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(new GridColumn { Width = "8844" }),
            Row("抄送：中央第九环境保护督察组，农垦兵团，自治区党委各部门，自治区高级人民法院、人民检察院。"),
            Row($"{Office}\t{Chinese(date)}印发"));
        yield return Word.Paragraph(WordStyles.Footer);
    }

    private static TableRow Row(string text)
    {
        var (left, right) = text.Split('\t') is [var first, var second] ? (first, second) : (text, null);
        var paragraph = Word.Paragraph(WordStyles.Colophon, Word.Run(left));
        if (right is not null)
        {
            paragraph.ParagraphProperties!.Tabs = new(new TabStop { Val = TabStopValues.Right, Position = 8500 });
            paragraph.Append(new Run(new TabChar()), Word.Run(right));
        }

        return new(new TableRowProperties(new CantSplit()), new TableCell(new TableCellProperties(new TableCellWidth { Width = "8844", Type = TableWidthUnitValues.Dxa }), paragraph));
    }

    /// <summary>Page of the standard: A4, type area 156 × 225 mm; on the overall part's grid stand 22 lines of 28 characters.</summary>
    private static SectionProperties Section(bool grid)
    {
        var section = new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "rId5" },
            new FooterReference { Type = HeaderFooterValues.Even, Id = "rId6" },
            new SectionType { Val = SectionMarkValues.NextPage },
            new PageSize { Width = 11906U, Height = 16838U },
            new PageMargin { Top = 2098, Right = 1474U, Bottom = 1985, Left = 1588U, Header = 851U, Footer = 1400U, Gutter = 0U });
        if (grid)
        {
            section.Append(new DocGrid { Type = DocGridValues.LinesAndChars, LinePitch = 579, CharacterSpace = -849 });
        }

        return section;
    }

    private static Settings Settings() => new(
        new Zoom { Percent = "100" },
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(
            new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
        new ThemeFontLanguages { Val = "en-US", EastAsia = "zh-CN" });

    private static string Chinese(DateOnly date) => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
