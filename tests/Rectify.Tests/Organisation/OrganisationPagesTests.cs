using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Web;
using Rectify.Tests.Samples;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Organisation;

/// <summary>The room's pages and API over HTTP, with the sample's units and people.</summary>
public sealed class OrganisationPagesTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rectify-pages").FullName;
    private WebApplication app = null!;
    private HttpClient client = null!;
    private Guid county;
    private Guid office;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("DataFolder", (string?)folder), KeyValuePair.Create("ConnectionStrings:Db", (string?)$"Data Source={folder}/db")]);
        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.Configure<DataOptions>(data => data.Folder = folder);
        builder.Services.AddSingleton<FileStore>();
        builder.Services.AddOrganisation();
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, ByHeader>("Test", null);
        app = builder.Build();
        app.UseWeb();
        app.MapOrganisation();
        app.MapWeb();
        await InAsync((Db db) => db.Database.MigrateAsync(Ct));
        await app.StartAsync();
        var everywhere = Access.OfSystem(Setup);
        await InAsync(async (ImportOrganisation import) =>
            await import.RunAsync(await import.KeepAsync(new MemoryStream(SampleFiles.Kept("机构人员.xlsx")), everywhere, Ct), "x", null, everywhere, Ct));
        (office, county) = (await HaveAccountAsync("R", "office"), await HaveAccountAsync("P01", "county"));
        client = app.GetTestClient();
        Be(office);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_tree_holds_every_unit_and_opens_without_script()
    {
        var page = await PageAsync("/units");
        Assert.Equal(110, page.QuerySelectorAll(".units a[href^='/units/']").Select(link => link.GetAttribute("href")).Distinct().Count());
        Assert.True(page.QuerySelector(".units > li > details")!.HasAttribute("open"));
        Assert.Contains("86人", page.QuerySelector(".head-sub")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
    }

    [Fact]
    public async Task A_search_finds_by_alias()
    {
        var alias = SampleFiles.Data.Units.First(unit => unit.Id == "P01").Aliases[0];
        var page = await PageAsync($"/units?find={Uri.EscapeDataString(alias)}");
        Assert.Contains(SampleFiles.Data.Units.First(unit => unit.Id == "P01").Name, page.QuerySelectorAll("tbody th").Select(head => head.TextContent));
    }

    [Fact]
    public async Task An_alias_is_added_shown_in_the_history_and_removed()
    {
        var id = await IdAsync("P01");
        var answer = await PostAsync($"/units/{id}", "add", new() { ["text"] = "泊城" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await PageAsync($"/units/{id}?done=alias");
        Assert.Equal("添加别名", page.QuerySelector(".hist .line span")!.TextContent);
        Assert.Contains("泊城", page.QuerySelector(".hist ins")!.TextContent, StringComparison.Ordinal);

        var alias = page.QuerySelectorAll<IHtmlButtonElement>("button[name=alias]").Single(button => button.ParentElement!.TextContent.Contains("泊城", StringComparison.Ordinal)).Value;
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($"/units/{id}", "remove", new() { ["alias"] = alias })).StatusCode);
        Assert.DoesNotContain("泊城", (await PageAsync($"/units/{id}")).QuerySelector(".side")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_alias_comes_back_beside_its_field_with_the_units_name()
    {
        var (own, other) = (await IdAsync("P01"), SampleFiles.Data.Units.First(unit => unit.Id == "P02"));
        var page = await ReadAsync(await PostAsync($"/units/{own}", "add", new() { ["text"] = other.Name }));
        Assert.Contains($"已经指“{other.Name}”", page.QuerySelector("#text-e")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(other.Name, page.QuerySelector<IHtmlInputElement>("#text")!.Value);
    }

    [Fact]
    public async Task A_unit_is_added_and_a_wrong_one_keeps_what_was_typed()
    {
        var wrong = await ReadAsync(await PostAsync("/units/new", "unit", new() { ["name"] = "新局", ["code"] = "P01", ["kind"] = "Department", ["parent"] = $"{await IdAsync("R")}" }));
        Assert.NotNull(wrong.QuerySelector("#code-e"));
        Assert.Equal("新局", wrong.QuerySelector<IHtmlInputElement>("#name")!.Value);

        var answer = await PostAsync("/units/new", "unit", new() { ["name"] = "新局", ["code"] = "N1", ["kind"] = "Department", ["parent"] = $"{await IdAsync("R")}" });
        Assert.Equal($"/units/{await IdAsync("N1")}?done=created", answer.Headers.Location!.PathAndQuery);
        Assert.Equal("新局", (await PageAsync(answer.Headers.Location.PathAndQuery)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_signing_name_is_set_on_the_form_and_by_the_API_and_one_too_long_comes_back_beside_its_field()
    {
        var (id, region) = (await IdAsync("D01"), $"{await IdAsync("R")}");
        var form = await PageAsync($"/units/{id}/edit");
        Assert.NotEmpty(form.QuerySelector("#signingName-h")!.TextContent);
        var fields = new Dictionary<string, string>
        {
            ["version"] = form.QuerySelector<IHtmlInputElement>("input[name=version]")!.Value,
            ["name"] = form.QuerySelector<IHtmlInputElement>("#name")!.Value,
            ["code"] = "D01",
            ["kind"] = "Department",
            ["parent"] = region,
        };
        var wrong = await ReadAsync(await PostAsync($"/units/{id}/edit", "unit", new(fields) { ["signingName"] = new('厅', 101) }));
        Assert.Equal(101, wrong.QuerySelector<IHtmlInputElement>("#signingName")!.Value.Length);
        Assert.Contains("100", wrong.QuerySelector("#signingName-e")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($"/units/{id}/edit", "unit", new(fields) { ["signingName"] = "整改协调办公室" })).StatusCode);
        var page = await PageAsync($"/units/{id}");
        Assert.Contains("整改协调办公室", page.QuerySelector(".side dl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("整改协调办公室", page.QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("整改协调办公室", (await PageAsync($"/units/{id}/edit")).QuerySelector<IHtmlInputElement>("#signingName")!.Value);

        var body = new { code = "Z8", name = "云泽县", kind = "County", parent = "R", signingName = "云泽县人民政府", version = 0 };
        Assert.Equal("云泽县人民政府", (await (await client.PostAsJsonAsync("/api/units", body, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("signingName").GetString());
        var refused = await client.PutAsJsonAsync("/api/units/Z8", body with { signingName = new('县', 101) }, Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "unit.signing-name"), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/units/Z8", body with { signingName = "" }, Ct)).StatusCode);
        Assert.Equal("", (await client.GetFromJsonAsync<JsonElement>("/api/units/Z8", Ct)).GetProperty("signingName").GetString());
    }

    [Fact]
    public async Task People_are_filtered_by_unit_and_paged()
    {
        var first = await PageAsync("/people");
        Assert.Equal(50, first.QuerySelectorAll("tbody tr").Length);
        var second = await PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(36, second.QuerySelectorAll("tbody tr").Length);
        Assert.Empty(Names(first).Intersect(Names(second)));
        var here = SampleFiles.Data.People.Count(person => person.Unit == "D24");
        Assert.Equal(here, (await PageAsync($"/people?unit={await IdAsync("D24")}")).QuerySelectorAll("tbody tr").Length);

        static IEnumerable<string?> Names(IHtmlDocument page) => page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href"));
    }

    [Fact]
    public async Task A_person_is_removed_after_a_page_that_says_what_happens()
    {
        var id = await InAsync((Db db) => db.People().Where(person => person.Code == "Y001").Select(person => person.Id).SingleAsync(Ct));
        Assert.Contains("账号同时停用", (await PageAsync($"/people/{id}/remove")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($"/people/{id}/remove", "confirm", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/people/{id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_workbook_is_uploaded_looked_at_and_confirmed()
    {
        var file = Workbooks.Make(("机构", [Workbooks.UnitHead, ["N2", "新二局", "", "R", "部门", "", ""], ["P01", "改名市", "", "", "", "", ""]]));
        var upload = await PostAsync("/organisation/import", "upload", [], file);
        var place = upload.Headers.Location!.PathAndQuery;
        var preview = await PageAsync(place);
        Assert.Contains("新二局", preview.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("改名市", preview.QuerySelectorAll(".diff ins").Select(now => now.TextContent.Replace("现在：", "", StringComparison.Ordinal)));

        var seal = preview.QuerySelector<IHtmlInputElement>("input[name=seal]")!.Value;
        var stale = await ReadAsync(await PostAsync(place, "confirm", new() { ["seal"] = "x" }));
        Assert.Contains("没有保存", stale.QuerySelector(".note-stop")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/units?done=imported", (await PostAsync(place, "confirm", new() { ["seal"] = seal })).Headers.Location!.PathAndQuery);
        Assert.NotEqual(Guid.Empty, await IdAsync("N2"));
    }

    [Fact]
    public async Task A_file_that_is_no_workbook_is_refused_beside_its_field()
    {
        var page = await ReadAsync(await PostAsync("/organisation/import", "upload", [], "no workbook at all, only text"u8.ToArray()));
        Assert.Contains(".xlsx", page.QuerySelector("#workbook-e")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_county_organiser_sees_all_and_edits_their_own()
    {
        Be(county);
        Assert.NotNull((await PageAsync($"/units/{await IdAsync("P01")}")).QuerySelector("a[href$='/edit']"));
        Assert.Null((await PageAsync($"/units/{await IdAsync("P02")}")).QuerySelector("a[href$='/edit']"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/units/{await IdAsync("P02")}/edit", Ct)).StatusCode);
        var answer = await client.PostAsJsonAsync("/api/units", new { code = "Z", name = "Z", kind = "Other", parent = "P02" }, Ct);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_API_lists_adds_and_imports()
    {
        var units = await client.GetFromJsonAsync<JsonElement>("/api/units", Ct);
        Assert.Equal(110, units.GetArrayLength());
        var added = await client.PostAsJsonAsync("/api/units", new { code = "Z9", name = "终局", kind = "Department", parent = "R" }, Ct);
        Assert.Equal((HttpStatusCode.Created, "/api/units/Z9"), (added.StatusCode, added.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync("/api/units", new { code = "Z9", name = "又一", kind = "Department", parent = "R" }, Ct)).StatusCode);
        Assert.Equal("R", (await client.GetFromJsonAsync<JsonElement>("/api/units/Z9", Ct)).GetProperty("parent").GetString());
        Assert.Equal(86, (await client.GetFromJsonAsync<JsonElement>("/api/people", Ct)).GetProperty("total").GetInt32());

        using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleFiles.Kept("机构人员.xlsx")), "file", "机构人员.xlsx" } };
        var preview = await client.PostAsync("/api/organisation/import?preview=true", form, Ct);
        Assert.Equal(110, (await preview.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("units").GetArrayLength());
    }

    [Fact]
    public async Task Without_signing_in_nothing_is_shown()
    {
        client.DefaultRequestHeaders.Clear();
        foreach (var path in new[] { "/units", "/people", "/organisation/import", "/api/units", "/api/people" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, Ct)).StatusCode);
        }
    }

    private void Be(Guid account)
    {
        client.DefaultRequestHeaders.Clear();
        client.DefaultRequestHeaders.Add("Test-Account", account.ToString("N"));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string handler, Dictionary<string, string> fields, byte[]? file = null)
    {
        var first = await client.GetAsync(path, Ct);
        var page = await ReadAsync(first);
        var token = page.QuerySelector<IHtmlInputElement>("main input[name=__RequestVerificationToken]")!.Value;
        fields["__RequestVerificationToken"] = token;
        fields["_handler"] = handler;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (file is null)
        {
            request.Content = new FormUrlEncodedContent(fields);
        }
        else
        {
            var form = new MultipartFormDataContent { { new ByteArrayContent(file), "workbook", "book.xlsx" } };
            foreach (var (name, value) in fields)
            {
                form.Add(new StringContent(value), name);
            }

            request.Content = form;
        }

        if (first.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", cookies.Select(cookie => cookie.Split(';')[0]));
        }

        return await client.SendAsync(request, Ct);
    }

    private async Task<IHtmlDocument> PageAsync(string path)
    {
        var answer = await client.GetAsync(path, Ct);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return await ReadAsync(answer);
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));

    private Task<Guid> IdAsync(string code) => InAsync((Db db) => db.Units().Where(unit => unit.Code == code).Select(unit => unit.Id).SingleAsync(Ct));

    private async Task<Guid> HaveAccountAsync(string unitCode, string name)
    {
        var unit = await IdAsync(unitCode);
        var person = await InAsync((CreatePerson create) => create.RunAsync(new(null, unit, name), Access.OfSystem(Setup), Ct));
        var account = await InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, name, Password, Setup, Ct));
        await InAsync((GiveDuty give) => give.RunAsync(account.Id, Role.Administrator, unit, null, null, Setup, Ct));
        await InAsync((RemovePerson remove) => remove.RunAsync(person.Id, Access.OfSystem(Setup), Ct)); // the counts are the sample's
        return account.Id;
    }

    private async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private Task InAsync<TService>(Func<TService, Task> act) where TService : notnull =>
        InAsync(async (TService service) =>
        {
            await act(service);
            return 0;
        });

    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["Test-Account"].ToString() is { Length: > 0 } account
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account), new(ClaimTypes.Name, "甲")], "Test")), "Test"))
                : AuthenticateResult.NoResult());
    }
}
