using CsCheck;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class CorpusScoreTests
{
    private const string Two =
        """
        {"text": "……", "items": [
          {"number": {"text": "六", "value": 6}, "problem": "某水库长期超采地下水…", "goal": null, "result": null, "notice": null,
           "measures": [{"number": "1.", "text": "关停十二眼自备井。", "deadline": {"text": "2024年6月底前", "kind": "fixed", "date": "2024-06-30"},
                         "recurrence": null, "units": []},
                        {"number": "2.", "text": "每月公布取水量。", "deadline": null, "recurrence": "每月", "units": []}],
           "units": [{"text": "省水利厅", "role": "lead"}, {"text": "随川市", "role": "cooperate"}], "persons": [],
           "milestones": [{"text": "2024年6月底前", "date": "2024-06-30"}],
           "deadline": {"text": "2024年底前", "kind": "fixed", "date": "2024-12-31"}},
          {"number": {"text": "七", "value": 7}, "problem": "某湖水质下降。", "measures": [], "units": [], "deadline": null}]}
        """;

    public static TheoryData<string> Files =>
        [.. Expectation.Corpus().Concat(Expectation.Shapes()).Select(expectation => expectation.Name)];

    [Theory, MemberData(nameof(Files))]
    public void A_draft_that_is_the_expectation_scores_full_marks(string file)
    {
        var expectation = Expectation.Corpus().Concat(Expectation.Shapes()).Single(one => one.Name == file);

        var score = CorpusScore.Of([expectation], _ => ExpectedDraft.Of(expectation));

        Assert.All(score.Tallies, tally => Assert.Empty(tally.Differences));
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_expected_word_stands_in_the_source(string file)
    {
        var expectation = Expectation.Corpus().Concat(Expectation.Shapes()).Single(one => one.Name == file);
        var source = DraftMatch.Bare(string.Concat(Texts(expectation.Source.Blocks)));
        var draft = ExpectedDraft.Of(expectation);

        var words = draft.Items.SelectMany(item => new[]
            {
                item.Problem.Text, item.Goal.Text, item.Result.Text, item.Deadline?.Text ?? "",
            }
            .Concat(item.Units.Concat(item.Measures.SelectMany(measure => measure.Units)).Select(unit => unit.Text))
            .Concat(item.Persons.Select(person => person.Text))
            .Concat(item.Measures.SelectMany(measure =>
                new[] { measure.Text.Text, measure.Deadline?.Text ?? "", measure.Recurrence?.Text ?? "" })));

        Assert.All(words, word => Assert.Contains(DraftMatch.Bare(word), source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_item_costs_recall_of_every_field_it_has_and_no_precision()
    {
        var score = Score(Draft() with { Items = [Draft().Items[1]] });

        Assert.Equal((1, 1, 0), Counts(score["number"]));
        Assert.Equal((0, 2, 0), Counts(score["units"]));
        Assert.Equal((0, 2, 0), Counts(score["measures"]));
        Assert.Equal((0, 2, 0), Counts(score["deadline"]));
        Assert.All(score.Tallies, tally => Assert.Equal(1, tally.Precision));
    }

    [Fact]
    public void An_invented_item_costs_precision_and_no_recall()
    {
        var draft = Draft();

        var score = Score(draft with { Items = [.. draft.Items, draft.Items[0]] });

        Assert.Equal((2, 0, 1), Counts(score["number"]));
        Assert.Equal((2, 0, 2), Counts(score["units"]));
        Assert.Equal((2, 0, 2), Counts(score["deadline"]));
        Assert.All(score.Tallies, tally => Assert.Equal(1, tally.Recall));
    }

    [Fact]
    public void A_unit_with_the_wrong_role_is_missed_and_wrong()
    {
        var draft = Draft();
        var units = draft.Items[0].Units.Select(unit => unit with { Role = DraftRole.Responsible });

        var score = Score(draft with { Items = [draft.Items[0] with { Units = [.. units] }, draft.Items[1]] });

        Assert.Equal((0, 2, 2), Counts(score["units"]));
    }

    [Fact]
    public void A_deadline_counts_by_kind_and_date_together()
    {
        var (draft, deadline) = (Draft(), Draft().Items[0].Deadline!);
        CorpusScore With(DraftDeadline other) => Score(draft with { Items = [draft.Items[0] with { Deadline = other }, draft.Items[1]] });

        Assert.Equal((2, 0, 0), Counts(With(deadline with { Text = "别的写法" })["deadline"]));
        Assert.Equal((1, 1, 1), Counts(With(deadline with { Kind = DeadlineKind.FixedStanding })["deadline"]));
        Assert.Equal((1, 1, 1), Counts(With(deadline with { Date = new(2024, 12, 1) })["deadline"]));
    }

    [Fact]
    public void Measures_run_together_are_missed()
    {
        var draft = Draft();
        var (first, second) = (draft.Items[0].Measures[0], draft.Items[0].Measures[1]);
        var joined = first with { Text = new(first.Text.Text + second.Text.Text, []) };

        var score = Score(draft with { Items = [draft.Items[0] with { Measures = [joined] }, draft.Items[1]] });

        Assert.Equal((0, 2, 1), Counts(score["measures"]));
    }

    [Fact]
    public void Items_are_paired_by_number_whatever_their_order()
    {
        var draft = Draft();

        Assert.All(Score(draft with { Items = [.. draft.Items.Reverse()] }).Tallies, tally => Assert.Empty(tally.Differences));
    }

    [Fact]
    public void A_field_that_the_reader_left_out_is_not_scored()
    {
        var draft = Draft();
        var second = draft.Items[1] with { Result = new("已完成整改。", []), Persons = [new("责任单位主要负责同志", true, [])] };

        Assert.All(Score(draft with { Items = [draft.Items[0], second] }).Tallies, tally => Assert.Empty(tally.Differences));
    }

    [Fact]
    public void Dropping_units_lowers_recall_by_just_their_share() => Gen.Select(Gen.Int[1, 20], Gen.Int[0, 20]).Sample((all, kept) =>
    {
        var item = new DraftItem { Number = new("一", 1, null, null, null, []) };
        var units = Enumerable.Range(1, all).Select(number => new DraftUnit($"第{number}师", DraftRole.Lead, [])).ToList();
        var json = $$"""
            {"text": "……", "items": [{"number": {"text": "一", "value": 1}, "units":
              [{{string.Join(',', units.Select(unit => $$"""{"text": "{{unit.Text}}", "role": "lead"}"""))}}]}]}
            """;

        var score = CorpusScore.Of([Expectation.Parse("t", json)], _ => new("", [item with { Units = [.. units.Take(kept)] }]));

        Assert.Equal((Math.Min(all, kept), Math.Max(0, all - kept), 0), Counts(score["units"]));
    });

    [Fact]
    public void Width_punctuation_and_spaces_do_not_matter() => Gen.Char["甲乙丙丁123"].Array[1, 30].Sample(letters =>
    {
        var plain = new string(letters);
        var spaced = string.Join(' ', letters.Select(letter => letter is >= '0' and <= '9' ? (char)(letter + 0xFEE0) : letter)) + "。";

        Assert.True(DraftMatch.Text(plain, spaced, within: 0));
        Assert.True(DraftMatch.Text(plain + "…", spaced, within: 0));
    });

    [Fact]
    public void Likeness_is_one_less_the_share_of_letters_to_change()
    {
        Assert.Equal(1, DraftMatch.Likeness("", ""));
        Assert.Equal(0.75, DraftMatch.Likeness("关停水井", "关停油井"));
        Assert.Equal(0.8, DraftMatch.Likeness("关停水井", "关停了水井"), 10);
        Assert.Equal(0, DraftMatch.Likeness("甲", ""));
    }

    [Fact]
    public void Lines_with_bars_or_tabs_become_a_table_and_a_lone_one_stays_a_line()
    {
        var blocks = Expectation.FromText("标题\n序号 | 问题\n1 | 超采\n2\t排污\t待查\n\n尾 | 注");

        Assert.Equal("标题", Assert.IsType<Paragraph>(blocks[0]).Text);
        var table = Assert.IsType<Table>(blocks[1]);
        Assert.Equal((3, 3), (table.Rows, table.Columns));
        Assert.Equal("待查", table.At(2, 2)!.Text);
        Assert.Null(table.At(1, 2));
        Assert.Equal("尾 | 注", Assert.IsType<Paragraph>(blocks[2]).Text);
        Assert.Equal(3, blocks.Count);
    }

    [Fact]
    public void Merged_cells_push_the_next_ones_aside()
    {
        var expectation = Expectation.Parse("t",
            """
            {"source": [{"break": "清单"}, {"table": [
               [{"t": "1", "rs": 2}, {"t": "问题", "cs": 2}, {"t": "甲"}],
               [{"t": "乙"}, {"t": "丙"}, {"t": "丁\n戊"}]]}], "items": []}
            """);

        var table = Assert.IsType<Table>(expectation.Source.Blocks[1]);
        Assert.Equal((2, 4), (table.Rows, table.Columns));
        Assert.Equal("1", table.At(1, 0)!.Text);
        Assert.Equal("问题", table.At(0, 2)!.Text);
        Assert.Equal("乙", table.At(1, 1)!.Text);
        Assert.Equal("丁\n戊", table.At(1, 3)!.Text);
    }

    private static PlanDraft Draft() => ExpectedDraft.Of(Expectation.Parse("t", Two));

    private static CorpusScore Score(PlanDraft draft) => CorpusScore.Of([Expectation.Parse("t", Two)], _ => draft);

    private static (int Right, int Missed, int Wrong) Counts(Tally tally) => (tally.Right, tally.Missed, tally.Wrong);

    private static IEnumerable<string> Texts(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        Paragraph paragraph => [paragraph.Text],
        Table table => table.Cells.SelectMany(cell => Texts(cell.Blocks)),
        _ => [],
    });
}
