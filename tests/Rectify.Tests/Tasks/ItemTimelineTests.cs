using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Tasks;

public sealed class ItemTimelineTests
{
    private static readonly DateOnly Zero = new(2018, 1, 1);

    // Work under way is where most rules are, so steps towards closing are drawn less often.
    private static readonly Gen<FactKind> Kinds = Gen.Frequency(
        (6, Gen.Enum<FactKind>().Where(kind => kind is FactKind.Started or FactKind.MilestoneReached or FactKind.MeasureDone
            or FactKind.Measured or FactKind.Progress or FactKind.PolicyCause or FactKind.PolicyCauseEnded or FactKind.DeadlineChanged)),
        (2, Gen.Enum<FactKind>()));

    private static readonly Gen<DatedFact> Facts =
        Gen.Select(Kinds, Gen.Int[0, 150], Gen.Int[0, 1000], Gen.Int[1, 3], Gen.Int[0, 100], Gen.Int[40, 250],
            (kind, on, order, no, value, to) => new DatedFact(kind, Day(on), order, no, value, Day(to)));

    private static readonly Gen<Measure> Measures =
        Gen.Select(Maybe(20, 160), Gen.Bool, Gen.Bool, Gen.Bool, (due, recurring, hasQuantity, falls) => new Measure(
            0, due is { } on ? Day(on) : null, recurring, hasQuantity ? falls ? new(100, 20) : new(0, 80) : null));

    private static readonly Gen<TimelineInput> Inputs =
        Gen.Select(Maybe(50, 160), Gen.Bool, Maybe(0, 30), Gen.Int[10, 160].Array[0, 3], Measures.Array[0, 3], Facts.Array[0, 14],
            (deadline, standing, approved, nodes, measures, facts) => new TimelineInput
            {
                Deadline = deadline is { } due ? Day(due) : null,
                Standing = standing,
                PlanApprovedOn = approved is { } on ? Day(on) : null,
                Milestones = [.. nodes.Select((node, i) => new Milestone(i + 1, Day(node)))],
                Measures = [.. measures.Select((measure, i) => measure with { No = i + 1 })],
                Facts = [.. facts.Select((fact, i) => fact with { Sequence = (fact.Sequence * 100) + i })],
            });

    [Fact]
    public void Spans_cover_every_day_once_and_neighbours_differ() => Inputs.Sample(input =>
    {
        var spans = ItemTimeline.Compute(input);
        return spans[0].From == DateOnly.MinValue && spans[^1].Until == DateOnly.MaxValue
            && spans.All(span => span.From < span.Until)
            && spans.Zip(spans.Skip(1)).All(pair => pair.First.Until == pair.Second.From
                && (pair.First.Status, pair.First.Light, pair.First.Reason) != (pair.Second.Status, pair.Second.Light, pair.Second.Reason));
    });

    [Fact]
    public void Every_day_is_as_the_facts_say_when_asked_day_by_day() => Inputs.Sample(input =>
    {
        var spans = ItemTimeline.Compute(input);
        foreach (var (day, status, light, code) in new DayByDay(input).Days(Day(-3), Day(330)))
        {
            var span = spans.On(day);
            Assert.Equal((day, status, light, code), (day, span.Status, span.Light, span.Reason.Code));
        }
    }, iter: 2000);

    [Fact]
    public void A_later_fact_never_changes_an_earlier_day() => Gen.Select(Inputs, Facts).Sample((input, fact) =>
    {
        var (before, after) = (ItemTimeline.Compute(input), ItemTimeline.Compute(input with { Facts = [.. input.Facts, fact] }));
        return Enumerable.Range(-3, 340).Select(Day).Where(day => day < fact.On).All(day => Same(before.On(day), after.On(day)));
    });

    [Fact]
    public void The_order_in_which_facts_are_handed_in_does_not_matter() => Inputs.Sample(input =>
        ItemTimeline.Compute(input).SequenceEqual(ItemTimeline.Compute(input with { Facts = [.. input.Facts.Reverse()] })));

    [Fact]
    public void Red_never_turns_green_at_once() => Inputs.Sample(input =>
    {
        var spans = ItemTimeline.Compute(input);
        return spans.Zip(spans.Skip(1)).All(pair => (pair.First.Light, pair.Second.Light) is not (Light.Red, Light.Green));
    });

    [Fact]
    public void What_is_done_closed_in_draft_or_not_involved_has_no_light() => Inputs.Sample(input =>
        ItemTimeline.Compute(input).All(span => span.Light is Light.None == !span.Status.IsOpen));

    [Fact]
    public void Overdue_is_what_is_open_after_the_deadline_in_force_and_always_red() => Inputs.Sample(input =>
    {
        var (spans, plain) = (ItemTimeline.Compute(input), new DayByDay(input));
        return Enumerable.Range(-3, 340).Select(Day).All(day =>
        {
            var span = spans.On(day);
            var isLate = span.Status.IsOpen && span.Status is not (ItemStatus.Returned or ItemStatus.Reopened)
                && plain.DeadlineOn(day) < day;
            return (span.Status is ItemStatus.Overdue) == isLate && (!isLate || span.Light is Light.Red);
        });
    });

