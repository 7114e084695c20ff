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
    public void A_finding_is_on_every_day_as_its_tasks_are_on_that_day() => Gen.Select(Task.Array[1, 4], Task).Sample((tasks, own) =>
    {
        var spans = FindingTimeline.Compute(tasks, own);

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
    public void A_task_counts_on_the_days_on_which_it_stood_and_where_none_did_its_own_facts_do() =>
        Gen.Select(Gen.Select(Task, Gen.Int[0, 30], Gen.Int[1, 10]).Array[1, 4], Task).Sample((tasks, own) =>
        {
            IReadOnlyList<IReadOnlyList<Span>> stood =
            [
                .. tasks.Select(task =>
                {
                    var (first, end) = (Zero.AddDays(task.Item2), Zero.AddDays(task.Item2 + task.Item3));
                    return task.Item1.Where(span => span.From < end && span.Until > first).Select(span => span with { From = span.From < first ? first : span.From, Until = span.Until > end ? end : span.Until }).ToList();
                }),
            ];
            var spans = FindingTimeline.Compute(stood, own);
            for (var day = Zero.AddDays(-1); day < Zero.AddDays(42); day = day.AddDays(1))
            {
                var parts = stood.SelectMany(task => task).Where(span => span.From <= day && span.Until > day).ToList();
                Assert.Equal(parts.Count > 0 ? parts.Max(part => part.Light) : own.On(day).Light, spans.On(day).Light);
                Assert.Contains(spans.On(day).Status, parts.Count > 0 ? parts.Select(part => part.Status) : [own.On(day).Status]);
            }
        });

    [Fact]
    public void Every_status_has_a_place()
    {
        foreach (var status in Enum.GetValues<ItemStatus>())
        {
            var span = new Span(DateOnly.MinValue, DateOnly.MaxValue, status, Light.None, new(LightCode.None));
            var closed = span with { Status = ItemStatus.NotInvolved };

            Assert.Equal(status, Assert.Single(FindingTimeline.Compute([[closed], [span]], [closed])).Status);
        }
    }
}
