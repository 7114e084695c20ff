using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>
/// Every refusal of the rooms that close, publish and look back, provoked over HTTP: each comes with its own code and the status that docs/refusals.md gives it, and nothing is changed. A code
/// that the documentation has and nobody was answered here fails the test.
/// </summary>
public sealed partial class ClosingRefusalsTests
{
    private static readonly string[] Rooms = ["procedure", "closure", "notice", "public-notice", "objection", "check", "check-rules", "lookback", "draw", "rebound", "portal", "publication", "error-report"];

    /// <summary>What nobody can be answered by a request, and why.</summary>
    private static readonly Dictionary<string, string> OutOfReach = new()
    {
        ["closure.notice-stands"] = "the notice's own gate answers closure.obstacles before, and its end notice.stands",
        ["objection.closed"] = "the page of a notice that takes none has no form to send: only one who sends it while the last day ends is told",
        ["notice.not-found"] = "a message in the inbox, of the room Notifications",
    };

    private static readonly Dictionary<string, int> Documented = Tree.Files("docs", ".md").Single(file => file.Path == "docs/refusals.md").Text.Split('\n')
        .Select(line => Regex.Match(line, @"^\| `(?<code>[a-z.-]+)` \| (?<status>\d+) \|")).Where(row => row.Success)
        .ToDictionary(row => row.Groups["code"].Value, row => int.Parse(row.Groups["status"].Value, CultureInfo.InvariantCulture));

    private readonly HashSet<string> answered = [];
    private readonly List<string> wrong = [];
    private readonly Dictionary<Guid, int> versions = [];
    private ClosingServer server = null!;

