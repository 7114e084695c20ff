using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The programme's overview, its lists, nodes, search and margins, with the sample programme, in a browser.</summary>
[Collection<InChromium>]
public sealed partial class ListTests(Chromium chromium)
{
    private const string On = "2019-03-31";

    [Theory]
    [InlineData("overview", "/p/{0}?on=" + On)]
    [InlineData("items", "/p/{0}/items?on=" + On)]
    [InlineData("items-filtered", "/p/{0}/items?on=" + On + "&light=red&text=%E6%B1%A1%E6%B0%B4")]
    [InlineData("items-empty", "/p/{0}/items?light=red&status=closed")]
    [InlineData("milestones", "/p/{0}/milestones?on=" + On + "&which=all")]
    [InlineData("search", "/search?q=%E6%B1%A1%E6%B0%B4")]
    [InlineData("programmes", "/programmes")]
    [InlineData("programme-new", "/programmes/new")]
    [InlineData("settings", "/programmes/{0}/settings")]
    public async Task A_page_is_accessible_and_fits_every_width(string name, string path)
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        Assert.Equal(200, await visitor.OpenAsync(string.Format(CultureInfo.InvariantCulture, path, await CodeAsync(visitor))));
        await visitor.CheckPageAsync(name);
    }

    [Fact]
    public async Task Every_number_of_the_overview_opens_a_list_of_so_many_rows()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        var code = await CodeAsync(visitor);
        await visitor.OpenAsync($"/p/{code}?on={On}");
        var links = await visitor.Page.Locator("main a[href*='/items?'], main a[href$='/items']").EvaluateAllAsync<string[][]>(
            "all => all.map(a => [a.getAttribute('href'), a.innerText.trim().replace('项', '')]).filter(a => /^[0-9]+$/.test(a[1]))");
        Assert.True(links.Length > 60);
        foreach (var (href, count) in links.Select(link => (link[0], int.Parse(link[1], CultureInfo.InvariantCulture))).Distinct())
        {
            // As the browser asks for it, without drawing a hundred pages.
            var page = await (await visitor.Page.APIRequest.GetAsync(href)).TextAsync();
            var total = count == 0 ? "0" : Total().Match(Tag().Replace(page[page.IndexOf("\"chips\"", StringComparison.Ordinal)..], "")).Groups[1].Value;
            Assert.True(total == count.ToString(CultureInfo.InvariantCulture), $"{href}: {count}, but {total}");
        }
    }

    [Fact]
    public async Task A_list_is_filtered_by_keyboard_alone()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{await CodeAsync(visitor)}/items?on={On}");
        await visitor.Page.Locator("#f-text").FocusAsync();
        await visitor.Page.Keyboard.TypeAsync("污水");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter"); // opens the statuses
        await visitor.Page.Locator(".pick[open]").WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Space"); // the third: on schedule
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.ArriveAsync(url => url.Contains("status=ontrack", StringComparison.Ordinal));
        Assert.Equal(2, await visitor.Page.Locator(".chip").CountAsync());
        Assert.True(await visitor.Page.Locator("main mark").CountAsync() > 0);
        await visitor.Page.Locator(".chip").First.ClickAsync();
        await visitor.Page.ArriveAsync(url => !url.Contains("text=%", StringComparison.Ordinal));
        Assert.Equal(1, await visitor.Page.Locator(".chip").CountAsync());
        visitor.CheckQuiet();
    }

    [Fact]
    public async Task A_view_is_kept_counted_and_dropped()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"/p/{await CodeAsync(visitor)}/items?aspect=2");
        await visitor.Page.Locator(".acts .menu summary").First.ClickAsync();
        await visitor.Page.Locator("#v-name").FillAsync("第二方面");
        await visitor.Page.Locator("#v-name").PressAsync("Enter");
        var tab = visitor.Page.Locator(".tabs a[aria-current=page]");
        await visitor.Page.Locator(".note-ok").WaitForAsync();
        Assert.StartsWith("第二方面", await tab.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(await visitor.Page.Locator("tbody tr").CountAsync(), int.Parse((await tab.Locator(".count").TextContentAsync())!, CultureInfo.InvariantCulture));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "删除视图" }).ClickAsync();
        await visitor.Page.Locator(".note-ok").WaitForAsync();
        Assert.Equal(0, await visitor.Page.GetByText("第二方面").CountAsync());
        visitor.CheckQuiet();
    }

    private static async Task<string> CodeAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/");
        return new Uri(visitor.Page.Url).AbsolutePath.Split('/')[2];
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("共([0-9]+)项")]
    private static partial Regex Total();
}
