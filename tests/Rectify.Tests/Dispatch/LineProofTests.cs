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

/// <summary>Evidence named by a line, and measures said to be done.</summary>
public sealed class LineProofTests
{
    private static readonly DateOnly March = new(2026, 3, 31);

    [Theory, EveryDatabase]
    public async Task A_line_names_evidence_of_its_item_and_the_file_is_frozen_with_the_figures(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        var own = await EvidenceTests.AddAsync(world, r.People["c1"], "the first photo"u8.ToArray(), new("Photo", PieceKind.Photo), r.Plants.Id);
        var other = await EvidenceTests.AddAsync(world, r.People["c2"], "of task 2"u8.ToArray(), new("Other", PieceKind.Photo), r.Tasks[1].Id);
        var line = await FirstAsync(world, r, round);
        await world.InAsync(async (Db db) => Assert.Equal([own], (await LineEvidence.ChoiceAsync(db, r.Tasks[0].Id, [], "", Ct)).Pieces.Select(piece => piece.Id)));

        async Task<string> NoAsync(Guid piece) => (await Assert.ThrowsAsync<Refusal>(() =>
            world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "x", Evidence = [piece] }, r.People["c1"], Ct)))).Code;
        Assert.Equal("return.evidence", await NoAsync(other));
        Assert.Equal("return.evidence", await NoAsync(Guid.CreateVersion7()));
        await r.FillAsync(world, round, "C1", 35, stated => stated.Figures.Count == 0 ? stated : stated with { Evidence = [own] });
        await r.SubmitAsync(world, round, "C1");
        await r.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        await r.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
        await world.InAsync(async (Db db) =>
            Assert.Equal(["Photo"], (await ReturnView.ReadAsync(db, r.Office, line.ReturnId, March, Ct)).Lines[0].Pieces.Select(piece => piece.Title)));
        await r.CloseAsync(world, round);

        var before = await FrozenAsync(world, r);
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(own, "wrong place", 1, r.People["c1"], Ct));
        await world.InAsync(async (Db db) =>
        {
            var file = await db.PieceVersions().SingleAsync(version => version.PieceId == own, Ct);
            Assert.Equal($"{own:N} 1 {file.FileHash}", before);
            Assert.Equal(before, await FrozenAsync(world, r));
            Assert.True((await LineEvidence.ChoiceAsync(db, r.Tasks[0].Id, [own], "", Ct)).Pieces.Single().Withdrawn);
            Assert.Empty((await LineEvidence.ChoiceAsync(db, r.Tasks[0].Id, [], "", Ct)).Pieces);
        });
        Assert.Equal(FrozenResult.Intact, await world.InAsync((CheckFrozen check) => check.CheckAsync(round, Ct)));
        r.Today(world, new(2026, 4, 28));
        Assert.Empty((await FirstAsync(world, r, await r.OpenAsync(world, new(2026, 4, 30)))).Stated.Evidence); // belongs to its period
    }

    [Theory, EveryDatabase]
    public async Task A_line_names_evidence_of_a_point_at_any_depth_below_its_measures(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var line = await FirstAsync(world, r, await r.OpenAsync(world, March));
        Task<Guid> AddAsync(Guid above, ItemKind kind) => world.InAsync((AddSubTask add) => add.RunAsync(above, kind, new("", null, "By the bridge."), [], r.People["c1"], Ct));
        var deeper = await AddAsync(await AddAsync(r.Crews.Id, ItemKind.Point), ItemKind.Point);
        var part = await AddAsync(r.Crews.Id, ItemKind.SubTask);
        Task<Guid> PieceAsync(string text, Guid at) => EvidenceTests.AddAsync(world, r.People["c1"], System.Text.Encoding.UTF8.GetBytes(text), new(text, PieceKind.Photo), at);
        var (deep, near, other) = (await PieceAsync("deep", deeper), await PieceAsync("near", r.Plants.Id), await PieceAsync("other", part));
        Task SaveAsync(params Guid[] pieces) => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "x", Evidence = pieces }, r.People["c1"], Ct));

        Assert.Equal("return.evidence", (await Assert.ThrowsAsync<Refusal>(() => SaveAsync(deep, other))).Code); // a sub-task has its own line
        await SaveAsync(deep, near);

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(new[] { deep, near }.Order(), (await LineEvidence.ChoiceAsync(db, r.Tasks[0].Id, [], "", Ct)).Pieces.Select(piece => piece.Id).Order());
            Assert.Equal(new[] { deep, near }.Order(), (await ReturnView.ReadAsync(db, r.Office, line.ReturnId, March, Ct)).Lines[0].Pieces.Select(piece => piece.Id).Order());
        });
    }

    [Theory, EveryDatabase]
    public async Task Of_many_pieces_the_chosen_and_the_last_are_offered_and_any_is_found_and_taken(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var line = await FirstAsync(world, r, await r.OpenAsync(world, March));
        var pieces = new List<Guid>();
        for (var i = 0; i < LineEvidence.Few + 3; i++)
        {
            pieces.Add(await EvidenceTests.AddAsync(world, r.People["c1"], [(byte)i], new($"Photo no. {i}.", PieceKind.Photo, Place: "Lake"), i % 2 == 0 ? r.Plants.Id : r.Tasks[0].Id));
        }

        Task<(IReadOnlyList<LineEvidence> Pieces, bool More)> OfferedAsync(Guid[] chosen, string find) => world.InAsync((Db db) => LineEvidence.ChoiceAsync(db, r.Tasks[0].Id, chosen, find, Ct));
        var (offered, more) = await OfferedAsync([pieces[0]], "");
        Assert.Equal([pieces[0], .. pieces.TakeLast(LineEvidence.Few).Reverse()], offered.Select(piece => piece.Id));
        Assert.True(more);
        (offered, more) = await OfferedAsync([pieces[0]], "NO. 1.");
        Assert.Equal([pieces[0], pieces[1]], offered.Select(piece => piece.Id));
        Assert.False(more);
        Assert.Equal(pieces.Count, (await OfferedAsync([], "lake")).Pieces.Count);

        await world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "x", Evidence = [pieces[0], pieces[1]] }, r.People["c1"], Ct));
        await world.InAsync(async (Db db) => Assert.Equal(
            [pieces[0], pieces[1]], (await ReturnView.ReadAsync(db, r.Office, line.ReturnId, March, Ct)).Lines[0].Pieces.Select(piece => piece.Id)));
    }

    [Theory, EveryDatabase]
    public async Task A_line_names_each_figure_node_measure_and_piece_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var line = await FirstAsync(world, r, await r.OpenAsync(world, March));
        var piece = await EvidenceTests.AddAsync(world, r.People["c1"], "a photo"u8.ToArray(), new("Photo", PieceKind.Photo), r.Tasks[0].Id);
        var day = new DateOnly(2026, 3, 20);
        var whole = line.Stated with { Work = "x", Nodes = [new(1, day)], Measures = [new(r.Crews.Id, day)], Evidence = [piece] };

        foreach (var twice in new[]
        {
            whole with { Figures = [.. whole.Figures, .. whole.Figures] }, whole with { Nodes = [new(1, day), new(1, day.AddDays(1))] },
            whole with { Measures = [new(r.Crews.Id, day), new(r.Crews.Id, null)] }, whole with { Evidence = [piece, piece] },
        })
        {
            Assert.Equal("return.twice", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SaveLine save) =>
                save.RunAsync(line.Id, line.Version, twice, r.People["c1"], Ct)))).Code);
        }

        await world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, whole, r.People["c1"], Ct));
    }

    [Theory, EveryDatabase]
    public async Task A_measure_said_to_be_done_becomes_a_fact_once_accepted_and_is_not_asked_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, March);
        StatedLine Done(StatedLine stated, DateOnly? on) => stated.Figures.Count == 0 ? stated : stated with { Measures = [new(r.Crews.Id, on)] };
        await r.FillAsync(world, round, "C1", 0, stated => Done(stated, null));
        Assert.Equal([0, 1], (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, "C1"))).Arguments.Cast<int>()); // ticked without a day
        await r.FillAsync(world, round, "C1", 0, stated => Done(stated, new(2026, 3, 27)));
        Assert.Equal([0, 1], (await Assert.ThrowsAsync<Refusal>(() => r.SubmitAsync(world, round, "C1"))).Arguments.Cast<int>()); // a day to come
        var c2 = (await r.LinesAsync(world, (await r.ReturnAsync(world, round, "C2")).Id))[0];
        Assert.Equal("return.not-asked", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SaveLine save) =>
            save.RunAsync(c2.Id, c2.Version, c2.Stated with { Work = "x", Measures = [new(r.Crews.Id, new(2026, 3, 20))] }, r.People["c2"], Ct)))).Code);

        await r.ReportAsync(world, round, "C1", 0, stated => Done(stated, new(2026, 3, 20)));

        await world.InAsync(async (Db db) =>
        {
            var fact = await db.ItemFacts().SingleAsync(one => one.Kind == FactKind.Completed, Ct);
            Assert.Equal((r.Crews.Id, new DateOnly(2026, 3, 20)), (fact.ItemId, fact.On));
            Assert.Contains(await db.ItemFacts().ToListAsync(Ct), one => one.ItemId == r.Tasks[0].Id && one.Kind is FactKind.Started);
            Assert.Equal(50, (await ItemView.ReadAsync(db, r.Office, r.Tasks[0].Id, new(2026, 3, 26), Ct))!.Percent); // one of two measures
            var now = await db.RoundsFor(r.Office).SingleAsync(Ct);
            Assert.Empty((await Questions.ReadAsync(db, now, [r.Tasks[0].Id], now.To, Ct)).For(r.Tasks[0].Id, r.Units["C1"].Id).Measures);
        });
    }

    private static async Task<ReturnLine> FirstAsync(World world, Reporting r, Guid round) => (await r.LinesAsync(world, (await r.ReturnAsync(world, round, "C1")).Id))[0];

    private static Task<string> FrozenAsync(World world, Reporting r) => world.InAsync((Db db) =>
        db.FrozenLines().Where(line => line.ItemId == r.Tasks[0].Id && line.UnitId == r.Units["C1"].Id).Select(line => line.Evidence).SingleAsync(Ct));
}
