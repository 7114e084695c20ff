using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>A bulletin in the browser: table, draft, text, issue, page of the issued one, withdrawal; and what a unit sees of it.</summary>
[Collection<InChromium>]
public sealed class BulletinTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task The_office_issues_a_bulletin_and_a_unit_reads_it()
    {
        await using var office = await chromium.VisitAsync();
        await using var prefecture = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await prefecture.SignInAsync("p09");
        await office.OpenAsync($"/p/{Programme}/dispatch/bulletins");
        await office.CheckPageAsync("bulletins-sample");
        await office.OpenAsync($"/p/{Programme}/dispatch/bulletins/series");
        await office.Page.Locator("#report").FillAsync("自治区党委、政府主要领导");
        await office.Page.Locator("#distribute").FillAsync("各地州市，各成员单位");
        await office.Page.Locator("#copies").FillAsync("60");
        await office.CheckPageAsync("bulletins-series");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=saved");

        // A quarter: other tests of this server open weeks and months.
        await office.OpenAsync($"/p/{Programme}/dispatch/new");
        await office.Page.Locator("#kind").SelectOptionAsync("Quarterly");
        await office.Page.Locator("#due").FillAsync(DateTime.Today.AddDays(5).ToString("yyyy-MM-dd", null));
        await office.Page.Locator("#closes").FillAsync(DateTime.Today.AddDays(9).ToString("yyyy-MM-dd", null));
        await office.Page.Locator("main form button").GoAsync();
        await office.Page.Locator("table tbody tr").First.WaitForAsync(new() { Timeout = 60_000 });
        var round = new Uri(office.Page.Url).AbsolutePath;
        await office.Page.OpenedAsync(round);
        await office.OpenAsync($"{round}/table");
        Assert.Equal(94, await office.Page.Locator("table tbody tr").CountAsync());
        await office.CheckPageAsync("dispatch-table");
        await office.OpenAsync($"{round}/closure");
        await office.Page.Locator("main form button").ClickAsync();
        await office.Page.ArriveAsync("**done=closed");

        await office.OpenAsync($"{round}/bulletin");
        await office.CheckPageAsync("bulletin-begin");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.Locator("article.doc-bulletin").WaitForAsync();
        var bulletin = new Uri(office.Page.Url).AbsolutePath;
        await office.CheckPageAsync("bulletin-draft");
        foreach (var i in new[] { 0, 1, 4 })
        {
            // Each figure of the text leads to as many rows as it says.
            await office.OpenAsync(bulletin);
            var link = office.Page.Locator("article > p > a[href*='/table']").Nth(i);
            var count = int.Parse((await link.TextContentAsync())!, null);
            await link.ClickAsync();
            await office.Page.ArriveAsync("**/table**");
            await Assertions.Expect(office.Page.Locator("table tbody tr")).ToHaveCountAsync(count, new() { Timeout = 60_000 });
        }

        await office.OpenAsync($"{bulletin}/text");
        await office.Page.Locator("#requirements").FillAsync("各单位要倒排工期，抓紧整改。\n按时如实填报。");
        await office.CheckPageAsync("bulletin-text");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=saved");
        Assert.Equal(404, await prefecture.OpenAsync(bulletin));
        await office.OpenAsync($"{bulletin}/issue");
        await office.CheckPageAsync("bulletin-issue");
        await office.Page.Locator("main form button").ClickAsync();
        await office.Page.ArriveAsync("**done=issued");
        await office.CheckPageAsync("bulletin-issued");
        Assert.Equal(0, await office.Page.Locator("article a").CountAsync());

        Assert.Equal(200, await prefecture.OpenAsync(bulletin)); // the sample has issued the first
        Assert.Contains("第2期", await prefecture.Page.Locator("article").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("抓紧整改。", await prefecture.Page.Locator("article").TextContentAsync(), StringComparison.Ordinal);
        foreach (var path in new[] { $"{bulletin}/file.pdf", $"{bulletin}/file.docx", $"{round}/table.pdf", $"{round}/table.docx", $"{round}/table.xlsx" })
        {
            var file = await prefecture.Page.APIRequest.GetAsync(path);
            Assert.True(file.Ok, path);
            await KeepAsync(path, await file.BodyAsync());
        }

        await KeepAsync("office-table.pdf", await (await office.Page.APIRequest.GetAsync($"{round}/table.pdf")).BodyAsync());
        await office.OpenAsync($"{bulletin}/withdrawal");
        await office.CheckPageAsync("bulletin-withdrawal");
        await office.Page.Locator("#reason").FillAsync("报送范围有误");
        await office.Page.Locator("main form .btn-danger-plain").ClickAsync();
        await office.Page.ArriveAsync("**done=withdrawn");
        Assert.Contains("报送范围有误", await office.Page.Locator(".note-stop").TextContentAsync(), StringComparison.Ordinal);
        await office.CheckPageAsync("bulletin-withdrawn");
        await office.OpenAsync($"/p/{Programme}/dispatch/bulletins?state=Withdrawn");
        Assert.Equal(1, await office.Page.Locator("table tbody tr").CountAsync());
        await office.CheckPageAsync("bulletins");
    }

    // Beside the pictures, to be looked at.
    private static async Task KeepAsync(string path, byte[] file)
    {
        if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, path.Split('/')[^1]), file);
        }
    }
}
