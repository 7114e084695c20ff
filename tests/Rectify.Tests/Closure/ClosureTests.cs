using System.Security.Cryptography;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>One closing and what may happen to it: declared in full, kept apart by duties, returned, taken back, signed again.</summary>
public sealed class ClosureTests
{
    [Fact]
    public void A_checklist_is_told_with_what_does_not_apply_and_a_notice_by_its_number()
    {
        List<CheckedLine> lines = [.. Enumerable.Range(0, 5).Select(i => new CheckedLine($"line {i}", i == 1 ? CheckAnswer.NotApplicable : CheckAnswer.Met, "x"))];
        var (own, english) = (Words.In(Language.Default), Words.In(Language.Find("en")!));
        Assert.Equal(("验收标准5条，符合4条，不适用1条", "4 of 5 lines met, 1 does not apply"), (own.Told(lines), english.Told(lines)));
        Assert.Equal(("验收标准4条，符合4条", "4 of 4 lines met"), (own.Told(lines.Where(line => line.Answer is CheckAnswer.Met).ToList()), english.Told(lines.Where(line => line.Answer is CheckAnswer.Met).ToList())));

        var notice = ClosureNotice.Create(Guid.NewGuid(), 47, new(2019, 3, 18), new(5, Working: true), "The site", Rectify.Calendars.WorkingCalendar.WeekendsOnly, default);
        Assert.Equal("第47号公示，2019年3月18日至2019年3月22日，5个工作日。", own.Told(notice, notice.Last));
        notice.QuoteAs("云整改公示〔2019〕11号");
        Assert.Equal("云整改公示〔2019〕11号，2019年3月18日至2019年3月22日，5个工作日。", own.Told(notice, notice.Last));
    }

