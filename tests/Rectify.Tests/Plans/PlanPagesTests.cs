using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;
using Rectify.Tasks;
using Rectify.Tests.Platform.Identity;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Plans;

/// <summary>The pages and the API of plans over HTTP, as the office, a colleague and a unit see them.</summary>
public sealed class PlanPagesTests : IAsyncLifetime
{
    private const string Home = $"/p/{Imports.Code}/plan";

    private readonly string folder = Directory.CreateTempSubdirectory("rectify-plans").FullName;
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("DataFolder", (string?)folder)]);
        builder.Services.Configure<DataOptions>(data => data.Folder = folder);
        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.AddOrganisation();
        builder.Services.AddTasks();
        builder.Services.AddPlans();
        app = builder.Build();
        app.UseWeb();
        app.MapTasks();
        app.MapPlans();
        app.MapWeb();

        var region = Unit.Create(new("R", "云岭自治区", UnitKind.Region), null);
        var water = Unit.Create(new("D1", "水利厅", UnitKind.Department), region);
        await InAsync<Db>(db => db.Database.MigrateAsync(Ct));
        await InAsync<IServiceProvider>(async services =>
        {
            services.GetRequiredService<Db>().AddRange(region, water);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = region.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        });
        await AccountAsync(region, "office", Role.Office);
        await AccountAsync(region, "colleague", Role.Office);
        await AccountAsync(water, "water", Role.Responsible);
        await InAsync<CreateProgramme>(create => create.RunAsync(Imports.Code, new("Plan of a region", region.Id), [], [], Access.OfSystem(Setup), Ct));
        await app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_plan_goes_from_the_file_to_the_version_without_scripts()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, Home);
        Assert.Contains("还没有整改方案", office.Text(".empty"), StringComparison.Ordinal);

        await OpenAsync(office, $"{Home}/import");
        var preview = await FollowAsync(office, await office.UploadAsync("import", "file", "方案.txt", new StringContent(Imports.Plan)));
        Assert.Contains("读出2项任务、3条措施", office.Text(".head-sub"), StringComparison.Ordinal);

        await OpenAsync(office, $"{preview.Split('?')[0]}?item=2");
        Assert.Contains("单位库没有“林草局”。", office.Text("#f-units-0"), StringComparison.Ordinal);
        Assert.Equal("#f-units-0", office.Page.QuerySelectorAll("a.ps.doubt").Single(mark => mark.TextContent.EndsWith("林草局", StringComparison.Ordinal)).GetAttribute("href"));
        var fields = Fields(office);
        fields["goal"] = "恢复两万亩。";
        fields["u0.meant"] = "水利厅";
        fields["act"] = "next";
        await FollowAsync(office, await office.PostAsync(office.Path, fields));
        await OpenAsync(office, $"{preview.Split('?')[0]}?item=2");
        Assert.Equal("恢复两万亩。", office.Page.QuerySelector<IHtmlTextAreaElement>("textarea[name=goal]")!.Value);
        Assert.Equal("", office.Text("#f-units-0 p"));

        await OpenAsync(office, $"{preview.Split('?')[0]}/confirm");
        var version = await FollowAsync(office, await office.SubmitAsync(
            "confirm", ("Report.on", "2018-02-09"), ("Report.document", "甲〔2018〕1号"), ("Approve.on", ""), ("aliases", "on")));

        Assert.Equal($"{Home}/1?done=confirmed", version);
        Assert.Contains("已导入2项任务，成为第1版。", office.Text(".note-ok"), StringComparison.Ordinal);
        await OpenAsync(office, Home);
        Assert.Equal("已上报 · 任务已录入，待批准", office.Text("tbody td"));
        Assert.Contains("甲〔2018〕1号", office.Text("tbody"), StringComparison.Ordinal);

        await FollowAsync(office, await office.SubmitAsync("step", ("on", "2018-02-01"), ("document", ""), ("no", "1")), stays: true);
        Assert.Contains("2018年2月1日早于前一步的2018年2月9日", office.Text(".errs"), StringComparison.Ordinal);
        await FollowAsync(office, await office.SubmitAsync("step", ("on", "2018-04-17"), ("document", "乙〔2018〕3号"), ("no", "1")));
        Assert.Equal("已批准 · 现行", office.Text("tbody td"));
    }

    [Fact]
    public async Task A_wrong_field_keeps_what_was_typed_and_saves_nothing()
    {
        using var office = await AsAsync("office");
        var preview = await StartAsync(office);
        await OpenAsync(office, $"{preview}?item=1");
        var fields = Fields(office);
        (fields["goal"], fields["deadline.date"], fields["act"]) = ("typed", "soon", "save");

        await FollowAsync(office, await office.PostAsync(office.Path, fields), stays: true);

        Assert.Contains("“soon”不是日期", office.Text(".errs"), StringComparison.Ordinal);
        Assert.Equal("typed", office.Page.QuerySelector<IHtmlTextAreaElement>("textarea[name=goal]")!.Value);
        await OpenAsync(office, $"{preview}?item=1");
        Assert.NotEqual("typed", office.Page.QuerySelector<IHtmlTextAreaElement>("textarea[name=goal]")!.Value);
    }

    [Fact]
    public async Task Tasks_are_added_and_taken_out_but_the_last_one_stays()
    {
        using var office = await AsAsync("office");
        var preview = await StartAsync(office);
        async Task ActAsync(string act, int item, bool stays = false)
        {
            await OpenAsync(office, $"{preview}?item={item}");
            var fields = Fields(office);
            fields["act"] = act;
            await FollowAsync(office, await office.PostAsync(office.Path, fields), stays);
        }

        await ActAsync("add", 1);
        Assert.Equal(3, office.Page.QuerySelectorAll(".tree li").Length);
        Assert.Contains("没有反馈问题的内容。", office.Text("#f-problem"), StringComparison.Ordinal);
        await ActAsync("remove", 2);
        await ActAsync("remove", 2);
        await ActAsync("remove", 1, stays: true);

        Assert.Contains("只剩这一项，不能去掉。", office.Text(".errs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty.docx", "", "“empty.docx”是空文件")]
    [InlineData("old.doc", "D0CF11E0A1B11AE1", "“old.doc”是旧版办公文档格式")]
    [InlineData("broken.docx", "504B0304140000", "“broken.docx”已损坏或不完整")]
    [InlineData("picture.png", "89504E470D0A1A0A0000000D", "无法识别“picture.png”的格式")]
    [InlineData("notes.txt", "48656C6C6F20776F726C64", "“notes.txt”里没有读到任务")]
    public async Task A_bad_file_gets_its_sentence_and_leaves_nothing(string name, string hex, string sentence)
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, $"{Home}/import");

        await FollowAsync(office, await office.UploadAsync("import", "file", name, new ByteArrayContent(Convert.FromHexString(hex))), stays: true);

        Assert.Contains(sentence, office.Text(".errs"), StringComparison.Ordinal);
        await InAsync<Db>(async db => Assert.False(await db.Set<ImportDraft>().AnyAsync(Ct)));
        Assert.False(Directory.Exists(Path.Combine(folder, "files")) && Directory.EnumerateFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task Two_hundred_megabytes_are_refused_before_they_are_read()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, $"{Home}/import");
        using var page = new Endless(200L << 20);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await office.UploadAsync("import", "file", "large.pdf", page)).Status);
        Assert.Contains("文件超过65 MB，没有收下", office.Text("h1"), StringComparison.Ordinal);

        using var api = await ApiAsync("office");
        using var large = new Endless(200L << 20);
        using var form = new MultipartFormDataContent { { large, "file", "large.pdf" } };
        Assert.Equal("request.too-large", await CodeAsync(await api.PostAsync("/api/plans/preview", form, Ct), 413));
        Assert.All([page, large], content => Assert.InRange(content.Sent, 0, 4 << 20));
    }

    [Fact]
    public async Task Nobody_else_sees_a_preview_and_a_unit_no_plan_page()
    {
        using var office = await AsAsync("office");
        var preview = await StartAsync(office);
        using var colleague = await AsAsync("colleague");
        foreach (var path in new[] { preview, $"{preview}/confirm", $"{preview}/difference" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await colleague.OpenAsync(path)).Status);
        }

        await OpenAsync(colleague, Home);
        Assert.DoesNotContain("方案.txt", colleague.Page.DocumentElement.TextContent, StringComparison.Ordinal);
        using var water = await AsAsync("water");
        Assert.Equal(HttpStatusCode.Forbidden, (await water.OpenAsync($"{Home}/import")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await water.OpenAsync(Home)).Status);
        using var stranger = new Browser(app.GetTestServer());
        Assert.StartsWith("/signin", (await stranger.OpenAsync(Home)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_imports_confirms_and_compares()
    {
        using var api = await ApiAsync("office");
        using var read = await api.PostAsync("/api/plans/preview", Form(Imports.Plan), Ct);
        Assert.Equal(2, (await read.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("items").GetArrayLength());

        async Task<string> ImportAsync(string plan)
        {
            using var started = await api.PostAsync($"/api/programmes/{Imports.Code}/imports", Form(plan), Ct);
            Assert.Equal(HttpStatusCode.Created, started.StatusCode);
            return started.Headers.Location!.OriginalString;
        }

        var first = await ImportAsync(Imports.Plan);
        Assert.Equal(0, (await api.GetFromJsonAsync<JsonElement>(first, Ct)).GetProperty("version").GetInt32());
        using var colleague = await ApiAsync("colleague");
        Assert.Equal("import.not-found", await CodeAsync(await colleague.GetAsync(first, Ct), 404));
        using var confirmed = await api.PostAsJsonAsync(
            $"{first}/confirmation", new { steps = new[] { new { step = "Report", on = "2018-02-09" }, new { step = "Approve", on = "2018-04-17" } } }, Ct);
        Assert.Equal(HttpStatusCode.Created, confirmed.StatusCode);

        var second = await ImportAsync(Imports.Plan.Replace("2018年6月底前", "2018年9月底前", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsJsonAsync($"{second}/confirmation", new { }, Ct)).StatusCode);
        Assert.Equal("plan.step-early", await CodeAsync(
            await api.PostAsJsonAsync($"/api/programmes/{Imports.Code}/plan-versions/2/steps", new { step = "Approve", on = "2018-07-01" }, Ct), 409));

        var versions = await api.GetFromJsonAsync<JsonElement>($"/api/programmes/{Imports.Code}/plan-versions", Ct);
        Assert.Equal([(2, "Drafted", false), (1, "Approved", true)], versions.EnumerateArray().Select(version =>
            (version.GetProperty("no").GetInt32(), version.GetProperty("state").GetString(), version.GetProperty("inForce").GetBoolean())));
        var changes = await api.GetFromJsonAsync<JsonElement>($"/api/programmes/{Imports.Code}/plan-versions/2/difference?with=1", Ct);
        Assert.Equal([("deadline", "2018年9月底前"), ("due", "2018-09-30")], changes.EnumerateArray().Select(change =>
            (change.GetProperty("field").GetString(), change.GetProperty("after").GetString())));

        using var page = await AsAsync("office");
        await OpenAsync(page, $"{Home}/1..2");
        Assert.Equal("2018年9月底前", page.Text(".diff ins").Replace("现在：", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await page.OpenAsync($"{Home}/1..7")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.OpenAsync($"{Home}/nothing")).Status);
    }

    [Fact]
    public async Task The_original_is_saved_and_never_shown()
    {
        using var api = await ApiAsync("office");
        using var started = await api.PostAsync($"/api/programmes/{Imports.Code}/imports", Form(Imports.Plan, "<b>方案</b>.html"), Ct);
        await api.PostAsJsonAsync($"{started.Headers.Location}/confirmation", new { }, Ct);

        using var file = await api.GetAsync($"{Home}/1/file", Ct);

        Assert.Equal(Imports.Plan, await file.Content.ReadAsStringAsync(Ct));
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("<b>方案</b>.html", file.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var water = await ApiAsync("water");
        Assert.Equal(HttpStatusCode.NotFound, (await water.GetAsync($"{Home}/1/file", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_finding_is_shown_corrected_for_all_its_tasks_and_listed_with_them()
    {
        using var office = await AsAsync("office");
        var preview = await StartAsync(office, """
            某地整改方案
            三、反馈问题：某河水质长期超标。
            整改任务：封堵入河排口。
            责任单位：水利厅
            整改时限：2018年6月底前
            整改任务：建成污水处理厂。
            责任单位：水利厅
            整改时限：2018年9月底前
            """);
        async Task<string> FindingAsync(int item)
        {
            await OpenAsync(office, $"{preview}?item={item}");
            return office.Page.QuerySelector<IHtmlTextAreaElement>("textarea[name=finding]")!.Value;
        }

        async Task ChangeAsync(int item, string text, bool all)
        {
            await OpenAsync(office, $"{preview}?item={item}");
            var fields = Fields(office);
            (fields["finding"], fields["act"]) = (text, "save");
            if (!all)
            {
                fields.Remove("finding.all");
            }

            await FollowAsync(office, await office.PostAsync(office.Path, fields));
        }

        Assert.Equal("某河水质长期超标。", await FindingAsync(1));
        Assert.EndsWith("整改任务", office.Text("#f-problem > span"), StringComparison.Ordinal);
        Assert.Contains("反馈问题三 某河水质长期超标", office.Text(".tree"), StringComparison.Ordinal);
        await ChangeAsync(1, "某河水质超标。", all: true);
        Assert.Equal("某河水质超标。", await FindingAsync(2));
        await ChangeAsync(2, "别的问题。", all: false);
        Assert.Equal("某河水质超标。", await FindingAsync(1));
        await ChangeAsync(2, "某河水质超标。", all: false);

        await OpenAsync(office, $"{preview}/confirm");
        await FollowAsync(office, await office.SubmitAsync("confirm"));
        await OpenAsync(office, $"/p/{Imports.Code}/items");
        var link = office.Page.QuerySelectorAll("tbody th a.sub").Select(a => a.GetAttribute("href")!).Distinct().Single();
        await OpenAsync(office, link);
        Assert.Equal(2, office.Page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("所属反馈问题：三 某河水质超标", office.Text(".chips"), StringComparison.Ordinal);
        await OpenAsync(office, $"/p/{Imports.Code}/items?level=finding");
        await OpenAsync(office, office.Page.QuerySelector("tbody th a")!.GetAttribute("href")!);
        Assert.Contains("2项任务，已完成0项", office.Text("#parts"), StringComparison.Ordinal);
        Assert.Null(office.Page.QuerySelector("#facts"));
        await OpenAsync(office, office.Page.QuerySelector("#parts ~ table a[href^='/items/']")!.GetAttribute("href")!);
        Assert.Contains("某河水质超标。", office.Text("main"), StringComparison.Ordinal);
        Assert.Contains("反馈问题三", office.Text(".crumbs"), StringComparison.Ordinal);
    }

    private async Task<string> StartAsync(Browser office, string plan = Imports.Plan)
    {
        await OpenAsync(office, $"{Home}/import");
        return (await FollowAsync(office, await office.UploadAsync("import", "file", "方案.txt", new StringContent(plan)))).Split('?')[0];
    }

    // What a browser sends of the item's form: every field, and ticked boxes only.
    private static Dictionary<string, string> Fields(Browser browser)
    {
        var form = browser.Page.Forms.Single(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == "item");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.QuerySelectorAll("input, textarea, select"))
        {
            var value = field switch
            {
                IHtmlInputElement { Type: "checkbox" } box => box.IsChecked ? "on" : null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => null,
            };
            if (value is not null && field.GetAttribute("name") is { Length: > 0 } name)
            {
                fields[name] = value;
            }
        }

        return fields;
    }

    private static async Task<string> FollowAsync(Browser browser, (HttpStatusCode Status, string? Location) answer, bool stays = false)
    {
        if (stays)
        {
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return browser.Path;
        }

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        await OpenAsync(browser, answer.Location!);
        return answer.Location!;
    }

    private static async Task OpenAsync(Browser browser, string path) => Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(path)).Status);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
    }

    private static MultipartFormDataContent Form(string text, string name = "方案.txt") => new() { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };

    private async Task<Browser> AsAsync(string name)
    {
        var browser = new Browser(app.GetTestServer());
        await browser.SignInAsync(name, Password);
        return browser;
    }

    // The API takes the same session as the pages.
    private async Task<HttpClient> ApiAsync(string name)
    {
        var client = app.GetTestClient();
        var page = await client.GetAsync("/signin", Ct);
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(Ct))
            .QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var signIn = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token,
                ["_handler"] = "password",
                ["name"] = name,
                ["password"] = Password,
                ["code"] = "",
            }),
        };
        signIn.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        var answer = await client.SendAsync(signIn, Ct);
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        return client;
    }

    private Task AccountAsync(Unit unit, string name, Role role) => InAsync<IServiceProvider>(async services =>
    {
        var person = Person.Create(null, unit.Id, $"Person {name}", "clerk");
        services.GetRequiredService<Db>().Add(person);
        await services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = person.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
        await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, unit.Id, null, null, Setup, Ct);
    });

    private async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    /// <summary>A file of zeros that says its size and counts what was taken of it.</summary>
    private sealed class Endless(long size) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var buffer = new byte[65_536]; Sent < size; Sent += buffer.Length)
            {
                await stream.WriteAsync(buffer);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }
    }
}
