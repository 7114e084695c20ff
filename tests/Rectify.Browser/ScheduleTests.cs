namespace Rectify.Browser;

/// <summary>A schedule in the browser: from a template to a delay that is tried, the lists of the programme, a file and back.</summary>
[Collection<InChromium>]
public sealed class ScheduleTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task The_office_plans_an_item_backward_from_its_deadline()
    {
        await using var office = await chromium.VisitAsync();
        await office.SignInAsync("office");
        var answer = await office.Page.APIRequest.GetAsync($"/api/programmes/{Programme}/items?status=ontrack&status=notstarted&status=behind&status=overdue&dated=yes");
        var item = (await answer.JsonAsync())!.Value.GetProperty("items")[0].GetProperty("id").GetString();

        await office.OpenAsync($"/items/{item}/schedule");
        await office.CheckPageAsync("schedule-none");
        await office.Page.Locator("#template-sewage").CheckAsync();
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.ArriveAsync("**done=planned");
        await office.CheckPageAsync("schedule");
        await office.Page.Locator("#a-C1 a").GoAsync();
        await office.CheckPageAsync("schedule-activity");
        await office.Page.Locator("#days").FillAsync("120");
        await office.Page.Locator("#reason").FillAsync("地质条件复杂");
        await office.Page.Locator("button[value=save]").ClickAsync();
        await office.Page.ArriveAsync("**done=saved");
        await office.Page.Locator("#t-days").FillAsync("20");
        await office.Page.Locator("form:has(#t-days) button").ClickAsync();
        await office.Page.Locator("table[aria-label='试算结果']").WaitForAsync();
        await office.CheckPageAsync("schedule-try");
        await office.OpenAsync($"/items/{item}/schedule/comparison?no=1");
        await office.CheckPageAsync("schedule-comparison");

        var download = office.Page.WaitForDownloadAsync();
        await office.OpenAsync($"/items/{item}/schedule/exchange");
        await office.CheckPageAsync("schedule-exchange");
        await office.Page.Locator("a[href$='schedule.xml']").ClickAsync();
        var file = (await (await download).PathAsync())!;
        Assert.Contains("土建施工", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await office.Page.Locator("#file").SetInputFilesAsync(file);
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.Locator("input[name=plan]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await office.CheckPageAsync("schedule-preview");

        foreach (var (path, name) in new[] { ("schedule?which=items", "schedules"), ("schedule?which=late", "schedules-late"), ("schedule?which=month", "schedules-month"), ("schedule/calendars", "schedule-calendars"), ("schedule/comparison?all=1", "schedules-comparison") })
        {
            await office.OpenAsync($"/p/{Programme}/{path}");
            await office.CheckPageAsync(name);
        }
    }
}
