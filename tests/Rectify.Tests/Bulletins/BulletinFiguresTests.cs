using CsCheck;
using Rectify.Bulletins;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Bulletins;

/// <summary>A bulletin's figures against a plain count over random rounds.</summary>
public sealed class BulletinFiguresTests
{
    private static readonly Guid[] Units = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    private static readonly Programme Plan = Programme.Create("r1", new("Round one", Guid.CreateVersion7()));

    /// <param name="Was">The status in the last round; <see langword="null"/> if the task is new.</param>
    private sealed record Drawn(ItemStatus Status, ItemStatus? Was, Light Light, int Aspect, int[] Units);

    /// <param name="Days">From the due day on; <see langword="null"/> for never submitted.</param>
    /// <param name="Evening">Whether it came after the hour that holds on the due day.</param>
    private sealed record DrawnReturn(int? Days, bool Evening, ReturnState State)
    {
        public bool Late => Days > 0 || (Days == 0 && Evening);
    }

    private static readonly Gen<Drawn[]> Tasks = Gen.Select(
        Gen.Enum<ItemStatus>(), Gen.Enum<ItemStatus>().Nullable(), Gen.Enum<Light>(), Gen.Int[0, 3], Gen.Int[0, 5].Array[0, 4],
        (status, was, light, aspect, units) => new Drawn(status, was, light, aspect, units)).Array[0, 40];

    private static readonly Gen<DrawnReturn[]> Returns = Gen.Select(
        Gen.Int[-3, 5].Nullable(), Gen.Bool, Gen.Enum<ReturnState>(), (days, evening, state) => new DrawnReturn(days, evening, state)).Array[0, 12];

    [Fact]
    public void Figures_are_what_a_plain_count_says() => Gen.Select(Tasks, Returns, Gen.Bool).Sample((drawn, returns, first) =>
    {
        var figures = BulletinFigures.Of(Record(drawn, returns, first));

        Assert.Equal(drawn.Length, figures.Now.All);
        Assert.Equal(drawn.Count(one => Overview.DoneStatuses.Contains(one.Status)), figures.Now.Done);
        Assert.Equal(drawn.Count(one => one.Status is ItemStatus.Closed or ItemStatus.Standing), figures.Now.Closed);
        Assert.Equal(figures.Now.All, figures.Now.Done + figures.Now.OnSchedule + figures.Now.Behind + figures.Now.NotStarted);
        Assert.Equal(Tenths(figures.Now.Done, figures.Now.All), figures.Now.Share * 10);
        Assert.Equal(drawn.Count(one => one.Light is Light.Red), figures.Red.Count);
        Assert.Equal(drawn.Length, figures.ByStatus.Sum(one => one.Count));
        Assert.All(figures.ByStatus, one => Assert.Equal(drawn.Count(task => task.Status == one.Status), one.Count));
        Assert.All(figures.ByAspect, one => Assert.Equal(drawn.Count(task => task.Aspect == (one.No ?? 0)), one.Now.All));
        Assert.Equal(drawn.Length, figures.ByAspect.Sum(one => one.Now.All));

        var old = first ? [] : drawn.Where(one => one.Was is not null).ToArray();
        Assert.Equal(first ? null : old.Count(one => Overview.DoneStatuses.Contains(one.Was!.Value)), figures.Last?.Done);
        Assert.Equal(first ? 0 : drawn.Count(one => Overview.DoneStatuses.Contains(one.Status) && !(one.Was is { } was && Overview.DoneStatuses.Contains(was))), figures.NewlyDone);
        Assert.Equal(old.Count(one => Overview.DoneStatuses.Contains(one.Was!.Value) && !Overview.DoneStatuses.Contains(one.Status)), figures.FallenBack);

        foreach (var (i, unit) in Units.Index())
        {
            var own = drawn.Where(one => one.Units.Contains(i)).ToList();
            var line = figures.ByUnit.SingleOrDefault(one => one.Unit == unit);
            Assert.Equal(own.Count, line?.Now.All ?? 0);
            if (line is not null)
            {
                var before = old.Where(one => one.Units.Contains(i)).ToList();
                Assert.Equal(own.Count(one => Overview.DoneStatuses.Contains(one.Status)), line.Now.Done);
                Assert.Equal(before.Count == 0 ? null : Tenths(before.Count(one => Overview.DoneStatuses.Contains(one.Was!.Value)), before.Count), line.Last?.Share * 10);
                Assert.Equal(line.Last is null ? null : line.Now.Share - line.Last.Share, line.Change);
            }
        }

        Assert.Equal(returns.Count(one => one.Days is not null && !one.Late), figures.InTime);
        Assert.Equal(returns.Where(one => one.Late).Select(one => one.Days!.Value), figures.Late.Select(late => late.Days));
        Assert.Equal(returns.Count(one => one.Days is null), figures.Missing.Count);
        Assert.Equal(figures.Expected, figures.InTime + figures.Late.Count + figures.Missing.Count);
        Assert.Equal(returns.Count(one => one.Days is not null && one.State is not ReturnState.Accepted), figures.NotAccepted.Count);
    });

