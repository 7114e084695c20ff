using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Deadlines;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Deadlines;

/// <summary>Asking for another deadline, deciding on it, and what follows for any day. Task 1 is due on 31 December 2026.</summary>
public sealed class DeadlineTests
{
    private static readonly DateOnly Old = new(2026, 12, 31);

    private static readonly DateOnly New = new(2027, 6, 30);

    [Theory, EveryDatabase]
    public async Task An_agreed_request_moves_the_deadline_from_the_day_of_the_decision_and_keeps_the_old_one(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        r.Today(world, new(2027, 2, 20));
        var proof = await EvidenceTests.AddAsync(world, r.People["c1"], "notice"u8.ToArray(), new("Notice of the ministry", PieceKind.Document), r.Tasks[0].Id);
        var request = await AskAsync(world, "c1", r, New, proofs: [proof]);
        await world.InAsync(async (Db db) => Assert.Equal(Old, (await ItemAsync(db, r)).DueOn)); // asking changes nothing

        await DecideAsync(world, r, request, new(true, new(2027, 2, 10), "No. 7", ""));

        await world.InAsync(async (Db db) =>
        {
            var item = await ItemAsync(db, r);
            Assert.Equal((Old, New, 1), (item.DeadlineDate, item.DueOn, item.DeadlineChanges));
            var fact = await db.ItemFacts().SingleAsync(Ct);
            Assert.Equal((FactKind.DeadlineChanged, new DateOnly(2027, 2, 10), New, "No. 7", "The law came late."), (fact.Kind, fact.On, fact.To, fact.Document, fact.Note));
            foreach (var (on, due, late) in new[] { (new DateOnly(2027, 1, 15), Old, true), (new DateOnly(2027, 2, 9), Old, true), (new DateOnly(2027, 2, 10), New, false), (New, New, false), (New.AddDays(1), New, true) })
            {
                var view = (await ItemView.ReadAsync(db, r.Office, r.Tasks[0].Id, on, Ct))!;
                Assert.Equal((due, late), (view.DueOn, view.Status is ItemStatus.Overdue));
            }

            var shown = await DeadlineView.ReadAsync(db, r.People["p1"], request, Ct);
            Assert.Equal((RequestState.Agreed, "Unit C1", "Notice of the ministry"), (shown.Request.State, shown.Unit, shown.Proofs.Single().Title));
            Assert.Equal(["deadline.asked", "deadline.decided"], await db.Journal.Where(row => row.Subject == request).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Ct));
            Assert.Equal(1, await db.Journal.CountAsync(row => row.Subject == r.Tasks[0].Id && row.Kind == "item.facts-recorded", Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_request_that_is_not_agreed_to_or_withdrawn_leaves_everything(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var request = await AskAsync(world, "c1", r, New);
        Assert.Equal("deadline.remarks", await NoAsync(() => DecideAsync(world, r, request, new(false, new(2026, 3, 26), "", " "))));
        Assert.Equal("deadline.document", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), " ", ""))));
        Assert.Equal("deadline.future", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 27), "No. 7", ""))));
        Assert.Equal("deadline.waiting", await NoAsync(() => AskAsync(world, "c1b", r, New.AddDays(1))));
        await DecideAsync(world, r, request, new(false, new(2026, 3, 26), "", "There is time enough."));
        Assert.Equal("deadline.step", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""), version: 1)));

        var second = await AskAsync(world, "c1", r, New);
        foreach (var who in new[] { "c2", "p1" })
        {
            Assert.Equal("deadline.not-found", await NoAsync(() => world.InAsync((WithdrawDeadline withdraw) => withdraw.RunAsync(second, 0, r.People[who], Ct))));
        }

        await world.InAsync((WithdrawDeadline withdraw) => withdraw.RunAsync(second, 0, r.People["c1b"], Ct));
        await AskAsync(world, "c1", r, New); // free again

        await world.InAsync(async (Db db) =>
        {
            var item = await ItemAsync(db, r);
            Assert.Equal((Old, 0), (item.DueOn, item.DeadlineChanges));
            Assert.False(await db.ItemFacts().AnyAsync(Ct));
            Assert.Equal(["Asked"], (await DeadlineList.ReadAsync(db, r.Office, r.Programme.Id, true, null, null, Ct)).Select(row => row.Request.State.ToString()));
            Assert.Equal(["Withdrawn", "Declined"], (await DeadlineList.ReadAsync(db, r.Office, r.Programme.Id, false, null, null, Ct)).Select(row => row.Request.State.ToString()));
        });
    }

    [Theory, EveryDatabase]
    public async Task Who_asks_does_not_decide_and_only_the_responsible_ask_and_the_office_decides(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        Assert.Equal("item.not-found", await NoAsync(() => AskAsync(world, "c2", r, New)));
        Assert.Equal("item.not-found", await NoAsync(() => AskAsync(world, "d1", r, New)));
        var request = await AskAsync(world, "office", r, New);

        Assert.Equal("deadline.own", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""))));
        Assert.Equal("deadline.office", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""), "c1")));
        Assert.Equal("deadline.office", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""), "p1")));
        Assert.Equal("deadline.not-found", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""), "c2")));
        await DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""), "office2");
    }

    [Theory, EveryDatabase]
    public async Task A_part_does_not_pass_the_whole_unless_both_change_together(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(
            r.Tasks[0].Id, ItemKind.SubTask, new("", null, "The county's own part.") { Deadline = new("2026-11-30", DeadlineKind.Fixed, null, new(2026, 11, 30), null) }, [], r.People["c1"], Ct));

        await AskAndDecideAsync(new(2026, 12, 15));
        Assert.Equal("deadline.parent", await NoAsync(() => AskAsync(world, "c1", r, New, part)));
        Assert.Equal("deadline.parent", await NoAsync(() => AskAsync(world, "c1", r, New, part, above: New.AddDays(-1))));
        await AskAndDecideAsync(New, New);

        await world.InAsync(async (Db db) =>
        {
            var items = await db.ItemsFor(r.Office, Right.Read).Where(item => item.Id == part || item.Id == r.Tasks[0].Id).OrderBy(item => item.SortKey).ToListAsync(Ct);
            Assert.Equal([(New, 1), (New, 2)], items.Select(item => (item.DueOn!.Value, item.DeadlineChanges)));
            Assert.Equal(new DateOnly(2026, 11, 30), items[1].DeadlineDate);
        });

        async Task AskAndDecideAsync(DateOnly to, DateOnly? above = null) =>
            await DecideAsync(world, r, await AskAsync(world, "c1", r, to, part, above), new(true, new(2026, 3, 26), "No. 7", ""));
    }

    [Theory, EveryDatabase]
    public async Task A_date_comes_no_earlier_than_what_stands_below_unless_that_changes_too(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, early) = (r.Tasks[0].Id, new DateOnly(2026, 10, 31));
        Task<Guid> PartAsync(Guid of, DateOnly due) => world.InAsync((AddSubTask add) => add.RunAsync(
            of, ItemKind.SubTask, new("", null, $"Until {due}.") { Deadline = new($"{due}", DeadlineKind.Fixed, null, due, null) }, [], r.People["c1"], Ct));
        var part = await PartAsync(task, new(2026, 11, 30));
        var small = await PartAsync(part, new(2026, 11, 15));
        await PartAsync(task, new(2026, 9, 30));
        async Task<string> CodeAsync(params (Guid Item, DateOnly To)[] moves) => await NoAsync(() => MoveAsync(moves));
        Task<Guid> MoveAsync(params (Guid Item, DateOnly To)[] moves) => world.InAsync((AskDeadline ask) => ask.RunAsync(
            new("policy", "The law came early.", "The State Council", [.. moves.Select(move => new AskedDeadline.Move(move.Item, move.To))], []), r.People["c1"], Ct));

        Assert.Equal("deadline.child", await CodeAsync((task, early)));
        Assert.Equal("deadline.child", await CodeAsync((task, early), (part, early))); // what stands below that is later still
        Assert.Equal("deadline.parent", await CodeAsync((task, early), (part, early.AddDays(1)), (small, early)));
        Assert.Equal("deadline.child", await CodeAsync((part, early), (task, Old.AddDays(1))));
        await DecideAsync(world, r, await MoveAsync((task, new(2026, 12, 1))), new(true, new(2026, 3, 26), "No. 6", "")); // nothing below is later
        var request = await MoveAsync((task, early), (part, early), (small, new(2026, 10, 1)));
        await DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""));

        // And later again, together: whatever is asked for first.
        await DecideAsync(world, r, await MoveAsync((small, New), (task, New), (part, New)), new(true, new(2026, 3, 26), "No. 8", ""));
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal(task, (await DeadlineView.ReadAsync(db, r.Office, request, Ct)).Item.Id);
            var items = await db.ItemsFor(r.Office, Right.Read).Where(item => item.Id == part || item.Id == small || item.Id == task).ToListAsync(Ct);
            Assert.All(items, item => Assert.Equal((New, item.Id == task ? 3 : 2), (item.DueOn!.Value, item.DeadlineChanges)));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_date_is_held_against_the_nearest_dated_one_above_and_below_over_those_without_a_date(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, early) = (r.Tasks[0].Id, new DateOnly(2026, 10, 31));
        Assert.Null(r.Crews.DueOn);
        Task<Guid> PointAsync(Guid of, DateOnly? due) => world.InAsync((AddSubTask add) => add.RunAsync(
            of, ItemKind.Point, new("", null, $"Until {due}.") { Deadline = due is { } day ? new($"{due}", DeadlineKind.Fixed, null, day, null) : null }, [], r.People["c1"], Ct));
        Task<Guid> MoveAsync(params (Guid Item, DateOnly To)[] moves) => world.InAsync((AskDeadline ask) => ask.RunAsync(
            new("policy", "The law came early.", "The State Council", [.. moves.Select(move => new AskedDeadline.Move(move.Item, move.To))], []), r.People["c1"], Ct));

        Assert.Equal("item.later-than-parent", await NoAsync(() => PointAsync(r.Crews.Id, New)));
        var open = await PointAsync(r.Crews.Id, null);
        var point = await PointAsync(open, new(2026, 11, 30)); // the task, then two without a date, then this
        Assert.Equal("deadline.parent", await NoAsync(() => MoveAsync((point, New))));
        Assert.Equal("deadline.parent", await NoAsync(() => MoveAsync((point, New), (task, New.AddDays(-1)))));
        Assert.Equal("deadline.child", await NoAsync(() => MoveAsync((task, early))));
        Assert.Equal("deadline.parent", await NoAsync(() => MoveAsync((task, early), (point, early.AddDays(1)))));
        Assert.Equal("fact.deadline-parent", await NoAsync(() => Decided.MoveDeadlineAsync(world, point, new(2026, 3, 26), New, r.Office)));

        await DecideAsync(world, r, await MoveAsync((task, early), (point, early)), new(true, new(2026, 3, 26), "No. 7", ""));
        await DecideAsync(world, r, await MoveAsync((point, New), (task, New)), new(true, new(2026, 3, 26), "No. 8", ""));
        await world.InAsync(async (Db db) => Assert.All(
            await db.ItemsFor(r.Office, Right.Read).Where(item => item.Id == task || item.Id == point).ToListAsync(Ct), item => Assert.Equal(New, item.DueOn)));
    }

    [Theory, EveryDatabase]
    public async Task What_comes_up_between_asking_and_deciding_is_looked_at_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var request = await AskAsync(world, "c1", r, new(2026, 10, 31));
        await world.InAsync((AddSubTask add) => add.RunAsync(
            r.Tasks[0].Id, ItemKind.SubTask, new("", null, "New.") { Deadline = new("2026-11-30", DeadlineKind.Fixed, null, new(2026, 11, 30), null) }, [], r.People["c1"], Ct));

        Assert.Equal("deadline.child", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""))));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_records_another_deadline_by_themselves_or_asks_for_one_of_what_is_over(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        Assert.Equal("fact.deadline-asked", await NoAsync(() => world.InAsync(
            (RecordFacts record) => record.RunAsync(r.Tasks[0].Id, [new(FactKind.DeadlineChanged, new(2026, 3, 26), To: New, Document: "No. 7")], r.Office, Ct))));
        await world.InAsync(async (Db db) =>
        {
            var acts = await ItemActs.ReadAsync(db, r.Office, (await ItemView.ReadAsync(db, r.Office, r.Tasks[0].Id, new(2026, 3, 26), Ct))!, [], Ct);
            Assert.DoesNotContain(FactKind.DeadlineChanged, acts.Possible.Concat(acts.Later.Select(later => later.Kind)));
            Assert.NotNull(await LinkAsync(db));
        });

        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[0].Id, [new(FactKind.Completed, new(2026, 3, 26))], r.People["c1"], Ct));
        Assert.Equal("deadline.over", await NoAsync(() => AskAsync(world, "c1", r, New)));
        await world.InAsync(async (Db db) => Assert.Null(await LinkAsync(db)));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[0].Id, [new(FactKind.Reopened, new(2026, 3, 26), Note: "It came back.")], r.Office, Ct));
        await AskAsync(world, "c1", r, New);

        async Task<ItemLink?> LinkAsync(Db db) => await new DeadlineLink(db).OfAsync(await ItemAsync(db, r), r.Office, world.Clock.Today, Ct);
    }

    [Theory, EveryDatabase]
    public async Task A_page_goes_on_where_the_last_one_ended_though_several_were_asked_for_in_one_moment(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        List<Guid> asked = [];
        foreach (var (who, task) in new[] { ("c1", 0), ("c2", 1), ("d1", 3) })
        {
            asked.Add(await AskAsync(world, who, r, New, r.Tasks[task].Id)); // the clock stands still
        }

        async Task<List<Guid>> PageAsync(bool open, Guid? after) =>
            await world.InAsync(async (Db db) => (await DeadlineList.ReadAsync(db, r.Office, r.Programme.Id, open, null, after, Ct)).ConvertAll(row => row.Request.Id));
        Assert.Equal(asked, await PageAsync(true, null));
        Assert.Equal(asked[1..], await PageAsync(true, asked[0]));
        Assert.Empty(await PageAsync(true, asked[2]));

        foreach (var request in asked)
        {
            await DecideAsync(world, r, request, new(false, new(2026, 3, 26), "", "There is time enough."));
        }

        Assert.Equal([asked[1], asked[0]], await PageAsync(false, asked[2]));
    }

    [Theory, EveryDatabase]
    public async Task Any_piece_of_the_item_can_be_chosen_however_many_there_are(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var oldest = await EvidenceTests.AddAsync(world, r.People["c1"], "the oldest"u8.ToArray(), new("Notice of the ministry", PieceKind.Document, new(2026, 1, 2)), r.Tasks[0].Id);
        for (var i = 0; i < EvidenceList.PageSize; i++)
        {
            await EvidenceTests.AddAsync(world, r.People["c1"], BitConverter.GetBytes(i), new($"Picture {i}", PieceKind.Photo, new(2026, 3, 1)), r.Tasks[0].Id);
        }

        async Task<List<Guid>> ChoiceAsync(string text, params Guid[] chosen) =>
            await world.InAsync(async (Db db) => (await EvidenceList.ChoiceAsync(db, r.People["c1"], r.Tasks[0].Id, text, chosen, Ct)).ConvertAll(piece => piece.Id));
        Assert.DoesNotContain(oldest, await ChoiceAsync(""));
        Assert.Equal([oldest], await ChoiceAsync("ministry"));
        Assert.Equal(oldest, (await ChoiceAsync("Picture 7", oldest))[0]); // what was chosen stays
        var request = await AskAsync(world, "c1", r, New, proofs: [oldest]);
        await world.InAsync(async (Db db) => Assert.Equal([oldest], (await DeadlineView.ReadAsync(db, r.Office, request, Ct)).Proofs.Select(proof => proof.Piece)));
    }

    [Theory, EveryDatabase]
    public async Task A_date_changed_meanwhile_has_to_be_asked_for_anew(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var request = await AskAsync(world, "c1", r, New);
        await Decided.MoveDeadlineAsync(world, r.Tasks[0].Id, new(2026, 3, 26), new(2027, 1, 31), r.Office);

        Assert.Equal("deadline.meanwhile", await NoAsync(() => DecideAsync(world, r, request, new(true, new(2026, 3, 26), "No. 7", ""))));
        await DecideAsync(world, r, request, new(false, new(2026, 3, 26), "", "It was moved already."));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_is_refused_and_saves_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var stranger = await EvidenceTests.AddAsync(world, r.People["c2"], "x"u8.ToArray(), new("Other", PieceKind.Document), r.Tasks[1].Id);
        async Task<string> CodeAsync(AskedDeadline asked) => await NoAsync(() => world.InAsync((AskDeadline ask) => ask.RunAsync(asked, r.People["c1"], Ct)));
        AskedDeadline.Move move = new(r.Tasks[0].Id, New);

        Assert.Equal("deadline.same", await CodeAsync(new("policy", "x", "The ministry", [new(r.Tasks[0].Id, Old)], [])));
        Assert.Equal("deadline.none", await CodeAsync(new("policy", "x", "The ministry", [new(r.Plants.Id, New)], [])));
        Assert.Equal("deadline.chain", await CodeAsync(new("policy", "x", "The ministry", [move, new(r.Tasks[2].Id, New)], [])));
        Assert.Equal("deadline.reason", await CodeAsync(new("weather", "x", "The ministry", [move], [])));
        Assert.Equal("deadline.explanation", await CodeAsync(new("policy", " ", "The ministry", [move], [])));
        Assert.Equal("deadline.approver", await CodeAsync(new("policy", "x", "", [move], [])));
        Assert.Equal("deadline.evidence", await CodeAsync(new("policy", "x", "The ministry", [move], [stranger])));
        await world.InAsync(async (Db db) => Assert.Equal((0, 0), (await db.DeadlineMoves().CountAsync(Ct), await db.Journal.CountAsync(row => row.Kind == "deadline.asked", Ct))));

        await world.InAsync((SetDeadlineReasons set) => set.RunAsync("r1", ["policy", "weather", ""], 0, r.Office, Ct));
        Assert.Equal("stale", await NoAsync(() => world.InAsync((SetDeadlineReasons set) => set.RunAsync("r1", ["policy"], 0, r.Office, Ct))));
        Assert.Equal("deadline.office", await NoAsync(() => world.InAsync((SetDeadlineReasons set) => set.RunAsync("r1", ["policy"], 1, r.People["p1"], Ct))));
        Assert.Equal("deadline.reasons", await NoAsync(() => world.InAsync((SetDeadlineReasons set) => set.RunAsync("r1", [" "], 1, r.Office, Ct))));
        Assert.Equal("deadline.reason", await CodeAsync(new("land", "x", "The ministry", [move], [])));
        await world.InAsync((AskDeadline ask) => ask.RunAsync(new("weather", "x", "The ministry", [move], []), r.People["c1"], Ct));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_ask_for_one_item_in_the_same_moment_one_is_told(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        async Task<string> TryAsync(string who)
        {
            try
            {
                await AskAsync(world, who, r, New);
                return "done";
            }
            catch (Refusal no)
            {
                return no.Code;
            }
        }

        var answers = await Task.WhenAll(Task.Run(() => TryAsync("c1")), Task.Run(() => TryAsync("c1b")));

        Assert.Single(answers, "done");
        Assert.Contains(answers.Single(answer => answer != "done"), (string[])["deadline.waiting", "taken"]);
    }

    [Theory, EveryDatabase]
    public async Task The_date_in_force_is_that_of_the_latest_decision_and_every_decision_is_counted(string database)
    {
        var runs = new List<(int Days, int Back, bool Agrees)[]> { new[] { (30, 0, true), (60, 10, true), (-20, 3, false), (90, 5, true) } };
        Gen.Select(Gen.Int[-200, 400], Gen.Int[0, 20], Gen.Bool).Select(one => (one.Item1, one.Item2, one.Item3)).Array[1, 5].Sample(run => runs.Add(run), iter: 2, threads: 1);
        foreach (var run in runs)
        {
            await using var world = await World.CreateAsync(database);
            var r = await Reporting.HaveAsync(world);
            var decided = new List<(DateOnly On, DateOnly To)>();
            foreach (var (days, back, agrees) in run)
            {
                var to = Old.AddDays(days);
                if (to == await world.InAsync(async (Db db) => (await ItemAsync(db, r)).DueOn))
                {
                    continue;
                }

                var on = new DateOnly(2026, 3, 26).AddDays(-back);
                await DecideAsync(world, r, await AskAsync(world, "c1", r, to), new(agrees, on, "No. 7", "as it is"));
                if (agrees)
                {
                    decided.Add((on, to));
                }
            }

            await world.InAsync(async (Db db) =>
            {
                var item = await ItemAsync(db, r);
                var last = decided.Index().OrderBy(one => one.Item.On).ThenBy(one => one.Index).Select(one => (DateOnly?)one.Item.To).LastOrDefault();
                Assert.Equal((Old, last ?? Old, decided.Count), (item.DeadlineDate, item.DueOn, item.DeadlineChanges));
            });
        }
    }

    private static Task<Guid> AskAsync(
        World world, string who, Reporting r, DateOnly to, Guid? item = null, DateOnly? above = null, IReadOnlyList<Guid>? proofs = null) =>
        world.InAsync((AskDeadline ask) => ask.RunAsync(
            new(
                "policy", "The law came late.", "The State Council",
                [new(item ?? r.Tasks[0].Id, to), .. above is { } day ? [new AskedDeadline.Move(r.Tasks[0].Id, day)] : Array.Empty<AskedDeadline.Move>()], proofs ?? []),
            r.People[who], Ct));

    private static Task DecideAsync(World world, Reporting r, Guid request, DeadlineDecision decision, string by = "office", int version = 0) =>
        world.InAsync((DecideDeadline decide) => decide.RunAsync(request, decision, version, r.People[by], Ct));

    private static Task<Item> ItemAsync(Db db, Reporting r) => db.ItemsFor(r.Office, Right.Read).AsNoTracking().SingleAsync(item => item.Id == r.Tasks[0].Id, Ct);

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
