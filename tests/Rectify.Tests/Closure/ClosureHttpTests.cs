using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
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

        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd");
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
                on = today, opinion = "同意", place = step == "site" ? "湖边" : "", time = step == "site" ? "14:30:00" : null, evidence = step == "site" ? new[] { photo } : [],
                checks = step == "accept" ? new[] { new { line = "措施落实", answer = "Met", note = "" } } : [],
            };
            foreach (var role in Roles.Except([taker]).Append(taker))
            {
                if ((step, role) is ("review", "office2") or ("close", "office"))
                {
                    continue; // theirs as well
                }

                var version = await VersionAsync(clients["clerk"], id);
                using var taken = await clients[role].PostAsJsonAsync("/api/closures/steps", new { closures = new[] { new { closure = id, version } }, stated }, Ct);
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

            clients[role].Dispose();
        }
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
        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd");
        Assert.Null(await PostAsync(reporter, declare, "declaration", begun!, ("outcome", "PutRight"), ("completed", today), ("report", "全部落实"), ("act", "sign"))); // a measure has no answer yet
        declare = await OpenAsync(reporter, begun!);
        Assert.Equal("全部落实", declare.QuerySelector("#report")!.TextContent);
        var signed = await PostAsync(
            reporter, declare, "declaration", begun!, ("outcome", "PutRight"), ("completed", today), ("report", "全部落实"), ("on-0", today), ("result-0", "建成"), ("e-0", $"{proof}"), ("on-1", today), ("result-1", "达标"), ("e-1", $"{proof}"),
            ("act", "sign"));
        Assert.EndsWith("?done=declared", signed, StringComparison.Ordinal);
        var closure = signed!.Split('?')[0];
        var step = await OpenAsync(reporter, $"{closure}/step");
        Assert.Equal($"{closure}?done=taken", await PostAsync(reporter, step, "step", $"{closure}/step", ("day", today)));

        using var acceptor = await AsAsync("acceptor");
        var shown = await OpenAsync(acceptor, closure);
        Assert.Equal(2, shown.QuerySelectorAll(".sig").Length);
        Assert.Equal("材料审查", shown.QuerySelector(".proc [aria-current=step] b")!.TextContent);
        var back = await OpenAsync(acceptor, $"{closure}/return");
        Assert.Null(await PostAsync(acceptor, back, "back", $"{closure}/return", ("day", today), ("reasons", " ")));
        Assert.Equal($"{closure}?done=returned", await PostAsync(acceptor, back, "back", $"{closure}/return", ("day", today), ("reasons", "缺清单")));
        Assert.Contains("缺清单", (await OpenAsync(reporter, $"{closure}/declaration")).QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("缺清单", (await OpenAsync(reporter, $"/items/{task}")).QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<int> VersionAsync(HttpClient client, Guid id) => (await client.GetFromJsonAsync<JsonElement>($"/api/closures/{id}", Ct)).GetProperty("version").GetInt32();

    private async Task<Guid> HandInAsync(string title, PieceKind kind)
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
            id = await services.GetRequiredService<AddEvidence>().RunAsync([task], new(title, kind), upload, by, Ct);
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