    [Fact]
    public void Equal_shares_have_one_place_and_the_next_counts_them_all() => Tasks.Sample(drawn =>
    {
        var ranked = BulletinFigures.Of(Record(drawn, [], true)).ByUnit;

        // Fractions in lowest terms are equal exactly when they are the same two numbers.
        static (int, int) Lowest(BulletinFigures.Sum sum)
        {
            var (a, b) = (sum.Done, sum.All);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            return (sum.Done / a, sum.All / a);
        }

        Assert.All(ranked.Zip(ranked.Skip(1)), pair =>
        {
            Assert.Equal(Lowest(pair.First.Now) == Lowest(pair.Second.Now), pair.First.Place == pair.Second.Place);
            Assert.True(pair.First.Now.Done * (double)pair.Second.Now.All >= pair.Second.Now.Done * (double)pair.First.Now.All);
        });
        Assert.All(ranked.Index(), one => Assert.InRange(one.Item.Place, 1, one.Index + 1));
        Assert.All(ranked.Index(), one => Assert.True(one.Index == 0 || one.Item.Place == ranked[one.Index - 1].Place || one.Item.Place == one.Index + 1));
    });

    [Fact]
    public void Shares_that_only_look_alike_when_rounded_have_two_places()
    {
        Drawn[] drawn =
        [
            .. Enumerable.Range(0, 4001).Select(i => new Drawn(i < 2001 ? ItemStatus.Done : ItemStatus.OnTrack, null, Light.None, 0, [0])),
            .. Enumerable.Range(0, 2).Select(i => new Drawn(i < 1 ? ItemStatus.Done : ItemStatus.OnTrack, null, Light.None, 0, [1])),
            .. Enumerable.Range(0, 4).Select(i => new Drawn(i < 2 ? ItemStatus.Done : ItemStatus.OnTrack, null, Light.None, 0, [2])),
            new(ItemStatus.OnTrack, null, Light.None, 0, [3]),
        ];

        var ranked = BulletinFigures.Of(Record(drawn, [], true)).ByUnit;

        Assert.Equal([1, 2, 2, 4], ranked.Select(unit => unit.Place));
    }

