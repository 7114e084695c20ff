using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Publishing;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using Rectify.Tests.Evidence;
using Rectify.Tests.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>What the public reads of a closing: the parts that were chosen, masked wherever they stand, as they were seen, until the office corrects them.</summary>
public sealed class PublishedClosingTests
{
    private static readonly PublicField[] Everything = Enum.GetValues<PublicField>();

    [Theory, EveryDatabase]
    public async Task Of_a_closing_each_part_and_picture_is_public_only_where_it_was_chosen(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, task) = await ClosedAsync(world);
        var picture = await PictureAsync(world, closing, task);
        var choice = Choice([]) with { ClosingNumber = "No. 31", FollowUp = "Every spring.", Pictures = [picture] };
        foreach (var field in Everything)
        {
            var alone = (await DraftAsync(world, closing, task, choice with { Fields = [field] })).Snapshot;
            Assert.Equal(field is PublicField.Aspect ? [] : [field], Filled(alone)); // the task stands under no heading
            Assert.All(alone.Steps, step => Assert.Empty(step.Unit));
        }

        var whole = (await DraftAsync(world, closing, task, choice with { Fields = Everything })).Snapshot;
        Assert.Equal(Everything.Except([PublicField.Aspect]), Filled(whole));
        Assert.All(whole.Steps, step => Assert.StartsWith("Unit ", step.Unit, StringComparison.Ordinal));

        await OpenAsync(world, closing);
        await PublishAsync(world, closing, task, choice with { Fields = [PublicField.Units] });
        Assert.Equal(whole.Units, await world.InAsync((Db db) => db.PublicUnits().Select(unit => unit.Name).ToListAsync(Ct)));

        // A copy can be fetched while what stands shows it, and no longer.
        foreach (var (fields, pictures, shown) in new[] { (new[] { PublicField.Problem }, new[] { picture }, 0), ([PublicField.Pictures], [picture], 1), ([PublicField.Pictures], [], 0), ([PublicField.Pictures], [picture], 1) })
        {
            await PublishAsync(world, closing, task, choice with { Fields = fields, Pictures = pictures });
            Assert.Equal((shown, 0), await world.InAsync(async (Db db) => (await db.PublicPictures().CountAsync(Ct), await db.PublicUnits().CountAsync(Ct))));
        }

