using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The public site in a browser: published by the office, read by a stranger at every width, without scripts, from right to left.</summary>
[Collection<InChromium>]
public sealed class PortalTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task What_the_office_publishes_a_stranger_reads_at_every_width_and_from_right_to_left()
    {
        await using var office = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await office.OpenAsync($"/p/{Programme}/public/settings");
        await office.Page.Locator("#open").CheckAsync();
        await office.Page.Locator("#host").FillAsync("整改办");
        await office.Page.Locator("#plan").FillAsync("整改方案的公开文本。");
        await office.Page.Locator("main form button.btn-primary").ClickAsync();
        await office.Page.Locator(".note-ok").WaitForAsync();
        await office.CheckPageAsync("public-settings");

        await office.OpenAsync($"/p/{Programme}/items/31");
        var item = new Uri(office.Page.Url).AbsolutePath;
        await office.OpenAsync($"{item}/publication");
        foreach (var box in await office.Page.Locator("input[name=field]").AllAsync())
        {
            await box.CheckAsync();
        }

        await office.Page.Locator("#remark").FillAsync("按计划公开");
        await office.Page.Locator("button[value=preview]").ClickAsync();
        await office.Page.Locator("#preview").WaitForAsync();
        await office.CheckPageAsync("publication-preview");
        await office.Page.Locator("button[value=publish]").ClickAsync();
        await office.Page.Locator(".note-ok").WaitForAsync();
        var page = (await office.Page.Locator($"a[href^='/public/{Programme}/items/']").GetAttributeAsync("href"))!;
        foreach (var (path, name) in new[] { ($"/p/{Programme}/public", "publications"), ($"{item}/public-pictures", "public-pictures"), ($"{item}/publication/withdrawal", "publication-withdrawal"), ($"/p/{Programme}/public/errors", "error-reports") })
        {
            Assert.Equal(200, await office.OpenAsync(path));
            await office.CheckPageAsync(name);
        }

        await using var stranger = await chromium.VisitAsync();
        foreach (var (path, name) in new[]
        {
            ("/public", "public-home"), ($"/public/{Programme}", "public-programme"), ($"/public/{Programme}/items", "public-items"), (page, "public-item"), ($"/public/{Programme}/closures", "public-closures"), ($"/public/{Programme}/plan", "public-plan"),
            ($"/public/{Programme}/data", "public-data"), ($"{page}/error", "public-error"), ("/public/answers", "public-answers"), ($"{page}?lang=en", "public-item-en"), ($"{page}?lang=ug", "public-item-ug"), ($"/public/{Programme}?lang=ug", "public-programme-ug"),
        })
        {
            Assert.Equal((path, 200), (path, await stranger.OpenAsync(path)));
            await stranger.CheckPageAsync(name);
        }

        Assert.Equal("rtl", await stranger.Page.EvaluateAsync<string>("document.documentElement.dir"));
    }
}
