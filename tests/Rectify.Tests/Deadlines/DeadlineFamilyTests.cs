using Microsoft.EntityFrameworkCore;
using Rectify.Deadlines;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Deadlines;

/// <summary>Who may do what about a deadline, and what a request has to do with the parts and the whole of its item. Task 1 is due on 31 December 2026; today is 26 March 2026.</summary>
public sealed class DeadlineFamilyTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    private static readonly DateOnly Later = new(2027, 6, 30);

    [Theory, EveryDatabase]
    public async Task Who_only_supervises_an_item_sees_it_and_asks_for_no_other_deadline(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = await ItemAsync(world, r.Tasks[0].Id);
        await world.InAsync((ChangeItemUnits change) => change.RunAsync(task.Id, task.Version, [new(null, "Unit C1", DraftRole.Lead), new(null, "Unit D1", DraftRole.Supervise)], r.Office, Ct));
        await world.InAsync(async (Db db) => Assert.NotNull(await ItemView.ReadAsync(db, r.People["d1"], task.Id, Today, Ct)));

        Assert.Equal("deadline.not-responsible", await NoAsync(() => AskAsync(world, r.People["d1"], (task.Id, Later))));
    }

    [Theory, EveryDatabase]
    public async Task Only_those_who_can_are_offered_to_decide_or_to_take_back_and_nobody_once_it_is_decided(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (units, offices) = (await AskAsync(world, r.People["c1"], (r.Tasks[0].Id, Later)), await AskAsync(world, r.Office, (r.Tasks[1].Id, Later)));
        await ExpectAsync(units, ("office", true, false), ("office2", true, false), ("c1", false, true), ("c1b", false, true), ("p1", false, false));
        await ExpectAsync(offices, ("office", false, true), ("office2", true, true), ("c2", false, false));

        await DecideAsync(world, r, units, false);
        await world.InAsync((WithdrawDeadline withdraw) => withdraw.RunAsync(offices, 0, r.People["office2"], Ct));
        await ExpectAsync(units, ("office2", false, false), ("c1", false, false));
        await ExpectAsync(offices, ("office2", false, false), ("office", false, false));

        Task ExpectAsync(Guid request, params (string Who, bool Decides, bool Withdraws)[] expected) => world.InAsync(async (Db db) =>
        {
            foreach (var (who, decides, withdraws) in expected)
            {
                var view = await DeadlineView.ReadAsync(db, r.People[who], request, Ct);
                Assert.Equal((who, decides, withdraws), (who, view.MayDecide, view.MayWithdraw));
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task Whoever_reports_for_two_units_asks_for_the_one_that_answers_for_the_item(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var account = await world.HaveAccountAsync(r.Units["D1"], "both", Role.Responsible);
        await world.InAsync((GiveDuty give) => give.RunAsync(account.Id, Role.Responsible, r.Units["C1"].Id, null, null, Setup, Ct));
        var both = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, Today, Ct));
        foreach (var (task, unit) in new[] { (r.Tasks[0].Id, "Unit C1"), (r.Tasks[3].Id, "Unit D1") })
        {
            var request = await AskAsync(world, both, (task, new(2027, 3, 31)));
            await world.InAsync(async (Db db) => Assert.Equal(unit, (await DeadlineView.ReadAsync(db, both, request, Ct)).Unit));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_part_that_was_taken_out_is_asked_for_no_more_and_holds_back_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, early) = (r.Tasks[0].Id, new DateOnly(2026, 10, 31));
        var part = await PartAsync(world, r, new(2026, 11, 30));
        Assert.Equal("deadline.child", await NoAsync(() => AskAsync(world, r.People["c1"], (task, early))));

        await world.InAsync((RemoveItem remove) => remove.RunAsync(part, 0, "not needed", r.People["c1"], Ct));
        Assert.Equal("item.not-found", await NoAsync(() => AskAsync(world, r.Office, (part, early))));
        await AskAsync(world, r.People["c1"], (task, early));
    }

    [Theory, EveryDatabase]
    public async Task Before_a_plan_is_approved_its_deadlines_can_be_asked_for(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world, unapproved: true);
        await DecideAsync(world, r, await AskAsync(world, r.People["c1"], (r.Tasks[0].Id, Later)), true);
        Assert.Equal(Later, (await ItemAsync(world, r.Tasks[0].Id)).DueOn);
    }

    [Theory, EveryDatabase]
    public async Task Evidence_is_named_with_the_file_that_was_the_newest_when_it_was_asked(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var piece = await EvidenceTests.AddAsync(world, r.People["c1"], "a notice"u8.ToArray(), new("Notice", PieceKind.Document), r.Tasks[0].Id);
        await AgainAsync(1);
        var request = await world.InAsync((AskDeadline ask) => ask.RunAsync(new("policy", "The law came late.", "The State Council", [new(r.Tasks[0].Id, Later)], [piece]), r.People["c1"], Ct));
        await AgainAsync(2);
        await world.InAsync(async (Db db) => Assert.Equal((piece, 2), (await DeadlineView.ReadAsync(db, r.Office, request, Ct)).Proofs.Select(proof => (proof.Piece, proof.File)).Single()));

        async Task AgainAsync(int version)
        {
            var upload = await EvidenceTests.UploadAsync(world, r.People["c1"], BitConverter.GetBytes(version));
            await world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "sharper", version, r.People["c1"], Ct));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_whole_may_end_with_its_part_and_a_part_that_is_late_already_keeps_it_from_nothing_later(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (task, day) = (r.Tasks[0].Id, new DateOnly(2026, 11, 30));
        var part = await PartAsync(world, r, day);
        await DecideAsync(world, r, await AskAsync(world, r.People["c1"], (task, day)), true);

        // A body above may have set the whole earlier than its part: it comes nearer to it again.
        await Decided.MoveDeadlineAsync(world, task, Today, new(2026, 10, 31), r.Office);
        await DecideAsync(world, r, await AskAsync(world, r.People["c1"], (task, new(2026, 11, 15))), true);
        Assert.Equal(new DateOnly(2026, 11, 15), (await ItemAsync(world, task)).DueOn);
        Assert.Equal("deadline.child", await NoAsync(() => AskAsync(world, r.People["c1"], (task, new(2026, 11, 14)))));
    }

    [Theory, EveryDatabase]
    public async Task A_request_belongs_to_each_item_that_it_moves_and_falls_when_any_of_their_dates_did(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var task = r.Tasks[0].Id;
        var part = await PartAsync(world, r, new(2026, 11, 30));
        var open = await AskAsync(world, r.People["c1"], (part, Later), (task, Later));
        foreach (var item in new[] { part, task })
        {
            await world.InAsync(async (Db db) =>
            {
                Assert.Equal([open], (await DeadlineList.ReadAsync(db, r.Office, r.Programme.Id, false, item, null, Ct)).Select(row => row.Request.Id));
                var link = await new DeadlineLink(db).OfAsync(await db.ItemsFor(r.Office, Right.Read).SingleAsync(one => one.Id == item, Ct), r.Office, Today, Ct);
                Assert.Equal(1, link?.Count);
            });
            Assert.Equal("deadline.waiting", await NoAsync(() => AskAsync(world, r.People["c1"], (item, new(2026, 12, 15)))));
        }

        var other = await PartAsync(world, r, new(2026, 10, 31));
        Assert.Equal("deadline.waiting", await NoAsync(() => AskAsync(world, r.People["c1"], (other, Later), (task, Later))));
        foreach (var moved in new[] { task, part })
        {
            await Decided.MoveDeadlineAsync(world, moved, Today, (await ItemAsync(world, moved)).DueOn!.Value.AddDays(1), r.Office);
            Assert.Equal("deadline.meanwhile", await NoAsync(() => DecideAsync(world, r, open, true)));
            await DecideAsync(world, r, open, false);
            open = await AskAsync(world, r.People["c1"], (part, Later), (task, Later));
        }

        await DecideAsync(world, r, open, true);
        Assert.Equal((Later, Later), ((await ItemAsync(world, part)).DueOn!.Value, (await ItemAsync(world, task)).DueOn!.Value));
    }

    [Theory, EveryDatabase]
    public async Task A_list_of_reasons_has_up_to_twenty_classes_each_once_and_a_number_two_hundred_characters(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        Task SetAsync(IEnumerable<string> names, int version) => world.InAsync((SetDeadlineReasons set) => set.RunAsync("r1", [.. names], version, r.Office, Ct));
        string[] twenty = [.. Enumerable.Range(1, 20).Select(no => $"Reason {no}")];
        Assert.Equal("deadline.reasons", await NoAsync(() => SetAsync([.. twenty, "One more"], 0)));
        Assert.Equal("deadline.reasons", await NoAsync(() => SetAsync([new('x', 61)], 0)));
        await SetAsync([.. twenty, " Reason 7 ", ""], 0);
        Assert.Equal(twenty, await world.InAsync((Db db) => AskDeadline.ReasonsAsync(db, r.Programme.Id, r.People["c1"], Ct)));

        var request = await world.InAsync((AskDeadline ask) => ask.RunAsync(new("Reason 20", new('x', 4_000), new('x', 100), [new(r.Tasks[0].Id, Later)], []), r.People["c1"], Ct));
        Task AgreeAsync(int length) => world.InAsync((DecideDeadline decide) => decide.RunAsync(request, new(true, Today, new('x', length), ""), 0, r.Office, Ct));
        Assert.Equal("deadline.document", await NoAsync(() => AgreeAsync(201)));
        await AgreeAsync(200);
    }

    private static Task<Guid> PartAsync(World world, Reporting r, DateOnly due) => world.InAsync((AddSubTask add) => add.RunAsync(
        r.Tasks[0].Id, ItemKind.SubTask, new("", null, $"Until {due}.") { Deadline = new($"{due}", DeadlineKind.Fixed, null, due, null) }, [], r.People["c1"], Ct));

    private static Task<Guid> AskAsync(World world, Access by, params (Guid Item, DateOnly To)[] moves) => world.InAsync((AskDeadline ask) => ask.RunAsync(
        new("policy", "The law came late.", "The State Council", [.. moves.Select(move => new AskedDeadline.Move(move.Item, move.To))], []), by, Ct));

    private static Task DecideAsync(World world, Reporting r, Guid request, bool agrees) =>
        world.InAsync((DecideDeadline decide) => decide.RunAsync(request, new(agrees, Today, "No. 7", "as it is"), 0, r.People["office2"], Ct));

    private static Task<Item> ItemAsync(World world, Guid id) =>
        world.InAsync((Db db) => db.ItemsFor(Access.OfSystem(Setup), Right.Read).AsNoTracking().SingleAsync(item => item.Id == id, Ct));

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
