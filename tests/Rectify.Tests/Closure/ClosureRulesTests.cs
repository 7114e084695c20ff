using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.LookBacks;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Closure.ClosureTests;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>What regions may choose and what the whole product has to hold: batches, shared notices, units that close for themselves, history, haste and crashes.</summary>
public sealed class ClosureRulesTests
{
    [Fact]
    public async Task A_unit_accepts_on_one_day_of_a_month_and_several_at_once()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("batch"));
        var first = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "accept");
        await closing.TakeAsync(world, first, "bureau");
        var day = world.Clock.Today;
        var second = await closing.HaveAtAsync(world, closing.Tasks[3].Id, "accept");
        Assert.Equal("closure.batch-day", await NoAsync(() => closing.TakeAsync(world, second, "bureau")));
        var third = await closing.HaveAtAsync(world, closing.Tasks[1].Id, "accept");

        Closing.Today(world, new(day.Year, day.Month + 1, 10));
        var one = await closing.CaseAsync(world, second);
        var stated = await closing.StatementAsync(world, one);
        await world.InAsync(async (TakeStep take) => await take.RunAsync([(second, one.Closure.Version), (third, (await closing.ClosureAsync(world, third)).Version)], stated, closing.People["bureau"], Ct));
        Assert.All(new[] { second, third }, id => Assert.Equal("review", closing.ClosureAsync(world, id).Result.StepKey));
    }

    [Fact]
    public async Task One_notice_tells_of_several_items_only_where_the_procedure_says_so()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("shared-notice"));
        var (first, second) = (await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice"), await closing.HaveAtAsync(world, closing.Tasks[3].Id, "notice"));
        var notice = await OpenAsync(first, second);
        await world.InAsync(async (Db db) =>
        {
            var known = await db.ClosureNotices().SingleAsync(Ct);
            Assert.Equal((notice, 1, world.Clock.Today, world.Clock.Today.AddDays(6)), (known.Id, known.No, known.From, known.To)); // 7 days, the first counted
        });
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("standard"), "as agreed", 1, closing.People["office"], Ct));
        var (third, fourth) = (await closing.HaveAtAsync(world, closing.Tasks[1].Id, "notice"), await closing.HaveAtAsync(world, closing.Tasks[2].Id, "notice"));
        Assert.Equal("closure.notice-alone", await NoAsync(() => OpenAsync(third, fourth)));
        await OpenAsync(third);
        await world.InAsync(async (Db db) => Assert.Equal([1, 2], await db.ClosureNotices().OrderBy(one => one.No).Select(one => one.No).ToListAsync(Ct)));

        async Task<Guid> OpenAsync(params Guid[] ids)
        {
            var which = new List<(Guid, int)>();
            foreach (var id in ids)
            {
                which.Add((id, (await closing.ClosureAsync(world, id)).Version));
            }

            return await Closing.OpenAsync(world, which, "The site", closing.People["office2"]);
        }
    }

    [Fact]
    public async Task An_item_closed_by_several_units_is_as_far_as_the_last_and_not_held_up_by_those_it_does_not_concern()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("per-unit"));
        var task = closing.Tasks[1].Id;
        var first = await closing.HaveAtAsync(world, task, "material", unit: "C1");
        Assert.Equal(ItemStatus.NotStarted, (await closing.ViewAsync(world, task)).Status);
        var second = await closing.BeginAsync(world, task, "other");
        await closing.GoAsync(world, second, "apply");
        Assert.Equal(ItemStatus.Done, (await closing.ViewAsync(world, task)).Status);
        await ReturnAsync(world, closing, first, "poffice", "Not yet.");
        Assert.Equal(ItemStatus.Returned, (await closing.ViewAsync(world, task)).Status);
        await closing.GoAsync(world, first);
        Assert.NotEqual(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);

        // The second finds that it does not concern it: with its end the item is closed.
        await WithdrawAsync(world, closing, second, "other");
        await closing.WriteAsync(world, second, "other", ClosureOutcome.NotInvolved);
        await closing.GoAsync(world, second, "close");
        Assert.NotEqual(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
        await closing.GoAsync(world, second);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
    }

    [Fact]
    public async Task Taking_back_opens_the_item_again_and_the_days_between_stay()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "material");
        var applied = world.Clock.Today;
        Closing.Today(world, applied.AddDays(3));
        Assert.Equal("closure.duty", await NoAsync(() => WithdrawAsync(world, closing, id, "bureau")));
        Assert.Equal("closure.reasons", await NoAsync(() => WithdrawAsync(world, closing, id, why: " ")));
        await WithdrawAsync(world, closing, id);
        Assert.Equal((ItemStatus.Accept, true), ((await closing.ViewAsync(world, task, applied)).Status, (await closing.ViewAsync(world, task)).Status.IsOpen));
        Assert.Equal((ClosureState.Drafting, 0), ((await closing.ClosureAsync(world, id)).State, (await closing.ClosureAsync(world, id)).Returns));

        await WithdrawAsync(world, closing, id); // while it is written: for good
        Assert.Equal(ClosureState.Withdrawn, (await closing.ClosureAsync(world, id)).State);
        var again = await closing.HaveAtAsync(world, task);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
        Assert.NotEqual(id, again);
    }

    [Fact]
    public async Task By_hand_only_history_from_before_the_procedure_is_entered()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world);
        var task = closing.Tasks[0].Id;
        Task RecordAsync(FactKind kind, DateOnly on, string by = "office", string document = "No. 7", Guid? item = null) =>
            world.InAsync((RecordFacts record) => record.RunAsync(item ?? task, [new(kind, on, Note: "why", Document: document)], closing.People[by], Ct));
        await RecordAsync(FactKind.Started, new(2026, 2, 1), "county");
        var first = world.Clock.Today;
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("standard"), "as agreed", 0, closing.People["office"], Ct));

        Assert.Equal("fact.by-steps", await NoAsync(() => RecordAsync(FactKind.Completed, first)));
        Assert.Equal("fact.by-steps", await NoAsync(() => RecordAsync(FactKind.Completed, first.AddDays(-1), document: "")));
        Assert.Equal("fact.by-steps", await NoAsync(() => RecordAsync(FactKind.Completed, first.AddDays(-1), "county")));
        await RecordAsync(FactKind.Completed, first.AddDays(-1));
        await world.InAsync((RecordFacts record) => record.RunAsync(closing.Measures[0].Id, [new(FactKind.Completed, first)], closing.People["county"], Ct)); // a measure is done long before its task is declared
        var id = await closing.HaveAtAsync(world, task, "material");
        Assert.Equal("fact.by-steps", await NoAsync(() => RecordAsync(FactKind.Accepted, first.AddDays(-1))));
        Assert.Equal("fact.by-steps", await NoAsync(() => RecordAsync(FactKind.Reopened, world.Clock.Today)));
        var facts = (await closing.ViewAsync(world, task)).Facts;
        Assert.Equal("fact.by-steps", await NoAsync(() => world.InAsync((VoidFact withdraw) => withdraw.RunAsync(facts[^1].Id, "wrong", closing.People["county"], Ct))));

        // Closed, it is taken up again by the office, and another closing begins; the first stays as it was.
        await closing.GoAsync(world, id);
        var acts = (await closing.CaseAsync(world, id)).Acts.Select(act => act.Hash).ToList();
        Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, task)));
        await RecordAsync(FactKind.Reopened, world.Clock.Today);
        Assert.Equal(ItemStatus.Reopened, (await closing.ViewAsync(world, task)).Status);
        var again = await closing.BeginAsync(world, task);
        await closing.WriteAsync(world, again);
        Assert.Equal("closure.completed-reopened", await NoAsync(() => closing.TakeAsync(world, again, "county"))); // completed the day before
        Closing.Today(world, world.Clock.Today.AddDays(3));
        await closing.WriteAsync(world, again);
        await closing.GoAsync(world, again);
        var one = await closing.CaseAsync(world, id);
        Assert.Equal((ClosureState.Superseded, true), (one.Closure.State, one.Closure.ClosedOn is not null));
        Assert.Equal(acts, one.Acts.Select(act => act.Hash));
        Assert.Equal((ClosureState.Finished, ItemStatus.Closed), ((await closing.ClosureAsync(world, again)).State, (await closing.ViewAsync(world, task)).Status));
    }

    [Fact]
    public async Task A_task_that_its_parts_closed_is_taken_up_with_one_of_them_and_one_of_them_with_it()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world);
        foreach (var (seen, (preset, task, parts)) in new[] { ("measure", closing.Tasks[0].Id, closing.Measures), ("point", closing.Tasks[3].Id, closing.Points) }.Index())
        {
            await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset(preset), "as agreed", seen, closing.People["office"], Ct));
            var (first, second) = (await closing.HaveAtAsync(world, parts[0].Id), await closing.HaveAtAsync(world, parts[1].Id));
            var acts = (await closing.CaseAsync(world, first)).Acts.ConvertAll(act => act.Hash);
            await ExpectAsync(ItemStatus.Closed, ItemStatus.Closed, ItemStatus.Closed);

            // The task whole: whichever of its parts begins anew is taken up with it, and the other stays closed.
            await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Reopened, world.Clock.Today, Note: "Black water again.")], closing.People["office"], Ct));
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Closed, ItemStatus.Closed);
            Assert.Equal("item.not-found", await NoAsync(() => closing.BeginAsync(world, parts[0].Id, "other")));
            var again = await closing.BeginAsync(world, parts[0].Id);
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Reopened, ItemStatus.Closed);
            Assert.Equal("Black water again.", (await closing.ViewAsync(world, parts[0].Id)).Facts[^1].Note);
            Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, parts[0].Id)));
            Closing.Today(world, world.Clock.Today.AddDays(3));
            await closing.GoAsync(world, again);
            await ExpectAsync(ItemStatus.Closed, ItemStatus.Closed, ItemStatus.Closed);
            Assert.Equal((ClosureState.Superseded, ClosureState.Finished), ((await closing.ClosureAsync(world, first)).State, (await closing.ClosureAsync(world, second)).State));
            Assert.Equal(acts, (await closing.CaseAsync(world, first)).Acts.ConvertAll(act => act.Hash));
            Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, parts[0].Id)));

            // One part: the task is no longer closed either, and is so again with the part.
            Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, parts[1].Id)));
            await world.InAsync((StateRebound state) => state.RunAsync(parts[1].Id, new(ReboundSource.Petition, "X2026-7", world.Clock.Today, "Smell."), null, closing.People["office"], Ct));
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Closed, ItemStatus.Reopened);
            Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, parts[0].Id))); // it was closed since, and nobody took it up
            Closing.Today(world, world.Clock.Today.AddDays(3));
            await closing.HaveAtAsync(world, parts[1].Id);
            await ExpectAsync(ItemStatus.Closed, ItemStatus.Closed, ItemStatus.Closed);

            // Withdrawn as an error, the one goes with the other; a second part that came back keeps the task taken up, from its own day.
            var day = world.Clock.Today;
            await world.InAsync((StateRebound state) => state.RunAsync(parts[0].Id, new(ReboundSource.Petition, "X2026-8", day, "Smell again."), null, closing.People["office"], Ct));
            Closing.Today(world, day.AddDays(2));
            await world.InAsync((StateRebound state) => state.RunAsync(parts[1].Id, new(ReboundSource.Petition, "X2026-9", day.AddDays(2), "Foam."), null, closing.People["office"], Ct));
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Reopened, ItemStatus.Reopened);
            await WithdrawLastAsync(parts[0].Id);
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Closed, ItemStatus.Reopened);
            Assert.Equal((ItemStatus.Closed, ItemStatus.Reopened), ((await closing.ViewAsync(world, task, day.AddDays(1))).Status, (await closing.ViewAsync(world, task, day.AddDays(2))).Status));
            Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, parts[0].Id))); // the task is taken up for the other part alone
            await WithdrawLastAsync(task);
            await ExpectAsync(ItemStatus.Closed, ItemStatus.Closed, ItemStatus.Closed);

            // The task whole, with a part that began anew: while that closing is under way nothing of it is withdrawn.
            await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Reopened, world.Clock.Today, Note: "Black water.")], closing.People["office"], Ct));
            var third = await closing.BeginAsync(world, parts[0].Id);
            Assert.Equal("fact.by-steps", await NoAsync(() => WithdrawLastAsync(task)));
            await ExpectAsync(ItemStatus.Reopened, ItemStatus.Reopened, ItemStatus.Closed);
            await WithdrawAsync(world, closing, third);
            await WithdrawLastAsync(task);
            await ExpectAsync(ItemStatus.Closed, ItemStatus.Closed, ItemStatus.Closed);
            Assert.Equal((ClosureState.Finished, 1), ((await closing.ClosureAsync(world, again)).State, (await closing.ClosureAsync(world, again)).Live)); // what had closed the part counts again

            async Task WithdrawLastAsync(Guid item)
            {
                var fact = (await closing.ViewAsync(world, item)).Facts.Last(one => one is { Kind: FactKind.Reopened, VoidedAt: null }).Id;
                await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(fact, "Another place.", closing.People["office"], Ct));
            }

            async Task ExpectAsync(ItemStatus whole, ItemStatus one, ItemStatus other)
            {
                var now = new List<ItemStatus>();
                foreach (var id in new[] { task, parts[0].Id, parts[1].Id })
                {
                    now.Add((await closing.ViewAsync(world, id)).Status);
                }

                Assert.Equal([whole, one, other], now);
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_act_in_the_same_moment_one_is_told_and_nothing_is_done_twice(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var begun = await Task.WhenAll(Task.Run(() => TryAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id, "county"))), Task.Run(() => TryAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id, "county2"))));
        Assert.Single(begun, "done");
        Assert.Contains(begun.Single(answer => answer != "done"), (string[])["closure.exists", "taken", "stale"]);

        var id = await closing.HaveAtAsync(world, closing.Tasks[3].Id, "review");
        var one = await closing.CaseAsync(world, id);
        var stated = await closing.StatementAsync(world, one);
        async Task<string> TakeAsync(string who) => await TryAsync(() => world.InAsync((TakeStep take) => take.RunAsync(id, one.Closure.Version, stated, closing.People[who], Ct)));
        var taken = await Task.WhenAll(Task.Run(() => TakeAsync("office")), Task.Run(() => TakeAsync("office2")));
        Assert.Single(taken, "done");
        Assert.Contains(taken.Single(answer => answer != "done"), (string[])["stale", "taken"]);
        Assert.Single((await closing.CaseAsync(world, id)).Acts, act => act.StepKey == "review");

        static async Task<string> TryAsync(Func<Task> act)
        {
            try
            {
                await act();
                return "done";
            }
            catch (Refusal no)
            {
                return no.Code;
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_crash_while_a_step_is_saved_leaves_the_closing_and_the_item_as_they_were(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "accept");
        var before = await closing.CaseAsync(world, id);

        // The fact of the item is the last that is written: the connection goes away with it.
        await SqlAsync(database is "sqlite"
            ? """CREATE TRIGGER cut BEFORE INSERT ON "ItemFact" BEGIN SELECT RAISE(ROLLBACK, 'the disk is gone'); END;"""
            : """
              CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
              CREATE TRIGGER cut BEFORE INSERT ON "ItemFact" FOR EACH ROW EXECUTE FUNCTION cut();
              """);
        Assert.IsNotType<Refusal>(await Assert.ThrowsAnyAsync<Exception>(() => closing.TakeAsync(world, id)));
        await SqlAsync(database is "sqlite" ? "DROP TRIGGER cut" : "DROP TRIGGER cut ON \"ItemFact\"");

        var after = await closing.CaseAsync(world, id);
        Assert.Equal((before.Acts.Count, before.Closure.Version, "accept"), (after.Acts.Count, after.Closure.Version, after.Closure.StepKey));
        await closing.TakeAsync(world, id);
        Assert.Equal("review", (await closing.ClosureAsync(world, id)).StepKey);

        Task SqlAsync(string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));
    }
}