    [Fact]
    public async Task Completion_is_declared_part_by_part_and_the_application_waits_for_the_dossier()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world);
        Assert.Equal("closure.no-procedure", await NoAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id)));
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("standard"), "as agreed", 0, closing.People["office"], Ct));
        Assert.Equal("closure.node", await NoAsync(() => closing.BeginAsync(world, closing.Measures[0].Id)));
        Assert.Equal("closure.duty", await NoAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id, "bureau")));
        Assert.Equal("closure.unit", await NoAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id, unit: "C2")));
        var id = await closing.BeginAsync(world, closing.Tasks[0].Id);
        Assert.Equal("closure.exists", await NoAsync(() => closing.BeginAsync(world, closing.Tasks[0].Id, "county2")));

        // Nothing of it may be left out, and each refusal says what.
        var one = await closing.CaseAsync(world, id);
        var proof = await closing.ProofAsync(world, closing.Tasks[0].Id, "The note");
        var stranger = await closing.ProofAsync(world, closing.Tasks[1].Id, "The other");
        var day = world.Clock.Today.AddDays(-3);
        var whole = Declaration.Empty.For(one.Item, one.Measures) with
        {
            CompletedOn = day,
            Report = "done",
            Measures = [.. one.Measures.Select(measure => new DeclaredPart(measure.Id, "", day, "done", [proof]))],
            Goals = [.. Declaration.GoalsOf(one.Item).Select(goal => new DeclaredPart(null, goal, day, "reached", [proof]))],
        };
        Assert.Equal((2, 2), (whole.Measures.Count, whole.Goals.Count));
        Declaration Measure(Func<DeclaredPart, DeclaredPart> change) => whole with { Measures = [whole.Measures[0], change(whole.Measures[1])] };
        Declaration Goal(Func<DeclaredPart, DeclaredPart> change) => whole with { Goals = [whole.Goals[0], change(whole.Goals[1])] };
        foreach (var (lacking, code) in new[]
        {
            (whole with { CompletedOn = null }, "closure.completed"), (whole with { Report = " " }, "closure.report"), (Measure(part => part with { On = null }), "closure.measure-open"),
            (Measure(part => part with { Result = "" }), "closure.measure-open"), (Measure(part => part with { Evidence = [] }), "closure.measure-proof"), (Goal(part => part with { On = null }), "closure.goal-open"),
            (Goal(part => part with { Evidence = [] }), "closure.goal-proof"), (Measure(part => part with { On = day.AddDays(1) }), "closure.completed-before"),
            (whole with { Outcome = ClosureOutcome.NotInvolved }, "closure.not-involved-proof"),
        })
        {
            await SaveAsync(lacking);
            Assert.Equal(code, await NoAsync(() => closing.TakeAsync(world, id, "county")));
        }

        Assert.Equal("closure.evidence", await NoAsync(() => SaveAsync(whole with { Evidence = [stranger] })));
        Assert.Equal("closure.future", await NoAsync(() => SaveAsync(whole with { CompletedOn = world.Clock.Today.AddDays(1) })));
        Assert.Equal("closure.long", await NoAsync(() => SaveAsync(whole with { Report = new('x', 20_001) })));
        Assert.Equal("closure.duty", await NoAsync(() => SaveAsync(whole, "other2")));
        await SaveAsync(whole);
        Assert.Equal("closure.completed-later", await NoAsync(() => closing.TakeAsync(world, id, "county", stated => stated with { On = day.AddDays(-1) })));
        Assert.Equal(ItemStatus.NotStarted, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);
        await closing.TakeAsync(world, id, "county");
        Assert.Equal("closure.declared", await NoAsync(() => SaveAsync(whole)));
        var view = await closing.ViewAsync(world, closing.Tasks[0].Id);
        Assert.Equal((ItemStatus.Done, true), (view.Status, view.Measures.All(measure => measure.Span!.Status is ItemStatus.Done)));

        // One report is missing, and said to be.
        var no = await Assert.ThrowsAsync<Refusal>(() => closing.TakeAsync(world, id, "county"));
        Assert.Equal(("closure.obstacles", "整改报告"), (no.Code, Assert.Single((List<Rectify.Platform.Text.Phrase>)no.Arguments[0]!).Arguments[0]));
        var report = await closing.ProofAsync(world, closing.Tasks[0].Id);
        await closing.TakeAsync(world, id, "county");
        one = await closing.CaseAsync(world, id);
        Assert.Equal(new[] { proof, report }.Order(), one.InForce[1].Statement.Evidence.Order());
        Assert.Equal(ItemStatus.Accept, (await closing.ViewAsync(world, closing.Tasks[0].Id)).Status);

        async Task SaveAsync(Declaration declaration, string by = "county")
        {
            var now = await closing.ClosureAsync(world, id);
            await world.InAsync((SaveDeclaration save) => save.RunAsync(id, declaration, now.Version, by == "other2" ? closing.People["bureau"] : closing.People[by], Ct));
        }
    }

    [Fact]
    public async Task Steps_demand_what_they_are_for_and_a_return_keeps_its_reasons_and_counts()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "material");
        Assert.Equal("closure.opinion", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Opinion = " " })));
        Assert.Equal("closure.future", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { On = world.Clock.Today.AddDays(1) })));
        Assert.Equal("closure.before", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { On = world.Clock.Today.AddDays(-1) })));
        Assert.Equal("closure.statement", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Document = new('x', 201) })));
        Assert.Equal("closure.checks", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Checks = [new("x", CheckAnswer.Met)] })));
        Assert.Equal("closure.no-notice", await NoAsync(() => closing.OpenNoticeAsync(world, id, "bureau")));
        Assert.Equal("closure.reasons", await NoAsync(() => ReturnAsync(world, closing, id, "bureau", " ")));
        await ReturnAsync(world, closing, id, "bureau", "The list of wells is missing.");

        var one = await closing.CaseAsync(world, id);
        Assert.Equal((ClosureState.Drafting, 1, 2, "declare"), (one.Closure.State, one.Closure.Returns, one.Closure.Cycle, one.Closure.StepKey));
        Assert.Equal("The list of wells is missing.", one.Acts[^1].Opinion);
        var view = await closing.ViewAsync(world, task);
        Assert.Equal((ItemStatus.Returned, "The list of wells is missing."), (view.Status, view.Facts[^1].Note));
        Assert.Equal("closure.no-return", await NoAsync(() => ReturnAsync(world, closing, id, "bureau", "again")));

        // The second way begins with the declaration as it was, and every signature is given anew.
        await closing.GoAsync(world, id, "site");
        Assert.Equal("closure.site", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Place = "" })));
        Assert.Equal("closure.site", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Evidence = [] })));
        await closing.GoAsync(world, id, "accept");
        var line = Closing.Preset("standard").LinesFor("")[0];
        StepStatement Answered(StepStatement stated, CheckAnswer answer, string note) => stated with { Checks = [new(line, answer, note), .. stated.Checks.Skip(1)] };
        Assert.Equal("closure.check-not-met", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => Answered(stated, CheckAnswer.NotMet, "no"))));
        Assert.Equal("closure.check-note", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => Answered(stated, CheckAnswer.NotApplicable, ""))));
        await closing.TakeAsync(world, id, "bureau", stated => Answered(stated, CheckAnswer.NotApplicable, "no such measure"));
        Assert.Equal("closure.no-withdrawal", await NoAsync(() => WithdrawAsync(world, closing, id)));

        await closing.GoAsync(world, id, "notice");
        Assert.Equal("closure.notice-closed", await NoAsync(() => closing.TakeAsync(world, id, "office2")));
        Assert.Equal("closure.channel", await NoAsync(() => NoticeAsync(" ")));
        await closing.OpenNoticeAsync(world, id);
        Assert.Equal("closure.no-notice", await NoAsync(() => closing.OpenNoticeAsync(world, id)));
        Assert.Equal("closure.notice-stands", await NoAsync(() => closing.TakeAsync(world, id, "office2")));
        Assert.Equal(ItemStatus.Notice, (await closing.ViewAsync(world, task)).Status);
        await ReturnAsync(world, closing, id, "office3", "An objection was right.");
        await closing.GoAsync(world, id);

        one = await closing.CaseAsync(world, id);
        Assert.Equal((ClosureState.Finished, 2, 3), (one.Closure.State, one.Closure.Returns, one.Closure.Cycle));
        Assert.Equal(2, one.Acts.Count(act => act.Act is ClosureActKind.Return));
        Assert.Equal(3, one.Acts.Count(act => act is { Act: ClosureActKind.Take, StepKey: "declare" }));
        Assert.Equal("closure.over", await NoAsync(() => ReturnAsync(world, closing, id, "office", "late")));

        async Task<Guid> NoticeAsync(string channel)
        {
            var now = await closing.ClosureAsync(world, id);
            return await Closing.OpenAsync(world, [(id, now.Version)], channel, closing.People["office2"]);
        }
    }

    [Fact]
    public async Task The_system_keeps_apart_who_declares_accepts_and_signs()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var both = await world.InAsync(async (Db db) =>
        {
            // One person with every duty of the programme.
            var account = closing.People["county2"].Actor;
            foreach (var (unit, role) in new[] { ("P", Role.Acceptor), ("R", Role.Office), ("R", Role.Leader) })
            {
                await world.InAsync((GiveDuty give) => give.RunAsync(Guid.ParseExact(account.Id, "N"), role, closing.Units[unit].Id, null, null, Setup, Ct));
            }

            return await Reader.AccessOf(db, account, world.Clock.Today, Ct);
        });
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "material", "county2");
        foreach (var key in new[] { "material", "site", "accept", "review", "objections", "sign", "close" })
        {
            await closing.GoAsync(world, id, key);
            Assert.Equal("closure.own", await NoAsync(() => TakeAsync(both)));
            if (key is "review" or "sign" or "close")
            {
                // Nor does whoever accepted, whatever other duty they hold.
                if (key is not "close")
                {
                    await world.InAsync((GiveDuty give) => give.RunAsync(
                        Guid.ParseExact(closing.People["bureau"].Actor.Id, "N"), key is "sign" ? Role.Leader : Role.Office, closing.Units["R"].Id, null, null, Setup, Ct));
                }

                var acceptor = await world.InAsync((Db db) => Reader.AccessOf(db, closing.People["bureau"].Actor, world.Clock.Today, Ct));
                Assert.Equal("closure.own", await NoAsync(() => TakeAsync(acceptor)));
            }
        }

        // The accepting unit is none of the responsible ones, whoever holds the duty there.
        var other = await closing.HaveAtAsync(world, closing.Tasks[3].Id, "material");
        Assert.Equal("closure.duty", await NoAsync(() => closing.TakeAsync(world, other, "own"))); // an acceptor of the county is not one of the prefecture
        Assert.Equal("closure.not-found", await NoAsync(() => closing.TakeAsync(world, other, "desk"))); // nor is a bureau that the plan does not name
        var units = (await closing.ViewAsync(world, closing.Tasks[3].Id)).Units;
        await world.InAsync(async (ChangeItemUnits change) => await change.RunAsync(
            closing.Tasks[3].Id, (await closing.ViewAsync(world, closing.Tasks[3].Id)).Item.Version, [new(units[0].Id, units[0].Text, DraftRole.Lead), new(null, "Unit C1", DraftRole.Accept)], closing.People["office"], Ct));
        Assert.Equal("closure.own-unit", await NoAsync(() => closing.TakeAsync(world, other, "own")));
        var named = await closing.HaveAtAsync(world, closing.Tasks[2].Id, "material");
        Assert.Equal("closure.duty", await NoAsync(() => closing.TakeAsync(world, named, "bureau"))); // the plan names the department
        await closing.TakeAsync(world, named, "dept");

        async Task TakeAsync(Access by)
        {
            var one = await closing.CaseAsync(world, id);
            var stated = await closing.StatementAsync(world, one);
            await world.InAsync((TakeStep take) => take.RunAsync(id, one.Closure.Version, stated, by, Ct));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_changed_word_or_file_makes_signatures_stale_and_blocks_until_each_is_given_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "sign");
        var signed = await closing.CaseAsync(world, id);
        Assert.All(signed.InForce, act => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(act.Content))), act.Hash));
        Assert.Equal(ItemStatus.Signing, (await closing.ViewAsync(world, task)).Status);

        // What belongs to the dossier but was not signed changes nothing.
        await closing.ProofAsync(world, task, "A later letter");
        Assert.All((await closing.CaseAsync(world, id)).Signatures, signature => Assert.False(signature.Stale));

        // A file of the declaration is replaced.
        var proof = signed.Declaration.Evidence[0];
        var upload = await EvidenceTests.UploadAsync(world, closing.People["county"], "another list"u8.ToArray());
        await world.InAsync((AddEvidenceVersion add) => add.RunAsync(proof, upload, "one well fewer", 1, closing.People["county"], Ct));
        var one = await closing.CaseAsync(world, id);
        Assert.All(one.Signatures, signature => Assert.True(signature.Stale));
        Assert.Contains(one.Signatures[0].Changes, change => change.Path.EndsWith(".file", StringComparison.Ordinal) && change is { Before: "1", Now: "2" });
        Assert.Equal("closure.stale", await NoAsync(() => closing.TakeAsync(world, id, "leader")));
        Assert.Equal("closure.duty", await NoAsync(() => RenewAsync("bureau"))); // only who may take the step renews it
        Assert.Equal("closure.opinion", await NoAsync(() => RenewAsync("county2", opinion: " ")));

        // They are renewed in their order, each by its duty; the notice by its office.
        string[] renewers = ["county2", "county", "bureau2", "bureau", "bureau2", "office2", "office", "office2", "office3"];
        var steps = new[] { "declare", "apply", "material", "site", "accept", "review", "notice", "notice", "objections" };
        foreach (var (i, renewer) in renewers.Index())
        {
            one = await closing.CaseAsync(world, id);
            Assert.Equal(steps[i], one.FirstStale!.Act.StepKey);
            await RenewAsync(await TakerOfAsync(one.FirstStale.Act) is var taker && i == 0 ? renewer : taker);
        }

        Assert.Null((await closing.CaseAsync(world, id)).FirstStale);
        Assert.Equal("closure.not-stale", await NoAsync(() => RenewAsync("county2")));

        // The plan gets another measure: the declaration no longer fits, and it has to be sent back.
        await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(task, (await closing.ViewAsync(world, task)).Item.Version, "", "Task 1, worded anew.", "Wells closed.", closing.People["office"], Ct));
        Assert.Equal("closure.stale", await NoAsync(() => closing.TakeAsync(world, id, "leader")));
        Assert.Equal("closure.plan-changed", await NoAsync(() => RenewAsync("county2")));
        await ReturnAsync(world, closing, id, "leader", "The goal was changed.");
        Assert.Equal(ItemStatus.Returned, (await closing.ViewAsync(world, task)).Status);
        await closing.WriteAsync(world, id);
        await closing.GoAsync(world, id);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);

        Task<string> TakerOfAsync(ClosureAct act) => world.InAsync(async (Db db) =>
        {
            var duties = await StepDuties.OfAsync(db, one, Ct);
            var step = one.Way.Single(known => known.Key == act.StepKey);
            return closing.People.First(person => duties.NameFor(step, person.Value) is { } unit && !duties.JudgesItself(step, unit) && duties.Excluded(step, person.Value) is null).Key;
        });

        async Task RenewAsync(string by, RenewalEffect effect = RenewalEffect.None, string opinion = "seen") =>
            await world.InAsync(async (RenewSignature renew) => await renew.RunAsync(id, (await closing.ClosureAsync(world, id)).Version, effect, new(world.Clock.Today, opinion), closing.People[by], Ct));
    }

    [Fact]
    public async Task A_change_that_matters_leads_back_to_the_notice_or_to_the_check()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "sign");
        await RewordAsync("once");
        await RenewAsync(RenewalEffect.Notice);
        var one = await closing.CaseAsync(world, id);
        Assert.Equal(("notice", null), (one.Closure.StepKey, one.Closure.NoticeId));
        Assert.DoesNotContain(one.InForce, act => act.StepKind is StepKind.Notice or StepKind.Objections);
        await RenewAllAsync();
        await closing.GoAsync(world, id, "sign");
        Assert.Equal(ItemStatus.Signing, (await closing.ViewAsync(world, task)).Status);

        await RewordAsync("twice");
        await RenewAsync(RenewalEffect.Recheck);
        Assert.Equal(("site", ItemStatus.Accept), ((await closing.ClosureAsync(world, id)).StepKey, (await closing.ViewAsync(world, task)).Status));
        await RenewAllAsync();
        await closing.GoAsync(world, id);
        one = await closing.CaseAsync(world, id);
        Assert.Equal((ClosureState.Finished, 0), (one.Closure.State, one.Closure.Returns));
        Assert.Equal(3, one.Acts.Count(act => act.Act is ClosureActKind.Open));
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);

        // After the closing a change shows, and takes nothing back.
        await RewordAsync("thrice");
        Assert.NotNull((await closing.CaseAsync(world, id)).FirstStale);
        Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);

        async Task RewordAsync(string how) => await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(
            task, (await closing.ViewAsync(world, task)).Item.Version, "", $"Task 1, worded {how}.", closing.Tasks[0].Goal, closing.People["office"], Ct));

        async Task RenewAsync(RenewalEffect effect)
        {
            var now = await closing.CaseAsync(world, id);
            var by = await world.InAsync(async (Db db) =>
            {
                var duties = await StepDuties.OfAsync(db, now, Ct);
                var step = now.Way.Single(known => known.Key == now.FirstStale!.Act.StepKey);
                return closing.People.Values.First(person => duties.NameFor(step, person) is { } unit && !duties.JudgesItself(step, unit) && duties.Excluded(step, person) is null);
            });
            await world.InAsync((RenewSignature renew) => renew.RunAsync(id, now.Closure.Version, effect, new(world.Clock.Today, "seen"), by, Ct));
        }

        async Task RenewAllAsync()
        {
            while ((await closing.CaseAsync(world, id)).FirstStale is not null)
            {
                await RenewAsync(RenewalEffect.None);
            }
        }
    }

    internal static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;

    internal static async Task ReturnAsync(World world, Closing closing, Guid id, string by, string reasons)
    {
        var now = await closing.ClosureAsync(world, id);
        await world.InAsync((ReturnClosure back) => back.RunAsync(id, now.Version, new(world.Clock.Today, reasons), closing.People[by], Ct));
    }

    [Fact]
    public async Task A_figure_of_the_declared_day_that_is_restated_later_is_told_as_declared_and_as_known_now()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        await world.InAsync(async (SetQuantity set) => await set.RunAsync(task, (await closing.ViewAsync(world, task)).Item.Version, "Pipes", "km", 1, 0, 546, closing.People["office"], Ct));
        var day = world.Clock.Today;
        await MeasuredAsync(546);
        Closing.Today(world, day.AddDays(1));
        var id = await closing.HaveAtAsync(world, task, "material");
        Assert.Empty(await RestatedAsync());

        Closing.Today(world, world.Clock.Today.AddDays(1));
        await MeasuredAsync(502); // of the same day, stated anew
        var one = Assert.Single(await RestatedAsync());
        Assert.Equal((546, 502, task), (one.Then, one.Now, one.Item.Id));
        Assert.DoesNotContain((await closing.CaseAsync(world, id)).Signatures, signature => signature.Stale); // what was signed stays as it was

        var wrong = (await closing.ViewAsync(world, task)).Facts.Last(fact => fact.Kind is FactKind.Measured).Id;
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(wrong, "Another pipe.", closing.People["county"], Ct));
        Assert.Empty(await RestatedAsync());

        Task MeasuredAsync(long value) => world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Measured, day, Value: value)], closing.People["county"], Ct));

        async Task<IReadOnlyList<RestatedFigure>> RestatedAsync() => await world.InAsync(async (Rectify.Platform.Data.Db db) => await RestatedFigure.ReadAsync(db, await closing.CaseAsync(world, id), Ct));
    }

    [Theory, EveryDatabase]
    public async Task Papers_are_signed_by_the_signing_names_and_name_who_answers_by_its_own(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("three-level"));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "close");
        await closing.SignAsAsync(world, "C1", "云岭县整改办");
        var sheet = await PaperAsync(ClosurePaperKind.SignOff);
        Assert.Contains("云岭县整改办 Person county", sheet.Text, StringComparison.Ordinal); // what was signed
        Assert.Contains("云岭县整改办签字", sheet.Text, StringComparison.Ordinal); // and is to be signed by hand
        Assert.Contains("责任单位Unit C1", sheet.Text, StringComparison.Ordinal);

        await closing.GoAsync(world, id);
        var certificate = await PaperAsync(ClosurePaperKind.Certificate);
        Assert.Equal(("云岭县整改办", "云岭县整改办"), (certificate.Paper.Signature, Assert.Single(certificate.Paper.Mark)));
        Assert.Contains("由Unit C1负责整改", certificate.Text, StringComparison.Ordinal);
        await closing.SignAsAsync(world, "C1", "");
        Assert.Equal("Unit C1", (await PaperAsync(ClosurePaperKind.Certificate)).Paper.Signature);
        Assert.Equal("https://zg.example/public/r1/items/1/verify#k=key&h=hash", certificate.Paper.Code!.Address); // which PdfWriterTests reads back from the sheet's squares
        Assert.Null(sheet.Paper.Code);

        async Task<(Paper Paper, string Text)> PaperAsync(ClosurePaperKind kind) => await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var view = await ClosureView.ReadAsync(db, services.GetServices<IStepGate>(), closing.People["office"], id, Ct);
            var paper = await new ClosurePapers(db, Words.In(Language.Default), world.Clock, new Nowhere("/public/r1/items/1/verify#k=key&h=hash")).PaperAsync(view, kind, "Somebody", "https://zg.example", Ct);
            using var file = WordprocessingDocument.Open(new MemoryStream(ClosurePapers.Write(paper, "docx", Ct)), isEditable: false);
            return (paper, file.MainDocumentPart!.Document!.Body!.InnerText);
        });
    }

    internal static async Task WithdrawAsync(World world, Closing closing, Guid id, string by = "county", string why = "The list was wrong.")
    {
        var now = await closing.ClosureAsync(world, id);
        await world.InAsync((WithdrawClosure back) => back.RunAsync(id, now.Version, new(world.Clock.Today, why), closing.People[by], Ct));
    }
}
