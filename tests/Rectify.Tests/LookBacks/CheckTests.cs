using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.LookBacks;
using Rectify.Notifications;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using Rectify.Tests.Notifications;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>Checks of items with lasting duties: one for each period, handed in by the unit, looked at by someone else.</summary>
public sealed class CheckTests
{
    [Theory, EveryDatabase]
    public async Task A_period_has_one_check_however_often_and_after_whatever_pause_the_job_runs(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2025, 10, 10));
        await c.CloseAsync(world, 3, new(2025, 10, 10)); // without lasting duties: nothing by rule

        // Quarterly by default. The period that ended in January passed before the job ran: nobody looked, so it is overdue.
        Assert.Equal(2, await Closings.MakeAsync(world));
        Assert.Equal(0, await Closings.MakeAsync(world));
        Assert.Equal([new(2026, 1, 10), new DateOnly(2026, 4, 10)], (await c.ChecksAsync(world, 1)).Select(check => check.DueOn));
        Assert.Empty(await c.ChecksAsync(world, 3));

        // What is closed later the same day is found in the journal; what was missed while the server was down is made up.
        await c.CloseAsync(world, 2, new(2026, 3, 20));
        Assert.Equal(1, await Closings.MakeAsync(world));
        Assert.Equal((c.Units["C2"].Id, new DateOnly(2026, 6, 20)), (await c.CheckAsync(world, 2)) is var second ? (second.UnitId, second.DueOn) : default);
        Closings.Today(world, new(2026, 10, 11));
        await Closings.MakeAsync(world);
        Assert.Equal([new(2026, 1, 10), new(2026, 4, 10), new(2026, 7, 10), new(2026, 10, 10), new DateOnly(2027, 1, 10)], (await c.ChecksAsync(world, 1)).Select(check => check.DueOn));
        var counts = await world.InAsync((Db db) => CheckList.CountsAsync(db, c.Office, c.Programme.Id, world.Clock.Today, Ct));
        Assert.Equal((8, 6), (counts[CheckWhich.Open], counts[CheckWhich.Overdue]));
        await world.InAsync(async (Db db) => Assert.Equal("lookback.link.overdue", (await new LookBackLink(db, world.Clock).OfAsync(c.Tasks[0], c.Office, new(2026, 10, 11), Ct))?.TextKey));

        // Another period holds from the next check on; a type of task can have its own.
        await world.InAsync((SetCheckRules set) => set.RunAsync("r1", 6, [("dust", 1)], 0, c.Office, Ct));
        await Closings.MakeAsync(world);
        Closings.Today(world, new(2027, 3, 1));
        await Closings.MakeAsync(world);
        Assert.Equal([new(2027, 1, 10), new(2027, 2, 10), new DateOnly(2027, 3, 10)], (await c.ChecksAsync(world, 1)).Select(check => check.DueOn).TakeLast(3));
        Assert.Equal("stale", await Closings.NoAsync(() => world.InAsync((SetCheckRules set) => set.RunAsync("r1", 6, [], 0, c.Office, Ct))));
        Assert.Equal("check-rules.months", await Closings.NoAsync(() => world.InAsync((SetCheckRules set) => set.RunAsync("r1", 25, [], 1, c.Office, Ct))));
        Assert.Equal("check-rules.types", await Closings.NoAsync(() => world.InAsync((SetCheckRules set) => set.RunAsync("r1", 3, [("dust", 1), ("dust", 2)], 1, c.Office, Ct))));
        Assert.Equal("lookback.office", await Closings.NoAsync(() => world.InAsync((SetCheckRules set) => set.RunAsync("r1", 3, [], 1, c.People["c1"], Ct))));

        // Taken up again by hand, what waits stops.
        await world.InAsync((RecordFacts record) => record.RunAsync(c.Tasks[0].Id, [new(FactKind.Reopened, world.Clock.Today, Note: "It came back.")], c.Office, Ct));
        await Closings.MakeAsync(world);
        Assert.All(await c.ChecksAsync(world, 1), check => Assert.Equal(CheckState.Stopped, check.State));
        await world.InAsync(async (Db db) => Assert.Equal(await db.ChecksFor(c.Office).CountAsync(Ct), await db.ChecksFor(c.Office).Select(check => check.Key).Distinct().CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Of_a_long_pause_the_last_periods_are_made_up_and_it_is_told_how_many_came_before(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2025, 9, 30));
        await c.CloseAsync(world, 2, new(2026, 3, 20));
        Closings.Today(world, new(2037, 2, 1)); // 46 periods of three months, the last of them not over

        Assert.Equal(40 + 40, await Closings.MakeAsync(world));
        Assert.Equal(0, await Closings.MakeAsync(world));
        await world.InAsync(async (Db db) =>
        {
            var backs = await ItemLookBacks.ReadAsync(db, c.Office, c.Tasks[0], world.Clock.Today, Ct);
            Assert.Equal((40, 6), (backs.Checks.Count, backs.Skipped));
            var (last, first) = (backs.Checks[0], backs.Checks[^1]);
            Assert.Equal((new(2036, 12, 31), new DateOnly(2037, 3, 30), false), (last.From, last.Check.DueOn, last.Overdue));
            Assert.Equal((new(2027, 3, 31), new DateOnly(2027, 6, 30), true), (first.From, first.Check.DueOn, first.Overdue));
            Assert.Equal(new DateOnly(2027, 3, 31), (await CheckView.ReadAsync(db, c.Office, first.Check.Id, Ct)).From);
            Assert.Equal(39, backs.Checks.Count(row => row.Overdue));
        });

        // The next periods come alone.
        Closings.Today(world, new(2037, 4, 1));
        Assert.Equal(2, await Closings.MakeAsync(world));
        await world.InAsync(async (Db db) => Assert.Equal(6, (await ItemLookBacks.ReadAsync(db, c.Office, c.Tasks[0], world.Clock.Today, Ct)).Skipped));
    }

    [Theory, EveryDatabase]
    public async Task The_unit_hands_in_and_someone_else_looks_at_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 3, 10));
        await c.CloseAsync(world, 2, new(2026, 3, 10));
        await Closings.MakeAsync(world);
        var (first, second) = (await c.CheckAsync(world, 1), await c.CheckAsync(world, 2));
        var proof = await EvidenceTests.AddAsync(world, c.People["c1"], "a photo"u8.ToArray(), new("Photo of the yard", PieceKind.Photo), c.Tasks[0].Id);
        var stranger = await EvidenceTests.AddAsync(world, c.People["c2"], "another"u8.ToArray(), new("Other", PieceKind.Photo), c.Tasks[1].Id);

        // Nobody writes or reads another unit's, even where it helps with the item; nobody below looks at what was handed in.
        Assert.Equal("check.not-found", await Closings.NoAsync(() => c.HandInAsync(world, second, CheckResult.Held, "c1")));
        Assert.Equal("check.not-found", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "c2")));
        Assert.Equal("check.not-found", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "above"))); // the unit's own
        Assert.Equal("check.not-found", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "office")));
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal([first.Id], await db.ChecksFor(c.People["c1"]).Select(check => check.Id).ToListAsync(Ct));
            Assert.Equal("check.not-found", await Closings.NoAsync(() => CheckView.ReadAsync(db, c.People["c1"], second.Id, Ct)));
            Assert.Empty(await db.ChecksFor(c.People["team"]).ToListAsync(Ct));
            Assert.Empty((await new LookBackNews(db).OfAsync(c.Tasks[1], c.People["c1"], 10, Words.In(Language.Default), Ct)).Entries);
        });
        Assert.Equal("check.day", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "c1", on: new(2026, 3, 27))));
        Assert.Equal("check.day", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "c1", on: new(2026, 3, 9))));
        Assert.Equal("check.opinion", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.NotDone, "c1", " ")));
        Assert.Equal("check.evidence", await Closings.NoAsync(() => c.HandInAsync(world, first, CheckResult.Held, "c1", proofs: [stranger])));
        Assert.Equal("check.step", await Closings.NoAsync(() => c.ReviewAsync(world, first.Id, new(CheckResult.Held, ""), "office", 0)));

        await c.HandInAsync(world, first, CheckResult.NotDone, "c1", "The road was closed.");
        Assert.Equal("check.reviewer", await Closings.NoAsync(() => c.ReviewAsync(world, first.Id, new(CheckResult.NotDone, ""), "c1b")));
        Assert.Equal("check.remarks", await Closings.NoAsync(() => c.ReviewAsync(world, first.Id, new(null, " "), "above")));
        await c.ReviewAsync(world, first.Id, new(null, "It is open again: go there."), "above");
        var back = await c.CheckAsync(world, 1);
        Assert.Equal((CheckState.Open, 1, "It is open again: go there."), (back.State, back.Returns, back.Remarks));
        await c.HandInAsync(world, back, CheckResult.Held, "c1b", proofs: [proof]);
        Assert.Equal("stale", await Closings.NoAsync(() => c.ReviewAsync(world, first.Id, new(CheckResult.Held, ""), "above", 1)));
        Assert.Equal("check.remarks", await Closings.NoAsync(() => c.ReviewAsync(world, first.Id, new(CheckResult.CameBack, ""), "above", 3))); // another finding says why
        await c.ReviewAsync(world, first.Id, new(CheckResult.Held, ""), "above", 3);

        await world.InAsync(async (Db db) =>
        {
            var view = await CheckView.ReadAsync(db, c.People["c1"], first.Id, Ct);
            Assert.Equal((CheckState.Done, CheckResult.Held, "Photo of the yard", "Person c1b", "Person above"), (view.Check.State, view.Check.Found, view.Proofs.Single().Title, view.HandedInBy, view.ReviewedBy));
            Assert.Equal(
                ["check.made", "check.handed-in", "check.sent-back", "check.handed-in", "check.confirmed"],
                await db.Journal.Where(row => row.Subject == first.Id).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Ct));
            Assert.Equal(5, (await new LookBackNews(db).OfAsync(c.Tasks[0], c.Office, 10, Words.In(Language.Default), Ct)).Total);
        });
        Assert.Equal("check.step", await Closings.NoAsync(() => c.HandInAsync(world, back, CheckResult.Held, "c1", version: 4)));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_has_to_check_or_to_look_at_it_is_told(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 1, 2));
        Closings.Today(world, new(2026, 4, 1));
        await Closings.MakeAsync(world);
        await world.FollowAsync();
        async Task<List<NoticeKind>> TodoAsync(string who) => await world.InAsync((Db db) =>
            db.NoticesFor(c.People[who]).Where(notice => notice.SettledAt == null).OrderBy(notice => notice.Kind).Select(notice => notice.Kind).ToListAsync(Ct));

        Assert.Equal([NoticeKind.CheckDue], await TodoAsync("c1"));
        Assert.Empty(await TodoAsync("c2"));
        var check = await c.CheckAsync(world, 1);
        await c.HandInAsync(world, check, CheckResult.CameBack, "c1", "Heaps again.");
        await world.FollowAsync();
        Assert.Empty(await TodoAsync("c1"));
        Assert.All(new[] { "office", "office2", "above" }, who => Assert.Equal([NoticeKind.CheckToReview], TodoAsync(who).GetAwaiter().GetResult()));
        await c.ReviewAsync(world, check.Id, new(CheckResult.CameBack, ""), "above"); // a supervisor leaves taking it up to the office
        await world.FollowAsync();
        Assert.Equal([NoticeKind.ReboundToTakeUp], await TodoAsync("office"));
        Assert.Empty(await TodoAsync("above"));
        await world.InAsync((StateRebound state) => state.RunAsync(c.Tasks[0].Id, new(ReboundSource.Check, "", new(2026, 4, 1), "Heaps again."), check.Id, c.Office, Ct));
        await world.FollowAsync();
        Assert.Empty(await TodoAsync("office"));
        Assert.Equal(ItemStatus.Reopened, await c.StatusAsync(world, 1, new(2026, 4, 1)));
    }

    [Theory(Explicit = true), EveryDatabase] // minutes long: bench/soak runs it
    public async Task Killed_while_it_makes_checks_the_next_run_makes_each_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var c = await Closings.HaveAsync(world);
        await c.CloseAsync(world, 1, new(2026, 3, 1));
        await c.CloseAsync(world, 2, new(2026, 3, 2));

        await KilledProgram.KillAtAsync(world, database, "Check");
        await world.InAsync(async (Db db) => Assert.Equal((0, 0), (await db.ChecksFor(c.Office).CountAsync(Ct), await db.Journal.CountAsync(row => row.Kind == "check.made", Ct))));

        // The program's own clock runs; the world's stands in its past. What it makes now is of its own period, and each once.
        await Closings.MakeAsync(world);
        await Closings.MakeAsync(world);
        Assert.Equal([new DateOnly(2026, 6, 1)], (await c.ChecksAsync(world, 1)).Select(check => check.DueOn));
        Assert.Equal([new DateOnly(2026, 6, 2)], (await c.ChecksAsync(world, 2)).Select(check => check.DueOn));
        await world.InAsync(async (Db db) => Assert.Equal(2, await db.Journal.CountAsync(row => row.Kind == "check.made", Ct)));
    }
}
