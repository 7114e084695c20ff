using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rectify.Browser;

/// <summary>After closing, in the browser: a plan, items by hand and by lot, a check that found the problem back, the item taken up again.</summary>
[Collection<InChromium>]
public sealed class LookBackTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task The_office_plans_to_look_back_draws_and_takes_up_what_came_back()
    {
        await using var office = await chromium.VisitAsync();
        await using var prefecture = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await prefecture.SignInAsync("p06");
        var unit = (await (await office.Page.APIRequest.GetAsync("/api/units/P06")).JsonAsync())!.Value.GetProperty("id").GetString()!;
        var today = await office.Page.EvaluateAsync<string>("new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)");
        var later = DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(60).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        await office.OpenAsync($"/p/{Programme}/lookbacks");
        await office.CheckPageAsync("lookback-checks");
        await office.OpenAsync($"/p/{Programme}/lookbacks/rules");
        await office.CheckAtTwoWidthsAsync();
        await office.OpenAsync($"/p/{Programme}/lookbacks/plans");
        await office.Page.Locator("#title").FillAsync("2026年第四季度回头看");
        await office.Page.Locator("#to").FillAsync(later);
        await office.CheckPageAsync("lookback-plans");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=planned");
        await office.CheckAtTwoWidthsAsync();
        var plan = new Uri(office.Page.Url).AbsolutePath;

        // One item by hand, for the prefecture to check.
        await office.Page.Locator("input[name=i]").First.CheckAsync();
        await office.Page.Locator("#unit").SelectOptionAsync(unit);
        await office.Page.Locator("form:has(#due) .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=chosen");

        // A draw whose seed is committed to, so that the test need not wait for a day to come.
        await office.OpenAsync($"{plan}/draw");
        await office.Page.Locator("#each").FillAsync("3");
        await office.Page.Locator("#source").FillAsync("密封保存的随机种子，当众拆封");
        await office.Page.Locator("#seed-on").FillAsync(today);
        await office.CheckPageAsync("lookback-draw-new");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.Locator(".errs a[href='#seed-on']").WaitForAsync();
        await office.Page.Locator("#commitment").FillAsync(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("05 12 23 28 31 + 09"))));
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=listed");
        await office.CheckAtTwoWidthsAsync();
        await office.Page.Locator("#seed").FillAsync("05 12 23 28 31 + 09");
        await office.Page.Locator("form:has(#seed) .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=drawn");
        await office.CheckPageAsync("lookback-draw-drawn");
        await office.OpenAsync(plan);
        await office.CheckAtTwoWidthsAsync();

        // The prefecture finds the problem back and hands in; the office confirms and takes the item up.
        await prefecture.OpenAsync($"/p/{Programme}/lookbacks?origin=Plan&unit={unit}");
        await prefecture.CheckAtTwoWidthsAsync();
        await prefecture.Page.Locator("main table a[href^='/checks/']").First.ClickAsync();
        await prefecture.Page.Locator("#result").SelectOptionAsync("CameBack");
        await prefecture.Page.Locator("#day").FillAsync(today);
        await prefecture.Page.Locator("#place").FillAsync("厂区北侧");
        await prefecture.Page.Locator("#opinion").FillAsync("现场又堆放了砂石，没有覆盖。");
        await prefecture.CheckPageAsync("lookback-check-open");
        await prefecture.Page.Locator("main form .btn-primary").ClickAsync();
        await prefecture.Page.ArriveAsync("**done=handed-in");
        var check = new Uri(prefecture.Page.Url).AbsolutePath;
        await office.OpenAsync(check);
        await office.CheckPageAsync("lookback-check-review");
        await office.Page.Locator("#since").FillAsync(today);
        await office.Page.Locator("button[value=confirm]").ClickAsync();
        await office.Page.ArriveAsync("**done=taken-up");
        await office.CheckAtTwoWidthsAsync();

        // Both closings' threads stand on the item's pages; others can be taken up by hand.
        var item = await office.Page.Locator("main dl a[href$='/lookbacks']").GetAttributeAsync("href");
        await office.OpenAsync(item!);
        await office.CheckPageAsync("lookback-item");
        await office.OpenAsync(item![..^"/lookbacks".Length]);
        Assert.Equal(2, await office.Page.Locator("ol.threads li").CountAsync());
        await office.CheckAtTwoWidthsAsync();
        var closed = (await (await office.Page.APIRequest.GetAsync($"/api/programmes/{Programme}/items?status=closed&status=standing")).JsonAsync())!.Value.GetProperty("items")[0].GetProperty("id").GetString();
        await office.OpenAsync($"/items/{closed}/rebound");
        await office.CheckAtTwoWidthsAsync();
        await office.OpenAsync($"/p/{Programme}?on=2019-03-31");
        await office.CheckAtTwoWidthsAsync();
        await office.OpenAsync($"/p/{Programme}/restated?on=2019-03-31");
        await office.CheckAtTwoWidthsAsync();
    }
}
