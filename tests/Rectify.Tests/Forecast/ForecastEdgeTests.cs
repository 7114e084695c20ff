using Microsoft.EntityFrameworkCore;
using Rectify.Forecast;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Forecast;

/// <summary>Forecasts at their edges: days of a curve, what counts as an old forecast, what is known of a task.</summary>
public sealed class ForecastEdgeTests
{
    private static readonly DateOnly Day = new(2026, 3, 31);

    [Fact]
    public void A_curve_begins_on_the_day_after_and_says_the_first_day_that_has_the_share()
    {
        var curve = new FinishCurve(Day);
        curve.Add(Day, 0.25);
        curve.Add(Day.AddDays(10), 0.5);

        Assert.Equal((0, 0.25, 0.75), (curve.By(Day), curve.By(Day.AddDays(1)), curve.By(Day.AddDays(10))));
        Assert.Equal((Day.AddDays(1), Day.AddDays(10), null), (curve.Quantile(0.25), curve.Quantile(0.26), curve.Quantile(0.76)));
    }

    [Fact]
    public void An_old_forecast_is_of_what_was_open_in_time_then_and_waits_until_its_deadline_has_passed()
    {
        static KnownTask Due(int days, int? done = null) => new(Guid.NewGuid()) { StartedOn = Day.AddDays(-400), DueOn = Day.AddDays(days), DoneOn = done is { } on ? Day.AddDays(on) : null };
        var (now, open) = (Day.AddDays(60), Due(30));
        KnownTask[] tasks = [open, Due(-1), Due(60), .. Enumerable.Range(0, 10).Select(i => Due(-100, i < 6 ? -101 : -80))];

        var past = Calibration.Replay([Day], now, _ => tasks, (_, _) => true);

        // Six of eleven were met: the one that is late counts as one that ended.
        Assert.Equal((open.Id, Day, 7 / 13.0, true), Assert.Single(past.Cases) is var only ? (only.Task, only.On, only.BaseRate, only.Met) : default);
        Assert.Equal(1, past.Waiting); // what is due today may still be met
    }

    [Theory, EveryDatabase]
    public async Task What_was_taken_up_again_is_not_done_and_a_node_that_was_reached_late_is_late(string database)
    {
        await using var world = await World.CreateAsync(database);
        var at = await Rectifying.HaveAsync(world);
        world.Clock.AdjustTime(new(2026, 5, 5, 2, 0, 0, TimeSpan.Zero));
        await world.InAsync((RecordFacts record) => record.RunAsync(
            at.Task, [new(FactKind.Started, new(2026, 2, 1)), new(FactKind.MilestoneReached, new(2026, 4, 2), No: 1), new(FactKind.Completed, new(2026, 4, 20))], at.Reporter, Ct));
        Assert.Equal((new DateOnly(2026, 4, 20), (1, 1)), await KnownAsync());

        world.Clock.AdjustTime(new(2026, 5, 10, 2, 0, 0, TimeSpan.Zero));
        await world.InAsync((RecordFacts record) => record.RunAsync(at.Task, [new(FactKind.Reopened, new(2026, 5, 9), Note: "It came back.")], at.Office, Ct));
        Assert.Equal((null, (1, 1)), await KnownAsync());

        Task<(DateOnly?, (int, int))> KnownAsync() => world.InAsync(async (Db db) =>
        {
            var programme = await db.ProgrammesFor(SmallProgramme.Everyone, Right.Read).AsNoTracking().SingleAsync(Ct);
            var known = Assert.Single((await TaskRecords.ReadAsync(db, programme, world.Clock, Ct)).KnownOn(world.Clock.Today));
            return (known.DoneOn, known.Nodes);
        });
    }
}
