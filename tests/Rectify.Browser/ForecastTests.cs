namespace Rectify.Browser;

/// <summary>Forecasts in the browser, with their reasons and their record.</summary>
[Collection<InChromium>]
public sealed class ForecastTests(Chromium chromium)
{
    [Fact]
    public async Task Open_tasks_stand_by_their_chance_with_reasons_and_the_record_of_past_forecasts()
    {
        await using var leader = await chromium.VisitAsync();
        await leader.SignInAsync("leader");
        await leader.OpenAsync("/p/central-2017-round1/forecast?on=2019-03-31");
        Assert.NotEqual(0, await leader.Page.Locator("table[aria-label='完成预测'] tbody tr").CountAsync());
        Assert.Equal(5, await leader.Page.Locator("table[aria-label='过去的预测准不准'] tbody tr").CountAsync());
        await leader.CheckPageAsync("forecasts");

        await leader.Page.Locator("table[aria-label='完成预测'] tbody tr:last-child a").ClickAsync();
        await leader.Page.Locator(".figs").WaitForAsync();
        await leader.CheckPageAsync("forecast");
    }
}
