using Rectify.Calendars;
using Rectify.Networks;

namespace Rectify.Tests.Networks;

/// <summary>Networks with published answers.</summary>
/// <remarks>
/// Source: B. W. Taylor, Introduction to Management Science, solutions to the problems of its chapter on project management, tables of earliest and latest
/// times and slack (scribd.com/doc/47113515/TaylCh08). Activities are arrows between numbered events there; here one depends on all that end where it begins.
/// </remarks>
public sealed class KnownNetworkTests
{
    private static readonly DateOnly On = new(2023, 5, 1);
    private static readonly WorkPattern Every = new(WorkingCalendar.WeekendsOnly, WorkWeek.EveryDay);

    // begin end duration: ES EF LS LF slack
    [Theory]
    [InlineData(20, """
        1 2 7: 0 7 2 9 2
        1 3 10: 0 10 0 10 0
        2 4 6: 7 13 9 15 2
        3 4 5: 10 15 10 15 0
        3 5 4: 10 14 14 18 4
        4 5 3: 15 18 15 18 0
        5 6 2: 18 20 18 20 0
        """)]
    [InlineData(38, """
        1 2 8: 0 8 1 9 1
        1 3 10: 0 10 0 10 0
        1 4 9: 0 9 6 15 6
        2 5 6: 8 14 9 15 1
        2 6 4: 8 12 16 20 8
        3 5 5: 10 15 10 15 0
        4 5 0: 9 9 15 15 6
        4 7 7: 9 16 20 27 11
        5 7 12: 15 27 15 27 0
        5 8 15: 15 30 16 31 1
        6 9 18: 12 30 20 38 8
        7 8 4: 27 31 27 31 0
        8 9 7: 31 38 31 38 0
        """)]
    public void Has_the_published_times_and_slack(int length, string table)
    {
        var rows = table.Split('\n').Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray()).ToList();
        var works = rows.ConvertAll(row => new Activity { Id = Guid.NewGuid(), Title = $"{row[0]}–{row[1]}", Days = row[2], Pattern = Every });
        var links =
            from earlier in rows.Index()
            from later in rows.Index()
            where earlier.Item[1] == later.Item[0]
            select new Link(works[earlier.Index].Id, works[later.Index].Id);

        var plan = Timetable.Of(new(works, links), On);

        Assert.Equal(length, plan.Finish!.Value.DayNumber - On.DayNumber + 1);
        Assert.Equal(rows.ConvertAll(row => (row[3], row[4], row[5], row[6], row[7])), [.. plan.All.Select(Moments)]);
        Assert.Equal(rows.Count(row => row[7] == 0), plan.CriticalPath.Count());
    }

    // All four kinds of dependency, with lags. Source: Engineer4Free, "Difficult network diagram example with lag solved" (youtube.com/watch?v=qTErIV6OqLg).
    [Fact]
    public void Has_the_published_times_of_a_network_with_every_kind_of_link_and_lags()
    {
        var days = new Dictionary<string, int> { ["A"] = 3, ["B"] = 2, ["C"] = 2, ["D"] = 4, ["E"] = 1, ["F"] = 2, ["G"] = 4, ["H"] = 3 };
        var works = days.ToDictionary(one => one.Key, one => new Activity { Id = Guid.NewGuid(), Title = one.Key, Days = one.Value, Pattern = Every });
        Link Link(string from, string to, LinkKind kind = LinkKind.FinishToStart, int lag = 0) => new(works[from].Id, works[to].Id, kind, lag);
        Link[] links =
        [
            Link("A", "B", lag: 2), Link("A", "C", LinkKind.StartToStart), Link("B", "D", LinkKind.StartToStart, 1), Link("C", "E", LinkKind.StartToFinish, 3), Link("C", "F", LinkKind.FinishToFinish, 3),
            Link("D", "G", LinkKind.StartToStart, 1), Link("E", "G"), Link("F", "H", LinkKind.StartToFinish, 2), Link("G", "H"),
        ];

        var plan = Timetable.Of(new(works.Values, links), On);

        Assert.Equal(
            [("A", (0, 3, 0, 3, 0)), ("B", (5, 7, 5, 7, 0)), ("C", (0, 2, 4, 6, 4)), ("D", (6, 10, 6, 10, 0)), ("E", (2, 3, 6, 7, 4)), ("F", (3, 5, 12, 14, 9)), ("G", (7, 11, 7, 11, 0)), ("H", (11, 14, 11, 14, 0))],
            works.Select(one => (one.Key, Moments(plan[one.Value.Id]))));
    }

    // Days elapsed: work begins in the morning and ends in the evening of a day; a node, here a dummy arrow, has an evening only.
    private static (int, int, int, int, int) Moments(Times times)
    {
        int Evening(DateOnly day) => day.DayNumber - On.DayNumber + 1;
        int Morning(DateOnly day) => Evening(day) - (times.Activity.IsNode ? 0 : 1);
        return (Morning(times.EarlyStart), Evening(times.EarlyFinish), Morning(times.LateStart), Evening(times.LateFinish), times.TotalSlack);
    }
}
