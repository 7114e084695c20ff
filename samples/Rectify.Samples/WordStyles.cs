using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Samples;

/// <summary>Styles, fonts and numbering of an official document. Source: GB/T 9704-2012, 党政机关公文格式.</summary>
/// <remarks>Sizes in half-points: 2号 is 44, 3号 32, 4号 28. Line distances in twentieths of a point.</remarks>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Mark = "IssuerMark";
    public const string Number = "DocumentNumber";
    public const string RedRule = "RedRule";
    public const string Note = "TitleNote";
    public const string Text = "OfficialText";
    public const string Heading1 = "Heading1";
    public const string Heading2 = "Heading2";
    public const string Signature = "OfficialSignature";
    public const string Annex = "AnnexMark";
    public const string AnnexTitle = "AnnexTitle";
    public const string Aspect = "AspectHeading";
    public const string Task = "TaskHeading";
    public const string Field = "TaskField";
    public const string Colophon = "Colophon";
    public const string Footer = "Footer";
    public const string Label = "FieldLabel";

    /// <summary>The one list definition: <c>1.</c> with the text indented by two characters.</summary>
    public const int MeasureList = 1;

    private const string Song = "方正小标宋简体";
    private const string FangSong = "仿宋_GB2312";
    private const string Hei = "黑体";
    private const string Kai = "楷体_GB2312";
    private const string Western = "Times New Roman";

    public static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                Fonts(FangSong),
                new Kern { Val = 0U },
                new FontSize { Val = "32" },
                new FontSizeComplexScript { Val = "32" },
                new Languages { Val = "en-US", EastAsia = "zh-CN", Bidi = "ar-SA" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(Lines(580)))),
        new Style(
            new StyleName { Val = "Normal" },
            new PrimaryStyle(),
            new StyleParagraphProperties(new WidowControl { Val = false }, new Justification { Val = JustificationValues.Both }))
        { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Paragraph(Mark, "发文机关标志", [new KeepNext(), new SpacingBetweenLines { Before = "240", After = "0", Line = "700", LineRule = LineSpacingRuleValues.Exact }, Center()],
            Fonts(Song), new Color { Val = "E00000" }, new CharacterScale { Val = 70 }, Size("54")),
        Paragraph(Number, "发文字号", [new KeepNext(), new SpacingBetweenLines { Before = "400", Line = "580", LineRule = LineSpacingRuleValues.Exact }, Center()]),
        Paragraph(RedRule, "红色分隔线",
            [
                new KeepNext(),
                new ParagraphBorders(new TopBorder { Val = BorderValues.Single, Color = "E00000", Size = 18U, Space = 1U }),
                new SpacingBetweenLines { Before = "227", Line = "580", LineRule = LineSpacingRuleValues.Exact },
            ]),
        Paragraph(Title, "Title", [new KeepNext(), new SpacingBetweenLines { Before = "240", After = "300", Line = "680", LineRule = LineSpacingRuleValues.Exact }, Center()],
            Fonts(Song), Size("44")),
        Paragraph(Note, "题注", [new KeepNext(), new SpacingBetweenLines { After = "300", Line = "580", LineRule = LineSpacingRuleValues.Exact }, Center()],
            Fonts(Kai)),
        Paragraph(Text, "公文正文", [TwoCharacters()], Tight()),
        Paragraph(Heading1, "heading 1", [new KeepNext(), TwoCharacters(), new OutlineLevel { Val = 0 }], Fonts(Hei), Tight()),
        Paragraph(Heading2, "heading 2", [new KeepNext(), TwoCharacters(), new OutlineLevel { Val = 1 }], Fonts(Kai), Tight()),
        Paragraph(Signature, "署名和日期", [new KeepLines(), new Justification { Val = JustificationValues.Center }]),
        Paragraph(Annex, "附件标志", [new KeepNext(), new PageBreakBefore()], Fonts(Hei)),
        Paragraph(AnnexTitle, "附件标题", [new KeepNext(), new SpacingBetweenLines { Before = "400", After = "400", Line = "680", LineRule = LineSpacingRuleValues.Exact }, Center(), new OutlineLevel { Val = 0 }],
            Fonts(Song), Size("44")),
        Paragraph(Aspect, "整改方面",
            [new KeepNext(), new SpacingBetweenLines { Before = "300", After = "160", Line = "520", LineRule = LineSpacingRuleValues.Exact }, TwoCharacters(), new OutlineLevel { Val = 0 }],
            Fonts(Hei)),
        Paragraph(Task, "整改任务",
            [new KeepNext(), new SpacingBetweenLines { Before = "200", Line = "500", LineRule = LineSpacingRuleValues.Exact }, TwoCharacters(560), new OutlineLevel { Val = 1 }],
            Fonts(Kai), new Bold(), Size("28")),
        Paragraph(Field, "任务内容", [Lines(500), TwoCharacters(560)], Size("28")),
        Paragraph(Colophon, "版记",
            [
                new ParagraphBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 8U, Space = 1U },
                    new BottomBorder { Val = BorderValues.Single, Size = 8U, Space = 1U },
                    new BetweenBorder { Val = BorderValues.Single, Size = 6U, Space = 1U }),
                new Tabs(new TabStop { Val = TabStopValues.Right, Position = 8560 }),
                Lines(480),
                new Indentation { Left = "280", LeftChars = 100, Right = "280", RightChars = 100 },
            ],
            Size("28")),
        Paragraph(Footer, "footer", [Lines(400)], Fonts("宋体"), Size("28")),
        new Style(
            new StyleName { Val = "任务标签" },
            new BasedOn { Val = "DefaultParagraphFont" },
            new PrimaryStyle(),
            new StyleRunProperties(Fonts(Hei)))
        { Type = StyleValues.Character, StyleId = Label, CustomStyle = true },
        new Style(
            new StyleName { Val = "Default Paragraph Font" }, new UIPriority { Val = 1 }, new SemiHidden(), new UnhideWhenUsed())
        { Type = StyleValues.Character, StyleId = "DefaultParagraphFont", Default = true });

    /// <summary>The fonts of the standard, each with what to take where it is not installed.</summary>
    public static Fonts FontTable() => new(
        Font(Song, "华文中宋,STZhongsong,Noto Serif CJK SC", "020B0604000101010101"),
        Font(FangSong, "仿宋,FangSong,Noto Serif CJK SC", "02010609030101010101"),
        Font(Hei, "SimHei,Noto Sans CJK SC", "02010609060101010101"),
        Font(Kai, "楷体,KaiTi,Noto Serif CJK SC", "02010609030101010101"),
        Font("宋体", "SimSun,Noto Serif CJK SC", "02010600030101010101"),
        new Font(
            new Panose1Number { Val = "02020603050405020304" }, new FontCharSet { Val = "00" },
            new FontFamily { Val = FontFamilyValues.Roman }, new Pitch { Val = FontPitchValues.Variable })
        { Name = Western });

    /// <summary>The measure list, and one instance for each of <paramref name="lists"/> lists that begins at 1 again.</summary>
    public static Numbering Numbering(int lists) => new(
        [
            new AbstractNum(
                new Nsid { Val = "4A5B6C01" },
                new MultiLevelType { Val = MultiLevelValues.SingleLevel },
                new TemplateCode { Val = "4A5B6C02" },
                new Level(
                    new StartNumberingValue { Val = 1 },
                    new NumberingFormat { Val = NumberFormatValues.Decimal },
                    new LevelSuffix { Val = LevelSuffixValues.Nothing },
                    new LevelText { Val = "%1." },
                    new LevelJustification { Val = LevelJustificationValues.Left },
                    new PreviousParagraphProperties(new Indentation { Left = "0", FirstLine = "560", FirstLineChars = 200 }))
                { LevelIndex = 0 })
            { AbstractNumberId = MeasureList },
            .. Enumerable.Range(1, lists).Select(id => new NumberingInstance(
                new AbstractNumId { Val = MeasureList },
                new LevelOverride(new StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 })
            { NumberID = id }),
        ]);

    private static Style Paragraph(string id, string name, OpenXmlElement[] paragraph, params OpenXmlElement[] run)
    {
        var style = new Style(
            new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new PrimaryStyle(),
            new StyleParagraphProperties(paragraph))
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            CustomStyle = id is Title or Heading1 or Heading2 or Footer ? null : true,
        };
        if (run.Length > 0)
        {
            style.Append(new StyleRunProperties(run));
        }

        return style;
    }

    private static Font Font(string name, string instead, string panose) => new(
        new AltName { Val = instead }, new Panose1Number { Val = panose }, new FontCharSet { Val = "86" },
        new FontFamily { Val = FontFamilyValues.Auto }, new Pitch { Val = FontPitchValues.Variable })
    { Name = name };

    private static RunFonts Fonts(string chinese) => new()
    {
        Ascii = Western,
        HighAnsi = Western,
        EastAsia = chinese,
        ComplexScript = Western,
    };

    private static FontSize Size(string halfPoints) => new() { Val = halfPoints };

    // 28 characters of 16 points want 448 points, the line has 442. A character grid would say it better, but not every program reads it alike.
    private static Spacing Tight() => new() { Val = -5 };

    private static Justification Center() => new() { Val = JustificationValues.Center };

    private static Indentation TwoCharacters(int twentieths = 640) =>
        new() { FirstLine = twentieths.ToString(CultureInfo.InvariantCulture), FirstLineChars = 200 };

    private static SpacingBetweenLines Lines(int twentieths) =>
        new() { Line = twentieths.ToString(CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact };
}
