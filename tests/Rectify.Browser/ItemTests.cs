using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The item's page and its forms in a browser: clean at every width, and all of it done by keyboard.</summary>
[Collection<InChromium>]
public sealed class ItemTests(Chromium chromium)
{
    private const string Task = "/p/central-2017-round1/items/28";

    [Theory]
    [InlineData("", "item")]
    [InlineData("/facts/new", "item-fact-kinds")]
    [InlineData("/facts/new?kind=PolicyCause", "item-fact")]
    [InlineData("/edit", "item-edit")]
    [InlineData("/parts/new?kind=SubTask", "item-part")]
    [InlineData("/handbook", "item-handbook")]
    public async Task A_page_of_the_item_is_clean(string path, string name)
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        Assert.Equal(200, await visitor.OpenAsync(Task));
        Assert.Equal(200, await visitor.OpenAsync(new Uri(visitor.Page.Url).AbsolutePath + path));
        await visitor.CheckPageAsync(name);
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await visitor.CheckAxeAsync();
    }

    [Fact]
    public async Task A_fact_is_recorded_by_keyboard_and_withdrawn_again()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync(Task);
        await visitor.FollowAsync(visitor.Page.Locator("a[href$='/facts/new']"));
        await visitor.FollowAsync(visitor.Page.Locator("a[href$='kind=PolicyCause']"));
        await visitor.Page.Locator("#note").FocusAsync();
        await visitor.Page.Keyboard.TypeAsync("typed by keyboard");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".note-ok:focus").WaitForAsync(); // what happened has the focus, once the page's script ran

        await visitor.FollowAsync(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "typed by keyboard" }).Locator("a[href$='/withdrawal']"));
        await visitor.CheckAxeAsync();
        await visitor.Page.Locator("#reason").FillAsync("a test");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".note-ok").WaitForAsync();
        Assert.Contains("a test", await visitor.Page.Locator("#facts ~ div").First.TextContentAsync(), StringComparison.Ordinal);
        visitor.CheckQuiet();
    }
}
