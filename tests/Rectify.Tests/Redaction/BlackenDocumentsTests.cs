using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Bulletins;
using Rectify.Closure;
using Rectify.Dispatch;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Publishing;
using Rectify.Redaction;
using Rectify.Tasks;
using Rectify.Tests.Bulletins;
using Rectify.Tests.Closure;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Notices;
using Rectify.Tests.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Redaction;

/// <summary>A name that stands in what was signed, handed in, frozen, issued and published: it goes from all of it, every check goes on, and tampering is found as before.</summary>
public sealed class BlackenDocumentsTests
{
    /// <summary>With what JSON escapes: it stands in the database in several spellings.</summary>
    private const string Name = "Q欧阳\"某Q";

    [Theory, EveryDatabase]
    public async Task A_name_goes_from_closed_rounds_and_issued_bulletins_and_whoever_tampers_with_them_is_found_out_all_the_same(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database, logged: true);
        var world = published.World;
        var r = await Reporting.HaveAsync(world);
        var person = await PersonAsync(world, r.Units["C1"].Id);
        await RetitleAsync(world, r, $"Ask {Name}");
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");
        await r.DecideAsync(world, round, "C1", ReturnAct.SendBack, "p1", $"{Name} has the list");
        await r.ReportAsync(world, round, "C1", 35, line => line with { Work = $"met {Name} twice", Figures = [.. line.Figures.Select(figure => figure with { Reason = $"says {Name}" })] });
        await r.ReportAsync(world, round, "C2", 10);
        await r.CloseAsync(world, round);
        var bulletin = await IssueBulletinTests.DraftAsync(world, r, round);
        await world.InAsync((ChangeBulletin change) => change.RunAsync(bulletin, new("Bulletin", "", $"{Name} is to report.", "", "", "", 1), 0, r.Office, Ct));
        await world.InAsync((IssueBulletin issue) => issue.RunAsync(bulletin, 1, r.Office, Ct));
        await CheckAsync(world, FrozenResult.Intact);
        await RetitleAsync(world, r, "Ask somebody");
        await RenameAsync(world, person);
        await published.NumberAsync();
        await published.PublishAsync();
        var closing = await world.InAsync((Db db) => db.Journal.Where(row => row.Kind == RoundClosed.Name).Select(row => row.EntryId).SingleAsync(Ct));
        var proof = (await published.ProveAsync(closing))!;

        var said = await SaidAsync();

        // Found in every spelling, and all in documents.
        var places = await ElsewhereAsync(world, person);
        Assert.Equal(["SearchTexts.Folded"], places.Live.Select(place => place.Key)); // made of the facts, and goes with them
        Assert.All(["ReturnLine.Work", "ReturnLine.Figures", "ReturnStep.Note", "FrozenTask.Title", "Bulletin.Content", "Bulletin.Requirements"], place => Assert.Contains(place, places.Documents.Select(one => one.Key)));

        Assert.Contains(places.Documents, place => place.Key == "ReturnLine.Figures" && place.Excerpt == $"says {Name}"); // as people read it, however JSON escapes it
        Assert.All(places.Documents, place => Assert.Contains(Name, place.Excerpt, StringComparison.OrdinalIgnoreCase));

        // A value as long as an opinion can be.
        Assert.True((await world.InAsync((Db db) => new KeptValues(db).ElsewhereAsync(string.Concat(Enumerable.Repeat("没有\"这段", 4_000)), person.Id, Ct))).IsNowhere);

        // Not what is no document, and not what was tampered with before: nothing may hide that.
        Assert.Equal("redaction.place", await NoAsync(() => RedactAsync(world, person, ["Person.Name"])));
        await SqlAsync(world, "UPDATE \"ReturnLine\" SET \"Work\" = 'x' || \"Work\" WHERE \"Work\" LIKE 'met%'");
        Assert.Equal("redaction.tampered", await NoAsync(() => RedactAsync(world, person, ["ReturnLine.Work"])));
        await SqlAsync(world, "UPDATE \"ReturnLine\" SET \"Work\" = substr(\"Work\", 2) WHERE \"Work\" LIKE 'xmet%'");