        await WithdrawAsync(world, closing, task);
        Assert.Equal(0, await world.InAsync((Db db) => db.PublicPictures().CountAsync(Ct)));
    }

    // Published whole and masked later: all but the passage is public, and whoever guesses it must not see it confirmed by a hash in the journal.
    [Theory, EveryDatabase]
    public async Task What_is_masked_later_cannot_be_tried_out_against_the_journal(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, task) = await ClosedAsync(world);
        await OpenAsync(world, closing);
        await PublishAsync(world, closing, task, Choice([PublicField.Result]));
        var was = await NowAsync(world);
        await PublishAsync(world, closing, task, Choice([PublicField.Result]) with { Masks = [new("All of it was", MaskReason.Personal)] });
        var now = await NowAsync(world);

        var said = string.Join('\n', (await world.InAsync((Db db) => db.Journal.Where(row => row.Subject == task).Select(row => row.Body).ToListAsync(Ct))).Select(System.Text.Encoding.UTF8.GetString));
        Assert.All([was, now], one => Assert.Contains(PublicSnapshot.HashOf(one.Write()), said, StringComparison.Ordinal));
        Assert.All([was with { Salt = null }, was with { Salt = now.Salt }], guess => Assert.DoesNotContain(PublicSnapshot.HashOf(guess.Write()), said, StringComparison.Ordinal));
        Assert.Equal((22, 22), (was.Salt!.Length, now.Salt!.Length));

        static Task<PublicSnapshot> NowAsync(World world) => world.InAsync(async (Db db) => (await db.PublicFor().SingleAsync(Ct)).Snapshot!);
    }

    [Theory, EveryDatabase]
    public async Task What_is_masked_stands_in_no_text_of_a_closing_nor_among_its_units(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, task) = await ClosedAsync(world, "batch");
        await OpenAsync(world, closing);
        var choice = Choice(Everything) with { ClosingNumber = "QnumberQ", FollowUp = "QfollowQ", Pictures = [await PictureAsync(world, closing, task)] };
        string[] passages = ["第1项", "Task 1", "Wells closed", "of 第1项", "2026-12-31", "All of it was", "done", "reached", "Unit C1", "Unit P", "集中验收", "QcaptionQ", "QaltQ", "QnumberQ", "QfollowQ", "A title"];
        var before = (await DraftAsync(world, closing, task, choice)).Snapshot.Write();
        Assert.All(passages, passage => Assert.Contains(passage, before, StringComparison.Ordinal));

        var masked = choice with { Masks = [.. passages.Select(passage => new Mask(passage, MaskReason.Other))] };
        await PublishAsync(world, closing, task, masked);
        await world.InAsync(async (Db db) =>
        {
            var one = await db.PublicFor().SingleAsync(Ct);
            string[] texts = [one.Content, one.Folded, one.Number, one.Title, .. await db.PublicUnits().Select(unit => unit.Name).ToListAsync(Ct)];
            var shown = string.Join('\n', texts).Replace("\"dueOn\":\"2026-12-31\"", "", StringComparison.Ordinal); // a day is no text
            Assert.All(passages, passage => Assert.DoesNotContain(passage, shown, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Theory, EveryDatabase]
    public async Task Only_what_was_seen_is_published_a_correction_says_why_and_a_draft_stays_the_units_own(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        await OpenAsync(world, closing);
        await closing.WriteAsync(world, await closing.BeginAsync(world, task));
        var choice = Choice(Everything);
        var draft = await DraftAsync(world, closing, task, choice);
        Assert.Equal(("", 0, 0), (draft.Snapshot.Result, draft.Snapshot.Goals.Count, draft.Snapshot.Measures.Count(measure => measure.Result.Length > 0))); // nobody declared it

        await RewordAsync(world, closing, task, "The wells run again.");
        Assert.Equal("portal.moved-on", await NoAsync(() => PublishAsync(world, closing, task, choice, draft.Hash)));
        Assert.Empty(await world.InAsync((Db db) => db.PublicFor().ToListAsync(Ct)));
        await PublishAsync(world, closing, task, choice with { Remark = "" });
        Assert.Equal("portal.remark", await NoAsync(() => PublishAsync(world, closing, task, choice with { Remark = " " })));
        Assert.Equal("mask.unused", await NoAsync(() => DraftAsync(world, closing, task, choice with { Masks = [new("nowhere", MaskReason.Other)] })));

        // Taken back, nothing of it is listed anywhere.
        Task<IReadOnlyList<PublicPlace>> PlacesAsync() => world.InAsync((Db db) => new PublicPlaces(db, null!, Words.In(Language.Default)).OfAsync([task], Ct));
        Assert.Single(await PlacesAsync());
        await WithdrawAsync(world, closing, task);
        Assert.Empty(await PlacesAsync());
    }

    [Theory, EveryDatabase]
    public async Task An_item_taken_up_again_is_no_closure_any_more_and_an_open_one_never_was(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, task) = await ClosedAsync(world);
        await OpenAsync(world, closing);
        var choice = Choice([PublicField.Status, PublicField.Closing]);
        await PublishAsync(world, closing, task, choice);
        await PublishAsync(world, closing, closing.Tasks[1].Id, choice);
        Assert.Equal([task], await ClosuresAsync());

        await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Reopened, world.Clock.Today, Note: "Black water again.", Document: "X2026-7")], closing.People["office"], Ct));
        Assert.Equal([task], await ClosuresAsync()); // until the office corrects it
        var drift = await DriftAsync(world, closing, task);
        Assert.Equal(["public.field.Status", "public.field.Closing"], drift.Parts);
        await PublishAsync(world, closing, task, choice);
        Assert.Empty(await ClosuresAsync());

        Task<List<Guid>> ClosuresAsync() => world.InAsync(async (Db db) =>
        {
            var site = new PublicSite(db);
            return (await site.ClosuresAsync(await site.ProgrammeAsync(Closing.Code, Ct), "", 10, Ct)).Rows.ConvertAll(one => one.ItemId);
        });
    }

    [Theory, EveryDatabase]
    public async Task Closed_by_several_units_an_item_is_closed_on_the_last_day_and_its_status_is_of_the_day_of_publication(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("per-unit"));
        var task = closing.Tasks[1].Id;
        var choice = Choice([PublicField.Status, PublicField.Closing]);
        var first = await closing.ClosureAsync(world, await closing.HaveAtAsync(world, task, by: "county"));
        var half = (await DraftAsync(world, closing, task, choice)).Snapshot;
        Assert.Equal((null, world.Clock.Today), (half.ClosedOn, half.StatusOn));

        var last = await closing.ClosureAsync(world, await closing.HaveAtAsync(world, task, by: "other"));
        Assert.True(first.ClosedOn < last.ClosedOn);
        Closing.Today(world, world.Clock.Today.AddDays(3));
        var whole = (await DraftAsync(world, closing, task, choice)).Snapshot;
        Assert.Equal((last.ClosedOn, world.Clock.Today, "closed"), (whole.ClosedOn, whole.StatusOn!.Value, whole.Status));
    }

    [Theory, EveryDatabase]
    public async Task The_plans_text_is_masked_too_and_says_of_which_approved_version_it_is(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world);
        var settings = new PublicSettings(true, "Public", PlanText: "1. The Qnamed works closes.\n2. Others follow.") { PlanMasks = [new("Qnamed works", MaskReason.Commercial)] };
        Assert.Equal("mask.unused", await NoAsync(() => SetAsync(settings with { PlanMasks = [new("nowhere", MaskReason.Other)] }, 0)));
        Assert.Equal("portal.plan", await NoAsync(() => SetAsync(settings with { PlanNo = 1 }, 0)));
        await SetAsync(settings, 0);
        var open = await OpenNowAsync();
        Assert.DoesNotContain("Qnamed", open.PlanText, StringComparison.Ordinal);
        Assert.Contains("〔已隐去：", open.PlanText, StringComparison.Ordinal);
        Assert.Equal((settings.PlanText, "Qnamed works"), (open.Settings.PlanText, Assert.Single(open.Settings.PlanMasks).Passage));

        // Once a version is approved, the text is one of an approved version.
        var (approved, drafted) = (PlanVersion.Create(closing.Programme.Id, 1, "Plan", "plan.docx", new('0', 64), new("Plan", []), world.Clock.GetUtcNow()), PlanVersion.Create(closing.Programme.Id, 2, "Plan", "plan.docx", new('1', 64), new("Plan", []), world.Clock.GetUtcNow()));
        approved.Take(PlanStep.Report, new(2026, 1, 2), "");
        approved.Take(PlanStep.Approve, new(2026, 1, 5), "");
        await world.HaveAsync(approved, drafted);
        Assert.Equal("portal.plan", await NoAsync(() => SetAsync(settings, 1)));
        Assert.Equal("portal.plan", await NoAsync(() => SetAsync(settings with { PlanNo = 2 }, 1)));
        await SetAsync(settings with { PlanNo = 1, PlanMasks = [] }, 1);
        open = await OpenNowAsync();
        Assert.Equal((settings.PlanText, 1, new DateOnly(2026, 1, 5)), (open.PlanText, open.PlanNo, open.PlanApprovedOn!.Value));

        Task SetAsync(PublicSettings said, int version) => world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, said, version, closing.People["office"], Ct));
        Task<PublicProgramme> OpenNowAsync() => world.InAsync((Db db) => db.PublicProgrammes().AsNoTracking().SingleAsync(Ct));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_of_a_closing_is_known_otherwise_is_told_to_the_office(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task, "site");
        await OpenAsync(world, closing);
        var choice = Choice([PublicField.Units, PublicField.Result, PublicField.GoalResults, PublicField.Steps]);
        await PublishAsync(world, closing, task, choice);
        await ExpectAsync([]);

        // A step that changes nothing of the item is news all the same.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await closing.TakeAsync(world, id);
        await ExpectAsync([PublicField.Steps]);

        await ClosureTests.ReturnAsync(world, closing, id, "bureau", "The list of wells is missing.");
        world.Clock.Advance(TimeSpan.FromDays(1));
        var one = await closing.CaseAsync(world, id);
        await world.InAsync((SaveDeclaration save) => save.RunAsync(id, one.Declaration with { Report = "Only half of it was done." }, one.Closure.Version, closing.People["county"], Ct));
        await closing.TakeAsync(world, id, "county");
        await ExpectAsync([PublicField.Result, PublicField.Steps]);

        var item = (await closing.ViewAsync(world, task)).Item;
        await world.InAsync((ChangeItemUnits change) => change.RunAsync(task, item.Version, [new(null, "Unit C2", DraftRole.Lead)], closing.People["office"], Ct));
        await ExpectAsync([PublicField.Units, PublicField.Result, PublicField.Steps]);

        // A passage that was masked and stands no more: it cannot be told anew as it was, and that is said.
        await PublishAsync(world, closing, task, Choice([PublicField.Problem]) with { Masks = [new("Task 1", MaskReason.Other)] });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await DriftAsync(world, closing, task)).IsEmpty);
        await RewordAsync(world, closing, task, "The wells run again.");
        Assert.Equal("mask.unused", (await DriftAsync(world, closing, task)).Refused?.Code);
        Assert.False((await DriftAsync(world, closing, task)).IsEmpty);

        async Task ExpectAsync(PublicField[] parts)
        {
            Assert.Equal(parts.Select(part => $"public.field.{part}"), (await DriftAsync(world, closing, task)).Parts);
            Assert.Equal(parts.Length > 0, await world.InAsync((Db db) => PublicationDrift.Touched(db, db.PublicationsFor(closing.People["office"]), closing.People["office"]).AnyAsync(Ct)));
        }
    }

    // The signed steps stand in the closure's chain, not in the item's: they come along, and belong to this closing alone.
    [Theory, EveryDatabase]
    public async Task The_proof_of_a_closing_holds_with_its_signed_steps_and_refuses_others(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var world = published.World;
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        var id = await closing.HaveAtAsync(world, task);
        await OpenAsync(world, closing);
        await PublishAsync(world, closing, task, Choice(Everything));
        await published.NumberAsync();
        await published.PublishAsync();

        // The certificate's code leads to the page that checks, with the key and the entry's hash behind what a browser never sends.
        var (code, leafHash) = await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var prove = new PublicProof(db, new ProveEntry(db, published.Keys, published.Store), services.GetRequiredService<FileStore>(), new Site());
            var view = await ClosureView.ReadAsync(db, services.GetServices<IStepGate>(), closing.People["office"], id, Ct);
            var paper = await new ClosurePapers(db, Words.In(Language.Default), world.Clock, new PublicPlaces(db, prove, Words.In(Language.Default))).PaperAsync(
                view, ClosurePaperKind.Certificate, "x", "https://zg.example", Ct);
            return (paper.Code!, (await prove.ReadAsync(await db.PublicFor().SingleAsync(Ct), Ct))!.Hash);
        });
        var publicId = await world.InAsync((Db db) => db.PublicFor().Select(one => one.PublicId).SingleAsync(Ct));
        Assert.Equal($"https://zg.example/public/{Closing.Code}/items/{publicId}/verify#k={Uri.EscapeDataString(published.Log.Key.ToString())}&h={Convert.ToHexStringLower(leafHash)}", code.Address);
        var work = Directory.CreateTempSubdirectory("rectify-closing-").FullName;
        try
        {
            var zip = Path.Combine(work, "proof.zip");
            await File.WriteAllBytesAsync(zip, await world.InAsync(async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<Db>();
                var prove = new PublicProof(db, new ProveEntry(db, published.Keys, published.Store), services.GetRequiredService<FileStore>(), new Site());
                var one = await db.PublicFor().SingleAsync(Ct);
                return await prove.PackAsync(one, (await prove.ReadAsync(one, Ct))!, Ct);
            }), Ct);
            var policy = Path.Combine(work, "trusted");
            await File.WriteAllBytesAsync(policy, published.Keys.PolicyFile, Ct);
            var (exit, said) = await VerifyAsync(zip);
            Assert.True(exit == 0, said);
            var signed = await world.InAsync((Db db) => db.Journal.Where(row => row.Kind == ClosureActDone.Name).OrderBy(row => row.N).Select(row => row.Body).ToListAsync(Ct));
            Assert.Contains("The signed act that closed it is in the journal", said, StringComparison.Ordinal);
            Assert.Contains(": closing, ", said, StringComparison.Ordinal);
            var acts = signed.Select(body => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("data")).ToList();
            var close = acts.FindIndex(data => data.GetProperty("stepKind").GetString() == "close");
            Assert.InRange(close, 1, acts.Count);
            foreach (var act in acts.Take(close + 1).Where(data => data.TryGetProperty("signedHash", out _)))
            {
                Assert.Contains(act.GetProperty("signedHash").GetString()!, said, StringComparison.Ordinal);
            }

            // OpenSSL and a shell over the signed act alone.
            await System.IO.Compression.ZipFile.ExtractToDirectoryAsync(zip, Path.Combine(work, "open"), Ct);
            var folder = Path.Combine(work, "open", "closing");
            var recipe = Path.Combine(work, "check");
            await OutsideVerifierTests.SaveRecipeAsync(recipe);
            var shell = await OutsideVerifierTests.RunAsync("bash", [recipe, Path.Combine(folder, "leaf.json"), Path.Combine(folder, "closure.tlog-proof"), published.Log.Key.ToString()]);
            Assert.True(shell is (0, _) && shell.Said.StartsWith("HOLDS: entry ", StringComparison.Ordinal), shell.Said);

            // Steps of another day, and none at all.
            var first = Path.Combine(folder, "chain", "00001.json");
            var was = await File.ReadAllTextAsync(first, Ct);
            await File.WriteAllTextAsync(first, was.Replace("\"n\":1", "\"n\":2", StringComparison.Ordinal), Ct);
            (exit, said) = await VerifyAsync(Path.Combine(work, "open"));
            Assert.True(exit == 1 && said.Contains("is not the one that closed this item", StringComparison.Ordinal), said);
            Directory.Delete(folder, recursive: true);
            (exit, said) = await VerifyAsync(Path.Combine(work, "open"));
            Assert.True(exit == 0 && said.Contains("The signed act that closed it is not here", StringComparison.Ordinal), said);

            async Task<(int Code, string Said)> VerifyAsync(string package)
            {
                using var output = new StringWriter();
                return (await Rectify.Verify.Commands.RunAsync(["closure", package, "--policy", policy, "--language", "en"], output), output.ToString());
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private sealed class Site : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = Path.Combine(Tree.Root, "src/Rectify/wwwroot");

        public IFileProvider WebRootFileProvider { get; set; } = new PhysicalFileProvider(Path.Combine(Tree.Root, "src/Rectify/wwwroot"));

        public string ApplicationName { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = "";

        public string EnvironmentName { get; set; } = "";
    }

    private static async Task<(Closing Closing, Guid Task)> ClosedAsync(World world, string preset = "standard")
    {
        var closing = await Closing.HaveAsync(world, Closing.Preset(preset));
        await closing.HaveAtAsync(world, closing.Tasks[0].Id);
        return (closing, closing.Tasks[0].Id);
    }

    private static PublicationChoice Choice(PublicField[] fields) => new("A title", fields, [], "", "", [], "as agreed");

    private static IEnumerable<PublicField> Filled(PublicSnapshot shown) => new (PublicField Field, bool Filled)[]
    {
        (PublicField.Aspect, shown.Aspect.Length > 0), (PublicField.Problem, shown.Problem.Length > 0), (PublicField.Goal, shown.Goal.Length > 0), (PublicField.Measures, shown.Measures.Count > 0),
        (PublicField.Units, shown.Units.Count > 0), (PublicField.Deadline, shown.Deadline.Length > 0 || shown.DueOn is not null), (PublicField.Status, shown.Status.Length > 0 || shown.StatusOn is not null),
        (PublicField.GoalResults, shown.Goals.Count > 0), (PublicField.Result, shown.Result.Length > 0), (PublicField.Steps, shown.Steps.Count > 0),
        (PublicField.Closing, shown.ClosedOn is not null || shown.ClosingNumber.Length > 0), (PublicField.Pictures, shown.Pictures.Count > 0), (PublicField.FollowUp, shown.FollowUp.Length > 0),
    }.Where(one => one.Filled).Select(one => one.Field);

    private static async Task<Guid> PictureAsync(World world, Closing closing, Guid task)
    {
        var piece = await EvidenceTests.AddAsync(world, closing.People["county"], Photos.Jpeg(64, 48), new("Photo", PieceKind.Photo, world.Clock.Today), task);
        return await world.InAsync((MaskPicture mask) => mask.RunAsync(task, piece, new(true, "QcaptionQ", "QaltQ", []), closing.People["office"], Ct));
    }

    private static Task OpenAsync(World world, Closing closing) =>
        world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, new(true, "Public"), 0, closing.People["office"], Ct));

    private static Task<PublicationDraft> DraftAsync(World world, Closing closing, Guid item, PublicationChoice choice) =>
        world.InAsync((Db db) => PublicationDraft.MakeAsync(db, item, choice, closing.People["office"], world.Clock.Today, Ct));

    private static async Task PublishAsync(World world, Closing closing, Guid item, PublicationChoice choice, string? seen = null)
    {
        var hash = seen ?? (await DraftAsync(world, closing, item, choice)).Hash;
        await world.InAsync((PublishItem publish) => publish.RunAsync(item, choice, hash, closing.People["office"], Ct));
    }

    private static Task WithdrawAsync(World world, Closing closing, Guid item) => world.InAsync((WithdrawPublication withdraw) => withdraw.RunAsync(item, "by mistake", closing.People["office"], Ct));

    // As the office's page reads it: by the choice that stands.
    private static Task<PublicationDrift> DriftAsync(World world, Closing closing, Guid item) => world.InAsync(async (Db db) =>
    {
        var office = closing.People["office"];
        var one = await db.PublicationsFor(office).AsNoTracking().SingleAsync(known => known.ItemId == item, Ct);
        var choice = await db.PublicationVersions().Where(version => version.PublicationId == one.Id).OrderByDescending(version => version.No).Select(version => version.Choice).FirstAsync(Ct);
        return await PublicationDrift.ReadAsync(db, one, PublicationChoice.Read(choice), office, world.Clock.Today, Ct);
    });

    private static async Task RewordAsync(World world, Closing closing, Guid item, string text)
    {
        var now = (await closing.ViewAsync(world, item)).Item;
        await world.InAsync((ChangeItemWords change) => change.RunAsync(item, now.Version, now.Title, text, now.Goal, closing.People["office"], Ct));
    }

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
