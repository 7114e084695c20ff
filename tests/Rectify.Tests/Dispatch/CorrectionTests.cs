using Microsoft.EntityFrameworkCore;
using Rectify.Bulletins;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Whatever a closed round states is corrected in the next one, and stays as it was stated.</summary>
public sealed class CorrectionTests
{
    private static readonly DateOnly March = new(2026, 3, 31), April = new(2026, 4, 30), May = new(2026, 5, 31);

    [Theory, EveryDatabase]
    public async Task Every_kind_of_figure_and_day_of_any_closed_round_is_corrected_in_the_next(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, March);
        await r.ReportAsync(world, march, "C1", 35, line => line.Figures.Count == 0 ? line : line with
        {
            Nodes = [new(1, new(2026, 3, 20))],
            Measures = [new(r.Crews.Id, new(2026, 3, 22))],
        });
        await r.ReportAsync(world, march, "C2", 60);
        await r.FillAsync(world, march, "P1", 80);
        await r.SubmitAsync(world, march, "P1");
        await r.DecideAsync(world, march, "P1", ReturnAct.Accept, "office");
        r.Today(world, new(2026, 4, 2));
        await r.CloseAsync(world, march);
        r.Today(world, new(2026, 4, 28));
        var april = await r.OpenAsync(world, April);
        await r.ReportAsync(world, april, "C1", 50);
        await r.ReportAsync(world, april, "C2", 70);
        r.Today(world, new(2026, 5, 2));
        await r.CloseAsync(world, april);

