using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>What is typed and not saved: kept for its author alone, never put over what someone saved.</summary>
public sealed class DraftTests
{
    [Theory, EveryDatabase]
    public async Task A_draft_changes_nothing_of_the_return_and_writes_no_entry(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (whole, line) = await HaveAsync(world, r);
        var entries = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        await KeepAsync(world, r, line, "c1", ("work", "half a sen"), ("f1", "many"));
        await KeepAsync(world, r, line, "c1", ("work", "half a sentence"), ("f1", "many"));

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(entries, await db.Journal.CountAsync(Ct));
            var mine = (await ReturnView.ReadAsync(db, r.People["c1"], whole, new(2026, 3, 26), Ct)).Lines[0];
            Assert.True(mine.IsDrafted);
            Assert.Equal((0, false, ""), (mine.Row.Version, mine.Row.Filled, mine.Stated.Work));
            Assert.Equal(("half a sentence", "many"), (mine.Draft!.Typing["work"], mine.Draft.Typing["f1"])); // a number that cannot be read stays as typed
            Assert.Null((await ReturnView.ReadAsync(db, r.People["c1b"], whole, new(2026, 3, 26), Ct)).Lines[0].Draft);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_draft_from_before_someone_saved_is_refused_and_one_kept_earlier_is_shown_apart(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (whole, line) = await HaveAsync(world, r);
        await KeepAsync(world, r, line, "c1", ("work", "mine"));
        await world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "theirs" }, r.People["c1b"], Ct));

        var no = await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, line, "c1", ("work", "mine, longer")));

        Assert.Equal((409, "return.stale"), (no.Status, no.Code));
        await world.InAsync(async (Db db) =>
        {
            var mine = (await ReturnView.ReadAsync(db, r.People["c1"], whole, new(2026, 3, 26), Ct)).Lines[0];
            Assert.Equal((false, "theirs", "mine"), (mine.IsDrafted, mine.Stated.Work, mine.Draft!.Typing["work"]));
        });
    }

    [Theory, EveryDatabase]
    public async Task Saving_ends_the_draft_and_nobody_else_keeps_one(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (whole, line) = await HaveAsync(world, r);
        foreach (var who in new[] { "c2", "p1", "office" })
        {
            Assert.Equal("line.not-found", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, line, who, ("work", "x")))).Code);
        }

        Assert.Equal("return.long", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, line, "c1", ("work", new string('x', LineDraft.Longest))))).Code);
        await KeepAsync(world, r, line, "c1", ("work", "built"));
        await world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "built" }, r.People["c1"], Ct));
        await world.InAsync(async (Db db) => Assert.Equal(0, await db.LineDrafts().CountAsync(Ct)));

        var round = await RoundAsync(world, r);
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");
        var submitted = (await r.LinesAsync(world, whole))[0];
        Assert.Equal("return.not-yours", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, submitted, "c1", ("work", "x")))).Code);
    }

    [Theory, EveryDatabase]
    public async Task Two_who_type_in_one_line_keep_a_draft_each(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (whole, line) = await HaveAsync(world, r);

        await KeepAsync(world, r, line, "c1", ("work", "mine"));
        await KeepAsync(world, r, line, "c1b", ("work", "theirs"));

        await world.InAsync(async (Db db) =>
        {
            foreach (var (who, typed) in new[] { ("c1", "mine"), ("c1b", "theirs") })
            {
                Assert.Equal(typed, (await ReturnView.ReadAsync(db, r.People[who], whole, new(2026, 3, 26), Ct)).Lines[0].Draft!.Typing["work"]);
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task Closing_a_round_drops_what_was_never_saved(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (_, line) = await HaveAsync(world, r);
        await KeepAsync(world, r, line, "c1", ("work", "built"));
        await r.CloseAsync(world, await RoundAsync(world, r));
        await world.InAsync(async (Db db) => Assert.Equal(0, await db.LineDrafts().CountAsync(Ct)));
    }

    [Fact]
    public void What_was_typed_reads_as_the_form_would()
    {
        var typing = LineTyping.Of(new FormCollectionOf(("work", "built"), ("e", "0195f3a0-0000-7000-8000-000000000001"), ("version", "3"), ("step", "save"), ("__RequestVerificationToken", "t")));
        Assert.False(typing.Has("version") || typing.Has("step") || typing.Has("__RequestVerificationToken"));
        Assert.Equal("built", typing["work"]);
        Assert.Single(typing.All("e"));
        Assert.Equal("", typing["problems"]);
    }

    private static Task<Guid> RoundAsync(World world, Reporting r) => world.InAsync((Db db) => db.RoundsFor(r.Office).Select(round => round.Id).SingleAsync(Ct));

    private static async Task<(Guid Return, ReturnLine Line)> HaveAsync(World world, Reporting r)
    {
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        var whole = await r.ReturnAsync(world, round, "C1");
        return (whole.Id, (await r.LinesAsync(world, whole.Id))[0]);
    }

    private static Task KeepAsync(World world, Reporting r, ReturnLine line, string who, params (string, string)[] fields) =>
        world.InAsync((KeepDraft keep) => keep.RunAsync(line.ReturnId, line.Id, line.Version, LineTyping.Of(new FormCollectionOf(fields)), r.People[who], Ct));

    private sealed class FormCollectionOf(params (string Name, string Value)[] fields)
        : Microsoft.AspNetCore.Http.FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value)));
}
