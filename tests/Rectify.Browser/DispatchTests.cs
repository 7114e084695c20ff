using System.Text.Json;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>A round in the browser: the office opens it, a county fills in and submits, the prefecture sends it back and then hands it on, the office accepts and closes.</summary>
[Collection<InChromium>]
public sealed class DispatchTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_county_s_return_goes_up_comes_back_and_is_accepted()
    {
        await using var office = await chromium.VisitAsync();
        await using var prefecture = await chromium.VisitAsync();
        await using var county = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await prefecture.SignInAsync("p09");
        await county.SignInAsync("c0903");
        await DivideAsync(prefecture.Page);

        await office.OpenAsync($"/p/{Programme}/dispatch");
        await office.CheckPageAsync("dispatch-rounds");
        await office.OpenAsync($"/p/{Programme}/dispatch/cycles");
        await office.CheckPageAsync("dispatch-cycles");
        await office.OpenAsync($"/p/{Programme}/dispatch/new");
        await office.CheckPageAsync("dispatch-new");
        await office.Page.Locator("#kind").SelectOptionAsync("Weekly"); // the month has its round from the sample
        await office.Page.Locator("#due").FillAsync(DateTime.Today.AddDays(5).ToString("yyyy-MM-dd", null));
        await office.Page.Locator("#closes").FillAsync(DateTime.Today.AddDays(9).ToString("yyyy-MM-dd", null));
        await office.Page.Locator("main form button").ClickAsync();
        await office.Page.Locator("table tbody tr").First.WaitForAsync(new() { Timeout = 60_000 }); // the page loads itself again until the returns are made
        await office.Page.ReloadAsync();
        await office.CheckPageAsync("dispatch-round");
        var round = new Uri(office.Page.Url).AbsolutePath;

        await county.OpenAsync($"/p/{Programme}/dispatch");
        await county.Page.Locator("main ul.rows a[href^='/returns/']").First.ClickAsync();
        await county.Page.Locator("#work").WaitForAsync();
        var own = new Uri(county.Page.Url).AbsolutePath;
        await county.Page.Locator("#work").FillAsync("");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.WaitForURLAsync("**done=saved");
        Assert.Equal(1, await county.Page.Locator(".errs a[href='#work']").CountAsync());
        await county.CheckPageAsync("dispatch-return-errors");
        await county.Page.Locator("#work").FillAsync("开工");
        await county.Page.Locator("#problems").FocusAsync(); // leaving the field keeps what was typed
        await county.Page.Locator("[data-say]:has-text('已自动保存')").WaitForAsync();
        await county.Page.ReloadAsync();
        Assert.Equal("开工", await county.Page.Locator("#work").InputValueAsync());
        await county.CheckPageAsync("dispatch-return-draft");
        await FillAsync(county.Page);
        await county.CheckPageAsync("dispatch-return");
        await SubmitAsync(county, own);
        await county.OpenAsync($"{own}/recall");
        await county.CheckPageAsync("dispatch-recall");
        await county.Page.Locator("main form button").ClickAsync();
        await county.Page.WaitForURLAsync("**done=recalled");
        await SubmitAsync(county, own);

        await prefecture.OpenAsync($"{own}/review");
        await prefecture.CheckPageAsync("dispatch-review");
        await prefecture.Page.Locator("#note").FillAsync("请核对日期");
        await prefecture.Page.Locator("button[value=SendBack]").ClickAsync();
        await prefecture.Page.WaitForURLAsync($"**{round}");
        await county.OpenAsync(own);
        Assert.Contains("请核对日期", await county.Page.Locator(".note").First.TextContentAsync(), StringComparison.Ordinal);
        await SubmitAsync(county, own);
        await prefecture.OpenAsync($"{own}/review");
        await prefecture.Page.Locator("button[value=PassUp]").ClickAsync();
        await prefecture.Page.WaitForURLAsync($"**{round}");

        await office.OpenAsync($"{own}/review");
        await office.Page.Locator("button[value=Accept]").ClickAsync();
        await office.Page.WaitForURLAsync($"**{round}");
        await office.OpenAsync($"{round}?which=accepted");
        Assert.Equal(1, await office.Page.Locator("table tbody tr").CountAsync());
        await office.OpenAsync($"{round}/closure");
        await office.CheckPageAsync("dispatch-closure");
        await office.Page.Locator("main form button").ClickAsync();
        await office.Page.WaitForURLAsync("**done=closed");
        await office.OpenAsync($"/p/{Programme}/dispatch/figures");
        await office.CheckPageAsync("dispatch-figures");
        await county.OpenAsync(own);
        Assert.Equal(0, await county.Page.Locator("main form textarea").CountAsync());
        await county.CheckPageAsync("dispatch-return-closed");
    }

    // The prefecture gives the county a part of one of its tasks.
    private static async Task DivideAsync(IPage page)
    {
        async Task<JsonElement> GetAsync(string path)
        {
            var answer = await page.APIRequest.GetAsync(path);
            Assert.True(answer.Ok, await answer.TextAsync());
            return (await answer.JsonAsync())!.Value;
        }

        var unit = (await GetAsync("/api/units/C0903")).GetProperty("id").GetString();
        var task = (await GetAsync($"/api/programmes/{Programme}/items?status=overdue&status=behind&status=ontrack&status=notstarted")).GetProperty("items")[0].GetProperty("id").GetString();
        var made = await page.APIRequest.PostAsync($"/api/items/{task}/parts", new() { DataObject = new { kind = "SubTask", text = "本县部分", unit, due = "2027-12-31" } });
        Assert.True(made.Ok, await made.TextAsync());
    }

    private static async Task FillAsync(IPage page)
    {
        await page.Locator("#work").FillAsync("开工建设，完成土建。");
        await page.Locator("#problems").FillAsync("设备到货晚。");
        if (await page.Locator("#percent").CountAsync() > 0)
        {
            await page.Locator("#percent").FillAsync("30");
        }

        await page.Locator("button[value=next]").ClickAsync();
        await page.WaitForURLAsync("**done=saved");
        Assert.Equal(0, await page.Locator(".errs").CountAsync());
    }

    private static async Task SubmitAsync(Visitor county, string own)
    {
        await county.OpenAsync($"{own}/submission");
        await county.Page.Locator("main form .btn-primary").ClickAsync();
        await county.Page.WaitForURLAsync("**done=submitted");
        await county.CheckPageAsync("dispatch-submitted");
    }
}
