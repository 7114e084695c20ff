using CsCheck;
using Rectify.Dispatch;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Dispatch;

/// <summary>The rules of one line, for figures that rise and figures that have to fall.</summary>
public sealed class LineCheckTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    [Fact]
    public void A_figure_passes_without_a_reason_exactly_if_it_goes_forward_and_not_beyond_the_target() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[-20, 130], Gen.Int[-20, 130]).Sample((from, to, before, value) =>
        {
            if (from == to)
            {
                return true;
            }

            var asked = Asked(from, to, before);
            var forward = to > from ? value >= before && value <= to : value <= before && value >= to;
            return Keys(asked, new StatedFigure(asked.Figures[0].Quantity.Id, value)).Length == 0 == forward
                && Keys(asked, new StatedFigure(asked.Figures[0].Quantity.Id, value, "so it is")).Length == 0;
        });

    [Fact]
    public void Where_another_round_said_it_a_figure_passes_without_a_reason_exactly_if_it_is_the_same() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100]).Sample((from, to, known, value) =>
        {
            if (from == to)
            {
                return true;
            }

            var asked = Asked(from, to, known);
            asked = asked with { Figures = [asked.Figures[0] with { Said = ReportPeriod.Of(CycleKind.Monthly, Today) }] };
            var id = asked.Figures[0].Quantity.Id;
            var beyond = to > from ? value > to : value < to;
            return Keys(asked, new StatedFigure(id, value)).Length == 0 == (value == known && !beyond) && Keys(asked, new StatedFigure(id, value, "so it is")).Length == 0;
        });

    [Fact]
    public void Problems_are_asked_for_when_the_light_is_yellow_or_red() => Assert.All(Enum.GetValues<Light>(), light =>
    {
        var asked = Asked(0, 10, 0) with { Light = light, Figures = [] };
        Assert.Equal(light is Light.Yellow or Light.Red, LineCheck.Faults(asked, new() { Work = "worked" }, Today).Any());
        Assert.Empty(LineCheck.Faults(asked, new() { Work = "worked", Problems = "late" }, Today));
    });

    [Fact]
    public void A_node_needs_a_day_that_has_come_and_a_correction_its_reason_and_something_frozen()
    {
        var asked = Asked(0, 10, 5);
        var node = new ItemMilestone { ItemId = asked.Item.Id, No = 1, Text = "opened", Due = Today };
        string[] Nodes(DateOnly? on) => [.. LineCheck.Faults(asked with { Figures = [], Nodes = [node] }, new() { Work = "w", Nodes = [new(1, on)] }, Today).Select(fault => fault.Key)];
        Assert.Equal(["node-day"], Nodes(null));
        Assert.Equal(["node-future"], Nodes(Today.AddDays(1)));
        Assert.Empty(Nodes(Today));

        var id = asked.Figures[0].Quantity.Id;
        Assert.Equal(["corrects"], Keys(asked, new StatedFigure(id, 6, "", 4, "counted twice")));
        var closed = asked with { Figures = [asked.Figures[0] with { Frozen = 5 }] };
        Assert.Equal(["corrects"], Keys(closed, new StatedFigure(id, 6, "", 4)));
        Assert.Empty(Keys(closed, new StatedFigure(id, 4, "", 4, "counted twice"))); // no fall: it never stood higher
    }

    [Fact]
    public void A_measure_was_done_on_a_day_that_has_come()
    {
        var asked = Asked(0, 10, 5) with { Figures = [] };
        var measure = Item.Create(asked.Item.ProgrammeId, asked.Item, ItemKind.Measure, 1, new("1.", 1, "Train."));
        asked = asked with { Measures = [new(measure, 1)] };
        string[] Measures(DateOnly? on) => [.. LineCheck.Faults(asked, new() { Work = "w", Measures = [new(measure.Id, on)] }, Today).Select(fault => fault.Key)];
        Assert.Equal(["measure-day"], Measures(null));
        Assert.Equal(["measure-future"], Measures(Today.AddDays(1)));
        Assert.Empty(Measures(Today));
    }

    [Fact]
    public void A_percentage_goes_from_0_to_100_and_falls_only_for_a_reason()
    {
        var asked = Asked(0, 10, 0) with { Figures = [], AsksPercent = true, PercentBefore = 30, PercentKnown = 40 };
        string[] Percent(int? percent, string reason = "") => [.. LineCheck.Faults(asked, new() { Work = "w", Percent = percent, PercentReason = reason }, Today).Select(fault => fault.Key)];
        Assert.All(new int?[] { null, -1, 101 }, wrong => Assert.Equal(["percent"], Percent(wrong, "so it is")));
        Assert.Equal(["percent-falls"], Percent(39));
        Assert.Empty(Percent(39, "counted again").Concat(Percent(40)).Concat(Percent(100)));
    }

    [Theory]
    [InlineData("120", "完成进度填0至100的整数，现在填的是“120”。")]
    [InlineData("-5", "完成进度填0至100的整数，现在填的是“-5”。")]
    [InlineData("45.5", "完成进度填0至100的整数，现在填的是“45.5”。")]
    [InlineData("45", null)]
    public void What_is_wrong_with_a_typed_percentage_is_said_with_it(string typed, string? says)
    {
        var errors = new FormErrors();
        _ = new LineForm(Asked(0, 0, 0) with { AsksPercent = true, Figures = [] }, new(), new(new Dictionary<string, string[]> { ["percent"] = [typed] })).Read(errors, Words.In(Language.Default));
        Assert.Equal(says is null ? [] : [says], errors.All.Select(error => error.Message));
    }

    private static string[] Keys(AskedLine asked, StatedFigure figure) =>
        [.. LineCheck.Faults(asked, new() { Work = "worked", Figures = [figure] }, Today).Select(fault => fault.Key)];

    private static AskedLine Asked(long from, long to, long before)
    {
        var item = Item.Create(Guid.CreateVersion7(), null, ItemKind.Task, 1, new("1", 1, "Build."));
        if (from != to)
        {
            item.Measure("plants", "座", 0, from, to);
        }

        return new(item, ItemStatus.OnTrack, Light.Green, [new(item, before, before, null)], [], false, null);
    }
}