    [Theory, EveryDatabase]
    public async Task Every_refusal_has_its_code_and_its_status(string database)
    {
        Guid parts = default, bare = default, moved = default, again = default, applying = default, material = default, site = default, accepting = default, stale = default, own = default, finished = default, second = default;
        Guid batched = default, batchedToo = default, notice = default, noticeToo = default, late = default, elsewhere = default;
        server = await ClosingServer.StartAsync(database, 16, async one =>
        {
            var (world, closing) = (one.World, one.Closing);
            parts = await closing.BeginAsync(world, one.Task(1));
            bare = await closing.BeginAsync(world, one.Task(5));
            moved = await closing.BeginAsync(world, one.Task(6));
            await closing.WriteAsync(world, moved);
            var goal = one.Task(6);
            await world.InAsync((Db db) => db.Set<Item>().Where(item => item.Id == goal).ExecuteUpdateAsync(set => set.SetProperty(item => item.Goal, "A goal of its own."), Ct));
            applying = await one.HaveAtAsync(one.Task(7), "apply");
            material = await one.HaveAtAsync(one.Task(8), "material");
            site = await one.HaveAtAsync(one.Task(9), "site");
            accepting = await one.HaveAtAsync(one.Task(10), "accept");
            stale = await one.HaveAtAsync(one.Task(11), "material");
            var upload = await EvidenceTests.UploadAsync(world, closing.People["county"], "another"u8.ToArray());
            var piece = (await closing.CaseAsync(world, stale)).Declaration.Evidence[0];
            await world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "one fewer", 1, closing.People["county"], Ct));
            var shared = (await closing.ViewAsync(world, one.Task(2))).Item;
            await world.InAsync((ChangeItemUnits change) => change.RunAsync(
                shared.Id, shared.Version, [new(null, "Unit C1", DraftRole.Responsible), new(null, "Unit C2", DraftRole.Responsible), new(null, "Unit C1", DraftRole.Accept)], closing.People["office"], Ct));
            own = await one.HaveAtAsync(shared.Id, "material");
            (notice, noticeToo) = (await one.HaveAtAsync(one.Task(12), "notice"), await one.HaveAtAsync(one.Task(13), "notice"));
            await FactsAsync(one, one.Task(14), FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed); // before there were steps
            await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("close-first"), "as agreed", 1, closing.People["office"], Ct));
            late = await one.HaveAtAsync(one.Task(15), "notice");
            await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("batch"), "as agreed", 2, closing.People["office"], Ct));
            (batched, batchedToo) = (await one.HaveAtAsync(one.Task(16), "accept"), await one.HaveAtAsync(one.Task(17), "accept"));

            // At last what goes to its end, as its notice takes its days.
            await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, Closing.Preset("standard"), "as agreed", 3, closing.People["office"], Ct));
            (finished, second) = (await one.HaveAtAsync(one.Task(18), "notice"), await one.HaveAtAsync(one.Task(19), "notice"));
            foreach (var id in new[] { finished, second })
            {
                await closing.OpenNoticeAsync(world, id);
            }

            Closing.Today(world, world.Clock.Today.AddDays(25));
            foreach (var id in new[] { finished, second })
            {
                await closing.TakeAsync(world, id);
                await one.GoAsync(id);
            }

            await FactsAsync(one, one.Task(20), FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed, FactKind.Reopened);
            again = await closing.BeginAsync(world, one.Task(20));
            await closing.WriteAsync(world, again); // completed the day before it was taken up again
            elsewhere = await HaveProgrammeAsync(one);
            var county = await world.InAsync((Db db) => db.Set<Rectify.Platform.Identity.Account>().Where(account => account.UserName == "county").Select(account => account.Id).SingleAsync(Ct));
            await world.InAsync((GiveDuty give) => give.RunAsync(county, Role.Acceptor, closing.Units["P"].Id, one.Today, null, Setup, Ct));
        });
        await using (server)
        {
            foreach (var id in new[] { parts, bare, moved, again, applying, material, site, accepting, stale, own, finished, batched, batchedToo, notice, noticeToo, late })
            {
                versions[id] = (await server.ReadAsync($"/api/closures/{id}")).GetProperty("version").GetInt32();
            }

            var before = await ActsAsync();
            await StepsAsync(bare, material, site, accepting, applying, stale, own, finished, notice, elsewhere);
            Assert.Equal(before, await ActsAsync());
            await DeclarationsAsync(parts, bare, moved, again, material);
            await BatchAsync(batched, batchedToo);
            await ProceduresAsync();
            await NoticesAsync(notice, noticeToo, late);
            await PublicAsync();
            await LookBacksAsync();
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
            Assert.Empty(server.Served.Warnings);
        }

        var all = Documented.Keys.Where(code => Rooms.Contains(code.Split('.')[0])).Except(OutOfReach.Keys).Order(StringComparer.Ordinal);
        Assert.Equal(all, answered.Where(code => Rooms.Contains(code.Split('.')[0])).Order(StringComparer.Ordinal));
    }

    private async Task StepsAsync(Guid bare, Guid material, Guid site, Guid accepting, Guid applying, Guid stale, Guid own, Guid finished, Guid notice, Guid elsewhere)
    {
        var today = Day();
        await StepAsync("closure.future", "bureau", material, new { on = Day(1), opinion = "x" });
        await StepAsync("closure.before", "bureau", material, new { on = Day(-400), opinion = "x" });
        await StepAsync("closure.statement", "bureau", material, new { on = today, opinion = "x", document = new string('x', 201) });
        await StepAsync("closure.evidence", "bureau", material, new { on = today, opinion = "x", evidence = new[] { Guid.CreateVersion7() } });
        await StepAsync("closure.opinion", "bureau", material, new { on = today, opinion = " " });
        await StepAsync("closure.site", "bureau", site, new { on = today, opinion = "x", place = "The bank" });
        await StepAsync("closure.duty", "leader", material, new { on = today, opinion = "x" });
        await StepAsync("closure.own", "county", material, new { on = today, opinion = "x" });
        await StepAsync("closure.own-unit", "own", own, new { on = today, opinion = "x" });
        await StepAsync("closure.over", "office", finished, new { on = today, opinion = "x" });
        await StepAsync("closure.stale", "bureau", stale, new { on = today, opinion = "x" });
        await StepAsync("closure.notice-closed", "office", notice, new { on = today, opinion = "x" });
        await StepAsync("closure.form", "county", applying, new { on = today, opinion = "x" });
        await StepAsync("closure.field", "county", applying, new { on = today, opinion = "x", fields = new[] { new { name = "Where", value = " " } } });
        await StepAsync("closure.checks", "bureau", accepting, new { on = today, opinion = "x", checks = new[] { new { line = "none of them", answer = "Met", note = "" } } });
        object Checks(string answer) => Closing.Preset("standard").LinesFor("", "accept").Select(line => new { line, answer, note = "" }).ToArray();
        await StepAsync("closure.check-not-met", "bureau", accepting, new { on = today, opinion = "x", checks = Checks("NotMet") });
        await StepAsync("closure.check-note", "bureau", accepting, new { on = today, opinion = "x", checks = Checks("NotApplicable") });
        await NoAsync("closure.reasons", "bureau", "POST", $"/api/closures/{accepting}/return", new { version = versions[accepting], stated = new { on = today, opinion = " " } });
        await NoAsync("closure.no-return", "county", "POST", $"/api/closures/{bare}/return", new { version = versions[bare], stated = new { on = today, opinion = "x" } });
        await NoAsync("closure.no-withdrawal", "county", "POST", $"/api/closures/{notice}/withdrawal", new { version = versions[notice], stated = new { on = today, opinion = "x" } });
        object Renewal(Guid id, string effect) => new { version = versions[id], effect, stated = new { on = today, opinion = "x" }, password = Password };
        await NoAsync("closure.not-stale", "county", "POST", $"/api/closures/{material}/renewal", Renewal(material, "None"));
        await NoAsync("closure.no-way-back", "county", "POST", $"/api/closures/{stale}/renewal", Renewal(stale, "Recheck"));
        await NoAsync("closure.obstacles", "office", "POST", "/api/closures/notices", new { closures = new[] { new { closure = notice, version = versions[notice] } }, channel = "x", stated = new { on = today }, password = Password });
        await NoAsync("closure.paper-early", "county", "GET", $"/closures/{bare}/certificate.pdf");
        await NoAsync("closure.not-found", "county", "GET", $"/api/closures/{Guid.CreateVersion7()}");
        await NoAsync("closure.exists", "county", "POST", $"/api/items/{server.Task(5)}/closures", new { });
        await NoAsync("closure.node", "county", "POST", $"/api/items/{server.Closing.Measures[0].Id}/closures", new { });
        await NoAsync("closure.unit", "county", "POST", $"/api/items/{server.Task(3)}/closures", new { unit = Guid.CreateVersion7() });
        await NoAsync("closure.closed", "county", "POST", $"/api/items/{server.Task(14)}/closures", new { });
        await NoAsync("closure.no-procedure", "county", "POST", $"/api/items/{elsewhere}/closures", new { });
    }

    private async Task DeclarationsAsync(Guid parts, Guid bare, Guid moved, Guid again, Guid material)
    {
        var (proof, today) = (await server.Closing.ProofAsync(server.World, server.Task(1)), Day());
        var measures = server.Closing.Measures.Select(one => one.Id).ToArray();
        object Declared(string? completedOn, string report, object[]? of = null, object[]? goals = null, string outcome = "PutRight") => new { outcome, completedOn, report, measures = of ?? [], goals = goals ?? [], evidence = Array.Empty<Guid>() };
        object[] Measures(string? on, params Guid[] evidence) => [.. measures.Select(item => new { item, goal = "", on, result = "x", evidence })];
        object[] Goals(string? on, params Guid[] evidence) => [.. new[] { "Wells closed.", "Groundwater rises." }.Select(goal => new { item = (Guid?)null, goal, on, result = "x", evidence })];
        foreach (var (code, declaration, on) in new[]
        {
            ("closure.completed", Declared(null, ""), today), ("closure.report", Declared(today, " "), today), ("closure.measure-open", Declared(today, "x"), today),
            ("closure.measure-proof", Declared(today, "x", Measures(today)), today), ("closure.goal-open", Declared(today, "x", Measures(today, proof)), today),
            ("closure.goal-proof", Declared(today, "x", Measures(today, proof), Goals(today)), today), ("closure.completed-before", Declared(Day(-1), "x", Measures(today, proof), Goals(today, proof)), today),
            ("closure.completed-later", Declared(today, "x", Measures(today, proof), Goals(today, proof)), Day(-1)), ("closure.not-involved-proof", Declared(today, "x", outcome: "NotInvolved"), today),
        })
        {
            await DeclareAsync(code, parts, declaration, on);
        }

        await DeclareAsync("closure.proof", bare, Declared(today, "x"), today);
        await StepAsync("closure.plan-changed", "county", moved, new { on = today });
        await StepAsync("closure.completed-reopened", "county", again, new { on = today });
        await NoAsync("closure.long", "county", "PUT", $"/api/closures/{bare}/declaration", new { declaration = Declared(today, new('x', 20_001)), version = versions[bare] });
        await NoAsync("closure.future", "county", "PUT", $"/api/closures/{bare}/declaration", new { declaration = Declared(Day(1), "x"), version = versions[bare] });
        await NoAsync("closure.declared", "county", "PUT", $"/api/closures/{material}/declaration", new { declaration = Declared(today, "x"), version = versions[material] });
    }

    private async Task DeclareAsync(string code, Guid id, object declaration, string on)
    {
        var (status, _, said) = await server.AskAsync("county", "PUT", $"/api/closures/{id}/declaration", new { declaration, version = versions[id] });
        Assert.True(status is 200, $"{code}: {status} {said}");
        versions[id] = JsonDocument.Parse(said).RootElement.GetProperty("version").GetInt32();
        await StepAsync(code, "county", id, new { on });
    }

    // Two days of one month, whatever day it is.
    private async Task BatchAsync(Guid one, Guid other)
    {
        var last = server.Today.Day == 1 ? -1 : 0;
        var checks = Closing.Preset("batch").LinesFor("", "accept").Select(line => new { line, answer = "Met", note = "" }).ToArray();
        var (status, _, said) = await server.AskAsync("bureau", "POST", "/api/closures/steps", Steps(one, new { on = Day(last - 1), opinion = "x", checks }));
        Assert.True(status is 204, said);
        await StepAsync("closure.batch-day", "bureau", other, new { on = Day(last), opinion = "x", checks });
    }

    private async Task ProceduresAsync()
    {
        Task SetAsync(string code, string name, object[] steps, object? checklists = null, object? forms = null) => NoAsync(
            code, "office", "PUT", "/api/programmes/r1/closing-procedure", new { procedure = new { name, steps, checklists = checklists ?? Array.Empty<object>(), forms = forms ?? Array.Empty<object>() }, reason = "x", seen = 4 });
        object Of(string key, string kind, string duty, string title = "", object[]? levels = null, bool checklist = false) => new { key, kind, duty, level = "Unit", title, levels = levels ?? [], checklist };
        await SetAsync("procedure.name", "", []);
        await SetAsync("procedure.steps", "x", [Of("a b", "Declare", "Responsible")]);
        await SetAsync("procedure.long", "x", [Of("a", "Declare", "Responsible", new('x', 41))]);
        await SetAsync("procedure.duty", "x", [Of("a", "Declare", "Leader")]);
        await SetAsync("procedure.days", "x", [Of("a", "Notice", "Office")]);
        await SetAsync("procedure.levels", "x", [Of("a", "Declare", "Responsible", levels: [new { taskType = "", level = "County" }])]);
        await SetAsync("procedure.checklist", "x", [Of("a", "Declare", "Responsible", checklist: true)]);
        await SetAsync("procedure.form", "x", [Of("a", "Declare", "Responsible")], forms: new[] { new { step = "a", taskType = "", title = "x", fields = Array.Empty<object>() } });
        await SetAsync("procedure.order", "x", [Of("a", "Apply", "Responsible")]);
        await NoAsync("procedure.unchanged", "office", "PUT", "/api/programmes/r1/closing-procedure", new { preset = "standard", reason = "x", seen = 4 });
        await NoAsync("procedure.reason", "office", "PUT", "/api/programmes/r1/closing-procedure", new { preset = "plain", reason = "", seen = 4 });
        await NoAsync("procedure.office", "county", "PUT", "/api/programmes/r1/closing-procedure", new { preset = "plain", reason = "x", seen = 4 });
        await NoAsync("procedure.not-found", "county", "GET", "/api/programmes/r1/closing-procedure?v=99");
    }

    private async Task NoAsync(string code, string who, string method, string path, object? body = null)
    {
        var (status, found, said) = await server.AskAsync(who, method, path, body);
        if (found.Length == 0 && method is "GET" && said.Contains(Words.In(Language.Default)[$"refusal.{code}"], StringComparison.Ordinal))
        {
            found = code; // a file is refused on a page, in words
        }

        Answered(code, (code, Documented[code]) == (found, status), $"{who} {method} {path}: {status} {found} {said}");
    }

    // All that is wrong is told at once.
    private void Answered(string code, bool rightly, string said)
    {
        answered.Add(code);
        if (!rightly)
        {
            wrong.Add($"{code}: {(said.Length > 400 ? said[..400] : said)}");
        }
    }

    private object Steps(Guid id, object stated) => new { closures = new[] { new { closure = id, version = versions[id] } }, stated, password = Password };

    private Task StepAsync(string code, string who, Guid id, object stated) => NoAsync(code, who, "POST", "/api/closures/steps", Steps(id, stated));

    private string Day(int days = 0) => server.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What people did, and not what the product does by itself.
    private async Task<int> ActsAsync() => (await server.World.InAsync((Db db) => db.Journal.Select(row => row.By).ToListAsync(Ct))).Count(by => !by.IsSystem);

    private static Task FactsAsync(ClosingServer one, Guid item, params FactKind[] kinds) => one.World.InAsync(async (IServiceProvider services) =>
    {
        var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(item, [.. kinds.Select(kind => new StatedFact(kind, one.World.Clock.Today, Note: "as it was"))])], Access.OfSystem(Setup), Setup, Ct);
        await services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], [.. placed.Skip(1)], Ct);
    });

    // Another programme, with one task of C1 and nothing set.
    private static async Task<Guid> HaveProgrammeAsync(ClosingServer one)
    {
        var programme = Programme.Create("r2", new("Round two", one.Closing.Units["R"].Id));
        programme.Approve(one.World.Clock.Today.AddDays(-5));
        var tree = new ItemTree();
        tree.Items.Add(Item.Create(programme.Id, null, ItemKind.Task, 1, new("1", 1, "Task 1.") { Deadline = new("2099", DeadlineKind.Fixed, null, new(2099, 12, 31), null) }));
        tree.Units.Add(new() { ItemId = tree.Items[0].Id, UnitId = one.Closing.Units["C1"].Id, Text = "C1", Role = DraftRole.Lead, Order = 0 });
        await one.World.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ProgrammeCreated { Subject = programme.Id, By = Setup, At = one.World.Clock.GetUtcNow(), Code = "r2", Level = InspectionLevel.Central }, Ct);
        });
        return tree.Items[0].Id;
    }
}
