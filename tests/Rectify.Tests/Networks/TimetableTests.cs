using CsCheck;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Platform;
using static Rectify.Networks.LinkKind;

namespace Rectify.Tests.Networks;

public sealed class TimetableTests
{
    private static readonly DateOnly On = new(2024, 9, 26); // a Thursday: the week of the National Day and, behind it, winter follow
    private static readonly WorkPattern Office = new(WorkingCalendar.StateCouncil);
    private static readonly WorkPattern Site = new(WorkingCalendar.StateCouncil, seasons: [new(10, 25, 1, 20)]);
    private static readonly WorkPattern Every = new(WorkingCalendar.StateCouncil, WorkWeek.EveryDay);
    private static readonly WorkPattern Closed = new(WorkingCalendar.StateCouncil, stops: [new(new(2024, 10, 8), new(2024, 10, 21))]);

    private static readonly WorkPattern[] Patterns = [Office, Site, Every, Closed];

    private static readonly Gen<DateOnly?> Near = Gen.Frequency((3, Gen.Const((DateOnly?)null)), (1, Gen.Int[-20, 60].Select(n => (DateOnly?)On.AddDays(n))));

    private static readonly Gen<Activity> Activities =
        Gen.Select(Gen.Frequency((1, Gen.Const(0)), (3, Gen.Int[1, 8])), Gen.Int[0, 3].Select(n => Patterns[n]), Near, Near, Near, Near, Near, Gen.Int[0, 6])
            .Select((days, pattern, notBefore, notFinished, by, started, finished, remaining) => new Activity
            {
                Id = Guid.NewGuid(),
                Title = $"{days} days",
                Days = days,
                Pattern = pattern,
                NotBefore = notBefore,
                NotFinishedBefore = notFinished,
                FinishBy = by,
                Started = started,
                Finished = finished,
                Remaining = remaining == 0 ? null : remaining,
            });

