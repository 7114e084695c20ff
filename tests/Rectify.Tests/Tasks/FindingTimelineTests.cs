using CsCheck;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Tasks;

public sealed class FindingTimelineTests
{
    private static readonly DateOnly Zero = new(2018, 1, 1);

    private static readonly Gen<IReadOnlyList<Span>> Task = Gen.Select(
            Gen.Int[1, 30].Array[0, 4], Gen.Enum<ItemStatus>().Array[5], Gen.Enum<Light>().Array[5],
            (cuts, statuses, lights) =>
            {
                DateOnly[] days = [DateOnly.MinValue, .. cuts.Distinct().Order().Select(cut => Zero.AddDays(cut)), DateOnly.MaxValue];
                return (IReadOnlyList<Span>)
                [
                    .. Enumerable.Range(0, days.Length - 1).Select(i => new Span(days[i], days[i + 1], statuses[i], lights[i], new(LightCode.None, Zero.AddDays(i)))),
                ];
            });

    [Fact]
    public void A_finding_is_on_every_day_as_its_tasks_are_on_that_day() => Task.Array[1, 4].Sample(tasks =>
    {
        var spans = FindingTimeline.Compute(tasks);

        Assert.Equal((DateOnly.MinValue, DateOnly.MaxValue), (spans[0].From, spans[^1].Until));
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        for (var day = Zero.AddDays(-1); day < Zero.AddDays(35); day = day.AddDays(1))
        {
            var (whole, parts) = (spans.On(day), tasks.Select(task => task.On(day)).ToList());
            Assert.Contains(whole.Status, parts.Select(part => part.Status));
            Assert.Contains((whole.Light, whole.Reason), parts.Select(part => (part.Light, part.Reason)));
            Assert.Equal(parts.Max(part => part.Light), whole.Light);
            Assert.Equal(parts.Exists(part => part.Status is ItemStatus.Overdue), whole.Status is ItemStatus.Overdue);
            Assert.Equal(
                parts.TrueForAll(part => part.Status is ItemStatus.Closed or ItemStatus.Standing or ItemStatus.NotInvolved),
                whole.Status is ItemStatus.Closed or ItemStatus.Standing or ItemStatus.NotInvolved);
            Assert.Equal(parts.Exists(part => part.Status.IsOpen), whole.Status.IsOpen || (whole.Status is ItemStatus.Draft && parts.Exists(part => part.Status.IsOpen)));
        }
    });

    [Fact]
    public void Every_status_has_a_place()
    {
        foreach (var status in Enum.GetValues<ItemStatus>())
        {
            var span = new Span(DateOnly.MinValue, DateOnly.MaxValue, status, Light.None, new(LightCode.None));
            var closed = span with { Status = ItemStatus.NotInvolved };

            Assert.Equal(status, Assert.Single(FindingTimeline.Compute([[closed], [span]])).Status);
        }
    }
}