    [Theory]
    [InlineData("\uE000")]
    [InlineData("\uE000javascript:alert(1)\uE001here\uE002")]
    public void A_unit_s_name_makes_no_link_and_breaks_nothing_whatever_signs_it_holds(string name)
    {
        var record = Record([], [new(2, false, ReturnState.Accepted)], true);
        record = record with { Returns = [record.Returns[0] with { Name = name }] };

        var content = BulletinText.Of(
            record, BulletinFigures.Of(record), new("T", "", "", "", "", "", 0), new("M", "I", false, 1, "", "", "", 0), "1", record.On, Words.In(Language.Default), links: true);

        var sentences = content.Body.Select(block => block.Paragraph ?? []).ToList();
        Assert.Contains(sentences, parts => string.Concat(parts.Select(part => part.Text)).Contains(name, StringComparison.Ordinal));
        Assert.All(sentences.SelectMany(parts => parts), part => Assert.StartsWith("/dispatch/", part.Rows ?? "/dispatch/", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_figure_leads_to_as_many_rows_as_it_counts() => Gen.Select(Tasks, Gen.Int[0, 1]).Sample((drawn, language) =>
    {
        var record = Record(drawn, [], false);
        var content = BulletinText.Of(
            record, BulletinFigures.Of(record), new("T", "", "", "", "", "", 0), new("M", "I", false, 1, "", "", "", 0), "1", record.On,
            Words.In(Language.Find(language == 0 ? "zh-CN" : "en")!), links: true);

        var parts = content.Body.SelectMany(block => (block.Paragraph ?? []).Concat((block.Rows ?? []).SelectMany(row => row)))
            .Where(part => part.Rows?.Contains("/table", StringComparison.Ordinal) == true).ToList();
        Assert.True(parts.Count >= 3);
        Assert.All(parts, part =>
        {
            var filter = TableFilter.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(part.Rows![part.Rows!.IndexOf('?', StringComparison.Ordinal)..]));
            Assert.Equal(int.Parse(part.Text, null), record.Tasks.Count(filter.Takes));
        });
        Assert.DoesNotContain(content.ToJson(), c => c is >= '\uE000' and <= '\uF8FF');
    }, iter: 50);

    [Fact]
    public void A_box_is_ticked_for_each_status_and_the_first_two_are_what_counts_as_done_but_for_what_was_sent_back() =>
        Assert.All(Enum.GetValues<ItemStatus>().Except([ItemStatus.Returned]), status =>
            Assert.Equal(Overview.DoneStatuses.Contains(status), status.Tick is DispatchTick.Closed or DispatchTick.Done));

    [Fact]
    public void What_was_sent_back_at_acceptance_counts_as_done_and_ticks_that_it_is_behind()
    {
        Drawn[] drawn = [new(ItemStatus.Returned, null, Light.Yellow, 0, []), new(ItemStatus.Behind, null, Light.Yellow, 0, [])];
        var record = Record(drawn, [], true);
        var now = BulletinFigures.Of(record).Now;

        Assert.Equal(DispatchTick.BehindSchedule, ItemStatus.Returned.Tick);
        Assert.False(ItemStatus.Returned.IsWholeTick); // the remarks say what the box does not
        Assert.Equal((1, 1), (now.Done, now.Behind));
        Assert.Equal([ItemStatus.Returned], record.Tasks.Where(new TableFilter(TableWhich.Done).Takes).Select(task => task.Status));
        Assert.Equal([ItemStatus.Behind], record.Tasks.Where(new TableFilter(TableWhich.BehindSchedule).Takes).Select(task => task.Status));
    }

    [Fact]
    public void A_filter_is_read_as_it_is_written() =>
        Gen.Select(Gen.Enum<TableWhich>(), Gen.Guid.Nullable(), Gen.Int[0, 99].Nullable(), Gen.Enum<ItemStatus>().Nullable(), Gen.Bool)
            .Sample((which, unit, aspect, status, tasks) =>
            {
                var filter = new TableFilter(which, unit, aspect, status, tasks);
                Assert.Equal(filter, TableFilter.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.Query)));
            });

    // Half away from zero, in whole numbers.
    private static decimal? Tenths(int part, int whole) => whole == 0 ? null : ((2000L * part) + whole) / (2L * whole);

    private static RoundRecord Record(Drawn[] drawn, DrawnReturn[] returns, bool first)
    {
        var days = new RoundDays(new(2026, 3, 25), new(2026, 3, 31), new(2026, 4, 3));
        var round = DispatchRound.Create(Plan.Id, ReportPeriod.Of(CycleKind.Monthly, new(2026, 3, 1)), 2, days, null, default);
        var last = DispatchRound.Create(Plan.Id, ReportPeriod.Of(CycleKind.Monthly, new(2026, 2, 1)), 1, days, null, default);
        var ids = drawn.Select(_ => Guid.CreateVersion7()).ToArray();
        FrozenTask Task(Guid of, int i, ItemStatus status) => new()
        {
            RoundId = of,
            ItemId = ids[i],
            TaskId = ids[i],
            Kind = ItemKind.Task,
            SortKey = $"{i:00000}",
            NumberText = $"第{i}项",
            Title = $"Task {i}",
            DeadlineText = "",
            DueOn = null,
            AspectNo = drawn[i].Aspect == 0 ? null : drawn[i].Aspect,
            Aspect = drawn[i].Aspect == 0 ? "" : $"Aspect {drawn[i].Aspect}",
            Measures = "",
            Units = FrozenTask.Write(drawn[i].Units.Select((unit, n) => new TaskUnit(Units[unit], $"Unit {unit}", $"R/{unit}/", n == 0 ? DraftRole.Lead : DraftRole.Cooperate))),
            Status = status,
            Light = drawn[i].Light,
            Reason = "None||||",
        };
        return new()
        {
            Programme = Plan,
            Round = round,
            On = round.To,
            Frozen = true,
            Tasks = [.. drawn.Select((one, i) => Task(round.Id, i, one.Status))],
            Returns = [.. returns.Select((one, i) => new RoundRecord.Report(
                Guid.CreateVersion7(), Guid.CreateVersion7(), $"Unit {i}", $"R/{i}/", one.State, one.Days is { } late ? days.Due.AddDays(late) : null, one.Late))],
            Last = first ? null : last,
            LastTasks = first ? [] : [.. drawn.Index().Where(one => one.Item.Was is not null).Select(one => Task(last.Id, one.Index, one.Item.Was!.Value))],
            Corrections = [],
        };
    }
}