    [Fact]
    public void Percentages_stay_within_0_and_100_and_expectation_grows_while_the_deadline_stands() =>
        Gen.Select(Inputs, Gen.Int[0, 300]).Sample((input, n) =>
        {
            var stands = input with { Facts = [.. input.Facts.Where(fact => fact.Kind is not FactKind.DeadlineChanged)] };
            var (today, tomorrow) = (Progress.ExpectedOn(stands, Day(n)), Progress.ExpectedOn(stands, Day(n + 1)));
            return today is null or (>= 0 and <= 100) && Progress.PercentOn(stands, Day(n)) is null or (>= 0 and <= 100)
                && !(tomorrow < today);
        });

    [Fact]
    public void An_open_item_is_overdue_from_the_day_after_its_deadline_if_nothing_happens()
    {
        var input = new TimelineInput { Deadline = Day(100), Facts = [new(FactKind.Started, Day(0))] };

        var spans = ItemTimeline.Compute(input);

        Assert.Equal(ItemStatus.OnTrack, spans.On(Day(100)).Status);
        Assert.Equal(new Span(Day(101), DateOnly.MaxValue, ItemStatus.Overdue, Light.Red, new(LightCode.Overdue, Day(100))), spans[^1]);
    }

    [Fact]
    public void An_item_that_caught_up_is_yellow_for_thirty_days()
    {
        var input = new TimelineInput
        {
            Milestones = [new(1, Day(10)), new(2, Day(200))],
            Facts = [new(FactKind.Started, Day(0)), new(FactKind.MilestoneReached, Day(50), No: 1)],
        };

        var lights = ItemTimeline.Compute(input).Where(span => span.From > Day(0) && span.From < Day(150)).Select(span => (span.From, span.Light, span.Reason.Code));

        Assert.Equal(
            [
                (Day(10), Light.Yellow, LightCode.NodeMissed),
                (Day(40), Light.Red, LightCode.NodeLongMissed),
                (Day(50), Light.Yellow, LightCode.CaughtUp),
                (Day(80), Light.Green, LightCode.OnSchedule),
            ],
            lights);
    }

    [Fact]
    public void The_next_node_reached_on_time_ends_the_catching_up()
    {
        var input = new TimelineInput
        {
            Milestones = [new(1, Day(10)), new(2, Day(70))],
            Facts =
            [
                new(FactKind.Started, Day(0)), new(FactKind.MilestoneReached, Day(50), No: 1), new(FactKind.MilestoneReached, Day(60), No: 2),
            ],
        };

        var spans = ItemTimeline.Compute(input);

        Assert.Equal(Light.Yellow, spans.On(Day(59)).Light);
        Assert.Equal(Light.Green, spans.On(Day(60)).Light);
    }

    [Fact]
    public void A_node_reached_on_the_day_of_catching_up_does_not_end_it()
    {
        var input = new TimelineInput
        {
            Milestones = [new(1, Day(10)), new(2, Day(70))],
            Facts =
            [
                new(FactKind.Started, Day(0)), new(FactKind.MilestoneReached, Day(50), 1, No: 1),
                new(FactKind.MilestoneReached, Day(50), 2, No: 2),
            ],
        };

        Assert.Equal(LightCode.CaughtUp, ItemTimeline.Compute(input).On(Day(50)).Reason.Code);
    }

    [Fact]
    public void A_fact_without_what_its_kind_needs_is_refused() => Assert.Throws<ArgumentException>(() =>
        ItemTimeline.Compute(new() { Facts = [new(FactKind.MilestoneReached, Day(1))] }));

    [Fact]
    public void Every_status_light_and_reason_has_words_with_the_arguments_it_gives()
    {
        var texts = Resources.Texts.ToDictionary(text => text.Key, text => text.Value.Values.ToList());

        Assert.All(Enum.GetValues<ItemStatus>(), status => Assert.Contains(status.TextKey, texts));
        Assert.All(Enum.GetValues<Light>(), light => Assert.Contains(light.TextKey, texts));
        Assert.All(Enum.GetValues<LightCode>(), code =>
        {
            var reason = new LightReason(code, Day(1), Node: 2, Points: 10, Until: Day(30));
            var arguments = reason.Arguments(Day(5));
            Assert.All(texts[reason.TextKey], text => Assert.Equal(
                Enumerable.Range(0, arguments.Count),
                Regex.Matches(text, @"\{(\d)\}").Select(hole => int.Parse(hole.Groups[1].Value, CultureInfo.InvariantCulture)).Order()));
        });
    }

    private static Gen<int?> Maybe(int least, int most) =>
        Gen.Frequency((1, Gen.Const((int?)null)), (3, Gen.Int[least, most].Select(n => (int?)n)));

    private static DateOnly Day(int n) => Zero.AddDays(n);

    private static bool Same(Span a, Span b) => (a.Status, a.Light, a.Reason) == (b.Status, b.Light, b.Reason);

}
