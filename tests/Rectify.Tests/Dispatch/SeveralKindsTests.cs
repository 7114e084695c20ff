using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Weekly, monthly and quarterly rounds of one programme at once: what one states, the others know.</summary>
public sealed class SeveralKindsTests
{
    private static readonly DateOnly March = new(2026, 3, 31);

    [Theory, EveryDatabase]
    public async Task A_quarter_s_figure_does_not_fall_below_that_of_a_month_within_it_without_a_reason(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        r.Today(world, new(2026, 5, 28));
        var may = await r.OpenAsync(world, new(2026, 5, 31));
        await r.ReportAsync(world, may, "C1", 40);
        await r.ReportAsync(world, may, "C2", 40);
        await r.CloseAsync(world, may);
        r.Today(world, new(2026, 7, 1));
        var quarter = await r.OpenAsync(world, new(2026, 6, 30), CycleKind.Quarterly);

        await r.FillAsync(world, quarter, "C1", 30);
        await r.FillAsync(world, quarter, "C2", 30);
        Assert.Equal(["figure-back"], await FaultsAsync(world, r, quarter, "C1"));
        Assert.Equal(["percent-falls"], await FaultsAsync(world, r, quarter, "C2"));
        Assert.Equal("return.incomplete", await SubmitAsync(world, r, quarter, "C1"));
        Assert.Equal("return.incomplete", await SubmitAsync(world, r, quarter, "C2"));
        await r.ReportAsync(world, quarter, "C1", 30, Because);
        await r.ReportAsync(world, quarter, "C2", 30, Because);
        await r.CloseAsync(world, quarter);

        // The quarter added what stands at its end less what stood before its first day, and May's figure is as true as it was.
        await world.InAsync(async (Db db) =>
        {
            var frozen = await db.FrozenFigures().Where(figure => figure.RoundId == quarter && figure.Accepted).ToListAsync(Ct);
            Assert.Equal([(30L, 0L), (30L, 0L)], frozen.Select(figure => (figure.Value, figure.Before)));
            foreach (var (day, known) in new[] { (new DateOnly(2026, 5, 31), 40), (new DateOnly(2026, 6, 30), 30) })
            {
                var rows = await FigureList.ReadAsync(db, r.Office, r.Programme, day, Ct);
                Assert.All(rows, row => Assert.False(row.Corrected));
                Assert.Equal(known, rows.Single(row => row.IsPercent).Known);
                Assert.Equal(known / 10m, rows.Single(row => !row.IsPercent).Known);
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task A_month_s_figure_does_not_fall_below_that_of_a_week_within_it_or_one_that_the_office_recorded(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await r.ReportAsync(world, await r.OpenAsync(world, new(2026, 3, 20), CycleKind.Weekly), "C1", 40);
        var month = await r.OpenAsync(world, March);
        Assert.Equal(40, (await PlantsAsync(world, r, month)).Value); // goes on from what is known

        await r.FillAsync(world, month, "C1", 39);
        Assert.Equal(["figure-back"], await FaultsAsync(world, r, month, "C1"));
        await r.FillAsync(world, month, "C1", 40);
        Assert.Empty(await FaultsAsync(world, r, month, "C1"));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[0].Id, [new(Rectify.Tasks.Timeline.FactKind.Measured, new(2026, 3, 25), Value: 45, Part: r.Plants.Id)], r.Office, Ct));
        Assert.Equal(["figure-back"], await FaultsAsync(world, r, month, "C1"));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_rounds_that_end_on_one_day_the_second_gives_a_reason_if_it_states_another_figure_and_the_one_closed_last_is_as_stated(string database)
    {
        foreach (var quarterLast in new[] { true, false })
        {
            await using var world = await World.CreateAsync(database);
            var r = await Reporting.HaveAsync(world);
            var (month, quarter) = (await r.OpenAsync(world, March), await r.OpenAsync(world, March, CycleKind.Quarterly));
            await r.ReportAsync(world, month, "C1", 40);
            await r.ReportAsync(world, month, "C2", 40);
            r.Today(world, new(2026, 4, 1));

            await r.FillAsync(world, quarter, "C1", 42);
            await r.FillAsync(world, quarter, "C2", 42);
            Assert.Equal(["figure-differs"], await FaultsAsync(world, r, quarter, "C1"));
            Assert.Equal(["percent-differs"], await FaultsAsync(world, r, quarter, "C2"));
            Assert.Equal("return.incomplete", await SubmitAsync(world, r, quarter, "C1"));
            await r.ReportAsync(world, quarter, "C1", 42, Because);
            await r.ReportAsync(world, quarter, "C2", 42, Because);
            foreach (var (i, round) in (quarterLast ? new[] { month, quarter } : [quarter, month]).Index())
            {
                r.Today(world, new(2026, 4, 2 + i));
                await r.CloseAsync(world, round);
            }

            await world.InAsync(async (Db db) =>
            {
                var rows = await FigureList.ReadAsync(db, r.Office, r.Programme, March, Ct);
                Assert.Equal(2, rows.Count);
                var plants = rows.Single(row => row.Quantity == r.Plants.Id);
                Assert.Equal(quarterLast ? (4.2m, quarter, false) : (4.0m, month, true), (plants.Stated, plants.Round, plants.Corrected));
                Assert.Equal((4.2m, 4.2m), (plants.Known, plants.KnownThen));
                Assert.Equal(quarterLast ? CycleKind.Quarterly : CycleKind.Monthly, plants.Kind);
                Assert.Equal([quarterLast ? new(month, CycleKind.Monthly, 4.0m) : new FigureList.Other(quarter, CycleKind.Quarterly, 4.2m)], plants.Others); // both are seen
                Assert.Equal(quarterLast ? 42 : 40, rows.Single(row => row.IsPercent).Stated);
            });
        }
    }

    [Theory, EveryDatabase]
    public async Task Closed_in_one_moment_the_longer_period_is_as_stated(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        foreach (var kind in new[] { CycleKind.Quarterly, CycleKind.Monthly })
        {
            var round = await r.OpenAsync(world, March, kind);
            await r.ReportAsync(world, round, "C1", kind is CycleKind.Monthly ? 42 : 40, Because);
            await r.CloseAsync(world, round);
        }

        await world.InAsync(async (Db db) =>
        {
            Assert.Single(await db.RoundsFor(r.Office).Select(round => round.ClosedAt).Distinct().ToListAsync(Ct));
            var plants = Assert.Single(await FigureList.ReadAsync(db, r.Office, r.Programme, March, Ct));
            Assert.Equal((4.0m, CycleKind.Quarterly, true), (plants.Stated, plants.Kind, plants.Corrected));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_week_accepted_after_its_month_was_changes_the_month_s_figure_only_with_a_reason(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (month, earlier) = (await r.OpenAsync(world, March), await r.OpenAsync(world, new(2026, 3, 20), CycleKind.Weekly));
        await r.ReportAsync(world, month, "C1", 40); // on the 26th, before the month is over
        r.Today(world, new(2026, 3, 30));
        var week = await r.OpenAsync(world, new(2026, 3, 29), CycleKind.Weekly);

        await r.FillAsync(world, week, "C1", 42);
        Assert.Equal(["figure-differs"], await FaultsAsync(world, r, week, "C1"));
        await r.FillAsync(world, earlier, "C1", 39); // an earlier day: March's figure stands as it stands
        Assert.Empty(await FaultsAsync(world, r, earlier, "C1"));
        await r.FillAsync(world, week, "C1", 40);
        Assert.Empty(await FaultsAsync(world, r, week, "C1"));

        // In the next month nobody says anything of March.
        r.Today(world, new(2026, 4, 4));
        var next = await r.OpenAsync(world, new(2026, 4, 5), CycleKind.Weekly);
        await r.FillAsync(world, next, "C1", 42);
        Assert.Empty(await FaultsAsync(world, r, next, "C1"));
    }

    [Theory, EveryDatabase]
    public async Task What_another_round_stated_after_a_return_was_submitted_is_asked_about_before_it_is_accepted(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (month, quarter) = (await r.OpenAsync(world, March), await r.OpenAsync(world, March, CycleKind.Quarterly));
        await r.FillAsync(world, quarter, "C1", 30);
        await r.SubmitAsync(world, quarter, "C1");
        await r.DecideAsync(world, quarter, "C1", ReturnAct.PassUp, "p1");
        await r.ReportAsync(world, month, "C1", 40);

        Assert.Equal("return.overtaken", (await Assert.ThrowsAsync<Refusal>(() => r.DecideAsync(world, quarter, "C1", ReturnAct.Accept, "office"))).Code);
        Assert.Equal(ReturnState.Submitted, (await r.ReturnAsync(world, quarter, "C1")).State);

        await r.DecideAsync(world, quarter, "C1", ReturnAct.SendBack, "office", "see March");
        await r.ReportAsync(world, quarter, "C1", 30, Because);
        await world.InAsync(async (Db db) => Assert.Equal(30, (await db.ItemFacts().Where(fact => fact.ItemId == r.Plants.Id).OrderByDescending(fact => fact.Sequence).FirstAsync(Ct)).Value));
    }

    [Theory, EveryDatabase]
    public async Task A_correction_of_the_last_quarter_does_not_excuse_a_fall_below_what_a_month_stated_since(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var quarter = await r.OpenAsync(world, March, CycleKind.Quarterly);
        await r.ReportAsync(world, quarter, "C1", 35);
        await r.CloseAsync(world, quarter);
        r.Today(world, new(2026, 4, 28));
        await r.ReportAsync(world, await r.OpenAsync(world, new(2026, 4, 30)), "C1", 50);
        r.Today(world, new(2026, 6, 28));
        var next = await r.OpenAsync(world, new(2026, 6, 30), CycleKind.Quarterly);
        StatedLine Corrects(StatedLine line) => line with { Figures = [.. line.Figures.Select(figure => figure with { Corrects = 30, CorrectsReason = "one was counted twice" })] };

        await r.FillAsync(world, next, "C1", 49, Corrects);
        Assert.Equal(["figure-back"], await FaultsAsync(world, r, next, "C1"));
        await r.FillAsync(world, next, "C1", 50, Corrects);
        Assert.Empty(await FaultsAsync(world, r, next, "C1"));
    }

    [Theory, EveryDatabase]
    public async Task No_round_is_lost_between_two_pages_where_two_kinds_end_on_one_day(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var all = new HashSet<Guid>();
        await world.InAsync(async (IServiceProvider services) =>
        {
            // 31 months and their quarters: every pair that ends on one day stands elsewhere on its page, and one of them across two pages.
            var db = services.GetRequiredService<Db>();
            for (var (month, no) = (ReportPeriod.Of(CycleKind.Monthly, new(2020, 3, 1)), 1); no <= 60; (month, no) = (month.Next, no + 1))
            {
                foreach (var kind in month.Number % 3 == 0 ? new[] { CycleKind.Monthly, CycleKind.Quarterly } : [CycleKind.Monthly])
                {
                    var period = ReportPeriod.Of(kind, month.To);
                    all.Add(db.Add(DispatchRound.Create(r.Programme.Id, period, no, new(period.To, period.To, period.To), null, world.Clock.GetUtcNow())).Entity.Id);
                }
            }

            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new RoundOpened { Subject = r.Programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Cycle = CycleKind.Monthly, From = March, To = March, No = 1, Due = March, Closes = March }, Ct);
        });

        foreach (var start in Enumerable.Range(0, 4).Select(i => (DateOnly?)new DateOnly(2025, 3, 1).AddMonths(-i)))
        {
            var seen = new List<Guid>();
            for (var (before, more) = (start, true); more;)
            {
                var page = await world.InAsync((Db db) => RoundList.PageAsync(db, r.Office, r.Programme.Id, before, world.Clock, Ct));
                seen.AddRange(page.Select(row => row.Round.Id));
                Assert.Equal(page.OrderByDescending(row => row.Round.To).ThenByDescending(row => row.Round.Kind).Select(row => row.Round.Id), page.Select(row => row.Round.Id));
                (before, more) = (page.Count > 0 ? page[^1].Round.To : before, page.Count >= RoundList.PageSize);
            }

            var expected = await world.InAsync((Db db) => db.RoundsFor(r.Office).Where(round => round.To < start).Select(round => round.Id).ToListAsync(Ct));
            Assert.Equal(expected.Order(), seen.Order());
        }
    }

    private static StatedLine Because(StatedLine line) => line with { PercentReason = "counted again", Figures = [.. line.Figures.Select(figure => figure with { Reason = "counted again" })] };

    private static Task<string[]> FaultsAsync(World world, Reporting r, Guid round, string unit) => world.InAsync(async (Db db) =>
    {
        var whole = await r.ReturnAsync(world, round, unit);
        var view = await ReturnView.ReadAsync(db, r.People[unit.ToLowerInvariant()], whole.Id, DateOnly.FromDateTime(world.Clock.GetLocalNow().DateTime), Ct);
        return view.Lines.SelectMany(line => line.Faults).Select(fault => fault.Key).ToArray();
    });

    private static async Task<string> SubmitAsync(World world, Reporting r, Guid round, string unit) =>
        (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, unit))).Code;

    private static async Task<StatedFigure> PlantsAsync(World world, Reporting r, Guid round) =>
        (await r.LinesAsync(world, (await r.ReturnAsync(world, round, "C1")).Id)).SelectMany(line => line.Stated.Figures).Single(figure => figure.Quantity == r.Plants.Id);
}
