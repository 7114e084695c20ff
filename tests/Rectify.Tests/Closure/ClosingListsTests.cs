using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>What lists, checklists, later checks and the feed of an item say over HTTP, held against the record.</summary>
public sealed class ClosingListsTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory, EveryDatabase]
    public async Task Checklists_follow_the_type_the_late_are_listed_and_the_public_follows_an_item(string database)
    {
        var standard = Closing.Preset("standard");
        var (usual, own) = (standard.LinesFor("", "accept"), "Streets are washed.");
        Guid typed = default, plain = default, fresh = default, drafting = default, renewed = default;
        DateOnly accepted = default;
        await using var server = await ClosingServer.StartAsync(database, 6, async one =>
        {
            renewed = await one.HaveAtAsync(one.Task(10), "notice");
            accepted = one.World.Clock.Today;
            Closing.Today(one.World, accepted.AddDays(3));
            await RenewAsync(one, renewed);
            await one.World.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, standard with { Checklists = [.. standard.Checklists, new("dust", [own])] }, "as agreed", 1, one.Closing.People["office"], Ct));
            await one.World.InAsync(async (ChangeTaskType change) => await change.RunAsync(
                one.Task(5), (await one.Closing.ViewAsync(one.World, one.Task(5))).Item.Version, "dust", one.Closing.People["office"], Ct));
            (typed, plain) = (await one.HaveAtAsync(one.Task(5), "accept"), await one.HaveAtAsync(one.Task(6), "accept"));
            await one.HaveAtAsync(one.Task(7), "nothing");
            Closing.Today(one.World, DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)));
            (fresh, drafting) = (await one.HaveAtAsync(one.Task(8), "accept"), await one.Closing.BeginAsync(one.World, one.Task(9)));
        });
        var words = Words.In(Language.Default);
        string Day(int days = 0) => server.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // Late is what is over its limit today, on the page as in the API.
        var open = (await server.ReadAsync("/api/programmes/r1/closures")).GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(new[] { typed, plain, fresh, drafting, renewed }.Order(), open.Select(row => row.GetProperty("id").GetGuid()).Order());
        var late = open.Where(row => row.GetProperty("stepDue") is { ValueKind: JsonValueKind.String } due && string.CompareOrdinal(due.GetString(), Day()) < 0).Select(row => row.GetProperty("id").GetGuid()).Order().ToList();
        Assert.Equal(new[] { typed, plain }.Order(), late); // a notice has no limit but its days
        Assert.Equal(late, (await server.ReadAsync("/api/programmes/r1/closures?late=1")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).Order());
        Assert.Equal(late, (await server.OpenAsync("office", "/p/r1/closures?late=1")).QuerySelectorAll("main table a[href^='/closures/']").Select(link => Guid.Parse(link.GetAttribute("href")![10..46])).Distinct().Order());

        // Each type of task is judged by its own lines: on the page of the step, on that of several, and by what is taken.
        async Task<string> PageAsync(string path) => (await server.OpenAsync("bureau", path)).QuerySelector("main form")!.TextContent;
        var (ofTyped, ofPlain, together) = (await PageAsync($"/closures/{typed}/step"), await PageAsync($"/closures/{plain}/step"), await PageAsync("/p/r1/closures/batch?step=Acceptance"));
        Assert.All(usual, line => Assert.Equal((false, true, true), (ofTyped.Contains(line, StringComparison.Ordinal), ofPlain.Contains(line, StringComparison.Ordinal), together.Contains(line, StringComparison.Ordinal))));
        Assert.Equal((true, false, true), (ofTyped.Contains(own, StringComparison.Ordinal), ofPlain.Contains(own, StringComparison.Ordinal), together.Contains(own, StringComparison.Ordinal)));
        async Task<(int, string)> AcceptAsync(Guid id, IReadOnlyList<string> lines)
        {
            var version = (await server.ReadAsync($"/api/closures/{id}")).GetProperty("version").GetInt32();
            var (status, code, _) = await server.AskAsync("bureau", "POST", "/api/closures/steps", new
            {
                closures = new[] { new { closure = id, version } },
                stated = new { on = Day(), opinion = "Agreed.", checks = lines.Select(line => new { line, answer = "Met", note = "" }) },
                password = Password,
            });
            return (status, code);
        }

        Assert.Equal([(422, "closure.checks"), (422, "closure.checks"), (204, ""), (204, "")], new[] { await AcceptAsync(typed, usual), await AcceptAsync(plain, [own]), await AcceptAsync(typed, [own]), await AcceptAsync(plain, usual) });
        Assert.Empty((await server.ReadAsync("/api/programmes/r1/closures?late=1&step=Acceptance")).GetProperty("rows").EnumerateArray());

        // A notice tells of the acceptance as of its day, though it was signed anew later, and finds nothing out of order in that.
        var notice = (await DoneAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { renewed } })).GetProperty("id").GetGuid();
        var draft = await server.ReadAsync($"/api/notices/{notice}");
        Assert.Contains(draft.GetProperty("content").GetProperty("body").EnumerateArray(), block => block.GetProperty("text").GetString()!.Contains(words.Date(accepted), StringComparison.Ordinal));
        Assert.DoesNotContain("Order", draft.GetProperty("contradictions").EnumerateArray().Select(one => one.GetProperty("rule").GetString()));

        // After closing: a check by its unit, looked at by another one, stands on the public page with its day and result, and nothing else of it.
        async Task<JsonElement> DoneAsync(string who, string method, string path, object body)
        {
            var (status, code, said) = await server.AskAsync(who, method, path, body);
            Assert.True(status is 200 or 201 or 204, $"{who} {method} {path}: {status} {code} {said}");
            return said.Length == 0 ? default : JsonDocument.Parse(said).RootElement;
        }

        var item = server.Task(7);
        var plan = (await DoneAsync("office", "POST", "/api/programmes/r1/lookbacks", new { title = "By plan", from = Day(), to = Day(90) })).GetProperty("id").GetGuid();
        await DoneAsync("office", "POST", $"/api/lookbacks/{plan}/items", new { items = new[] { item }, dueOn = Day(30) });
        var check = (await server.ReadAsync($"/api/programmes/r1/checks?plan={plan}"))[0].GetProperty("id").GetGuid();
        await DoneAsync("county", "POST", $"/api/checks/{check}/report", new { result = "Held", on = Day(), place = "Behind the hidden mill", opinion = "It holds.", version = 0 });
        await DoneAsync("office", "PUT", "/api/programmes/r1/public", new { settings = new { open = true, title = "In public", host = "", hotline = "", planText = "", licence = "CC BY 4.0", licenceUrl = "" }, version = 0 });
        var at = $"/api/items/{item}/publication";
        async Task PublishAsync(string title, string remark)
        {
            var choice = new { title, fields = new[] { "Problem", "FollowUp" }, remark };
            var seen = (await DoneAsync("office", "POST", $"{at}/preview", choice)).GetProperty("hash").GetString();
            await DoneAsync("office", "POST", at, new { choice, seen });
        }

        await PublishAsync("The ditch", "");
        var address = $"/public/r1/items/{(await server.ReadAsync("/api/programmes/r1/publications"))[0].GetProperty("publicId").GetGuid()}";
        Assert.DoesNotContain(words["check.result.Held"], await PublicAsync(), StringComparison.Ordinal); // nobody has looked at it yet
        await DoneAsync("team", "POST", $"/api/checks/{check}/review", new { version = 1, found = "Held", remarks = "" });
        await PublishAsync("The long ditch", "A check was made.");
        var said = await PublicAsync();
        Assert.Contains(words["check.result.Held"], said, StringComparison.Ordinal);
        Assert.DoesNotContain("mill", said, StringComparison.Ordinal);
        await DoneAsync("office", "POST", $"{at}/withdrawal", new { remark = "By mistake." });

        // Whoever follows the item is told of each change, the newest first, by its own remark, and of nothing that was taken back.
        var feed = (await server.AskAsync("stranger", "GET", $"{address}/changes.atom")).Said;
        var entries = XDocument.Parse(feed).Root!.Elements(Atom + "entry").ToList();
        string Line(string act) => words["public.change.line", words[$"public.change.{act}"], server.Today];
        Assert.Equal(
            [(Line("Withdraw"), "By mistake."), (Line("Correct"), "A check was made."), (Line("Publish"), "")],
            entries.Select(entry => (entry.Element(Atom + "title")!.Value, entry.Element(Atom + "summary")?.Value ?? "")));
        Assert.Equal(3, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.DoesNotContain("ditch", feed, StringComparison.Ordinal);
        Assert.Empty(server.Served.Warnings);

        async Task<string> PublicAsync() => (await server.OpenAsync("stranger", address)).QuerySelector("main")!.TextContent;
    }

    // A better file stands where one was signed, and everybody signs again.
    private static async Task RenewAsync(ClosingServer one, Guid id)
    {
        var upload = await EvidenceTests.UploadAsync(one.World, one.Closing.People["county"], "a better one"u8.ToArray());
        var piece = (await one.Closing.CaseAsync(one.World, id)).Declaration.Evidence[0];
        await one.World.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "better", 1, one.Closing.People["county"], Ct));
        for (var now = await one.Closing.CaseAsync(one.World, id); now.FirstStale is { } stale; now = await one.Closing.CaseAsync(one.World, id))
        {
            var duties = await one.World.InAsync((Db db) => StepDuties.OfAsync(db, now, Ct));
            var by = one.Closing.People.Values.First(person => duties.May(now.Way.First(step => step.Key == stale.Act.StepKey), person));
            await one.World.InAsync((RenewSignature renew) => renew.RunAsync(id, now.Closure.Version, RenewalEffect.None, new(one.World.Clock.Today, "seen"), by, Ct));
        }
    }
}
