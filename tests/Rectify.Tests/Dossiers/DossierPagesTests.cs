using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dossiers;

/// <summary>Pages, package and API of dossiers over HTTP against the whole product, without scripts.</summary>
public sealed class DossierPagesTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private Guid task;
    private Guid piece;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new List<Unit>();
            foreach (var code in new[] { "C1", "C2" })
            {
                units.Add(await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", UnitKind.Department), region.Id, system, Ct));
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, units[^1].Id, $"Person {code}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, code == "C1" ? "reporter" : "neighbour", Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Responsible, units[^1].Id, null, null, Setup, Ct);
            }

            (task, _) = await Rectifying.HaveTaskAsync(services, region, units[0], units[1]);
            var reporter = await Reader.AccessOf(db, (await db.Accounts().AsNoTracking().SingleAsync(one => one.UserName == "reporter", Ct)).Actor, services.GetRequiredService<TimeProvider>().Today, Ct);
            var upload = await services.GetRequiredService<Uploads>().ReceiveAsync(new MemoryStream("plan"u8.ToArray()), 4, "plan.txt", reporter.Actor, Ct);
            piece = await services.GetRequiredService<Rectify.Evidence.AddEvidence>().RunAsync([task], new("整改方案甲", Rectify.Evidence.PieceKind.Plan), upload.Id, reporter, Ct);
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task The_office_changes_a_requirement_and_the_page_tells_the_difference()
    {
        using var office = await AsAsync("office");
        using var reporter = await AsAsync("reporter");
        const string all = "/p/r1/dossiers/requirements";
        var usual = await OpenAsync(office, all);
        Assert.Equal(17, usual.QuerySelectorAll("tbody tr:not(.group)").Length);
        Assert.Contains("通用", usual.QuerySelector(".head-sub")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await OpenAsync(reporter, all)).QuerySelectorAll("main form, a[href*=edit]"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(reporter, $"{all}/edit?key=plan"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(office, $"{all}/edit?key=none"));

        var form = await OpenAsync(office, $"{all}/edit?key=plan");
        var (refused, page, _) = await PostAsync(office, form, $"{all}/edit?key=plan", ("title", ""), ("reason", ""));
        Assert.Equal(HttpStatusCode.OK, refused);
        Assert.NotEmpty(page!.QuerySelectorAll(".errs li"));
        var (saved, _, to) = await PostAsync(office, form, $"{all}/edit?key=plan", ("title", "市级整改方案"), ("count", "2"), ("reason", "每项要有两件"), ("act", "save"));
        Assert.Equal((HttpStatusCode.Redirect, $"{all}?done=1"), (saved, to));
        var first = await OpenAsync(office, to!);
        Assert.Contains("修改：市级整改方案", first.QuerySelector("main ul")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("至少2件", first.QuerySelector("main ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("整改方案", first.QuerySelector("main del")!.TextContent, StringComparison.Ordinal);

        // Whoever still looks at the earlier version is refused.
        var (stale, again, _) = await PostAsync(office, form, $"{all}/edit?key=plan", ("title", "X"), ("count", "3"), ("reason", "x"), ("act", "save"));
        Assert.Equal(HttpStatusCode.OK, stale);
        Assert.NotEmpty(again!.QuerySelectorAll(".errs li"));

        var (removed, _, next) = await PostAsync(office, await OpenAsync(office, $"{all}/removal?key=plan"), $"{all}/removal?key=plan", ("reason", "不再要求"));
        Assert.Equal((HttpStatusCode.Redirect, $"{all}?done=2"), (removed, next));
        Assert.Contains("取消：01方案 市级整改方案", (await OpenAsync(office, next!)).QuerySelector("main ul")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_read_the_task_sees_its_dossier_and_gets_the_package_and_nobody_else()
    {
        using var office = await AsAsync("office");
        using var neighbour = await AsAsync("reporter");
        var item = await OpenAsync(office, $"/items/{task}");
        Assert.Single(item.QuerySelectorAll($"a[href='/items/{task}/dossier']"));
        var dossier = await OpenAsync(neighbour, $"/items/{task}/dossier");
        Assert.Contains("整改方案甲", dossier.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(dossier.QuerySelectorAll("script:not([src]), style, [style]"));
        Assert.Empty(dossier.QuerySelectorAll("#type"));
        Assert.NotEmpty((await OpenAsync(office, $"/items/{task}/dossier?which=lacking")).QuerySelectorAll(".st-missing"));
        Assert.Contains("整改方案甲", (await OpenAsync(office, $"/items/{task}")).QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);

        // By date and by measure the same pieces stand, and what is lacking behind them.
        foreach (var order in new[] { "date", "measure" })
        {
            var sorted = await OpenAsync(office, $"/items/{task}/dossier?which={order}");
            Assert.Single(sorted.QuerySelectorAll("tbody th a[href*='/evidence/']"));
            Assert.NotEmpty(sorted.QuerySelectorAll("tbody .st-missing"));
            Assert.Equal(order == "date" ? "按日期" : "按措施", sorted.QuerySelector(".tabs [aria-current]")!.TextContent);
        }

        using var catalogue = await office.GetAsync($"/items/{task}/dossier.pdf", Ct);
        Assert.Equal("application/pdf", catalogue.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", await catalogue.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("还没有导出过", dossier.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var answer = await office.GetAsync($"/items/{task}/dossier.zip", Ct);
        Assert.Equal(("application/zip", "第一项一项一档.zip"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileNameStar));
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Ct), ZipArchiveMode.Read);
        Assert.Contains(zip.Entries, entry => entry.FullName == "第一项一项一档/01方案/001 整改方案甲.txt");
        Assert.Matches("上次导出：.*\uff0c1件。 *之后没有变动", (await OpenAsync(neighbour, $"/items/{task}/dossier")).QuerySelector("#zip + p")!.TextContent);
        using var book = await office.GetAsync("/p/r1/dossiers.xlsx?which=lacking", Ct);
        Assert.Equal(HttpStatusCode.OK, book.StatusCode);

        using var clerk = await AsAsync("neighbour"); // accepts this task, so reads it; a task of another unit it does not
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clerk, $"/items/{task}/dossier.zip"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(office, $"/items/{Guid.NewGuid()}/dossier.zip"));
        using var nobody = served.Client();
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(nobody, $"/items/{task}/dossier.zip"));
    }

    [Fact]
    public async Task The_API_reads_and_changes_what_the_pages_do()
    {
        using var office = await AsAsync("office");
        office.DefaultRequestHeaders.Accept.Clear();
        var set = await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/requirements", Ct);
        Assert.Equal(0, set.GetProperty("no").GetInt32());
        using var changed = await office.PutAsJsonAsync("/api/programmes/r1/requirements", new
        {
            folders = new[] { "01" },
            reason = "short",
            seen = 0,
            list = new object[] { new { key = "a", folder = "01", title = "方案", kind = "Plan", from = "Approved", taskType = "湖" } },
        }, Ct);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var before = await office.GetFromJsonAsync<JsonElement>($"/api/items/{task}/dossier", Ct);
        Assert.Equal((0, 1), (before.GetProperty("lines").GetArrayLength(), before.GetProperty("others").GetArrayLength()));
        using var typed = await office.PutAsJsonAsync($"/api/items/{task}/task-type", new { taskType = "湖", version = before.GetProperty("version").GetInt32() }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, typed.StatusCode);
        var line = (await office.GetFromJsonAsync<JsonElement>($"/api/items/{task}/dossier", Ct)).GetProperty("lines")[0];
        Assert.Equal(("Present", piece), (line.GetProperty("state").GetString(), line.GetProperty("pieces")[0].GetProperty("piece").GetGuid()));
        var list = await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/dossiers?type=%E6%B9%96", Ct);
        Assert.True(list.GetProperty("rows")[0].GetProperty("counts").GetProperty("whole").GetBoolean());
        Assert.Equal(0, (await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/dossiers?which=lacking", Ct)).GetProperty("rows").GetArrayLength());
        using var share = await office.PostAsJsonAsync($"/api/evidence/{piece}/sharing", new { file = "x", reason = "y" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, share.StatusCode);
    }

    private async Task<HttpClient> AsAsync(string name)
    {
        var client = served.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        return answer.StatusCode;
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }

    // Sends the form as a browser does: what it holds, with what was typed.
    private static async Task<(HttpStatusCode Status, IHtmlDocument? Page, string? To)> PostAsync(HttpClient client, IHtmlDocument page, string path, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelectorAll("main form").First(one => one.QuerySelector("input[name=_handler]") is not null);
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var input in form.QuerySelectorAll("input:not([type=hidden]):not([type=checkbox])").OfType<IHtmlInputElement>())
        {
            fields[input.Name!] = input.Value;
        }

        foreach (var select in form.QuerySelectorAll("select").OfType<IHtmlSelectElement>())
        {
            fields[select.Name!] = select.Value ?? "";
        }

        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(path, content, Ct);
        return (answer.StatusCode, answer.StatusCode is HttpStatusCode.OK ? new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)) : null,
            answer.Headers.Location is { } to ? new Uri(client.BaseAddress!, to).PathAndQuery : null);
    }
}
