using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Rectify.Reading;
using static Rectify.Tests.Reading.Files;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Tests.Reading;

public sealed class WordReaderTests
{
    private static string[] Body(string body, params (string, string)[] parts) => Files.Read(Docx(body, parts)).Texts();

    private static (string, string) Lists(string inner) => ("numbering", Part("numbering", inner));

    private static string Level(int level, string format, string text, string more = "") =>
        $"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>";

    private static string Item(string text, int list, int level = 0) =>
        P(text, $"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");

    private static string Num(int id, int list, string more = "") =>
        $"<w:num w:numId='{id}'><w:abstractNumId w:val='{list}'/>{more}</w:num>";

    [Theory]
    [InlineData("decimal", "%1.", "3. 甲")]
    [InlineData("chineseCounting", "%1、", "三、甲")]
    [InlineData("chineseCountingThousand", "（%1）", "（三）甲")]
    [InlineData("japaneseCounting", "第%1项", "第三项 甲")]
    [InlineData("taiwaneseCounting", "%1、", "三、甲")]
    [InlineData("ideographDigital", "%1、", "三、甲")]
    [InlineData("decimalEnclosedCircle", "%1", "③ 甲")]
    [InlineData("lowerLetter", "%1)", "c) 甲")]
    [InlineData("upperRoman", "%1.", "III. 甲")]
    [InlineData("decimalFullWidth", "%1．", "３．甲")]
    [InlineData("chineseLegalSimplified", "%1、", "叁、甲")]
    [InlineData("ideographTraditional", "%1、", "丙、甲")]
    [InlineData("bullet", "●", "甲")]
    public void Writes_the_automatic_number_in_front(string format, string text, string third) => Assert.Equal(third, Body(
        Item("甲", 7) + Item("甲", 7) + Item("甲", 7),
        Lists($"<w:abstractNum w:abstractNumId='1'>{Level(0, format, text)}</w:abstractNum>{Num(7, 1)}"))[2]);

    [Fact]
    public void Numbers_levels_together_and_starts_deeper_ones_again() => Assert.Equal(
        ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e", "一、f", "（一）g"],
        Body(
            Item("a", 1) + Item("b", 1, 1) + Item("c", 1, 1) + Item("d", 1) + Item("e", 1, 1) + Item("f", 2) + Item("g", 2, 1),
            Lists($"<w:abstractNum w:abstractNumId='1'>{Level(0, "decimal", "%1.")}{Level(1, "decimal", "%1.%2")}</w:abstractNum>"
                + $"<w:abstractNum w:abstractNumId='2'>{Level(0, "chineseCounting", "%1、")}{Level(1, "chineseCounting", "（%2）")}</w:abstractNum>"
                + Num(1, 1) + Num(2, 2))));

    [Fact]
    public void Counts_on_in_another_instance_of_a_list_unless_it_overrides_the_start() => Assert.Equal(
        ["1. a", "2. b", "5. c", "6. d", "7. e"],
        Body(
            Item("a", 1) + Item("b", 2) + Item("c", 3) + Item("d", 3) + Item("e", 1),
            Lists($"<w:abstractNum w:abstractNumId='1'>{Level(0, "decimal", "%1.")}</w:abstractNum>" + Num(1, 1) + Num(2, 1)
                + Num(3, 1, "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>"))));

    [Fact]
    public void Keeps_counting_where_a_level_never_starts_again_and_writes_legal_numbers_in_digits() => Assert.Equal(
        ["一、a", "1.1 b", "二、c", "2.2 d"],
        Body(
            Item("a", 1) + Item("b", 1, 1) + Item("c", 1) + Item("d", 1, 1),
            Lists($"<w:abstractNum w:abstractNumId='1'>{Level(0, "chineseCounting", "%1、")}"
                + $"{Level(1, "decimal", "%1.%2", "<w:lvlRestart w:val='0'/><w:isLgl/>")}</w:abstractNum>{Num(1, 1)}")));

    [Fact]
    public void Takes_numbering_and_levels_from_styles_and_their_bases()
    {
        var styles = Part("styles", """
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="x"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>
            """);
        var list = Lists("<w:abstractNum w:abstractNumId='1'>" + Level(0, "chineseCounting", "%1、", "<w:pStyle w:val='1'/>")
            + Level(1, "chineseCounting", "（%2）", "<w:pStyle w:val='2'/>") + "</w:abstractNum>" + Num(4, 1));

        var read = Files.Read(Docx(
            P("a", "<w:pStyle w:val='1'/>") + P("b", "<w:pStyle w:val='2'/>") + P("c", "<w:pStyle w:val='x'/>")
            + P("d", "<w:pStyle w:val='x'/><w:numPr><w:numId w:val='0'/></w:numPr>") + P("e"),
            ("styles", styles), list));

        Assert.Equal([("一、a", 1), ("（一）b", 2), ("二、c", 1), ("d", 1), ("e", 0)],
            Paragraphs(read.Blocks).Select(paragraph => (paragraph.Text, paragraph.Heading)));
        Assert.Equal([1, 2, 3, 4, 5], Paragraphs(read.Blocks).Select(paragraph => paragraph.Id));
    }

