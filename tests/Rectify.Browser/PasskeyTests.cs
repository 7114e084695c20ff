using System.Text.Json;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>A passkey from adding it to signing in with it, with Chromium's own virtual authenticator.</summary>
[Collection<InChromium>]
public sealed class PasskeyTests(Chromium chromium)
{
    [Fact]
    public async Task A_passkey_is_added_signs_in_and_is_gone_once_removed()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await AddAuthenticatorAsync(page);

        // A passkey belongs to a name: the site is opened by one and not by its number.
        await visitor.OpenAsync("/signin");
        var site = new UriBuilder(page.Url) { Host = "localhost", Path = "", Query = "" }.Uri.ToString().TrimEnd('/');
        await SignInAsync(page, site);

        await page.GotoAsync($"{site}/account");
        await visitor.CheckPageAsync("account");
        await page.Locator("#called").FillAsync("Test key");
        await page.Locator("form[data-passkey=create] button").ClickAsync();
        await page.ArriveAsync("**/account?done=added");
        Assert.Equal("Test key", await page.Locator("form:has(button[name=passkey]) th[scope=row]").TextContentAsync());

        await SignOutAsync(page);
        await visitor.CheckPageAsync("signin");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await page.Locator(".who").WaitForAsync();

        await page.GotoAsync($"{site}/account");
        await page.Locator("button[name=passkey]").ClickAsync();
        await page.ArriveAsync("**/account?done=removed");
        await SignOutAsync(page);
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await page.Locator("[role=alert]").WaitForAsync();
        Assert.Equal(0, await page.Locator(".who").CountAsync());
        visitor.CheckQuiet();
    }

    [Fact]
    public async Task Where_the_site_is_opened_by_number_the_password_alone_is_offered()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync("/signin");
        Assert.False(await visitor.Page.Locator("form[data-passkey=get]").IsVisibleAsync());
        await visitor.CheckPageAsync("signin-by-number");
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = JsonSerializer.SerializeToElement(new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            }),
        });
    }

    private static async Task SignInAsync(IPage page, string site)
    {
        await page.GotoAsync($"{site}/signin");
        await page.Locator("#name").FillAsync(Visitor.SampleAccount);
        await page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await page.Locator("#password").PressAsync("Enter");
        await page.Locator(".who").WaitForAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".who > summary").ClickAsync();
        await page.Locator("form[action='/signout'] button").ClickAsync();
        await page.ArriveAsync("**/signin");
    }
}
