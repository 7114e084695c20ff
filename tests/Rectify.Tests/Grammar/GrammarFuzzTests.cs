using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class GrammarFuzzTests
{
    private static readonly string[] Words =
    [
        "一、", "（二）", "1.", "2、", "(3)", "④", "一是", "第二十七项", "序号", "编号8：", "364(35-11)", "责任单位：", "整改目标", "整改措施：", "整改时限", "责 任\n单位", "反馈问题", "牵头单位：", "配合单位",
        "省水利厅（牵头）", "、", "，", "；", "。", "\n", " ", "　", "\t", "|", "2022年12月底前", "上半年", "每季度至少1次", "至", "-", "5月22日", "立行立改", "长期坚持", "市委、市政府", "（", "）", "【", "】",
        "公示期为", "7天", "现将整改情况公示如下", "特此公示", "整改完成情况", "某市某局", "2023年1月9日", "问题", "措施", "点位一", "二〇一八年", "廿", "\uD800", "\uFFFF", "e\u0301", "𠮷",
    ];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => Words[i]);

    private static readonly Gen<string> Text = Gen.OneOf(Word, Gen.String[0, 6]).Array[0, 14].Select(string.Concat);

    private static readonly Gen<IReadOnlyList<Block>> Blocks = Gen.Recursive<IReadOnlyList<Block>>((depth, inner) =>
        Gen.OneOf(
            Text.Select(text => (Block)new Paragraph(0, text)),
            Gen.Select(Text, Gen.Int[1, 9]).Select((text, level) => (Block)new Paragraph(0, text, level)),
            Gen.Const((Block)new Break("")),
            depth > 2 ? Text.Select(text => (Block)new Paragraph(0, text)) : Tables(inner)).Array[0, depth == 0 ? 14 : 3].Select(blocks => (IReadOnlyList<Block>)blocks));

    [Fact]
    public void Any_tree_of_blocks_is_read_the_same_twice_and_every_field_says_where_it_stands() => Blocks.Sample(
        blocks =>
        {
            var source = new SourceDocument("fuzz", SourceFormat.Text, Numbered(blocks), []);
            var json = PlanJson.Write(PlanGrammar.Read(source), source);
            Assert.Equal(json, PlanJson.Write(PlanGrammar.Read(source), source));
            Assert.Empty(PassageCheck.Errors(source, PlanGrammar.Read(source)));
        },
        iter: 2000);

    [Fact]
    public void Published_texts_that_were_damaged_are_still_read() => Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 4000], Gen.Int[0, 60], Word).Sample(
        (which, at, length, word) =>
        {
            var texts = Corpus.Value;
            var source = texts[which % texts.Count];
            var paragraphs = source.Blocks.OfType<Paragraph>().ToList();
            if (paragraphs.Count == 0)
            {
                return;
            }

            var hurt = paragraphs[at % paragraphs.Count];
            var start = Math.Min(at % (hurt.Text.Length + 1), hurt.Text.Length);
            var text = hurt.Text.Remove(start, Math.Min(length, hurt.Text.Length - start)).Insert(start, word);
            var damaged = source with { Blocks = [.. source.Blocks.Select(block => ReferenceEquals(block, hurt) ? hurt with { Text = text } : block)] };
            Assert.Empty(PassageCheck.Errors(damaged, PlanGrammar.Read(damaged)));
        },
        iter: 2000);

    [Fact]
    public void Published_texts_say_where_every_field_stands() =>
        Assert.Empty(Corpus.Value.SelectMany(source => PassageCheck.Errors(source, PlanGrammar.Read(source))));

    private static readonly Lazy<IReadOnlyList<SourceDocument>> Corpus =
        new(() => [.. Expectation.Corpus().Concat(Expectation.Shapes()).Select(expectation => expectation.Source)]);

    private static Gen<Block> Tables(Gen<IReadOnlyList<Block>> inner) =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Select(Gen.Int[-1, 7], Gen.Int[-1, 7], Gen.Int[-1, 4], Gen.Int[0, 400], inner)
            .Select((row, column, high, wide, blocks) => new Cell(row, column, high, wide, blocks)).Array[0, 12])
        .Select((rows, columns, cells) => (Block)new Table(rows, columns, cells));

    // Paragraphs are counted through the whole document, as readers do.
    private static IReadOnlyList<Block> Numbered(IReadOnlyList<Block> blocks)
    {
        var last = 0;
        return Number(blocks);

        IReadOnlyList<Block> Number(IReadOnlyList<Block> some) =>
        [
            .. some.Select(block => block switch
            {
                Paragraph paragraph => paragraph with { Id = ++last },
                Table table => table with { Cells = [.. table.Cells.Select(cell => cell with { Blocks = Number(cell.Blocks) })] },
                _ => block,
            })
        ];
    }
}
