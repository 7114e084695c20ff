using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The frame around every page, as a visitor without an account meets it.</summary>
[Collection<InChromium>]
public sealed class FrameTests(Chromium chromium)
{
    [Fact]
    public async Task The_keyboard_page_is_clean_in_both_languages()
    {
        await using var visitor = await chromium.VisitAsync();
        Assert.Equal(200, await visitor.OpenAsync("/keys"));
        await visitor.CheckPageAsync("keys");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).GoAsync();
        Assert.Equal("Keyboard", await visitor.Page.Locator("h1").TextContentAsync());
        Assert.Equal("en", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
        await visitor.CheckPageAsync("keys-en");
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_what_to_do()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office"); // who is not signed in is led to the door, whatever the address
        Assert.Equal(404, await visitor.OpenAsync("/no/such/page"));
        Assert.Equal("没有这一页", await visitor.Page.Locator("h1").TextContentAsync());
        await visitor.CheckPageAsync("not-found");
    }

    [Fact]
    public async Task The_question_mark_opens_the_list_of_keys()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync("/account");
        await visitor.Page.Locator("body").PressAsync("?");
        await visitor.Page.ArriveAsync("**/keys");
        visitor.CheckQuiet();
    }

    [Fact]
    public async Task The_first_stop_of_the_tab_key_leads_to_the_content()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync("/keys");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("/keys#main", visitor.Page.Url, StringComparison.Ordinal);
    }
}