    private static readonly Gen<Network> Networks =
        Activities.Array[1, 7].SelectMany(activities => Gen.Select(
            Gen.Int[0, activities.Length - 1], Gen.Int[0, activities.Length - 1], Gen.Enum<LinkKind>(), Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[-5, 9])), Gen.Bool)
            .Array[0, 9].Select(links => new Network(activities, links
                .Where(link => link.Item1 < link.Item2).DistinctBy(link => (link.Item1, link.Item2, link.Item3))
                .Select(link => new Link(activities[link.Item1].Id, activities[link.Item2].Id, link.Item3, link.Item4, link.Item5)))));

    [Fact]
    public void The_table_of_days_is_what_each_day_says_of_itself() =>
        Gen.Select(
            Gen.Bool, Gen.Select(Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[1, 12], Gen.Int[1, 28]).Array[0, 2], Gen.Select(Gen.Int[-40, 29_000], Gen.Int[0, 400]).Array[0, 3],
            Gen.Int[0, 29_000].Array[0, 5]).Sample((every, seasons, stops, off) =>
        {
            var first = new DateOnly(2000, 1, 1);
            var holidays = WorkingCalendar.StateCouncil.With(string.Join('\n', off.Distinct().Select(n => $"{first.AddDays(n):yyyy-MM-dd}\t{(n % 2 == 0 ? "off" : "work")}")));
            WorkPattern pattern;
            try
            {
                pattern = new(holidays, every ? WorkWeek.EveryDay : WorkWeek.WorkingDays, [.. seasons.Select(one => new SeasonStop(one.Item1, one.Item2, one.Item3, one.Item4))], [.. stops.Select(one => new DatedStop(first.AddDays(one.Item1), first.AddDays(one.Item1 + one.Item2)))]);
            }
            catch (Refusal)
            {
                return; // the stops leave nothing
            }

            var count = 0;
            for (var day = first; day < new DateOnly(2080, 1, 1); day = day.AddDays(1))
            {
                count += pattern.IsWorking(day) ? 1 : 0;
                if (pattern.DaysBetween(first, day) != count)
                {
                    Assert.Fail($"{day}: {pattern.DaysBetween(first, day)} days, and one by one {count}");
                }
            }
        }, iter: 20);

    [Fact]
    public void Dates_and_slack_are_those_of_a_scheduler_that_moves_by_one_day_at_a_time() =>
        Networks.Sample(
            network =>
            {
                var naive = new DayByDay(network, On);
                foreach (var times in Timetable.Of(network, On).All)
                {
                    var id = times.Activity.Id;
                    Assert.Equal(
                        (naive.Early[id].From, naive.Early[id].To, naive.Late[id].From, naive.Late[id].To, naive.TotalSlack(id), naive.FreeSlack(id), naive.EndSlack(id)),
                        (times.EarlyStart.DayNumber, times.EarlyFinish.DayNumber, times.LateStart.DayNumber, times.LateFinish.DayNumber, times.TotalSlack, times.FreeSlack, times.EndSlack));
                }
            },
            print: Print,
            iter: 2_000);

    [Fact]
    public void One_more_day_on_the_critical_path_moves_the_end_or_misses_a_deadline_and_elsewhere_does_neither() =>
        Networks.Sample(
            network =>
            {
                var now = Timetable.Of(network, On);
                foreach (var times in now.All.Where(one => one.State is ActivityState.Waiting && !one.IsTooLate))
                {
                    var tried = WhatIf.Delayed(now, times.Activity.Id, 1);
                    var moved = tried.After[times.Activity.Id];
                    var end = Group(network, times.Activity.Id).Max(id => now[id].EarlyFinish);
                    var hurts = Group(network, times.Activity.Id).Max(id => tried.After[id].EarlyFinish) > end
                        || tried.After.All.Any(one => one.TotalSlack < 0 && now[one.Activity.Id].TotalSlack >= 0);
                    Assert.True(moved.EarlyFinish > times.EarlyFinish);
                    Assert.Equal(times.IsCritical, hurts);
                }
            },
            print: Print,
            iter: 1_000);

    [Fact]
    public void A_cycle_is_refused_and_its_members_are_named_in_order()
    {
        var (a, b, c, d) = (Work("立项", 3), Work("设计", 3), Work("招标", 3), Work("施工", 3));

        var refusal = Assert.Throws<Refusal>(() => new Network(
            [a, b, c, d], [new(a.Id, b.Id), new(b.Id, c.Id), new(c.Id, d.Id, StartToStart), new(d.Id, b.Id, FinishToFinish, -2)]));

        Assert.Equal("network.cycle", refusal.Code);
        Assert.Contains(Assert.IsType<string>(Assert.Single(refusal.Arguments)), new[] { "设计 → 招标 → 施工 → 设计", "招标 → 施工 → 设计 → 招标", "施工 → 设计 → 招标 → 施工" });
        Assert.Equal("network.link", Assert.Throws<Refusal>(() => new Network([a], [new(a.Id, a.Id)])).Code);
        Assert.Equal("network.double", Assert.Throws<Refusal>(() => new Network([a, b], [new(a.Id, b.Id), new(a.Id, b.Id, Lag: 3)])).Code);
        Assert.Equal("network.twice", Assert.Throws<Refusal>(() => new Network([a, a], [])).Code);
    }

    [Fact]
    public void Any_random_graph_is_sorted_or_refused_with_a_cycle_of_its_own_links() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6]).Array[1, 12].Sample(pairs =>
        {
            var works = Enumerable.Range(0, 7).Select(n => Work($"w{n}", 1)).ToArray();
            var links = pairs.Where(pair => pair.Item1 != pair.Item2).Distinct().Select(pair => new Link(works[pair.Item1].Id, works[pair.Item2].Id)).ToList();
            try
            {
                var all = Timetable.Of(new(works, links), On);
                Assert.All(links, link => Assert.True(all[link.From].EarlyFinish < all[link.To].EarlyStart));
            }
            catch (Refusal refusal) when (refusal.Code == "network.cycle")
            {
                var names = ((string)refusal.Arguments[0]!).Split(" → ");
                Assert.Equal(names[0], names[^1]);
                Assert.All(names.Zip(names.Skip(1)), pair => Assert.Contains(links, link => link == new Link(
                    works.Single(one => one.Title == pair.First).Id, works.Single(one => one.Title == pair.Second).Id)));
            }
        });

    [Fact]
    public void Holidays_announced_later_move_open_work_alone()
    {
        var on = new DateOnly(2027, 2, 1);
        Network With(WorkingCalendar holidays)
        {
            var pattern = new WorkPattern(holidays);
            var done = Work("done", 5, pattern) with { Id = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), Started = new(2027, 1, 4), Finished = new(2027, 1, 8) };
            var next = Work("next", 10, pattern) with { Id = new(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), FinishBy = new(2027, 3, 31) };
            return new([done, next], [new(done.Id, next.Id)]);
        }

        var forecast = Timetable.Of(With(WorkingCalendar.StateCouncil), on);
        var announced = Timetable.Of(
            With(WorkingCalendar.StateCouncil.With("2027-01-04\toff\n2027-02-08\toff\n2027-02-09\toff\n2027-02-10\toff\n2027-02-14\twork")), on);

        Assert.Equal(forecast.All[0] with { Activity = announced.All[0].Activity }, announced.All[0]);
        Assert.Equal(new(2027, 2, 12), forecast.All[1].EarlyFinish);
        Assert.Equal(new(2027, 2, 16), announced.All[1].EarlyFinish); // three days off, one made up
    }

    // From a deadline in June backward over winter, when nothing is built.
    [Fact]
    public void Backward_from_the_deadline_work_that_cannot_go_on_in_winter_has_to_begin_before_it()
    {
        var winter = new WorkPattern(WorkingCalendar.StateCouncil, seasons: [WorkPattern.WinterStop]);
        var (design, build, node) = (Work("设计", 20), Work("施工", 80, winter), Work("建成", 0));
        node = node with { FinishBy = new(2025, 6, 30) };

        var plan = Timetable.Of(new([design, build, node], [new(design.Id, build.Id), new(build.Id, node.Id)]), On);

        Assert.Equal(80, winter.DaysBetween(plan[build.Id].LateStart, plan[build.Id].LateFinish));
        Assert.True(plan[build.Id].LateStart < new DateOnly(2024, 11, 15));
        Assert.Equal(new(2025, 6, 30), plan[build.Id].LateFinish);
        Assert.True(plan[design.Id].LateFinish < plan[build.Id].LateStart);
        Assert.Equal(20, Office.DaysBetween(plan[design.Id].LateStart, plan[design.Id].LateFinish));

        // The same a month later, with nothing begun: it is too late, and the list says so. Before, it is on the list of the month.
        var start = plan[design.Id].LateStart;
        Assert.Equal([design.Id], Timetable.Of(plan.Network, new(start.Year, start.Month, 1)).MustStartThisMonth().Select(one => one.Activity.Id));
        var late = Timetable.Of(plan.Network, start.AddDays(30));
        Assert.Equal([design.Id, build.Id, node.Id], late.TooLate.Select(one => one.Activity.Id).Order(Comparer<Guid>.Create((x, y) => Place(x) - Place(y))));
        Assert.All(late.TooLate, one => Assert.True(one.TotalSlack < 0));
        Assert.Empty(late.MustStartThisMonth());

        int Place(Guid id) => plan.Network.Activities.ToList().FindIndex(one => one.Id == id);
    }

    [Fact]
    public void A_delay_that_is_tried_shows_what_moves_and_leaves_the_plan_as_it_was()
    {
        var (a, b, c) = (Work("a", 5), Work("b", 5), Work("c", 2));
        var now = Timetable.Of(new([a, b, c], [new(a.Id, b.Id), new(a.Id, c.Id), new(c.Id, b.Id)]), On);

        var tried = WhatIf.Delayed(now, a.Id, 3);

        Assert.Equal([a.Id, c.Id, b.Id], tried.Changes.Select(change => change.Activity.Id));
        Assert.All(tried.Changes, change => Assert.True(change.Moved > 0));
        Assert.Equal(tried.After.Finish!.Value.DayNumber - now.Finish!.Value.DayNumber, tried.FinishMoves);
        Assert.Same(now, tried.Before);
        Assert.Empty(WhatIf.Of(now, now.Network).Changes);
    }

    [Fact]
    public void What_ends_after_the_horizon_is_refused_and_a_pattern_without_days_too()
    {
        var works = Enumerable.Range(0, 12).Select(n => Work($"w{n}", Activity.LongestDays)).ToArray();

        Assert.Equal("network.horizon", Assert.Throws<Refusal>(() => Timetable.Of(new(works, works.Zip(works.Skip(1), (x, y) => new Link(x.Id, y.Id))), On)).Code);
        Assert.Equal("pattern.never", Assert.Throws<Refusal>(() => new WorkPattern(WorkingCalendar.StateCouncil, seasons: [new(1, 1, 12, 20)])).Code);
        Assert.Null(Timetable.Of(new([], []), On).Finish);
    }

    private static Activity Work(string title, int days, WorkPattern? pattern = null) => new() { Id = Guid.NewGuid(), Title = title, Days = days, Pattern = pattern ?? Office };

    private static HashSet<Guid> Group(Network network, Guid id)
    {
        HashSet<Guid> group = [id];
        while (network.Links.FirstOrDefault(link => group.Contains(link.From) != group.Contains(link.To)) is { } link)
        {
            group.UnionWith([link.From, link.To]);
        }

        return group;
    }

    private static string Print(Network network) => string.Join('\n', network.Activities.Select((one, n) =>
        $"{n}: {one} {(one.Pattern == Office ? "office" : one.Pattern == Site ? "site" : one.Pattern == Every ? "every" : "closed")}")
        .Concat(network.Links.Select(link => $"{network.Activities.ToList().FindIndex(one => one.Id == link.From)} -> {network.Activities.ToList().FindIndex(one => one.Id == link.To)} {link.Kind} {link.Lag} {link.CalendarDays}")));
}
