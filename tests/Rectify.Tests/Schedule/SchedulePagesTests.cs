using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Schedule;

/// <summary>Schedules in a browser without scripts, and over HTTP.</summary>
public sealed class SchedulePagesTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private Guid task;
    private Guid county;

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
            }

            var elsewhere = await services.GetRequiredService<CreateUnit>().RunAsync(new("C3", "Unit C3", UnitKind.Department), region.Id, system, Ct);
            foreach (var (name, unit) in new[] { ("reporter", units[0]), ("stranger", elsewhere) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Responsible, unit.Id, null, null, Setup, Ct);
            }

            county = units[0].Id;
            (task, _) = await Rectifying.HaveTaskAsync(services, region, units[0], units[1]);
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_unit_takes_a_template_changes_it_tries_a_delay_and_the_office_approves()
    {
        using var office = await AsAsync("office");
        using var reporter = await AsAsync("reporter");
        using var clerk = await AsAsync("clerk");
        var path = $"/items/{task}/schedule";
        Assert.Single((await OpenAsync(reporter, $"/items/{task}")).QuerySelectorAll($"a[href='{path}']"));
        Assert.Empty((await OpenAsync(clerk, path)).QuerySelectorAll("main form")); // reads, and plans nothing
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(clerk, $"{path}/activity"));

        var empty = await OpenAsync(reporter, path);
        var (taken, _, to) = await PostAsync(reporter, empty, "template", path, ("key", "wells"));
        Assert.Equal((HttpStatusCode.Redirect, $"{path}?done=planned"), (taken, to));
        var shown = await OpenAsync(reporter, path);
        Assert.Equal(15, shown.QuerySelectorAll("table[aria-label='工作和日期'] tbody tr").Length);
        var chart = Assert.Single(shown.QuerySelectorAll("svg.only-wide[role=graphics-document]"));
        Assert.Contains("关键线路", chart.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(chart.QuerySelectorAll("rect[fill='url(#hatch)']")); // by form too
        var phone = Assert.Single(shown.QuerySelectorAll("svg.only-phone[role=graphics-document]"));
        Assert.Equal(chart.QuerySelectorAll("a").Select(row => row.TextContent), phone.QuerySelectorAll("a").Select(row => row.TextContent));
        Assert.Single(shown.QuerySelectorAll("#hatch")); // outside both: what hides one would take the pattern from the other
        Assert.Empty(shown.QuerySelectorAll("script:not([src]), style, [style]"));

        var id = shown.QuerySelector("#a-B2 a")!.GetAttribute("href")!.Split("id=")[1];
        var form = await OpenAsync(reporter, $"{path}/activity?id={id}");
        Assert.Equal("替代水源工程建设", form.QuerySelector("#title")!.GetAttribute("value"));
        var (refused, page, _) = await PostAsync(reporter, form, "activity", $"{path}/activity?id={id}", ("after", "N2"), ("reason", "循环"), ("act", "save"));
        Assert.Equal(HttpStatusCode.OK, refused);
        Assert.Contains("形成循环", page!.QuerySelector(".errs")!.TextContent, StringComparison.Ordinal);
        var (saved, _, _) = await PostAsync(reporter, form, "activity", $"{path}/activity?id={id}", ("days", "75"), ("reason", "地质条件复杂"), ("act", "save"));
        Assert.Equal(HttpStatusCode.Redirect, saved);

        var tried = await OpenAsync(reporter, $"{path}?try={id}&days=20");
        Assert.NotEmpty(tried.QuerySelectorAll("table[aria-label='试算结果'] tbody tr"));
        Assert.Contains("75个施工日", tried.QuerySelector("#a-B2")!.TextContent, StringComparison.Ordinal); // nothing was saved

        var (approved, _, next) = await PostAsync(office, await OpenAsync(office, path), "approve", path);
        Assert.Equal((HttpStatusCode.Redirect, $"{path}?done=approved"), (approved, next));
        Assert.Contains("基准计划：第2版", (await OpenAsync(clerk, path)).QuerySelector(".head-sub")!.TextContent, StringComparison.Ordinal);
        // Acts count for today: another day offers none, and a form says that it knows no other day.
        Assert.NotEmpty((await OpenAsync(office, path)).QuerySelectorAll($"a[href^='{path}/activity']"));
        foreach (var day in new[] { new DateTime(2019, 3, 31), DateTime.UtcNow.AddDays(30) }) // before there was a schedule, and with it
        {
            Assert.Empty((await OpenAsync(office, $"{path}?on={day:yyyy-MM-dd}")).QuerySelectorAll($"main form[method=post], a[href^='{path}/activity']"));
        }

        Assert.Contains("显示的是现在的情况", (await OpenAsync(reporter, $"{path}/activity?on=2019-03-31")).QuerySelector(".past")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("保存了工期计划", (await OpenAsync(office, $"/items/{task}")).QuerySelector(".hist")!.TextContent, StringComparison.Ordinal);

        foreach (var which in new[] { "month", "late", "items" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(clerk, $"/p/r1/schedule?which={which}"));
        }

        var calendars = await OpenAsync(office, "/p/r1/schedule/calendars");
        var (set, _, done) = await PostAsync(office, calendars, "calendar", "/p/r1/schedule/calendars", ("seasons", "11-01~04-01"));
        Assert.Equal(HttpStatusCode.Redirect, set);
        Assert.Contains("11-01~04-01", (await OpenAsync(office, done!)).QuerySelector("main tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(reporter, "/p/r1/schedule/calendars"));

        // Holidays are entered for everyone, after a look at what they move; others read them.
        Assert.Empty((await OpenAsync(reporter, "/holidays")).QuerySelectorAll("main form"));
        var holidays = await OpenAsync(office, "/holidays?year=2027");
        var (_, wrong, _) = await PostAsync(office, holidays, "holidays", "/holidays?year=2027", ("days", "2027-01-01"), ("act", "preview"));
        Assert.NotNull(wrong!.QuerySelector(".errs"));
        var (looked, what, _) = await PostAsync(office, holidays, "holidays", "/holidays?year=2027", ("days", "2027-01-01~2027-01-03 放假\n2027-01-04 off"), ("act", "preview"));
        Assert.Equal((HttpStatusCode.OK, 1), (looked, what!.QuerySelectorAll("button[value=save]").Length));
        var (entered, _, back) = await PostAsync(office, what!, "holidays", "/holidays?year=2027", ("days", "2027-01-01~2027-01-03 放假\n2027-01-04 off"), ("act", "save"));
        Assert.Equal(HttpStatusCode.Redirect, entered);
        Assert.Contains("2027-01-04 off", (await OpenAsync(office, back!)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_does_what_the_pages_do()
    {
        using var office = await AsAsync("office");
        office.DefaultRequestHeaders.Accept.Clear();
        Assert.Equal(7, (await office.GetFromJsonAsync<JsonElement>("/api/schedule-templates", Ct)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(office, $"/api/items/{task}/schedule"));
        using var put = await office.PutAsJsonAsync($"/api/items/{task}/schedule", new
        {
            reason = "first",
            seen = 0,
            activities = new object[] { new { code = "A1", title = "设计", days = 10 }, new { code = "B1", title = "施工", days = 20, kind = "Every", after = "A1 FS+2" } },
        }, Ct);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var read = await office.GetFromJsonAsync<JsonElement>($"/api/items/{task}/schedule", Ct);
        var first = read.GetProperty("activities")[0];
        Assert.Equal(("A1", 1), (first.GetProperty("activity").GetProperty("code").GetString(), read.GetProperty("newest").GetInt32()));
        using var trial = await office.PostAsJsonAsync($"/api/items/{task}/schedule/trial", new { activity = first.GetProperty("activity").GetProperty("id").GetGuid(), days = 5 }, Ct);
        Assert.Equal(2, (await trial.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("changes").GetArrayLength());
        using var approval = await office.PostAsJsonAsync($"/api/items/{task}/schedule/approval", new { no = 1, on = read.GetProperty("on").GetString() }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, approval.StatusCode);
        var list = await office.GetFromJsonAsync<JsonElement>("/api/programmes/r1/schedule?which=items", Ct);
        Assert.Equal(2, list.GetProperty("items")[0].GetProperty("activities").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(office, "/api/programmes/r1/schedule?which=none"));

        // What another program changed is shown before it is saved, and saved only when somebody says so.
        var xml = (await office.GetStringAsync($"/api/items/{task}/schedule.xml", Ct)).Replace("PT160H0M0S", "PT200H0M0S", StringComparison.Ordinal);
        using var shown = await office.PostAsync($"/api/items/{task}/schedule.xml/preview", new StringContent(xml, Encoding.UTF8, "application/xml"), Ct);
        var preview = await shown.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(["Same", "Changed"], preview.GetProperty("activities").EnumerateArray().Select(one => one.GetProperty("change").GetString()));
        Assert.Equal(5, preview.GetProperty("activities")[1].GetProperty("moved").GetInt32());
        Assert.Single(preview.GetProperty("notes").EnumerateArray()); // the file's calendars
        var page = await OpenAsync(office, $"/items/{task}/schedule/exchange");
        var looked = await UploadAsync(office, page, $"/items/{task}/schedule/exchange", xml);
        Assert.Equal(2, looked.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("还没有保存", looked.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("不是Microsoft Project", (await UploadAsync(office, page, $"/items/{task}/schedule/exchange", "no XML")).QuerySelector(".errs")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, (await office.GetFromJsonAsync<JsonElement>($"/api/items/{task}/schedule", Ct)).GetProperty("newest").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(office, looked, "exchange", $"/items/{task}/schedule/exchange", ("plan", "{\"activities\":[null]}"))).Status); // refused on the page
        var (saved, _, to) = await PostAsync(office, looked, "exchange", $"/items/{task}/schedule/exchange");
        Assert.Equal((HttpStatusCode.Redirect, $"/items/{task}/schedule/comparison?no=1"), (saved, to));
        Assert.Equal(25, (await office.GetFromJsonAsync<JsonElement>($"/api/items/{task}/schedule", Ct)).GetProperty("activities")[1].GetProperty("activity").GetProperty("days").GetInt32());
    }

    // The office and a clerk read everything, the reporter's unit leads the task, nothing concerns the stranger's.
    [Fact]
    public async Task Files_comparison_calendars_and_forecast_are_for_those_who_may_read_and_changed_by_those_who_may_plan()
    {
        using var office = await AsAsync("office");
        using var clerk = await AsAsync("clerk");
        using var reporter = await AsAsync("reporter");
        using var stranger = await AsAsync("stranger");
        using var nobody = served.Client();
        foreach (var client in new[] { office, clerk, reporter, stranger, nobody })
        {
            client.DefaultRequestHeaders.Accept.Clear(); // other systems: a refusal is a problem answer and no page
        }

        var api = $"/api/items/{task}/schedule";
        foreach (var ending in new[] { "ics", "xlsx", "xml" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(office, $"/items/{task}/schedule.{ending}")); // nothing is planned yet
        }

        const string Title = "设计, 审查; 报批\\会签"; // what iCalendar has to escape
        using var put = await reporter.PutAsJsonAsync(api, new { reason = "first", seen = 0, activities = new object[] { new { code = "A1", title = Title, days = 10 }, new { code = "B1", title = "施工", days = 20, kind = "Every", after = "A1" } } }, Ct);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var today = (await office.GetFromJsonAsync<JsonElement>(api, Ct)).GetProperty("on").GetString();
        foreach (var path in new[]
        {
            $"/items/{task}/schedule.ics", $"/items/{task}/schedule.xlsx", $"/items/{task}/schedule.xml", "/p/r1/schedule.xlsx", api, $"{api}.xml", $"{api}/comparison",
            $"/api/programmes/r1/schedule/comparison?then={today}&all=true", "/api/programmes/r1/schedule/calendars", "/api/programmes/r1/forecast", "/api/programmes/r1/schedule",
        })
        {
            foreach (var (reader, name) in new[] { (office, "office"), (clerk, "clerk"), (reporter, "reporter") })
            {
                Assert.Equal((path, name, HttpStatusCode.OK), (path, name, await StatusAsync(reader, path)));
            }

            Assert.Equal((path, HttpStatusCode.NotFound), (path, await StatusAsync(stranger, path)));
            Assert.Contains(await StatusAsync(nobody, path), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
        }

        // The calendar: latest beginning and end of each, whole days, folded to 75 octets.
        var times = (await office.GetFromJsonAsync<JsonElement>(api, Ct)).GetProperty("activities").EnumerateArray().ToList();
        string Day(int activity, string field) => times[activity].GetProperty(field).GetString()!;
        using var calendar = await clerk.GetAsync($"/items/{task}/schedule.ics", Ct);
        Assert.Equal("text/calendar", calendar.Content.Headers.ContentType?.MediaType);
        var lines = (await calendar.Content.ReadAsStringAsync(Ct)).Split("\r\n");
        Assert.All(lines, line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        var unfolded = string.Join('\n', lines).Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        Assert.Equal(
            [Day(0, "lateStart"), Day(0, "lateFinish"), Day(1, "lateStart"), Day(1, "lateFinish")],
            unfolded.Where(line => line.StartsWith("DTSTART;VALUE=DATE:", StringComparison.Ordinal)).Select(line => line[19..]).Select(day => $"{day[..4]}-{day[4..6]}-{day[6..]}"));
        Assert.Equal(2, unfolded.Count(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal) && line.Contains("设计\\, 审查\\; 报批\\\\会签", StringComparison.Ordinal)));
        Assert.Equal(4, unfolded.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Distinct().Count());

        // The sheets: a row for each activity, and in the programme's the task before it.
        foreach (var (path, shift) in new[] { ($"/items/{task}/schedule.xlsx", 0), ("/p/r1/schedule.xlsx", 1) })
        {
            using var book = new MemoryStream(await reporter.GetByteArrayAsync(path, Ct));
            var rows = book.Query().Cast<IDictionary<string, object?>>().Select(row => row.Values.ToList()).ToList();
            Assert.Equal(3, rows.Count);
            Assert.Equal(["A1", Title, "Unit C1", "10"], rows[1].Skip(shift).Take(4).Select(cell => $"{cell}"));
            Assert.Equal(
                (Day(1, "earlyStart"), Day(1, "earlyFinish"), Day(1, "lateStart"), Day(1, "lateFinish")),
                (Cell(rows[2][shift + 6]), Cell(rows[2][shift + 7]), Cell(rows[2][shift + 8]), Cell(rows[2][shift + 9])));
        }

        // XML comes back by those who plan the task, and by nobody who has not seen what stands.
        var xml = (await reporter.GetStringAsync($"{api}.xml", Ct)).Replace("PT160H0M0S", "PT200H0M0S", StringComparison.Ordinal);
        Task<(HttpStatusCode Status, string Code)> Put(HttpClient by, string file, int seen) => PutAsync(by, $"{api}.xml?seen={seen}", new StringContent(file, Encoding.UTF8, "application/xml"));
        Assert.Equal((HttpStatusCode.NotFound, "item.not-found"), await Put(stranger, xml, 1));
        Assert.Equal((HttpStatusCode.NotFound, "item.not-found"), await Put(clerk, xml, 1)); // reads, and reports nothing
        Assert.Equal((HttpStatusCode.Conflict, "stale"), await Put(reporter, xml, 0));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "project.xml"), await Put(reporter, "no XML", 1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Put(nobody, xml, 1)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Put(reporter, xml, 1)).Status);
        var compared = await clerk.GetFromJsonAsync<JsonElement>($"{api}/comparison", Ct);
        Assert.Equal((1, 2), (compared.GetProperty("beforeNo").GetInt32(), compared.GetProperty("no").GetInt32()));
        Assert.Equal([("A1", "Same", 0), ("B1", "Changed", 5)], compared.GetProperty("activities").EnumerateArray().Select(one => (one.GetProperty("code").GetString(), one.GetProperty("change").GetString(), one.GetProperty("moved").GetInt32())));
        var items = (await reporter.GetFromJsonAsync<JsonElement>($"/api/programmes/r1/schedule/comparison?then={today}&all=true", Ct)).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "Task" && one.GetProperty("node").ValueKind is JsonValueKind.Null);
        Assert.Equal((task, "2026-06-30"), (items.GetProperty("item").GetGuid(), items.GetProperty("due").GetString()));

        // Calendars are the office's; everybody of the programme reads them.
        var calendars = "/api/programmes/r1/schedule/calendars";
        var stop = new { version = 0, seasons = "11-01~04-01" };
        foreach (var (by, status) in new[] { (stranger, HttpStatusCode.NotFound), (reporter, HttpStatusCode.Forbidden), (clerk, HttpStatusCode.Forbidden), (nobody, HttpStatusCode.Unauthorized), (office, HttpStatusCode.NoContent), (office, HttpStatusCode.Conflict) })
        {
            Assert.Equal(status, (await PutAsync(by, $"{calendars}/{county}", JsonContent.Create(stop))).Status);
        }

        var stated = (await reporter.GetFromJsonAsync<JsonElement>(calendars, Ct)).EnumerateArray().Single();
        Assert.Equal((county, "11-01~04-01", 1), (stated.GetProperty("unit").GetGuid(), stated.GetProperty("seasons").GetString(), stated.GetProperty("version").GetInt32()));

        // Of one young task nothing is foretold, and the answer says why.
        var forecast = await reporter.GetFromJsonAsync<JsonElement>("/api/programmes/r1/forecast", Ct);
        Assert.Equal((task, 0, false), (forecast.GetProperty("tasks").EnumerateArray().Single().GetProperty("item").GetGuid(), forecast.GetProperty("calibration").GetProperty("cases").GetInt32(), forecast.GetProperty("calibration").GetProperty("enough").GetBoolean()));

        static string Cell(object? cell) => cell is DateTime day ? $"{day:yyyy-MM-dd}" : $"{cell}";
    }

    private static async Task<(HttpStatusCode Status, string Code)> PutAsync(HttpClient by, string path, HttpContent content)
    {
        using var answer = await by.PutAsync(path, content, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return (answer.StatusCode, (int)answer.StatusCode >= 400 && text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString()! : "");
    }

    private static async Task<IHtmlDocument> UploadAsync(HttpClient client, IHtmlDocument page, string path, string file)
    {
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(one => one.QuerySelector("input[type=file]") is not null);
        using var content = new MultipartFormDataContent();
        foreach (var field in form.Elements.OfType<IHtmlInputElement>().Where(field => field is { Name.Length: > 0, Type: not "file" }))
        {
            content.Add(new StringContent(field.Value), field.Name!);
        }

        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "plan.xml");
        using var answer = await client.PostAsync(path, content, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
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

    /// <summary>Sends the form with what stands in it, but for some fields.</summary>
    private static async Task<(HttpStatusCode Status, IHtmlDocument? Page, string? To)> PostAsync(
        HttpClient client, IHtmlDocument page, string name, string path, params (string Name, string Value)[] changes)
    {
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(one => one.QuerySelector($"input[name=_handler][value={name}]") is not null);
        var fields = new Dictionary<string, string>();
        foreach (var field in form.Elements)
        {
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } key } input:
                    fields[key] = input.Value;
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } key } area:
                    fields[key] = area.Value;
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } key } select:
                    fields[key] = select.Value ?? "";
                    break;
                default:
                    break;
            }
        }

        foreach (var (key, value) in changes)
        {
            fields[key] = value;
        }

        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields), Ct);
        return answer.StatusCode is HttpStatusCode.OK
            ? (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)), null)
            : (answer.StatusCode, null, answer.Headers.Location is { IsAbsoluteUri: true } to ? to.PathAndQuery : answer.Headers.Location?.OriginalString);
    }
}
