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
                .. Preface(data.Preface, plan, revision),
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

        // Three lines that make a lozenge, without tearing a word.
        var (second, third) = (programme.Name.IndexOf("中央", StringComparison.Ordinal), programme.Name.IndexOf("整改方案", StringComparison.Ordinal));
        yield return Word.Paragraph(
            WordStyles.Title,
            Word.Run(programme.Name[..second]), Word.LineBreak(),
            Word.Run(programme.Name[second..third]), Word.LineBreak(),
            Word.Run(programme.Name[third..] + (revision is null ? "" : "（修订）")));
        if (revision is not null)
        {
            yield return Word.Paragraph(
                WordStyles.Note, $"（{Chinese(programme.PublishedOn)}公开　{Chinese(paper.Date)}修订）");
        }
    }

    private static IEnumerable<OpenXmlElement> Preface(IReadOnlyList<string> lines, Plan plan, Revision? revision) =>
        lines.Take(2).Concat(revision is null ? [] : [revision.Note]).Concat(lines.Skip(2)).Select(line => Word.Paragraph(
            line switch
            {
                [_, '、', .. { Length: < 20 }] => WordStyles.Heading1,
                ['（', _, '）', .. { Length: < 30 }] => WordStyles.Heading2,
                _ => WordStyles.Text,
            },
            line.Replace("{tasks}", $"{plan.Tasks.Count}", StringComparison.Ordinal)
                .Replace("{measures}", $"{plan.Tasks.Sum(t => t.Measures.Count)}", StringComparison.Ordinal)));

    // Without a seal: the name two characters before the margin, the date centred under it.
    private static IEnumerable<OpenXmlElement> Foot(DateOnly date)
    {
        yield return Word.Paragraph(WordStyles.Text);
        yield return Word.Paragraph(WordStyles.Text, "附件：整改任务清单");
        yield return Word.Paragraph(WordStyles.Text);
        yield return Signature(Office);
        yield return Signature(Chinese(date));
    }

    private static Paragraph Signature(string text) => new(
        new ParagraphProperties(
            new ParagraphStyleId { Val = WordStyles.Signature }, new Indentation { Left = "1160", Right = "640", FirstLine = "0" }),
        Word.Run(text));

    // A frame, because it stands at the foot of the last page, however little text that page has.
    private static IEnumerable<OpenXmlElement> Colophon(DateOnly date)
    {
        yield return Framed(Word.Run("抄送：中央第九环境保护督察组，自治区党委、政府，农垦兵团。"));
        yield return Framed(Word.Run("自治区整改工作领导小组办公室"), new Run(new TabChar()), Word.Run($"{Chinese(date)}印发"));
        yield return Word.Paragraph(WordStyles.Field);
    }

    private static Paragraph Framed(params OpenXmlElement[] content)
    {
        var paragraph = Word.Paragraph(WordStyles.Colophon, content);
        paragraph.ParagraphProperties!.FrameProperties = new()
        {
            Width = "8844",
            Wrap = TextWrappingValues.NotBeside,
            VerticalPosition = VerticalAnchorValues.Margin,
            HorizontalPosition = HorizontalAnchorValues.Margin,
            XAlign = HorizontalAlignmentValues.Center,
            YAlign = VerticalAlignmentValues.Bottom,
        };
        return paragraph;
    }

    /// <summary>Page of the standard: A4, type area 156 × 225 mm; on the overall part's grid stand 22 lines.</summary>
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
            section.Append(new DocGrid { Type = DocGridValues.Lines, LinePitch = 579 });
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
