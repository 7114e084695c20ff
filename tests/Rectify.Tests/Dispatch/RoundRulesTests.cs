using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Rules of rounds at their edges: what opens, what waits, what is recorded, what proves a line.</summary>
public sealed class RoundRulesTests
{
    private static readonly DateOnly March = new(2026, 3, 31);

    [Theory, EveryDatabase]
    public async Task A_round_is_opened_for_a_period_that_has_begun_and_closes_once_it_was_due(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        async Task<string> NoAsync(DateOnly within, DateOnly? due, DateOnly? closes) =>
            (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, within, due, closes, r.Office, Ct)))).Code;

        Assert.Equal("round.future", await NoAsync(new(2026, 4, 1), null, null));
        Assert.Equal("round.days", await NoAsync(March, new(2026, 4, 5), new(2026, 4, 4)));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_of_a_closed_round_waits_for_anyone_or_is_taken_back(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");
        Assert.Equal((1, 1), await TodoAsync());

        await r.CloseAsync(world, round);

        Assert.Equal((0, 0), await TodoAsync());
        var whole = await r.ReturnAsync(world, round, "C1");
        Assert.Equal("round.closed", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RecallReturn recall) => recall.RunAsync(whole.Id, whole.Version, r.People["c1"], Ct)))).Code);

        Task<(int, int)> TodoAsync() => world.InAsync(async (Db db) =>
            ((await RoundList.TodoAsync(db, r.People["c2"], r.Programme.Id, Ct)).Own.Count, (await RoundList.TodoAsync(db, r.People["p1"], r.Programme.Id, Ct)).Waiting.Count));
    }

    [Theory, EveryDatabase]
    public async Task What_stands_as_it_stood_is_not_recorded_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        foreach (var month in new[] { March, new DateOnly(2026, 4, 30) })
        {
            r.Today(world, month.AddDays(-2));
            var round = await r.OpenAsync(world, month);
            await r.ReportAsync(world, round, "C1", 35);
            await r.ReportAsync(world, round, "C2", 20);
            await r.CloseAsync(world, round);
        }

        await world.InAsync(async (Db db) => Assert.Equal(
            [(FactKind.Measured, 35L), (FactKind.Progress, 20L)],
            (await db.ItemFacts().Where(fact => fact.Kind == FactKind.Measured || fact.Kind == FactKind.Progress).ToListAsync(Ct)).Select(fact => (fact.Kind, fact.Value!.Value)).Order()));
    }

    [Theory, EveryDatabase]
    public async Task A_unit_goes_on_from_what_it_stated_last_though_nobody_accepted_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, March);
        await r.FillAsync(world, march, "C2", 30);
        await r.SubmitAsync(world, march, "C2");
        await r.CloseAsync(world, march);
        r.Today(world, new(2026, 4, 28));

        var april = await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 4, 30)), "C2");

        Assert.Equal(30, (await r.LinesAsync(world, april.Id)).Single().Stated.Percent);
    }

    [Theory, EveryDatabase]
    public async Task Withdrawn_evidence_and_that_of_a_point_taken_out_prove_no_line(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        var point = await world.InAsync((AddSubTask add) => add.RunAsync(r.Tasks[0].Id, ItemKind.Point, new("", null, "By the bridge."), [], r.People["c1"], Ct));
        var gone = await EvidenceTests.AddAsync(world, r.People["c1"], "bridge"u8.ToArray(), new("Bridge", PieceKind.Photo), point);
        var withdrawn = await EvidenceTests.AddAsync(world, r.People["c1"], "wrong"u8.ToArray(), new("Wrong", PieceKind.Photo), r.Tasks[0].Id);
        var line = (await r.LinesAsync(world, (await r.ReturnAsync(world, round, "C1")).Id)).Single(one => one.ItemId == r.Tasks[0].Id);
        Task SaveAsync(Guid piece) => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "x", Evidence = [piece] }, r.People["c1"], Ct));

        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(withdrawn, "wrong", 1, r.People["c1"], Ct));
        await world.InAsync((RemoveItem remove) => remove.RunAsync(point, 0, "Not needed.", r.People["c1"], Ct));

        foreach (var piece in new[] { gone, withdrawn })
        {
            Assert.Equal("return.evidence", (await Assert.ThrowsAsync<Refusal>(() => SaveAsync(piece))).Code);
        }
    }
}
