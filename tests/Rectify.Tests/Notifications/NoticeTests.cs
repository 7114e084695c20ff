using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tests.Dispatch;
using static Rectify.Notifications.NoticeKind;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>Who is told what and when it is settled, on both databases.</summary>
public sealed class NoticeTests
{
    private static readonly DateOnly March = new(2026, 3, 10);

    [Theory, EveryDatabase]
    public async Task A_return_waits_for_whoever_has_it_and_settles_by_itself(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1"));
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1b"));
        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "p1"));
        Assert.DoesNotContain(ReturnToFill, await world.TodoAsync(reporting, "office"));

        await reporting.FillAsync(world, round, "C1", 10);
        await reporting.SubmitAsync(world, round, "C1");
        await world.FollowAsync();
        Assert.DoesNotContain(ReturnToFill, await world.TodoAsync(reporting, "c1"));
        Assert.Contains(ReturnToReview, await world.TodoAsync(reporting, "p1"));
        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "office"));

        await reporting.DecideAsync(world, round, "C1", ReturnAct.SendBack, "p1", "date?");
        await world.FollowAsync();
        Assert.Contains(ReturnBack, await world.TodoAsync(reporting, "c1"));
        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "p1"));

        await reporting.SubmitAsync(world, round, "C1");
        await reporting.DecideAsync(world, round, "C1", ReturnAct.PassUp, "p1");
        await world.FollowAsync();
        Assert.DoesNotContain(ReturnBack, await world.TodoAsync(reporting, "c1"));
        Assert.Contains(ReturnToReview, await world.TodoAsync(reporting, "office"));
        Assert.Contains(ReturnToReview, await world.TodoAsync(reporting, "office2"));

        await reporting.DecideAsync(world, round, "C1", ReturnAct.Accept, "office");
        await world.FollowAsync();
        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "office2"));
        Assert.Contains(ReturnAccepted, await world.TodoAsync(reporting, "c1"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_submitted_is_not_asked_to_review_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        var unit = reporting.Units["P1"];
        await world.InAsync((GiveDuty give) => give.RunAsync(Guid.ParseExact(reporting.People["c1"].Actor.Id, "N"), Role.Responsible, unit.Id, null, null, Setup, Ct));
        await reporting.FillAsync(world, round, "C1", 10);
        await reporting.SubmitAsync(world, round, "C1");
        await world.FollowAsync();

        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "c1"));
        Assert.Contains(ReturnToReview, await world.TodoAsync(reporting, "p1"));
    }

    [Theory, EveryDatabase]
    public async Task A_request_for_another_deadline_waits_for_the_office_and_its_decision_is_news_to_whoever_asked(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        Task<Guid> AskAsync(string who) => world.InAsync((AskDeadline ask) => ask.RunAsync(
            new("policy", "The law came late.", "The State Council", [new(reporting.Tasks[0].Id, new(2027, 6, 30))], []), reporting.People[who], Ct));
        var first = await AskAsync("c1");
        await world.FollowAsync();
        Assert.Contains(DeadlineToDecide, await world.TodoAsync(reporting, "office"));
        Assert.Contains(DeadlineToDecide, await world.TodoAsync(reporting, "office2"));
        Assert.DoesNotContain(DeadlineToDecide, await world.TodoAsync(reporting, "c1"));
        Assert.DoesNotContain(DeadlineToDecide, await world.TodoAsync(reporting, "p1"));

        await world.InAsync((WithdrawDeadline withdraw) => withdraw.RunAsync(first, 0, reporting.People["c1"], Ct));
        await world.FollowAsync();
        Assert.DoesNotContain(DeadlineToDecide, await world.TodoAsync(reporting, "office"));
        Assert.DoesNotContain(NoticeKind.DeadlineDecided, await world.TodoAsync(reporting, "c1"));

        var second = await AskAsync("office");
        await world.FollowAsync();
        Assert.DoesNotContain(DeadlineToDecide, await world.TodoAsync(reporting, "office")); // someone else decides
        Assert.Contains(DeadlineToDecide, await world.TodoAsync(reporting, "office2"));
        await world.InAsync((DecideDeadline decide) => decide.RunAsync(second, new(false, new(2026, 3, 26), "", "There is time enough."), 0, reporting.People["office2"], Ct));
        var third = await AskAsync("c1b");
        await world.InAsync((DecideDeadline decide) => decide.RunAsync(third, new(true, new(2026, 3, 26), "No. 7", ""), 0, reporting.Office, Ct));
        await world.FollowAsync();
        Assert.DoesNotContain(DeadlineToDecide, await world.TodoAsync(reporting, "office2"));
        Assert.Contains(NoticeKind.DeadlineDecided, await world.TodoAsync(reporting, "office"));
        Assert.Contains(NoticeKind.DeadlineDecided, await world.TodoAsync(reporting, "c1b"));
        Assert.DoesNotContain(NoticeKind.DeadlineDecided, await world.TodoAsync(reporting, "c1"));
        await world.InAsync(async (Db db) =>
        {
            var page = await Inbox.PageAsync(db, reporting.People["c1b"], InboxPart.News, null, null, Words.In(Language.Find("en")!), new(2026, 3, 26), Ct);
            Assert.Contains(page.Lines, line => line.Href == $"/deadlines/{third}" && line.Title.EndsWith("request for another deadline, Agreed", StringComparison.Ordinal));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_manual_that_took_long_is_news_to_whoever_ordered_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);

        var making = await world.InAsync((HandbookJobs jobs) => Task.FromResult(
            jobs.Start(new(reporting.Tasks[0].Id, null, "", new(2026, 3, 26), Pdf: false, Language.Default, "Person c1"), reporting.People["c1"])));
        while (!making.Failed && !(await world.TodoAsync(reporting, "c1")).Contains(HandbookMade))
        {
            await Task.Delay(50, Ct);
        }

        Assert.NotNull(making.File);
        Assert.DoesNotContain(HandbookMade, await world.TodoAsync(reporting, "c1b"));
        await world.InAsync(async (Db db) =>
        {
            var news = await db.NoticesFor(reporting.People["c1"]).SingleAsync(notice => notice.Kind == HandbookMade, Ct);
            Assert.Equal($"/handbooks/{making.Id}", await world.InAsync((ReadNotices read) => read.OneAsync(news.Id, reporting.People["c1"], Ct)));
        });
        Assert.DoesNotContain(HandbookMade, await world.TodoAsync(reporting, "c1")); // read, so settled
    }

    [Theory, EveryDatabase]
    public async Task A_closed_round_leaves_nothing_to_do(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        await reporting.CloseAsync(world, round);
        await world.FollowAsync();

        foreach (var who in reporting.People.Keys)
        {
            Assert.DoesNotContain(await world.TodoAsync(reporting, who), kind => kind is ReturnToFill or ReturnBack or ReturnToReview or ReturnDue);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_duty_that_ends_takes_its_notices_away_at_once_and_a_new_one_brings_them(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        await world.RemindAsync();
        Assert.Contains(NodeDue, await world.TodoAsync(reporting, "c1"));
        var account = Guid.ParseExact(reporting.People["c1"].Actor.Id, "N");
        var duty = await world.InAsync((Db db) => db.DutiesOf(account).SingleAsync(Ct));
        reporting.Today(world, new(2026, 3, 27)); // a duty given today is over only tomorrow
        await world.InAsync((EndDuty end) => end.RunAsync(duty.Id, null, Setup, Ct));

        Assert.Empty(await world.TodoAsync(reporting, "c1")); // the job has not run yet: the door is shut already
        await world.FollowAsync();
        await world.RemindAsync();
        Assert.Equal(0, await world.InAsync((Db db) => db.AllNotices().CountAsync(notice => notice.AccountId == account && notice.SettledAt == null, Ct)));
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1b"));

        var d1 = Guid.ParseExact(reporting.People["d1"].Actor.Id, "N");
        await world.InAsync((GiveDuty give) => give.RunAsync(d1, Role.Responsible, reporting.Units["C1"].Id, null, null, Setup, Ct));
        var before = (await world.TodoAsync(reporting, "d1")).Length;
        await world.FollowAsync();
        await world.RemindAsync();
        Assert.True((await world.TodoAsync(reporting, "d1")).Length > before);
        Assert.Contains(NodeDue, await world.TodoAsync(reporting, "d1"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_may_not_sign_in_is_told_nothing_more(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var account = Guid.ParseExact(reporting.People["c1b"].Actor.Id, "N");
        await world.InAsync((DisableAccount disable) => disable.RunAsync(account, Setup, Ct));
        await reporting.OpenAsync(world, March);
        await world.FollowAsync();

        Assert.False(await world.InAsync((Db db) => db.AllNotices().AnyAsync(notice => notice.AccountId == account, Ct)));
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1"));
    }

    [Theory, EveryDatabase]
    public async Task What_waits_once_more_stands_in_the_inbox_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        await reporting.FillAsync(world, round, "C1", 10);
        await reporting.SubmitAsync(world, round, "C1");
        await world.FollowAsync();
        Assert.DoesNotContain(ReturnToFill, await world.TodoAsync(reporting, "c1b"));

        var whole = await reporting.ReturnAsync(world, round, "C1");
        await world.InAsync((RecallReturn recall) => recall.RunAsync(whole.Id, whole.Version, reporting.People["c1"], Ct));
        await world.FollowAsync();
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1b"));
        Assert.DoesNotContain(ReturnToReview, await world.TodoAsync(reporting, "p1"));

        var account = Guid.ParseExact(reporting.People["c1b"].Actor.Id, "N");
        var duty = await world.InAsync((Db db) => db.DutiesOf(account).SingleAsync(Ct));
        reporting.Today(world, new(2026, 3, 27));
        await world.InAsync((EndDuty end) => end.RunAsync(duty.Id, null, Setup, Ct));
        await world.FollowAsync();
        Assert.Empty(await world.TodoAsync(reporting, "c1b"));
        await world.InAsync((GiveDuty give) => give.RunAsync(account, Role.Responsible, reporting.Units["C1"].Id, null, null, Setup, Ct));
        await world.FollowAsync();
        Assert.Contains(ReturnToFill, await world.TodoAsync(reporting, "c1b"));
    }

    [Theory, EveryDatabase]
    public async Task What_a_notice_says_is_what_its_reader_may_open(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await reporting.FillAsync(world, round, "C1", 10);
        await reporting.SubmitAsync(world, round, "C1");
        reporting.Today(world, new(2027, 1, 5)); // task 1 is overdue
        await world.FollowAsync();
        await world.RemindAsync();
        foreach (var (who, held) in reporting.People)
        {
            var reader = await world.AccessAsync(held);
            var page = await world.InAsync((Db db) => Inbox.PageAsync(db, reader, InboxPart.Todo, null, null, Words.In(Language.Default), world.Clock.Today, Ct));
            Assert.NotEmpty(page.Lines);
            Assert.All(page.Lines, line => Assert.False(line.Title.Length == 0));
            await world.InAsync(async (Db db) =>
            {
                foreach (var line in page.Lines)
                {
                    Assert.True(
                        line.Notice.MatterKind is MatterKind.Item
                            ? await db.ItemsFor(reader, Right.Read).AnyAsync(item => item.Id == line.Notice.Matter, Ct)
                            : await db.ReturnsFor(reader).AnyAsync(one => one.Id == line.Notice.Matter, Ct),
                        $"{who}: {line.Title}");
                }
            });
        }

        var c2 = await world.AccessAsync(reporting.People["c2"]);
        var others = await world.InAsync((Db db) => db.AllNotices().Where(notice => notice.AccountId != Guid.ParseExact(c2.Actor.Id, "N")).Select(notice => notice.Id).ToListAsync(Ct));
        foreach (var id in others)
        {
            Assert.Equal(404, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((ReadNotices read) => read.OneAsync(id, c2, Ct)))).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task Reminders_follow_the_days_the_office_hears_of_what_is_overdue_and_what_is_done_is_settled(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world); // task 1: due 2026-12-31, node 2026-03-31; today 2026-03-26
        await world.RemindAsync();
        Assert.Equal([NodeDue], await world.TodoAsync(reporting, "c1"));
        Assert.Empty(await world.TodoAsync(reporting, "c2"));
        reporting.Today(world, new(2026, 12, 3));
        await world.RemindAsync();
        Assert.Equal([ItemDue, NodeDue], await world.TodoAsync(reporting, "c1")); // one of each, however many days of the rule passed
        Assert.Equal(1, await CountAsync(world, reporting, "c1", ItemDue));
        await world.RemindAsync();
        Assert.Equal(1, await CountAsync(world, reporting, "c1", ItemDue));
        Assert.Empty(await world.TodoAsync(reporting, "office"));

        reporting.Today(world, new(2027, 1, 8));
        await world.RemindAsync();
        Assert.Equal([ItemOverdue], await world.TodoAsync(reporting, "office"));
        Assert.Equal(2, await CountAsync(world, reporting, "c1", ItemDue));
        Assert.Equal([ItemDue, NodeDue], await world.TodoAsync(reporting, "c1")); // the later one took the place of the earlier

        var task = reporting.Tasks[0];
        await world.InAsync((Rectify.Tasks.RecordFacts record) => record.RunAsync(
            task.Id, [new(Rectify.Tasks.Timeline.FactKind.Completed, new(2027, 1, 7))], reporting.Office, Ct));
        await world.FollowAsync();
        Assert.Empty(await world.TodoAsync(reporting, "c1"));
        Assert.Empty(await world.TodoAsync(reporting, "office"));
    }

    [Theory, EveryDatabase]
    public async Task A_clock_set_back_tells_nothing_twice_and_nothing_earlier(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        reporting.Today(world, new(2026, 12, 30));
        await world.RemindAsync();
        var told = await world.EverythingAsync();
        foreach (var day in new DateOnly[] { new(2026, 12, 20), new(2026, 12, 1), new(2026, 12, 24), new(2026, 12, 30) })
        {
            reporting.Today(world, day);
            await world.RemindAsync();
        }

        Assert.Equal(told, await world.EverythingAsync());
    }

    [Theory, EveryDatabase]
    public async Task Following_the_journal_again_from_its_beginning_changes_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        await reporting.ReportAsync(world, round, "C1", 10);
        await reporting.FillAsync(world, round, "C2", 20);
        await reporting.SubmitAsync(world, round, "C2");
        await world.FollowAsync();
        await world.RemindAsync();
        var told = await world.EverythingAsync();

        for (var i = 0; i < 3; i++)
        {
            await world.ForgetCursorAsync();
            await world.FollowAsync();
            await world.RemindAsync();
        }

        Assert.Equal(told, await world.EverythingAsync());
    }

    /// <summary>The same acts are played in two worlds. In one the jobs are cut off again and again at any moment; at last both must say the same.</summary>
    [Theory, EveryDatabase]
    public async Task Cut_off_at_any_moment_nothing_is_lost_and_nothing_doubled(string database)
    {
        var cuts = Gen.Int[0, 12_000].Array[60].Single(); // microseconds
        List<string>[] told = [[], []];
        foreach (var cut in new[] { false, true })
        {
            await using var world = await World.CreateAsync(database);
            var reporting = await Reporting.HaveAsync(world);
            var next = 0;
            async Task JobsAsync()
            {
                for (var i = 0; cut && i < 12; i++)
                {
                    using var death = new CancellationTokenSource(TimeSpan.FromMicroseconds(cuts[next++ % cuts.Length]));
                    try
                    {
                        await world.InAsync((NumberEntries number) => number.RunAsync(death.Token));
                        await world.InAsync((FollowJournal follow) => follow.RunAsync(death.Token));
                        await world.InAsync((RemindDue remind) => remind.RunAsync(death.Token));
                    }
                    catch (Exception dead) when (dead is OperationCanceledException or DbUpdateException)
                    {
                    }
                }
            }

            var round = await reporting.OpenAsync(world, March);
            await JobsAsync();
            await reporting.ReportAsync(world, round, "C1", 10);
            await JobsAsync();
            await reporting.FillAsync(world, round, "C2", 20);
            await reporting.SubmitAsync(world, round, "C2");
            await JobsAsync();
            await world.FollowAsync();
            await world.RemindAsync();
            told[cut ? 1 : 0] = [.. (await world.InAsync(async (Db db) => await db.AllNotices().AsNoTracking().Where(notice => notice.SettledAt == null)
                .Join(db.Accounts(), notice => notice.AccountId, account => account.Id, (notice, account) => new { account.UserName, notice.Kind, notice.Occasion, notice.Node }).ToListAsync(Ct)))
                .Select(one => one.ToString()!).Order(StringComparer.Ordinal)];
            Assert.Equal(
                await world.InAsync((Db db) => db.AllNotices().CountAsync(Ct)),
                await world.InAsync(async (Db db) => (await db.AllNotices().Select(notice => new { notice.AccountId, notice.Key }).ToListAsync(Ct)).Distinct().Count()));
        }

        Assert.NotEmpty(told[0]);
        Assert.Equal(told[0], told[1]);
    }

    [Theory, EveryDatabase]
    public async Task A_damaged_file_alarms_administrators_until_it_is_sound(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        await world.HaveAsync(new Rectify.Evidence.FileCheck { Hash = new('a', 64), CheckedAt = world.Clock.NowMs, FailedAt = world.Clock.NowMs, Result = Rectify.Evidence.FileCheckResult.Altered });
        await world.RemindAsync();
        Assert.Contains(FilesFailed, await world.TodoAsync(reporting, "office"));
        Assert.DoesNotContain(FilesFailed, await world.TodoAsync(reporting, "c1"));
    }

    [Theory, EveryDatabase]
    public async Task The_inbox_is_paged_by_key_and_shows_each_notice_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        var whole = await reporting.ReturnAsync(world, round, "C1");
        var account = Guid.ParseExact(reporting.People["c1"].Actor.Id, "N");
        await world.HaveAsync([.. Enumerable.Range(0, 130).Select(i => Notice.Of(
            new(account, ReturnDue, MatterKind.Return, whole.Id, $"test:{i}") { Due = i % 3 == 0 ? null : new DateOnly(2026, 3, 1).AddDays(i % 7) }, world.Clock.NowMs))]);
        var reader = await world.AccessAsync(reporting.People["c1"]);
        List<Notice> seen = [];
        for (string? after = null, last = ""; last is not null; last = after)
        {
            var page = await world.InAsync((Db db) => Inbox.PageAsync(db, reader, InboxPart.Todo, null, after, Words.In(Language.Default), world.Clock.Today, Ct));
            seen.AddRange(page.Lines.Select(line => line.Notice));
            after = page.Next;
        }

        Assert.Equal(130, seen.Count);
        Assert.Equal(130, seen.Select(notice => notice.Id).Distinct().Count());
        Assert.Equal(seen.Select(notice => notice.Due ?? DateOnly.MaxValue).Order(), seen.Select(notice => notice.Due ?? DateOnly.MaxValue));
    }

    private static Task<int> CountAsync(World world, Reporting reporting, string who, NoticeKind kind)
    {
        var account = Guid.ParseExact(reporting.People[who].Actor.Id, "N");
        return world.InAsync((Db db) => db.AllNotices().CountAsync(notice => notice.AccountId == account && notice.Kind == kind, Ct));
    }
}
