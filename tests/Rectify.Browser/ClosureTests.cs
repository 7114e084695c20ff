using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>One whole life of a closing in the browser, with four accounts: chosen procedure, declaration, a return, sign-off, closing. Every page at every width.</summary>
[Collection<InChromium>]
public sealed class ClosureTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_closing_goes_from_the_declaration_to_its_last_step()
    {
        await using var office = await chromium.VisitAsync();
        await using var unit = await chromium.VisitAsync();
        await using var team = await chromium.VisitAsync();
        await using var leader = await chromium.VisitAsync();
        foreach (var (visitor, name) in new[] { (office, "office"), (unit, "p06"), (team, "supervisor"), (leader, "leader") })
        {
            await visitor.SignInAsync(name);
        }

        await office.OpenAsync($"/p/{Programme}/closures/procedure");
        await office.CheckPageAsync("procedure-none");
        await office.Page.Locator("#preset-per-unit").CheckAsync();
        await office.Page.Locator("#reason").FillAsync("试行");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.WaitForURLAsync("**done=1");
        await office.CheckPageAsync("procedure");
        await office.OpenAsync($"/p/{Programme}/closures/procedure/step?key=notice");
        await office.CheckPageAsync("procedure-step");
        await office.OpenAsync($"/p/{Programme}/closures/procedure/edit");
        await office.CheckPageAsync("procedure-edit");

        // A way without a notice: nobody waits ten days for a test. One office account may not accept and close.
        object[] steps =
        [
            new { key = "declare", kind = "Declare", duty = "Responsible", level = "Unit" }, new { key = "apply", kind = "Apply", duty = "Responsible", level = "Unit", form = "验收销号申请表" },
            new { key = "site", kind = "SiteCheck", duty = "Supervisor", level = "Region", limit = new { days = 15, working = true } }, new { key = "accept", kind = "Acceptance", duty = "Supervisor", level = "Region", checklist = true, title = "督导组验收" },
            new { key = "review", kind = "OfficeReview", duty = "Office", level = "Region" }, new { key = "sign", kind = "SignOff", duty = "Leader", level = "Region" }, new { key = "close", kind = "Close", duty = "Office", level = "Region" },
        ];
        var set = await office.Page.APIRequest.PutAsync(
            $"/api/programmes/{Programme}/closing-procedure",
            new() { DataObject = new { procedure = new { name = "督导组验收", steps, perUnit = true, checklists = new[] { new { taskType = "", lines = new[] { "措施全部落实", "效果符合要求" } } } }, reason = "试行", seen = 1 } });
        Assert.Equal(200, set.Status);

        var answer = await unit.Page.APIRequest.GetAsync($"/api/programmes/{Programme}/items?status=overdue&status=behind&status=ontrack&status=notstarted");
        var (item, closure) = ("", "");
        foreach (var row in (await answer.JsonAsync())!.Value.GetProperty("items").EnumerateArray())
        {
            item = row.GetProperty("id").GetString()!;
            var begun = await unit.Page.APIRequest.PostAsync($"/api/items/{item}/closures", new() { DataObject = new { } });
            if (begun.Status == 201)
            {
                closure = (await begun.JsonAsync())!.Value.GetProperty("id").GetString()!;
                break;
            }
        }

        Assert.NotEmpty(closure);
        await unit.OpenAsync($"/items/{item}/closing");
        await unit.CheckPageAsync("closing-item");
        await unit.OpenAsync($"/items/{item}/evidence/new");
        await unit.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "site.txt", MimeType = "text/plain", Buffer = "现场"u8.ToArray() });
        await unit.Page.Locator("#kind").SelectOptionAsync("Photo");
        await unit.Page.Locator("#title").FillAsync("整改后照片");
        await unit.Page.Locator("main form button.btn-primary").ClickAsync();
        await unit.Page.Locator(".note-ok").WaitForAsync(new() { Timeout = 60_000 });

        await DeclareAsync();
        await TakeAsync(unit, "closure-apply");
        await team.OpenAsync($"/p/{Programme}/closures?which=mine");
        await team.CheckPageAsync("closures-mine");
        await team.OpenAsync($"/closures/{closure}/return");
        await team.CheckPageAsync("closure-return");
        await team.Page.Locator("#reasons").FillAsync("缺少改造清单。");
        await team.Page.Locator("main form .btn-danger-plain").ClickAsync();
        await team.Page.WaitForURLAsync("**done=returned");

        await DeclareAsync();
        await TakeAsync(unit, null);
        await TakeAsync(team, "closure-site", async page =>
        {
            await page.Locator("#place").FillAsync("河岸");
            await page.Locator("#time").FillAsync("14:30");
            await page.Locator("input[name=e]").First.CheckAsync();
        });
        await TakeAsync(team, "closure-accept", async page =>
        {
            await page.Locator("#c-0-Met").CheckAsync();
            await page.Locator("#c-1-Met").CheckAsync();
        });
        await TakeAsync(office, "closure-review");

        await leader.OpenAsync($"/closures/{closure}");
        await leader.CheckPageAsync("closure-sign");
        await TakeAsync(leader, null);
        await office.OpenAsync($"/closures/{closure}");
        await office.CheckPageAsync("closure-running");
        await TakeAsync(office, "closure-close");
        await office.CheckPageAsync("closure-closed");
        Assert.Contains("退回1次", await office.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await office.OpenAsync($"/p/{Programme}/closures?which=closed");
        await office.CheckPageAsync("closures-closed");

        async Task DeclareAsync()
        {
            await unit.OpenAsync($"/closures/{closure}/declaration");
            await unit.CheckPageAsync("closure-declaration");
            var today = (await unit.Page.Locator("#completed").GetAttributeAsync("max"))!;
            foreach (var day in await unit.Page.Locator("main form input[type=date]").AllAsync())
            {
                await day.FillAsync(today);
            }

            foreach (var text in await unit.Page.Locator("main form textarea").AllAsync())
            {
                await text.FillAsync("已全部落实，效果符合要求。");
            }

            foreach (var tick in await unit.Page.Locator("main form input[type=checkbox]").AllAsync())
            {
                await tick.CheckAsync();
            }

            await unit.Page.Locator("button[value=sign]").ClickAsync();
            await unit.Page.WaitForURLAsync("**done=declared");
        }

        async Task TakeAsync(Visitor visitor, string? name, Func<IPage, Task>? fill = null)
        {
            await visitor.OpenAsync($"/closures/{closure}/step");
            if (name is not null)
            {
                await visitor.CheckPageAsync(name);
            }

            if (fill is not null)
            {
                await fill(visitor.Page);
            }

            await visitor.Page.Locator("#opinion").FillAsync("同意。");
            await visitor.Page.Locator("main form .btn-primary").ClickAsync();
            await visitor.Page.WaitForURLAsync("**done=taken");
        }
    }
}
