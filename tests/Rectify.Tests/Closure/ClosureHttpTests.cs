using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Closing over HTTP: every role tries every act at every step, pages work without scripts, and a hash can be checked from outside.</summary>
public sealed class ClosureHttpTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["office", "office2", "clerk", "reporter", "neighbour", "acceptor", "leader", "archivist", "supervisor", "administrator"];

    private ServedProduct served = null!;
    private Guid task;
    private Guid measure;
    private Guid proof;
    private Guid photo;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new Dictionary<string, Unit> { ["R"] = region };
            foreach (var (code, kind) in new[] { ("C1", UnitKind.County), ("C2", UnitKind.County), ("D1", UnitKind.Department) })
            {
                units[code] = await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", kind), region.Id, system, Ct);
            }

            foreach (var (unit, name, role) in new[]
            {
                ("R", "office2", Role.Office), ("C1", "reporter", Role.Responsible), ("C2", "neighbour", Role.Responsible), ("D1", "acceptor", Role.Acceptor), ("R", "leader", Role.Leader), ("R", "archivist", Role.Archivist),
                ("R", "supervisor", Role.Supervisor), ("R", "administrator", Role.Administrator),
            })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, units[unit].Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, units[unit].Id, null, null, Setup, Ct);
            }

            (task, measure) = await Rectifying.HaveTaskAsync(services, region, units["C1"], units["D1"]);
        });
        await served.InAsync(services => services.GetRequiredService<ChangeRequirements>().RunAsync(
            "r1", new(["01"], [new("report", "01", "整改报告", PieceKind.Document) { From = RequiredFrom.Completed }]), "as agreed", 0, Access.OfSystem(Setup), Ct));
        proof = await HandInAsync("报告", PieceKind.Document);
        photo = await HandInAsync("照片", PieceKind.Photo);
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Every_role_tries_every_act_and_only_the_one_whose_step_it_is_gets_through()
    {
        var clients = new Dictionary<string, HttpClient>();
        foreach (var role in Roles)
        {
            clients[role] = await AsAsync(role);
        }

        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var role in Roles.Except(["office"]))
        {
            using var set = await clients[role].PutAsJsonAsync("/api/programmes/r1/closing-procedure", new { preset = "plain", reason = "x", seen = role == "office2" ? 7 : 0 }, Ct);
            Assert.Equal(role switch { "office2" => 409, "administrator" or "neighbour" => 404, _ => 403 }, (int)set.StatusCode);
        }

        // A notice of no more than a day that is over at once cannot be: the way ends with the sign-off instead.
        var steps = new object[]
        {
            new { key = "declare", kind = "Declare", duty = "Responsible", level = "Unit" }, new { key = "apply", kind = "Apply", duty = "Responsible", level = "Unit", dossier = true },
            new { key = "site", kind = "SiteCheck", duty = "Acceptor", level = "Above" }, new { key = "accept", kind = "Acceptance", duty = "Acceptor", level = "Above", checklist = true },
            new { key = "review", kind = "OfficeReview", duty = "Office", level = "Region" }, new { key = "sign", kind = "SignOff", duty = "Leader", level = "Region" },
            new { key = "close", kind = "Close", duty = "Office", level = "Region" },
        };
        using (var set = await clients["office"].PutAsJsonAsync(
            "/api/programmes/r1/closing-procedure", new { procedure = new { name = "试行", steps, checklists = new[] { new { taskType = "", lines = new[] { "措施落实" } } } }, reason = "试行", seen = 0 }, Ct))
        {
            Assert.Equal((HttpStatusCode.OK, 1), (set.StatusCode, (await set.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("no").GetInt32()));
        }

        var id = Guid.Empty;
        foreach (var role in Roles.Except(["reporter"]).Append("reporter"))
        {
            using var begun = await clients[role].PostAsJsonAsync($"/api/items/{task}/closures", new { }, Ct);
            Assert.Equal(role switch { "reporter" => 201, "neighbour" or "administrator" => 404, _ => 403 }, (int)begun.StatusCode);
            id = role == "reporter" ? (await begun.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid() : id;
        }

        var part = new { item = (Guid?)measure, goal = "", on = today, result = "建成", evidence = new[] { proof } };
        var goal = new { item = (Guid?)null, goal = "The lake is clean.", on = today, result = "达标", evidence = new[] { proof } };
        foreach (var role in Roles.Except(["reporter"]).Append("reporter"))
        {
            using var saved = await clients[role].PutAsJsonAsync(
                $"/api/closures/{id}/declaration", new { declaration = new { outcome = "PutRight", completedOn = today, report = "全部落实", measures = new[] { part }, goals = new[] { goal }, evidence = new[] { proof } }, version = 0 }, Ct);
            Assert.Equal(role switch { "reporter" => 200, "neighbour" or "administrator" => 404, _ => 403 }, (int)saved.StatusCode);
        }

        foreach (var (step, taker) in new[] { ("declare", "reporter"), ("apply", "reporter"), ("site", "acceptor"), ("accept", "acceptor"), ("review", "office"), ("sign", "leader"), ("close", "office2") })
        {
            var stated = new
            {
                on = today,
                opinion = "同意",
                place = step == "site" ? "湖边" : "",
                time = step == "site" ? "14:30:00" : null,
                evidence = step == "site" ? new[] { photo } : [],
                checks = step == "accept" ? new[] { new { line = "措施落实", answer = "Met", note = "" } } : [],
            };
            foreach (var role in Roles.Except([taker]).Append(taker))
            {
                if ((step, role) is ("review", "office2") or ("close", "office"))
                {
                    continue; // theirs as well
                }

                var version = await VersionAsync(clients["clerk"], id);
                if (role == taker && step is "declare" or "sign")
                {
                    // Whoever holds an open session and not the password signs nothing.
                    using var unproven = await clients[role].PostAsJsonAsync("/api/closures/steps", new { closures = new[] { new { closure = id, version } }, stated, password = step == "sign" ? "not it, not it" : null }, Ct);
                    Assert.Equal(step == "sign" ? 422 : 400, (int)unproven.StatusCode);
                    Assert.Equal(version, await VersionAsync(clients["clerk"], id));
                }

                using var taken = await clients[role].PostAsJsonAsync("/api/closures/steps", new { closures = new[] { new { closure = id, version } }, stated, password = Password }, Ct);
                Assert.Equal((step, role, role == taker ? 204 : role is "neighbour" or "administrator" ? 404 : 403), (step, role, (int)taken.StatusCode));
                if (role != taker && step != "declare")
                {
                    // Nor may they send it back, but whoever judges this step.
                    using var back = await clients[role].PostAsJsonAsync($"/api/closures/{id}/return", new { version, stated }, Ct);
                    Assert.Contains((int)back.StatusCode, (int[])[403, 404, 409]);
                }
            }
        }

        var closed = await clients["clerk"].GetFromJsonAsync<JsonElement>($"/api/closures/{id}", Ct);
        Assert.Equal(("Finished", 7), (closed.GetProperty("state").GetString(), closed.GetProperty("acts").GetArrayLength()));
        foreach (var act in closed.GetProperty("acts").EnumerateArray())
        {
            var bytes = await clients["clerk"].GetByteArrayAsync($"/api/closures/{id}/acts/{act.GetProperty("no").GetInt32()}/content", Ct);
            Assert.Equal(act.GetProperty("hash").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        // The certificate tells the item, the unit and the fingerprint that anybody can check.
        using (var paper = new ZipArchive(await clients["clerk"].GetStreamAsync($"/closures/{id}/certificate.docx", Ct)))
        {
            using var text = new StreamReader(paper.GetEntry("word/document.xml")!.Open());
            var words = Regex.Replace(await text.ReadToEndAsync(Ct), "<[^>]+>", "");
            Assert.All(new[] { "整改任务销号证明", "第一项", "Unit C1", closed.GetProperty("acts").EnumerateArray().Last().GetProperty("hash").GetString()! }, part => Assert.Contains(part, words, StringComparison.Ordinal));
        }

        // By hand nobody records it beside the steps, and pages show it to whoever may read it.
        clients["office"].DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var byHand = await clients["office"].PostAsJsonAsync($"/api/items/{task}/facts", new[] { new { kind = "Filed", on = today } }, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "fact.by-steps"), (byHand.StatusCode, (await byHand.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        foreach (var role in Roles)
        {
            foreach (var path in new[] { $"/closures/{id}", $"/items/{task}/closing", "/p/r1/closures?which=all", "/p/r1/closures/procedure", $"/closures/{id}/step", $"/closures/{id}/renewal", $"/closures/{id}/return", "/p/r1/closures.xlsx" })
            {
                using var page = await clients[role].GetAsync(path, Ct);
                var hidden = role is "administrator" || (role is "neighbour" && !path.StartsWith("/p/", StringComparison.Ordinal));
                Assert.True(hidden || role is "neighbour" ? page.StatusCode is HttpStatusCode.NotFound : page.StatusCode is HttpStatusCode.OK, $"{role} {path}: {page.StatusCode}");
            }

            // Papers go to whoever may read it, and to nobody else.
            foreach (var paper in new[] { "application.pdf", "opinion.docx", "signoff.docx", "certificate.docx" })
            {
                using var file = await clients[role].GetAsync($"/closures/{id}/{paper}", Ct);
                Assert.Equal((role, paper, role is "administrator" or "neighbour" ? HttpStatusCode.NotFound : HttpStatusCode.OK), (role, paper, file.StatusCode));
            }

            clients[role].Dispose();
        }
    }

    [Fact]
    public async Task Several_are_taken_on_a_page_and_wrong_passwords_lock_as_at_sign_in()
    {
        using var office = await AsAsync("office");
        using (var set = await office.PutAsJsonAsync("/api/programmes/r1/closing-procedure", new { preset = "plain", reason = "x", seen = 0 }, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var reporter = await AsAsync("reporter");
        List<Guid> ids = [];

        // Two that wait for the office: sub-tasks of one task.
        async Task<Access> ByAsync(IServiceProvider services) => await Reader.AccessOf(
            services.GetRequiredService<Db>(), (await services.GetRequiredService<Db>().Accounts().AsNoTracking().SingleAsync(one => one.UserName == "reporter", Ct)).Actor, DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)), Ct);
        var parts = new List<(Guid Item, Guid Proof)>();
        foreach (var (title, report) in new[] { ("Dig the ditch.", "沟渠报告"), ("Plant the bank.", "护坡报告") })
        {
            var part = Guid.Empty;
            await served.InAsync(async services => part = await services.GetRequiredService<AddSubTask>().RunAsync(task, ItemKind.SubTask, new("", null, title), [], await ByAsync(services), Ct));
            parts.Add((part, await HandInAsync(report, PieceKind.Document, part)));
        }

        await served.InAsync(async services =>
        {
            var (db, by) = (services.GetRequiredService<Db>(), await ByAsync(services));
            foreach (var (item, shows) in parts)
            {
                var id = await services.GetRequiredService<BeginClosure>().RunAsync(item, null, by, Ct);
                var one = await new ClosureReading(db).ReadAsync(await db.ClosuresFor(by).SingleAsync(closure => closure.Id == id, Ct), Ct);
                var on = DateOnly.Parse(today, CultureInfo.InvariantCulture);
                var full = Declaration.Empty.For(one.Item, one.Measures);
                full = full with
                {
                    CompletedOn = on,
                    Report = "全部落实",
                    Evidence = [shows],
                    Measures = [.. full.Measures.Select(said => said with { On = on, Result = "建成", Evidence = [shows] })],
                    Goals = [.. full.Goals.Select(said => said with { On = on, Result = "达标", Evidence = [shows] })],
                };
                var version = await services.GetRequiredService<SaveDeclaration>().RunAsync(id, full, 0, by, Ct);
                await services.GetRequiredService<TakeStep>().RunAsync(id, version, new(on), by, Ct);
                db.ChangeTracker.Clear();
                one = await new ClosureReading(db).ReadAsync(await db.ClosuresFor(by).AsNoTracking().SingleAsync(closure => closure.Id == id, Ct), Ct);
                await services.GetRequiredService<TakeStep>().RunAsync(
                    id, one.Closure.Version, new(on) { Fields = [.. one.FormOf(one.Next!)!.Fields.Select(field => new FilledField(field.Name, "属实"))] }, by, Ct);
                db.ChangeTracker.Clear();
                ids.Add(id);
            }
        });

        const string Path = "/p/r1/closures/batch?step=Acceptance";
        var page = await OpenAsync(office, Path);
        Assert.Equal(2, page.QuerySelectorAll("input[name=closure]").Length);
        var lines = page.QuerySelectorAll("input[type=radio][value=Met]").Select((radio, i) => ($"k-{i}", "Met")).ToArray();
        Assert.Null(await PostAsync(office, page, "batch", Path, [("day", today), ("opinion", "同意"), ("password", Password), .. lines])); // none is ticked
        (string, string)[] ticked = [("closure", $"{ids[0]}"), ("closure", $"{ids[1]}"), ("day", today), ("opinion", "同意"), ($"o-{ids[1]}", "同意，另附说明"), .. lines];
        Assert.Null(await PostAsync(office, page, "batch", Path, [.. ticked, ("password", "not it, not it")]));
        Assert.Null(await PostAsync(office, page, "batch", Path, [.. ticked.SkipLast(1), ("password", Password)])); // a line has no answer: none is taken
        Assert.EndsWith("done=2", await PostAsync(office, page, "batch", Path, [.. ticked, ("password", Password)]), StringComparison.Ordinal);
        await served.InAsync(async services => Assert.Equal(
            ["同意", "同意，另附说明"], await services.GetRequiredService<Db>().ClosureActs().Where(act => act.StepKind == StepKind.Acceptance).Select(act => act.Opinion).OrderBy(text => text.Length).ToListAsync(Ct)));

        // Five wrong ones lock the account, for signatures and for sign-in.
        for (var tries = 0; tries < 5; tries++)
        {
            using var wrong = await reporter.PostAsJsonAsync("/api/closures/steps", new { closures = new[] { new { closure = ids[0], version = 9 } }, stated = new { on = today }, password = $"wrong {tries}" }, Ct);
            Assert.Equal(422, (int)wrong.StatusCode);
        }

        using var locked = await reporter.PostAsJsonAsync("/api/closures/steps", new { closures = new[] { new { closure = ids[0], version = 9 } }, stated = new { on = today }, password = Password }, Ct);
        Assert.Equal(409, (int)locked.StatusCode);
        using var fresh = served.Client();
        using var signIn = await ServedProduct.SignInAsync(fresh, "reporter", Password);
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode); // the page again, with what is wrong
    }

    [Fact]
    public async Task Forms_without_scripts_choose_a_procedure_and_take_a_closing_through_its_first_steps()
    {
        using var office = await AsAsync("office");
        var page = await OpenAsync(office, "/p/r1/closures/procedure");
        Assert.Contains("先公示后销号", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/p/r1/closures/procedure?done=1", await PostAsync(office, page, "preset", "/p/r1/closures/procedure", ("preset", "standard"), ("reason", "试行")));
        page = await OpenAsync(office, "/p/r1/closures/procedure/step?key=notice");
        Assert.Equal("/p/r1/closures/procedure?done=1", await PostAsync(
            office, page, "step", "/p/r1/closures/procedure/step?key=notice", ("kind", "Notice"), ("duty", "Office"), ("level", "Region"), ("place", "7"), ("stands", "7"), ("notinvolved", "true"), ("act", "save"), ("reason", "按7天")));
        Assert.Contains("公示7天", (await OpenAsync(office, "/p/r1/closures/procedure")).Body!.TextContent, StringComparison.Ordinal);
        page = await OpenAsync(office, "/p/r1/closures/procedure/edit");
        Assert.Contains("整改方案规定的措施全部落实", page.QuerySelector("#lists")!.TextContent, StringComparison.Ordinal);

        using var reporter = await AsAsync("reporter");
        Assert.Contains("销号", (await OpenAsync(reporter, $"/items/{task}")).QuerySelector(".acts")!.TextContent, StringComparison.Ordinal);
        var begun = await PostAsync(reporter, await OpenAsync(reporter, $"/items/{task}/closing"), "begin", $"/items/{task}/closing");
        var declare = await OpenAsync(reporter, begun!);
        Assert.Empty(declare.QuerySelectorAll("script:not([src]), style, [style]"));
        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Null(await PostAsync(reporter, declare, "declaration", begun!, ("outcome", "PutRight"), ("completed", today), ("report", "全部落实"), ("password", Password), ("act", "sign"))); // a measure has no answer yet
        declare = await OpenAsync(reporter, begun!);
        Assert.Equal("全部落实", declare.QuerySelector("#report")!.TextContent);
        var signed = await PostAsync(
            reporter, declare, "declaration", begun!, ("outcome", "PutRight"), ("completed", today), ("report", "全部落实"), ("on-0", today), ("result-0", "建成"), ("e-0", $"{proof}"), ("on-1", today), ("result-1", "达标"), ("e-1", $"{proof}"),
            ("password", Password), ("act", "sign"));
        Assert.EndsWith("?done=declared", signed, StringComparison.Ordinal);
        var closure = signed!.Split('?')[0];
        var step = await OpenAsync(reporter, $"{closure}/step");
        Assert.Equal($"{closure}?done=taken", await PostAsync(reporter, step, "step", $"{closure}/step", ("day", today), ("password", Password)));

        using var acceptor = await AsAsync("acceptor");
        var shown = await OpenAsync(acceptor, closure);
        Assert.Equal(2, shown.QuerySelectorAll(".sig").Length);
        Assert.Equal("材料审查", shown.QuerySelector(".proc [aria-current=step] b")!.TextContent);
        var back = await OpenAsync(acceptor, $"{closure}/return");
        Assert.Null(await PostAsync(acceptor, back, "back", $"{closure}/return", ("day", today), ("reasons", " ")));
        Assert.Equal($"{closure}?done=returned", await PostAsync(acceptor, back, "back", $"{closure}/return", ("day", today), ("reasons", "缺清单")));
        Assert.Contains("缺清单", (await OpenAsync(reporter, $"{closure}/declaration")).QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("缺清单", (await OpenAsync(reporter, $"/items/{task}")).QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);

        // Work under way is shown as it is now, whichever day is looked at, and the page says so.
        foreach (var path in new[] { "/p/r1/closures", "/p/r1/notices", closure })
        {
            var past = await OpenAsync(reporter, $"{path}?on=2019-03-31");
            Assert.Null(past.QuerySelector(".asof"));
            Assert.Contains("显示的是现在的情况", past.QuerySelector(".past")!.TextContent, StringComparison.Ordinal);
        }

        var list = await OpenAsync(reporter, "/p/r1/items?on=2019-03-31");
        Assert.Equal("2019-03-31", list.QuerySelector(".asof #on")!.GetAttribute("value"));
        Assert.Contains("2019年3月31日", list.QuerySelector(".past")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<int> VersionAsync(HttpClient client, Guid id) => (await client.GetFromJsonAsync<JsonElement>($"/api/closures/{id}", Ct)).GetProperty("version").GetInt32();

    private async Task<Guid> HandInAsync(string title, PieceKind kind, Guid? item = null)
    {
        var id = Guid.Empty;
        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            var account = await db.Accounts().AsNoTracking().SingleAsync(one => one.UserName == "reporter", Ct);
            var by = await Reader.AccessOf(db, account.Actor, DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)), Ct);
            var uploads = services.GetRequiredService<Uploads>();
            using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(title));
            var upload = (await uploads.ReceiveAsync(content, content.Length, title + ".txt", by.Actor, Ct)).Id;
            id = await services.GetRequiredService<AddEvidence>().RunAsync([item ?? task], new(title, kind), upload, by, Ct);
        });
        return id;
    }

    private async Task<HttpClient> AsAsync(string name)
    {
        var client = served.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        return client;
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <returns>Where it leads; <see langword="null"/> where the page came back with errors.</returns>
    private static async Task<string?> PostAsync(HttpClient client, IHtmlDocument page, string handler, string path, params (string Name, string Value)[] fields)
    {
        var form = page.QuerySelectorAll("form").First(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == handler);
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(hidden.Concat(fields).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))), Ct);
        if (answer.StatusCode is HttpStatusCode.OK)
        {
            Assert.NotEmpty(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)).QuerySelectorAll(".errs li"));
            return null;
        }

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString;
    }
}
