using CsCheck;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Workbooks;

namespace Rectify.Tests.Workbooks;

/// <summary>Returns without a database: items with figures, nodes, measures, evidence and percentages, and anything that a unit may state of them.</summary>
internal static class Books
{
    public static readonly DateOnly Today = new(2026, 3, 26);
    public static readonly DateTimeOffset Made = new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero);

    private static readonly DispatchRound Round = DispatchRound.Create(
        Guid.CreateVersion7(), ReportPeriod.Of(CycleKind.Monthly, new(2026, 3, 1)), 13, new(new(2026, 3, 20), new(2026, 3, 31), new(2026, 4, 3)), null, Made);

    private static readonly Programme Programme = Programme.Create("r1", new("第一轮督察", Guid.CreateVersion7()));

    // What people type, and what office programs might take for something else.
    private static readonly Gen<string> Odd = Pick(
        "", "=1+2", "+5家", "-3", "@x", "'引号", "_x0041_", "a\nb", "a\r\nb", " 前后有空格 ", "全角　空格", "\u00a0x\u00ad", "<b>&amp;\"", "2019-3-5", "３５", "1,234.50", "TRUE", "#N/A", "𠮷野家", "is\u200bthere", "⽅案",
        new string('长', 4_000));

    public static readonly Gen<string> Text = Gen.OneOf(Odd, Gen.Char.Array[0, 30].Select(signs => new string(signs)), Pick("开工建设，完成土建3座。\n ".ToCharArray()).Array[0, 60].Select(signs => new string(signs))).Select(text => text.Trim());

    private static readonly Gen<string> Title = Text.Select(text => text.Length is 0 or > 200 ? "验收报告" : text);

    private static readonly Gen<string> Reason = Text.Select(text => text.Length > 500 ? text[..499] : text);

    /// <param name="Asked">What each item asks, with two statements about it.</param>
    public sealed record Case(AskedLine Asked, StatedLine Stored, StatedLine Typed, bool Filled, IReadOnlyList<LineEvidence> Pieces);

    public static readonly Gen<Case> One = Gen.Select(
            Gen.Int[0, 3].List[0, 3], Gen.Bool.List[0, 3], Gen.Bool, Gen.Bool, Pick(Light.None, Light.Green, Light.Yellow, Light.Red), Gen.Int[1, 3].List[0, 3], Gen.Select(Title, Gen.Bool).List[0, 3])
        .SelectMany(shape =>
        {
            var (scales, frozen, percent, filled, light, gaps, titles) = shape;
            var item = Item.Create(Guid.CreateVersion7(), null, ItemKind.Task, 1, new("第三项", 3, "雁湖流域污水处理厂不能稳定达标")
            {
                Deadline = new("2026年底前", DeadlineKind.Fixed, null, new DateOnly(2026, 12, 31), null),
            });
            var figures = scales.Select((scale, i) =>
            {
                var measure = Item.Create(Guid.CreateVersion7(), item, ItemKind.Measure, i + 1, new($"{i + 1}.", i + 1, "建设"));
                measure.Measure($"指标{i + 1}", "千米", scale, 0, 865);
                return new AskedFigure(measure, 123, 200, i % 2 == 0 ? 120 : null);
            }).ToList();
            var nodes = frozen.Select((_, i) => new ItemMilestone { ItemId = item.Id, No = i + 1, Text = $"节点{i + 1}通水", Due = new(2026, 3, 31) }).ToList();
            // Their numbers have gaps: measures that are done are not asked for.
            var measures = gaps.Select((_, i) => new AskedMeasure(Item.Create(Guid.CreateVersion7(), item, ItemKind.Measure, 9 + i, new($"{9 + i}.", 9 + i, $"培训第{i + 1}批人员")), gaps.Take(i + 1).Sum())).ToList();
            var pieces = titles.Select(piece => new LineEvidence(Guid.CreateVersion7(), piece.Item1, Today, 1, piece.Item2)).ToList();
            var asked = new AskedLine(item, ItemStatus.OnTrack, light, figures, nodes, percent && figures.Count == 0, 20) { Measures = measures };
            return Gen.Select(Stated(asked, pieces), Stated(asked, pieces), (stored, typed) => new Case(asked, stored, typed, filled, pieces));
        });

    public static ReturnView View(IReadOnlyList<(AskedLine Asked, StatedLine Stated, bool Filled, IReadOnlyList<LineEvidence> Pieces)> lines, UnitReturn? whole = null, IReadOnlyList<ReturnLine>? rows = null)
    {
        whole ??= UnitReturn.Create(Round, Guid.CreateVersion7(), Guid.CreateVersion7(), lines.Count, Made);
        return new()
        {
            Return = whole,
            Round = Round,
            Programme = Programme,
            Unit = "泉湖县",
            With = "泉湖县",
            Corrections = [],
            Last = Round,
            Lines =
            [
                .. lines.Select((line, i) =>
                {
                    var row = rows?[i] ?? ReturnLine.Create(whole, line.Asked.Item.Id, i + 1, line.Stated);
                    if (line.Filled && !row.Filled)
                    {
                        row.Save(line.Stated, row.Version);
                    }

                    return new ReturnView.Line(row, line.Asked, line.Stated, []) { Pieces = line.Pieces };
                }),
            ],
            Steps = [],
            Others = [],
            MayWrite = true,
            MayRecall = false,
            Decisions = [],
        };
    }

    /// <summary>The workbook of a return in which everything was typed, and the return as it is stored.</summary>
    public static (ReturnView Stored, byte[] File) Typed(IReadOnlyList<Case> cases, Language? language = null)
    {
        var stored = View([.. cases.Select(one => (one.Asked, one.Stored, one.Filled, one.Pieces))]);
        var typed = View([.. cases.Select(one => (one.Asked, one.Typed, one.Filled, one.Pieces))], stored.Return, [.. stored.Lines.Select(line => line.Row)]);
        return (stored, BookWriter.Write(ReturnBook.Of(typed, Words.In(language ?? Language.Default)), Made));
    }

    public static BookReckoning Reckon(ReturnView stored, byte[] file)
    {
        var filled = FilledBook.Read(new MemoryStream(file), "填报表.xlsx", TestContext.Current.CancellationToken);
        return new(ReturnBook.Of(stored, Words.In(filled.Memory.Language)), filled, Today);
    }

    private static Gen<StatedLine> Stated(AskedLine asked, IReadOnlyList<LineEvidence> pieces)
    {
        var figures = asked.Figures.Select(figure => Gen.Select(Gen.Long[-99_999_999, 99_999_999].Nullable(), Reason, Gen.Long[0, 99_999].Nullable(), Reason, (value, reason, corrects, because) =>
            figure.Frozen is null ? new StatedFigure(figure.Quantity.Id, value, reason) : new StatedFigure(figure.Quantity.Id, value, reason, corrects, because))).ToArray();
        var nodes = asked.Nodes.Select(node => Gen.Select(Gen.Bool, Gen.Int[0, 900].Nullable(), (reached, day) =>
            reached ? new StatedNode(node.No, day is { } back ? Today.AddDays(-back) : null) : null)).ToArray();
        var measures = asked.Measures.Select(measure => Gen.Select(Gen.Bool, Gen.Int[0, 900].Nullable(), (done, day) =>
            done ? new StatedMeasure(measure.Measure.Id, day is { } back ? Today.AddDays(-back) : null) : null)).ToArray();
        var chosen = pieces.Select(piece => Gen.Bool.Select(one => one ? (Guid?)piece.Id : null)).ToArray();
        return Gen.Select(Text, Text, Text, Gen.Int[0, 100].Nullable(), Reason, (work, problems, next, percent, because) => new StatedLine
        {
            Work = work,
            Problems = problems,
            NextSteps = next,
            Percent = asked.AsksPercent ? percent : null,
            PercentReason = asked.AsksPercent ? because : "",
        }).SelectMany(line => All(figures).SelectMany(given => All(nodes).SelectMany(reached => All(measures).SelectMany(done => All(chosen).Select(proofs =>
            line with { Figures = given, Nodes = [.. reached.OfType<StatedNode>()], Measures = [.. done.OfType<StatedMeasure>()], Evidence = [.. proofs.OfType<Guid>()] })))));
    }

    private static Gen<T> Pick<T>(params T[] among) => Gen.Int[0, among.Length - 1].Select(i => among[i]);

    private static Gen<List<T>> All<T>(Gen<T>[] gens) => gens.Aggregate(Gen.Const(new List<T>()), (all, one) => all.SelectMany(list => one.Select(value => new List<T>([.. list, value]))));
}
