using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tests.Closure;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Notices.NoticeTests;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>Rules of notices at their edges: what is about one item of several, what came too early, what a decision may say and who makes it, numbers of another year.</summary>
public sealed class NoticeRulesTests
{
    [Theory, EveryDatabase]
    public async Task What_is_said_of_one_item_of_a_notice_holds_for_that_one_alone(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("shared-notice"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var (one, other) = (await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice"), await closing.HaveAtAsync(world, closing.Tasks[2].Id, "notice"));
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, one));
        var id = await DraftAsync(world, closing, by, one, other);

        // Both go out long before the same deadline: a reason for the one is none for the other.
        var doubts = (await DoubtsAsync(world, closing, by, id)).ToLookup(doubt => doubt.Part.ClosureId);
        Assert.Equal(doubts[one].Select(doubt => doubt.Tag), doubts[other].Select(doubt => doubt.Tag));
        foreach (var doubt in doubts[one])
        {
            await OverruleAsync(world, closing, by, id, doubt, "It was done early indeed.");
        }

        Assert.All(await DoubtsAsync(world, closing, by, id), doubt => Assert.Equal(doubt.Part.ClosureId == one, doubt.Overruled is not null));
        Assert.Equal("notice.contradictions", await NoAsync(() => PublishAsync(world, closing, by, id)));
        foreach (var doubt in doubts[other])
        {
            await OverruleAsync(world, closing, by, id, doubt, "It was done early indeed.");
        }

        await PublishAsync(world, closing, by, id);
        var notice = await NoticeAsync(world, id);
        var last = notice.EndsOn!.Value;
        var desk = await world.InAsync((Db db) => db.ObjectionDesks().AsNoTracking().SingleAsync(Ct));
        Assert.Equal((true, false), (ReceiveObjection.IsOpenOnline(notice, desk, last), ReceiveObjection.IsOpenOnline(notice, desk, last.AddDays(1))));
        Closing.Today(world, last);
        Assert.Equal("notice.stands", await NoAsync(() => world.InAsync((EndNotice end) => end.RunAsync(id, closing.People[by], Ct))));
        Closing.Today(world, last.AddDays(1));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));

        // A letter about the one, posted in time: the other goes on, and stays where it is when the one is sent back.
        await EnterAsync(world, closing, id, last, one);
        Assert.Equal((NoticeState.Ended, last), (await NoticeAsync(world, id)) is var over ? (over.State, over.EndsOn!.Value) : default); // it does not stand again
        Assert.Equal("closure.obstacles", await NoAsync(() => closing.TakeAsync(world, one)));
        await closing.TakeAsync(world, other);
        await SettleAsync(world, closing, id, 1, new(ObjectionOutcome.Upheld, "Seen on site.", "It goes back.", world.Clock.Today));
        Assert.Equal([(ClosureState.Drafting, 1), (ClosureState.Running, 0)], (await closing.ClosureAsync(world, one), await closing.ClosureAsync(world, other)) is var (back, on) ? [(back.State, back.Returns), (on.State, on.Returns)] : []);

        // Closed, though a step of it is to come, the other can only be taken up again.
        await closing.GoAsync(world, other, "publish");
        await EnterAsync(world, closing, id, last, other);
        Assert.Equal("objection.item-closed", await NoAsync(() => SettleAsync(world, closing, id, 2, new(ObjectionOutcome.Upheld, "Seen on site.", "It goes back.", world.Clock.Today))));
        Assert.Equal("publish", (await closing.ClosureAsync(world, other)).StepKey);
    }

    [Theory, EveryDatabase]
    public async Task A_decision_is_made_by_someone_else_on_a_day_that_can_be_and_sends_back_only_what_it_says(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var (closure, id) = await PublishAlsoAsync(world, closing, closing.Tasks[0].Id);
        var notice = await NoticeAsync(world, id);
        var from = notice.From!.Value;

        // Posted before the notice stood, a letter is no objection to it: nothing stops, and every day counts.
        await EnterAsync(world, closing, id, from.AddDays(-1));
        Assert.False((await ObjectionsAsync(world, id))[0].InTime);
        Assert.Equal((NoticeState.Open, notice.EndsOn, notice.EndsOn), (await NoticeAsync(world, id)) is var now ? (now.State, now.EndsOn, (await ViewAsync(world, closing, id)).Clock!.Last) : default);

        // What went out stays word for word, whatever the plan says since.
        var words = (await ViewAsync(world, closing, id)).Content.ToJson();
        var item = (await closing.ViewAsync(world, closing.Tasks[0].Id)).Item;
        await world.InAsync((ChangeItemWords change) => change.RunAsync(item.Id, item.Version, "", "Worded anew.", item.Goal, closing.People["office"], Ct));
        Assert.Equal((words, notice.ContentHash), ((await ViewAsync(world, closing, id)).Content.ToJson(), (await NoticeAsync(world, id)).ContentHash));
        await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(
            item.Id, (await closing.ViewAsync(world, item.Id)).Item.Version, item.Title, item.Text, item.Goal, closing.People["office"], Ct));

        // Two days later one that is in time; who declared does not decide it, and no day is decided on that has not come or lies before it came.
        Closing.Today(world, from.AddDays(2));
        await EnterAsync(world, closing, id, from.AddDays(1));
        Closing.Today(world, from.AddDays(3));
        var declared = closing.People["county"].Actor;
        await world.InAsync((GiveDuty give) => give.RunAsync(Guid.ParseExact(declared.Id, "N"), Role.Office, closing.Units["R"].Id, null, null, Setup, Ct));
        var both = await world.InAsync((Db db) => Reader.AccessOf(db, declared, world.Clock.Today, Ct));
        var decision = new ObjectionDecision(ObjectionOutcome.NotUpheld, "Seen on site.", "It was looked at.", world.Clock.Today, SendBack: true);
        Assert.Equal("closure.own", await NoAsync(() => SettleAsync(world, closing, id, 2, decision, both)));
        Assert.Equal("objection.day", await NoAsync(() => SettleAsync(world, closing, id, 2, decision with { On = from.AddDays(1) })));
        Assert.Equal("objection.day", await NoAsync(() => SettleAsync(world, closing, id, 2, decision with { On = from.AddDays(4) })));
        await SettleAsync(world, closing, id, 2, decision);
        Assert.Equal((ClosureState.Running, NoticeState.Open), ((await closing.ClosureAsync(world, closure)).State, (await NoticeAsync(world, id)).State)); // not upheld sends nothing back
        var ends = (await NoticeAsync(world, id)).EndsOn!.Value;
        Assert.Equal(
            WorkingCalendar.StateCouncil.WorkingDaysBetween(from.AddDays(4), ends), // neither the day it came nor that of the decision counts, nor a day between
            Assert.Single(await world.InAsync((Db db) => NoticesInPublic.ReadAsync(db, null, true, 10, world.Clock.Today, Ct))).Left);

        // In part, it sends back where it says so; what comes to a notice that was stopped is none to it.
        await EnterAsync(world, closing, id, world.Clock.Today);
        await SettleAsync(world, closing, id, 3, decision with { Outcome = ObjectionOutcome.Partly });
        Assert.Equal((ClosureState.Drafting, NoticeState.Stopped), ((await closing.ClosureAsync(world, closure)).State, (await NoticeAsync(world, id)).State));
        await EnterAsync(world, closing, id, from);
        Assert.False((await ObjectionsAsync(world, id))[3].InTime);
    }

    [Theory, EveryDatabase]
    public async Task Numbers_begin_anew_with_the_year_and_a_draft_given_up_has_none_and_is_nobodys(string database)
    {
        await using var world = await World.CreateAsync(database, new(2025, 12, 1, 1, 0, 0, TimeSpan.Zero));
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"), on: new(2025, 12, 1));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var (one, other) = (await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice"), await closing.HaveAtAsync(world, closing.Tasks[2].Id, "notice"));
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, one));
        Assert.Equal("closure.notice-alone", await NoAsync(() => DraftAsync(world, closing, by, one, other)));
        var dropped = await DraftAsync(world, closing, by, one);
        await world.InAsync(async (ChangeNotice change) => await change.DropAsync(dropped, (await NoticeAsync(world, dropped)).Version, closing.People[by], Ct));
        Assert.Equal((2025, 1), await GoOutAsync(one));
        Closing.Today(world, new(2026, 1, 5));
        Assert.Equal((2026, 1), await GoOutAsync(other));
        Assert.Equal([(2025, 1), (2026, 1)], (await world.InAsync((Db db) => db.PublishedNotices().AsNoTracking().OrderBy(notice => notice.Year).ToListAsync(Ct))).Select(notice => (notice.Year, notice.No)));

        async Task<(int Year, int No)> GoOutAsync(Guid closure)
        {
            var id = await DraftAsync(world, closing, by, closure);
            foreach (var doubt in await DoubtsAsync(world, closing, by, id))
            {
                await OverruleAsync(world, closing, by, id, doubt, "It holds all the same.");
            }

            return await PublishAsync(world, closing, by, id);
        }
    }

    [Theory, EveryDatabase]
    public async Task What_was_written_on_and_the_papers_and_pictures_of_a_closing_are_judged_with_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            Closing.Code,
            new(["01"], [new("report", "01", "整改报告", PieceKind.Document) { From = RequiredFrom.Completed, Words = "report" }, new("pair", "01", "整改前后照片", PieceKind.Photo) { From = RequiredFrom.Applied, Pairs = true }]),
            "as agreed", 1, closing.People["office"], Ct));
        var task = closing.Tasks[0].Id;
        await EvidenceTests.AddAsync(world, closing.People["county"], "plan"u8.ToArray(), new("县级整改方案", PieceKind.Document, new(2026, 1, 4)), task); // the programme's own plan is of the fifth
        await EvidenceTests.AddAsync(world, closing.People["county"], "own"u8.ToArray(), new("A plan by its kind alone", PieceKind.Plan, new(2026, 1, 3)), task);
        var closure = await closing.HaveAtAsync(world, task, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        Assert.Equal([ConsistencyRule.Early, ConsistencyRule.Document, ConsistencyRule.Document, ConsistencyRule.Pair], (await DoubtsAsync(world, closing, by, id)).Select(doubt => doubt.Found.Rule));

        var notice = await NoticeAsync(world, id);
        await world.InAsync((ChangeNotice change) => change.RunAsync(id, notice.Title, [new("6个水体中5个已完成整治。", "已全部完成整治。", "")], null, notice.Version, closing.People[by], Ct));
        Assert.Equal(ConsistencyRule.Share, (await DoubtsAsync(world, closing, by, id))[0].Found.Rule);
    }

    [Theory, EveryDatabase]
    public async Task A_notice_that_goes_out_here_after_its_first_day_needs_a_reason_and_a_proof_and_says_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var task = closing.Tasks[0].Id;
        var closure = await closing.HaveAtAsync(world, task, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        var from = world.Clock.Today;
        var here = from.AddDays(30);
        Closing.Today(world, here);
        Assert.DoesNotContain(ConsistencyRule.Backdated, (await DoubtsAsync(world, closing, by, id)).Select(doubt => doubt.Found.Rule)); // from today it is none
        var doubts = await DoubtsFromAsync();
        var late = Assert.Single(doubts, doubt => doubt.Found.Rule is ConsistencyRule.Backdated);
        foreach (var doubt in doubts.Where(doubt => doubt != late && doubt.Overruled is null))
        {
            await OverruleFromAsync(doubt);
        }

        Assert.Equal("notice.contradictions", await NoAsync(PublishFromAsync));
        await OverruleFromAsync(late);
        Assert.Equal("notice.backdated", await NoAsync(PublishFromAsync));

        // A picture of where it stood, named by whoever writes the draft.
        var shot = await EvidenceTests.AddAsync(world, closing.People["county"], "screen"u8.ToArray(), new("Screenshot", PieceKind.Document, from), task);
        Assert.Equal(403, (await Assert.ThrowsAsync<Refusal>(() => ProveAsync("county"))).Status);
        Assert.Equal("notice.evidence", await NoAsync(() => world.InAsync((ProveNotice prove) => prove.RunAsync(id, Guid.NewGuid(), closing.People[by], Ct))));
        await ProveAsync(by);
        Assert.Equal("notice.proved", await NoAsync(() => ProveAsync(by)));
        await PublishFromAsync();
        Assert.Equal([shot], (await ViewAsync(world, closing, id)).Pieces.Select(piece => piece.Id));

        var notice = await NoticeAsync(world, id);
        Assert.Equal((from, here, true), (notice.From, notice.PublishedOn, notice.IsBackdated));
        var kept = Assert.Single((await closing.CaseAsync(world, closure)).Notices.Values);
        Assert.EndsWith(Words.In(Language.Default)["closure.notice.told.late", here], Words.In(Language.Default).Told(kept, kept.To), StringComparison.Ordinal);

        async Task<IReadOnlyList<Doubt>> DoubtsFromAsync() => (await world.InAsync((IServiceProvider services) => NoticeView.ReadAsync(
            services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People[by], id, Ct, from))).Doubts;

        async Task OverruleFromAsync(Doubt doubt)
        {
            var version = (await NoticeAsync(world, id)).Version;
            await world.InAsync((OverruleContradiction overrule) => overrule.RunAsync(id, doubt.Part.ClosureId, doubt.Tag, "It stood in the newspaper.", version, closing.People[by], Ct, from));
        }

        async Task PublishFromAsync()
        {
            var version = (await NoticeAsync(world, id)).Version;
            await world.InAsync((PublishNotice publish) => publish.RunAsync(id, from, "The newspaper", version, closing.People[by], Ct));
        }

        Task ProveAsync(string who) => world.InAsync((ProveNotice prove) => prove.RunAsync(id, shot, closing.People[who], Ct));
    }

    [Theory, EveryDatabase]
    public async Task What_comes_by_hand_or_phone_stops_the_days_too_and_brings_no_more_files_than_may_be(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var (_, id) = await PublishAlsoAsync(world, closing, closing.Tasks[0].Id);
        var from = (await NoticeAsync(world, id)).From!.Value;
        Closing.Today(world, from.AddDays(1));
        static ObjectionUpload File(long size) => new(new MemoryStream("%PDF-1.7\n"u8.ToArray()), size);
        Assert.Equal("objection.files", await NoAsync(() => ComeAsync(ObjectionMeans.Hand, [.. Enumerable.Repeat(0, ReceiveObjection.MostFiles + 1).Select(_ => File(9))])));
        Assert.Equal("objection.files", await NoAsync(() => ComeAsync(ObjectionMeans.Hand, [File(ReceiveObjection.LargestMiB * 1_048_576L + 1)])));
        Assert.Empty(await ObjectionsAsync(world, id));

        await ComeAsync(ObjectionMeans.Hand, [.. Enumerable.Repeat(0, ReceiveObjection.MostFiles).Select(_ => File(9))]);
        await ComeAsync(ObjectionMeans.Phone, []);
        Assert.Equal([(ObjectionMeans.Hand, true), (ObjectionMeans.Phone, true)], (await ObjectionsAsync(world, id)).Select(one => (one.Means, one.InTime)));
        Assert.Equal(ReceiveObjection.MostFiles, await world.InAsync((Db db) => db.ObjectionFiles().CountAsync(file => file.NoticeId == id, Ct)));
        foreach (var no in new[] { 1, 2 })
        {
            Assert.Equal(NoticeState.Suspended, (await NoticeAsync(world, id)).State);
            await SettleAsync(world, closing, id, no, new(ObjectionOutcome.NotUpheld, "Seen on site.", "It was looked at.", world.Clock.Today));
        }

        Assert.Equal(NoticeState.Open, (await NoticeAsync(world, id)).State);

        Task<string> ComeAsync(ObjectionMeans means, IReadOnlyList<ObjectionUpload> files) => world.InAsync((ReceiveObjection receive) => receive.ByOfficeAsync(
            id, new(means, ObjectionKind.NotDone, "It is not done.", DatedOn: from.AddDays(1)), world.Clock.Today, files, Guid.NewGuid(), closing.People["office"], Ct));
    }

    private static Task<string> EnterAsync(World world, Closing closing, Guid id, DateOnly postmark, Guid? about = null) => world.InAsync((ReceiveObjection receive) => receive.ByOfficeAsync(
        id, new(ObjectionMeans.Post, ObjectionKind.Other, "By letter.", Closure: about, DatedOn: postmark), world.Clock.Today, [], Guid.NewGuid(), closing.People["office"], Ct));

    private static async Task SettleAsync(World world, Closing closing, Guid id, int no, ObjectionDecision decision, Access? by = null)
    {
        var one = (await ObjectionsAsync(world, id))[no - 1];
        await world.InAsync((SettleObjection settle) => settle.RunAsync(one.Id, decision, one.Version, by ?? closing.People["office"], Ct));
    }

    private static Task<NoticeView> ViewAsync(World world, Closing closing, Guid id) => world.InAsync((IServiceProvider services) =>
        NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People["office"], id, Ct));

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
