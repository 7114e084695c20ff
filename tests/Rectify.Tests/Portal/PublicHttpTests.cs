using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>The public site as strangers reach it: every door, tags, forms without scripts, rights of every role.</summary>
public sealed class PublicHttpTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private Guid task;
    private Guid measure;
    private Guid publicId;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var county = await services.GetRequiredService<CreateUnit>().RunAsync(new("C1", "Unit C1", UnitKind.County), region.Id, system, Ct);
            var department = await services.GetRequiredService<CreateUnit>().RunAsync(new("D1", "Unit D1", UnitKind.Department), region.Id, system, Ct);
            foreach (var (unit, name, role) in new[] { (county, "reporter", Role.Responsible), (county, "county", Role.Office), (department, "acceptor", Role.Acceptor), (region, "leader", Role.Leader), (region, "administrator", Role.Administrator) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, unit.Id, null, null, Setup, Ct);
            }

            (task, measure) = await Rectifying.HaveTaskAsync(services, region, county, department);
            publicId = await db.ItemsFor(system, Right.Read).Where(item => item.Id == task).Select(item => item.PublicId).SingleAsync(Ct);
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private string[] Doors =>
    [
        "/public", "/public?lang=ug", "/public/r1", "/public/r1/items", "/public/r1/items?q=lake", "/public/r1/items?unit=Unit%20C1", "/public/r1/closures", "/public/r1/data", $"/public/r1/items/{publicId}", "/public/r1/closures.atom",
        "/public/r1/publications.atom", "/public/r1/items.csv", "/public/r1/items.json", "/public/data/schema.json", "/public/sitemap.xml", $"/public/r1/items/{publicId}/error", "/public/r1/error", "/public/r1/plan", "/public/answers",
    ];

    [Fact]
    public async Task No_public_answer_holds_what_was_not_published()
    {
        using var office = await AsAsync("office");
        using var stranger = served.Client();
        await OpenAsync(office, false);
        await PublishAsync(office, ["Problem"], "The lake", "First told: not clean.");
        foreach (var door in Doors.Where(door => door.StartsWith("/public/r1", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(door, Ct)).StatusCode);
        }

        await OpenAsync(office, true);
        var (all, _) = await ReadAsync(stranger);
        Assert.Contains("is not clean", all, StringComparison.Ordinal);
        Assert.DoesNotContain("The lake is clean.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Unit C1", all.Replace("unit=Unit", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await PublishAsync(office, ["Problem", "Goal", "Units"], "not clean", "It was Not Clean, as agreed.");
        (all, _) = await ReadAsync(stranger);
        Assert.DoesNotContain("not clean", all, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("已隐去", all, StringComparison.Ordinal);
        Assert.Contains("Unit C1", all, StringComparison.Ordinal);

        using var withdrawn = await office.PostAsJsonAsync($"/api/items/{task}/publication/withdrawal", new { remark = "by mistake: not clean" }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        (all, var page) = await ReadAsync(stranger);
        Assert.DoesNotContain("The lake", all, StringComparison.Ordinal);
        Assert.Contains("by mistake", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not clean", all, StringComparison.OrdinalIgnoreCase); // what is said of an act hides what the page hid
        foreach (var closed in new[] { $"/items/{task}", $"/items/{task}/publication", "/p/r1/public", "/api/programmes/r1/publications", "/p/r1/public/errors" })
        {
            Assert.Contains((int)(await stranger.GetAsync(closed, Ct)).StatusCode, (int[])[302, 401]);
        }
    }

    [Fact]
    public async Task An_answer_is_tagged_kept_and_not_sent_twice()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, true);
        await PublishAsync(office, ["Problem"], null);
        using var stranger = served.Client();
        foreach (var door in new[] { "/public/r1", $"/public/r1/items/{publicId}", "/public/r1/items.csv", "/public/r1/closures.atom" })
        {
            using var first = await stranger.GetAsync(door, Ct);
            Assert.True(first.Headers.CacheControl is { Public: true, MaxAge: not null, NoStore: false }, $"{door}: {first.Headers.CacheControl}");
            Assert.False(first.Headers.Contains("Set-Cookie"));
            using var again = new HttpRequestMessage(HttpMethod.Get, door) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            using var known = await stranger.SendAsync(again, Ct);
            Assert.Equal((door, HttpStatusCode.NotModified), (door, known.StatusCode));
            Assert.Empty(await known.Content.ReadAsByteArrayAsync(Ct));
        }

        var tag = (await stranger.GetAsync($"/public/r1/items/{publicId}", Ct)).Headers.ETag;
        await PublishAsync(office, ["Problem", "Goal"], null);
        Assert.NotEqual<EntityTagHeaderValue>(tag, (await stranger.GetAsync($"/public/r1/items/{publicId}", Ct)).Headers.ETag);
    }

    [Fact]
    public async Task A_mistyped_address_is_told_in_the_public_frame_and_nobody_is_asked_to_sign_in()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, true);
        await PublishAsync(office, ["Problem"], null);
        using var stranger = served.Client();
        string[] addresses = ["/public/nonexist", "/Public/Nonexist", "/public/r1/items/64", $"/public/r1/items/{Guid.NewGuid()}", "/public/r1/no/such/page", $"/public/notices/{Guid.NewGuid()}", "/public/notices/1", "/public/pictures/x.webp", "/public/r1/items.xml"];
        foreach (var address in addresses)
        {
            using var answer = await stranger.GetAsync(address, Ct);
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
            Assert.Equal((address, HttpStatusCode.NotFound), (address, answer.StatusCode));
            Assert.NotNull(page.QuerySelector("body .public main h1"));
            Assert.Empty(page.QuerySelectorAll("a[href*=signin], form"));
            Assert.Equal(["/public/r1", "/public/r1/items", "/public"], page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        }

        // The programme's frame where the address names one, and the language that was asked for.
        var known = new HtmlParser().ParseDocument(await (await stranger.GetAsync("/public/r1/items/64?lang=en", Ct)).Content.ReadAsStringAsync(Ct));
        Assert.Equal("en", known.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(known.QuerySelector(".nav-main a[href='/public/r1/closures?lang=en']"));
        Assert.NotNull(known.QuerySelector("header a[href='/public/r1/items/64?lang=zh-CN']"));
        foreach (var address in new[] { "/public/nonexist", "/public/r1/items.csv", "/public/r1", $"/public/r1/items/{publicId}" })
        {
            foreach (var method in new[] { "DELETE", "PUT", "PATCH", "OPTIONS", "PROPFIND" })
            {
                using var asked = new HttpRequestMessage(new(method), address);
                using var answer = await stranger.SendAsync(asked, Ct);
                Assert.Equal((address, method, HttpStatusCode.NotFound), (address, method, answer.StatusCode));
                Assert.DoesNotContain("signin", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Where_the_journal_is_not_published_nothing_promises_a_proof()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, true);
        await PublishAsync(office, ["Problem"], null);
        using var stranger = served.Client();
        var path = $"/public/r1/items/{publicId}";
        Assert.DoesNotContain("/verify", await stranger.GetStringAsync(path, Ct), StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(await stranger.GetStringAsync($"{path}/verify", Ct)).QuerySelector("main")!;
        Assert.Contains("登记簿没有对外公布", page.QuerySelector(".note-warn")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("自行核对", page.TextContent, StringComparison.Ordinal);
        await served.InAsync(async services => Assert.False(Assert.Single(await services.GetRequiredService<Rectify.Closure.IPublicPlace>().OfAsync([task], Ct)).Closed));
    }

    [Fact]
    public async Task Only_the_office_publishes()
    {
        foreach (var role in new[] { "clerk", "reporter", "county", "acceptor", "leader", "administrator" })
        {
            using var client = await AsAsync(role);
            var choice = new { title = "x", fields = new[] { "Problem" } };
            using var set = await client.PutAsJsonAsync("/api/programmes/r1/public", new { settings = new { open = true, title = "x" }, version = 0 }, Ct);
            using var preview = await client.PostAsJsonAsync($"/api/items/{task}/publication/preview", choice, Ct);
            using var publish = await client.PostAsJsonAsync($"/api/items/{task}/publication", new { choice, seen = "" }, Ct);
            using var withdraw = await client.PostAsJsonAsync($"/api/items/{task}/publication/withdrawal", new { remark = "x" }, Ct);
            using var picture = await client.PostAsJsonAsync($"/api/items/{task}/public-pictures", new { piece = Guid.NewGuid(), details = new { after = false, alt = "x" } }, Ct);
            using var reports = await client.GetAsync("/api/programmes/r1/error-reports", Ct);
            using var page = await client.GetAsync($"/items/{task}/publication", Ct);
            Assert.All(new[] { set, preview, publish, withdraw, picture, reports, page }, answer => Assert.Equal((role, role == "administrator" ? 404 : 403), (role, (int)answer.StatusCode)));
        }
    }

    [Fact]
    public async Task A_stranger_reports_an_error_without_scripts_and_reads_the_answer()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, true);
        await PublishAsync(office, ["Problem"], null);
        using var stranger = served.Client();
        var path = $"/public/r1/items/{publicId}/error";
        var form = new HtmlParser().ParseDocument(await stranger.GetStringAsync(path, Ct));
        using var sent = await stranger.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["_handler"] = "report",
            ["text"] = "The day is wrong.",
            ["contact"] = "a@example.org",
        }), Ct);
        var receipt = new HtmlParser().ParseDocument(await sent.Content.ReadAsStringAsync(Ct)).QuerySelector(".note-ok .code")!.TextContent;
        using var forged = await stranger.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "report", ["text"] = "x" }), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var report = (await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/error-reports", Ct))[0];
        Assert.Equal(("The day is wrong.", "a@example.org"), (report.GetProperty("text").GetString(), report.GetProperty("contact").GetString()));
        using var answered = await office.PostAsJsonAsync($"/api/programmes/r1/error-reports/{report.GetProperty("id").GetGuid()}/answer", new { answer = "Mended." }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        var read = await stranger.GetStringAsync($"/public/answers?receipt={receipt}", Ct);
        Assert.Contains("Mended.", read, StringComparison.Ordinal);
        Assert.DoesNotContain("a@example.org", read, StringComparison.Ordinal);

        // Whoever sends too many is told to wait.
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 12; i++)
        {
            last = (await stranger.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["text"] = "x" }), Ct)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Forms_of_the_office_preview_and_publish_what_was_seen()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, true);
        var path = $"/items/{task}/publication";
        var page = new HtmlParser().ParseDocument(await office.GetStringAsync(path, Ct));
        Assert.Empty(page.QuerySelectorAll("input[name=field][checked]"));
        KeyValuePair<string, string>[] fields = [new("title", "Lake"), new("field", "Problem"), new("mask-Personal", "not clean"), new("_handler", "publication"), new("__RequestVerificationToken", page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];
        using var previewed = await office.PostAsync(path, new FormUrlEncodedContent([.. fields, new("act", "preview")]), Ct);
        var preview = new HtmlParser().ParseDocument(await previewed.Content.ReadAsStringAsync(Ct));
        Assert.Contains("The lake is 〔已隐去：个人信息〕.", preview.QuerySelector(".public")!.TextContent, StringComparison.Ordinal);
        using var published = await office.PostAsync(path, new FormUrlEncodedContent([.. fields, new("act", "publish"), new("seen", preview.QuerySelector("input[name=seen]")!.GetAttribute("value")!)]), Ct);
        Assert.EndsWith($"{path}?done=published", published.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("public", new HtmlParser().ParseDocument(await office.GetStringAsync(path, Ct)).QuerySelector(".nav-main a[aria-current]")!.GetAttribute("data-nav"));
        foreach (var open in new[] { path, $"{path}/withdrawal", $"/items/{task}/public-pictures", "/p/r1/public", "/p/r1/public/settings", "/p/r1/public/errors" })
        {
            Assert.Equal((open, HttpStatusCode.OK), (open, (await office.GetAsync(open, Ct)).StatusCode));
        }

        using var stranger = served.Client();
        var ug = new HtmlParser().ParseDocument(await stranger.GetStringAsync($"/public/r1/items/{publicId}?lang=ug", Ct));
        Assert.Equal(("rtl", "ug"), (ug.DocumentElement.GetAttribute("dir"), ug.DocumentElement.GetAttribute("lang")));
        Assert.Contains("bootstrap.rtl", ug.Head!.InnerHtml, StringComparison.Ordinal);
        Assert.Empty(ug.QuerySelectorAll("form, script:not([src]), style, [style]"));
    }

    [Fact]
    public async Task What_is_known_otherwise_since_is_told_to_the_office_alone_until_it_corrects_what_it_published()
    {
        using var office = await AsAsync("office");
        using var stranger = served.Client();
        await OpenAsync(office, true);
        await MeasureAsync(8);
        await PublishAsync(office, ["Problem", "Status", "Steps"], null);
        const string list = "/p/r1/public", few = $"{list}?touched=true";
        var (path, shown) = ($"/items/{task}/publication", $"/public/r1/items/{publicId}");
        async Task<string> OfAsync(HttpClient client, string address) => new HtmlParser().ParseDocument(await client.GetStringAsync(address, Ct)).QuerySelector("main")!.TextContent;
        Assert.DoesNotContain("准备更正", await OfAsync(office, list) + await OfAsync(office, path), StringComparison.Ordinal);
        Assert.Contains("公开以后都没有新记录", await OfAsync(office, few), StringComparison.Ordinal);
        const string api = "/api/programmes/r1/publications?touched=true";
        Assert.Equal("[]", await office.GetStringAsync(api, Ct));
        var (before, _) = await ReadAsync(stranger);

        // The figure of a day before is corrected, and work is said to have begun: two things of which one is published.
        await MeasureAsync(5);
        await RecordAsync(new StatedFact(FactKind.Started, Today));
        foreach (var address in new[] { list, few, path })
        {
            var told = await OfAsync(office, address);
            Assert.Contains("准备更正", told, StringComparison.Ordinal);
            Assert.Contains("plants", told, StringComparison.Ordinal);
            Assert.Contains("怎样销号的", told, StringComparison.Ordinal);
        }

        var (after, page) = await ReadAsync(stranger);
        static string Still(string all) => System.Text.RegularExpressions.Regex.Replace(all, "CfDJ8[\\w-]+", ""); // forms carry a new token each time
        Assert.Equal(Still(before), Still(after));
        Assert.DoesNotContain("plants", page, StringComparison.Ordinal);
        using var reporter = await AsAsync("reporter");
        Assert.DoesNotContain("准备更正", await OfAsync(reporter, list) + await OfAsync(reporter, few), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync($"{path}?prepare=true", Ct)).StatusCode);
        Assert.Contains(publicId.ToString(), await office.GetStringAsync(api, Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync(api, Ct)).StatusCode);

        // One click: the preview as it was chosen before, and a remark that tells both figures.
        var prepared = new HtmlParser().ParseDocument(await office.GetStringAsync($"{path}?prepare=true", Ct));
        var remark = prepared.QuerySelector("#remark")!.GetAttribute("value")!;
        Assert.Contains("8", remark, StringComparison.Ordinal);
        Assert.Contains("5", remark, StringComparison.Ordinal);
        var fields = prepared.QuerySelectorAll("main input[checked], main input[name=title], main input[type=hidden], main input[name=remark]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using var corrected = await office.PostAsync(path, new FormUrlEncodedContent([.. fields, new("act", "publish")]), Ct);
        Assert.EndsWith($"{path}?done=published", corrected.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains(remark, await OfAsync(stranger, shown), StringComparison.Ordinal);
        Assert.DoesNotContain("准备更正", await OfAsync(office, list) + await OfAsync(office, path), StringComparison.Ordinal);
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));

    private Task MeasureAsync(long value) => RecordAsync(new StatedFact(FactKind.Measured, Today.AddDays(-1), Value: value, Part: measure));

    private Task RecordAsync(StatedFact fact) => served.InAsync(async services =>
    {
        var db = services.GetRequiredService<Db>();
        var reporter = await db.Accounts().AsNoTracking().SingleAsync(account => account.UserName == "reporter", Ct);
        await services.GetRequiredService<RecordFacts>().RunAsync(task, [fact], await Reader.AccessOf(db, reporter.Actor, Today, Ct), Ct);
    });

    private async Task<HttpClient> AsAsync(string name)
    {
        var client = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await ServedProduct.SignInAsync(client, name, Password)).StatusCode);
        return client;
    }

    private static async Task OpenAsync(HttpClient office, bool open)
    {
        var version = (await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/public", Ct)).GetProperty("version").GetInt32();
        using var set = await office.PutAsJsonAsync("/api/programmes/r1/public", new { settings = new { open, title = "Round one" }, version }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
    }

    private async Task PublishAsync(HttpClient office, string[] fields, string? mask, string remark = "as agreed")
    {
        var choice = new { title = "Water", fields, masks = mask is null ? [] : new[] { new { passage = mask, reason = "Personal" } }, remark };
        using var preview = await office.PostAsJsonAsync($"/api/items/{task}/publication/preview", choice, Ct);
        Assert.True(preview.IsSuccessStatusCode, await preview.Content.ReadAsStringAsync(Ct));
        var seen = (await preview.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("hash").GetString();
        using var published = await office.PostAsJsonAsync($"/api/items/{task}/publication", new { choice, seen }, Ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(Ct));
    }

    private async Task<(string All, string Page)> ReadAsync(HttpClient stranger)
    {
        var all = new List<string>();
        foreach (var door in Doors)
        {
            using var answer = await stranger.GetAsync(door, Ct);
            Assert.Equal((door, door.EndsWith("/plan", StringComparison.Ordinal) ? 404 : 200), (door, (int)answer.StatusCode));
            all.Add(await answer.Content.ReadAsStringAsync(Ct));
        }

        return (string.Join('\n', all), await stranger.GetStringAsync($"/public/r1/items/{publicId}", Ct));
    }
}
