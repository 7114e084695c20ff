using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>A notice from its draft to its end, and what objections do to it.</summary>
public sealed class NoticeTests
{
    internal static readonly DeskDetails Desk = new("\u516c\u793a", "The office", "0991-555 0101", "", "1 People's Road", "The government's site", true);

    [Theory, EveryDatabase]
    public async Task A_notice_goes_out_only_when_nothing_contradicts_or_a_reason_is_on_record(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var closure = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));

        // Nobody opens a notice around the check.
        var version = (await closing.ClosureAsync(world, closure)).Version;
        Assert.Equal("closure.obstacles", await NoAsync(() => world.InAsync((OpenNotice open) => open.RunAsync([(closure, version)], "The site", new(world.Clock.Today), closing.People[by], Ct))));
        Assert.Equal("closure.duty", await NoAsync(() => DraftAsync(world, closing, "county", closure)));
        var id = await DraftAsync(world, closing, by, closure);
        Assert.Equal("notice.drafted", await NoAsync(() => DraftAsync(world, closing, by, closure)));
        var notice = await NoticeAsync(world, id);
        Assert.Equal("notice.text", await NoAsync(() => ChangeAsync(new("", " ", ""))));
        await ChangeAsync(new("", "6个水体中5个已完成整治。", ""));

        // More than half a year before the deadline, and five of six: both are shown, and neither lets it out.
        var no = await Assert.ThrowsAsync<Refusal>(() => PublishAsync(world, closing, by, id));
        Assert.Equal((422, "notice.contradictions"), (no.Status, no.Code));
        var doubts = await DoubtsAsync(world, closing, by, id);
        Assert.Equal([ConsistencyRule.Share, ConsistencyRule.Early], doubts.Select(doubt => doubt.Found.Rule));
        Assert.Equal("notice.overruling", await NoAsync(() => OverruleAsync(world, closing, by, id, doubts[1], "no")));
        Assert.Equal("closure.duty", await NoAsync(() => OverruleAsync(world, closing, "county", id, doubts[1], "Done early indeed.")));
        await OverruleAsync(world, closing, by, id, doubts[1], "Done early indeed.");
        Assert.Equal("notice.no-contradiction", await NoAsync(() => OverruleAsync(world, closing, by, id, doubts[1], "Done early indeed.")));
        Assert.Equal("notice.contradictions", await NoAsync(() => PublishAsync(world, closing, by, id)));

        // Corrected, the one is gone; the reason for the other still holds.
        await ChangeAsync(new("", "6个水体已全部完成整治。", ""));
        Assert.Equal("notice.desk", await NoAsync(() => PublishAsync(world, closing, by, id)));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        Assert.Equal("closure.channel", await NoAsync(() => PublishAsync(world, closing, by, id, " ")));
        Assert.Equal((2026, 1), await PublishAsync(world, closing, by, id));
        notice = await NoticeAsync(world, id);
        Assert.Equal((NoticeState.Open, world.Clock.Today), (notice.State, notice.From));
        Assert.Equal(ItemStatus.Notice, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);
        var told = NoticeContent.Read(notice.Content).Body.Select(block => block.Text).ToList();
        Assert.Contains("6个水体已全部完成整治。", told);

        // Which item of which plan, and who accepted it when: as the record has them.
        var one = await closing.CaseAsync(world, closure);
        var accepted = one.InForce.Single(act => act.StepKind is StepKind.Acceptance);
        var acceptor = await world.InAsync((Db db) => db.Units().Where(unit => unit.Id == accepted.UnitId).Select(unit => unit.Name).SingleAsync(Ct));
        Assert.StartsWith($"《{one.Programme.Name}》{one.Item.NumberText}整改任务", told[0], StringComparison.Ordinal);
        Assert.Contains($"{acceptor}于{accepted.On:yyyy年M月d日}组织验收\uff0c同意通过。", told);
        Assert.Equal("notice.published", await NoAsync(() => ChangeAsync(new("", "x", ""))));

        // What was overruled is told by the words it had, though the text has others now; and the closing quotes the notice by its number.
        var overruled = Assert.Single(await world.InAsync((Db db) => db.Overrulings().AsNoTracking().ToListAsync(Ct)));
        Assert.Equal((Words.In(Language.Default).Why(doubts[1].Found), "Done early indeed."), (overruled.Said, overruled.Reason));
        var opened = Assert.Single((await closing.CaseAsync(world, closure)).Notices.Values);
        Assert.Equal((NoticeContent.Read(notice.Content).Number, 1), (opened.Number, opened.No));
        Assert.Equal("\u516c\u793a\u30142026\u30151\u53f7", opened.Number);

        // Only its days end it, once: by hand on the closing's own page not at all.
        Assert.Equal("notice.stands", await NoAsync(() => world.InAsync((EndNotice end) => end.RunAsync(id, closing.People[by], Ct))));
        Closing.Today(world, notice.EndsOn!.Value);
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Closing.Today(world, notice.EndsOn!.Value.AddDays(1));
        Assert.Equal("closure.obstacles", await NoAsync(() => closing.TakeAsync(world, closure, by)));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Assert.Equal(NoticeState.Ended, (await NoticeAsync(world, id)).State);
        Assert.Equal(notice.EndsOn, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Facts.Last(fact => fact.Kind is FactKind.NoticeEnded).On);
        await closing.GoAsync(world, closure);
        Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, closure)).State);

        // The certificate says what was reached, who accepted it and when, and where the public was told; no step stands there without a word.
        var paper = await world.InAsync(async (IServiceProvider services) => await new ClosurePapers(services.GetRequiredService<Db>(), Words.In(Language.Default), world.Clock, new Nowhere()).PaperAsync(
            await ClosureView.ReadAsync(services.GetRequiredService<Db>(), services.GetServices<IStepGate>(), closing.People["office"], closure, Ct), ClosurePaperKind.Certificate, "x", "https://zg.example.gov.cn", Ct));
        var tables = paper.Body.OfType<DataTable>().ToList();
        one = await closing.CaseAsync(world, closure);
        Assert.Equal(one.Declaration.Goals.Select(part => (string[])[part.Goal, part.Result, Words.In(Language.Default).Day(part.On!.Value)]), tables[0].Rows.Select(row => row.ToArray()));
        accepted = one.InForce.Single(act => act.StepKind is StepKind.Acceptance);
        Assert.Equal(
            [
                $"{closing.Units.Values.Single(unit => unit.Id == accepted.UnitId).Name}{Words.In(Language.Default).Date(accepted.On)}验收通过。",
                $"公示〔2026〕1号，{Words.In(Language.Default).Date(notice.From!.Value)}至{Words.In(Language.Default).Date(notice.EndsOn!.Value)}，{Words.In(Language.Default).Days(notice.Stands)}。The site",
            ],
            paper.Body.OfType<KeyValueTable>().Single().Rows.Select(row => row.Value));
        Assert.DoesNotContain(tables[1].Rows, row => row.Any(cell => cell.Trim().Length == 0));

        async Task ChangeAsync(PartText text)
        {
            var now = await NoticeAsync(world, id);
            await world.InAsync((ChangeNotice change) => change.RunAsync(id, now.Title, [text], null, now.Version, closing.People[by], Ct));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_countys_notice_is_signed_by_its_signing_name_and_one_in_the_areas_own_name_is_pointed_at(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("three-level"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var closure = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        Assert.Equal(closing.Units["C1"].Id, (await NoticeAsync(world, id)).UnitId);
        var draft = await ViewAsync();
        Assert.Equal(("Unit C1", "Unit C1"), (draft.Content.Issuer, draft.AreaSigning?.Name));

        // Its government signs; the desk's receiver is the programme's office and signs for the region alone.
        await SignAsync("C1", "云岭县人民政府");
        draft = await ViewAsync();
        Assert.Equal(("云岭县人民政府", null), (draft.Content.Issuer, draft.AreaSigning));
        foreach (var doubt in draft.Doubts)
        {
            await OverruleAsync(world, closing, by, id, doubt, "It holds all the same.");
        }

        await PublishAsync(world, closing, by, id);
        Assert.Equal("云岭县人民政府", NoticeContent.Read((await NoticeAsync(world, id)).Content).Issuer);
        await SignAsync("C1", "云岭县整改办");
        Assert.Equal(("云岭县人民政府", null), ((await ViewAsync()).Content.Issuer, (await ViewAsync()).AreaSigning)); // what was published stays

        Task<NoticeView> ViewAsync() => world.InAsync((IServiceProvider services) => NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People[by], id, Ct));

        Task SignAsync(string code, string name) => closing.SignAsAsync(world, code, name);
    }

    [Theory, EveryDatabase]
    public async Task The_programmes_region_signs_by_its_signing_name_or_by_the_desks_receiver(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var closure = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        Assert.Equal(("Unit R", "Unit R"), await SignedAsync());
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        Assert.Equal(("The office", null), await SignedAsync());
        await closing.SignAsAsync(world, "R", "云岭自治区整改办");
        Assert.Equal(("云岭自治区整改办", null), await SignedAsync());

        async Task<(string, string?)> SignedAsync() => await world.InAsync(async (IServiceProvider services) =>
            await NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People[by], id, Ct) is var view ? (view.Content.Issuer, view.AreaSigning?.Name) : default);
    }

    [Theory, EveryDatabase]
    public async Task An_objection_stops_the_clock_and_a_decision_starts_it_with_the_days_that_are_left(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, closure, id, by) = await PublishedAsync(world);
        var notice = await NoticeAsync(world, id);
        var announced = notice.EndsOn!.Value;
        Closing.Today(world, notice.From!.Value.AddDays(2));
        var code = await ObjectAsync(world, notice, "The ditch is still black. Ask nobody.");
        notice = await NoticeAsync(world, id);
        Assert.Equal((NoticeState.Suspended, null), (notice.State, notice.EndsOn));
        Assert.Equal(ItemStatus.Objected, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);

        // Sent twice it is one; long after the announced end nothing goes on.
        var key = Guid.NewGuid();
        await ObjectAsync(world, notice, "Another one.", key);
        Assert.Equal("objection.sent", await NoAsync(() => ObjectAsync(world, notice, "Another one.", key)));
        Closing.Today(world, announced.AddDays(10));
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Assert.Equal("notice.objection-open", await NoAsync(() => world.InAsync((EndNotice end) => end.RunAsync(id, closing.People[by], Ct))));
        var objections = await ObjectionsAsync(world, id);
        Assert.Equal([1, 2], objections.Select(one => one.No));
        Assert.Equal(ReceiptCode.Hash(code), objections[0].CodeHash);
        foreach (var who in new[] { "county", "reader", "bureau", "leader" })
        {
            Assert.Equal("notice.office", await NoAsync(() => SettleAsync(world, closing, who, objections[0], ObjectionOutcome.NotUpheld)));
        }

        await SettleAsync(world, closing, "office", objections[0], ObjectionOutcome.NotUpheld);
        Assert.Equal(NoticeState.Suspended, (await NoticeAsync(world, id)).State);
        await SettleAsync(world, closing, "office", objections[1], ObjectionOutcome.Partly);
        notice = await NoticeAsync(world, id);
        Assert.Equal(NoticeState.Open, notice.State);
        Assert.Equal(ItemStatus.Notice, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);
        var clock = NoticeWork.Clock(notice, await ObjectionsAsync(world, id), Rectify.Calendars.WorkingCalendar.StateCouncil);
        Assert.Equal((notice.Days, notice.EndsOn), (clock.Days.Count(day => day.No is not null), clock.Last));
        Assert.True(notice.EndsOn > announced.AddDays(10));
        Assert.Equal("objection.settled", await NoAsync(() => SettleAsync(world, closing, "office", objections[0], ObjectionOutcome.Upheld)));

        // A letter counts by its postmark: sent on the last day it is in time, a day later it is not.
        Closing.Today(world, notice.EndsOn!.Value.AddDays(1));
        await EnterAsync(world, closing, id, notice.EndsOn.Value.AddDays(1));
        Assert.Equal("objection.dates", await NoAsync(() => EnterAsync(world, closing, id, world.Clock.Today.AddDays(1))));
        Assert.False((await ObjectionsAsync(world, id))[2].InTime);
        await EnterAsync(world, closing, id, notice.EndsOn.Value);
        Assert.True((await ObjectionsAsync(world, id))[3].InTime);
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        await SettleAsync(world, closing, "office", (await ObjectionsAsync(world, id))[3], ObjectionOutcome.NotUpheld);
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Assert.Equal("objections", (await closing.ClosureAsync(world, closure)).StepKey);
    }

    [Theory, EveryDatabase]
    public async Task An_upheld_objection_stops_the_notice_and_sends_the_item_back_and_nobody_is_named_in_the_journal(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, closure, id, _) = await PublishedAsync(world);
        var notice = await NoticeAsync(world, id);
        await ObjectAsync(world, notice, "Nothing was dug.");
        var objection = Assert.Single(await ObjectionsAsync(world, id));
        Assert.Equal("notice.office", await NoAsync(() => world.InAsync((ReadObjector read) => read.RunAsync(objection.Id, closing.People["county"], Ct))));
        Assert.Equal(new Objector("Wei Qingshan", "13900000001"), await world.InAsync((ReadObjector read) => read.RunAsync(objection.Id, closing.People["office"], Ct)));
        await SettleAsync(world, closing, "office", objection, ObjectionOutcome.Upheld);
        var one = await closing.ClosureAsync(world, closure);
        Assert.Equal((ClosureState.Drafting, 1, NoticeState.Stopped), (one.State, one.Returns, (await NoticeAsync(world, id)).State));
        Assert.Equal(ItemStatus.Returned, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);

        await world.InAsync(async (Db db) =>
        {
            var kinds = await db.Journal.AsNoTracking().Where(row => row.Subject == id).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Ct);
            Assert.Equal("notice.objector-read", kinds[^2]);
            var bodies = await db.Journal.AsNoTracking().Select(row => row.Body).ToListAsync(Ct);
            var openings = (await db.OpeningsOfAsync(id, await db.Journal.Where(row => row.Subject == id).Select(row => row.EntryId).ToListAsync(Ct), Ct)).Select(opening => $"{opening.Before} {opening.After}");
            Assert.DoesNotContain(bodies.Select(Encoding.UTF8.GetString).Concat(openings), text => text.Contains("Qingshan", StringComparison.Ordinal) || text.Contains("13900000001", StringComparison.Ordinal));
            Assert.DoesNotContain("Qingshan", objection.Sealed, StringComparison.Ordinal);
        });
    }

    // The region's day ends at 16:00 UTC. A letter that was posted in time may come when the notice is over, and the item signed off or closed.
    [Fact]
    public async Task The_last_day_ends_at_midnight_in_Beijing_and_a_letter_posted_on_it_counts_whenever_it_comes()
    {
        await using var world = await World.CreateAsync("sqlite");
        world.Clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var (closing, closure, id, _) = await PublishedAsync(world);
        var (other, second) = await PublishAlsoAsync(world, closing, closing.Tasks[2].Id);
        var last = (await NoticeAsync(world, id)).EndsOn!.Value;
        world.Clock.SetUtcNow(new(last.ToDateTime(new(15, 59, 59)), TimeSpan.Zero));
        await ObjectAsync(world, await NoticeAsync(world, second), "In the last second.");
        Assert.True(Assert.Single(await ObjectionsAsync(world, second)).InTime);
        Assert.Equal(last, (await ObjectionsAsync(world, second))[0].ReceivedOn);
        world.Clock.SetUtcNow(new(last.ToDateTime(new(16, 0, 0)), TimeSpan.Zero));
        var notice = await NoticeAsync(world, id);
        Assert.Equal("objection.closed", await NoAsync(() => ObjectAsync(world, notice, "A second late.")));

        // The notice is over and its step taken; then the letter comes.
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        await closing.GoAsync(world, closure, "sign");
        Closing.Today(world, world.Clock.Today.AddDays(3));
        await EnterAsync(world, closing, id, last);
        Assert.True(Assert.Single(await ObjectionsAsync(world, id)).InTime);
        Assert.Equal("closure.obstacles", await NoAsync(() => closing.TakeAsync(world, closure, "leader")));
        Assert.Equal(ItemStatus.Objected, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);
        await SettleAsync(world, closing, "office", (await ObjectionsAsync(world, id))[0], ObjectionOutcome.NotUpheld);
        await EnterAsync(world, closing, id, last);
        await SettleAsync(world, closing, "office", (await ObjectionsAsync(world, id))[1], ObjectionOutcome.Upheld);
        Assert.Equal((ClosureState.Drafting, 1), await StateAsync(closure));
        Assert.Equal(ItemStatus.Returned, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);

        // Closed, it can only be taken up again: the decision says so and changes nothing.
        await SettleAsync(world, closing, "office", (await ObjectionsAsync(world, second))[0], ObjectionOutcome.NotUpheld);
        Closing.Today(world, (await NoticeAsync(world, second)).EndsOn!.Value.AddDays(1));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        await closing.GoAsync(world, other);
        Closing.Today(world, world.Clock.Today.AddDays(2));
        await EnterAsync(world, closing, second, last);
        Assert.Equal("objection.item-closed", await NoAsync(async () => await SettleAsync(world, closing, "office", (await ObjectionsAsync(world, second))[1], ObjectionOutcome.Upheld)));
        Assert.Equal((ClosureState.Finished, 0), await StateAsync(other));

        async Task<(ClosureState, int)> StateAsync(Guid one)
        {
            var now = await closing.ClosureAsync(world, one);
            return (now.State, now.Returns);
        }
    }

    [Theory, EveryDatabase]
    public async Task Two_who_publish_at_once_get_numbers_without_a_gap(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var drafts = new List<(Guid Id, string By)>();
        foreach (var task in new[] { closing.Tasks[0], closing.Tasks[2] })
        {
            var closure = await closing.HaveAtAsync(world, task.Id, "notice");
            var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
            drafts.Add((await DraftAsync(world, closing, by, closure), by));
        }

        foreach (var (id, by) in drafts)
        {
            foreach (var doubt in await DoubtsAsync(world, closing, by, id))
            {
                await OverruleAsync(world, closing, by, id, doubt, "It holds all the same.");
            }
        }

        var numbers = await Task.WhenAll(drafts.Select(draft => PublishAsync(world, closing, draft.By, draft.Id)));
        Assert.Equal([(2026, 1), (2026, 2)], numbers.Order());
    }

    private static async Task<(Closing Closing, Guid Closure, Guid Notice, string By)> PublishedAsync(World world, Closing? known = null)
    {
        var closing = known ?? await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var (closure, id) = await PublishAlsoAsync(world, closing, closing.Tasks[0].Id);
        return (closing, closure, id, await closing.TakerAsync(world, await closing.CaseAsync(world, closure)));
    }

    internal static async Task<(Guid Closure, Guid Notice)> PublishAlsoAsync(World world, Closing closing, Guid task)
    {
        var closure = await closing.HaveAtAsync(world, task, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        foreach (var doubt in await DoubtsAsync(world, closing, by, id))
        {
            await OverruleAsync(world, closing, by, id, doubt, "It holds all the same.");
        }

        await PublishAsync(world, closing, by, id);
        return (closure, id);
    }

    /// <summary>A notice of the first task that stands.</summary>
    internal static async Task<Guid> HaveStandingAsync(World world, Closing closing) => (await PublishedAsync(world, closing)).Notice;

    internal static Task<Guid> DraftAsync(World world, Closing closing, string by, params Guid[] closures) => world.InAsync((DraftNotice draft) => draft.RunAsync(closures, closing.People[by], Ct));

    internal static Task<PublicNotice> NoticeAsync(World world, Guid id) => world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == id, Ct));

    internal static Task<List<Objection>> ObjectionsAsync(World world, Guid id) => world.InAsync((Db db) => db.Objections().AsNoTracking().Where(one => one.NoticeId == id).OrderBy(one => one.No).ToListAsync(Ct));

    internal static Task<IReadOnlyList<Doubt>> DoubtsAsync(World world, Closing closing, string by, Guid id) => world.InAsync(async (IServiceProvider services) =>
        (await NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People[by], id, Ct)).Doubts);

    internal static async Task OverruleAsync(World world, Closing closing, string by, Guid id, Doubt doubt, string reason)
    {
        var now = await NoticeAsync(world, id);
        await world.InAsync((OverruleContradiction overrule) => overrule.RunAsync(id, doubt.Part.ClosureId, doubt.Tag, reason, now.Version, closing.People[by], Ct));
    }

    internal static async Task<(int Year, int No)> PublishAsync(World world, Closing closing, string by, Guid id, string channel = "The site")
    {
        var now = await NoticeAsync(world, id);
        return await world.InAsync((PublishNotice publish) => publish.RunAsync(id, world.Clock.Today, channel, now.Version, closing.People[by], Ct));
    }

    internal static Task<string> ObjectAsync(World world, PublicNotice notice, string text, Guid? key = null) => world.InAsync((ReceiveObjection receive) => receive.OnlineAsync(
        notice.PublicId, new(ObjectionMeans.Online, ObjectionKind.NotDone, text) { Name = "Wei Qingshan", Contact = "13900000001" }, [], key ?? Guid.NewGuid(), Ct));

    internal static Task<string> EnterAsync(World world, Closing closing, Guid id, DateOnly postmark) => world.InAsync((ReceiveObjection receive) => receive.ByOfficeAsync(
        id, new(ObjectionMeans.Post, ObjectionKind.Other, "By letter.", DatedOn: postmark), world.Clock.Today, [], Guid.NewGuid(), closing.People["office"], Ct));

    internal static Task SettleAsync(World world, Closing closing, string by, Objection one, ObjectionOutcome outcome) => world.InAsync((SettleObjection settle) => settle.RunAsync(
        one.Id, new(outcome, "Seen on site.", "It was looked at.", world.Clock.Today), one.Version, closing.People[by], Ct));

    internal static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
