namespace Rectify.Browser;

/// <summary>
/// One item's whole life, from the declaration to the certificate, and another's that an objection sends back, at seven windows: who reports, who accepts, who checks on site, the office, the leader, a neighbour
/// who has no part in it, a citizen without an account. On the way everyone tries what is not theirs or not yet due, and is told why not.
/// </summary>
[Collection<InChromium>]
public sealed class ClosureTests(Chromium chromium)
{
    [Fact]
    public async Task An_item_is_closed_step_by_step_and_every_step_out_of_turn_is_refused()
    {
        await using var walk = await ClosingWalk.StartAsync(chromium);
        var (unit, acceptor, team, office, leader, neighbour, citizen) = (walk.Unit, walk.Acceptor, walk.Team, walk.Office, walk.Leader, walk.Neighbour, walk.Citizen);
        var (item, other, today) = (await walk.ItemAsync(32), await walk.ItemAsync(81), ClosingWalk.Day(0));

        // One closing begins by the procedure as it was; then the office sets another one, which holds for what begins from now on.
        var sent = await walk.BeginAsync(other);
        await walk.DeclareAsync(sent, other, -41);
        await walk.FillDossierAsync(other);
        await walk.TakeAsync(unit, sent, -40);
        await office.OpenAsync($"/p/{ClosingWalk.Programme}/closures/procedure");
        await ClosingWalk.CheckAsync(office, "procedure");
        await walk.SetProcedureAsync();

        // Only the unit that answers for it begins.
        await ClosingWalk.RefusedAsync(acceptor, $"/api/items/{item}/closures", new { }, 403, "closure.duty");
        await ClosingWalk.RefusedAsync(neighbour, $"/api/items/{item}/closures", new { }, 404, "item.not-found");
        await unit.OpenAsync($"/items/{item}/closing");
        await ClosingWalk.CheckAsync(unit, "closing-item");
        await ClosingWalk.SendAsync(unit, "/declaration");
        var closure = unit.Page.Url.Split('/')[^2];
        await walk.StepRefusedAsync(unit, closure, -40, 422, "closure.completed");
        await walk.DeclareByPageAsync(closure, item, -40);
        Assert.Equal(404, await neighbour.OpenAsync($"/closures/{closure}"));

        // Declared is not applied for: nobody accepts it, and it is not applied for before the dossier is whole.
        await walk.StepRefusedAsync(acceptor, closure, -39, 403, "closure.duty");
        await walk.StepRefusedAsync(leader, closure, -39, 403, "closure.duty");
        await walk.StepRefusedAsync(unit, closure, -39, 409, "closure.obstacles");
        await unit.OpenAsync($"/closures/{closure}");
        await ClosingWalk.CheckAsync(unit, "closure-declared");
        await walk.FillDossierAsync(item);
        await walk.TakeByPageAsync(unit, closure, -39);

        // The department reads the papers: with nothing said, the page keeps what was filled in and says what is missing.
        await walk.StepRefusedAsync(team, closure, -39, 403, "closure.duty");
        await acceptor.OpenAsync($"/closures/{closure}/step");
        await acceptor.Page.Locator("#day").FillAsync(ClosingWalk.Day(1));
        await acceptor.Page.Locator("#day").EvaluateAsync("day => day.removeAttribute('max')"); // as a browser that checks nothing
        await acceptor.Page.Locator("#opinion").FillAsync("材料齐全。");
        await acceptor.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await acceptor.Page.Locator("main form .btn-primary").First.ClickAsync();
        await acceptor.Page.Locator(".errs").WaitForAsync();
        Assert.Equal("材料齐全。", await acceptor.Page.Locator("#opinion").InputValueAsync());
        await walk.TakeByPageAsync(acceptor, closure, -39, "closure-material");

        // The team goes out next, with place, time and a photo.
        await walk.StepRefusedAsync(acceptor, closure, -38, 403, "closure.duty");
        await walk.StepRefusedAsync(team, closure, -38, 422, "closure.site");
        await walk.TakeByPageAsync(team, closure, -38, "closure-site", async page =>
        {
            await page.Locator("#place").FillAsync("琮岫区工地");
            await page.Locator("#time").FillAsync("14:30");
            await page.GetByLabel("整改后照片").First.CheckAsync();
        });

        // Who declared does not accept, whatever other duty they are given; the department accepts both at once, line by line.
        await walk.StepRefusedAsync(leader, closure, -37, 403, "closure.duty");
        await walk.StepRefusedAsync(acceptor, closure, -37, 422, "closure.checks");
        await walk.GiveDutyAsync("p05", "Acceptor", "自治区生态环境厅");
        await walk.StepRefusedAsync(unit, closure, -37, 403, "closure.own");
        await walk.EndDutyAsync("验收单位");
        await acceptor.OpenAsync($"/p/{ClosingWalk.Programme}/closures/batch?step=Acceptance");
        await ClosingWalk.CheckAsync(acceptor, "closures-batch");
        await walk.AcceptTogetherAsync([sent, closure], -37);

        // Whoever has only the open window of another signs nothing.
        await ClosingWalk.RefusedAsync(office, "/api/closures/steps", await walk.StepAsync(closure, -36, password: "not it, not it"), 422, "password.wrong");
        await walk.TakeByPageAsync(office, closure, -36);

        // The other's notice goes out today: it is too early to end it, and a citizen is right about it.
        await walk.ObjectedAsync(sent);

        // Nothing goes on past a notice that nobody published, and none goes out while something in it contradicts something else.
        await walk.StepRefusedAsync(office, closure, -35, 409, "closure.notice-closed");
        var (notice, address) = await walk.PublishAsync(closure, -35);
        await ClosingWalk.RefusedAsync(leader, $"/api/notices/{notice}/end", new { password = Visitor.SamplePassword }, 403, "closure.duty");

        // A letter with a postmark of those days stops the clock: nothing goes on until it is answered.
        var code = await walk.EnterLetterAsync(notice, -32, -31);
        await ClosingWalk.RefusedAsync(office, $"/api/notices/{notice}/end", new { password = Visitor.SamplePassword }, 409, "notice.objection-open");
        await walk.StepRefusedAsync(office, closure, 0, 409, "closure.obstacles");
        await office.OpenAsync($"/closures/{closure}");
        await ClosingWalk.CheckAsync(office, "closure-objected");
        await walk.DecideAsync(notice, "NotUpheld", -29, back: false, "经核查，渣土车已全部密闭。");
        Assert.Contains("渣土车已全部密闭", await walk.LookUpAsync(code), StringComparison.Ordinal);
        Assert.Contains("公示期已过", await ClosingWalk.TextAsync(citizen, $"/public/notices/{address}/objection"), StringComparison.Ordinal); // its days are over
        await office.OpenAsync($"/notices/{notice}");
        await ClosingWalk.CheckAsync(office, "notice-over");
        await office.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await office.Page.Locator("#end").ClickAsync();
        await office.Page.ArriveAsync("**done=ended");
        await walk.TakeByPageAsync(office, closure, 0);

        // A word of the task is changed: every signature is stale, and nobody signs off before each is given again, in order.
        await office.OpenAsync($"/items/{item}/edit");
        await office.Page.Locator("#text").FillAsync("任务文字已按批复更正。");
        await ClosingWalk.SendAsync(office, "done=changed");
        await walk.StepRefusedAsync(leader, closure, 0, 409, "closure.stale");
        await leader.OpenAsync($"/closures/{closure}");
        await ClosingWalk.CheckAsync(leader, "closure-stale");
        await ClosingWalk.RefusedAsync(acceptor, $"/api/closures/{closure}/renewal", await walk.RenewalAsync(closure), 403, "closure.duty");
        await unit.OpenAsync($"/closures/{closure}/renewal");
        await ClosingWalk.CheckAsync(unit, "closure-renewal");
        await walk.RenewByPageAsync(unit, closure);
        foreach (var signer in new[] { unit, acceptor, team, acceptor, office, office, office, office })
        {
            await walk.RenewAsync(signer, closure);
        }

        // Who accepted does not sign off.
        await walk.GiveDutyAsync("d01-accept", "Leader", "云岭自治区");
        await walk.StepRefusedAsync(acceptor, closure, 0, 403, "closure.own");
        await walk.EndDutyAsync("领导");
        await walk.TakeByPageAsync(leader, closure, 0, "closure-sign");
        await walk.StepRefusedAsync(leader, closure, 0, 403, "closure.duty");

        // Reported upwards, closed, and made public: only then is there nothing left.
        await walk.TakeByPageAsync(office, closure, 0);
        await walk.TakeByPageAsync(office, closure, 0);
        Assert.Equal("Running", (await ClosingWalk.ReadAsync(office, $"/api/closures/{closure}")).GetProperty("state").GetString());
        var open = await walk.PublishItemAsync(item);
        Assert.Contains("任务文字已按批复更正", await ClosingWalk.TextAsync(citizen, open), StringComparison.Ordinal);
        await walk.TakeByPageAsync(office, closure, 0);
        await ClosingWalk.CheckAsync(office, "closure-closed");
        Assert.Contains("各步骤全部办完", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("日期先后矛盾", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal); // signed anew later, nothing was done later

        // Closed, it has all of its history and its papers, and no step is left.
        var closed = await ClosingWalk.ReadAsync(office, $"/api/closures/{closure}");
        Assert.Equal(("Finished", today), (closed.GetProperty("state").GetString(), closed.GetProperty("closedOn").GetString()));
        var acts = closed.GetProperty("acts").EnumerateArray().ToList();
        string[] way = ["Declare", "Apply", "MaterialReview", "SiteCheck", "Acceptance", "OfficeReview", "Notice", "Notice", "Objections", "SignOff", "Report", "Close", "Publish"];
        Assert.Equal(way, acts.Where(act => act.GetProperty("act").GetString() is "Take" or "Open").Select(act => act.GetProperty("kind").GetString()));
        Assert.All(acts.Where(act => act.GetProperty("inForce").GetBoolean()), act => Assert.False(act.GetProperty("stale").GetBoolean()));
        foreach (var paper in new[] { "application.docx", "application.pdf", "opinion.docx", "opinion.pdf", "signoff.docx", "signoff.pdf", "certificate.docx", "certificate.pdf" })
        {
            Assert.Equal((200, 404), ((await acceptor.Page.APIRequest.GetAsync($"/closures/{closure}/{paper}")).Status, (await neighbour.Page.APIRequest.GetAsync($"/closures/{closure}/{paper}")).Status));
        }

        await walk.StepRefusedAsync(office, closure, 0, 409, "closure.over");
        await ClosingWalk.RefusedAsync(unit, $"/api/items/{item}/closures", new { }, 409, "closure.exists");
        await unit.OpenAsync($"/p/{ClosingWalk.Programme}/closures?which=mine");
        Assert.Contains("第八十一项", await unit.Page.InnerTextAsync("main"), StringComparison.Ordinal); // sent back, it waits for its unit
        await walk.DeclareAgainAsync(sent);
        var again = await ClosingWalk.ReadAsync(unit, $"/api/closures/{sent}");
        Assert.Equal(("Running", "apply", 1), (again.GetProperty("state").GetString(), again.GetProperty("step").GetString(), again.GetProperty("returns").GetInt32()));
    }
}
