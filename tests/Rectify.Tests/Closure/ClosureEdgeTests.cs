using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Closure.ClosureTests;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Rules of closing at their edges: what a signature covers member by member, the last day of a notice, what is closed already, who is one of the responsible.</summary>
public sealed class ClosureEdgeTests
{
    /// <summary>Format: docs/formats/closure-signature.md.</summary>
    [Theory, EveryDatabase]
    public async Task A_signature_covers_all_that_its_format_names_and_a_piece_that_is_withdrawn_makes_stale_what_rests_on_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0];
        var id = await closing.HaveAtAsync(world, task.Id, "objections");
        var one = await closing.CaseAsync(world, id);
        var (act, notice) = (one.InForce.Single(known => known.Opening), one.Notices.Single().Value);
        using var signed = JsonDocument.Parse(act.Content);
        var root = signed.RootElement;

        string Of(string path) => path.Split('.').Aggregate(root, (at, name) => int.TryParse(name, out var i) ? at[i] : at.GetProperty(name)).ToString();
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (path, value) in new[]
        {
            ("v", "1"), ("type", "closure-signature"), ("closure", JournalBytes.Text(one.Closure.PublicId)), ("procedure", "1"), ("cycle", "1"), ("step", "notice"), ("kind", "notice"), ("opening", "True"), ("by", act.By.Id),
            ("unit", "R"), ("stated.on", Day(act.On)), ("stated.notice.no", "1"), ("stated.notice.from", Day(notice.From)), ("stated.notice.to", Day(notice.To)), ("stated.notice.channel", "The government's site"),
            ("item.id", JournalBytes.Text(task.PublicId)), ("item.number", "第1项"), ("item.text", "Task 1."), ("item.goal", task.Goal), ("item.deadline", "2026-12-31"), ("item.due", "2026-12-31"),
            ("item.measures.0.text", closing.Measures[0].Text), ("item.measures.1.id", JournalBytes.Text(closing.Measures[1].PublicId)),
            ("declaration.outcome", "putRight"), ("declaration.completed", Day(one.Declaration.CompletedOn!.Value)), ("declaration.report", "All of it was done."), ("declaration.measures.0.result", "done"),
            ("declaration.measures.1.measure", JournalBytes.Text(closing.Measures[1].PublicId)), ("declaration.goals.1.goal", "Groundwater rises."), ("declaration.goals.1.result", "reached"),
            ("declaration.evidence.0.file", "1"), ("declaration.evidence.0.sha256", one.Pieces[one.Declaration.Evidence[0]].Sha256),
        })
        {
            Assert.Equal((path, value), (path, Of(path)));
        }

        Assert.Equal((2, 2, 64), (root.GetProperty("item").GetProperty("measures").GetArrayLength(), root.GetProperty("declaration").GetProperty("goals").GetArrayLength(), Of("declaration.evidence.0.sha256").Length));
        Assert.Equal(one.InForce.TakeWhile(known => known != act).Select(known => known.Hash), root.GetProperty("before").EnumerateArray().Select(hash => hash.GetString()));

        // The photo of the site is withdrawn: that check is stale with all that rests on it, and what came before it is not.
        var site = one.InForce.Single(known => known.StepKind is StepKind.SiteCheck);
        var photo = Assert.Single(site.Statement.Evidence);
        await TakeBackAsync(world, closing, photo);
        Assert.All((await closing.CaseAsync(world, id)).Signatures, signature => Assert.Equal(signature.Act.No >= site.No, signature.Stale));
        Assert.Equal("closure.stale", await NoAsync(() => closing.TakeAsync(world, id)));
    }

    // What is said in an opinion cannot be tried out against the hash in the journal; what was signed before there was a random part stands as it did.
    [Theory, EveryDatabase]
    public async Task A_signature_has_a_random_part_of_its_own_and_one_without_stands(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var id = await closing.BeginAsync(world, closing.Tasks[0].Id);
        await closing.WriteAsync(world, id);
        await closing.TakeAsync(world, id, "county");
        var act = Assert.Single((await closing.CaseAsync(world, id)).InForce);
        using var signed = JsonDocument.Parse(act.Content);
        var salt = signed.RootElement.GetProperty("salt").GetString()!;
        Assert.Equal((22, true), (salt.Length, act.Content.EndsWith($",\"salt\":\"{salt}\"}}", StringComparison.Ordinal)));
        Assert.False(Assert.Single((await closing.CaseAsync(world, id)).Signatures).Stale);

        var old = act.Content.Replace($",\"salt\":\"{salt}\"", "", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(old)));
        await world.InAsync((Db db) => db.Database.ExecuteSqlAsync($"""UPDATE "ClosureAct" SET "Content" = {old}, "Hash" = {hash}""", Ct));
        Assert.False(Assert.Single((await closing.CaseAsync(world, id)).Signatures).Stale);
    }

    [Fact]
    public async Task A_site_needs_a_picture_a_notice_its_last_day_and_a_declaration_the_plan_as_it_is()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.BeginAsync(world, task);
        await closing.WriteAsync(world, id);
        var item = (await closing.ViewAsync(world, task)).Item;
        await world.InAsync((ChangeItemWords change) => change.RunAsync(task, item.Version, item.Title, item.Text, "Wells closed.\nGroundwater rises.\nFish return.", closing.People["office"], Ct));
        Assert.Equal("closure.plan-changed", await NoAsync(() => closing.TakeAsync(world, id, "county")));
        await closing.WriteAsync(world, id);
        await world.InAsync(async (IServiceProvider services) =>
        {
            (await services.GetRequiredService<Db>().ItemsFor(Access.OfSystem(Setup), Right.Read).SingleAsync(one => one.Id == closing.Measures[1].Id, Ct)).Remove(world.Clock.Today);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ItemChanged { Subject = task, By = Setup, At = world.Clock.NowMs, Item = "x" }, Ct);
        });
        Assert.Equal("closure.plan-changed", await NoAsync(() => closing.TakeAsync(world, id, "county")));
        await closing.WriteAsync(world, id);

        await closing.GoAsync(world, id, "site");
        var paper = await closing.ProofAsync(world, task, "A paper");
        Assert.Equal("closure.site", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Evidence = [paper] })));
        await TakeBackAsync(world, closing, paper);
        Assert.Equal("closure.evidence", await NoAsync(() => closing.TakeAsync(world, id, "bureau", stated => stated with { Evidence = [paper, .. stated.Evidence] })));

        // Whoever saw it a step ago does nothing to it, nor does an office of another level.
        var (seen, stated) = ((await closing.ClosureAsync(world, id)).Version, await closing.StatementAsync(world, await closing.CaseAsync(world, id)));
        await closing.GoAsync(world, id, "review");
        Assert.Equal("stale", await NoAsync(() => world.InAsync((TakeStep take) => take.RunAsync(id, seen, stated, closing.People["office"], Ct))));
        foreach (var who in new[] { "coffice", "poffice" })
        {
            Assert.Equal("closure.duty", await NoAsync(() => closing.TakeAsync(world, id, who)));
        }

        await closing.GoAsync(world, id, "notice");
        var notice = await closing.OpenNoticeAsync(world, id);
        Closing.Today(world, (await closing.CaseAsync(world, id)).Notices[notice].To);
        Assert.Equal("closure.notice-stands", await NoAsync(() => closing.TakeAsync(world, id)));
        Closing.Today(world, world.Clock.Today.AddDays(1));
        await closing.TakeAsync(world, id);
    }

    [Fact]
    public async Task What_is_closed_is_neither_sent_back_nor_checked_again_while_a_notice_of_it_stands()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("close-first"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "notice");
        var closed = (await closing.ClosureAsync(world, id)).ClosedOn;
        Assert.NotNull(closed);
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, id));
        Assert.Equal("closure.no-return", await NoAsync(() => ReturnAsync(world, closing, id, by, "Not yet.")));

        var item = (await closing.ViewAsync(world, task)).Item;
        await world.InAsync((ChangeItemWords change) => change.RunAsync(task, item.Version, "", "Worded anew.", item.Goal, closing.People["office"], Ct));
        var version = (await closing.ClosureAsync(world, id)).Version;
        Assert.Equal("closure.no-way-back", await NoAsync(() => world.InAsync((RenewSignature renew) => renew.RunAsync(id, version, RenewalEffect.Recheck, new(world.Clock.Today, "seen"), closing.People["county"], Ct))));
        var now = await closing.ClosureAsync(world, id);
        Assert.Equal((closed, 0, "notice", ItemStatus.Closed), (now.ClosedOn, now.Returns, now.StepKey, (await closing.ViewAsync(world, task)).Status));
    }

    [Fact]
    public async Task What_was_closed_before_there_were_steps_does_not_begin_and_no_responsible_unit_accepts_for_another()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world);
        var task = closing.Tasks[2].Id;
        await world.InAsync(async (IServiceProvider services) =>
        {
            FactKind[] way = [FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed];
            var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(task, [.. way.Select(kind => new StatedFact(kind, world.Clock.Today))])], Access.OfSystem(Setup), Setup, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], [.. placed.Skip(1)], Ct);
        });
        var procedure = Closing.Preset("per-unit");
        await world.InAsync((SetProcedure set) => set.RunAsync(
            Closing.Code, procedure with { Steps = [.. procedure.Steps.Select(step => step.Kind is StepKind.MaterialReview ? step with { Duty = Role.Acceptor } : step)] }, "as agreed", 0, closing.People["office"], Ct));
        Assert.Equal("closure.closed", await NoAsync(() => closing.BeginAsync(world, task)));

        // Two counties close for themselves, and the plan lets the one accept: it is responsible all the same.
        var shared = (await closing.ViewAsync(world, closing.Tasks[1].Id)).Item;
        await world.InAsync((ChangeItemUnits change) => change.RunAsync(
            shared.Id, shared.Version, [new(null, "Unit C1", DraftRole.Responsible), new(null, "Unit C2", DraftRole.Responsible), new(null, "Unit C1", DraftRole.Accept)], closing.People["office"], Ct));
        var id = await closing.HaveAtAsync(world, shared.Id, "material", "other", "C2");
        Assert.Equal("closure.own-unit", await NoAsync(() => closing.TakeAsync(world, id, "own")));
    }

    [Theory, EveryDatabase]
    public async Task A_county_that_answers_itself_is_accepted_by_the_level_above_and_a_region_by_nobody_of_its_own(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("three-level"));
        var id = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "site");
        Assert.Equal("closure.duty", await NoAsync(() => closing.TakeAsync(world, id, "coffice")));
        await closing.TakeAsync(world, id, "poffice");
        await closing.TakeAsync(world, id, "poffice");
        Assert.Equal("notice", (await closing.CaseAsync(world, id)).Next!.Key);
        Assert.Equal("coffice", await closing.TakerAsync(world, await closing.CaseAsync(world, id))); // what follows is the county's

        // The region's office declares for the region and may not accept in its name, whoever of it does.
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("plain"), "as agreed", 1, closing.People["office"], Ct));
        var own = (await closing.ViewAsync(world, closing.Tasks[2].Id)).Item;
        await world.InAsync((ChangeItemUnits change) => change.RunAsync(
            own.Id, own.Version, [new(null, "Unit C1", DraftRole.Lead), new(null, "Unit R", DraftRole.Cooperate)], closing.People["office"], Ct));
        var plain = await closing.HaveAtAsync(world, own.Id, "accept");
        Assert.Equal("closure.own-unit", await NoAsync(() => closing.TakeAsync(world, plain, "office2")));
    }

    private static async Task TakeBackAsync(World world, Closing closing, Guid piece)
    {
        var version = await world.InAsync((Db db) => db.PiecesFor(closing.People["office"]).Where(known => known.Id == piece).Select(known => known.Version).SingleAsync(Ct));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece, "Another well.", version, closing.People["county"], Ct));
    }
}
