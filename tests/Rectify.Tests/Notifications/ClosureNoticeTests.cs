using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tests.Closure;
using Rectify.Tests.Evidence;
using static Rectify.Notifications.NoticeKind;
using static Rectify.Tests.Organisation.People;
using PublicNotices = Rectify.Tests.Notices.NoticeTests;

namespace Rectify.Tests.Notifications;

/// <summary>Whom a closing concerns is told: to take a step, to correct, to sign again, by when; nobody twice, and nobody else.</summary>
public sealed class ClosureNoticeTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_has_the_next_act_is_told_once_and_it_settles_by_itself(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "material");
        await TellAsync();

        // The prefecture's bureau accepts for the county; who stands above it, or accepts elsewhere, has nothing to do.
        await ToldAsync(ClosureToTake, "bureau", "bureau2");

        // Its limit of five working days: three before, one before, on the day, and each working day after.
        var due = (await closing.ClosureAsync(world, id)).StepDue!.Value;
        await ToldAsync(ClosureDue);
        Closing.Today(world, due.AddDays(-1));
        await TellAsync();
        await ToldAsync(ClosureDue, "bureau", "bureau2");
        var before = await world.EverythingAsync();
        await world.ForgetCursorAsync();
        await TellAsync();
        Assert.Equal(before, await world.EverythingAsync());

        // Sent back: the county reads why, and nobody waits for it any more.
        var version = (await closing.ClosureAsync(world, id)).Version;
        await world.InAsync((ReturnClosure back) => back.RunAsync(id, version, new(world.Clock.Today, "The list is missing."), closing.People["bureau"], Ct));
        await TellAsync();
        await ToldAsync(ClosureToTake);
        await ToldAsync(ClosureDue);
        await ToldAsync(ClosureBack, "county", "county2");

        // Onwards to the review; then a file that was signed is replaced, and the first signature waits for the county again.
        await closing.GoAsync(world, id, "review");
        await TellAsync();
        await ToldAsync(ClosureBack);
        await ToldAsync(ClosureToTake, "office", "office2", "office3");
        var piece = (await closing.CaseAsync(world, id)).Declaration.Evidence[0];
        var upload = await EvidenceTests.UploadAsync(world, closing.People["county"], Encoding.UTF8.GetBytes("better"));
        var at = await world.InAsync((Db db) => db.PiecesFor(closing.People["office"]).Where(known => known.Id == piece).Select(known => known.Version).SingleAsync(Ct));
        await world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "better", at, closing.People["county"], Ct));
        await TellAsync();
        await ToldAsync(ClosureToTake);
        await ToldAsync(ClosureStale, "county", "county2");
        version = (await closing.ClosureAsync(world, id)).Version;
        await world.InAsync((RenewSignature renew) => renew.RunAsync(id, version, RenewalEffect.None, new(world.Clock.Today, "seen"), closing.People["county"], Ct));
        await TellAsync();
        await ToldAsync(ClosureStale, "county", "county2"); // the application is the next that is stale

        async Task TellAsync()
        {
            await world.FollowAsync();
            await world.RemindAsync();
        }

        Task ToldAsync(Rectify.Notifications.NoticeKind kind, params string[] who) => DemandToldAsync(world, closing, kind, who);
    }

    // The notice stands still meanwhile: whoever does not hear of it lets it stand for ever.
    [Theory, EveryDatabase]
    public async Task Whoever_answers_an_objection_is_told_and_nobody_once_it_is_decided(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var id = await PublicNotices.HaveStandingAsync(world, closing);
        var notice = await PublicNotices.NoticeAsync(world, id);
        await world.FollowAsync();
        await DemandToldAsync(world, closing, ObjectionToAnswer);

        await PublicNotices.ObjectAsync(world, notice, "The ditch is still black.");
        await world.FollowAsync();

        await DemandToldAsync(world, closing, ObjectionToAnswer, "office", "office2", "office3");
        await DemandToldAsync(world, closing, ClosureToTake);

        var objection = Assert.Single(await PublicNotices.ObjectionsAsync(world, id));
        await PublicNotices.SettleAsync(world, closing, "office", objection, ObjectionOutcome.NotUpheld);
        await world.FollowAsync();
        await DemandToldAsync(world, closing, ObjectionToAnswer);
    }

    // It is about that unit, which neither reads nor decides it.
    [Theory, EveryDatabase]
    public async Task An_objection_to_what_the_unit_itself_made_public_is_told_to_an_office(string database)
    {
        await using var world = await World.CreateAsync(database);
        var standard = Closing.Preset("standard");
        var closing = await Closing.HaveAsync(world, standard with { Steps = [.. standard.Steps.Select(step => step.Kind is StepKind.Notice ? step with { Duty = Role.Responsible, Level = StepLevel.Unit } : step)] });
        var id = await PublicNotices.HaveStandingAsync(world, closing);

        await PublicNotices.ObjectAsync(world, await PublicNotices.NoticeAsync(world, id), "The ditch is still black.");
        await world.FollowAsync();

        await DemandToldAsync(world, closing, ObjectionToAnswer, "office", "office2", "office3");
    }

    // Its postmark is of those days, and the office opens it when all is over.
    [Theory, EveryDatabase]
    public async Task A_letter_that_is_opened_after_the_end_waits_for_its_answer_too(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var id = await PublicNotices.HaveStandingAsync(world, closing);
        var notice = await PublicNotices.NoticeAsync(world, id);
        var closure = await world.InAsync((Db db) => db.NoticeParts().Where(part => part.NoticeId == id).Select(part => part.ClosureId).SingleAsync(Ct));
        Closing.Today(world, notice.EndsOn!.Value.AddDays(1));
        await world.InAsync((EndNotice end) => end.RunAsync(id, closing.People["office"], Ct));
        await closing.GoAsync(world, closure);
        Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, closure)).State);
        await TellAsync();
        await DemandToldAsync(world, closing, ObjectionToAnswer);

        await PublicNotices.EnterAsync(world, closing, id, notice.EndsOn!.Value);
        await TellAsync();

        await DemandToldAsync(world, closing, ObjectionToAnswer, "office", "office2", "office3");
        await world.ForgetCursorAsync();
        Closing.Today(world, world.Clock.Today.AddDays(1));
        await TellAsync(); // looked at again on the next day, it still waits
        await DemandToldAsync(world, closing, ObjectionToAnswer, "office", "office2", "office3");
        await DemandToldAsync(world, closing, ClosureToTake);

        var objection = Assert.Single(await PublicNotices.ObjectionsAsync(world, id));
        Assert.Equal([$"/objections/{objection.Id}"], await world.LinksAsync(ObjectionToAnswer)); // the closing's page says nothing of it
        await PublicNotices.SettleAsync(world, closing, "office", objection, ObjectionOutcome.NotUpheld);
        await TellAsync();
        await DemandToldAsync(world, closing, ObjectionToAnswer);

        async Task TellAsync()
        {
            await world.FollowAsync();
            await world.RemindAsync();
        }
    }

    private static async Task DemandToldAsync(World world, Closing closing, Rectify.Notifications.NoticeKind kind, params string[] who)
    {
        foreach (var (name, access) in closing.People)
        {
            Assert.Equal((name, kind, who.Contains(name)), (name, kind, (await world.TodoAsync(access)).Contains(kind)));
        }
    }
}
