namespace Rectify.Browser;

/// <summary>Inbox, settings, rules and mail in the browser, on the sample programme: accessible, fitting from phone to large screen, reached by keys.</summary>
[Collection<InChromium>]
public sealed class NotificationTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task What_waits_is_counted_in_the_bar_opened_by_keys_and_read()
    {
        await using var office = await chromium.VisitAsync();
        await office.SignInAsync("office");
        // The sample's deadlines passed long ago: its office hears of what is still open, as soon as the daily look was done.
        for (var i = 0; i < 120 && await office.Page.Locator("a[data-nav=todo] .count").TextContentAsync() is "0"; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await office.OpenAsync($"/p/{Programme}");
        }

        Assert.NotEqual("0", await office.Page.Locator("a[data-nav=todo] .count").TextContentAsync());
        await office.Page.Locator("h1").ClickAsync();
        await office.Page.Keyboard.PressAsync("g");
        await office.Page.Keyboard.PressAsync("t");
        await office.Page.ArriveAsync("**/inbox");
        await office.CheckPageAsync("inbox");
        await office.Page.Keyboard.PressAsync("j");
        var unread = await office.Page.Locator("tbody b").CountAsync();
        await office.Page.Keyboard.PressAsync("Enter");
        await office.Page.ArriveAsync("**/items/**");
        await office.OpenAsync("/inbox");
        Assert.Equal(unread - 1, await office.Page.Locator("tbody b").CountAsync());
        await office.OpenAsync("/inbox?part=done");
        await office.CheckPageAsync("inbox-done");
        await office.OpenAsync("/inbox?part=news");
        await office.CheckPageAsync("inbox-news");

        await office.OpenAsync("/account/notices");
        await office.CheckPageAsync("notices-settings");
        await office.Page.Locator("form:has(input[value=feed]) button").ClickAsync();
        var link = await office.Page.Locator(".note .code").TextContentAsync();
        await office.CheckPageAsync("notices-settings-feed");
        Assert.True((await office.Page.APIRequest.GetAsync(new Uri(link!.Trim()).AbsolutePath)).Ok);
        await office.Page.Locator("select[name=d-ItemOverdue]").SelectOptionAsync("Inbox");
        await office.Page.Locator("form:has(input[value=choices]) button").ClickAsync();
        await office.Page.ArriveAsync("**done=chosen");
        Assert.Equal("Inbox", await office.Page.Locator("select[name=d-ItemOverdue]").InputValueAsync());

        await office.OpenAsync($"/p/{Programme}/reminders");
        await office.CheckPageAsync("reminders");
        await office.Page.Locator("#items-days").FillAsync("30、七");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.Locator(".errs a[href='#items-days']").WaitForAsync();
        Assert.Equal("30、七", await office.Page.Locator("#items-days").InputValueAsync());
        await office.CheckPageAsync("reminders-errors");
        await office.Page.Locator("#items-days").FillAsync("30、15、7、1");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=saved");

        await office.OpenAsync("/mail");
        await office.CheckPageAsync("mail");
    }
}
