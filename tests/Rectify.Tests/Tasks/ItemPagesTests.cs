using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Web;
using Rectify.Tasks;
using Rectify.Tests.Platform.Identity;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

/// <summary>The item's page, its forms and its API over HTTP, as the office, the county, the accepting unit and a stranger see them.</summary>
public sealed class ItemPagesTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rectify-items").FullName;
    private WebApplication app = null!;
    private Guid task;
    private Guid county;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create("DataFolder", (string?)folder), KeyValuePair.Create("ConnectionStrings:Db", (string?)$"Data Source={folder}/db"),
        ]);
        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.Configure<DataOptions>(data => data.Folder = folder);
        builder.Services.TryAddSingleton<FileStore>();
        builder.Services.AddOrganisation();
        builder.Services.AddTasks();
        var clock = new FakeTimeProvider(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        app = builder.Build();
        app.UseWeb();
        app.MapTasks();
        app.MapWeb();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Db>().Database.MigrateAsync(Ct);
        }

        var (region, own, other, department) = (await UnitAsync("R", null), await UnitAsync("C1", "R"), await UnitAsync("C2", "R"), await UnitAsync("D1", "R"));
        county = own.Id;
        await AccountAsync(region, "office", Role.Office);
        await AccountAsync(own, "reporter", Role.Responsible);
        await AccountAsync(department, "acceptor", Role.Acceptor);
        await AccountAsync(other, "neighbour", Role.Responsible);
        await using var last = app.Services.CreateAsyncScope();
        (task, _) = await Rectifying.HaveTaskAsync(last.ServiceProvider, region, own, department);
        await app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_page_shows_the_reason_first_and_offers_only_what_the_reader_may_do()
    {
        using var reporter = await AsAsync("reporter");
        await OpenAsync(reporter, $"/items/{task}");
        Assert.Equal("第一项 The lake is not clean.", reporter.Text("h1"));
        Assert.Contains("尚未启动", reporter.Text(".note"), StringComparison.Ordinal);
        Assert.Contains("剩120天", reporter.Text(".head-sub"), StringComparison.Ordinal);
        Assert.Contains("原文：accepting body", reporter.Text(".side"), StringComparison.Ordinal);
        Assert.NotNull(reporter.Page.QuerySelector($".acts a[href='/items/{task}/facts/new']"));
        Assert.Null(reporter.Page.QuerySelector($"a[href='/items/{task}/edit']"));
        Assert.Empty(reporter.Page.QuerySelectorAll("script:not([src]), style, [style]"));

        using var acceptor = await AsAsync("acceptor");
        await OpenAsync(acceptor, $"/items/{task}");
        Assert.Null(acceptor.Page.QuerySelector(".acts .btn-primary"));
        Assert.Contains("通过验收：要先有申请验收", acceptor.Text("#facts ~ details"), StringComparison.Ordinal);

        using var neighbour = await AsAsync("neighbour");
        foreach (var path in new[] { "", "/facts/new", "/edit", "/parts/new", "/handbook", "/handbook.pdf" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await neighbour.OpenAsync($"/items/{task}{path}")).Status);
        }
    }

    [Fact]
    public async Task A_fact_is_recorded_and_withdrawn_and_a_refusal_keeps_what_was_typed()
    {
        using var reporter = await AsAsync("reporter");
        await OpenAsync(reporter, $"/items/{task}/facts/new");
        Assert.NotNull(reporter.Page.QuerySelector("a[href$='kind=Started']"));
        await OpenAsync(reporter, $"/items/{task}/facts/new?kind=Started");

        Assert.Equal(HttpStatusCode.OK, (await reporter.SubmitAsync("fact", ("day", "2026-03-09"), ("note", "began"), ("document", "7"))).Status);
        Assert.Contains("日期还没有到", reporter.Text(".errs"), StringComparison.Ordinal);
        Assert.Equal(("began", "7", "2026-03-09"), (reporter.Text("textarea"), Value(reporter, "#document"), Value(reporter, "#day")));

        var (status, to) = await reporter.SubmitAsync("fact", ("day", "2026-02-09"), ("note", "began"), ("document", "7"));
        Assert.Equal((HttpStatusCode.Redirect, $"/items/{task}?done=recorded"), (status, to));
        await OpenAsync(reporter, to!);
        Assert.Contains("已记录", reporter.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Contains("记录：启动（2026年2月9日）", reporter.Text(".hist"), StringComparison.Ordinal);

        await OpenAsync(reporter, reporter.Page.QuerySelector("a[href$='/withdrawal']")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, (await reporter.SubmitAsync("confirm", ("reason", " "))).Status);
        Assert.Contains("请写明原因", reporter.Text(".errs"), StringComparison.Ordinal);
        (_, to) = await reporter.SubmitAsync("confirm", ("reason", "too early"));
        await OpenAsync(reporter, to!);
        Assert.Equal("启动", reporter.Text("#facts ~ div del"));
        Assert.Contains("too early", reporter.Text("#facts ~ div"), StringComparison.Ordinal);
        Assert.Contains("撤回记录：启动（2026年2月9日）", reporter.Text(".hist"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("words", "text", "", "请写明要做什么", "text", "The lake is dirty.")]
    [InlineData("units", "unit", null, "写了两次", "unit", "Unit C2")]
    [InlineData("persons", "lines", "long", "每行最多200字", "lines", "甲县长")]
    [InlineData("nodes", "node", "late", "晚于任务时限", "node", "all run")]
    [InlineData("quantity", "target", "five", "请填数字", "target", "12.5")]
    public async Task Each_correction_is_refused_with_words_or_saved(string form, string field, string? bad, string says, string good, string value)
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, $"/items/{task}/edit");
        await office.SubmitAsync(form, Fields(form, field, bad ?? "Unit C1", first: true));
        Assert.Contains(says, office.Text(".errs"), StringComparison.Ordinal);

        var (status, to) = await office.SubmitAsync(form, Fields(form, good, value, first: false));
        Assert.True(status is HttpStatusCode.Redirect, office.Text(".errs"));
        await OpenAsync(office, to!);
        Assert.Contains("已更正", office.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Contains(value, office.Text(".hist"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_of_what_someone_else_changed_is_refused()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, $"/items/{task}/edit");
        var typed = Fields("words", "text", "The lake is dirty.", first: false);
        await office.SubmitAsync("words", typed);
        await OpenAsync(office, $"/items/{task}/edit");
        await office.SubmitAsync("words", [.. typed, ("version", "0")]);
        Assert.Contains("别人已经改过", office.Text(".errs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_task_is_added_and_removed_on_a_page_that_asks()
    {
        using var reporter = await AsAsync("reporter");
        await OpenAsync(reporter, $"/items/{task}/parts/new?kind=SubTask");
        await reporter.SubmitAsync("part", ("text", "Dig."), ("unit", "Unit C1"), ("due", "2026-09-30"));
        Assert.Contains("时限晚于上一级", reporter.Text(".errs"), StringComparison.Ordinal);
        await reporter.SubmitAsync("part", ("text", "Dig."), ("unit", "Nobody"), ("due", "2026-05-31"));
        Assert.Contains("单位库里没有“Nobody”", reporter.Text(".errs"), StringComparison.Ordinal);
        var (_, to) = await reporter.SubmitAsync("part", ("text", "Dig."), ("unit", "Unit C1"), ("due", "2026-05-31"));
        await OpenAsync(reporter, to!);
        var part = reporter.Page.QuerySelectorAll("#parts ~ table a[href^='/items/']").Select(link => link.GetAttribute("href")!).Single(href => !href.Contains("facts", StringComparison.Ordinal));

        await OpenAsync(reporter, $"{part}/removal");
        Assert.Contains("它仍留在历史里", reporter.Text("main"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await reporter.SubmitAsync("confirm", ("reason", " "))).Status);
        Assert.Contains("请写明删除原因", reporter.Text(".errs"), StringComparison.Ordinal);
        (_, to) = await reporter.SubmitAsync("confirm", ("reason", "counted twice"));
        await OpenAsync(reporter, to!);
        Assert.Contains("原因：counted twice", reporter.Text(".hist"), StringComparison.Ordinal);
        Assert.Null(reporter.Page.QuerySelector("#parts"));
        Assert.Contains("删除：Dig", reporter.Text(".hist"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manual_is_a_page_a_document_and_a_print()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, $"/units/{county}/handbook?programme=r1&on=2026-02-28");
        Assert.Equal("Unit C1交账手册", office.Text("h1"));
        Assert.Contains("three plants run", office.Text(".handbook"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.OpenAsync($"/units/{task}/handbook")).Status);
    }

    // Titles are changed behind the product's back here: only so a page that was kept can be told from one made anew.
    [Fact]
    public async Task A_page_is_kept_for_its_session_until_anything_happens_anywhere()
    {
        using var reporter = await AsAsync("reporter");
        using var office = await AsAsync("office");
        using var neighbour = await AsAsync("neighbour");
        var (kept, tries) = (false, 0);
        while (!kept && tries++ < 20) // a page is kept for seconds, and a slow machine may take longer than that between two requests
        {
            await OpenAsync(reporter, $"/items/{task}");
            var before = reporter.Text("h1");
            Sql($"UPDATE Item SET Title = 'Another {tries}' WHERE Id = '{task.ToString().ToUpperInvariant()}'");
            await OpenAsync(reporter, $"/items/{task}");
            kept = reporter.Text("h1") == before;
        }

        Assert.True(kept, "A page that was just rendered was made anew each time.");
        await OpenAsync(office, $"/items/{task}");
        Assert.Contains("Another", office.Text("h1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.OpenAsync($"/items/{task}")).Status);

        Sql("INSERT INTO Journal (EntryId, Kind, Subject, N, Act, \"By\", At, Body) SELECT 'elsewhere', Kind, 'elsewhere', 1, Act, \"By\", At, Body FROM Journal LIMIT 1");
        await OpenAsync(reporter, $"/items/{task}");
        Assert.Contains($"Another {tries}", reporter.Text("h1"), StringComparison.Ordinal);

        Sql($"UPDATE Item SET Title = 'A third' WHERE Id = '{task.ToString().ToUpperInvariant()}'");
        using var api = await ApiAsync("office"); // opens a session: saved without an entry
        await OpenAsync(reporter, $"/items/{task}");
        Assert.Contains("A third", reporter.Text("h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_short_address_of_a_task_leads_to_it_and_keeps_the_day()
    {
        using var office = await AsAsync("office");
        Assert.Equal((HttpStatusCode.Redirect, $"/items/{task}?on=2026-02-01"), await office.OpenAsync("/p/r1/items/1?on=2026-02-01"));
        Assert.Equal(HttpStatusCode.NotFound, (await office.OpenAsync("/p/r1/items/2")).Status);
    }

    [Fact]
    public async Task The_API_reads_records_withdraws_divides_and_tells_the_history()
    {
        using var api = await ApiAsync("reporter");
        var facts = $"/api/items/{task}/facts";
        Assert.Equal(HttpStatusCode.NoContent, (await api.PostAsJsonAsync(facts, new[] { new { kind = "Started", on = "2026-02-09", note = "began" } }, Ct)).StatusCode);
        Assert.Equal("fact.order", await CodeAsync(await api.PostAsJsonAsync(facts, new[] { new { kind = "Applied", on = "2026-02-10" } }, Ct), 409));
        Assert.Equal("item.not-found", await CodeAsync(await api.PostAsJsonAsync(facts, new[] { new { kind = "Accepted", on = "2026-02-10" } }, Ct), 404));
        Assert.Equal("item.empty", await CodeAsync(await api.PostAsJsonAsync($"/api/items/{task}/parts", new { kind = "Point", text = " " }, Ct), 422));
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsJsonAsync($"/api/items/{task}/parts", new { kind = "Point", text = "Dam." }, Ct)).StatusCode);

        var early = await api.GetFromJsonAsync<JsonElement>($"/api/items/{task}?on=2026-02-08", Ct);
        var item = await api.GetFromJsonAsync<JsonElement>($"/api/items/{task}", Ct);
        Assert.Equal((0, "NotStarted"), (early.GetProperty("facts").GetArrayLength(), early.GetProperty("status").GetString()));
        Assert.Equal("Dam.", item.GetProperty("parts")[0].GetProperty("text").GetString());
        var fact = item.GetProperty("facts")[0].GetProperty("id").GetString();

        Assert.Equal("fact.reason", await CodeAsync(await api.PostAsJsonAsync($"{facts}/{fact}/withdrawal", new { reason = "" }, Ct), 422));
        Assert.Equal(HttpStatusCode.NoContent, (await api.PostAsJsonAsync($"{facts}/{fact}/withdrawal", new { reason = "wrong" }, Ct)).StatusCode);
        var history = await api.GetFromJsonAsync<JsonElement>($"/api/items/{task}/history", Ct);
        Assert.Equal(
            ["item.fact-voided", "item.created", "item.facts-recorded", "item.created"],
            history.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()));

        using var stranger = await ApiAsync("neighbour");
        Assert.Equal("item.not-found", await CodeAsync(await stranger.GetAsync($"/api/items/{task}", Ct), 404));
    }

    [Fact]
    public async Task A_past_day_is_told_in_its_own_words_and_a_removal_has_its_reason()
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var clock = (FakeTimeProvider)scope.ServiceProvider.GetRequiredService<TimeProvider>();
            clock.Advance(TimeSpan.FromDays(2));
            await scope.ServiceProvider.GetRequiredService<ChangeItemWords>().RunAsync(task, 0, "", "The lake smells.", "No smell.", SmallProgramme.Everyone, Ct);
        }

        using var api = await ApiAsync("reporter");
        var before = await api.GetFromJsonAsync<JsonElement>($"/api/items/{task}?on=2026-03-03", Ct);
        var now = await api.GetFromJsonAsync<JsonElement>($"/api/items/{task}", Ct);
        Assert.Equal(("The lake is not clean.", "The lake smells."), (before.GetProperty("text").GetString(), now.GetProperty("text").GetString()));
        using var reporter = await AsAsync("reporter");
        await OpenAsync(reporter, $"/items/{task}?on=2026-03-03");
        Assert.Contains("The lake is not clean.", reporter.Text("main"), StringComparison.Ordinal);
        Assert.Contains("都是2026年3月3日当天的", reporter.Text("main"), StringComparison.Ordinal);
        var acts = $"main a:is([href^='/items/{task}/facts/'], [href^='/items/{task}/parts/'])";
        Assert.Empty(reporter.Page.QuerySelectorAll(acts)); // acts count for today
        await OpenAsync(reporter, $"/items/{task}");
        Assert.NotEmpty(reporter.Page.QuerySelectorAll(acts));

        var made = await api.PostAsJsonAsync($"/api/items/{task}/parts", new { kind = "Point", text = "Dam." }, Ct);
        var part = $"/api{made.Headers.Location!.OriginalString[4..]}";
        await OpenAsync(reporter, $"{part[4..]}?on=2026-03-03");
        Assert.Contains("还没有", reporter.Text("[class*=note-warn]"), StringComparison.Ordinal);
        Assert.Equal("item.reason", await CodeAsync(await api.PostAsJsonAsync($"{part}/removal", new { version = 0, reason = " " }, Ct), 422));
        Assert.Equal("stale", await CodeAsync(await api.PostAsJsonAsync($"{part}/removal", new { version = 9, reason = "twice" }, Ct), 409));
        Assert.Equal(HttpStatusCode.NoContent, (await api.PostAsJsonAsync($"{part}/removal", new { version = 0, reason = "twice" }, Ct)).StatusCode);
        using var office = await ApiAsync("office");
        Assert.Equal("twice", (await office.GetFromJsonAsync<JsonElement>(part, Ct)).GetProperty("removedBecause").GetString());
    }

    private static (string Name, string Value)[] Fields(string form, string field, string value, bool first) => form switch
    {
        "words" => [("title", ""), ("text", value), ("goal", "Clean.")],
        "units" => first
            ? [("part", ""), ("part", ""), ("unit", value), ("unit", value), ("role", "Lead"), ("role", "Lead")]
            : [("part", ""), ("unit", value), ("role", "Lead")],
        "persons" => [("lines", value == "long" ? new string('a', 201) : value)],
        "nodes" => [("no", ""), ("node", value), ("due", value == "late" ? "2026-07-01" : "2026-05-31")],
        _ => [("name", "figure"), ("unit-of", "km"), ("baseline", "0"), (field, value)],
    };

    private static string? Value(Browser browser, string selector) => browser.Page.QuerySelector(selector)!.GetAttribute("value");

    private void Sql(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder}/db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static async Task OpenAsync(Browser browser, string path) => Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(path)).Status);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
    }

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

    private async Task<Unit> UnitAsync(string code, string? above)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var parent = above is null ? null : await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == above, Ct);
        var made = Unit.Create(new(code, $"Unit {code}", UnitKind.Department), parent);
        db.Add(made);
        await scope.ServiceProvider.GetRequiredService<Rectify.Platform.Journal.JournalWriter>().CommitAsync(
            new UnitPut { Subject = made.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        return made;
    }

    private async Task AccountAsync(Unit unit, string name, Role role)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var person = Person.Create(null, unit.Id, $"Person {name}", "clerk");
        scope.ServiceProvider.GetRequiredService<Db>().Add(person);
        await scope.ServiceProvider.GetRequiredService<Rectify.Platform.Journal.JournalWriter>().CommitAsync(
            new UnitPut { Subject = person.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        var account = await scope.ServiceProvider.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
        await scope.ServiceProvider.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, unit.Id, null, null, Setup, Ct);
    }

    private sealed record UnitPut : Rectify.Platform.Journal.Fact
    {
        public override string Kind => "test.put";
    }
}