        // One kind alone, then the others; then each history that tells it in a longer text, as the page lists them.
        Assert.NotEqual(0, await RedactAsync(world, person, ["ReturnLine.Work"]));
        Assert.DoesNotContain("ReturnLine.Work", (await ElsewhereAsync(world, person)).Documents.Select(place => place.Key));
        Assert.NotEqual(0, await RedactAsync(world, person, [.. (await ElsewhereAsync(world, person)).Documents.Select(place => place.Key)]));
        await ForgetHistoriesAsync(world, person);
        Assert.True((await ElsewhereAsync(world, person)).IsNowhere);
        await DemandGoneAsync(published);

        // What is left says that it was blackened; every check and every proof holds.
        Assert.Contains("met ████ twice", await world.InAsync((Db db) => db.ReturnLines().Select(line => line.Work).ToListAsync(Ct)));
        await CheckAsync(world, FrozenResult.Intact);
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        Assert.True((await published.ProveAsync(closing))!.Proof.Check(proof.Hash, published.Keys.Policy).Holds);

        // Whoever has the database finds out by no hash of before what stood under the bars: the right words, put back, do not fit either.
        var barred = await SaidAsync();
        await SayAsync(said with { Content = said.Content.Replace(SaltOf(said.Content), SaltOf(barred.Content), StringComparison.Ordinal) });
        Assert.Equal([FrozenResult.Tampered, FrozenResult.Tampered], await ResultsAsync(world));
        await SayAsync(barred);
        await CheckAsync(world, FrozenResult.Intact);

