using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Forecast;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.CommandLine;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Forecast;

/// <summary>What was known on a day, read from the record.</summary>
public sealed class ForecastReadingTests(LoadedSample sample)
{
    private static readonly Access All = Access.OfSystem(Actor.System("test"));

    /// <summary>What is recorded or withdrawn later, of whatever day it tells, was not known.</summary>
    [Fact]
    public async Task What_comes_later_changes_nothing_that_was_known()
    {
        await using var world = await World.CreateAsync("sqlite");
        var at = await Rectifying.HaveAsync(world);
        var day = world.Clock.Today;
        await world.InAsync((RecordFacts record) => record.RunAsync(at.Task, [new(FactKind.Started, day.AddDays(-60)), new(FactKind.Measured, day.AddDays(-40), Value: 3, Part: at.Measure)], at.Reporter, Ct));
        var before = await KnownAsync(world, day);
        Assert.Contains("\"Percent\":33", before, StringComparison.Ordinal);
        Assert.Contains("\"DoneOn\":null", before, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.InAsync((RecordFacts record) => record.RunAsync(at.Task, [new(FactKind.Measured, day.AddDays(-10), Value: 8, Part: at.Measure)], at.Reporter, Ct)); // of an earlier day
        await world.InAsync((RecordFacts record) => record.RunAsync(at.Task, [new(FactKind.Completed, day.AddDays(2))], at.Reporter, Ct));
        var fact = await world.InAsync((Db db) => db.ItemFacts().AsNoTracking().FirstAsync(one => one.Kind == FactKind.Measured && one.On == day.AddDays(-40), Ct));
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(fact.Id, "wrong", at.Reporter, Ct));

        Assert.Equal(before, await KnownAsync(world, day));
        Assert.Contains($"\"DoneOn\":\"{day.AddDays(2):yyyy-MM-dd}\"", await KnownAsync(world, world.Clock.Today), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_past_forecasts_are_held_against_what_happened()
    {
        var world = await sample.OnAsync("sqlite");
        await world.InAsync(async (Db db) =>
        {
            var programme = await db.ProgrammesFor(All, Right.Read).AsNoTracking().SingleAsync(Ct);
            var list = await ForecastList.ReadAsync(db, All, programme, new(2019, 9, 30), world.Clock, Ct);
            var past = list.Calibration;

            Assert.True(past.IsEnough, $"{past.Cases.Count} cases of {past.Tasks} tasks");
            Assert.Equal(past.Cases.Count, past.Table.Sum(line => line.Cases));
            Assert.Equal(past.Met, past.Table.Sum(line => line.Met));
            Assert.True(past.Brier < past.BrierThen, $"{past.Brier:0.000} beside {past.BrierThen:0.000}: no better than the share known then ({past.BrierAfterwards:0.000} afterwards)");
            Assert.InRange(past.Brier!.Value, 0, 0.28);

            // In March 2019 every open task with a date has a forecast with reasons; those without one say why.
            var march = await ForecastList.ReadAsync(db, All, programme, new(2019, 3, 31), world.Clock, Ct);
            Assert.InRange(march.Rows.Count, 30, 50);
            Assert.All(march.Silent, row => Assert.Equal(NoForecast.NoDate, row.Because));
            Assert.Equal(march.Rows.Select(row => row.Forecast!.Chance).Order(), march.Rows.Select(row => row.Forecast!.Chance));
            Assert.All(march.Rows, row => Assert.True(row.Forecast!.All.Ended >= 40 && row.Task.Percent is not null));
            foreach (var (language, share, ended) in new[] { ("zh-CN", "{0}%", "{0}项"), ("en", "{0} %", "{0} ") })
            {
                var words = Words.In(Language.Find(language)!);
                Assert.All(march.Rows, row =>
                {
                    // A sentence each for progress, pace, all others, those like it and their delay; the API has the same ones as the page.
                    var (of, reasons) = (row.Forecast!, words.Reasons(row.Forecast!).ToList());
                    Assert.Equal((of.TimeGone is null ? 2 : 3) + (of.Pace is null ? 0 : 1) + (of.MedianDelay is null ? 0 : 1), reasons.Count);
                    Assert.Equal(reasons.Count, reasons.Distinct().Count());
                    Assert.Contains(string.Format(null, share, row.Task.Percent), reasons[0], StringComparison.Ordinal);
                    Assert.Contains(reasons, reason => reason.Contains(string.Format(null, ended, of.All.Ended), StringComparison.Ordinal) && reason.Contains($"{of.All.Met}", StringComparison.Ordinal));
                    Assert.DoesNotContain(reasons, reason => reason.Contains('{', StringComparison.Ordinal) || reason.StartsWith("forecast.", StringComparison.Ordinal));
                    var answer = ForecastEndpoints.Of(row, words);
                    Assert.Equal(reasons, answer.Reasons);
                    Assert.NotNull(answer.Chance);
                });
            }

            Assert.All(march.Silent, row => Assert.Empty(ForecastEndpoints.Of(row, Words.In(Language.Default)).Reasons));

            // In March 2018 nothing had ended: no number is given.
            var first = await ForecastList.ReadAsync(db, All, programme, new(2018, 4, 30), world.Clock, Ct);
            Assert.Empty(first.Rows);
            Assert.Contains(first.Silent, row => row.Because is NoForecast.TooFew);
            Assert.False(first.Calibration.IsEnough);
        });
    }

    private static Task<string> KnownAsync(World world, DateOnly day) => world.InAsync(async (Db db) =>
    {
        var programme = await db.ProgrammesFor(All, Right.Read).AsNoTracking().SingleAsync(Ct);
        return JsonSerializer.Serialize((await TaskRecords.ReadAsync(db, programme, world.Clock, Ct)).KnownOn(day).Select(task => new { task, progress = task.Progress.Select(one => $"{one.On:O} {one.Percent}") }));
    });
}