        // Tasks 1 and 3 are declared complete by May: C1 has no line of task 1 any more, P1 not even a return.
        r.Today(world, new(2026, 5, 28));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[0].Id, [new(FactKind.Completed, new(2026, 5, 5))], r.People["c1"], Ct));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[2].Id, [new(FactKind.Completed, new(2026, 5, 6))], r.People["p1"], Ct));
        var may = await r.OpenAsync(world, May);
        var own = (await r.ReturnAsync(world, may, "C1")).Id;
        Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((AddReturn add) => add.RunAsync(may, r.People["c1"], Ct)))).Code); // it has one
        var added = await world.InAsync((AddReturn add) => add.RunAsync(may, r.People["p1"], Ct));
        Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((AddReturn add) => add.RunAsync(may, r.People["p1"], Ct)))).Code);

        StatedCorrection plants = new(march, r.Tasks[0].Id, CorrectionKind.Figure, r.Plants.Id, null, 35, null, 30, null, "counted twice");
        StatedCorrection node = new(march, r.Tasks[0].Id, CorrectionKind.Node, r.Tasks[0].Id, 1, null, new(2026, 3, 20), null, new(2026, 3, 25), "the trial run came later");
        StatedCorrection crews = new(march, r.Tasks[0].Id, CorrectionKind.Measure, r.Crews.Id, null, null, new(2026, 3, 22), null, null, "one crew was not trained");
        StatedCorrection boilers = new(march, r.Tasks[2].Id, CorrectionKind.Figure, r.Tasks[2].Id, null, 80, null, 85, null, "five stand in the next valley");
        StatedCorrection percent = new(march, r.Tasks[1].Id, CorrectionKind.Percent, r.Tasks[1].Id, null, 60, null, 40, null, "reckoned by another list");
        Task CorrectAsync(Guid whole, string who, params StatedCorrection[] all) => world.InAsync(async (IServiceProvider services) =>
        {
            var version = await ((Db)services.GetService(typeof(Db))!).ReturnsFor(r.Office).Where(one => one.Id == whole).Select(one => one.Version).SingleAsync(Ct);
            await ((SaveCorrections)services.GetService(typeof(SaveCorrections))!).RunAsync(whole, version, all, r.People[who], Ct);
        });
        async Task RefusedAsync(string code, StatedCorrection one) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => CorrectAsync(own, "c1", one))).Code);
        await RefusedAsync("correction.of", percent); // another unit's
        await RefusedAsync("correction.of", plants with { Was = 34 });
        await RefusedAsync("correction.of", plants with { Round = may });
        await RefusedAsync("correction.reason", plants with { Reason = " " });
        await RefusedAsync("correction.same", plants with { Value = 35 });
        await RefusedAsync("correction.value", plants with { Value = null });
        await RefusedAsync("correction.same", node with { On = new(2026, 3, 20) });
        await RefusedAsync("fact.future", node with { On = new(2026, 5, 29) });
        Assert.Equal("correction.twice", (await Assert.ThrowsAsync<Refusal>(() => CorrectAsync(own, "c1", plants, plants with { Value = 31 }))).Code);
        Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => CorrectAsync(own, "c2", plants))).Code);

        await CorrectAsync(own, "c1", plants, node, crews);
        await r.FillAsync(world, may, "C1");
        await r.SubmitAsync(world, may, "C1");
        Assert.Equal("return.not-yours", (await Assert.ThrowsAsync<Refusal>(() => CorrectAsync(own, "c1"))).Code);
        await r.DecideAsync(world, may, "C1", ReturnAct.PassUp, "p1");
        await r.DecideAsync(world, may, "C1", ReturnAct.Accept, "office");
        await CorrectAsync(added, "p1", boilers);
        await r.SubmitAsync(world, may, "P1");
        await r.DecideAsync(world, may, "P1", ReturnAct.Accept, "office");
        var other = (await r.ReturnAsync(world, may, "C2")).Id;
        await CorrectAsync(other, "c2", percent);
        await r.ReportAsync(world, may, "C2", 75);

        // As stated and as known now, for any day.
        await world.InAsync(async (Db db) =>
        {
            async Task<(decimal Stated, decimal? Known, decimal? Then)> FigureAsync(Guid quantity, DateOnly on) =>
                (await FigureList.ReadAsync(db, r.Office, r.Programme, on, Ct)).Where(row => row.Quantity == quantity).Select(row => (row.Stated, row.Known, row.KnownThen)).Single();
            Assert.Equal((3.5m, 3.0m, 3.0m), await FigureAsync(r.Plants.Id, March));
            Assert.Equal((5.0m, 5.0m, 5.0m), await FigureAsync(r.Plants.Id, April));
            Assert.Equal((80m, 85m, 85m), await FigureAsync(r.Tasks[2].Id, May));
            Assert.Equal((60m, 40m, 40m), await FigureAsync(r.Tasks[1].Id, March));
            Assert.Equal((70m, 75m, 70m), await FigureAsync(r.Tasks[1].Id, May));
            var days = await FigureList.DaysAsync(db, r.Office, r.Programme, May, Ct);
            Assert.Equal(
                [(CorrectionKind.Node, new(2026, 3, 20), new DateOnly(2026, 3, 25), true), (CorrectionKind.Measure, new DateOnly(2026, 3, 22), (DateOnly?)null, true)],
                days.Select(one => (one.Kind, one.On, one.KnownOn, one.Corrected)));
            Assert.Empty(await FigureList.DaysAsync(db, r.Office, r.Programme, March.AddDays(-1), Ct));
            Assert.Equal([r.Crews.Id], await db.ItemFacts().Where(fact => fact.Kind == FactKind.Completed && fact.VoidedAt != null && fact.VoidedBecause == crews.Reason).Select(fact => fact.ItemId).ToListAsync(Ct));

            // The bulletin says each, the table beside its task.
            var record = await RoundRecord.ReadAsync(db, may, world.Clock.Today, Ct);
            Assert.Equal(
                [(CorrectionKind.Figure, 3.5m, 3.0m, plants.Reason), (CorrectionKind.Node, null, null, node.Reason), (CorrectionKind.Measure, null, null, crews.Reason), (CorrectionKind.Percent, 60m, 40m, percent.Reason),
                    (CorrectionKind.Figure, 80m, 85m, boilers.Reason)],
                record.Corrections.OrderBy(one => one.Number, StringComparer.Ordinal).ThenBy(one => one.Kind).Select(one => (one.Kind, one.Stated, one.Corrected, one.Reason)));
            Assert.All(record.Corrections, one => Assert.Equal((CycleKind.Monthly, March), (one.Cycle, one.To)));
            var table = await DispatchTable.ReadAsync(db, r.Office, may, new(), world.Clock.Today, Ct);
            var words = Words.In(Language.Default);
            var said = string.Join('\n', words.ProgressOf(table, table.Rows.Single(row => row.Task.ItemId == r.Tasks[0].Id)));
            Assert.Contains("更正2026年3月数据：plants\uff0c3.5座改为3.0座。counted twice", said, StringComparison.Ordinal);
            Assert.Contains("2026-03-22改为没有完成。one crew was not trained", said, StringComparison.Ordinal);
            Assert.Contains("60%改为40%", string.Join('\n', words.ProgressOf(table, table.Rows.Single(row => row.Task.ItemId == r.Tasks[1].Id))), StringComparison.Ordinal);
        });

        // Closed, the corrections stand in the round's hash; what March and April froze never changed.
        r.Today(world, new(2026, 6, 2));
        await r.CloseAsync(world, may);
        foreach (var round in new[] { march, april, may })
        {
            Assert.Equal(FrozenResult.Intact, await world.InAsync((Db db) => CheckFrozen.ReadAsync(db, round, Ct)));
        }

        await world.InAsync((Db db) => db.ReturnsFor(r.Office).Where(one => one.Id == other).ExecuteUpdateAsync(set => set.SetProperty(one => one.Corrections, one => one.Corrections.Replace("40", "41")), Ct));
        Assert.Equal(FrozenResult.Tampered, await world.InAsync((Db db) => CheckFrozen.ReadAsync(db, may, Ct)));
        await world.InAsync((Db db) => db.ReturnLines().Where(line => line.ItemId == r.Tasks[1].Id).ExecuteUpdateAsync(set => set.SetProperty(line => line.Work, "other words"), Ct));
        Assert.Equal(FrozenResult.Tampered, await world.InAsync((Db db) => CheckFrozen.ReadAsync(db, march, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_return_corrects_is_known_to_its_own_lines(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, March);
        await r.ReportAsync(world, march, "C1", 35, line => line.Figures.Count == 0 ? line : line with { Nodes = [new(1, new(2026, 3, 20))] });
        await r.ReportAsync(world, march, "C2", 60);
        r.Today(world, new(2026, 4, 2));
        await r.CloseAsync(world, march);
        r.Today(world, new(2026, 4, 28));
        var april = await r.OpenAsync(world, April);

        // 45 after 60 falls, but not after the 40 that it should have been.
        await r.FillAsync(world, april, "C2", 45);
        Assert.Equal("return.incomplete", (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, april, "C2"))).Code);
        var whole = await r.ReturnAsync(world, april, "C2");
        await world.InAsync((SaveCorrections save) => save.RunAsync(
            whole.Id, whole.Version, [new(march, r.Tasks[1].Id, CorrectionKind.Percent, r.Tasks[1].Id, null, 60, null, 40, null, "other list")], r.People["c2"], Ct));
        await r.SubmitAsync(world, april, "C2");
        await r.DecideAsync(world, april, "C2", ReturnAct.PassUp, "p1");
        await r.DecideAsync(world, april, "C2", ReturnAct.Accept, "office");

        // A node that was not reached is asked for again in the same return, and reached in it.
        whole = await r.ReturnAsync(world, april, "C1");
        await world.InAsync((SaveCorrections save) => save.RunAsync(
            whole.Id, whole.Version, [new(march, r.Tasks[0].Id, CorrectionKind.Node, r.Tasks[0].Id, 1, null, new(2026, 3, 20), null, null, "it stopped again")], r.People["c1"], Ct));
        await r.ReportAsync(world, april, "C1", 50, line => line.Figures.Count == 0 ? line : line with { Nodes = [new(1, new(2026, 4, 10))] });

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal([(March, 40L), (new(2026, 4, 28), 45L)], (await db.ItemFacts().Where(fact => fact.ItemId == r.Tasks[1].Id && fact.Kind == FactKind.Progress && fact.On >= new DateOnly(2026, 3, 27)).OrderBy(fact => fact.On).ToListAsync(Ct)).Select(fact => (fact.On, fact.Value!.Value)));
            Assert.Equal(new DateOnly(2026, 4, 10), (await db.ItemFacts().SingleAsync(fact => fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null, Ct)).On);
            Assert.Equal(((DateOnly?)new(2026, 3, 20), (DateOnly?)null), (await FigureList.DaysAsync(db, r.Office, r.Programme, March, Ct)).Select(one => (one.On, one.KnownOn)).Single());
        });
    }
}
