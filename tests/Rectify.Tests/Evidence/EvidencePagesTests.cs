using System.Net;
using System.Net.Http.Json;
using System.Text;
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

namespace Rectify.Tests.Evidence;

/// <summary>The pages of evidence without scripts, and the API, over HTTP against the whole product.</summary>
public sealed class EvidencePagesTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private Guid task;
    private Guid measure;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync("Uploads:LargestMiB=1");
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new List<Unit>();
            foreach (var code in new[] { "C1", "C2", "D1" })
            {
                units.Add(await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", UnitKind.Department), region.Id, system, Ct));
            }

            foreach (var (unit, name, role) in new[] { (units[0], "reporter", Role.Responsible), (units[1], "neighbour", Role.Responsible), (units[2], "acceptor", Role.Acceptor) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, unit.Id, null, null, Setup, Ct);
            }

            (task, measure) = await Rectifying.HaveTaskAsync(services, region, units[0], units[2]);
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_form_without_scripts_hands_in_files_and_a_refused_one_keeps_what_came()
    {
        using var reporter = await AsAsync("reporter");
        Assert.Contains("佐证材料（0）", (await OpenAsync(reporter, $"/items/{task}")).Body!.TextContent, StringComparison.Ordinal);
        var form = await OpenAsync(reporter, $"/items/{task}/evidence/new");
        Assert.Empty(form.QuerySelectorAll("script:not([src]), style, [style]"));

        var (refused, page) = await SubmitAsync(reporter, form, $"/items/{task}/evidence/new", [("title", "Photo"), ("kind", ""), ("effective", "2019-3-20"), ("item", $"{measure}")], ("a.png", Photos.Png(20, 20)));
        Assert.Equal(HttpStatusCode.OK, refused);
        Assert.Equal(2, page!.QuerySelectorAll(".errs li").Length);
        Assert.Equal("Photo", ((IHtmlInputElement)page.QuerySelector("#title")!).Value);
        Assert.Contains("a.png", page.QuerySelector("[data-list]")!.TextContent, StringComparison.Ordinal);

        // The file needs not be chosen again.
        var (status, _, to) = await PostAsync(reporter, page, $"/items/{task}/evidence/new", [("title", "Photo"), ("kind", "Photo"), ("effective", "2019-03-20"), ("issuer", "Station"), ("item", $"{measure}")]);
        Assert.Equal((HttpStatusCode.Redirect, $"/items/{task}/evidence?added=1"), (status, to));
        var list = await OpenAsync(reporter, to!);
        Assert.Contains("已保存1件材料", list.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var row = list.QuerySelector("tbody tr:not(.group)")!;
        Assert.Equal(("Photo", "2019-03-20"), (row.QuerySelector("a")!.TextContent, row.QuerySelector("time")!.TextContent));

        var piece = row.QuerySelector("a")!.GetAttribute("href")!;
        var shown = await OpenAsync(reporter, piece);
        Assert.Contains("提交材料", shown.QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("措施", shown.QuerySelector(".side")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(shown.QuerySelectorAll("script:not([src]), style, [style]"));
        using var file = await reporter.GetAsync($"{piece}/versions/1/file", Ct);
        Assert.Equal(("application/octet-stream", "default-src 'none'; sandbox"), (file.Content.Headers.ContentType!.MediaType, string.Join(",", file.Headers.GetValues("Content-Security-Policy"))));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(Photos.Png(20, 20), await file.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task Several_files_at_once_are_several_pieces_and_one_that_is_refused_leaves_the_others()
    {
        using var reporter = await AsAsync("reporter");
        var form = await OpenAsync(reporter, $"/items/{task}/evidence/new");
        var (status, page) = await SubmitAsync(
            reporter, form, $"/items/{task}/evidence/new", [("title", ""), ("kind", "Other"), ("item", $"{task}")],
            ("one.txt", "one"u8.ToArray()), ("tool.txt", [(byte)'M', (byte)'Z', 0, 1]), ("two.txt", "two"u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("已保存2件", page!.QuerySelector(".errs h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("tool.txt", page.QuerySelector(".errs li")!.TextContent, StringComparison.Ordinal);
        var list = await OpenAsync(reporter, $"/items/{task}/evidence");
        Assert.Equal(["one", "two"], list.QuerySelectorAll("tbody tr:not(.group) th a").Select(link => link.TextContent).Order());
    }

    [Fact]
    public async Task Changing_replacing_and_withdrawing_are_the_own_units_and_leave_their_trace()
    {
        var id = await HandInAsync("first"u8.ToArray());
        using var reporter = await AsAsync("reporter");
        var edit = await OpenAsync(reporter, $"/evidence/{id}/edit");
        var (changed, _, _) = await PostAsync(reporter, edit, $"/evidence/{id}/edit", [("title", "Better"), ("kind", "Document"), ("item", $"{task}"), ("item", $"{measure}")]);
        Assert.Equal(HttpStatusCode.Redirect, changed);
        var replace = await OpenAsync(reporter, $"/evidence/{id}/version");
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(reporter, replace, $"/evidence/{id}/version", [("reason", "scan was pale")], ("b.txt", "second"u8.ToArray()))).Status);
        var withdraw = await OpenAsync(reporter, $"/evidence/{id}/withdrawal");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(reporter, withdraw, $"/evidence/{id}/withdrawal", [("reason", "")])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(reporter, withdraw, $"/evidence/{id}/withdrawal", [("reason", "wrong item")])).Status);

        var page = await OpenAsync(reporter, $"/evidence/{id}");
        Assert.Contains("wrong item", page.QuerySelector(".note-stop")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("#files ~ table tbody tr").Length);
        Assert.Contains("scan was pale", page.QuerySelector("#files ~ table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, page.QuerySelectorAll(".hist > li").Length);
        Assert.Null(page.QuerySelector($"a[href='/evidence/{id}/edit']"));
        Assert.Contains("佐证材料（0）", (await OpenAsync(reporter, $"/items/{task}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_read_the_item_reads_and_nobody_else_finds_anything()
    {
        var id = await HandInAsync("first"u8.ToArray());
        using var acceptor = await AsAsync("acceptor");
        using var neighbour = await AsAsync("neighbour");
        foreach (var path in new[] { $"/items/{task}/evidence", $"/evidence/{id}", $"/evidence/{id}/versions/1/file", $"/api/evidence/{id}", $"/api/items/{task}/evidence" })
        {
            using var seen = await acceptor.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            using var unseen = await neighbour.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        }

        using var adds = await acceptor.GetAsync($"/items/{task}/evidence/new", Ct);
        Assert.Equal(HttpStatusCode.OK, adds.StatusCode); // the accepting unit proves what it saw, and changes nothing of others
        foreach (var path in new[] { $"/evidence/{id}/edit", $"/evidence/{id}/version", $"/evidence/{id}/withdrawal" })
        {
            using var unseen = await acceptor.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        }

        Assert.Contains("材料文件校验", (await OpenAsync(neighbour, "/evidence/checks")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_takes_an_upload_and_tells_all_about_a_piece()
    {
        using var reporter = await AsAsync("reporter");
        reporter.DefaultRequestHeaders.Accept.Clear();
        using var create = new HttpRequestMessage(HttpMethod.Post, TusEndpoints.Path)
        {
            Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", "5" }, { "Upload-Metadata", $"filename {Convert.ToBase64String("监测.txt"u8)}" } },
            Content = new ByteArrayContent("hello"u8.ToArray()) { Headers = { ContentType = new("application/offset+octet-stream") } },
        };
        using var made = await reporter.SendAsync(create, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var upload = made.Headers.Location!.OriginalString.Split('/')[^1];

        using var added = await reporter.PostAsJsonAsync(
            $"/api/items/{task}/evidence", new { title = "Report", kind = "Monitoring", effectiveOn = "2019-01-09", spot = new { latitude = 25.1, longitude = 102.7, datum = "Gcj02" }, items = new[] { measure }, upload }, Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var piece = await reporter.GetFromJsonAsync<JsonElement>(added.Headers.Location!.OriginalString, Ct);
        Assert.Equal(("Report", "Monitoring", "2019-01-09"), (piece.GetProperty("title").GetString(), piece.GetProperty("kind").GetString(), piece.GetProperty("effectiveOn").GetString()));
        Assert.Equal("监测.txt", piece.GetProperty("files")[0].GetProperty("fileName").GetString());
        Assert.Equal(64, piece.GetProperty("files")[0].GetProperty("sm3").GetString()!.Length);
        Assert.Equal(2, piece.GetProperty("items").GetArrayLength());

        using var again = await reporter.PostAsJsonAsync($"/api/items/{task}/evidence", new { title = "Report", kind = "Monitoring", upload }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode); // an upload becomes one piece
        var path = added.Headers.Location!.OriginalString;
        using var stale = await reporter.PostAsJsonAsync($"{path}/withdrawal", new { reason = "x", version = 0 }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        using var gone = await reporter.PostAsJsonAsync($"{path}/withdrawal", new { reason = "x", version = piece.GetProperty("version").GetInt32() }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    private async Task<Guid> HandInAsync(byte[] content)
    {
        var id = Guid.Empty;
        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            var account = await db.Accounts().AsNoTracking().SingleAsync(one => one.UserName == "reporter", Ct);
            var by = await Reader.AccessOf(db, account.Actor, services.GetRequiredService<TimeProvider>().Today, Ct);
            var upload = await services.GetRequiredService<Uploads>().ReceiveAsync(new MemoryStream(content), content.Length, "a.txt", by.Actor, Ct);
            id = await services.GetRequiredService<Rectify.Evidence.AddEvidence>().RunAsync([task], new("Paper", Rectify.Evidence.PieceKind.Document), upload.Id, by, Ct);
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
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<(HttpStatusCode Status, IHtmlDocument? Page)> SubmitAsync(
        HttpClient client, IHtmlDocument page, string path, (string Name, string Value)[] typed, params (string Name, byte[] Content)[] files)
    {
        var (status, answer, _) = await PostAsync(client, page, path, typed, files);
        return (status, answer);
    }

    private static async Task<(HttpStatusCode Status, IHtmlDocument? Page, string? To)> PostAsync(
        HttpClient client, IHtmlDocument page, string path, (string Name, string Value)[] typed, params (string Name, byte[] Content)[] files)
    {
        var form = page.QuerySelectorAll("main form").Single(one => one.QuerySelector("input[name=_handler]") is not null);
        using var content = new MultipartFormDataContent();
        foreach (var input in form.QuerySelectorAll("input[type=hidden]"))
        {
            content.Add(new StringContent(input.GetAttribute("value") ?? "", Encoding.UTF8), input.GetAttribute("name")!);
        }

        foreach (var (name, value) in typed)
        {
            content.Add(new StringContent(value, Encoding.UTF8), name);
        }

        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), "files", name);
        }

        using var answer = await client.PostAsync(path, content, Ct);
        return (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)), answer.Headers.Location is { } to ? new Uri(client.BaseAddress!, to).PathAndQuery : null);
    }
}
