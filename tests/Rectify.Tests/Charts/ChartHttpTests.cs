using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using Rectify.Charts;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>Charts in a browser without scripts, and as files.</summary>
public sealed class ChartHttpTests
{
    [Fact]
    public async Task Pages_and_files_show_what_a_reader_may_see_and_refuse_what_cannot_be()
    {
        await using var served = await ServedProduct.StartAsync();
        var (task, county) = (Guid.Empty, Guid.Empty);
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new List<Unit>();
            foreach (var (code, kind) in new[] { ("C1", UnitKind.County), ("C2", UnitKind.Department) })
            {
                units.Add(await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", kind), region.Id, system, Ct));
            }

            // Of a unit that nothing concerns: no programme of its own either.
            var stranger = await services.GetRequiredService<CreateUnit>().RunAsync(new("C3", "Unit C3", UnitKind.County), region.Id, system, Ct);
            foreach (var (name, unit) in new[] { ("reporter", units[0]), ("stranger", stranger) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Responsible, unit.Id, null, null, Setup, Ct);
            }

            (task, _) = await Rectifying.HaveTaskAsync(services, region, units[0], units[1]);
            county = units[0].Id;
        });

        using var clerk = await AsAsync(served, "clerk");
        using var reporter = await AsAsync(served, "reporter");
        using var stranger = await AsAsync(served, "stranger");
        using var nobody = served.Client();
        const string Charts = "/programmes/r1/charts";
        var index = await OpenAsync(clerk, Charts);
        Assert.Equal(Charts, index.QuerySelector("[data-nav=charts]")!.GetAttribute("href"));
        Assert.Equal("page", index.QuerySelector("[data-nav=charts]")!.GetAttribute("aria-current"));
        foreach (var kind in ChartKinds.All)
        {
            Assert.Single(index.QuerySelectorAll($"main a[href='{Charts}/{kind.Name}']"));
            foreach (var reader in new[] { clerk, reporter })
            {
                var page = await OpenAsync(reader, $"{Charts}/{kind.Name}?unit={county}");
                Assert.NotNull(page.QuerySelector("main svg.chart > title"));
                Assert.NotNull(page.QuerySelector("main.page-wide")); // it prints on wide paper, sheet by sheet
                Assert.NotEmpty(page.QuerySelectorAll(".chart-papers.only-print > svg.chart"));
                Assert.Single(page.QuerySelectorAll(".chart-sheet.no-print svg.chart"));
                Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
            }

            foreach (var (ending, type) in new[] { ("svg?theme=wall&width=1920&height=1080", "image/svg+xml"), ("png?paper=a3", "image/png"), ("pdf?paper=a0", "application/pdf"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") })
            {
                using var answer = await clerk.GetAsync($"{Charts}/{kind.Name}.{ending}", Ct);
                Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
                Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(nobody, $"{Charts}/{kind.Name}.{ending}"));
                Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, $"{Charts}/{kind.Name}.{ending}"));
            }

            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, $"{Charts}/{kind.Name}"));
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, Charts));
        foreach (var (path, status) in new[]
        {
            ($"{Charts}/none", HttpStatusCode.NotFound), ($"{Charts}/none.svg", HttpStatusCode.NotFound), ($"{Charts}/closing.svg?on=soon", HttpStatusCode.BadRequest), ($"{Charts}/closing.svg?unit=x", HttpStatusCode.BadRequest),
            ($"{Charts}/closing.svg?paper=a9", HttpStatusCode.BadRequest), ($"{Charts}/closing.png?width=99999999", HttpStatusCode.BadRequest), ($"{Charts}/gantt.svg?item={task}", HttpStatusCode.NotFound), ("/programmes/none/charts/closing.svg", HttpStatusCode.NotFound),
        })
        {
            Assert.Equal(status, await StatusAsync(clerk, path));
        }

        // A wall asks for the size of letters, and turns pages without knowing how many there are: after the last comes the first.
        using var first = await clerk.GetAsync($"{Charts}/nodes.svg?theme=wall&width=1832&height=850&text=25&turn=1", Ct);
        var pages = int.Parse(first.Headers.GetValues("X-Chart-Pages").Single(), CultureInfo.InvariantCulture);
        Assert.Contains("font-size=\"25\"", await first.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await clerk.GetStringAsync($"{Charts}/nodes.svg?theme=wall&width=1832&height=850&text=25&turn={pages + 1}", Ct));

        // The task's row is a link to it; on a past day the link keeps the day, and the workbook has the same row.
        var past = await OpenAsync(clerk, $"{Charts}/closing?on=2026-02-01");
        Assert.Single(past.QuerySelectorAll($".chart-sheet svg.chart a[href='/items/{task}?on=2026-02-01']"));
        using var book = new MemoryStream(await clerk.GetByteArrayAsync($"{Charts}/closing.xlsx?on=2026-02-01", Ct));
        var rows = book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(("The lake is not clean", 2), (((string)rows[0]["整改任务"]).TrimEnd('.'), rows.Count));
        Assert.Equal(8, (await clerk.GetFromJsonAsync<JsonElement>("/api/programmes/r1/charts", Ct)).GetArrayLength());

        // Every workbook has the chart's table, cell by cell; the Gantt chart's once something is planned, for its unit and its task too.
        using var planned = await reporter.PutAsJsonAsync($"/api/items/{task}/schedule", new { reason = "first", seen = 0, activities = new object[] { new { code = "A1", title = "Design", days = 10 }, new { code = "B1", title = "Build", days = 20, after = "A1" } } }, Ct);
        Assert.Equal(HttpStatusCode.OK, planned.StatusCode);
        await served.InAsync(async services =>
        {
            var today = services.GetRequiredService<TimeProvider>().Today;
            var words = Rectify.Platform.Text.Words.In(Rectify.Platform.Text.Language.Default);
            foreach (var (kind, query) in ChartKinds.All.Select(kind => (kind, kind.Name is "nodes" ? "year=2026" : "")).Append((ChartKinds.Find("gantt"), $"unit={county}")).Append((ChartKinds.Find("gantt"), $"item={task}")))
            {
                var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
                var table = (await kind.Read(await ChartKinds.AskAsync(services.GetRequiredService<Db>(), Access.OfSystem(Setup), "r1", today, today, asked, words, Ct), Ct)).Table;
                using var file = new MemoryStream(await clerk.GetByteArrayAsync($"{Charts}/{kind.Name}.xlsx?{query}", Ct));
                var cells = file.Query().Cast<IDictionary<string, object?>>().Select(row => row.Values.Take(table.Columns.Count).Select(Told).ToList()).ToList();
                Assert.True(table.Rows.Count > 0, kind.Name);
                Assert.Equal(table.Columns.Select(column => column.Head), cells[0]);
                Assert.Equal(table.Rows.Select(row => row.Select(Told).ToList()), cells.Skip(1));
                Assert.Equal(kind.Name is not "gantt" ? table.Rows.Count : query.StartsWith("item", StringComparison.Ordinal) ? 2 : 1, table.Rows.Count);
            }
        });
        using var one = await reporter.GetAsync($"{Charts}/gantt.pdf?item={task}", Ct);
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        Assert.Equal(2, (await OpenAsync(reporter, $"{Charts}/gantt?item={task}")).QuerySelectorAll($".only-wide svg.chart a[href^='/items/{task}/schedule']").Length);

        static string Told(object? cell) => cell switch
        {
            null => "",
            DateOnly day => $"{day:yyyy-MM-dd}",
            DateTime day => $"{day:yyyy-MM-dd}",
            IFormattable number => Convert.ToDecimal(number, CultureInfo.InvariantCulture).ToString("0.####", CultureInfo.InvariantCulture),
            _ => cell.ToString()!,
        };
    }

    private static async Task<HttpClient> AsAsync(ServedProduct served, string name)
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

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }
}