        // Tampering is found in what was blackened and beside it, and nobody makes it good by a row of his own.
        foreach (var (harm, repair) in new[]
        {
            ("UPDATE \"ReturnLine\" SET \"Work\" = 'x' || \"Work\" WHERE \"Work\" LIKE 'met%'", "UPDATE \"ReturnLine\" SET \"Work\" = substr(\"Work\", 2) WHERE \"Work\" LIKE 'xmet%'"),
            ("UPDATE \"ReturnLine\" SET \"Problems\" = 'some' WHERE \"Problems\" = 'none'", "UPDATE \"ReturnLine\" SET \"Problems\" = 'none' WHERE \"Problems\" = 'some'"),
            ("UPDATE \"FrozenTask\" SET \"Title\" = 'y' || \"Title\"", "UPDATE \"FrozenTask\" SET \"Title\" = substr(\"Title\", 2)"),
            ("UPDATE \"FrozenFigure\" SET \"Value\" = 36 WHERE \"Value\" = 35", "UPDATE \"FrozenFigure\" SET \"Value\" = 35 WHERE \"Value\" = 36"),
            ("UPDATE \"Bulletin\" SET \"Content\" = \"Content\" || ' '", "UPDATE \"Bulletin\" SET \"Content\" = substr(\"Content\", 1, length(\"Content\") - 1)"),
            ("UPDATE \"BlackenedDocuments\" SET \"DocumentId\" = \"Id\"", ""),
        })
        {
            await SqlAsync(world, harm);
            Assert.Contains(FrozenResult.Tampered, await ResultsAsync(world));
            if (repair.Length > 0)
            {
                await SqlAsync(world, repair);
                await CheckAsync(world, FrozenResult.Intact);
            }
        }

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var words = (await FrozenParts.ReadAsync(db, round, tracked: false, Ct)).Words;
            db.Add(new BlackenedDocument { DocumentId = round, Part = nameof(FrozenParts.Words), Hash = words, At = world.Clock.GetUtcNow() });
            await services.GetRequiredService<JournalWriter>().CommitAsync(new Noted { Subject = round, By = Setup, At = world.Clock.GetUtcNow(), Number = 1 }, Ct); // an entry, but of no redaction
        });
        Assert.Contains(FrozenResult.Tampered, await ResultsAsync(world));

        Task<Said> SaidAsync() => world.InAsync(async (Db db) =>
        {
            var lines = await db.ReturnLines().AsNoTracking().Where(line => line.Work.StartsWith("met ")).OrderBy(line => line.No).Select(line => new { line.No, line.Work, line.Figures }).ToListAsync(Ct);
            return new Said(
                [.. lines.Select(line => (line.No, line.Work, line.Figures))], await db.FrozenTasks().Where(task => task.ItemId == r.Tasks[0].Id).Select(task => task.Title).SingleAsync(Ct),
                await db.BulletinsFor(r.Office).Select(one => one.Content).SingleAsync(Ct));
        });

        Task SayAsync(Said say) => world.InAsync(async (Db db) =>
        {
            foreach (var (no, work, figures) in say.Lines)
            {
                await db.Database.ExecuteSqlAsync($"""UPDATE "ReturnLine" SET "Work" = {work}, "Figures" = {figures} WHERE "Work" LIKE 'met %' AND "No" = {no}""", Ct);
            }

            await db.Database.ExecuteSqlAsync($"""UPDATE "FrozenTask" SET "Title" = {say.Title} WHERE "Title" LIKE 'Ask %'""", Ct);
            await db.Database.ExecuteSqlAsync($"""UPDATE "Bulletin" SET "Content" = {say.Content}""", Ct);
        });

        Task<FrozenResult[]> ResultsAsync(World world) => world.InAsync(async (Db db) => new[]
        {
            await CheckFrozen.ReadAsync(db, round, Ct), await CheckBulletins.ReadAsync(db, await db.BulletinsFor(r.Office).AsNoTracking().SingleAsync(one => one.Id == bulletin, Ct), Ct),
        });

        async Task CheckAsync(World world, FrozenResult expected) => Assert.All(await ResultsAsync(world), result => Assert.Equal(expected, result));
    }

    [Theory, EveryDatabase]
    public async Task A_name_goes_from_what_was_signed_declared_planned_and_published_before(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database, logged: true);
        var world = published.World;
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var (office, task) = (closing.People["office"], closing.Tasks[0].Id);
        var person = await PersonAsync(world, closing.Units["C1"].Id);
        await world.HaveAsync(PlanVersion.Create(closing.Programme.Id, 1, $"Plan of {Name}", "plan.docx", new('0', 64), new($"Led by {Name}", []), world.Clock.GetUtcNow()));
        var id = await closing.BeginAsync(world, task);
        await closing.WriteAsync(world, id);
        var one = await closing.CaseAsync(world, id);
        await world.InAsync((SaveDeclaration save) => save.RunAsync(id, one.Declaration with { Report = $"{Name} did all of it." }, one.Closure.Version, closing.People["county"], Ct));
        await closing.TakeAsync(world, id, change: stated => stated with { Opinion = $"{Name} agrees." });
        await closing.GoAsync(world, id);
        await world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, new(true, "Public"), 0, office, Ct));
        await PublishAsync([]);
        var before = await StandingAsync();

        // What is public now is put out anew without it; the record keeps it, and so does the version of before.
        await PublishAsync([new(Name, MaskReason.Personal)]);
        await RenameAsync(world, person);
        var places = await ElsewhereAsync(world, person);
        Assert.Empty(places.Live);
        Assert.All(
            ["ClosureAct.Content", "ClosureAct.Opinion", "ClosureAct.Stated", "ItemClosure.Declared", "PlanVersion.Content", "PlanVersion.Title", "PublicationVersion.Content", "PublicationVersion.Choice"],
            place => Assert.Contains(place, places.Documents.Select(found => found.Key)));
        var salts = await world.InAsync(async (Db db) => (await db.ClosureActs().AsNoTracking().Where(act => act.Content != "").ToListAsync(Ct)).ToDictionary(act => act.Id, act => SaltOf(act.Content)));
        var open = await world.InAsync((Db db) => db.PublicFor().Select(shown => shown.Content).SingleAsync(Ct));

        Assert.NotEqual(0, await RedactAsync(world, person, [.. places.Documents.Select(place => place.Key)]));
        await ForgetHistoriesAsync(world, person);

        Assert.True((await ElsewhereAsync(world, person)).IsNowhere);
        await DemandGoneAsync(published);
        Assert.Equal(open, await world.InAsync((Db db) => db.PublicFor().Select(shown => shown.Content).SingleAsync(Ct)));
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(JournalFinding.Whole, (await published.MonitorAsync())!.Finding);

        // The acts are the same and stand as they stood; what they sign is read without the name, and its hash cannot be tried out.
        Assert.Equal(before, await StandingAsync());
        await world.InAsync(async (Db db) =>
        {
            var acts = await db.ClosureActs().AsNoTracking().Where(act => act.ClosureId == id && act.Hash != "").ToListAsync(Ct);
            Assert.Contains(acts, act => act.Content.Contains('█', StringComparison.Ordinal));
            Assert.All(acts.Where(act => act.Content.Contains('█', StringComparison.Ordinal)), act => Assert.NotEqual(salts[act.Id], SaltOf(act.Content)));
            Assert.Contains(acts, act => act.Statement.Opinion == "████ agrees.");
        });
        Assert.StartsWith("Led by ████", await world.InAsync(async (Db db) => PlanContent.Parse(await db.PlanVersionsFor(office, Right.Read).Select(version => version.Content).SingleAsync(Ct)).Title), StringComparison.Ordinal);

        async Task PublishAsync(IReadOnlyList<Mask> masks)
        {
            var choice = new PublicationChoice("A title", [PublicField.Result, PublicField.Steps], masks, "", "", [], "as agreed");
            var hash = await world.InAsync(async (Db db) => (await PublicationDraft.MakeAsync(db, task, choice, office, world.Clock.Today, Ct)).Hash);
            await world.InAsync((PublishItem publish) => publish.RunAsync(task, choice, hash, office, Ct));
        }

        async Task<List<string>> StandingAsync() => [.. (await closing.CaseAsync(world, id)).Signatures.Select(signature => $"{signature.Act.StepKey} {signature.Act.Hash} {signature.Stale}")];
    }

    // A form that was open before, and what is kept in memory by version, know the words still.
    [Theory, EveryDatabase]
    public async Task What_was_open_before_cannot_be_saved_back_and_nothing_gives_the_words_from_memory(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var (county, person) = (closing.People["county"], await PersonAsync(world, closing.Units["C1"].Id));
        await RenameAsync(world, person);
        var id = await closing.BeginAsync(world, closing.Tasks[0].Id);
        await closing.WriteAsync(world, id);
        var one = await closing.CaseAsync(world, id);
        var report = $"{Name} cleaned all of it, and the river has been clear since the day on which that was finished.";
        await SaveAsync(one.Closure.Version);
        var before = await closing.ClosureAsync(world, id);
        OtherTexts.Keep(id, before.Version, "here", [report]);
        Assert.NotEmpty(OtherTexts.Find(id, before.Version, "here")!);
        var told = await closing.HaveAtAsync(world, closing.Tasks[1].Id, "notice");
        var taker = await closing.TakerAsync(world, await closing.CaseAsync(world, told));
        var notice = await NoticeTests.DraftAsync(world, closing, taker, told);
        var first = (await NoticeTests.NoticeAsync(world, notice)).Version;
        await ChangeAsync(first);
        var drafted = await NoticeTests.NoticeAsync(world, notice);

        Assert.NotEqual(0, await RedactAsync(world, person, [.. (await ElsewhereAsync(world, person)).Documents.Select(place => place.Key)]));

        var after = await closing.ClosureAsync(world, id);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Equal("stale", await NoAsync(() => SaveAsync(before.Version)));
        Assert.Contains("████ cleaned", after.Declaration.Report, StringComparison.Ordinal);
        Assert.Null(OtherTexts.Find(id, after.Version, "here"));
        Assert.Equal(drafted.Version + 1, (await NoticeTests.NoticeAsync(world, notice)).Version); // its part has no version of its own
        Assert.Equal("stale", await NoAsync(() => ChangeAsync(drafted.Version)));

        Task SaveAsync(int version) => world.InAsync((SaveDeclaration save) => save.RunAsync(id, one.Declaration with { Report = report }, version, county, Ct));

        Task ChangeAsync(int version) => world.InAsync((ChangeNotice change) => change.RunAsync(notice, "A notice", [new("", $"{Name} says that it is done.", "")], null, version, closing.People[taker], Ct));
    }

    /// <summary>What stands in a closed round and its bulletin.</summary>
    private sealed record Said(List<(int No, string Work, string Figures)> Lines, string Title, string Content);

    private static string SaltOf(string json) => JsonNode.Parse(json)!["salt"]!.GetValue<string>();

    private static Task<Person> PersonAsync(World world, Guid unit) => world.InAsync((CreatePerson create) => create.RunAsync(new(null, unit, Name, "clerk"), Access.OfSystem(Setup), Ct));

    private static Task RenameAsync(World world, Person person) =>
        world.InAsync((ChangePerson change) => change.RunAsync(person.Id, person.Version, new(null, person.UnitId, "Somebody", "clerk"), Access.OfSystem(Setup), Ct));

    private static async Task RetitleAsync(World world, Reporting r, string title)
    {
        var item = await world.InAsync((Db db) => db.ItemsFor(r.Office, Right.Read).AsNoTracking().SingleAsync(one => one.Id == r.Tasks[0].Id, Ct));
        await world.InAsync((ChangeItemWords change) => change.RunAsync(item.Id, item.Version, title, item.Text, item.Goal, r.Office, Ct));
    }

    private static Task<KeptValues.Standing> ElsewhereAsync(World world, Person person) => world.InAsync((Db db) => new KeptValues(db).ElsewhereAsync(Name, person.Id, Ct));

    private static Task<int> RedactAsync(World world, Person person, IReadOnlyCollection<string> places, string value = Name) => world.InAsync((IServiceProvider services) => KeptBytes.Redacting(services).RunAsync(
        person.Id, value, RedactionGround.Erasure, "On request", Setup, world.Clock.GetUtcNow(), places, Ct));

    // As somebody does on the page: one history after the other, one longer text after the other, until none tells it.
    private static async Task ForgetHistoriesAsync(World world, Person person)
    {
        while ((await ElsewhereAsync(world, person)).Histories is [var telling, ..])
        {
            var text = (await world.InAsync((Db db) => db.OpeningsOfAsync(telling.Subject, null, Ct))).SelectMany(one => new[] { one.Before, one.After }).First(value => Blackening.Holds(value, Name))!;
            await world.InAsync((IServiceProvider services) => KeptBytes.Redacting(services).RunAsync(telling.Subject, text, RedactionGround.Erasure, "On request", Setup, world.Clock.GetUtcNow(), [], Ct));
        }
    }

    // From the files, from the log of the database, from what was logged, and from a copy made later; in no spelling.
    private static async Task DemandGoneAsync(PublishedWorld published)
    {
        var world = published.World;
        world.Clock.Advance(DestroyOpeningKeys.Grace);
        await world.InAsync((IServiceProvider services) => new DestroyOpeningKeys(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<OpeningKeys>(), world.Clock).RunAsync(Ct));
        var copy = Path.Combine(published.Folder.FullName, "copy");
        await world.InAsync((Db db) => DatabaseCopy.SaveAsync(db, copy, Ct));
        foreach (var form in Blackening.FormsOf(Name))
        {
            Assert.Empty(await KeptBytes.HoldingAsync(world, Encoding.UTF8.GetBytes(form)));
            Assert.True((await File.ReadAllBytesAsync(copy, Ct)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, form);
            Assert.DoesNotContain(world.Logged, line => line.Contains(form, StringComparison.Ordinal));
        }
    }

    private static Task SqlAsync(World world, string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));

    private static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
