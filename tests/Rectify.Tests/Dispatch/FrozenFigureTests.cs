using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>
/// Whatever units report, correct or leave out, in rounds of one kind or of several at once: frozen figures never change, and cumulative figures are the sum of what
/// the periods added.
/// </summary>
public sealed class FrozenFigureTests
{
    /// <param name="Up">What the month adds to the figure; below zero with a reason.</param>
    /// <param name="Corrects">By how much the last frozen figure is corrected; 0 for not at all.</param>
    /// <param name="Accepted">Whether the return comes all the way, or is left with the prefecture when the round closes.</param>
    private sealed record Month(int Up, int Corrects, bool Accepted);

    private static readonly Gen<Month[]> Months = Gen.Select(Gen.Int[-5, 30], Gen.Int[-3, 3], Gen.Bool)
        .Select(one => new Month(one.Item1, one.Item2, one.Item3)).Array[1, 4];

    [Theory, EveryDatabase]
    public async Task Frozen_figures_never_change_and_cumulative_figures_are_the_sum_of_the_accepted_periods(string database)
    {
        var runs = new List<Month[]> { new Month[] { new(20, 0, true), new(10, -2, true), new(5, 0, false), new(5, 1, true) } };
        Months.Sample(months => runs.Add(months), iter: 5, threads: 1);
        foreach (var months in runs)
        {
            await CheckAsync(database, months);
        }
    }

