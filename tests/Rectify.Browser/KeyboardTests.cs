using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The work pages without a mouse, and on a phone: where the focus goes, and what is seen.</summary>
[Collection<InChromium>]
public sealed class KeyboardTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_menu_closes_by_escape_and_when_the_focus_leaves_it()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{Programme}/items");
        var (page, menu) = (visitor.Page, visitor.Page.Locator(".prog[open]"));
        await page.Locator(".prog > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal(1, await menu.CountAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await menu.CountAsync());
        Assert.True(await FocusedAsync(page, ".prog > summary"));

        await page.Keyboard.PressAsync("Enter");
        for (var stop = 0; await page.EvaluateAsync<bool>("document.activeElement.closest('.prog') !== null"); stop++)
        {
            Assert.InRange(stop, 0, 20);
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal(0, await menu.CountAsync());

        // Rows of a list are stepped through as those of a table are.
        await visitor.OpenAsync("/search?q=%E6%B1%A1%E6%B0%B4");
        await page.Keyboard.PressAsync("j");
        Assert.True(await FocusedAsync(page, ".rows > li:first-child .line > a"));
        await page.Keyboard.PressAsync("j");
        Assert.True(await FocusedAsync(page, ".rows > li:nth-child(2) .line > a"));
    }

    [Fact]
    public async Task The_focus_outlives_a_line_that_is_taken_away_and_a_part_that_is_drawn_again()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{Programme}/items/29");
        await page.Locator("a[href$='/evidence']").ClickAsync();
        await page.Locator("a[href$='/evidence/new']").ClickAsync();
        await page.Locator("#files").SetInputFilesAsync(new[] { "a", "b" }.Select(name => new FilePayload { Name = $"{name}.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.ASCII.GetBytes(name) }));
        await page.Locator("[data-list] input[name=upload]").Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("[data-list] button").First.PressAsync("Enter");
        Assert.True(await FocusedAsync(page, "[data-list] button[aria-label$='b.txt']"));
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await FocusedAsync(page, "#files"));

        // A job's page asks again every other second: whoever is about to stop it still is.
        await page.Clock.InstallAsync();
        var asked = 0;
        await page.RouteAsync("**/job", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><script type=module src=/js/page.js></script><div data-job data-no={++asked}><a href=/stop>Stop</a></div>" }));
        await visitor.OpenAsync("/job");
        await page.Locator("[data-no='1'] a").FocusAsync();
        await page.Clock.FastForwardAsync(2_000);
        await page.Locator("[data-no='2']").WaitForAsync();
        Assert.True(await FocusedAsync(page, "[data-no='2'] a"));
    }

    [Fact]
    public async Task What_gets_the_focus_is_not_beneath_the_head_of_its_table()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{Programme}/items?on=2019-03-31");
        await page.EvaluateAsync("document.documentElement.style.scrollBehavior = 'auto'");
        await page.Locator("main tbody th a").Last.FocusAsync();
        for (var stop = 0; stop < 60; stop++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            Assert.True(await page.EvaluateAsync<bool>("""
                () => {
                  const at = document.activeElement.getBoundingClientRect();
                  const seen = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
                  return document.activeElement.contains(seen) || seen?.contains(document.activeElement) === true;
                }
                """), await page.EvaluateAsync<string>("document.activeElement.outerHTML"));
        }
    }

    [Fact]
    public async Task On_a_phone_bars_are_seen_at_once_and_a_list_can_be_sorted()
    {
        await using var visitor = await chromium.VisitAsync("en");
        var page = visitor.Page;
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{Programme}?on=2019-03-31");
        Assert.Empty(await CutAsync(page)); // no table at the desk, in the longer language

        var answer = await page.APIRequest.GetAsync($"/api/programmes/{Programme}/items?status=ontrack&status=notstarted&status=behind&status=overdue&dated=yes");
        var item = (await answer.JsonAsync())!.Value.GetProperty("items").EnumerateArray().ElementAt(1).GetProperty("id").GetString();
        var put = await page.APIRequest.PutAsync($"/api/items/{item}/schedule", new() { DataObject = new { template = "sewage", reason = "backward", seen = 0 } });
        Assert.True(put.Ok || put.Status == 409, await put.TextAsync()); // the sample may have given it one
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in new[] { $"/items/{item}/schedule", $"/programmes/{Programme}/charts/gantt", $"/programmes/{Programme}/charts/gantt?item={item}" })
        {
            await visitor.OpenAsync(path);
            Assert.Empty(await CutAsync(page));
            Assert.True(await page.Locator("svg:is(.ch, .chart) a:visible").CountAsync() > 0);
            await visitor.CheckAxeAsync();
        }

        await visitor.OpenAsync($"/p/{Programme}/items");
        await page.Locator("thead a >> nth=1").FocusAsync();
        Assert.True((await page.Locator("thead a >> nth=1").BoundingBoxAsync())!.Height >= 44);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**order=due*");
        await visitor.CheckAxeAsync();
        visitor.CheckQuiet();
    }

    private static Task<bool> FocusedAsync(IPage page, string selector) => page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector);

    // Regions that hide a part of what they hold until they are moved sideways.
    private static Task<string[]> CutAsync(IPage page) => page.EvaluateAsync<string[]>(
        "[...document.querySelectorAll('main .scroll-x')].filter(region => region.checkVisibility() && region.scrollWidth > region.clientWidth).map(region => region.getAttribute('aria-label'))");
}
