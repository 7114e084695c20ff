using CsCheck;
using Rectify.Grammar;
using Rectify.Plans;
using Rectify.Platform.Text;

namespace Rectify.Tests.Plans;

public sealed class PlanDifferenceTests
{
    // Few values, so that equal, moved and doubled parts come up often.
    private static readonly Gen<string> Word = One("", "first words", "first word", "quite another text", "x");

    private static readonly Gen<DateOnly> Day = Gen.Int[0, 2].Select(days => new DateOnly(2018, 6, 30).AddDays(days));

    private static readonly Gen<Recurrence?> Often = Gen.OneOf<Recurrence?>(
        Gen.Const((Recurrence?)null), Gen.Int[1, 2].Select(times => (Recurrence?)new Recurrence("monthly", "month", times)));

    private static readonly Gen<PlanDeadline?> Deadline = Gen.OneOf<PlanDeadline?>(
        Gen.Const((PlanDeadline?)null),
        Gen.Select(Word, Gen.Enum<DeadlineKind>(), Day, Gen.Bool, Often, (text, kind, day, open, often) =>
            (PlanDeadline?)new PlanDeadline(text, kind, null, open ? null : day, often)));

    private static readonly Gen<PlanUnit[]> Units = Gen.Select(Word, One(DraftRole.Lead, DraftRole.Accept), (text, role) => new PlanUnit(text, role)).Array[0, 3];

    private static readonly Gen<PlanMeasure> Measure = Gen.Select(
        One("1.", "2."), Word, Deadline, Often, Units, (number, text, deadline, often, units) => new PlanMeasure(number, text, deadline, often, units));

    private static readonly Gen<PlanItem> Item = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Word, Word), Deadline, Units, Gen.Select(Word, Gen.Bool, (text, generic) => new PlanPerson(text, generic)).Array[0, 2],
        Gen.Select(Word, Day, (text, day) => new PlanMilestone(text, day)).Array[0, 2], Measure.Array[0, 3],
        (texts, deadline, units, persons, nodes, measures) => new PlanItem(
            $"No. {texts.Item1}", texts.Item1 == 0 ? null : texts.Item1, "", texts.Item2, texts.Item3, deadline, units, persons, nodes, measures));

    private static readonly Gen<PlanContent> Content = Gen.Select(One("", "Plan"), Item.Array[0, 4], (title, items) => new PlanContent(title, items));

    // Mostly small steps from the first: two contents made apart are hardly ever equal.
    private static readonly Gen<(PlanContent A, PlanContent B)> Pair = Gen.OneOf(
        Gen.Select(Content, Content),
        Content.Select(content => (content, PlanContent.Parse(content.ToJson()))),
        Gen.Select(Content, Item, Gen.Int[0, 3], (content, item, at) =>
            (content, content with { Items = [.. content.Items.Take(at), item, .. content.Items.Skip(at + 1)] })),
        Content.Select(content => (content, content with { Items = [.. content.Items.Reverse()] })),
        Content.Select(content => (content, content with
        {
            Items = [.. content.Items.Select(item => item with { Measures = [.. item.Measures.Reverse()], Units = [.. item.Units.Reverse()] })],
        })));

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Nothing_differs_exactly_where_both_say_the_same() => Pair.Sample(pair =>
        (PlanDifference.Between(pair.A, pair.B).Count == 0) == pair.A.Says(pair.B), iter: 3_000, print: pair => $"{pair.A.ToJson()}\n{pair.B.ToJson()}");

    [Fact]
    public void What_one_way_adds_the_other_way_removes() => Pair.Sample(pair =>
    {
        var (there, back) = (PlanDifference.Between(pair.A, pair.B), PlanDifference.Between(pair.B, pair.A));
        int Whole(IReadOnlyList<PlanChange> changes, ChangeKind kind) => changes.Count(change => change.Field == "item" && change.Kind == kind);
        return Whole(there, ChangeKind.Added) - Whole(there, ChangeKind.Removed) == pair.B.Items.Count - pair.A.Items.Count
            && Whole(back, ChangeKind.Added) - Whole(back, ChangeKind.Removed) == pair.A.Items.Count - pair.B.Items.Count;
    });

    [Fact]
    public void Every_item_is_paired_once() => Pair.Sample(pair =>
    {
        var pairs = PlanMatch.Items(pair.A.Items, pair.B.Items);
        bool Once(IEnumerable<PlanItem?> some, IReadOnlyList<PlanItem> all) =>
            some.OfType<PlanItem>().Count() == all.Count && some.OfType<PlanItem>().ToHashSet(ReferenceEqualityComparer.Instance).Count == all.ToHashSet(ReferenceEqualityComparer.Instance).Count;
        return Once(pairs.Select(p => p.Old), pair.A.Items) && Once(pairs.Select(p => p.Now), pair.B.Items)
            && pairs.Select(p => p.Now).OfType<PlanItem>().SequenceEqual(pair.B.Items, ReferenceEqualityComparer.Instance);
    });

    [Fact]
    public void Every_change_has_words_in_every_language() => Pair.Sample(pair =>
        PlanDifference.Between(pair.A, pair.B).All(change => Resources.Languages.All(language =>
        {
            var line = PlanWords.Of(change, Words.In(language));
            return !line.Field.Contains("plan.", StringComparison.Ordinal) && !$"{line.Old}{line.New}".Contains("deadline.kind", StringComparison.Ordinal);
        })));

    [Fact]
    public void A_renumbered_item_stays_itself()
    {
        PlanItem Of(int number, string problem) => new($"{number}", number, "", problem, "", null, [], [], [], []);
        var before = new PlanContent("", [Of(1, "waste water of twelve printing works"), Of(2, "forest that dies back along the river")]);
        var after = new PlanContent("", [Of(1, "a new task about dust in the mines"), Of(2, "waste water of twelve printing works"), Of(3, "forest that dies back along the river")]);

        var changes = PlanDifference.Between(before, after);

        Assert.Equal([("item", ChangeKind.Added), ("number", ChangeKind.Changed), ("number", ChangeKind.Changed)], changes.Select(change => (change.Field, change.Kind)));
    }
}
