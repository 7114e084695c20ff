using System.Text;
using Rectify.Reading;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class HtmlReaderTests
{
    private static SourceDocument Html(string body, string encoding = "utf-8", string head = "") =>
        Files.Read(Encodings.Get(encoding).GetBytes($"<!DOCTYPE html><html><head><title>题</title>{head}</head><body>{body}</body></html>"));

    [Fact]
    public void Reads_what_a_reader_sees() => Assert.Equal(
        ["整改方案", "第一段 末", "责任单位：\n州林业局", "1. 甲", "2. 乙", "二、丙", "丁", "末段"],
        Html("""
            <h1>整改方案</h1><script>x</script><style>p{}</style><p style="display:none">隐</p><p hidden>隐</p>
            <p>第一
            段 &nbsp;末</p><div>责任单位：<br>州林业局</div>
            <ol><li>甲</li><li>乙</li></ol><ol style="list-style-type:cjk-ideographic" start="2"><li>丙</li></ol><ul><li>丁</li></ul>末段
            """).Texts().Select(text => text.Replace("  ", " ", StringComparison.Ordinal)));

    [Fact]
    public void Leaves_out_what_surrounds_the_article() => Assert.Equal(
        ["整改公示", "正文第一段，写得长一些，好让它是页面的主要内容。", "附件：清单.docx"],
        Html("""
            <div class="top-nav"><ul><li><a>首页</a></li><li><a>整改任务</a></li></ul></div><p><a>首页</a> &gt; <a>政务公开</a> &gt; <a>整改公示</a></p>
            <div class="content-share"><h1>整改公示</h1><p>正文第一段，写得长一些，好让它是页面的主要内容。</p><p>附件：<a>清单.docx</a></p></div>
            <div id="footer"><p>主办单位：某市人民政府</p></div>
            """).Texts());

    [Fact]
    public void Takes_heading_levels() => Assert.Equal(
        [("一", 1), ("二", 3), ("三", 0)],
        Paragraphs(Html("<h1>一</h1><h3>二</h3><p>三</p>").Blocks).Select(paragraph => (paragraph.Text, paragraph.Heading)));

    [Fact]
    public void Empty_lines_made_of_breaks_end_a_paragraph() =>
        Assert.Equal(["甲\n乙", "丙"], Html("<div>甲<br>乙<br>　<br>丙</div>").Texts());

    [Fact]
    public void Finds_the_grid_of_spans() => Assert.Equal(
        ["0,0,2,1:序号", "0,1,1,2:整改", "1,1,1,1:目标", "1,2,1,1:措施", "2,0,1,1:1", "2,1,1,1:a", "2,2,1,1:b"],
        Html("""
            <table border="1"><thead><tr><th rowspan="2">序号</th><th colspan="2">整改</th></tr><tr><th>目标</th><th>措施</th></tr></thead>
            <tbody><tr><td>1</td><td>a</td><td><p>b</p></td></tr></tbody></table>
            """).OnlyTable().Cells());

    [Fact]
    public void Reads_through_layout_tables_and_keeps_tables_of_data()
    {
        var read = Html("""
            <table width="100%"><tr><td><a>首页</a></td></tr><tr><td>
              <table><tr><td><a href="#">栏目导航一二三四五六七八九十</a></td><td>
                <h2>公示</h2><p>正文</p><table border="1"><tr><td>责任单位</td><td>州林业局</td></tr></table><p>末</p></td></tr></table>
            </td></tr></table>
            """);

        Assert.Equal(["首页", "栏目导航一二三四五六七八九十", "公示", "正文", "责任单位", "州林业局", "末"], read.Texts());
        Assert.Equal(["0,0,1,1:责任单位", "0,1,1,1:州林业局"], read.OnlyTable().Cells());
    }

    [Fact]
    public void Keeps_a_table_nested_beside_its_label()
    {
        var table = Html("<table><tr><td>责任单位</td><td><table><tr><td>牵头</td><td>州林业局</td></tr></table></td></tr></table>").OnlyTable();
        Assert.Equal(["0,0,1,1:牵头", "0,1,1,1:州林业局"], Assert.IsType<Table>(Assert.Single(table.At(0, 1)!.Blocks)).Cells());
    }

    [Theory]
    [InlineData("gb18030", "gb2312")]
    [InlineData("gb18030", "")]
    [InlineData("big5", "big5")]
    [InlineData("utf-8", "gb2312")]
    [InlineData("utf-16", "")]
    public void Reads_pages_in_any_usual_encoding(string encoding, string declared)
    {
        const string text = "中央環境保護督察反饋意見整改方案，責任單位：州林業局";
        var head = declared.Length > 0 ? $"<meta charset={declared}>" : "";
        Assert.Equal([text], Html($"<p>{text}</p>", encoding, head).Texts());
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><p>")]
    public void Refuses_pages_that_never_close_what_they_open(string opening) => Assert.Equal(
        "reading.too-deep", Refused(Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat(opening, 100_000)))).Code);

    [Fact]
    public void Refuses_endless_nesting() => Assert.Equal(
        "reading.too-deep",
        Refused(Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat("<table><tr><td>甲</td><td>", 30)))).Code);
}
