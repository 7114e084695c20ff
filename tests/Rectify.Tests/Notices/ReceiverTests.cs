using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Notices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>To whom a notice sends objections, and by what rule its days are counted meanwhile.</summary>
public sealed class ReceiverTests
{
    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;

    [Theory, EveryDatabase]
    public async Task The_accepting_unit_publishes_several_units_receive_and_days_run_on_where_the_procedure_says_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("acceptor-notice") with { ObjectionClock = ObjectionClock.RunsOn });
        var (region, county, bureau) = (closing.Units["R"].Id, closing.Units["C1"].Id, closing.Units["P"].Id);
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, NoticeTests.Desk, 0, closing.People["office"], Ct));
        var closure = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice");
        Assert.Equal("closure.duty", await NoAsync(() => DraftAsync("office")));
        var id = await DraftAsync("bureau");
        Assert.Equal(["The office"], await ReceiversAsync());

        // The unit that publishes receives once it says how it is reached; a responsible unit does not set another's desk.
        Assert.Equal("notice.office", await NoAsync(() => DeskAsync("county", bureau, "The bureau", "0991-555 0166")));
        Assert.Equal("notice.desk-reach", await NoAsync(() => DeskAsync("bureau", bureau, "The bureau", " ")));
        await DeskAsync("bureau", bureau, "The bureau", "0991-555 0166");
        Assert.Equal("stale", await NoAsync(() => DeskAsync("bureau", bureau, "The bureau", "0991-555 0167")));
        Assert.Equal(["The bureau"], await ReceiversAsync());

        // 兵团: the responsible unit's phone stands beside the accepting unit's.
        Assert.Equal("notice.receivers", await NoAsync(() => ChooseAsync(county)));
        await DeskAsync("coffice", county, "The county", "0991-555 0177");
        Assert.Equal("notice.receivers", await NoAsync(() => ChooseAsync(county, county)));
        await ChooseAsync(county);
        Assert.Equal(["The county", "验收单位 The bureau"], await ReceiversAsync());
        await ChooseAsync(county, bureau, region);
        Assert.Equal(["The county", "The bureau", "The office"], await ReceiversAsync());

        await PublishAsync();
        var notice = await NoticeAsync();
        Assert.Equal((true, ObjectionClock.RunsOn, bureau), (notice.ByAcceptor, notice.ObjectionClock, notice.UnitId));
        var last = notice.EndsOn!.Value;
        var page = NoticeContent.Read(notice.Content);
        Assert.Contains(page.Contact, line => line.Value == "0991-555 0177");

        // Whoever is named enters what comes to them, and does not decide it; who is not named does neither.
        Closing.Today(world, world.Clock.Today.AddDays(2));
        var today = world.Clock.Today;
        Assert.Equal("public-notice.not-found", await NoAsync(() => EnterAsync("other")));
        await EnterAsync("county");
        notice = await NoticeAsync();
        Assert.Equal((NoticeState.Open, last), (notice.State, notice.EndsOn));
        var objection = await world.InAsync((Db db) => db.Objections().AsNoTracking().SingleAsync(Ct));
        Assert.Equal("notice.office", await NoAsync(() => SettleAsync("county")));

        // Its days are over, but nothing goes on before the decision; the closing's page says so.
        Closing.Today(world, last.AddDays(1));
        Assert.Equal("closure.obstacles", await NoAsync(() => world.InAsync((EndNotice end) => end.RunAsync(id, closing.People["bureau"], Ct))));
        Assert.Equal((0, NoticeState.Open), (await world.InAsync((EndNotices job) => job.RunAsync(Ct)), (await NoticeAsync()).State));
        var review = await ReviewAsync("bureau2");
        Assert.Equal((true, 1, 1, 1), (review.Told, review.Objections, review.Open, review.Lines.Count));
        Assert.Empty((await ReviewAsync("county")).Lines);
        await SettleAsync("bureau2");
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        review = await ReviewAsync("office");
        Assert.Equal((0, 1), (review.Open, review.Rules.Count(rule => rule.Standing is RuleStanding.Explained)));
        Assert.DoesNotContain(review.Rules, rule => rule.Standing is RuleStanding.Contradicts);
        Assert.Contains(review.Rules, rule => rule is { Standing: RuleStanding.Agrees, Rule: "公示天数" });
        await closing.GoAsync(world, closure);
        Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, closure)).State);

        Task<Guid> DraftAsync(string by) => world.InAsync((DraftNotice draft) => draft.RunAsync([closure], closing.People[by], Ct));
        Task<PublicNotice> NoticeAsync() => world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == id, Ct));
        Task DeskAsync(string by, Guid unit, string receiver, string phone) => world.InAsync((SetUnitDesk set) => set.RunAsync(Closing.Code, unit, new(receiver, phone, "", ""), 0, closing.People[by], Ct));
        Task<ClosureReview> ReviewAsync(string by) => world.InAsync(async (Db db) => await new ClosureReviews(db, world.Clock, Words.In(Language.Default)).OfAsync(await closing.CaseAsync(world, closure), closing.People[by], Ct));
        Task<string> EnterAsync(string by) => world.InAsync((ReceiveObjection receive) => receive.ByOfficeAsync(id, new(ObjectionMeans.Phone, ObjectionKind.NotDone, "Still smells.", DatedOn: today), today, [], Guid.NewGuid(), closing.People[by], Ct));
        Task SettleAsync(string by) => world.InAsync((SettleObjection settle) => settle.RunAsync(objection.Id, new(ObjectionOutcome.NotUpheld, "Looked at.", "It does not.", world.Clock.Today), 0, closing.People[by], Ct));
        async Task ChooseAsync(params Guid[] units)
        {
            var draft = await NoticeAsync();
            await world.InAsync((ChangeNotice change) => change.RunAsync(id, draft.Title, [new("", "All of it was done.", "")], null, draft.Version, closing.People["bureau"], Ct, units));
        }

        async Task<List<string>> ReceiversAsync() => await world.InAsync(async (Db db) =>
        {
            var draft = await NoticeAsync();
            var parts = await db.NoticeParts().AsNoTracking().Where(part => part.NoticeId == id).ToListAsync(Ct);
            var said = await NoticeWork.WordsAsync(db, draft, parts, [await closing.CaseAsync(world, closure)], null, world.Clock.Today, Ct);
            return said.Contact.Where(line => line.Name is "受理单位" or "验收单位").Select(line => line.Name is "受理单位" ? line.Value : $"{line.Name} {line.Value}").ToList();
        });

        async Task PublishAsync()
        {
            var draft = await NoticeAsync();
            foreach (var rule in (await ReviewAsync("bureau")).Rules.Where(rule => rule.Standing is RuleStanding.Contradicts))
            {
                Assert.Equal("远早于时限", rule.Rule);
            }

            var doubts = await world.InAsync(async (Db db) => await new NoticeStatement(db, world.Clock).DoubtsAsync(
                draft, await db.NoticeParts().AsNoTracking().Where(part => part.NoticeId == id).ToListAsync(Ct), [await closing.CaseAsync(world, closure)], world.Clock.Today, Ct));
            await world.InAsync((OverruleContradiction overrule) => overrule.RunAsync(id, closure, Assert.Single(doubts).Tag, "Done early indeed.", draft.Version, closing.People["bureau"], Ct));
            await world.InAsync(async (PublishNotice publish) => await publish.RunAsync(id, world.Clock.Today, "The bureau's site", (await NoticeAsync()).Version, closing.People["bureau"], Ct));
        }
    }
}