    [Fact]
    public void Reads_changes_as_accepted()
    {
        const string row = "<w:tr>{0}<w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:tr>";
        var read = Files.Read(Docx(
            "<w:p><w:r><w:t>整改</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
            + "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
            + P("前半", "<w:rPr><w:del w:id='1'/></w:rPr>") + P("后半")
            + "<w:tbl>" + string.Format(null, row, "", "留") + string.Format(null, row, "<w:trPr><w:del w:id='2'/></w:trPr>", "删") + "</w:tbl>"));

        Assert.Equal(["整改新移来", "前半后半", "留"], read.Texts());
        Assert.Contains(read.Notices, notice => notice.Code == "reading.changes-accepted");
    }

    [Fact]
    public void Reads_a_text_box_once_and_the_table_inside_it()
    {
        const string box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:txbxContent>";
        Assert.Equal(["正文", "框内", "格", "后文"], Body(
            "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + box
            + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box
            + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + P("后文")));
    }

    [Fact]
    public void Shows_what_a_reader_sees_of_fields_controls_ruby_breaks_and_hidden_text() => Assert.Equal(
        ["见第3页链接内容", "第一行\n第二行\t列", "督察 A-B☑", "可见"],
        Body(
            "<w:p><w:r><w:t>见第</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
            + "<w:r><w:t>页</w:t></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
            + "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>内容</w:t></w:r></w:sdtContent></w:sdt>"
            + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt></w:p>"
            + "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>列</w:t></w:r></w:p>"
            + "<w:p><w:r><w:ruby><w:rt><w:r><w:t>du</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>督</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            + "<w:r><w:t xml:space='preserve'>察 A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>"
            + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>可见</w:t></w:r></w:p>"));

    [Fact]
    public void Finds_the_grid_of_merged_and_nested_tables()
    {
        static string Cell(string text, string properties = "") =>
            $"<w:tc><w:tcPr>{properties}</w:tcPr>{(text.StartsWith('<') ? text : P(text))}</w:tc>";
        var table = Files.Read(Docx(
            "<w:tbl><w:tr>" + Cell("标题", "<w:gridSpan w:val='3'/>") + "</w:tr>"
            + "<w:tr>" + Cell("序号", "<w:vMerge w:val='restart'/>") + Cell("a") + Cell("b") + "</w:tr>"
            + "<w:tr>" + Cell("", "<w:vMerge/>") + Cell("c") + Cell("<w:tbl><w:tr>" + Cell("内") + "</w:tr></w:tbl><w:p/>") + "</w:tr></w:tbl>"))
            .OnlyTable();

        Assert.Equal(["0,0,1,3:标题", "1,0,2,1:序号", "1,1,1,1:a", "1,2,1,1:b", "2,1,1,1:c", "2,2,1,1:"], table.Cells());
        Assert.Equal("序号", table.At(2, 0)?.Text);
        Assert.Equal(["0,0,1,1:内"], Assert.IsType<Table>(Assert.Single(table.At(2, 2)!.Blocks)).Cells());
    }

    [Fact]
    public void Marks_page_breaks_and_leaves_out_notes_with_a_notice()
    {
        var read = Files.Read(
            Docx(
                P("一") + "<w:p><w:r><w:br w:type='page'/><w:t>二</w:t></w:r></w:p>" + P("三", "<w:pageBreakBefore/>"),
                ("footnotes", Part("footnotes", "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='1'>" + P("注") + "</w:footnote>")),
                ("endnotes", Part("endnotes", "<w:endnote w:type='separator' w:id='0'><w:p/></w:endnote>")),
                ("comments", Part("comments", "<w:comment w:id='1'>" + P("批") + "</w:comment>"))));

        Assert.Equal(["一", "/", "二", "/", "三"], read.Blocks.Select(block => block is Paragraph paragraph ? paragraph.Text : "/"));
        Assert.Equal(["reading.footnotes-skipped", "reading.comments-skipped"], read.Notices.Select(notice => notice.Code));
    }

    [Fact]
    public void Reads_a_file_written_by_another_library()
    {
        using var file = new MemoryStream();
        using (var word = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            word.AddMainDocumentPart().Document = new Word.Document(new Word.Body(
                new Word.Paragraph(new Word.Run(new Word.Text("责任单位："), new Word.Break(), new Word.Text("州林业局"))),
                new Word.Table(new Word.TableRow(new Word.TableCell(new Word.Paragraph(new Word.Run(new Word.Text("格"))))))));
        }

        Assert.Equal(["责任单位：\n州林业局", "格"], Files.Read(file.ToArray()).Texts());
    }

    [Fact]
    public void Numbers_empty_cells_as_Word_does() => Assert.Equal(
        ["0,0,1,1:1", "0,1,1,1:a", "1,0,1,1:2", "1,1,1,1:b"],
        Files.Read(Docx(
            "<w:tbl><w:tr><w:tc>" + Item("", 1) + "</w:tc><w:tc>" + P("a") + "</w:tc></w:tr><w:tr><w:tc>" + Item("", 1) + "</w:tc><w:tc>" + P("b")
            + "</w:tc></w:tr></w:tbl>", Lists($"<w:abstractNum w:abstractNumId='1'>{Level(0, "decimal", "%1")}</w:abstractNum>{Num(1, 1)}")))
            .OnlyTable().Cells());
}
