using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Papers;

/// <summary>Styles, fonts and settings of the Word documents written here. Lengths go in as points.</summary>
internal static class DocxStyles
{
    // Names as officials' computers have them; each with others to fall back on, the last one free.
    public const string Song = "宋体", FangSong = "仿宋_GB2312", Kai = "楷体_GB2312", Hei = "黑体", Mark = "方正小标宋简体";

    private static readonly (string Name, string Others)[] Known =
    [
        (Song, "SimSun,Noto Serif CJK SC"),
        (FangSong, "仿宋,FangSong,Noto Serif CJK SC"),
        (Kai, "楷体,KaiTi,AR PL UKai CN,Noto Serif CJK SC"),
        (Hei, "SimHei,Noto Sans CJK SC"),
        (Mark, "FZXiaoBiaoSong-B05S,小标宋,宋体,Noto Serif CJK SC"),
    ];

    public static Fonts FontTable() => new(Known.Select(font => new Font(
        new AltName { Val = font.Others },
        new FontCharSet { Val = "86" },
        new FontFamily { Val = FontFamilyValues.Auto },
        new Pitch { Val = FontPitchValues.Variable })
    { Name = font.Name }));

    public static Settings Settings(Paper paper) => paper.Kind == PaperKind.Official
        ? new Settings(new EvenAndOddHeaders(), Compatibility())
        : new Settings(Compatibility());

    // Mode 15 is Word 2013 and later; without it Word opens the paper in compatibility mode.
    private static Compatibility Compatibility() => new(new CompatibilitySetting
    {
        Name = CompatSettingNameValues.CompatibilityMode,
        Uri = "http://schemas.microsoft.com/office/word",
        Val = "15",
    });

    public static Styles Of(Paper paper)
    {
        var (form, official) = (paper.Form, paper.Kind == PaperKind.Official);
        var body = official ? FangSong : Song;
        var styles = new Styles(new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(
            Family(body), new FontSize { Val = Half(form.Body) }, new FontSizeComplexScript { Val = Half(form.Body) },
            new Languages { Val = "en-US", EastAsia = paper.Words.Language.Tag.StartsWith("zh", StringComparison.Ordinal) ? paper.Words.Language.Tag : "zh-CN" }))));

        styles.Append(Named("Normal", "Normal", null, body, form.Body, new StyleParagraphProperties(
            new WidowControl(), Spacing(0, 0, form.Line), new Justification { Val = JustificationValues.Both }), isDefault: true,
            tighten: form.Tighten(paper.Kind)));
        styles.Append(Named("Body", "Body Text", "Normal", body, form.Body, new StyleParagraphProperties(Indent(form.Body))));
        styles.Append(Named("Title", "Title", "Normal", official ? Mark : Hei, form.Title, new StyleParagraphProperties(
            new KeepNext(), Spacing(official ? form.Line * 2 : 12, official ? form.Line : 12, form.Title * 1.5f),
            new Justification { Val = JustificationValues.Center })));
        styles.Append(Named("Mark", "Issuer Mark", "Normal", Mark, 40, new StyleParagraphProperties(
            new KeepNext(), new Justification { Val = JustificationValues.Center }), colour: "FF0000"));
        for (var level = 1; level <= 4; level++)
        {
            var family = official ? level switch { 1 => Hei, 2 => Kai, _ => FangSong } : Hei;
            var properties = new StyleParagraphProperties(new KeepNext(), new KeepLines(),
                Spacing(official ? 0 : 10, official ? 0 : 4, Math.Max(form.Line, form.Heading(level) * 1.5f)));
            if (official)
            {
                properties.Append(Indent(form.Body));
            }

            properties.Append(new Justification { Val = JustificationValues.Left });
            properties.Append(new OutlineLevel { Val = level - 1 });
            styles.Append(Named($"Heading{level}", $"heading {level}", "Normal", family, form.Heading(level), properties, next: "Body"));
        }

        for (var level = 1; level <= 4; level++)
        {
            styles.Append(Named($"TOC{level}", $"toc {level}", "Normal", body, Math.Min(form.Body, 14), new StyleParagraphProperties(
                new Tabs(new TabStop { Val = TabStopValues.Right, Leader = TabStopLeaderCharValues.Dot, Position = (int)(form.TypeWidth * 20) }),
                new Indentation { Left = Twips((level - 1) * form.Body) },
                new Justification { Val = JustificationValues.Left })));
        }

        styles.Append(Named("TOCHeading", "TOC Heading", "Normal", Hei, form.Title, new StyleParagraphProperties(
            new KeepNext(), Spacing(0, 12, form.Title * 1.5f), new Justification { Val = JustificationValues.Center })));
        styles.Append(Named("Cell", "Table Text", "Normal", body, form.Table, new StyleParagraphProperties(
            Spacing(1, 1, form.TableLine), new Justification { Val = JustificationValues.Left })));
        styles.Append(Named("CellHead", "Table Head", "Cell", Hei, form.Table, new StyleParagraphProperties(
            new KeepNext(), new Justification { Val = JustificationValues.Center })));
        styles.Append(Named("Caption", "caption", "Normal", Hei, form.Table + 1, new StyleParagraphProperties(
            new KeepNext(), Spacing(6, 3, form.TableLine + 3), new Justification { Val = JustificationValues.Center })));
        styles.Append(Named("Header", "header", "Normal", Song, 9, new StyleParagraphProperties(
            new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 4, Space = 1, Color = "808080" }),
            Spacing(0, 0, 12), new Justification { Val = JustificationValues.Left })));
        styles.Append(Named("Footer", "footer", "Normal", Song, form.PageNumber, new StyleParagraphProperties(
            Spacing(0, 0, form.PageNumber + 2), new Justification { Val = JustificationValues.Center })));
        return styles;
    }

    private static Style Named(
        string id, string name, string? basedOn, string family, float size, StyleParagraphProperties properties,
        bool isDefault = false, string? next = null, string? colour = null, float tighten = 0)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null, StyleName = new StyleName { Val = name } };
        style.BasedOn = basedOn is null ? null : new BasedOn { Val = basedOn };
        style.NextParagraphStyle = next is null ? null : new NextParagraphStyle { Val = next };
        style.PrimaryStyle = new PrimaryStyle();
        style.StyleParagraphProperties = properties;
        style.StyleRunProperties = new StyleRunProperties
        {
            RunFonts = Family(family),
            // Character spacing and not a grid of characters: LibreOffice gives each character of such a grid two places.
            Spacing = tighten > 0 ? new Spacing { Val = -(int)MathF.Ceiling(tighten * 20) } : null,
            Color = colour is null ? null : new Color { Val = colour },
            FontSize = new FontSize { Val = Half(size) },
            FontSizeComplexScript = new FontSizeComplexScript { Val = Half(size) },
        };
        return style;
    }

    private static RunFonts Family(string name) =>
        new() { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = name, ComplexScript = "Times New Roman" };

    private static Indentation Indent(float size) => new() { FirstLine = Twips(size * 2), FirstLineChars = 200 };

    /// <summary>Fixed line spacing: official documents have 22 lines on a page whatever the font.</summary>
    public static SpacingBetweenLines Spacing(float before, float after, float line) => new()
    {
        Before = Twips(before),
        After = Twips(after),
        Line = Twips(line),
        LineRule = LineSpacingRuleValues.Exact,
    };

    public static string Twips(float points) => ((int)MathF.Round(points * 20)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Half(float points) => ((int)MathF.Round(points * 2)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