    private static async Task CheckAsync(string database, Month[] months)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var frozen = new Dictionary<Guid, string>();
        var (figure, sum, lastFrozen) = (0L, 0L, (long?)null);
        foreach (var (i, month) in months.Index())
        {
            var day = new DateOnly(2026, 3, 28).AddMonths(i);
            r.Today(world, day);
            var round = await r.OpenAsync(world, day);
            var wasFrozen = lastFrozen is not null && await FrozenLastMonthAsync(world, r, round);
            var corrects = wasFrozen && month.Corrects != 0 ? lastFrozen + month.Corrects : null;
            figure = (corrects ?? figure) + month.Up;
            await r.FillAsync(world, round, "C1", figure, line => line with
            {
                Figures = [.. line.Figures.Select(one => one with { Reason = "checked", Corrects = corrects, CorrectsReason = "counted again" })],
            });
            await r.SubmitAsync(world, round, "C1");
            if (month.Accepted)
            {
                await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
                await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
            }

            await r.CloseAsync(world, round);
            var stated = await world.InAsync((Db db) => db.FrozenFigures().SingleAsync(one => one.RoundId == round && one.QuantityId == r.Plants.Id, Ct));
            Assert.Equal((figure, month.Accepted), (stated.Value, stated.Accepted));
            if (month.Accepted)
            {
                sum += (corrects - lastFrozen ?? 0) + stated.Added;
                Assert.Equal(figure, sum);
                lastFrozen = figure;
            }
            else
            {
                figure = sum; // what was not accepted does not count, the next month goes on from what was
            }

            frozen[stated.Id] = stated.ToText();
            await world.InAsync(async (Db db) =>
            {
                Assert.Equal(frozen.Values.Order(), (await db.FrozenFigures().Where(one => one.QuantityId == r.Plants.Id).ToListAsync(Ct)).Select(one => one.ToText()).Order());
                var known = await db.ItemFacts().Where(fact => fact.ItemId == r.Plants.Id && fact.Kind == FactKind.Measured).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).LastOrDefaultAsync(Ct);
                Assert.Equal(sum, known?.Value ?? 0);
            });
        }
    }

    /// <param name="Days">How many days after the one before.</param>
    /// <param name="Up">What is stated beyond what is known; below zero for less.</param>
    /// <param name="Because">Whether a reason is given.</param>
    /// <param name="Accepts">How many of the returns that wait are accepted then, of whichever round.</param>
    /// <param name="Newest">Whether the one that came last is accepted first.</param>
    /// <param name="Closes">Whether a round is closed then.</param>
    private sealed record Act(CycleKind Kind, int Days, int Up, bool Because, int Accepts, bool Newest, bool Closes);

    private static readonly Gen<Act[]> Acts = Gen.Bool.SelectMany(reasons =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 20], Gen.Int[-4, 12], Gen.Bool, Gen.Int[0, 2], Gen.Bool, Gen.Bool)
            .Select(one => new Act((CycleKind)one.Item1, one.Item2, one.Item3, reasons && one.Item4, one.Item5, one.Item6, one.Item7)).Array[5, 10]);

    [Theory, EveryDatabase]
    public async Task Rounds_of_several_kinds_at_once_know_of_each_other_and_each_kind_adds_up(string database)
    {
        const CycleKind w = CycleKind.Weekly, m = CycleKind.Monthly, q = CycleKind.Quarterly;
        var runs = new List<Act[]>
        {
            // The month falls short of the week, the quarter states another figure than the month; the next quarter and month go on from them.
            new Act[] { new(w, 0, 20, false, 1, true, true), new(m, 1, -5, false, 1, true, false), new(q, 0, 5, false, 1, true, true), new(q, 10, 3, false, 1, true, true), new(m, 0, 4, false, 1, true, true) },
            // Two that end on one day, the second with a reason; a week accepted after its month; what was submitted before another was accepted.
            new Act[] { new(m, 0, 10, false, 1, true, false), new(q, 1, 4, true, 1, true, true), new(w, 3, 2, true, 1, true, false), new(w, 5, 3, false, 0, true, false), new(m, 1, 6, false, 2, true, true) },
        };
        Acts.Sample(acts => runs.Add(acts), iter: 12, threads: 1);
        foreach (var acts in runs)
        {
            try
            {
                await CheckAsync(database, acts);
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                throw new InvalidOperationException($"After {string.Join(" | ", acts.AsEnumerable())}: {wrong.Message}", wrong);
            }
        }
    }

    /// <summary>What is known by plain reckoning: what was accepted for which day, in the order in which it was accepted.</summary>
    private sealed class Known
    {
        private readonly List<(DateOnly On, long Value)> facts = [];

        /// <summary>The last days of the periods of whose returns were accepted.</summary>
        private readonly List<DateOnly> ends = [];

        public long By(DateOnly day) => facts.Where(fact => fact.On <= day).OrderBy(fact => fact.On).Select(fact => fact.Value).LastOrDefault(); // in the order accepted within a day

        public bool NeedsReason(ReportPeriod period, long value, DateOnly today)
        {
            var then = new Known();
            then.facts.AddRange(facts);
            then.Accept(period, value, today);
            return value < By(period.To) || ends.Any(end => then.By(end) != By(end));
        }

        public void Accept(ReportPeriod period, long value, DateOnly today)
        {
            // A first figure is recorded even where it is none: by then it was looked at, and what is told of an earlier day later on does not change it.
            if (value != By(period.To) || !facts.Exists(fact => fact.On <= period.To))
            {
                facts.Add((today < period.To ? today : period.To, value));
            }

            ends.Add(period.To);
        }
    }

    private sealed record Waiting(Guid Round, ReportPeriod Period, long Value, bool Because);

    private sealed record Closed(ReportPeriod Period, long Value, long Before, bool Accepted, int Order);

    private static async Task CheckAsync(string database, Act[] acts)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (known, today, reasons) = (new Known(), new DateOnly(2026, 3, 26), false);
        var (open, waiting, accepted, closed) = (new List<Waiting>(), new List<Waiting>(), new HashSet<Guid>(), new List<Closed>());
        var frozen = new Dictionary<Guid, string>();
        foreach (var act in acts)
        {
            r.Today(world, today = today.AddDays(act.Days));
            var period = ReportPeriod.Of(act.Kind, today);
            if (!open.Exists(one => one.Period == period) && !closed.Exists(one => one.Period == period))
            {
                var round = await r.OpenAsync(world, today, act.Kind);
                var one = new Waiting(round, period, Math.Clamp(known.By(period.To) + act.Up, 0, 90), act.Because);
                await r.FillAsync(world, round, "C1", one.Value, line => line with { Figures = [.. line.Figures.Select(figure => figure with { Reason = act.Because ? "counted again" : "" })] });
                open.Add(one);
                if (await TryAsync(() => r.SubmitAsync(world, round, "C1"), "return.incomplete", one))
                {
                    await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
                    waiting.Add(one);
                }
            }

            for (var i = 0; i < act.Accepts && waiting.Count > 0; i++)
            {
                var one = waiting[act.Newest ? ^1 : 0];
                waiting.Remove(one);
                if (await TryAsync(() => r.DecideAsync(world, one.Round, "C1", ReturnAct.Accept, "office"), "return.overtaken", one))
                {
                    reasons |= known.NeedsReason(one.Period, one.Value, today);
                    known.Accept(one.Period, one.Value, today);
                    accepted.Add(one.Round);
                }
            }

            if (act.Closes && open.Find(one => !waiting.Contains(one)) is { } over)
            {
                if (open.Exists(one => one.Period.Kind == over.Period.Kind && one.Period.To < over.Period.From))
                {
                    Assert.Equal("round.earlier", (await Assert.ThrowsAsync<Refusal>(() => r.CloseAsync(world, over.Round))).Code);
                }
                else
                {
                    await CloseAsync(over);
                }
            }
        }

        foreach (var one in open.ToList())
        {
            await CloseAsync(one);
        }

        // Of each kind: what its accepted periods added, and what became known between them, come to the last figure. Nothing did between two
        // that follow each other, unless somebody gave a reason.
        foreach (var kind in closed.Where(one => one.Accepted).GroupBy(one => one.Period.Kind))
        {
            var (sum, last) = (0L, (Closed?)null);
            foreach (var one in kind.OrderBy(one => one.Period.To))
            {
                Assert.True(reasons || last?.Period.Next != one.Period || one.Before == last!.Value);
                sum += one.Before - (last?.Value ?? 0) + (one.Value - one.Before);
                last = one;
            }

            Assert.Equal(last!.Value, sum);
        }

        async Task<bool> TryAsync(Func<Task> act, string refusal, Waiting one)
        {
            if (one.Because || !known.NeedsReason(one.Period, one.Value, today))
            {
                await act();
                return true;
            }

            Assert.Equal(refusal, (await Assert.ThrowsAsync<Refusal>(act)).Code);
            return false;
        }

        async Task CloseAsync(Waiting one)
        {
            await r.CloseAsync(world, one.Round);
            open.Remove(one);
            waiting.Remove(one);
            var before = known.By(one.Period.From.AddDays(-1));
            closed.Add(new(one.Period, one.Value, before, accepted.Contains(one.Round), closed.Count));
            var stated = await world.InAsync((Db db) => db.FrozenFigures().SingleAsync(figure => figure.RoundId == one.Round && figure.QuantityId == r.Plants.Id, Ct));
            Assert.Equal((one.Value, before, accepted.Contains(one.Round)), (stated.Value, stated.Before, stated.Accepted));
            frozen[stated.Id] = stated.ToText();
            r.Today(world, today = today.AddDays(1)); // no two are closed in one moment
            await world.InAsync(async (Db db) =>
            {
                Assert.Equal(frozen.Values.Order(), (await db.FrozenFigures().Where(figure => figure.QuantityId == r.Plants.Id).ToListAsync(Ct)).Select(figure => figure.ToText()).Order());
                foreach (var day in closed.SelectMany(other => new[] { other.Period.From, other.Period.To }).Distinct())
                {
                    var rows = (await FigureList.ReadAsync(db, r.Office, r.Programme, day, Ct)).Where(row => row.Quantity == r.Plants.Id).ToList();
                    var last = closed.Where(other => other.Accepted && other.Period.To <= day).OrderBy(other => other.Period.To).ThenBy(other => other.Order).LastOrDefault();
                    var expected = last is null ? [] : new[] { (last.Value / 10m, last.Period.To, last.Period.Kind, (decimal?)known.By(day) / 10m, known.By(last.Period.To) != last.Value) };
                    Assert.Equal(expected, rows.Select(row => (row.Stated, row.StatedOn, row.Kind, row.Known, row.Corrected)));
                    Assert.True(reasons || rows.TrueForAll(row => !row.Corrected));
                }
            });
        }
    }

    // Only the figure of the round just before can be corrected.
    private static async Task<bool> FrozenLastMonthAsync(World world, Reporting r, Guid round) => await world.InAsync(async (Db db) =>
    {
        var now = await db.RoundsFor(r.Office).SingleAsync(one => one.Id == round, Ct);
        return (await Questions.ReadAsync(db, now, [r.Tasks[0].Id], now.From, Ct)).For(r.Tasks[0].Id, r.Units["C1"].Id).Figures[0].Frozen is not null;
    });
}
