using System.Diagnostics;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The wall charts of the sample programme in a browser, and on paper.</summary>
[Collection<InChromium>]
public sealed class ChartTests(Chromium chromium)
{
    private const string Charts = "/programmes/central-2017-round1/charts";

    private static readonly string[] Names = ["closing", "prefectures", "departments", "road-map", "nodes", "heat", "burn-up", "gantt"];

    [Fact(Explicit = true)] // minutes long: bench/soak runs it
    public async Task Every_chart_is_a_page_that_everybody_can_read()
    {
        await using var office = await chromium.VisitAsync();
        await office.SignInAsync("office");
        var answer = await office.Page.APIRequest.GetAsync("/api/programmes/central-2017-round1/items?status=ontrack&status=notstarted&status=behind&status=overdue&dated=yes");
        var item = (await answer.JsonAsync())!.Value.GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString();
        var put = await office.Page.APIRequest.PutAsync($"/api/items/{item}/schedule", new() { DataObject = new { template = "wells", reason = "倒排", seen = 0 } });
        Assert.True(put.Ok, await put.TextAsync());

        Assert.Equal(200, await office.OpenAsync($"{Charts}?on=2019-03-31"));
        await office.CheckPageAsync("charts");
        foreach (var name in Names)
        {
            Assert.Equal(200, await office.OpenAsync($"{Charts}/{name}{(name == "gantt" ? "" : "?on=2019-03-31")}"));
            await office.CheckPageAsync($"chart-{name}");
            if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is { Length: > 0 } folder)
            {
                foreach (var paper in new[] { "a3", "a0" })
                {
                    var printed = await office.Page.APIRequest.GetAsync($"{Charts}/{name}.pdf?paper={paper}{(name == "gantt" ? "" : "&on=2019-03-31")}");
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"paper-{name}-{paper}.pdf"), await printed.BodyAsync(), TestContext.Current.CancellationToken); // to be looked at, with pdftoppm
                }
            }
        }

        Assert.Equal(200, await office.OpenAsync($"{Charts}/gantt?item={item}"));
        await office.CheckPageAsync("chart-gantt-item");
    }

    [Fact]
    public async Task A_chart_leads_to_its_items_and_its_paper_has_the_figures_of_the_overview()
    {
        await using var office = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await office.OpenAsync($"{Charts}/burn-up?on=2019-03-31");
        await office.CheckPageAsync("chart-burn-up");
        Assert.Equal(200, await office.OpenAsync($"{Charts}/closing.svg?theme=wall&width=1920&height=1080"));

        // A row leads to its item, on the same day.
        await office.OpenAsync($"{Charts}/closing?on=2019-03-31");
        var row = office.Page.Locator("svg.chart a").First;
        var title = await row.Locator("text").Nth(1).TextContentAsync();
        await row.ClickAsync();
        await office.Page.ArriveAsync("**/items/*on=2019-03-31");
        Assert.Contains(title!.TrimEnd('…'), await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        // The figures of the overview stand on the paper, and can be searched there.
        await office.OpenAsync("/p/central-2017-round1?on=2019-03-31");
        var figures = await office.Page.Locator(".figs dd.v").AllInnerTextsAsync();
        foreach (var paper in new[] { "a3", "a0" })
        {
            var text = await PaperAsync(await office.Page.APIRequest.GetAsync($"{Charts}/closing.pdf?paper={paper}&on=2019-03-31"));
            Assert.Contains($"共{figures[0].Trim()[..^1]}项，完成{figures[1].Trim()[..^1]}项", string.Concat(text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
        }
    }

    private static async Task<string> PaperAsync(IAPIResponse answer)
    {
        Assert.True(answer.Ok);
        var path = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(path, await answer.BodyAsync(), TestContext.Current.CancellationToken);
        try
        {
            using var program = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", "-raw", path, "-"]) { RedirectStandardOutput = true })!;
            var text = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            return text;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
