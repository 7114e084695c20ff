namespace Rectify.Browser;

/// <summary>Another deadline in the browser: a prefecture asks, the office records the decision.</summary>
[Collection<InChromium>]
public sealed class DeadlineTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_prefecture_asks_for_another_deadline_and_the_office_records_the_decision()
    {
        await using var office = await chromium.VisitAsync();
        await using var prefecture = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await prefecture.SignInAsync("p06");
        var answer = await prefecture.Page.APIRequest.GetAsync($"/api/programmes/{Programme}/items?status=overdue&status=behind&status=ontrack&status=notstarted&dated=yes");
        var item = (await answer.JsonAsync())!.Value.GetProperty("items")[0].GetProperty("id").GetString();

        await prefecture.OpenAsync($"/items/{item}/deadlines");
        await prefecture.CheckPageAsync("deadlines-item");
        await prefecture.OpenAsync($"/items/{item}/deadline");
        await prefecture.CheckPageAsync("deadline-ask");
        await prefecture.Page.Locator("#to").FillAsync("2031-06-30");
        await prefecture.Page.Locator("#reason").SelectOptionAsync("policy");
        await prefecture.Page.Locator("#explanation").FillAsync("上级规划调整，原时限内无法完成。");
        await prefecture.Page.Locator("#approver").FillAsync("自治区党委、政府");
        await prefecture.Page.Locator("main form .btn-primary").ClickAsync();
        await prefecture.Page.ArriveAsync("**done=asked");
        await prefecture.CheckPageAsync("deadline-asked");
        var request = new Uri(prefecture.Page.Url).AbsolutePath;

        await office.OpenAsync($"/p/{Programme}/deadlines");
        await office.CheckPageAsync("deadlines");
        await office.OpenAsync(request);
        await office.CheckPageAsync("deadline-decide");
        await office.Page.Locator("#document").FillAsync("新政函〔2026〕1号");
        await office.Page.Locator("button[value=agree]").ClickAsync();
        await office.Page.ArriveAsync("**done=decided");
        await office.OpenAsync($"/p/{Programme}/deadlines?which=over");
        await office.CheckPageAsync("deadlines-over");
        await office.OpenAsync($"/p/{Programme}/deadlines/reasons");
        await office.CheckPageAsync("deadlines-reasons");
        await office.OpenAsync($"/items/{item}");
        Assert.Contains("2031-06-30", await office.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
    }
}
